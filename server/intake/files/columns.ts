// The header of a table as names of columns, and a line of it as cells under them (I8). Knows no format.

import { bareCode } from '../code.ts'
import type { Cell } from './row.ts'
import { plainText } from './text.ts'

/** Names of columns: trimmed, an empty one by its number, a second of the same name marked. */
export const columnNames = (header: readonly Cell[]): string[] => {
  const seen = new Map<string, number>()
  return header.map((cell, index) => {
    const name = bareCode(plainText(cell ?? '')) || `column ${index + 1}`
    const count = (seen.get(name) ?? 0) + 1
    seen.set(name, count)
    return count === 1 ? name : `${name}#${count}`
  })
}

const isEmpty = (cell: unknown): boolean => cell === null || cell === undefined || cell === ''

/** Cells under their column names, those that are not there empty; null when there are more of them than columns. */
export const cellsUnder = (columns: readonly string[], values: readonly Cell[]): Record<string, Cell> | null => {
  for (let i = columns.length; i < values.length; i++) if (!isEmpty(values[i])) return null
  const cells: Record<string, Cell> = Object.create(null)
  for (let i = 0; i < columns.length; i++) cells[columns[i] as string] = values[i] ?? null
  return cells
}
