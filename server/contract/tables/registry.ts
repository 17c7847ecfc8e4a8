// The tables of master data that ship, in the order of a catalogue document. A further one is a file beside these and a line
// here; it is checked, read from files, listed, searched, flagged and compared from then on.

import { departments } from './departments.ts'
import { items } from './items.ts'
import { operators } from './operators.ts'
import { regions } from './regions.ts'
import type { MasterTableShape } from './shape.ts'
import { sources } from './sources.ts'
import { windows } from './windows.ts'

export type Tables = readonly MasterTableShape[]

export const MASTER_TABLES: Tables = [regions, departments, windows, operators, items, sources]

/** What names a row of each of them. */
export const keysOf = (tables: Tables): Readonly<Record<string, string>> =>
  Object.fromEntries(tables.map(({ name, key }) => [name, key]))
