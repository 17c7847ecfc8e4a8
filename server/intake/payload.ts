// Listed payload keys: each checked against its shape, brought to its one spelling and written canonically.
// Unlisted and personal keys are set apart (I1, L7, A4). Refuses by throwing Unfit with the exact place; fact.ts
// catches it, so nothing outside this room ever sees it. Rules: I1, I2, I15, T4.

import { LENGTHS, LIMIT_UNITS, PAYLOAD_KEYS, type PayloadKey, type PayloadShape } from '../contract/ingest.ts'
import type { ProblemCode } from '../contract/problems.ts'
import { EVENT_TYPES, type EventType, type Json } from '../core/case/event.ts'
import { DAY_MS, parseDay, parseInstant } from '../core/time/civil.ts'
import type { Instant } from '../core/time/instant.ts'
import { type LimitUnit, LONGEST_LIMIT } from '../core/time/limit.ts'
import { below, isWellFormed, quoted } from './canonical.ts'
import { bareCode, holdsNoCharacter, isPlainLine } from './code.ts'
import { EARLIEST, isNullDate, isNullDay, stampFault } from './stamp.ts'

/** The one way out of checking: what is wrong and where. */
export class Unfit extends Error {
  readonly code: ProblemCode
  readonly at: string
  readonly detail: string
  constructor(code: ProblemCode, at: string, detail: string) {
    super(code)
    this.code = code
    this.at = at
    this.detail = detail
  }
}

const bad = (at: string, detail: string): Unfit => new Unfit('bad_field', at, detail)

/** A code, id or name of one line within `most` characters, as it is meant; '' where nothing is left of it. */
export const lineOf = (value: unknown, at: string, most: number): string => {
  if (typeof value !== 'string') throw bad(at, 'string expected')
  if (value.length > most) throw bad(at, `length ≤ ${most}`)
  if (isPlainLine(value)) return value
  if (!isWellFormed(value)) throw bad(at, 'lone surrogate')
  if (holdsNoCharacter(value)) throw bad(at, 'not a character')
  const bare = bareCode(value)
  if (/\p{Cc}/u.test(bare)) throw bad(at, 'control character')
  return bare
}

/** RFC 3339 with offset → epoch ms. Null dates of machines are no instants, nor is what lies before 1970. */
export const instantOf = (value: unknown, at: string): Instant => {
  if (typeof value !== 'string') throw new Unfit('bad_instant', at, 'string expected')
  const instant = value.length > 64 ? null : parseInstant(value)
  if (instant === null || instant < EARLIEST || isNullDay(Math.floor(instant / DAY_MS)))
    throw new Unfit('bad_instant', at, stampFault(value))
  return instant
}

/** An instant of a payload; null where a machine wrote a null date: then nothing is said (I15). */
const instantOrNothing = (value: unknown, at: string): Instant | null =>
  isNullDate(value) ? null : instantOf(value, at)

const textOf = (value: unknown, at: string): string => {
  if (typeof value !== 'string') throw bad(at, 'string expected')
  if (value.length > LENGTHS.text) throw bad(at, `length ≤ ${LENGTHS.text}`)
  if (!isWellFormed(value)) throw bad(at, 'lone surrogate')
  if (holdsNoCharacter(value)) throw bad(at, 'not a character')
  return value
}

const wholeOf = (value: unknown, at: string, least: number, most: number): number => {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < least || value > most)
    throw bad(at, `integer ${least}…${most}`)
  return value === 0 ? 0 : value
}

/** Feeds that keep codes as numbers mean the same code: 1 is '1'. */
const codeText = (value: unknown): unknown =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? String(value) : value

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const onlyKeys = (value: object, known: readonly string[], at: string): void => {
  for (const key of Object.keys(value))
    if (!known.includes(key)) throw bad(below(at, key), `one of ${known.join(', ')}`)
}

/** No longer than any law knows: the same bound as for the limits of a catalogue (T4). */
const limitOf = (value: unknown, at: string, unitIfUnsaid: string | null): Json => {
  if (!isObject(value)) throw bad(at, '{value, unit} expected')
  onlyKeys(value, ['value', 'unit'], at)
  const unit = value.unit ?? unitIfUnsaid
  if (unit === null || unit === undefined) throw new Unfit('missing_field', `${at}/unit`, '')
  if (!(LIMIT_UNITS as readonly unknown[]).includes(unit)) throw bad(`${at}/unit`, LIMIT_UNITS.join(' | '))
  if (unit === '0') return { unit, value: wholeOf(value.value ?? 0, `${at}/value`, 0, 0) }
  if (value.value === undefined || value.value === null) throw new Unfit('missing_field', `${at}/value`, '')
  return { unit: unit as string, value: wholeOf(value.value, `${at}/value`, 0, LONGEST_LIMIT[unit as LimitUnit]) }
}

const daysOf = (value: unknown, at: string): number => {
  if (!isObject(value)) return wholeOf(value, at, 0, LONGEST_LIMIT.WD)
  const limit = limitOf(value, at, 'WD') as { readonly unit: string; readonly value: number }
  if (limit.unit !== 'WD') throw bad(`${at}/unit`, 'WD')
  return limit.value
}

/** Exactly midnight without an offset, as databases print a date. */
const MIDNIGHT = /^(\d{4}-\d\d-\d\d)[Tt ]00:00(?::00(?:\.0{1,9})?)?$/

/** A date is kept as its text, for it means the end of that day in the case's zone (T3, I15). */
const dueOf = (value: unknown, at: string): Json => {
  if (isNullDate(value)) return null
  if (typeof value !== 'string') throw new Unfit('bad_instant', at, 'string expected')
  const text = MIDNIGHT.exec(value)?.[1] ?? value
  const day = parseDay(text)
  if (day === null) return instantOf(value, at)
  if (day < EARLIEST) throw new Unfit('bad_instant', at, stampFault(value))
  return text
}

const textsOf = (value: unknown, at: string): Json => {
  if (!Array.isArray(value)) return textOf(value, at)
  if (value.length > 200) throw bad(at, 'items ≤ 200')
  return value.map((line, i) => textOf(line, below(at, i)))
}

const PLACE_KEYS = ['operator_id', 'operator_name', 'org_code', 'window_no'] as const

const placeOf = (value: unknown, at: string): Json => {
  if (!isObject(value)) return lineOf(codeText(value), at, LENGTHS.code)
  onlyKeys(value, PLACE_KEYS, at)
  const place: Record<string, Json> = {}
  for (const key of PLACE_KEYS) {
    const code = value[key]
    if (code === undefined || code === null || code === '') continue
    place[key] = lineOf(code, `${at}/${key}`, key === 'operator_id' ? LENGTHS.id : LENGTHS.code)
  }
  return place
}

const choiceOf = (value: unknown, at: string, key: PayloadKey): string => {
  const said = codeText(value)
  const text = typeof said === 'string' ? bareCode(said) : said
  const choices = key.choices ?? []
  if (typeof text !== 'string' || !choices.includes(text)) throw bad(at, choices.join(' | '))
  return text
}

const flagOf = (value: unknown, at: string): boolean => {
  if (typeof value !== 'boolean') throw bad(at, 'true | false')
  return value
}

const READ: Readonly<Record<PayloadShape, (value: unknown, at: string, key: PayloadKey) => Json>> = {
  code: (value, at, key) => lineOf(codeText(value), at, key.name === 'task_code' ? LENGTHS.taskCode : LENGTHS.code),
  id: (value, at) => lineOf(value, at, LENGTHS.id),
  text: textOf,
  texts: textsOf,
  flag: flagOf,
  mark: (value, at) => (typeof value === 'boolean' ? value : lineOf(codeText(value), at, LENGTHS.code)),
  count: (value, at) => wholeOf(value, at, 0, Number.MAX_SAFE_INTEGER),
  days: daysOf,
  limit: (value, at) => limitOf(value, at, null),
  span: (value, at) => limitOf(value, at, 'WD'),
  instant: instantOrNothing,
  due: dueOf,
  place: placeOf,
  choice: choiceOf,
  grade: (value, at) => wholeOf(value, at, 1, 5),
}

interface Listed extends PayloadKey {
  readonly at: string
  /** `"name":` as it stands in the canonical text. */
  readonly opening: string
}

interface Table {
  /** In canonical order. */
  readonly keys: readonly Listed[]
  readonly names: ReadonlySet<string>
}

const tableOf = (keys: readonly PayloadKey[]): Table => ({
  keys: keys
    .map((key) => ({ ...key, at: `/payload/${key.name}`, opening: `"${key.name}":` }))
    .sort((a, b) => (a.name < b.name ? -1 : 1)),
  names: new Set(keys.map((key) => key.name)),
})

const TABLES: ReadonlyMap<EventType, Table> = new Map(EVENT_TYPES.map((type) => [type, tableOf(PAYLOAD_KEYS[type])]))

/** Canonical text of a value that READ made: small, flat, its keys already in order. */
const writeRead = (value: Json): string => {
  if (typeof value === 'string') return quoted(value)
  if (typeof value !== 'object' || value === null) return String(value)
  if (Array.isArray(value)) return `[${value.map(writeRead).join(',')}]`
  const members = value as { readonly [key: string]: Json }
  let out = ''
  for (const key of Object.keys(members)) out += `${out === '' ? '' : ','}"${key}":${writeRead(members[key] as Json)}`
  return `{${out}}`
}

export interface ReadPayload {
  readonly listed: Readonly<Record<string, Json>>
  /** Canonical text of `listed`; '' when it is empty. */
  readonly text: string
  /** Keys of the personal part as they came, nulls left out; null when there are none. */
  readonly apart: Readonly<Record<string, unknown>> | null
}

const EMPTY: ReadPayload = { listed: {}, text: '', apart: null }

type Apart = Record<string, unknown> | null

const unlistedOf = (payload: Readonly<Record<string, unknown>>, table: Table, listedApart: Apart): Apart => {
  let apart = listedApart
  for (const key of Object.keys(payload)) {
    const value = payload[key]
    if (value === undefined || value === null || table.names.has(key)) continue
    // without a prototype, a key named __proto__ is a key like any other
    apart ??= Object.create(null) as Record<string, unknown>
    apart[key] = value
  }
  return apart
}

/** Splits a payload into its listed part, checked and in one spelling, and the rest. Throws Unfit. */
export const readPayload = (payload: unknown, type: EventType): ReadPayload => {
  const table = TABLES.get(type) as Table
  if (payload === undefined || payload === null) {
    for (const key of table.keys) if (key.required) throw new Unfit('missing_field', key.at, '')
    return EMPTY
  }
  if (!isObject(payload)) throw bad('/payload', 'object expected')
  const listed: Record<string, Json> = {}
  let apart: Apart = null
  let text = ''
  let seen = 0
  for (const key of table.keys) {
    const value = payload[key.name]
    if (value !== undefined) seen++
    if (value === undefined || value === null || value === '') {
      if (key.required) throw new Unfit('missing_field', key.at, '')
      continue
    }
    const read = READ[key.shape](value, key.at, key)
    // blanks alone, or a null date of a machine: nothing is said
    if (read === '' || read === null) {
      if (key.required) throw new Unfit('missing_field', key.at, '')
      continue
    }
    if (key.class === 'personal') {
      apart ??= Object.create(null) as Record<string, unknown>
      apart[key.name] = read
      if (key.spoken !== true) continue
    }
    const said = key.spoken === true ? true : read
    listed[key.name] = said
    text += `${text === '' ? '{' : ','}${key.opening}${writeRead(said)}`
  }
  if (seen < Object.keys(payload).length) apart = unlistedOf(payload, table, apart)
  return { listed, text: text === '' ? '' : `${text}}`, apart }
}
