// What fields a table of the catalogue has and of what kind each is read, and which table a header names: asked of the
// tables' descriptors (contract/tables), so that a field added there is taken in here without a word.

import type { Tables } from '../../contract/tables/registry.ts'
import type { FieldShape, MasterTableShape } from '../../contract/tables/shape.ts'

/** Written a day a row, and no table of rows. */
export const CALENDARS = 'calendars'

/** How a cell is read. */
export type FieldKind = 'text' | 'number' | 'flag' | 'list' | 'unknown'

const KINDS: Readonly<Record<FieldShape['kind'], FieldKind>> = {
  text: 'text',
  code: 'text',
  limit: 'text',
  day: 'text',
  word: 'text',
  whole: 'number',
  flag: 'flag',
  texts: 'list',
  rows: 'list',
}

const tableNamed = (tables: Tables, name: string): MasterTableShape | undefined =>
  tables.find((table) => table.name === name)

export const kindOf = (tables: Tables, table: string, field: string): FieldKind => {
  const fields = tableNamed(tables, table)?.fields ?? {}
  const shape = Object.hasOwn(fields, field) ? fields[field] : undefined
  return shape === undefined ? 'unknown' : KINDS[shape.kind]
}

/** What names a row of a table. */
export const keyOf = (tables: Tables, table: string): string => tableNamed(tables, table)?.key ?? ''

/**
 * The table a header names by its key; null: none. A row of an item names a department as well: a table whose key is but a
 * field of another that is named gives way to it, and of several the one that knows most of the columns is meant.
 */
export const tableOfHeader = (columns: readonly string[], tables: Tables): string | null => {
  if (columns.includes('calendar_id')) return CALENDARS
  const named = tables.filter(({ key }) => columns.includes(key))
  const meant = named.filter(({ key }) => !named.some((other) => other.key !== key && Object.hasOwn(other.fields, key)))
  const known = ({ fields }: MasterTableShape): number => columns.filter((name) => Object.hasOwn(fields, name)).length
  const [first] = (meant.length > 0 ? meant : named).sort((a, b) => known(b) - known(a))
  return first?.name ?? null
}
