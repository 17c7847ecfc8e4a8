// Bytes of a request → wire events: one object, an array, CloudEvents in three modes, or NDJSON as a stream (I3).
// Bounds are kept here, before anything is taken in (I5). What cannot be read as a whole is a Fault of the request;
// one bad line of NDJSON is one rejection with its number and its text, and never harms its neighbours (I6).

import { isUtf8 } from 'node:buffer'
import { type Fault, fromHeaders, type Headers, isBinary, placeInCloudEvent, unwrap } from './cloudevents.ts'
import { type FactContext, isTaken, namedIn, type Rejection, type Taken, toFact } from './fact.ts'
import { twiceIn } from './members.ts'

export interface IntakeBounds {
  /** Bytes of one request. */
  readonly bytes: number
  /** Events of one request. */
  readonly events: number
  /** Events handed on at once. */
  readonly slice: number
}

export const DEFAULT_BOUNDS: IntakeBounds = { bytes: 8 * 1024 * 1024, events: 10_000, slice: 2_000 }

/** One event as it came: something for toFact, or the reason why it could not be read. */
export interface Wired {
  readonly wire: unknown
  readonly envelope: 'plain' | 'cloudevent'
  readonly fault: Fault | null
  /** Its own text, where it came as a line; null: made from `wire` when it is needed. */
  readonly raw: string | null
}

export type Media = 'json' | 'ndjson' | 'cloudevent' | 'cloudevents' | 'binary'

const MEDIA: ReadonlyMap<string, Media> = new Map<string, Media>([
  ['application/json', 'json'],
  ['text/json', 'json'],
  ['application/x-ndjson', 'ndjson'],
  ['application/ndjson', 'ndjson'],
  ['application/cloudevents+json', 'cloudevent'],
  ['application/cloudevents-batch+json', 'cloudevents'],
])

/** The media types taken in, for the parsers of the server. */
export const MEDIA_TYPES: readonly string[] = [...MEDIA.keys()]

/** How the body is to be read; null: not taken in here. Text other than UTF-8 is not JSON (RFC 8259). */
export const mediaOf = (headers: Headers): Media | null => {
  const [type = '', ...parameters] = String(headers['content-type'] ?? '').split(';')
  const charset = parameters.map((part) => part.trim().toLowerCase()).find((part) => part.startsWith('charset='))
  if (charset !== undefined && !/^charset="?(utf-?8|us-ascii)"?$/.test(charset)) return null
  const media = MEDIA.get(type.trim().toLowerCase()) ?? null
  return media === 'json' && isBinary(headers) ? 'binary' : media
}

/** Quarantine keeps this much of a text. */
export const RAW_CHARS = 65_536

/** Offset of the first byte that is not UTF-8: where the repaired text stops being the same bytes. */
const firstBadByte = (bytes: Buffer): number => {
  const repaired = Buffer.from(bytes.toString('utf8'))
  let i = 0
  while (i < bytes.length && bytes[i] === repaired[i]) i++
  return i
}

/** Where the parser stopped, without its words: they quote the text, which may be personal. */
const whereOf = (error: unknown): string => {
  const message = error instanceof Error ? error.message : ''
  const position = /position (\d+)/.exec(message)?.[1]
  if (position !== undefined) return `position ${position}`
  return message.includes('end of JSON') ? 'unexpected end' : 'unexpected character'
}

/** `twice`: JSON pointers of members that stand twice in one object. */
type Parsed = { readonly value: unknown; readonly twice: readonly string[] } | { readonly fault: Fault }

const NONE: readonly string[] = []

const BOM = '\ufeff'

const parseJson = (bytes: Buffer, text: string): Parsed => {
  if (!isUtf8(bytes))
    return { fault: { code: 'bad_request', at: '', detail: `byte ${firstBadByte(bytes)} is not UTF-8` } }
  try {
    const bare = text.startsWith(BOM) ? text.slice(1) : text
    const value: unknown = JSON.parse(bare)
    return { value, twice: twiceIn(bare, value) }
  } catch (error) {
    return { fault: { code: 'bad_json', at: '', detail: whereOf(error) } }
  }
}

/** A member twice: which of them is meant is not ours to guess (I2). */
const twiceFault = (at: string): Fault => ({ code: 'bad_field', at, detail: 'the same member twice' })

const plain = (wire: unknown): Wired => ({ wire, envelope: 'plain', fault: null, raw: null })
const enveloped = (wire: unknown): Wired => ({ wire, envelope: 'cloudevent', fault: null, raw: null })

const binary = (body: Buffer, headers: Headers): readonly Wired[] | Fault => {
  const parsed: Parsed = body.length === 0 ? { value: null, twice: NONE } : parseJson(body, body.toString('utf8'))
  if ('fault' in parsed) return parsed.fault
  const { event, fault } = fromHeaders(headers, parsed.value)
  const [twice] = parsed.twice
  return [{ ...enveloped(event), fault: fault ?? (twice === undefined ? null : twiceFault(`/data${twice}`)) }]
}

/** The first place of each element of a list in which a member stands twice. */
const twiceByIndex = (twice: readonly string[]): ReadonlyMap<number, string> => {
  const first = new Map<number, string>()
  for (const at of twice) {
    const [, index, rest] = /^\/(\d+)(.*)$/s.exec(at) ?? []
    if (index !== undefined && !first.has(Number(index))) first.set(Number(index), rest ?? '')
  }
  return first
}

const withTwice = (wired: Wired, at: string | undefined): Wired =>
  at === undefined ? wired : { ...wired, fault: twiceFault(at) }

/** The events of a whole body; a Fault when the request itself cannot be read or is too large. */
export const decodeBody = (
  body: Buffer,
  media: Exclude<Media, 'ndjson'>,
  headers: Headers,
  bounds: IntakeBounds,
): readonly Wired[] | Fault => {
  if (body.length > bounds.bytes) return { code: 'too_large', at: '', detail: `≤ ${bounds.bytes} bytes` }
  if (media === 'binary') return binary(body, headers)
  const parsed = parseJson(body, body.toString('utf8'))
  if ('fault' in parsed) return parsed.fault
  const { value, twice } = parsed
  if (media === 'cloudevent') return [withTwice(enveloped(value), twice[0])]
  if (!Array.isArray(value)) {
    if (media === 'cloudevents') return { code: 'bad_request', at: '', detail: 'JSON array expected' }
    const isOne = typeof value === 'object' && value !== null
    return isOne ? [withTwice(plain(value), twice[0])] : { code: 'not_an_object', at: '', detail: '' }
  }
  if (value.length > bounds.events) return { code: 'too_large', at: '', detail: `≤ ${bounds.events} events` }
  const faults = twiceByIndex(twice)
  const wired = media === 'json' ? plain : enveloped
  return value.map((wire, i) => withTwice(wired(wire), faults.get(i)))
}

/** Thrown in the middle of a stream that passes its bounds: what was handed on before stands. */
export class TooLarge extends Error {
  readonly detail: string
  constructor(detail: string) {
    super(detail)
    this.name = 'TooLarge'
    this.detail = detail
  }
}

/** A line longer than this is not an event; it is passed over without being held in memory. */
const LINE_BYTES = 4 * RAW_CHARS

const badLine = (line: number, raw: string, detail: string): Wired => ({
  wire: undefined,
  envelope: 'plain',
  fault: { code: 'bad_json', at: '', detail: `line ${line}: ${detail}` },
  raw: raw.slice(0, RAW_CHARS),
})

const wiredLine = (bytes: Buffer, line: number): Wired => {
  const raw = bytes.toString('utf8')
  const parsed = parseJson(bytes, raw)
  if ('fault' in parsed) return badLine(line, raw, parsed.fault.detail)
  return withTwice({ wire: parsed.value, envelope: 'plain', fault: null, raw }, parsed.twice[0])
}

const isBlank = (bytes: Buffer): boolean => bytes.every((byte) => byte === 0x20 || byte === 0x09 || byte === 0x0d)

/** Cuts a stream of bytes into lines, holding one line at most. */
class Lines {
  private held: Buffer[] = []
  private heldBytes = 0
  private line = 0
  /** Wired lines ready to be handed on. */
  ready: Wired[] = []

  push(chunk: Buffer): void {
    let from = 0
    for (let to = chunk.indexOf(0x0a); to >= 0; to = chunk.indexOf(0x0a, from)) {
      this.hold(chunk.subarray(from, to))
      this.endLine()
      from = to + 1
    }
    if (from < chunk.length) this.hold(chunk.subarray(from))
  }

  endLine(): void {
    this.line++
    const bytes = this.held.length === 1 ? (this.held[0] as Buffer) : Buffer.concat(this.held)
    if (this.heldBytes > LINE_BYTES)
      this.ready.push(badLine(this.line, bytes.toString('utf8'), `≤ ${LINE_BYTES} bytes a line`))
    else if (!isBlank(bytes)) this.ready.push(wiredLine(bytes, this.line))
    this.held = []
    this.heldBytes = 0
  }

  private hold(part: Buffer): void {
    if (this.heldBytes <= LINE_BYTES) this.held.push(part)
    this.heldBytes += part.length
  }
}

/** The events of an NDJSON stream, a slice at a time. Throws TooLarge past the bounds. */
export async function* decodeLines(chunks: AsyncIterable<Buffer>, bounds: IntakeBounds): AsyncGenerator<Wired[]> {
  const lines = new Lines()
  let bytes = 0
  let given = 0
  const handOn = (count: number): Wired[] => {
    given += count
    return lines.ready.splice(0, count)
  }
  for await (const chunk of chunks) {
    bytes += chunk.length
    if (bytes > bounds.bytes) throw new TooLarge(`≤ ${bounds.bytes} bytes`)
    lines.push(chunk)
    if (given + lines.ready.length > bounds.events) throw new TooLarge(`≤ ${bounds.events} events`)
    while (lines.ready.length >= bounds.slice) yield handOn(bounds.slice)
  }
  lines.endLine()
  if (given + lines.ready.length > bounds.events) throw new TooLarge(`≤ ${bounds.events} events`)
  while (lines.ready.length > 0) yield handOn(bounds.slice)
}

const textOf = (wire: unknown): string => {
  try {
    return (JSON.stringify(wire) ?? '').slice(0, RAW_CHARS)
  } catch {
    return ''
  }
}

export interface TakenIn {
  readonly intake: Taken | Rejection
  /** Text for the quarantine; null for what was taken. */
  readonly raw: string | null
}

const rejected = (fault: Fault, wired: Wired): TakenIn => ({
  intake: { ...fault, ...(wired.envelope === 'plain' ? namedIn(wired.wire) : { eventId: null, projectNo: null }) },
  raw: wired.raw ?? textOf(wired.wire),
})

/** One wired event judged by toFact, its places told in the words of its envelope. Never throws. */
export const takeIn = (wired: Wired, context: FactContext): TakenIn => {
  if (wired.fault !== null) return rejected(wired.fault, wired)
  if (wired.envelope === 'plain') {
    const intake = toFact(wired.wire, context)
    return { intake, raw: isTaken(intake) ? null : (wired.raw?.slice(0, RAW_CHARS) ?? textOf(wired.wire)) }
  }
  const unwrapped = unwrap(wired.wire)
  if ('fault' in unwrapped) return rejected(unwrapped.fault, wired)
  const intake = toFact(unwrapped.wire, context)
  if (isTaken(intake)) return { intake, raw: null }
  return { intake: { ...intake, at: placeInCloudEvent(intake.at) }, raw: textOf(wired.wire) }
}
