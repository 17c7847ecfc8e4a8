// What all bodies of events share: bounds, media types, one event as it came, and a text parsed with the place of its fault
// (I3, I5). A fault never quotes the text, which may be personal.

import { isUtf8 } from 'node:buffer'
import { type Fault, type Headers, isBinary } from './cloudevents.ts'
import { twiceIn } from './members.ts'

export interface IntakeBounds {
  /** Bytes of one request. */
  readonly bytes: number
  /** Events of one request. */
  readonly events: number
  /** Events handed on at once. */
  readonly slice: number
}

export const DEFAULT_BOUNDS: IntakeBounds = { bytes: 8 * 1024 * 1024, events: 10_000, slice: 500 }

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

/** An event has 65,536 characters at most; a text of so many is none, and is neither parsed nor held. */
export const EVENT_CHARS_READ = 4 * RAW_CHARS

const STRETCH = 65_536

/** Offset of the first byte that is not UTF-8: where the repaired text stops being the same bytes. */
const firstBadByte = (bytes: Buffer): number => {
  const repaired = Buffer.from(bytes.toString('utf8'))
  let i = 0
  while (bytes.subarray(i, i + STRETCH).equals(repaired.subarray(i, i + STRETCH))) i += STRETCH
  while (i < bytes.length && bytes[i] === repaired[i]) i++
  return i
}

/** Where the parser stopped, without its words: they quote the text, which may be personal. */
const whereOf = (error: unknown, from: number): string => {
  const message = error instanceof Error ? error.message : ''
  const position = /position (\d+)/.exec(message)?.[1]
  if (position !== undefined) return `position ${from + Number(position)}`
  return message.includes('end of JSON') ? 'unexpected end' : 'unexpected character'
}

/** `twice`: JSON pointers of members that stand twice in one object. */
type Parsed = { readonly value: unknown; readonly twice: readonly string[] } | { readonly fault: Fault }

const BOM = '\ufeff'

export const bareOf = (text: string): string => (text.startsWith(BOM) ? text.slice(1) : text)

export const notUtf8 = (bytes: Buffer): Fault => ({
  code: 'bad_request',
  at: '',
  detail: `byte ${firstBadByte(bytes)} is not UTF-8`,
})

/** `from`: where the text begins in the body that a fault speaks of. */
export const parseText = (text: string, from = 0): Parsed => {
  try {
    const value: unknown = JSON.parse(text)
    return { value, twice: twiceIn(text, value) }
  } catch (error) {
    return { fault: { code: 'bad_json', at: '', detail: whereOf(error, from) } }
  }
}

export const parseJson = (bytes: Buffer, text: string): Parsed =>
  isUtf8(bytes) ? parseText(bareOf(text)) : { fault: notUtf8(bytes) }

/** A member twice: which of them is meant is not ours to guess (I2). */
export const twiceFault = (at: string): Fault => ({ code: 'bad_field', at, detail: 'the same member twice' })

export const withTwice = (wired: Wired, at: string | undefined): Wired =>
  at === undefined ? wired : { ...wired, fault: twiceFault(at) }
