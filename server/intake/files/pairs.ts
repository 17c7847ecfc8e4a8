// Columns of a date and of its time of day that stand beside each other (I8): 受理日期 and 受理时间, CREATION DATE and
// CREATION TIME. By their heads, and only where what stands in them bears it out: days alone here, times of day there.

import type { ImportColumn } from '../../contract/imports.ts'
import { formatFrom, readClock, readStamp } from './moment.ts'
import type { Cell, Read } from './row.ts'
import { cellsOf } from './sample.ts'
import { bare, HEADS, type Role } from './suggest-words.ts'

export interface Pair {
  readonly date: string
  readonly time: string
}

export type Pairs = ReadonlyMap<Role, Pair>

const ROLES: readonly Role[] = ['received', 'accepted', 'decided', 'concluded']

/** What a head of a time would be were it one of a date. */
const asDate = (head: string): string => bare(head).replace(/时间$|time$/, (end) => (end === 'time' ? 'date' : '日期'))

const isOfRole = (column: ImportColumn, role: Role): boolean => {
  const name = bare(column.name)
  return HEADS[role].some((word) => name === word || (word.length >= 4 && name.includes(word)))
}

const SHEET_DAY_MS = 86_400_000

const isDayAlone = (cell: Cell, dates: readonly string[]): boolean => {
  if (cell instanceof Date) return cell.getTime() % SHEET_DAY_MS === 0
  const formats = dates.flatMap((name) => formatFrom(name) ?? [])
  const written = readStamp(cell, formats)
  return written !== null && (written.ms === null || written.ms === 0)
}

/** A time of day alone: a sheet keeps one as a moment of its first day. */
const isClock = (cell: Cell): boolean =>
  cell instanceof Date ? cell.getTime() < Date.UTC(1900, 0, 2) : readClock(cell, []) !== null

const most = (cells: readonly Cell[], holds: (cell: Cell) => boolean): boolean =>
  cells.length > 0 && cells.filter(holds).length * 2 > cells.length

export const pairsIn = (columns: readonly ImportColumn[], rows: readonly Read[]): Pairs => {
  const pairs = new Map<Role, Pair>()
  for (const time of columns) {
    const date = columns.find((one) => one !== time && bare(one.name) === asDate(time.name))
    const role = date === undefined ? undefined : ROLES.find((one) => isOfRole(date, one) || isOfRole(time, one))
    if (date === undefined || role === undefined || pairs.has(role)) continue
    const isPair =
      most(cellsOf(rows, date), (cell) => isDayAlone(cell, date.dates)) && most(cellsOf(rows, time), isClock)
    if (isPair) pairs.set(role, { date: date.name, time: time.name })
  }
  return pairs
}
