// A wire event becomes a Fact with its canonical text, or a Rejection with its place. Total: it never throws.
// Equal content gives equal text whatever the order of keys, offsets of instants, or nulls (I2); empty text is
// absent. Instants are kept as epoch ms, dates as text; unlisted and unknown keys go to the personal part (I1, A4).
// Never stores, never looks at a clock: `now` comes with the context. Rules: I1, I2, I11 (from_future), I8 (historical).

import { EVENT_CHARS, EVENT_DEPTH, EVENT_FIELDS, LENGTHS, PRECISIONS } from '../contract/ingest.ts'
import type { ProblemCode } from '../contract/problems.ts'
import { type Edition, EVENT_TYPES, type EventType, type Fact } from '../core/case/event.ts'
import { asInstant, type Instant } from '../core/time/instant.ts'
import { canonicalize, NotCanonical, quoted } from './canonical.ts'
import { bareCode } from './code.ts'
import { namesNoCase } from './nothing.ts'
import { instantOf, lineOf, type ReadPayload, readPayload, Unfit } from './payload.ts'
import { editionOf } from './register.ts'

export interface FactContext {
  /** The source of the key; null: an administrator's key, the event itself must name its source. */
  readonly source: string | null
  readonly now: Instant
  /** An event stamped more than this ahead of `now` is rejected as from_future (I11). */
  readonly aheadMs: number
  /** The sender declares a past record (I8): the instant before which limits are of record; null: live. */
  readonly historical: Instant | null
}

export interface Taken {
  readonly fact: Fact
  /** Canonical JSON of the plain and staff parts; what readFact reads. */
  readonly body: string
  /** Canonical JSON of the personal part, keys where the wire had them; null: there is none. */
  readonly personal: string | null
}

export interface Rejection {
  readonly code: ProblemCode
  /** JSON pointer into the event. */
  readonly at: string
  readonly detail: string
  readonly eventId: string | null
  readonly projectNo: string | null
  /** Number of its row in a file, whose other events wait with it; absent: it is of none. */
  readonly rowNo?: number
}

export const isTaken = (intake: Taken | Rejection): intake is Taken => 'fact' in intake

type Wire = Readonly<Record<string, unknown>>

const TYPES: ReadonlySet<string> = new Set(EVENT_TYPES)

const WIRE_NAMES = [
  'event_id',
  'event_type',
  'occurred_at',
  'source_system',
  'payload',
  'precision',
  'register',
  ...EVENT_FIELDS,
]
const IS_FIELD: ReadonlySet<string> = new Set(WIRE_NAMES)

const optional = (value: unknown, at: string, most: number): string | null =>
  value === undefined || value === null || value === '' ? null : lineOf(value, at, most) || null

const required = (value: unknown, at: string, most: number): string => {
  const line = optional(value, at, most)
  if (line === null) throw new Unfit('missing_field', at, '')
  return line
}

const typeOf = (value: unknown): EventType => {
  const type = required(value, '/event_type', LENGTHS.code)
  if (!TYPES.has(type)) throw new Unfit('unknown_type', '/event_type', type)
  return type as EventType
}

const sourceOf = (value: unknown, context: FactContext): string => {
  const named = optional(value, '/source_system', LENGTHS.code)
  if (context.source === null) {
    if (named === null) throw new Unfit('missing_field', '/source_system', '')
    return named
  }
  if (named !== null && named !== context.source) throw new Unfit('source_mismatch', '/source_system', named)
  return context.source
}

/** Events that need not belong to a case: always, or when they name the window or person they are about (I1). */
const caseOf = (wire: Wire, type: EventType): string | null => {
  const projectNo = optional(wire.project_no, '/project_no', LENGTHS.id)
  if (projectNo !== null && namesNoCase(projectNo))
    throw new Unfit('bad_field', '/project_no', `names no case: ${projectNo}`)
  if (projectNo !== null || type === 'ATTEND' || type === 'INSPECT') return projectNo
  const about = (type === 'COMPLAIN' || type === 'RATE') && (isNamed(wire.window_no) || isNamed(wire.operator_id))
  if (!about) throw new Unfit('missing_field', '/project_no', '')
  return null
}

const isNamed = (value: unknown): boolean => typeof value === 'string' && bareCode(value) !== ''

const occurredOf = (value: unknown, context: FactContext): Instant => {
  if (value === undefined || value === null || value === '') throw new Unfit('missing_field', '/occurred_at', '')
  const at = instantOf(value, '/occurred_at')
  if (at > context.now + context.aheadMs) throw new Unfit('from_future', '/occurred_at', String(value))
  return at
}

const DAY_START = /^.{10}[Tt ]00:00(:00(\.0+)?)?(?![\d:])/

/** A bare day stands as the start of that day where it happened (I15). */
const precisionOf = ({ precision, occurred_at: at }: Wire): 'day' | null => {
  if (precision === undefined || precision === null || precision === '') return null
  if (precision !== 'day') throw new Unfit('bad_field', '/precision', `one of ${PRECISIONS.join(', ')}`)
  if (!DAY_START.test(String(at))) throw new Unfit('bad_instant', '/occurred_at', `not the start of its day: ${at}`)
  return precision
}

/** An emptied cell of a register names no target: it is the newest edition of its event and stands for nothing (I14). */
const supersedesOf = (
  wire: Wire,
  of: { type: EventType; eventId: string; payload: ReadPayload; isEdition: boolean },
): string | null => {
  const { type, eventId, payload, isEdition } = of
  const supersedes = optional(wire.supersedes, '/supersedes', LENGTHS.id)
  if (supersedes === eventId) throw new Unfit('bad_field', '/supersedes', 'names itself')
  if (type !== 'VOID') return supersedes
  const { target } = payload.listed
  if (target === eventId) throw new Unfit('bad_field', '/payload/target', 'names itself')
  if (target === undefined && supersedes === null && !isEdition) throw new Unfit('missing_field', '/payload/target', '')
  return supersedes
}

const member = (opening: string, value: string | null): string => (value === null ? '' : `${opening}${quoted(value)}`)

const registerOf = (edition: Edition | null): string =>
  edition === null
    ? ''
    : `,"register":{"as_of":${edition.asOf},"file":${quoted(edition.file)},"key":${quoted(edition.key)}` +
      `,"line":${edition.line},"name":${quoted(edition.register)}}`

/** Keys stand in canonical order here; a test holds this text equal to canonicalize. */
const bodyOf = (fact: Fact, taskCode: string | null, payload: string): string =>
  `{"event_id":${quoted(fact.eventId)},"event_type":"${fact.type}"` +
  `,"occurred_at":${fact.at}${member(',"operator_id":', fact.operator)}${member(',"operator_name":', fact.operatorName)}` +
  `${member(',"org_code":', fact.org)}${payload === '' ? '' : `,"payload":${payload}`}` +
  `${member(',"precision":', fact.precision)}${member(',"project_no":', fact.projectNo)}` +
  `${member(',"region_code":', fact.region)}${registerOf(fact.edition)}` +
  `,"source_system":${quoted(fact.source)}${member(',"supersedes":', fact.supersedes)}` +
  `${member(',"task_code":', taskCode)}${member(',"window_no":', fact.window)}}`

/** Reading what an event has beside its fields costs more than finding out that it has nothing. */
const hasOnlyFields = (wire: Wire): boolean => {
  let known = 0
  for (const field of WIRE_NAMES) if (wire[field] !== undefined) known++
  return known === Object.keys(wire).length
}

const personalOf = (wire: Wire, payload: ReadPayload): string | null => {
  let apart: Record<string, unknown> | null = null
  for (const key of hasOnlyFields(wire) ? [] : Object.keys(wire)) {
    const value = wire[key]
    if (IS_FIELD.has(key) || value === undefined || value === null) continue
    apart ??= Object.create(null) as Record<string, unknown>
    apart[key] = value
  }
  if (payload.apart !== null) {
    apart ??= Object.create(null) as Record<string, unknown>
    apart.payload = payload.apart
  }
  return apart === null ? null : canonicalize(apart, { dropNull: true, depth: EVENT_DEPTH })
}

const take = (wire: Wire, context: FactContext): Taken => {
  const eventId = required(wire.event_id, '/event_id', LENGTHS.id)
  const type = typeOf(wire.event_type)
  const source = sourceOf(wire.source_system, context)
  const projectNo = caseOf(wire, type)
  const at = occurredOf(wire.occurred_at, context)
  const taskCode = optional(wire.task_code, '/task_code', LENGTHS.taskCode)
  const org = optional(wire.org_code, '/org_code', LENGTHS.code)
  const window = optional(wire.window_no, '/window_no', LENGTHS.code)
  const operator = optional(wire.operator_id, '/operator_id', LENGTHS.id)
  const operatorName = optional(wire.operator_name, '/operator_name', LENGTHS.name)
  const region = optional(wire.region_code, '/region_code', LENGTHS.code)
  const payload = readPayload(wire.payload, type)
  const edition = editionOf(wire.register, projectNo, asInstant(context.now + context.aheadMs))
  const supersedes = supersedesOf(wire, { type, eventId, payload, isEdition: edition !== null })
  const inPayload = payload.listed.task_code
  const fact: Fact = {
    source,
    eventId,
    type,
    projectNo,
    at,
    org,
    window,
    operator,
    operatorName,
    item: taskCode ?? (typeof inPayload === 'string' ? inPayload : null),
    region,
    supersedes,
    payload: payload.listed,
    precision: precisionOf(wire),
    edition,
    historical: context.historical,
  }
  const body = bodyOf(fact, taskCode, payload.text)
  const personal = personalOf(wire, payload)
  if (body.length + (personal?.length ?? 0) > EVENT_CHARS)
    throw new Unfit('bad_field', '/payload', `event ≤ ${EVENT_CHARS} characters`)
  return { fact, body, personal }
}

const idOf = (value: unknown): string | null => {
  try {
    return optional(value, '', LENGTHS.id)
  } catch {
    return null
  }
}

/** What a wire event is called, as far as that can be read: for the record of one that is not taken. */
export const namedIn = (wire: unknown): Pick<Rejection, 'eventId' | 'projectNo'> => {
  const { event_id: eventId, project_no: projectNo } = (typeof wire === 'object' && wire !== null ? wire : {}) as Wire
  return { eventId: idOf(eventId), projectNo: idOf(projectNo) }
}

const rejection = (code: ProblemCode, at: string, detail: string, wire: Wire | null): Rejection => ({
  code,
  at,
  detail,
  ...namedIn(wire),
})

/** The fact of a wire event with its canonical texts, or what is wrong with it and where. */
export const toFact = (wire: unknown, context: FactContext): Taken | Rejection => {
  if (typeof wire !== 'object' || wire === null || Array.isArray(wire)) return rejection('not_an_object', '', '', null)
  try {
    return take(wire as Wire, context)
  } catch (error) {
    if (error instanceof Unfit) return rejection(error.code, error.at, error.detail, wire as Wire)
    if (error instanceof NotCanonical) return rejection('bad_field', error.at, error.detail, wire as Wire)
    return rejection('bad_field', '', 'cannot be read', wire as Wire)
  }
}
