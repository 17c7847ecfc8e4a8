// Reading a fact's payload for folding: the listed keys were checked where the fact was taken in, and what is absent is
// null. Never fills in a default.

import type { Fact, Json } from './event.ts'
import type { Mark, StatedLimit } from './state.ts'

export const text = (value: Json | undefined): string | null =>
  typeof value === 'string' && value !== '' ? value : null
/** Words are kept apart, and `true` stands for them; older ledgers hold them in their place. */
export const isSaid = (value: Json | undefined): boolean => value === true || text(value) !== null
export const number = (value: Json | undefined): number | null => (typeof value === 'number' ? value : null)
export const textOrNumber = (value: Json | undefined): string | number | null =>
  typeof value === 'string' || typeof value === 'number' ? value : null

/** How systems and clerks write yes and no where a mark is asked for. */
const YES: ReadonlySet<string> = new Set(['1', 'y', 'yes', 't', 'true', 'on', '是', '有', '对', '√', '✓'])
const NO: ReadonlySet<string> = new Set([
  ...['', '0', 'n', 'no', 'f', 'false', 'off', 'none', 'null', '否', '无', '非', '不', '不是', '没有', '未', '×', '✗'],
  ...['x', '-', '--', '—', '/', '\\'],
])

/** A mark is a yes, or the class that somebody wrote down; what is written for no is none. */
export const markText = (value: Json | undefined): string | null => {
  if (value === true || value === 1) return 'yes'
  if (typeof value !== 'string') return null
  const written = value.normalize('NFKC').trim()
  const word = written.toLowerCase()
  if (NO.has(word)) return null
  return YES.has(word) ? 'yes' : written
}

/** The item that an event names. */
export const itemOf = ({ payload, item }: Pick<Fact, 'payload' | 'item'>): string | null =>
  text(payload.task_code) ?? item

export const limit = (value: Json | undefined): StatedLimit | null => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
  const { value: count, unit } = value as { readonly [key: string]: Json }
  return typeof count === 'number' && typeof unit === 'string' ? { value: count, unit } : null
}

export const markOf = (fact: Fact): Mark => ({
  at: fact.at,
  precision: fact.precision,
  eventId: fact.eventId,
  source: fact.source,
  org: fact.org,
  window: fact.window,
  operator: fact.operator,
  operatorName: fact.operatorName,
})

/**
 * Up to when the dues that an event states hold what had happened (T10): as it says, of a register as of its export;
 * unsaid: up to the event itself.
 */
export const dueAsOf = ({ payload, edition }: Fact): { readonly dueAsOf?: string | number } => {
  const said = textOrNumber(payload.due_as_of) ?? edition?.asOf ?? null
  return said === null ? {} : { dueAsOf: said }
}
