// How many values of a sample cannot be read as what their column is taken for (I8): by the mapping in use, with the very
// readers of the import, and by the heads of columns that were not suggested because too few of their values are that.

import type { NoneWord } from '../../contract/import-cells.ts'
import type { ImportColumn, UnreadNote } from '../../contract/imports.ts'
import type { Use } from './compiling.ts'
import type { Mapping } from './map.ts'
import { saysNothing } from './moment.ts'
import { doubtsOf } from './roles.ts'
import { type Cell, FILE_PROBLEMS, type FileCode } from './row.ts'
import { cellsOf, type Sample, samplesOf } from './sample.ts'
import { plainText } from './text.ts'
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
  const unread = cells.flatMap((cell) => {
    const code = whyUnread(use, cell)
    return code === null ? [] : [{ cell, code }]
  })
  const first = unread[0]?.code
  if (first === undefined) return []
  const counts = { unread: unread.length, filled: cells.length, samples: samplesOf(unread.map(({ cell }) => cell)) }
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

/** Whether a word for nothing is taken at its word: read as a value, or as one that cannot be. */
const isTakenAtWord = ({ column, read }: Use, cell: Cell): boolean => {
  try {
    return read({ [column]: cell }) !== null
  } catch (error) {
    if (error instanceof Unmapped) return true
    throw error
  }
}

/** Words for nothing in columns in use that the mapping does not take as that, the most frequent first (I15). */
export const noneIn = ({ columns, rows }: Sample, mapping: Mapping | null): NoneWord[] => {
  const words = new Map<string, { cells: number; columns: Set<string> }>()
  for (const column of columns) {
    const uses = (mapping?.uses ?? []).filter((use) => use.column === column.name)
    for (const cell of uses.length === 0 ? [] : cellsOf(rows, column)) {
      if (!saysNothing(cell) || !uses.some((use) => isTakenAtWord(use, cell))) continue
      const word = plainText(cell).trim()
      const met = words.get(word) ?? { cells: 0, columns: new Set<string>() }
      met.columns.add(column.name)
      words.set(word, { ...met, cells: met.cells + 1 })
    }
  }
  return [...words]
    .map(([word, met]) => ({ word, cells: met.cells, columns: [...met.columns] }))
    .sort((a, b) => b.cells - a.cells)
}
