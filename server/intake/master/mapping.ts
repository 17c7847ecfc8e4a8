// The mapping of a foreign table of master data (I9): which tables it feeds, column by column, value by value, and which of
// its rows are left out and why. Written in YAML or JSON, checked whole before anything is read, every fault with its
// place. The schema is the documentation: descriptions stand at the members. Reads no file itself.

import Type, { type Static } from 'typebox'
import { Compile } from 'typebox/compile'
import type { MappingFault } from '../../contract/imports.ts'
import type { Tables } from '../../contract/tables/registry.ts'
import { parseLimit } from '../../core/time/limit.ts'
import { isEncoding } from '../files/encoding.ts'
import { MOST_FAULTS, shapeFaults } from '../files/mapping-faults.ts'
import { formatFrom } from '../files/moment.ts'
import { CALENDAR_FIELDS } from './calendar.ts'
import { CALENDARS, kindOf } from './fields.ts'

const Name = Type.String({ minLength: 1, maxLength: 200 })
const Words = Type.String({ minLength: 1, maxLength: 400 })
const closed = { additionalProperties: false }
const optional = Type.Optional
const oneOf = <const T extends readonly string[]>(names: T) =>
  Type.Union(names.map((name) => Type.Literal(name as T[number])))

const Value = Type.Union(
  [
    Name,
    Type.Object({ const: Type.Unknown() }, { ...closed, description: 'the same for every row' }),
    Type.Object(
      {
        column: Name,
        none: optional(
          Type.Array(Type.String(), { description: 'texts that mean: nothing; beside those of the file' }),
        ),
        map: optional(Type.Record(Type.String(), Type.Union([Type.String(), Type.Null()]))),
        else: optional(oneOf(['fault', 'keep', 'none'])),
        limit: optional(Type.Boolean({ description: 'a number and a unit, read by `units`' })),
        unit_column: optional(Name),
        split: optional(Type.String({ minLength: 1, maxLength: 8, description: 'a list, its parts so divided' })),
        default: optional(Type.String()),
      },
      {
        ...closed,
        description:
          'a column; `map`: texts → codes (null: nothing), a text that is not in it is a fault unless `else`',
      },
    ),
  ],
  { description: 'a column of the file, or more about it' },
)

const Skip = Type.Object(
  {
    column: Name,
    is: optional(Type.Array(Type.String(), { minItems: 1 })),
    empty: optional(Type.Boolean()),
    why: Words,
    why_en: optional(Words),
  },
  { ...closed, description: 'rows left out, with the reason that the report gives' },
)

const Table = Type.Object(
  {
    table: Type.String({ description: 'a table of the catalogue, or `calendars`, written a day a row' }),
    sheet: optional(Type.Union([Type.String(), Type.Integer({ minimum: 1 })])),
    once: optional(Type.Boolean({ description: 'rows repeat it: the same again is counted, another is a fault' })),
    skip: optional(Type.Array(Skip)),
    fields: Type.Record(Type.String(), Value),
  },
  closed,
)

const Schema = Type.Object(
  {
    mapping: Name,
    catalogue: optional(Name),
    valid_from: optional(Type.String()),
    format: optional(oneOf(['ndjson', 'csv', 'xlsx', 'json'])),
    rows: optional(Type.String({ description: 'of a JSON document: where its list stands, /data/rows' })),
    encoding: optional(Type.String()),
    delimiter: optional(Type.String({ minLength: 1, maxLength: 4 })),
    columns: optional(Type.Array(Name, { description: 'names of the columns of a file without a header' })),
    skip_rows: optional(Type.Integer({ minimum: 0, maximum: 100, description: 'lines above the header' })),
    sheet: optional(Type.Union([Type.String(), Type.Integer({ minimum: 1 })])),
    none: optional(Type.Array(Type.String(), { description: 'texts that mean nothing, in every column' })),
    units: optional(
      Type.Record(Type.String(), oneOf(['WD', 'ND', 'M', 'H', '0']), { description: '工作日: WD, 自然日: ND …' }),
    ),
    dates: optional(Type.Array(Name, { minItems: 1 })),
    tables: Type.Array(Table, { minItems: 1 }),
  },
  closed,
)

export type MasterMappingFile = Static<typeof Schema>
export type MasterTableFile = Static<typeof Table>
export type MasterValueFile = Static<typeof Value>

const checker = Compile(Schema)

const fieldFaults = (rule: MasterTableFile, at: string, tables: Tables): MappingFault[] => {
  const { table } = rule
  const isTable = table === CALENDARS || tables.some(({ name }) => name === table)
  if (!isTable) return [{ at: `${at}/table`, detail: `no such table: ${table}` }]
  const isKnown = (name: string): boolean =>
    table === CALENDARS
      ? (CALENDAR_FIELDS as readonly string[]).includes(name)
      : kindOf(tables, table, name) !== 'unknown'
  return Object.keys(rule.fields)
    .filter((name) => !isKnown(name))
    .map((name) => ({ at: `${at}/fields/${name}`, detail: `${table} has no such field` }))
}

const valueFaults = (rule: MasterTableFile, at: string, hasUnits: boolean): MappingFault[] =>
  Object.entries(rule.fields).flatMap(([name, value]) => {
    if (typeof value === 'string' || 'const' in value) return []
    const limits = value.limit === true ? Object.values(value.map ?? {}) : []
    const bad = limits.filter((text) => text !== null && parseLimit(text) === null)
    const unitless = value.limit === true && !hasUnits
    return [
      ...bad.map((text) => ({ at: `${at}/fields/${name}/map`, detail: `not a limit: ${text}` })),
      ...(unitless ? [{ at: `${at}/fields/${name}/limit`, detail: '`units` says how units are written' }] : []),
    ]
  })

/** Faults of a mapping document: of its shape, else of what the names in it mean. None: it is a MasterMappingFile. */
export const masterMappingFaults = (document: unknown, tables: Tables): MappingFault[] => {
  const shape = shapeFaults(checker, document)
  if (shape.length > 0) return shape
  const file = document as MasterMappingFile
  const faults: MappingFault[] = []
  if (file.encoding !== undefined && !isEncoding(file.encoding))
    faults.push({ at: '/encoding', detail: `unknown encoding ${file.encoding}` })
  for (const [i, name] of (file.dates ?? []).entries())
    if (formatFrom(name) === null) faults.push({ at: `/dates/${i}`, detail: `names no year, month and day: ${name}` })
  for (const [i, rule] of file.tables.entries()) {
    const at = `/tables/${i}`
    faults.push(...fieldFaults(rule, at, tables), ...valueFaults(rule, at, file.units !== undefined))
    for (const [n, skip] of (rule.skip ?? []).entries())
      if (skip.is === undefined && skip.empty !== true)
        faults.push({ at: `${at}/skip/${n}`, detail: '`is` or `empty: true`' })
  }
  return faults.slice(0, MOST_FAULTS)
}

/** Columns the header of a sheet must have for this table. */
export const columnsOf = (rule: MasterTableFile): string[] => {
  const columns = new Set((rule.skip ?? []).map(({ column }) => column))
  for (const value of Object.values(rule.fields)) {
    if (typeof value === 'string') columns.add(value)
    else if (!('const' in value)) {
      if (value.default === undefined) columns.add(value.column)
      if (value.unit_column !== undefined) columns.add(value.unit_column)
    }
  }
  return [...columns]
}
