// The shape of a catalogue document (I9), and what its one checker says of it. Unknown members are faults, for a mistyped
// name must not vanish in silence.

import Type from 'typebox'
import { Compile } from 'typebox/compile'
import type { MappingFault } from '../contract/imports.ts'
import { MOST_TWIN_MINUTES } from '../core/law/twins.ts'
import { LOT_ROWS, type Steps } from '../core/steps.ts'
import { MOST_FAULTS, shapeFaults } from './files/mapping-faults.ts'
import { RATE_SCALES } from './rating.ts'

/** A text of blanks alone is none. */
const NOT_BLANK = '\\S'
const Text = Type.String({ pattern: NOT_BLANK, maxLength: 200 })
const Code = Type.String({ pattern: NOT_BLANK, maxLength: 64 })
const closed = { additionalProperties: false }
const named = { name: Text, name_en: Type.Optional(Text) }

const Days = Type.Array(
  Type.Object(
    { on: Type.String(), kind: Type.Union([Type.Literal('off'), Type.Literal('work')]), name: Type.Optional(Text) },
    closed,
  ),
)
/** What a calendar says of itself and a notice may say of one. */
const Frame = {
  name_en: Type.Optional(Text),
  parent: Type.Optional(Code),
  office_hours: Type.Optional(Type.Array(Type.Array(Type.String(), { minItems: 2, maxItems: 2 }), { maxItems: 8 })),
  weekend: Type.Optional(Type.Array(Type.Integer({ minimum: 1, maximum: 7 }), { maxItems: 7 })),
  certain_to_month_day: Type.Optional(Type.String()),
  statutory: Type.Optional(Type.Union([Code, Type.Null()])),
  sources: Type.Optional(Type.Array(Text)),
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

const Step = Type.Object(
  { step_code: Code, ...named, limit: Type.Optional(Code), after_decision: Type.Optional(Type.Boolean()) },
  closed,
)

const optional = Type.Optional
const dateText = { valid_from: optional(Type.String()) }
/** `ACCEPT`, or `SUSPEND.notice_at` (I12). */
const Sent = Type.String({ pattern: '^[A-Z_]+(\\.[a-z_]+)?$', maxLength: 64 })
const Source = Type.Object(
  {
    source: Code,
    name: Text,
    sends: optional(Type.Array(Sent, { maxItems: 200 })),
    mode: optional(Type.Union([Type.Literal('live'), Type.Literal('batch')])),
    delivers_at: optional(Type.Array(Type.String({ pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$' }), { maxItems: 24 })),
    grace_work_days: optional(Type.Integer({ minimum: 0, maximum: 30 })),
    usual_lag_minutes: optional(Type.Integer({ minimum: 0, maximum: 525_600 })),
    rate_scale: optional(Type.Union(RATE_SCALES.map((scale) => Type.Literal(scale)))),
    numbers: optional(Type.Union([Type.Literal('own'), Type.Literal('shared')])),
    ...dateText,
  },
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
const Catalogue = Type.Object(
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
    calendars: optional(Type.Array(Calendar)),
    notices: optional(Type.Array(Notice)),
    regions: optional(
      Type.Array(
        Type.Object(
          { region_code: Code, ...named, parent: optional(Code), calendar: optional(Code), ...dateText },
          closed,
        ),
      ),
    ),
    departments: optional(
      Type.Array(
        Type.Object({ org_code: Code, ...named, short_name: optional(Text), region_code: Code, ...dateText }, closed),
      ),
    ),
    windows: optional(
      Type.Array(
        Type.Object(
          {
            window_no: Code,
            ...named,
            org_code: Code,
            row: optional(Type.Integer({ minimum: 1, maximum: 100 })),
            column: optional(Type.Integer({ minimum: 1, maximum: 100 })),
            ...dateText,
          },
          closed,
        ),
      ),
    ),
    operators: optional(
      Type.Array(
        Type.Object({ operator_id: Code, name: Text, org_code: Code, window_no: optional(Code), ...dateText }, closed),
      ),
    ),
    items: optional(
      Type.Array(
        Type.Object(
          {
            task_code: Type.String({ pattern: NOT_BLANK, maxLength: 36 }),
            ...named,
            org_code: Code,
            item_type: optional(Code),
            project_type: optional(Code),
            promise: optional(Code),
            statute: optional(Code),
            extension_max: optional(Type.Integer({ minimum: 0, maximum: 999 })),
            green_class: optional(Code),
            joint: optional(Type.Boolean()),
            first_review: optional(Code),
            joint_reply: optional(Code),
            steps: optional(Type.Array(Step, { maxItems: 50 })),
            ...dateText,
          },
          closed,
        ),
      ),
    ),
    sources: optional(Type.Array(Source)),
    rules: optional(Type.Array(Rule, { maxItems: MOST_RULES })),
  },
  closed,
)

const checker = Compile(Catalogue)
export const NO_TEXT = 'must not have fewer than 1 characters'
const BLANK = `must match pattern "${NOT_BLANK}"`

export type Row = Readonly<Record<string, unknown>>
export const rowsOf = (body: Row, table: string): readonly Row[] =>
  Array.isArray(body[table]) ? (body[table] as Row[]) : []

/** What names a row of each table. */
export const TABLE_KEYS: Readonly<Record<string, string>> = {
  calendars: 'calendar_id',
  notices: 'calendar_id',
  regions: 'region_code',
  departments: 'org_code',
  windows: 'window_no',
  operators: 'operator_id',
  items: 'task_code',
  sources: 'source',
  rules: 'rule_id',
}

/** The pattern in the words in which an empty text is told. */
const inWords = ({ at, detail }: MappingFault): MappingFault =>
  detail === BLANK ? { at, detail: NO_TEXT } : { at, detail }

const MEMBERS: readonly string[] = Object.keys(Catalogue.properties)
const TABLES: readonly string[] = Object.keys(TABLE_KEYS)

/** `/items/7/name` of the rows from the 400th on is `/items/407/name` of the table. */
const shifted = ({ at, detail }: MappingFault, table: string, from: number): MappingFault => {
  const [, , index, ...rest] = at.split('/')
  return { at: [`/${table}`, Number(index) + from, ...rest].join('/'), detail }
}

/** What the shape says of the rows of one table, the first fifty. */
function* faultsOfTable(table: string, rows: readonly unknown[]): Steps<MappingFault[]> {
  const faults: MappingFault[] = []
  for (let from = 0; from < rows.length && faults.length < MOST_FAULTS; from += LOT_ROWS) {
    if (from > 0) yield
    const lot = { catalogue: 'x', valid_from: 'x', [table]: rows.slice(from, from + LOT_ROWS) }
    for (const fault of shapeFaults(checker, lot)) faults.push(shifted(fault, table, from))
  }
  return faults
}

/** Stands for a table in what is shown at once: empty, or one row too many where the table itself is too long. */
const standIn = (table: string, rows: readonly unknown[]): unknown[] =>
  table === 'rules' && rows.length > MOST_RULES ? Array(MOST_RULES + 1).fill({ rule_id: 'x' }) : []

/**
 * What the one checker says of a document's shape, in its order: what the document lacks and has too much, then member by
 * member. Tables are shown to it a lot of rows at a time, the rest of the document at once.
 */
export function* faultsOfShape(body: unknown): Steps<MappingFault[]> {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return shapeFaults(checker, body).map(inWords)
  const members = body as Row
  const strange = Object.keys(members).filter((name) => !MEMBERS.includes(name))
  const own = MEMBERS.filter((name) => Object.hasOwn(members, name))
  const shown = [...own, ...strange.slice(0, MOST_FAULTS)].map((name): [string, unknown] => {
    const member = members[name]
    return [name, TABLES.includes(name) && Array.isArray(member) ? standIn(name, member) : member]
  })
  const rest = shapeFaults(checker, Object.fromEntries(shown))
  const ofMember = ({ at }: MappingFault): string => at.split('/')[1] ?? ''
  const faults = rest.filter((fault) => !MEMBERS.includes(ofMember(fault)))
  for (const name of MEMBERS) {
    yield
    if (TABLES.includes(name)) faults.push(...(yield* faultsOfTable(name, rowsOf(members, name))))
    faults.push(...rest.filter((fault) => ofMember(fault) === name))
  }
  return faults.slice(0, MOST_FAULTS).map(inWords)
}
