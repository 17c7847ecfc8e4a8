// What a sheet says of its cells that the reader of their values does not hand on (I8): that a cell holds an error, or something
// whose value is not in the file, is blank though typed, is a date written as text, is a time of day or a duration by its format,
// or shows its number as a code; and which cells are merged downwards. Read
// through saxes beside it, row for row. Bounded by what a part says it unfolds to, and by the number of merged cells.

import { SaxesParser, type SaxesTagPlain } from 'saxes'
import { type NumberCode, numberCode } from '../../files/number-code.ts'
import { FileRefused } from '../../files/row.ts'
import { unfoldedPart, type ZipPart } from './zip.ts'

export type Mark =
  | { readonly kind: 'error' }
  /** It holds something, and its value is not there: a formula that nobody computed, a truth or a number that is none. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'clock' }
  | { readonly kind: 'blank' }
  | { readonly kind: 'day'; readonly text: string }
  | { readonly kind: 'code'; readonly of: NumberCode }

export interface MarkedRow {
  /** From 0. */
  readonly index: number
  readonly marks: ReadonlyMap<number, Mark> | null
}

/** Column of a reference such as `AB12`, from 0; null where it is none. */
const columnOf = (ref: string | undefined): number | null => {
  const letters = /^([A-Za-z]{1,3})\d/.exec(ref ?? '')?.[1]
  if (letters === undefined) return null
  let column = 0
  for (const letter of letters.toUpperCase()) column = column * 26 + letter.charCodeAt(0) - 64
  return column - 1
}

const local = (name: string): string => name.slice(name.indexOf(':') + 1)

interface CellRead {
  readonly column: number
  readonly type: string
  readonly code: NumberCode | null
  readonly isClock: boolean
  /** It has a formula; it has a place for its value, were it empty. */
  isComputed: boolean
  hasValue: boolean
  text: string
}

/** Reads tags as they come and leaves finished rows in `ready`. */
class SheetMarks {
  ready: MarkedRow[] = []
  readonly #codes: readonly (NumberCode | null)[]
  readonly #clocks: readonly boolean[]
  #inData = false
  #index = -1
  #marks: Map<number, Mark> | null = null
  #column = 0
  #cell: CellRead | null = null
  #inValue = false

  constructor(formats: readonly (string | null)[]) {
    this.#codes = formats.map((format) => (format === null ? null : numberCode(format)))
    this.#clocks = formats.map((format) => format !== null && showsTimeAlone(format))
  }

  opened({ name, attributes }: SaxesTagPlain): void {
    const tag = local(name)
    if (tag === 'sheetData') this.#inData = true
    else if (!this.#inData) return
    else if (tag === 'row') {
      this.#index = attributes.r === undefined ? this.#index + 1 : Number(attributes.r) - 1
      this.#marks = null
      this.#column = 0
    } else if (tag === 'c') {
      const column = columnOf(attributes.r) ?? this.#column
      const style = Number(attributes.s ?? -1)
      const shown = { code: this.#codes[style] ?? null, isClock: this.#clocks[style] ?? false }
      this.#cell = { column, type: attributes.t ?? 'n', ...shown, isComputed: false, hasValue: false, text: '' }
      this.#column = column + 1
    } else if (this.#cell === null) return
    else if (tag === 'f') this.#cell.isComputed = true
    else if (tag === 'v') {
      this.#cell.hasValue = true
      this.#inValue = true
    }
  }

  text(text: string): void {
    if (this.#inValue && this.#cell !== null) this.#cell.text += text
  }

  closed(name: string): void {
    const tag = local(name)
    if (tag === 'sheetData') this.#inData = false
    else if (tag === 'v') this.#inValue = false
    else if (tag === 'c' && this.#cell !== null) {
      const mark = markOf(this.#cell)
      if (mark !== null) {
        this.#marks ??= new Map()
        this.#marks.set(this.#cell.column, mark)
      }
      this.#cell = null
    } else if (tag === 'row' && this.#inData) this.ready.push({ index: this.#index, marks: this.#marks })
  }
}

/** Quoted words, escaped characters, conditions and colours of a format: none of them is a part of a date. */
const APART = /"[^"]*"|\\.|[_*].|\[(?!(?:h+|m+|s+)\])[^\]]*\]/gi

/** Whether a format shows a time of day or a duration, and nothing of a date. */
const showsTimeAlone = (format: string): boolean => {
  const [positive = ''] = format.replace(APART, '').toLowerCase().split(';')
  return /[hs]/.test(positive) && !/[yde年月日]/.test(positive) && !positive.includes('general')
}

const TYPES: ReadonlySet<string> = new Set(['n', 's', 'b', 'd', 'e', 'str', 'inlineStr'])
const NO_NUMBER = /^[+-]?(?:nan|inf|infinity)$/i

/**
 * What stands in a cell is no value, though it stands there. A text that the workbook does not have is none of these: programs write
 * their blank cells so (−1, or a number past the last text).
 */
const isUnknown = ({ type, text }: CellRead): boolean =>
  !TYPES.has(type) ||
  (type === 's' && !/^[+-]?\d+$/.test(text)) ||
  (type === 'b' && !/^(?:[01]|true|false)$/i.test(text)) ||
  (type === 'n' && NO_NUMBER.test(text))

const markOf = (cell: CellRead): Mark | null => {
  const { type, code, isClock, isComputed, hasValue } = cell
  const text = cell.text.trim()
  if (type === 'e') return { kind: 'error' }
  // a formula that makes an empty text says so; what another one makes stands nowhere but in its value
  if (type === 'str') return isComputed && !hasValue ? { kind: 'unknown' } : null
  if (type === 'inlineStr') return null
  if (text === '') return isComputed ? { kind: 'unknown' } : { kind: 'blank' }
  if (isUnknown({ ...cell, text })) return { kind: 'unknown' }
  if (type === 'd') return { kind: 'day', text }
  if (type !== 'n') return null
  if (isClock) return { kind: 'clock' }
  return code !== null ? { kind: 'code', of: code } : null
}

const broken = (message: string): FileRefused => new FileRefused('broken_file', { line: 1 }, message)

/** Every row of a sheet in its order. `formats`: number formats by style. Throws FileRefused. */
export async function* markedRows(
  bytes: Buffer,
  part: ZipPart,
  formats: readonly (string | null)[],
): AsyncGenerator<MarkedRow> {
  const marks = new SheetMarks(formats)
  const parser = new SaxesParser()
  parser.on('error', (error) => {
    throw broken(error.message)
  })
  parser.on('opentag', (tag) => marks.opened(tag))
  parser.on('text', (text) => marks.text(text))
  parser.on('closetag', (tag) => marks.closed(tag.name))
  const decoder = new TextDecoder('utf-8')
  for await (const chunk of unfoldedPart(bytes, part)) {
    parser.write(decoder.decode(chunk, { stream: true }))
    const { ready } = marks
    marks.ready = []
    yield* ready
  }
}

/** A block of one column that shows the value of its first row in all of them; rows and column from 0. */
export interface MergedDown {
  readonly column: number
  readonly first: number
  readonly last: number
}

const MERGE =
  /<(?:\w+:)?mergeCell\s[^>]*?\bref\s*=\s*["']\$?([A-Za-z]{1,3})\$?(\d{1,7}):\$?[A-Za-z]{1,3}\$?(\d{1,7})["']/g
const MOST_MERGED = 200_000
/** A tag is no longer than this; what is left of one piece of text is looked at again with the next. */
const TAIL_CHARS = 400

/** What is merged downwards; it stands behind all rows of the sheet, and is asked for before them. */
export const mergedDown = async (bytes: Buffer, part: ZipPart): Promise<MergedDown[]> => {
  const merged: MergedDown[] = []
  let held = ''
  for await (const chunk of unfoldedPart(bytes, part)) {
    const text = held + chunk.toString('latin1')
    let from = 0
    for (const match of text.matchAll(MERGE)) {
      const [whole, letters, top, bottom] = match
      from = match.index + whole.length
      const [first, last] = [Number(top) - 1, Number(bottom) - 1]
      if (last > first) merged.push({ column: columnOf(`${letters}1`) ?? 0, first, last })
      if (merged.length > MOST_MERGED) throw new FileRefused('too_large', { line: 1 }, `≤ ${MOST_MERGED} merged cells`)
    }
    held = text.slice(Math.max(from, text.length - TAIL_CHARS))
  }
  return merged.sort((a, b) => a.first - b.first)
}
