// A catalogue document checked where it comes in (I9): shape, dates, limits, double rows, each fault with its place.
// What passes is handed on as it is meant (I15), else as it was written; nothing is filled in or dropped. Unknown members are faults, for a
// mistyped name must not vanish in silence.

import Type from 'typebox'
import { Compile } from 'typebox/compile'
import type { MappingFault } from '../contract/imports.ts'
import { canBeOwn, canBeSource } from '../core/case/number.ts'
import { MOST_TWIN_MINUTES } from '../core/law/twins.ts'
import { parseDay, parseInstant } from '../core/time/civil.ts'
import { parseLimit } from '../core/time/limit.ts'
import { bareCode } from './code.ts'
import { MOST_FAULTS, shapeFaults } from './files/mapping-faults.ts'
import { DEEPEST, isDeeper, unfitIn } from './nesting.ts'
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
const Catalogue = Type.Object(
  {
    catalogue: Text,
    valid_from: Type.String(),
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
    rules: optional(Type.Array(Rule, { maxItems: 200 })),
  },
  closed,
)

const checker = Compile(Catalogue)
const NO_TEXT = 'must not have fewer than 1 characters'
const BLANK = `must match pattern "${NOT_BLANK}"`

type Row = Readonly<Record<string, unknown>>
const rowsOf = (body: Row, table: string): readonly Row[] => (Array.isArray(body[table]) ? (body[table] as Row[]) : [])

const KEYS: Readonly<Record<string, string>> = {
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

const limitFault = (row: Row, key: string, at: string): MappingFault[] =>
  typeof row[key] === 'string' && parseLimit(row[key]) === null
    ? [{ at: `${at}/${key}`, detail: `not a limit: ${row[key]}` }]
    : []

const dayFault = (row: Row, at: string): MappingFault[] =>
  typeof row.valid_from === 'string' && parseDay(row.valid_from) === null
    ? [{ at: `${at}/valid_from`, detail: `not a date: ${row.valid_from}` }]
    : []

/** Days of notices: the law lays them by their order, so that each must be one. */
const noticeFaults = (notice: Row, at: string): MappingFault[] => {
  const said = [
    ...['from', 'to'].map((field) => ({ at: `${at}/${field}`, on: notice[field] })),
    ...rowsOf(notice, 'days').map(({ on }, i) => ({ at: `${at}/days/${i}/on`, on })),
  ]
  const seen = new Set<unknown>()
  const named = rowsOf(notice, 'days').map(({ on }) => {
    const isAgain = seen.has(on)
    seen.add(on)
    return { on, isAgain }
  })
  return [
    ...said
      .filter(({ on }) => typeof on === 'string' && parseDay(on) === null)
      .map((one) => ({ at: one.at, detail: `not a date: ${one.on}` })),
    ...named.flatMap(({ on, isAgain }, i) =>
      isAgain ? [{ at: `${at}/days/${i}/on`, detail: `stands twice: ${on}` }] : [],
    ),
  ]
}

const LIMITS = ['promise', 'statute', 'first_review', 'joint_reply'] as const

/** A full number is `source:serial` (I11), and the office has none of its own (T12). */
const sourceFaults = (row: Row, index: number): MappingFault[] => {
  const { source, numbers } = row as { source: string; numbers?: string }
  const at = `/sources/${index}`
  // one from before such names were refused may be said to share its numbers after all
  if (!canBeSource(source) && numbers !== 'shared')
    return [{ at: `${at}/source`, detail: `a colon in the name of a source: ${source}` }]
  if (numbers !== 'own' || canBeOwn(source)) return []
  return [{ at: `${at}/numbers`, detail: `this source has no numbers of its own: ${source}` }]
}

/** Faults that the shape cannot tell: dates, limits, the same row twice: a row without a day holds from the document's. */
const faultsWithin = (body: Row): MappingFault[] => {
  const faults: MappingFault[] = dayFault(body, '')
  for (const [table, key] of Object.entries(KEYS)) {
    const seen = new Set<string>()
    for (const [index, row] of rowsOf(body, table).entries()) {
      const at = `/${table}/${index}`
      const id = `${row[key]}\n${row.valid_from ?? body.valid_from}`
      if (seen.has(id)) faults.push({ at: `${at}/${key}`, detail: `stands twice: ${row[key]}` })
      seen.add(id)
      faults.push(...dayFault(row, at))
      if (table === 'notices') faults.push(...noticeFaults(row, at))
      if (typeof row.legal_basis === 'string' && row.legal_basis.trim() === '')
        faults.push({ at: `${at}/legal_basis`, detail: NO_TEXT })
      for (const name of LIMITS) faults.push(...limitFault(row, name, at))
      for (const [n, step] of rowsOf(row, 'steps').entries())
        faults.push(...limitFault(step, 'limit', `${at}/steps/${n}`))
    }
  }
  faults.push(...rowsOf(body, 'sources').flatMap(sourceFaults))
  const from = (body.settings as Row | undefined)?.supervised_from
  if (typeof from === 'string' && parseInstant(from) === null) {
    faults.push({ at: '/settings/supervised_from', detail: `not an instant with an offset: ${from}` })
  }
  return faults
}

/** The pattern in the words in which an empty text is told. */
const inWords = ({ at, detail }: MappingFault): MappingFault =>
  detail === BLANK ? { at, detail: NO_TEXT } : { at, detail }

/**
 * A document as it is meant (I15): outer blanks and invisible characters are no part of its codes and names, as over every
 * other door. Nothing else of it is changed; one nested past any bound is handed on for its faults.
 */
export const bareCatalogue = (body: unknown): unknown => {
  if (isDeeper(body)) return body
  const bare = (value: unknown): unknown => {
    if (typeof value === 'string') return bareCode(value)
    if (Array.isArray(value)) return value.map(bare)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, bare(inner)]))
  }
  return bare(body)
}

/** All faults of a document, at most fifty; none means that it may be enacted. */
export const catalogueFaults = (body: unknown): MappingFault[] => {
  const unfit = unfitIn(body)
  if (unfit?.kind === 'half') return [{ at: unfit.at, detail: 'lone surrogate' }]
  if (unfit !== null) return [{ at: '/', detail: `nested more than ${DEEPEST} deep` }]
  const faults = shapeFaults(checker, body).map(inWords)
  return faults.length > 0 ? faults : faultsWithin(body as Row).slice(0, MOST_FAULTS)
}
