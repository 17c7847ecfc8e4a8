// RFC 8785 (JCS): one text for one JSON value, so that equal content means equal bytes (I2, A4).
// Keys sorted by UTF-16 code unit, numbers as ECMAScript prints them, no white space. Refuses what is not JSON:
// lone surrogates, NaN and infinities, undefined, functions, and nesting past a bound. Never changes its argument.

import { LOT_ROWS, LOT_VALUES, lotsOf, type Steps } from '../core/steps.ts'

/** Thrown for a value that has no canonical text; `at` is the JSON pointer of the place. */
export class NotCanonical extends Error {
  readonly at: string
  readonly detail: string
  constructor(at: string, detail: string) {
    super(`${at || '/'}: ${detail}`)
    this.name = 'NotCanonical'
    this.at = at
    this.detail = detail
  }
}

const LONE_SURROGATE = /\p{Surrogate}/u

/**
 * Whether JSON writes the text as it stands: no quote, backslash, control character or surrogate in it.
 * A loop over code units, for on short texts it is twice as fast as an expression, and it stands on the hot path.
 */
const standsAsIs = (text: string): boolean => {
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit < 0x20 || unit === 0x22 || unit === 0x5c || (unit >= 0xd800 && unit < 0xe000)) return false
  }
  return true
}

export const isWellFormed = (text: string): boolean => standsAsIs(text) || !LONE_SURROGATE.test(text)

/** A text in quotes. The caller vouches that it is well formed. */
export const quoted = (text: string): string => (standsAsIs(text) ? `"${text}"` : JSON.stringify(text))

const pointerPart = (key: string): string =>
  key.includes('~') || key.includes('/') ? key.replaceAll('~', '~0').replaceAll('/', '~1') : key

/** The JSON pointer (RFC 6901) of a member below `at`. */
export const below = (at: string, key: string | number): string =>
  `${at}/${typeof key === 'number' ? key : pointerPart(key)}`

export interface CanonicalOptions {
  /** Object members that are null are left out (I2: absent = null). Elements of lists stay. */
  readonly dropNull?: boolean
  /** Deepest nesting of lists and objects. */
  readonly depth?: number
  /** Pointer of the value itself, for the places of errors. */
  readonly at?: string
}

interface Bounds {
  readonly dropNull: boolean
}

/** Deep enough for any honest document, and far from the end of the stack. */
const DEEPEST = 512

const writeText = (text: string, at: string): string => {
  if (standsAsIs(text)) return `"${text}"`
  if (LONE_SURROGATE.test(text)) throw new NotCanonical(at, 'lone surrogate')
  return JSON.stringify(text)
}

const writeObject = (value: object, at: string, depth: number, bounds: Bounds): string => {
  const members = value as Readonly<Record<string, unknown>>
  const keys = Object.keys(members)
  if (keys.length > 1) keys.sort()
  let out = '{'
  for (const key of keys) {
    const member = members[key]
    if (bounds.dropNull && (member === null || member === undefined)) continue
    const place = below(at, key)
    if (out.length > 1) out += ','
    out += `${writeText(key, place)}:${write(member, place, depth - 1, bounds)}`
  }
  return `${out}}`
}

const writeList = (value: readonly unknown[], at: string, depth: number, bounds: Bounds): string => {
  let out = '['
  for (let i = 0; i < value.length; i++) {
    if (i > 0) out += ','
    out += write(value[i], below(at, i), depth - 1, bounds)
  }
  return `${out}]`
}

const write = (value: unknown, at: string, depth: number, bounds: Bounds): string => {
  switch (typeof value) {
    case 'string':
      return writeText(value, at)
    case 'number':
      // ECMAScript's own printing is the one RFC 8785 asks for; it prints -0 as 0
      if (!Number.isFinite(value)) throw new NotCanonical(at, 'not a finite number')
      return String(value)
    case 'boolean':
      return value ? 'true' : 'false'
    case 'object':
      if (value === null) return 'null'
      if (depth <= 0) throw new NotCanonical(at, 'nested too deep')
      return Array.isArray(value) ? writeList(value, at, depth, bounds) : writeObject(value, at, depth, bounds)
    default:
      throw new NotCanonical(at, `${typeof value} is not JSON`)
  }
}

/** The canonical text of a JSON value. Throws NotCanonical where it has none. */
export const canonicalize = (value: unknown, options: CanonicalOptions = {}): string =>
  write(value, options.at ?? '', options.depth ?? DEEPEST, { dropNull: options.dropNull ?? false })

/** Lists and objects within one another that are written a member at a time; what lies deeper is written whole. */
const STEPPED = 4

interface Place {
  readonly at: string
  readonly depth: number
  readonly stepped: number
}

interface Pieces extends Bounds {
  readonly isFull: () => boolean
}

/** A member is begun with a generator of its own only where it has members itself. */
function* writeSteps(value: object, place: Place, pieces: Pieces): Steps<string> {
  const { at, depth, stepped } = place
  if (stepped === 0 || depth <= 0) return write(value, at, depth, pieces)
  const isLong = (inner: unknown): inner is object => typeof inner === 'object' && inner !== null
  const { isFull } = pieces
  if (Array.isArray(value)) {
    // joined lot by lot: a text added to piece by piece is laid out by the engine at its first reading, all in one go
    const lots: string[] = []
    let lot: string[] = []
    for (let i = 0; i < value.length; i++) {
      if (isFull()) yield
      const inner: unknown = value[i]
      const own = { at: below(at, i), depth: depth - 1, stepped: stepped - 1 }
      lot.push(isLong(inner) ? yield* writeSteps(inner, own, pieces) : write(inner, own.at, own.depth, pieces))
      if (lot.length < LOT_ROWS) continue
      lots.push(lot.join(','))
      lot = []
    }
    if (lot.length > 0) lots.push(lot.join(','))
    return `[${lots.join(',')}]`
  }
  let out = ''
  const members = value as Readonly<Record<string, unknown>>
  for (const key of Object.keys(members).sort()) {
    if (isFull()) yield
    const inner = members[key]
    if (pieces.dropNull && (inner === null || inner === undefined)) continue
    const own = { at: below(at, key), depth: depth - 1, stepped: stepped - 1 }
    if (out !== '') out += ','
    out += `${writeText(key, own.at)}:`
    out += isLong(inner) ? yield* writeSteps(inner, own, pieces) : write(inner, own.at, own.depth, pieces)
  }
  return `{${out}}`
}

/** As canonicalize, to the byte; stops after some values, for a document as large as a catalogue (I5). */
export function* canonicalSteps(value: unknown, options: CanonicalOptions = {}): Steps<string> {
  if (typeof value !== 'object' || value === null) return canonicalize(value, options)
  const place = { at: options.at ?? '', depth: options.depth ?? DEEPEST, stepped: STEPPED }
  return yield* writeSteps(value, place, { dropNull: options.dropNull ?? false, isFull: lotsOf(LOT_VALUES) })
}
