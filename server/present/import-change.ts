// What an export of a register changed, as the wire and people write it: instants in the zone of their calendar, bare days as
// days, limits as 20WD. Values of a personal part never come here.

import type { ImportCellChange, ImportTie } from '../contract/import-changes.ts'
import type { Json } from '../core/case/event.ts'
import type { CellChange, RowChange } from '../core/case/row-change.ts'
import type { Calendar } from '../core/time/calendar.ts'
import { printInstant } from '../core/time/civil.ts'
import { asInstant } from '../core/time/instant.ts'
import { isPersonalKey } from './personal.ts'

const DAY_CHARS = 10

const isLength = (value: Json): value is { value: number; unit: string } =>
  typeof value === 'object' && value !== null && 'value' in value && 'unit' in value

const written = (field: string, value: Json, isDay: boolean, { zone }: Calendar): string | null => {
  if (value === null) return null
  if (typeof value === 'number' && field.endsWith('_at')) {
    const text = printInstant(asInstant(value), zone)
    return isDay && field === 'occurred_at' ? text.slice(0, DAY_CHARS) : text
  }
  if (isLength(value)) return value.unit === '0' ? '0' : `${value.value}${value.unit}`
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** Names of files by their digest. */
export type FileNames = ReadonlyMap<string, string>

/** Which files say different things of one event as of one instant, and at which of their lines. */
export const tieViews = (row: RowChange, files: FileNames): ImportTie[] =>
  row.ties.map(({ key, line, holds, other }) => ({
    project_no: row.caseNo,
    key,
    line,
    holds,
    other_file: files.get(other.file) ?? other.file,
    other_line: other.line,
  }))

const viewOf = (row: RowChange, cell: CellChange, calendar: Calendar): ImportCellChange => ({
  project_no: row.caseNo,
  line: row.line,
  key: cell.key,
  event_type: cell.type,
  what: cell.what,
  field: cell.field,
  // words are personal: that they changed is told, not what they say (I1)
  was: isPersonalKey(cell.type, cell.field) ? null : written(cell.field, cell.was, cell.days[0], calendar),
  now: isPersonalKey(cell.type, cell.field) ? null : written(cell.field, cell.now, cell.days[1], calendar),
})

export const cellViews = (row: RowChange, calendar: Calendar): ImportCellChange[] =>
  row.cells.map((cell) => viewOf(row, cell, calendar))
