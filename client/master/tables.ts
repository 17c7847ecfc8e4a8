// The tables of the catalogue, as an address names them. Pure.

import type { MasterTable } from '../../server/contract/master.ts'

export const TABLES = ['items', 'departments', 'windows', 'operators', 'regions', 'sources'] as const

export const isTable = (text: string | null): text is MasterTable =>
  (TABLES as readonly (string | null)[]).includes(text)
