// What stands in a file beside the rows that are read of it (I8): other sheets of a workbook that hold rows, and columns whose
// heading stands there twice. Each is told with the report, of a dry run as well. Reads nothing itself.

import type { Table } from '../readers/reader.ts'
import type { Mapping } from './map.ts'
import type { FileCode, Place } from './row.ts'

export interface Beside {
  readonly place: Place
  readonly code: FileCode
  readonly detail: string
}

/** Columns the mapping reads of which a second one bears the same heading that it does not read. */
const doubled = (
  columns: readonly string[],
  { columns: needed, uses }: Pick<Mapping, 'columns' | 'uses'>,
): string[] => {
  const read = new Set([...needed, ...uses.map(({ column }) => column)])
  return columns.filter((name) => read.has(name) && columns.includes(`${name}#2`) && !read.has(`${name}#2`))
}

export const besideIn = (
  { columns, others = [] }: Pick<Table, 'columns' | 'others'>,
  mapping: Mapping | null,
): Beside[] => [
  ...others.map(
    ({ name, rows }): Beside => ({
      place: { line: 1, sheet: name },
      code: 'other_sheet',
      detail: `${name} (${rows ?? '?'})`,
    }),
  ),
  ...(columns === null || mapping === null ? [] : doubled(columns, mapping)).map(
    (detail): Beside => ({ place: { line: 1 }, code: 'double_column', detail }),
  ),
]
