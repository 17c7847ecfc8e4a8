// A whole body → wire events: one object, an array, CloudEvents one by one, in a batch or in the headers (I3). A list is read
// an element at a time, with a stop after each, so that whoever drives it may give way (I5); what is longer than any event
// is not parsed. A fault of the body is one of all of it: nothing is handed on before it has been read to its end.

import { isUtf8 } from 'node:buffer'
import { atOnce, type Steps } from '../core/steps.ts'
import { type Fault, fromHeaders, type Headers } from './cloudevents.ts'
import { type BadList, elementsOf, isList } from './list.ts'
import {
  bareOf,
  EVENT_CHARS_READ,
  type IntakeBounds,
  type Media,
  notUtf8,
  parseJson,
  parseText,
  RAW_CHARS,
  twiceFault,
  type Wired,
  withTwice,
} from './wired.ts'

const plain = (wire: unknown): Wired => ({ wire, envelope: 'plain', fault: null, raw: null })
const enveloped = (wire: unknown): Wired => ({ wire, envelope: 'cloudevent', fault: null, raw: null })

/** Longer than any event: not parsed, and no reason to refuse its neighbours. */
const tooLong = (text: string): Wired => ({
  ...plain(undefined),
  fault: { code: 'bad_field', at: '', detail: `event ≤ ${EVENT_CHARS_READ} characters` },
  raw: text.slice(0, RAW_CHARS),
})

const NOT_AN_OBJECT: Fault = { code: 'not_an_object', at: '', detail: '' }

const binary = (body: Buffer, headers: Headers): readonly Wired[] | Fault => {
  if (body.length > EVENT_CHARS_READ) return [tooLong(body.subarray(0, RAW_CHARS).toString('utf8'))]
  const parsed = body.length === 0 ? { value: null, twice: [] } : parseJson(body, body.toString('utf8'))
  if ('fault' in parsed) return parsed.fault
  const { event, fault } = fromHeaders(headers, parsed.value)
  const [twice] = parsed.twice
  return [{ ...enveloped(event), fault: fault ?? (twice === undefined ? null : twiceFault(`/data${twice}`)) }]
}

/** A body that is no list: one event, or none. */
const single = (text: string, media: Exclude<Media, 'ndjson' | 'binary'>): readonly Wired[] | Fault => {
  if (text.length > EVENT_CHARS_READ) return text.trimStart().startsWith('{') ? [tooLong(text)] : NOT_AN_OBJECT
  const parsed = parseText(text)
  if ('fault' in parsed) return parsed.fault
  const { value, twice } = parsed
  if (media === 'cloudevent') return [withTwice(enveloped(value), twice[0])]
  if (media === 'cloudevents') return { code: 'bad_request', at: '', detail: 'JSON array expected' }
  const isOne = typeof value === 'object' && value !== null
  return isOne ? [withTwice(plain(value), twice[0])] : NOT_AN_OBJECT
}

const badList = ({ at }: BadList): Fault => ({
  code: 'bad_json',
  at: '',
  detail: at === null ? 'unexpected end' : `position ${at}`,
})

function* listed(text: string, as: (wire: unknown) => Wired, bounds: IntakeBounds): Steps<readonly Wired[] | Fault> {
  const wired: Wired[] = []
  const elements = elementsOf(text)
  for (let next = elements.next(); ; next = elements.next()) {
    if (next.done === true) return next.value === undefined ? wired : badList(next.value)
    yield
    if (next.value === null) continue
    if (wired.length === bounds.events) return { code: 'too_large', at: '', detail: `≤ ${bounds.events} events` }
    const { from, to } = next.value
    const own = text.slice(from, to)
    if (own.length > EVENT_CHARS_READ) {
      wired.push(tooLong(own))
      continue
    }
    const parsed = parseText(own, from)
    if ('fault' in parsed) return parsed.fault
    wired.push(withTwice(as(parsed.value), parsed.twice[0]))
  }
}

/** The events of a whole body; a Fault when the request itself cannot be read or is too large. Stops after each event. */
export function* decodeSteps(
  body: Buffer,
  media: Exclude<Media, 'ndjson'>,
  headers: Headers,
  bounds: IntakeBounds,
): Steps<readonly Wired[] | Fault> {
  if (body.length > bounds.bytes) return { code: 'too_large', at: '', detail: `≤ ${bounds.bytes} bytes` }
  if (media === 'binary') return binary(body, headers)
  if (!isUtf8(body)) return notUtf8(body)
  yield
  const text = bareOf(body.toString('utf8'))
  yield
  if (media === 'cloudevent' || !isList(text)) return single(text, media)
  return yield* listed(text, media === 'json' ? plain : enveloped, bounds)
}

/** The same at a stretch. */
export const decodeBody = (...asked: Parameters<typeof decodeSteps>): readonly Wired[] | Fault =>
  atOnce(decodeSteps(...asked))
