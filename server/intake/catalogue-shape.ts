// The shape of a catalogue document (I9), and what its one checker says of it. Unknown members are faults, for a mistyped
// name must not vanish in silence.

import Type, { type TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import type { MappingFault } from '../contract/imports.ts'
import { keysOf, type Tables } from '../contract/tables/registry.ts'
import type { FieldShape, Fields } from '../contract/tables/shape.ts'
import { MOST_TWIN_MINUTES } from '../core/law/twins.ts'
import { LOT_ROWS, type Steps } from '../core/steps.ts'
import { MOST_FAULTS, shapeFaults } from './files/mapping-faults.ts'

/** A text of blanks alone is none. */
const NOT_BLANK = '\\S'
const Text = Type.String({ pattern: NOT_BLANK, maxLength: 200 })
const Code = Type.String({ pattern: NOT_BLANK, maxLength: 64 })
const closed = { additionalProperties: false }
const named = { name: Text, name_en: Type.Optional(Text) }

/** Days that one calendar or notice lists: more than ten years in which every day is named (I5). */
export const MOST_DAYS = 4_000
const Days = Type.Array(
  Type.Object(
    { on: Type.String(), kind: Type.Union([Type.Literal('off'), Type.Literal('work')]), name: Type.Optional(Text) },
    closed,
  ),
  { maxItems: MOST_DAYS },
)
/** What a calendar says of itself and a notice may say of one. */
const Frame = {
  name_en: Type.Optional(Text),
  parent: Type.Optional(Code),
  office_hours: Type.Optional(Type.Array(Type.Array(Type.String(), { minItems: 2, maxItems: 2 }), { maxItems: 8 })),
  weekend: Type.Optional(Type.Array(Type.Integer({ minimum: 1, maximum: 7 }), { maxItems: 7 })),
  certain_to_month_day: Type.Optional(Type.String()),
  statutory: Type.Optional(Type.Union([Code, Type.Null()])),
  sources: Type.Optional(Type.Array(Text, { maxItems: 100 })),
  valid_from: Type.Optional(Type.String()),
}
const Calendar = Type.Object(
  { calendar_id: Code, ...named, zone: Code, from: Type.String(), to: Type.String(), days: Days, ...Frame },
  closed,
)
const Notice = Type.Object(
  {
    calendar_id: Code,
    from: Type.Optional(Type.String()),
    to: Type.Optional(Type.String()),
    replaces: Type.Optional(Type.Boolean()),
    days: Days,
    ...Frame,
  },
  closed,
)

const optional = Type.Optional

const textsOf = (field: FieldShape & { kind: 'texts' }): TSchema => {
  const { most, pattern, chars } = field
  return Type.Array(Type.String(chars === undefined ? { pattern } : { pattern, maxLength: chars }), { maxItems: most })
}

const schemaOf = (field: FieldShape): TSchema => {
  if (field.kind === 'text') return Text
  if (field.kind === 'code')
    return field.most === undefined ? Code : Type.String({ pattern: NOT_BLANK, maxLength: field.most })
  if (field.kind === 'limit') return Code
  if (field.kind === 'day') return Type.String()
  if (field.kind === 'whole') return Type.Integer({ minimum: field.from, maximum: field.to })
  if (field.kind === 'flag') return Type.Boolean()
  if (field.kind === 'word') return Type.Union(field.of.map((word) => Type.Literal(word)))
  if (field.kind === 'texts') return textsOf(field)
  return Type.Array(rowOf(field.fields), { maxItems: field.most })
}

/** The shape of a row of a table, closed. */
const rowOf = (fields: Fields): TSchema =>
  Type.Object(
    Object.fromEntries(
      Object.entries(fields).map(([name, field]) => [
        name,
        field.must === true ? schemaOf(field) : optional(schemaOf(field)),
      ]),
    ),
    closed,
  )

/** What a document may say of a rule that ships; what it leaves out stays as it was. */
const Rule = Type.Object(
  {
    rule_id: Code,
    name: optional(Text),
    name_en: optional(Text),
    mode: optional(Type.Union([Type.Literal('auto'), Type.Literal('confirm')])),
    signed: optional(Type.Boolean()),
    legal_basis: optional(Type.String({ minLength: 1, maxLength: 1_000 })),
    reply_work_days: optional(Type.Integer({ minimum: 1, maximum: 60 })),
  },
  closed,
)
const MOST_RULES = 200
/** Of one document; and of a law, for each is a table of all the days that can be counted (I5). */
export const MOST_CALENDARS = 100
const catalogueOf = (tables: Tables) =>
  Type.Object(
    {
      catalogue: Text,
      valid_from: Type.String(),
      declared_by: optional(Type.Integer({ minimum: 1 })),
      centre: optional(Type.Object({ ...named, calendar: Code }, closed)),
      settings: optional(
        Type.Object(
          {
            profile: optional(Code),
            supervised_from: optional(Type.String()),
            twin_minutes: optional(Type.Integer({ minimum: 0, maximum: MOST_TWIN_MINUTES })),
          },
          closed,
        ),
      ),
      calendars: optional(Type.Array(Calendar, { maxItems: MOST_CALENDARS })),
      notices: optional(Type.Array(Notice, { maxItems: MOST_CALENDARS })),
      ...Object.fromEntries(tables.map(({ name, fields }) => [name, optional(Type.Array(rowOf(fields)))])),
      rules: optional(Type.Array(Rule, { maxItems: MOST_RULES })),
    },
    closed,
  )

interface Judge {
  readonly checker: ReturnType<typeof Compile>
  /** Members of a document, in the order in which their faults are told. */
  readonly members: readonly string[]
  /** Those of them that are lists of rows. */
  readonly tables: readonly string[]
}

/** Made once of each list of tables. */
const JUDGES = new WeakMap<Tables, Judge>()

const judgeOf = (tables: Tables): Judge => {
  const known = JUDGES.get(tables)
  if (known !== undefined) return known
  const catalogue = catalogueOf(tables)
  const named = [...Object.keys(FRAME_KEYS), ...tables.map(({ name }) => name)]
  const judge = { checker: Compile(catalogue), members: Object.keys(catalogue.properties), tables: named }
  JUDGES.set(tables, judge)
  return judge
}

export const NO_TEXT = 'must not have fewer than 1 characters'
const BLANK = `must match pattern "${NOT_BLANK}"`

export type Row = Readonly<Record<string, unknown>>
export const rowsOf = (body: Row, table: string): readonly Row[] =>
  Array.isArray(body[table]) ? (body[table] as Row[]) : []

/** What names a row of the lists that are no tables of master data. */
const FRAME_KEYS: Readonly<Record<string, string>> = {
  calendars: 'calendar_id',
  notices: 'calendar_id',
  rules: 'rule_id',
}

/** What names a row of each list of a document. */
export const rowKeysOf = (tables: Tables): Readonly<Record<string, string>> => {
  const { rules = '', ...days } = FRAME_KEYS
  return { ...days, ...keysOf(tables), rules }
}

/** The pattern in the words in which an empty text is told. */
const inWords = ({ at, detail }: MappingFault): MappingFault =>
  detail === BLANK ? { at, detail: NO_TEXT } : { at, detail }

/** `/items/7/name` of the rows from the 400th on is `/items/407/name` of the table. */
const shifted = ({ at, detail }: MappingFault, table: string, from: number): MappingFault => {
  const [, , index, ...rest] = at.split('/')
  return { at: [`/${table}`, Number(index) + from, ...rest].join('/'), detail }
}

/** No list within a row may be longer: what is past it is not looked at, and the list is at fault whatever stands there. */
const LONGEST = MOST_DAYS + 1

/** A row as it is shown to the checker, and how much of it there is to look at. */
const shownRow = (row: unknown): { row: unknown; values: number } => {
  if (typeof row !== 'object' || row === null || Array.isArray(row)) return { row, values: 1 }
  let values = 1
  let shown: Record<string, unknown> | null = null
  for (const [name, member] of Object.entries(row)) {
    if (!Array.isArray(member)) continue
    values += Math.min(member.length, LONGEST)
    if (member.length <= LONGEST) continue
    shown ??= { ...row }
    shown[name] = member.slice(0, LONGEST)
  }
  return { row: shown ?? row, values }
}

/** A fit row of each table that has a bound. */
const BOUNDED: Readonly<Record<string, { readonly most: number; readonly row: Row }>> = {
  calendars: { most: MOST_CALENDARS, row: { calendar_id: 'x', name: 'x', zone: 'x', from: 'x', to: 'x', days: [] } },
  notices: { most: MOST_CALENDARS, row: { calendar_id: 'x', days: [] } },
  rules: { most: MOST_RULES, row: { rule_id: 'x' } },
}

/** What the shape says of the rows of one table, the first fifty. */
function* faultsOfTable({ checker }: Judge, table: string, rows: readonly unknown[]): Steps<MappingFault[]> {
  const faults: MappingFault[] = []
  for (let from = 0; from < rows.length && faults.length < MOST_FAULTS; ) {
    if (from > 0) yield
    const lot: unknown[] = []
    // that the table itself is too long is no fault of a lot
    const to = Math.min(rows.length, from + (BOUNDED[table]?.most ?? LOT_ROWS))
    for (let values = 0; values < LOT_ROWS && from + lot.length < to; ) {
      const shown = shownRow(rows[from + lot.length])
      lot.push(shown.row)
      values += shown.values
    }
    for (const fault of shapeFaults(checker, { catalogue: 'x', valid_from: 'x', [table]: lot }))
      faults.push(shifted(fault, table, from))
    from += lot.length
  }
  return faults
}

/** Stands for a table in what is shown at once: empty, or one row too many where the table itself is too long. */
const standIn = (table: string, rows: readonly unknown[]): unknown[] => {
  const bound = BOUNDED[table]
  return bound !== undefined && rows.length > bound.most ? Array(bound.most + 1).fill(bound.row) : []
}

/**
 * What the one checker says of a document's shape, in its order: what the document lacks and has too much, then member by
 * member. Tables are shown to it a lot of rows at a time, the rest of the document at once.
 */
export function* faultsOfShape(body: unknown, tables: Tables): Steps<MappingFault[]> {
  const judge = judgeOf(tables)
  const { checker, members: known } = judge
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return shapeFaults(checker, body).map(inWords)
  const members = body as Row
  const strange = Object.keys(members).filter((name) => !known.includes(name))
  const own = known.filter((name) => Object.hasOwn(members, name))
  const shown = [...own, ...strange.slice(0, MOST_FAULTS)].map((name): [string, unknown] => {
    const member = members[name]
    return [name, judge.tables.includes(name) && Array.isArray(member) ? standIn(name, member) : member]
  })
  const rest = shapeFaults(checker, Object.fromEntries(shown))
  const ofMember = ({ at }: MappingFault): string => at.split('/')[1] ?? ''
  const faults = rest.filter((fault) => !known.includes(ofMember(fault)))
  for (const name of known) {
    yield
    if (judge.tables.includes(name)) faults.push(...(yield* faultsOfTable(judge, name, rowsOf(members, name))))
    faults.push(...rest.filter((fault) => ofMember(fault) === name))
  }
  return faults.slice(0, MOST_FAULTS).map(inWords)
}
