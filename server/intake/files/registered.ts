// Rows of a register (I14): whose row it is and as of when, and each of its events as an edition. What of that cannot be read is
// told with the faults of the row, which then waits whole (I15).

import { isNoNumber } from '../nothing.ts'
import { type Compiling, columnReader, instantReader } from './compiling.ts'
import { type EditionFrom, editionsOf, type Keyed } from './edition.ts'
import type { Made } from './making.ts'
import type { MappingFile } from './mapping.ts'
import type { Note, Row } from './row.ts'
import { codeFrom, stampFrom, Unmapped } from './value.ts'

/** The register a mapping reads, and how its rows say as of when they are. */
export interface Registered {
  readonly name: string
  readonly asOf: (cells: Row['cells']) => string | null
  readonly caseNo: (cells: Row['cells']) => string | null
  /** The column of the case number. */
  readonly column: string
}

/** As of when the row is; null, and told with its faults, where that is not said. */
const asOfIn = (row: Row, of: Registered, from: EditionFrom | null, faults: Note[]): string | null => {
  try {
    const asOf = of.asOf(row.cells) ?? from?.asOf ?? null
    if (asOf === null) faults.push({ code: 'no_as_of', column: of.name })
    return asOf
  } catch (error) {
    if (!(error instanceof Unmapped)) throw error
    faults.push({ code: error.code, column: error.detail })
    return null
  }
}

/** Whose row it is; null, and told with its faults, where that cannot be read: whatever else it says waits (I15). */
const caseIn = ({ cells }: Row, { caseNo, column }: Registered, faults: Note[]): string | null => {
  try {
    const projectNo = caseNo(cells)
    if (projectNo === null) faults.push({ code: 'missing_cell', column })
    return projectNo
  } catch (error) {
    if (!(error instanceof Unmapped)) throw error
    faults.push({ code: error.code, column: error.detail })
    return null
  }
}

/** The events of a row of a register, each with its edition; what is wrong with that is told with the others' faults. */
export const editedIn = (
  row: Row,
  { keyed, faults }: { readonly keyed: readonly Keyed[]; readonly faults: Note[] },
  { of, from }: { readonly of: Registered; readonly from: EditionFrom | null },
): Made[] => {
  const projectNo = caseIn(row, of, faults)
  const asOf = asOfIn(row, of, from, faults)
  return editionsOf(row, keyed, { name: of.name, file: from?.file ?? '-', asOf, projectNo })
}

/** null: the mapping reads no register. */
export const registeredOf = (to: Compiling, file: MappingFile): Registered | null => {
  const { register: name, as_of: asOf, fields } = file
  if (name === undefined) {
    if (asOf !== undefined) to.faults.push({ at: '/as_of', detail: 'is of a register, and none is named' })
    return null
  }
  if ((file.events ?? []).length > 0)
    to.faults.push({ at: '/events', detail: 'a register has one row a case: write its events under case' })
  const keys = (file.case ?? []).map(({ type, key, when }) => ({ key: key ?? type, type, when }))
  for (const [i, { key, when }] of keys.entries())
    if (when === undefined && keys.findIndex((other) => other.key === key) !== i)
      to.faults.push({ at: `/case/${i}/key`, detail: `two events of one row under the key ${key}` })
  const read = asOf === undefined ? null : instantReader(to, asOf, 'as_of')
  const number = fields?.project_no
  const caseNo = number === undefined ? null : columnReader(to, number)
  if (caseNo === null) to.faults.push({ at: '/fields/project_no', detail: 'a register needs the case number' })
  return {
    name,
    asOf: (cells) => (read === null ? null : (stampFrom(read, cells, to.stamps)?.at ?? null)),
    caseNo: (cells) => (caseNo === null ? null : codeFrom(caseNo, cells, isNoNumber)),
    column: caseNo?.column ?? '',
  }
}
