// What fields a table of the catalogue has and of what kind each is: asked of the one judge of shape, `catalogueFaults`,
// by showing it samples, so that a field added there is taken in here without a word. Knows only the keys by name.

import { catalogueFaults } from '../catalogue.ts'

/** In the order in which a header tells them apart: an item's row also names a department. */
export const TABLE_KEYS = {
  items: 'task_code',
  operators: 'operator_id',
  windows: 'window_no',
  departments: 'org_code',
  sources: 'source',
  regions: 'region_code',
} as const
export type RowTable = keyof typeof TABLE_KEYS
/** `calendars` is written a day a row. */
export type TableName = RowTable | 'calendars'

export const TABLE_NAMES = [...(Object.keys(TABLE_KEYS) as RowTable[]), 'calendars'] as const

export type FieldKind = 'text' | 'number' | 'flag' | 'list' | 'unknown'

const SAMPLES: readonly (readonly [FieldKind, unknown])[] = [
  ['text', 'x'],
  ['number', 1],
  ['flag', true],
  ['list', []],
]

const shapeSays = (table: string, row: Readonly<Record<string, unknown>>) =>
  catalogueFaults({ catalogue: 'x', valid_from: '2000-01-01', [table]: [row] })

const UNKNOWN = 'schema is false'

const probed = (table: RowTable, field: string): FieldKind => {
  const at = `/${table}/0/${field}`
  for (const [kind, sample] of SAMPLES) {
    const own = shapeSays(table, { [field]: sample }).filter((fault) => fault.at === at)
    if (own.some(({ detail }) => detail === UNKNOWN)) return 'unknown'
    // a text that must be one of a few, or of a pattern, is a text all the same
    if (!own.some(({ detail }) => /^must be (string|integer|number|boolean|array|object)$/.test(detail))) return kind
  }
  return 'text'
}

export interface Fields {
  kindOf(table: RowTable, field: string): FieldKind
}

/** Asks once a field. */
export const fieldsOfCatalogue = (): Fields => {
  const known = new Map<string, FieldKind>()
  return {
    kindOf(table, field) {
      const id = `${table}\n${field}`
      const kind = known.get(id) ?? probed(table, field)
      known.set(id, kind)
      return kind
    },
  }
}

/** The table a header names; null: none. */
export const tableOfHeader = (columns: readonly string[]): TableName | null => {
  if (columns.includes('calendar_id')) return 'calendars'
  const found = (Object.keys(TABLE_KEYS) as RowTable[]).find((table) => columns.includes(TABLE_KEYS[table]))
  return found ?? null
}
