// CloudEvents 1.0 to wire events: structured, batch and binary (I3). source, id, type, subject and time map on to I1;
// data bears the other fields and the payload. Extension attributes are of the transport and are left there.
// Never judges the event itself: that is toFact's; here only what the envelope says.

import type { ProblemCode } from '../contract/problems.ts'
import { bareCode } from './code.ts'

export interface Fault {
  readonly code: ProblemCode
  readonly at: string
  readonly detail: string
}

export type Unwrapped = { readonly wire: Readonly<Record<string, unknown>> } | { readonly fault: Fault }

/** Field of I1 → attribute of the envelope. */
const ATTRIBUTES = {
  event_id: 'id',
  event_type: 'type',
  project_no: 'subject',
  occurred_at: 'time',
  source_system: 'source',
} as const
type Carried = keyof typeof ATTRIBUTES
const CARRIED = Object.keys(ATTRIBUTES) as Carried[]

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isAbsent = (value: unknown): boolean => value === undefined || value === null || value === ''

/** Blanks and invisible characters make no other number (I15). */
const asMeant = (value: unknown): unknown => (typeof value === 'string' ? bareCode(value) : value)

const fault = (code: ProblemCode, at: string, detail = ''): { readonly fault: Fault } => ({
  fault: { code, at, detail },
})

/** Where a field of the wire event stands in a CloudEvent. */
export const placeInCloudEvent = (at: string): string => {
  if (at === '') return '/data'
  const field = at.split('/')[1] as Carried
  return Object.hasOwn(ATTRIBUTES, field) ? `/${ATTRIBUTES[field]}` : `/data${at}`
}

/** `cn.gov.mingjing.ACCEPT` is ACCEPT: the last dotted part is the event type. */
const plainType = (type: unknown): unknown => (typeof type === 'string' ? type.slice(type.lastIndexOf('.') + 1) : type)

const JSON_TYPE = /^\s*(application|text)\/(json|[a-z0-9.-]+\+json)\s*(;|$)/i

const base64Json = (text: unknown): { readonly data: unknown } | { readonly fault: Fault } => {
  if (typeof text !== 'string') return fault('bad_field', '/data_base64', 'string expected')
  try {
    return { data: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(text, 'base64'))) }
  } catch {
    return fault('bad_field', '/data_base64', 'base64 of JSON in UTF-8 expected')
  }
}

const dataOf = (event: Readonly<Record<string, unknown>>): { readonly data: unknown } | { readonly fault: Fault } => {
  const type = event.datacontenttype
  if (!isAbsent(type) && (typeof type !== 'string' || !JSON_TYPE.test(type)))
    return fault('bad_field', '/datacontenttype', 'application/json')
  // the JSON format of CloudEvents forbids both: which one is meant is not ours to guess
  if (!isAbsent(event.data_base64) && event.data !== undefined && event.data !== null)
    return fault('bad_field', '/data_base64', 'data and data_base64 together')
  return isAbsent(event.data_base64) ? { data: event.data } : base64Json(event.data_base64)
}

/** The wire event in a structured CloudEvent, or what is wrong with its envelope. */
export const unwrap = (event: unknown): Unwrapped => {
  if (!isObject(event)) return fault('not_an_object', '')
  if (isAbsent(event.specversion)) return fault('missing_field', '/specversion')
  if (event.specversion !== '1.0') return fault('bad_field', '/specversion', '1.0')
  if (isAbsent(event.source)) return fault('missing_field', '/source')
  const found = dataOf(event)
  if ('fault' in found) return found
  const data = found.data ?? {}
  if (!isObject(data)) return fault('bad_field', '/data', 'object expected')
  const wire: Record<string, unknown> = { ...data }
  for (const field of CARRIED) {
    const attribute = field === 'event_type' ? plainType(event.type) : event[ATTRIBUTES[field]]
    if (isAbsent(attribute)) continue
    const inData = data[field]
    if (!isAbsent(inData) && asMeant(inData) !== asMeant(attribute))
      return fault('bad_field', `/data/${field}`, `≠ ${ATTRIBUTES[field]}`)
    wire[field] = attribute
  }
  return { wire }
}

export type Headers = Readonly<Record<string, string | string[] | undefined>>

/** Quotes taken off, then percent-decoded as UTF-8 (HTTP binding 3.1.3.2); null when it is neither. */
const headerText = (value: string): string | null => {
  const bare = value.startsWith('"') && value.endsWith('"') && value.length > 1
  const text = bare ? value.slice(1, -1).replace(/\\(.)/g, '$1') : value
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}

export const isBinary = (headers: Headers): boolean =>
  headers['ce-specversion'] !== undefined || headers['ce-id'] !== undefined

/** A structured event made of ce-* headers and the parsed body; a header that cannot be decoded stays as it came. */
export const fromHeaders = (
  headers: Headers,
  data: unknown,
): { readonly event: unknown; readonly fault: Fault | null } => {
  const event: Record<string, unknown> = {}
  let first: Fault | null = null
  for (const name of ['specversion', 'id', 'source', 'type', 'subject', 'time']) {
    const value = headers[`ce-${name}`]
    if (value === undefined) continue
    const text = typeof value === 'string' ? headerText(value) : null
    if (text === null) first ??= { code: 'bad_field', at: `/${name}`, detail: `header ce-${name}` }
    event[name] = text ?? value
  }
  return { event: { ...event, data }, fault: first }
}
