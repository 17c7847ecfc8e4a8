// One field of a master data row out of the cells of a line (I9): texts to codes, a number and its unit to a limit, words
// that mean nothing to nothing. What cannot be read is thrown with the column's name; nothing is guessed at.

import { parseLimit } from '../../core/time/limit.ts'
import { bareCode } from '../code.ts'
import { dayText, type Format, formatFrom, readStamp } from '../files/moment.ts'
import type { Cell } from '../files/row.ts'
import { hasLostDigits, isError, numberText, plainText, unmarked, wholeNumber } from '../files/text.ts'
import { Untaken } from './faults.ts'
import type { FieldKind } from './fields.ts'
import type { MasterMappingFile, MasterTableFile, MasterValueFile } from './mapping.ts'

export type Cells = Readonly<Record<string, Cell>>
/** undefined: the row says nothing of this field. */
export type ReadField = (cells: Cells) => unknown

export interface Reading {
  readonly none: ReadonlySet<string>
  readonly units: ReadonlyMap<string, string>
  readonly formats: readonly Format[]
}

/** ISO, and the day as office software writes it. */
const PLAIN_DATES = ['iso', 'yyyy/M/d', 'yyyy-M-d', 'yyyy年M月d日', 'yyyy.M.d', 'yyyyMMdd']

export const readingOf = (file: MasterMappingFile | null): Reading => ({
  none: new Set(file?.none ?? []),
  units: new Map(Object.entries(file?.units ?? {})),
  formats: (file?.dates ?? PLAIN_DATES).map((name) => formatFrom(name) ?? (() => null)),
})

/** What a person reads in the cell. */
const shownText = (cell: Cell | undefined): string =>
  cell === undefined || cell === null ? '' : bareCode(unmarked(plainText(cell)))

/** A cell as a text or a code. Throws where it is no longer the whole of it. */
export const cellText = (cell: Cell | undefined, column: string): string => {
  if (cell !== undefined && hasLostDigits(cell)) throw new Untaken('lost_digits', column, String(cell))
  if (cell !== undefined && isError(cell)) throw new Untaken('error_cell', column, plainText(cell))
  return shownText(cell)
}

/** Whether a rule of a mapping leaves a row out. */
export const isSkipped = (skip: NonNullable<MasterTableFile['skip']>[number], cells: Cells): boolean => {
  const text = cellText(cells[skip.column], skip.column)
  return (skip.empty === true && text === '') || (skip.is ?? []).includes(text)
}

const NUMBER_AND_UNIT = /^(\d{1,4})\s*[((]?\s*([^\d\s()()]+)\s*[))]?$/

/** `30(工作日)`, `30 个工作日`, `30WD`, in full width or half. */
const limitOf = (text: string, column: string, units: ReadonlyMap<string, string>): string => {
  if (parseLimit(text) !== null) return text
  const [, number = '', unit = ''] = NUMBER_AND_UNIT.exec(text.normalize('NFKC')) ?? []
  const code = units.get(unit) ?? units.get(unit.replace(/^个/, ''))
  const limit = code === undefined ? '' : code === '0' ? '0' : `${Number(number)}${code}`
  if (parseLimit(limit) === null) throw new Untaken('not_a_limit', column, text)
  return limit
}

const TRUE = new Set(['true', '1', 'yes', 'y', '是', '有'])
const FALSE = new Set(['false', '0', 'no', 'n', '否', '无'])

const shaped = (text: string, kind: FieldKind, column: string): unknown => {
  if (kind === 'number') {
    const number = wholeNumber(text)
    if (number === null) throw new Untaken('not_a_number', column, text)
    return number
  }
  if (kind === 'flag') {
    const word = text.toLowerCase()
    if (TRUE.has(word)) return true
    if (FALSE.has(word)) return false
    throw new Untaken('not_a_flag', column, text)
  }
  if (kind !== 'list') return text
  try {
    const list: unknown = JSON.parse(text)
    if (Array.isArray(list)) return list
  } catch {
    // told below
  }
  throw new Untaken('not_a_list', column, text)
}

/** A day that was kept as a moment is written with its midnight. */
const MIDNIGHT = /\s+0?0[:：]00([:：]00(\.0+)?)?$/

const dayOf = (cell: Cell, column: string, { formats }: Reading): string => {
  // a sheet keeps 20270101 as a number
  const text = typeof cell === 'number' ? String(cell) : cell
  const written = readStamp(typeof text === 'string' ? text.replace(MIDNIGHT, '') : text, formats)
  if (written === null) throw new Untaken('not_a_day', column, cellText(cell, column))
  return dayText(written)
}

/** Fields that are days, in rows and in tables of days. */
const DAYS: ReadonlySet<string> = new Set(['valid_from', 'on', 'from', 'to'])

type Whole = Exclude<MasterValueFile, string | { const: unknown }>

const partsOf = (text: string, by: string): string[] =>
  text
    .split(by)
    .map((part) => part.trim())
    .filter((part) => part !== '')

/** A text through the table of codes: undefined where it means nothing. */
const coded = (text: string, value: Whole): { text: string; isCode: boolean } | undefined => {
  const { map, column } = value
  if (map === undefined) return { text, isCode: false }
  if (Object.hasOwn(map, text)) {
    const code = map[text] ?? null
    return code === null ? undefined : { text: code, isCode: true }
  }
  if (value.else === 'none') return undefined
  // what is no word of the table may still be a number and a unit
  if (value.else === 'keep' || value.limit === true) return { text, isCode: false }
  throw new Untaken('not_listed', column, text)
}

/** Makes the reader of one field. Throws Untaken when read, naming the column. */
export const fieldReader = (
  field: { readonly name: string; readonly kind: FieldKind },
  written: MasterValueFile,
  reading: Reading,
): ReadField => {
  if (typeof written === 'object' && 'const' in written) return () => written.const
  const value: Whole = typeof written === 'string' ? { column: written } : written
  const { column } = value
  const none = new Set([...reading.none, ...(value.none ?? []), ''])
  // what a table of codes or a unit is looked up by is a text, whatever it becomes
  const isNumber = field.kind === 'number' && value.map === undefined && value.limit !== true
  const read = (cells: Cells): unknown => {
    const cell = cells[column]
    const bare = isNumber && !isError(cell ?? null) ? bareCode(numberText(cell ?? '')) : cellText(cell, column)
    if (none.has(bare)) return undefined
    const unit = value.unit_column === undefined ? '' : cellText(cells[value.unit_column], value.unit_column)
    const found = coded(bare + unit, value)
    if (found === undefined) return undefined
    if (value.limit === true && !found.isCode) return limitOf(found.text, column, reading.units)
    if (value.split !== undefined) return partsOf(found.text, value.split)
    if (DAYS.has(field.name) && cell !== undefined) return dayOf(cell, column, reading)
    return shaped(found.text, field.kind, column)
  }
  const { default: otherwise } = value
  if (otherwise === undefined) return read
  return (cells) => read(cells) ?? shaped(otherwise, field.kind, column)
}
