// One value of a mapping, made ready: cells in, a field or payload key out, in the shape that key has on the wire (I1).
// A cell that cannot be read skips its whole row with the column's name, never the value: it may be personal.

import { PAYLOAD_KEYS, type PayloadShape } from '../../contract/ingest.ts'
import type { EventType } from '../../core/case/event.ts'
import { parseLimit } from '../../core/time/limit.ts'
import type { Zone } from '../../core/time/zone.ts'
import type { ValueFile } from './mapping.ts'
import { dayText, type Format, instantFrom, readStamp, type Written } from './moment.ts'
import type { Cell, FileCode } from './row.ts'
import { hasLostDigits, plainText, wholeNumber } from './text.ts'

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
}

export interface Read {
  readonly column: string
  /** null: empty. A constant comes as it stands in the mapping. */
  readonly from: (cells: Cells) => { readonly cell: Cell } | { readonly constant: unknown } | null
}

const ofCell = (cell: Cell | undefined): { readonly cell: Cell } | null => {
  const bare = typeof cell === 'string' ? cell.trim() : cell
  return bare === undefined || bare === null || bare === '' ? null : { cell: bare }
}

export const readerOf = (value: ValueFile): Read => {
  if (typeof value === 'string') return { column: value, from: (cells) => ofCell(cells[value]) }
  if ('const' in value) return { column: '', from: () => ({ constant: value.const }) }
  const { column, map, required } = value
  const byDefault = value.default
  return {
    column,
    from: (cells) => {
      let found = ofCell(cells[column])
      if (found !== null && map !== undefined) {
        const text = cellText(found.cell, column)
        if (Object.hasOwn(map, text)) found = ofCell(map[text])
      }
      if (found === null && byDefault !== undefined) found = { cell: byDefault }
      if (found === null && required === true) throw new Unmapped('missing_cell', column)
      return found
    },
  }
}

/** The column a header must have; null: a constant, or one that may be missing. */
export const columnOf = (value: ValueFile): string | null =>
  typeof value === 'string' ? value : 'const' in value || value.default !== undefined ? null : value.column

/** A cell as a text or a code. Throws where it is no longer the whole of it. */
const cellText = (cell: Cell, column: string): string => {
  if (hasLostDigits(cell)) throw new Unmapped('lost_digits', column)
  return plainText(cell)
}

export const textFrom = (read: Read, cells: Cells): string | null => {
  const found = read.from(cells)
  if (found === null) return null
  return 'cell' in found ? cellText(found.cell, read.column) : String(found.constant)
}

const writtenFrom = (cell: Cell, column: string, { formats }: Stamps): Written => {
  const written = readStamp(cell, formats)
  if (written === null) throw new Unmapped('bad_date', column)
  return written
}

const printed = (written: Written, column: string, { zone }: Stamps): string => {
  const at = instantFrom(written, zone)
  if (at === null) throw new Unmapped('no_zone', column)
  return new Date(at).toISOString()
}

/** The instant of a stamp as RFC 3339 in UTC; null where the cell is empty. */
export const stampFrom = (read: Read, cells: Cells, stamps: Stamps): string | null => {
  const found = read.from(cells)
  if (found === null) return null
  if ('constant' in found) return String(found.constant)
  return printed(writtenFrom(found.cell, read.column, stamps), read.column, stamps)
}

/** A date alone stays a date, for it means the end of its day (T3); a sheet knows dates only as midnights. */
const dueFrom = (cell: Cell, column: string, stamps: Stamps): string => {
  const written = writtenFrom(cell, column, stamps)
  const isDay = written.ms === null || (cell instanceof Date && written.ms === 0)
  return isDay ? dayText(written) : printed(written, column, stamps)
}

const TRUE = new Set(['true', '1', 'yes', 'y', '是', '有'])
const FALSE = new Set(['false', '0', 'no', 'n', '否', '无'])

const flagFrom = (cell: Cell, column: string): boolean => {
  const text = plainText(cell).toLowerCase()
  if (TRUE.has(text)) return true
  if (FALSE.has(text)) return false
  throw new Unmapped('bad_value', column)
}

const wholeFrom = (cell: Cell, column: string): number => {
  const number = wholeNumber(plainText(cell))
  if (number === null || number < 0) throw new Unmapped('bad_value', column)
  return number
}

/** As tables of offices write limits. A bare number or 日 is no limit: in 许可 82 a 日 is a working day, elsewhere not. */
const SPOKEN: readonly (readonly [RegExp, string])[] = [
  [/^(\d{1,4})\s*个?工作日$/, 'WD'],
  [/^(\d{1,4})\s*个?自然日$/, 'ND'],
  [/^(\d{1,3})\s*个月$/, 'M'],
  [/^(\d{1,4})\s*个?工作小时$/, 'H'],
]

const limitText = (text: string): string => {
  for (const [pattern, unit] of SPOKEN) {
    const number = pattern.exec(text)?.[1]
    if (number !== undefined) return `${number}${unit}`
  }
  return text === '即办' || text === '当日' ? '0' : text
}

const limitIn = (cell: Cell): ReturnType<typeof parseLimit> => parseLimit(limitText(plainText(cell).trim()))

/** Whether a cell says a limit as offices write one. */
export const isLimit = (cell: Cell): boolean => limitIn(cell) !== null

const limitFrom = (cell: Cell, column: string): unknown => {
  const limit = limitIn(cell)
  if (limit === null) throw new Unmapped('bad_value', column)
  return { value: limit.value, unit: limit.unit }
}

type Shaping = (cell: Cell, column: string, stamps: Stamps) => unknown

const SHAPED: Partial<Record<PayloadShape, Shaping>> = {
  flag: flagFrom,
  count: wholeFrom,
  grade: wholeFrom,
  days: wholeFrom,
  limit: limitFrom,
  span: limitFrom,
  due: dueFrom,
  instant: (cell, column, stamps) => printed(writtenFrom(cell, column, stamps), column, stamps),
}

export type ReadPayloadKey = (cells: Cells, stamps: Stamps) => unknown

/** A payload key of an event type; null where the type lists no such key. */
export const payloadReader = (type: EventType, name: string, value: ValueFile): ReadPayloadKey | null => {
  const key = PAYLOAD_KEYS[type].find((listed) => listed.name === name)
  if (key === undefined) return null
  const read = readerOf(value)
  const shaped = SHAPED[key.shape]
  return (cells, stamps) => {
    const found = read.from(cells)
    if (found === null) return null
    if ('constant' in found) return found.constant
    return shaped === undefined ? cellText(found.cell, read.column) : shaped(found.cell, read.column, stamps)
  }
}
