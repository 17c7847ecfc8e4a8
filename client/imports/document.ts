// The mapping as a document, and the form's hand on it: each choice reads and changes one place and leaves the rest as it is,
// also what the form knows nothing of. Pure; every change is a new document. What the language means is the server's.

export type Value =
  | string
  | { const: unknown }
  | { column: string; map?: Record<string, string | null>; default?: string; required?: boolean }
type Values = Record<string, Value>

interface CaseRule {
  type: string
  at: Value
  payload?: Values
}

export type Activity = string | { step: string } | { type: string; at?: string; payload?: Values }

interface EventRule {
  type?: string
  activity?: Value
  at?: Value
  start?: Value
  complete?: Value
  lifecycle?: string
  types?: Record<string, Activity>
  payload?: Values
}

export interface MappingDocument {
  mapping: string
  source?: string
  format?: string
  encoding?: string
  delimiter?: string
  columns?: string[]
  skip_rows?: number
  sheet?: string | number
  zone?: string
  dates?: string[]
  register?: string
  as_of?: unknown
  none?: string[]
  fields?: Values
  case?: CaseRule[]
  events?: EventRule[]
}

/** Whatever stands in the text; what is no table of its own is as if it were not there. */
export const documentIn = (value: unknown): MappingDocument | null => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
  const { fields, case: cases, events, ...rest } = value as Partial<MappingDocument>
  const isTable = (part: unknown): boolean => typeof part === 'object' && part !== null && !Array.isArray(part)
  return {
    mapping: '',
    ...rest,
    ...(isTable(fields) ? { fields } : {}),
    ...(Array.isArray(cases) ? { case: cases.filter(isTable) } : {}),
    ...(Array.isArray(events) ? { events: events.filter(isTable) } : {}),
  } as MappingDocument
}

export const columnIn = (value: Value | undefined): string | null =>
  value === undefined
    ? null
    : typeof value === 'string'
      ? value
      : 'column' in value
        ? value.column
        : 'date' in value && typeof value.date === 'string'
          ? value.date
          : null

/** The same value out of another column: its table of codes and its default stay. */
const moved = (from: Value | undefined, to: Value): Value =>
  typeof to === 'string' && typeof from === 'object' && 'column' in from ? { ...from, column: to } : to

const without = <T extends object>(table: T, key: string): T => {
  const { [key]: _, ...rest } = table as Record<string, unknown>
  return rest as T
}

const put = (table: Values | undefined, key: string, value: Value | null): Values =>
  value === null ? without(table ?? {}, key) : { ...table, [key]: moved(table?.[key], value) }

const CASE_TYPES = ['RECEIVE', 'ACCEPT', 'DECIDE', 'COMPLETE'] as const
export type CaseType = (typeof CASE_TYPES)[number]

const indexOfCase = (doc: MappingDocument, type: string): number =>
  (doc.case ?? []).findIndex((rule) => rule.type === type)

const phaseOf = (type: string): number => {
  const at = (CASE_TYPES as readonly string[]).indexOf(type)
  return at < 0 ? CASE_TYPES.length : at
}

const withCases = (doc: MappingDocument, rules: CaseRule[]): MappingDocument =>
  rules.length === 0 ? without(doc, 'case') : { ...doc, case: rules }

const setCase = (doc: MappingDocument, type: CaseType, value: Value | null): MappingDocument => {
  const rules = [...(doc.case ?? [])]
  const index = indexOfCase(doc, type)
  const rule = rules[index]
  if (value === null) return withCases(doc, rules.toSpliced(index, index < 0 ? 0 : 1))
  if (rule !== undefined) return withCases(doc, rules.with(index, { ...rule, at: moved(rule.at, value) }))
  const behind = rules.findIndex((other) => phaseOf(other.type) > phaseOf(type))
  return withCases(doc, rules.toSpliced(behind < 0 ? rules.length : behind, 0, { type, at: value }))
}

const activityRule = (doc: MappingDocument): number =>
  (doc.events ?? []).findIndex((rule) => rule.activity !== undefined || rule.type === undefined)

const typeIn = (entry: Activity): string | null =>
  typeof entry === 'string' ? entry : 'type' in entry ? entry.type : null

/** Where limits of an acceptance (or a result) stand: with the case's own event, else with the activity that is it. */
const holderOf = (doc: MappingDocument, type: string): { rule: number } | { name: string } | null => {
  const rule = indexOfCase(doc, type)
  if (rule >= 0) return { rule }
  const types = doc.events?.[activityRule(doc)]?.types ?? {}
  const name = Object.keys(types).find((key) => typeIn(types[key] as Activity) === type)
  return name === undefined ? null : { name }
}

const payloadOf = (doc: MappingDocument, type: string): Values | undefined => {
  const holder = holderOf(doc, type)
  if (holder === null) return undefined
  if ('rule' in holder) return doc.case?.[holder.rule]?.payload
  const entry = doc.events?.[activityRule(doc)]?.types?.[holder.name]
  return typeof entry === 'object' && 'type' in entry ? entry.payload : undefined
}

const withEvents = (doc: MappingDocument, index: number, rule: EventRule | null): MappingDocument => {
  const rules = [...(doc.events ?? [])]
  const next =
    index < 0 ? (rule === null ? rules : [...rules, rule]) : rules.toSpliced(index, 1, ...(rule === null ? [] : [rule]))
  return next.length === 0 ? without(doc, 'events') : { ...doc, events: next }
}

const filled = (payload: Values): { payload?: Values } => (Object.keys(payload).length === 0 ? {} : { payload })

const setPayload = (doc: MappingDocument, type: string, key: string, value: Value | null): MappingDocument => {
  const holder = holderOf(doc, type)
  if (holder === null) return doc
  const payload = filled(put(payloadOf(doc, type), key, value))
  if ('rule' in holder) {
    const rule = doc.case?.[holder.rule] as CaseRule
    return withCases(doc, (doc.case ?? []).with(holder.rule, { ...without(rule, 'payload'), ...payload }))
  }
  const index = activityRule(doc)
  const rule = doc.events?.[index] as EventRule
  const entry = rule.types?.[holder.name]
  const kept = typeof entry === 'object' && 'type' in entry ? without(entry, 'payload') : { type }
  return withEvents(doc, index, { ...rule, types: { ...rule.types, [holder.name]: { ...kept, ...payload } } })
}

const STEP_KEYS = ['activity', 'at', 'start', 'complete', 'lifecycle'] as const
export type StepKey = (typeof STEP_KEYS)[number]

const setStep = (doc: MappingDocument, key: StepKey, value: Value | null): MappingDocument => {
  const index = activityRule(doc)
  const rule = doc.events?.[index] ?? {}
  if (value === null && key === 'activity') return withEvents(doc, index, null)
  if (value === null) {
    const left = without(rule, key)
    const isEmpty = Object.keys(left).every((name) => name === 'types')
    return withEvents(doc, index, isEmpty ? null : left)
  }
  const set = key === 'lifecycle' ? (columnIn(value) ?? '') : moved(rule[key], value)
  const types = rule.types === undefined && key === 'activity' ? { types: { '*': 'STEP' } } : {}
  return withEvents(doc, index, { ...rule, [key]: set, ...types })
}

/** A place of the form: a field, the instant of a case, a key of a payload, a part of the steps. */
export type Target =
  | { of: 'field'; key: string }
  | { of: 'case'; key: CaseType }
  | { of: 'payload'; type: 'ACCEPT' | 'DECIDE'; key: string }
  | { of: 'step'; key: StepKey }

export const valueAt = (doc: MappingDocument, target: Target): Value | undefined => {
  if (target.of === 'field') return doc.fields?.[target.key]
  if (target.of === 'case') return doc.case?.[indexOfCase(doc, target.key)]?.at
  if (target.of === 'payload') return payloadOf(doc, target.type)?.[target.key]
  return doc.events?.[activityRule(doc)]?.[target.key]
}

/** A payload without an event to bear it has no place. */
export const hasPlace = (doc: MappingDocument, target: Target): boolean =>
  target.of === 'payload' ? holderOf(doc, target.type) !== null : true

export const setAt = (doc: MappingDocument, target: Target, value: Value | null): MappingDocument => {
  if (value === null && valueAt(doc, target) === undefined) return doc
  if (target.of === 'field') return { ...doc, fields: put(doc.fields, target.key, value) }
  if (target.of === 'case') return setCase(doc, target.key, value)
  if (target.of === 'payload') return setPayload(doc, target.type, target.key, value)
  return setStep(doc, target.key, value)
}

export const typesIn = (doc: MappingDocument): Record<string, Activity> => doc.events?.[activityRule(doc)]?.types ?? {}

/** What an activity is; null: as any other, and for `*` itself: not taken. */
export const setType = (doc: MappingDocument, name: string, entry: string | null): MappingDocument => {
  const index = activityRule(doc)
  const rule = doc.events?.[index]
  if (rule === undefined) return doc
  const { '*': other, ...named } = entry === null ? without(rule.types ?? {}, name) : { ...rule.types, [name]: entry }
  // `*` stands last, as people read it
  return withEvents(doc, index, { ...rule, types: { ...named, ...(other === undefined ? {} : { '*': other }) } })
}

/** What a document says of the file: an empty word takes it out. */
export const setFile = (doc: MappingDocument, key: keyof MappingDocument, value: unknown): MappingDocument =>
  value === null || value === '' || value === 0 || (Array.isArray(value) && value.length === 0)
    ? without(doc, key)
    : { ...doc, [key]: value }
