// The judge of shape over rows of a file (I9): `catalogueFaults` says what does not fit, this says in which line and in two
// languages. Rows are shown in chunks; only those of a chunk with a fault are shown one by one, so a clean file is quick
// and a foul one is told to its last row.

import type { MappingFault } from '../../contract/imports.ts'
import type { MasterFault } from '../../contract/master.ts'
import { MASTER_TABLES, type Tables } from '../../contract/tables/registry.ts'
import { LOT_ROWS, type Steps } from '../../core/steps.ts'
import { catalogueFaults, faultSteps } from '../catalogue.ts'
import type { Place } from '../files/row.ts'
import { type MasterCode, masterFault } from './faults.ts'

export interface Placed {
  readonly place: Place
  readonly row: Readonly<Record<string, unknown>>
}

const document = (table: string, rows: readonly unknown[]): Record<string, unknown> => ({
  catalogue: 'x',
  valid_from: '2000-01-01',
  [table]: rows,
})

/** What the judge says, as a code of ours; its own words are kept where none fits. */
const CODES: readonly (readonly [RegExp, MasterCode])[] = [
  [/^must have required properties (.*)$/, 'missing'],
  [/^not a limit: (.*)$/, 'not_a_limit'],
  [/^not a date: (.*)$/, 'not_a_day'],
  [/^stands twice: (.*)$/, 'twice'],
  [/^must not have fewer than \d+ (?:characters|items)$/, 'missing'],
  [/^must not have more than (\d+ .*)$/, 'too_long'],
]

/** The closed shape's two other ways of saying that a member is unknown. */
const ECHO = /^must not have additional properties$/

const told = ({ at, detail }: MappingFault, table: string, place: Place | null): MasterFault => {
  // /items/0/steps/1/limit → steps/1/limit
  const field = at.split('/').slice(3).join('/')
  for (const [words, code] of CODES) {
    const match = words.exec(detail)
    if (match === null) continue
    const names = code === 'missing' && field === '' ? (match[1] ?? '') : field
    return masterFault(code, { place, table, field: names }, code === 'missing' ? '' : (match[1] ?? ''))
  }
  if (detail === 'schema is false') return masterFault('unknown_column', { place, table, field }, field)
  return masterFault('shape', { place, table, field }, detail)
}

/** What the judge says of one row. */
export const rowFaults = (table: string, { row, place }: Placed, tables: Tables): MasterFault[] =>
  catalogueFaults(document(table, [row]), tables)
    .filter(({ detail }) => !ECHO.test(detail))
    .map((fault) => told(fault, table, place))

/** Rows that fit, and the faults of the others. Whether a row stands twice is not asked here. Stops after some rows (I5). */
export function* judgeRows(
  table: string,
  rows: readonly Placed[],
  onFault: (fault: MasterFault) => void,
  tables: Tables = MASTER_TABLES,
): Steps<{ fit: Placed[]; faulty: number }> {
  const fit: Placed[] = []
  for (let from = 0; from < rows.length; from += LOT_ROWS) {
    yield
    const chunk = rows.slice(from, from + LOT_ROWS)
    const written = chunk.map(({ row }) => row)
    if (catalogueFaults(document(table, written), tables).length === 0) {
      fit.push(...chunk)
      continue
    }
    for (const placed of chunk) {
      const faults = rowFaults(table, placed, tables)
      if (faults.length === 0) fit.push(placed)
      for (const fault of faults) onFault(fault)
    }
  }
  return { fit, faulty: rows.length - fit.length }
}

/** The faults of a whole document, which has no lines: their pointer stands for the place. Stops after some rows (I5). */
export function* documentFaults(body: unknown, tables: Tables): Steps<MasterFault[]> {
  const faults = yield* faultSteps(body, tables)
  return faults
    .filter(({ detail }) => !ECHO.test(detail))
    .map((fault) => ({ ...told(fault, fault.at.split('/')[1] ?? '', null), field: fault.at }))
}
