// What a person may mend of an event that was kept (I6, I15): what could not be read of it. What could be read stays as it is, or
// it would be another event in its place; and what all events of its row share is mended for all of them. Pure.

import { EVENT_FIELDS } from '../contract/ingest.ts'
import { EVENT_TYPES } from '../core/case/event.ts'
import { parseInstant } from '../core/time/civil.ts'
import { bareCode } from '../intake/code.ts'
import type { Taken } from '../intake/fact.ts'
import { isNoNumber } from '../intake/nothing.ts'
import { Refusal } from './refusal.ts'

type Words = Readonly<Record<string, unknown>>

const isWords = (value: unknown): value is Words => typeof value === 'object' && value !== null && !Array.isArray(value)

/** The text of an event as it was kept; null: it was cut. */
export const textIn = (raw: string | null): unknown => {
  try {
    return raw === null ? null : JSON.parse(raw)
  } catch {
    return null
  }
}

/** What the kept event is about and what it is, in its envelope or without. */
const saidIn = (kept: unknown): Words => {
  if (!isWords(kept)) return {}
  if (!('specversion' in kept)) return kept
  return { event_type: kept.type, project_no: kept.subject }
}

const TYPES: ReadonlySet<unknown> = new Set(EVENT_TYPES)

interface Kept {
  readonly raw: string | null
  /** Where its fault was found: what stands there is what is mended. */
  readonly field: string | null
}

const isFault = ({ field }: Kept, ...places: readonly string[]): boolean =>
  field !== null && places.some((place) => field === place || field.startsWith(`${place}/`))

const differs = (at: string, kept: unknown): Refusal => new Refusal('mend_differs', { at, detail: String(kept) })

/** Throws Refusal where it is of another case than the one that could be read. */
export const needSameCase = (kept: Kept, { fact }: Taken): void => {
  const { project_no: no } = saidIn(textIn(kept.raw))
  if (typeof no !== 'string' || isNoNumber(no) || isFault(kept, '/project_no', '/subject')) return
  if (fact.projectNo !== bareCode(no)) throw differs('/project_no', no)
}

/** Throws Refusal where it is another event than the one that was kept, as far as that could be read. */
export const needSameEvent = (kept: Kept, taken: Taken): void => {
  needSameCase(kept, taken)
  const { event_type: type, register } = saidIn(textIn(kept.raw))
  const { fact } = taken
  if (TYPES.has(type) && type !== fact.type && !isFault(kept, '/event_type', '/type'))
    throw differs('/event_type', type)
  if (!isWords(register)) return
  const { name, key } = register
  if (typeof name === 'string' && fact.edition?.register !== bareCode(name)) throw differs('/register/name', name)
  if (typeof key === 'string' && fact.edition?.key !== bareCode(key)) throw differs('/register/key', key)
}

const unreadIn = (value: unknown): string | null =>
  isWords(value) && typeof value.unread === 'string' ? value.unread : null

/** A member of both that could not be read, and is written alike, as the mended event has it. */
const carried = (of: { kept: Words; mended: Words; sibling: Words }, names: readonly string[]): Words => {
  const { kept, mended, sibling } = of
  const shared = names.filter((name) => {
    const unread = unreadIn(kept[name])
    return unread !== null && unread === unreadIn(sibling[name])
  })
  return Object.fromEntries(shared.map((name) => [name, mended[name]]))
}

/** As of when a register is, where that could not be read in either. */
const carriedAsOf = (kept: Words, mended: Words, sibling: Words): Words => {
  const isUnread = typeof kept.as_of === 'string' && parseInstant(kept.as_of) === null
  return isUnread && sibling.as_of === kept.as_of ? { as_of: mended.as_of } : {}
}

/** Another event of the row, with what was mended that it shares: its case, its unit, as of when the row is. */
export const withShared = (sibling: unknown, kept: unknown, mended: unknown): unknown => {
  if (!isWords(sibling) || !isWords(kept) || !isWords(mended)) return sibling
  const whole = { ...sibling, ...carried({ kept, mended, sibling }, EVENT_FIELDS) }
  const [was, is, other] = [kept.register, mended.register, sibling.register]
  if (!isWords(was) || !isWords(is) || !isWords(other)) return whole
  return { ...whole, register: { ...other, ...carriedAsOf(was, is, other) } }
}
