// How many values of a sample cannot be read as what their column is taken for (I8): by the mapping in use, with the very
// readers of the import, and by the heads of columns that were not suggested because too few of their values are that.

import type { ImportColumn, UnreadNote } from '../../contract/imports.ts'
import type { Use } from './compiling.ts'
import type { Mapping } from './map.ts'
import { doubtsOf } from './roles.ts'

import { type Cell, FILE_PROBLEMS, type FileCode } from './row.ts'
import { cellsOf, type Sample } from './sample.ts'
import { Unmapped } from './value.ts'

/** Why a cell cannot be read; null: it can. */
const whyUnread = ({ column, read }: Use, cell: Cell): FileCode | null => {
  try {
    read({ [column]: cell })
    return null
  } catch (error) {
    if (error instanceof Unmapped) return error.code
    throw error
  }
}

const ofUse = (use: Use, column: ImportColumn, rows: Sample['rows']): UnreadNote[] => {
  const cells = cellsOf(rows, column)
  const codes = cells.flatMap((cell) => whyUnread(use, cell) ?? [])
  const [first] = codes
  if (first === undefined) return []
  const counts = { unread: codes.length, filled: cells.length }
  return [{ column: column.name, field: use.field, ...counts, used: true, ...FILE_PROBLEMS[first] }]
}

/** One note a column and field, those in use first. */
export const unreadIn = ({ columns, rows }: Sample, mapping: Mapping | null): UnreadNote[] => {
  const uses = mapping?.uses ?? []
  const told = new Set<string>()
  const inUse = columns.flatMap((column) =>
    uses
      .filter((use) => use.column === column.name)
      .flatMap((use) => {
        const id = `${use.field}\n${column.name}`
        if (told.has(id)) return []
        told.add(id)
        return ofUse(use, column, rows)
      }),
  )
  const doubts = doubtsOf(columns, rows).filter(
    ({ column, field }) => !uses.some((use) => use.column === column || use.field === field),
  )
  return [...inUse, ...doubts]
}
