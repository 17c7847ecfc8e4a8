// One value of a mapping, made ready: cells in, a field or payload key out, in the shape that key has on the wire (I1).
// A cell that cannot be read skips its whole row with the column's name, never the value: it may be personal.

import { PAYLOAD_KEYS, type PayloadShape } from '../../contract/ingest.ts'
import type { EventType } from '../../core/case/event.ts'
import { printInstant } from '../../core/time/civil.ts'
import type { Instant } from '../../core/time/instant.ts'
import type { Zone } from '../../core/time/zone.ts'
import { bareCode } from '../code.ts'
import { isNothing, isUnsaid } from '../nothing.ts'
import { limitIn } from './limit.ts'
import type { ValueFile } from './mapping.ts'
import {
  dayText,
  type Format,
  instantFrom,
  isBareDay,
  isClockAlone,
  isNullStamp,
  readClock,
  readStamp,
  saysNothing,
  type Written,
} from './moment.ts'
import type { Cell, FileCode } from './row.ts'
import { hasLostDigits, isError, numberText, plainText, unmarked, wholeNumber } from './text.ts'

export type Cells = Readonly<Record<string, Cell>>

/** A row that cannot be mapped: thrown inside, told outside. */
export class Unmapped extends Error {
  readonly code: FileCode
  readonly detail: string
  constructor(code: FileCode, detail: string) {
    super(code)
    this.code = code
    this.detail = detail
  }
}

/** How stamps of this mapping are read. */
export interface Stamps {
  readonly formats: readonly Format[]
  readonly zone: Zone | null
  /** Told of a row that is taken all the same. */
  readonly note: (code: FileCode, column: string) => void
}

/** An instant on the wire; `isDay`: its day alone is known. */
export interface Stamp {
  readonly at: string
  readonly isDay: boolean
}

export interface Read {
  readonly column: string
  /** null: empty. A constant comes as it stands in the mapping. */
  readonly from: (cells: Cells) => { readonly cell: Cell } | { readonly constant: unknown } | null
  /** The column of the time of day, where `column` has the date alone. */
  readonly time: string | null
}

/** Throws where the cell is an error of the sheet: whatever it should have been, it has no value. */
const ofCell = (cell: Cell | undefined, column: string): { readonly cell: Cell } | null => {
  if (cell === undefined || cell === null) return null
  if (isError(cell)) throw new Unmapped('error_cell', column)
  const bare = typeof cell === 'string' ? unmarked(cell) : cell
  return bare === '' ? null : { cell: bare }
}

const NO_WORDS: ReadonlySet<string> = new Set()

/** `none`: words of the mapping that mean nothing. */
export const readerOf = (value: ValueFile, none: ReadonlySet<string> = NO_WORDS): Read => {
  const found = (cells: Cells, column: string): { readonly cell: Cell } | null => {
    const own = ofCell(cells[column], column)
    return own !== null && none.size > 0 && none.has(plainText(own.cell)) ? null : own
  }
  if (typeof value === 'string') return { column: value, from: (cells) => found(cells, value), time: null }
  if ('const' in value) return { column: '', from: () => ({ constant: value.const }), time: null }
  if ('date' in value) return { column: value.date, from: (cells) => found(cells, value.date), time: value.time }
  const { column, map, required } = value
  const byDefault = value.default
  const own = new Set(value.none ?? [])
  return {
    column,
    time: null,
    from: (cells) => {
      let one = ofCell(cells[column], column)
      const text = one === null ? '' : cellText(one.cell, column)
      if (one !== null && map !== undefined && Object.hasOwn(map, text)) one = ofCell(map[text], column)
      else if (none.has(text) || own.has(text)) one = null
      if (one === null && byDefault !== undefined) one = { cell: byDefault }
      if (one === null && required === true) throw new Unmapped('missing_cell', column)
      return one
    },
  }
}

/** The columns a header must have; none of a constant, or of one that may be missing. */
export const columnsOf = (value: ValueFile): readonly string[] => {
  if (typeof value === 'string') return [value]
  if ('date' in value) return [value.date, value.time]
  return 'const' in value || value.default !== undefined ? [] : [value.column]
}

/** A cell as a text or a code. Throws where it is no longer the whole of it. */
const cellText = (cell: Cell, column: string): string => {
  if (hasLostDigits(cell)) throw new Unmapped('lost_digits', column)
  return plainText(cell)
}

export const textFrom = (read: Read, cells: Cells): string | null => {
  const found = read.from(cells)
  if (found === null) return null
  return 'cell' in found ? bareCode(cellText(found.cell, read.column)) || null : String(found.constant)
}

/** Throws where a text stands for a code and says none: a ditto mark, a mark of not knowing. */
const mustSay = (text: string, column: string): string => {
  if (isUnsaid(text)) throw new Unmapped('bad_value', column)
  return text
}

/** A code of a field; null where a word says that there is none (I15). A column of a constant says what it says. */
export const codeFrom = (read: Read, cells: Cells, isNone = isNothing): string | null => {
  const text = textFrom(read, cells)
  if (text === null || read.column === '') return text
  return isNone(text) ? null : mustSay(text, read.column)
}

/** Milliseconds of the day that a column of times says; null where it is empty. */
export const timeFrom = (cells: Cells, column: string, { formats }: Pick<Stamps, 'formats'>): number | null => {
  const found = ofCell(cells[column], column)
  if (found === null || saysNothing(found.cell)) return null
  const ms = readClock(found.cell, formats)
  if (ms === null) throw new Unmapped('bad_date', column)
  return ms
}

/** Throws where the time of day is said and the date is not: something happened, and nobody knows when. */
const mustBeNone = (
  { column, time }: Pick<Read, 'column' | 'time'>,
  cells: Cells,
  stamps: Pick<Stamps, 'formats'>,
): null => {
  if (time !== null && timeFrom(cells, time, stamps) !== null) throw new Unmapped('missing_cell', column)
  return null
}

/** What a cell of a date says; null: in words that there is none, or a null date of a machine, which is told. */
const writtenFrom = (
  cell: Cell,
  { column, time }: Pick<Read, 'column' | 'time'>,
  cells: Cells,
  stamps: Stamps,
): Written | null => {
  if (saysNothing(cell)) return mustBeNone({ column, time }, cells, stamps)
  const date = readStamp(cell, stamps.formats)
  if (date === null || isClockAlone(date)) throw new Unmapped('bad_date', column)
  if (isNullStamp(date, stamps.zone)) {
    stamps.note('null_date', column)
    return null
  }
  // an empty time of day leaves the day alone, or the time that stands with it
  return time === null ? date : { ...date, ms: timeFrom(cells, time, stamps) ?? date.ms }
}

const instantOf = (written: Written, column: string, { zone }: Stamps): Instant => {
  const at = instantFrom(written, zone)
  if (at === null) throw new Unmapped('no_zone', column)
  return at
}

/** The instant of a stamp as RFC 3339; null where the cell says none. A bare day is the start of it in its zone (I15). */
export const stampFrom = (read: Read, cells: Cells, stamps: Stamps): Stamp | null => {
  const found = read.from(cells)
  if (found === null) return mustBeNone(read, cells, stamps)
  if ('constant' in found) return { at: String(found.constant), isDay: false }
  const written = writtenFrom(found.cell, read, cells, stamps)
  if (written === null) return null
  if (!isBareDay(written)) return { at: new Date(instantOf(written, read.column, stamps)).toISOString(), isDay: false }
  const at = instantOf({ ...written, ms: null }, read.column, stamps)
  return { at: stamps.zone === null ? new Date(at).toISOString() : printInstant(at, stamps.zone), isDay: true }
}

interface Found {
  readonly cell: Cell
  readonly read: Read
  readonly cells: Cells
  readonly stamps: Stamps
}

/** A date alone stays a date, for it means the end of its day (T3); so does midnight as databases print a date (I15). */
const dueFrom = ({ cell, read, cells, stamps }: Found): string | null => {
  const written = writtenFrom(cell, read, cells, stamps)
  if (written === null) return null
  return isBareDay(written) ? dayText(written) : new Date(instantOf(written, read.column, stamps)).toISOString()
}

const payloadInstant = ({ cell, read, cells, stamps }: Found): string | null => {
  const written = writtenFrom(cell, read, cells, stamps)
  return written === null ? null : new Date(instantOf(written, read.column, stamps)).toISOString()
}

const TRUE = new Set(['true', '1', 'yes', 'y', '是', '有'])
const FALSE = new Set(['false', '0', 'no', 'n', '否', '无'])

const flagFrom = ({ cell, read: { column } }: Found): boolean => {
  const text = numberText(cell).toLowerCase()
  if (TRUE.has(text)) return true
  if (FALSE.has(text)) return false
  throw new Unmapped('bad_value', column)
}

const wholeFrom = ({ cell, read: { column } }: Found): number => {
  const number = wholeNumber(numberText(cell))
  if (number === null || number < 0) throw new Unmapped('bad_value', column)
  return number
}

const limitFrom = ({ cell, read: { column } }: Found): unknown => {
  const limit = limitIn(cell)
  if (limit === null) throw new Unmapped('bad_value', column)
  return { value: limit.value, unit: limit.unit }
}

type Shaping = (found: Found) => unknown

const SHAPED: Partial<Record<PayloadShape, Shaping>> = {
  flag: flagFrom,
  count: wholeFrom,
  grade: wholeFrom,
  days: wholeFrom,
  limit: limitFrom,
  span: limitFrom,
  due: dueFrom,
  instant: payloadInstant,
}

/** Shapes that are codes or numbers of something. */
const CODES: ReadonlySet<PayloadShape> = new Set(['code', 'id'])

export type ReadPayloadKey = (cells: Cells, stamps: Stamps) => unknown

/** Shapes that a date and a time of day in two columns can make. */
const DATED: ReadonlySet<PayloadShape> = new Set(['due', 'instant'])

/** Whether a payload key is a date. */
export const isDated = (type: EventType, name: string): boolean =>
  PAYLOAD_KEYS[type].some((key) => key.name === name && DATED.has(key.shape))

/** Shapes of which a word for nothing is none; of a truth 无 is a no, and a text is what it says. */
const WORDLESS: ReadonlySet<PayloadShape> = new Set([
  'code',
  'id',
  'count',
  'days',
  'limit',
  'span',
  'place',
  'choice',
  'grade',
])

/** A payload key of an event type; null where the type lists no such key, or it is none that this value can make. */
export const payloadReader = (
  type: EventType,
  name: string,
  value: ValueFile,
  none: ReadonlySet<string>,
): ReadPayloadKey | null => {
  const key = PAYLOAD_KEYS[type].find((listed) => listed.name === name)
  if (key === undefined) return null
  const read = readerOf(value, none)
  if (read.time !== null && !DATED.has(key.shape)) return null
  const shaped = SHAPED[key.shape]
  return (cells, stamps) => {
    const found = read.from(cells)
    if (found === null) return mustBeNone(read, cells, stamps)
    if ('constant' in found) return found.constant
    if (WORDLESS.has(key.shape) && saysNothing(found.cell)) return null
    if (shaped !== undefined) return shaped({ ...found, read, cells, stamps })
    const text = cellText(found.cell, read.column)
    return CODES.has(key.shape) ? mustSay(text, read.column) : text
  }
}
