// The wire text of an event that was taken in: for the quarantine, when it is refused only later (id_conflict,
// not_yours), so that a person can mend and send it again (I6). Taking it in once more gives the same content (I2).

import { PAYLOAD_KEYS } from '../contract/ingest.ts'
import type { EventType } from '../core/case/event.ts'
import type { Taken } from './fact.ts'

type Members = Record<string, unknown>

const stamp = (ms: number): string => new Date(ms).toISOString()

const DAY_MS = 86_400_000
const EASTERNMOST_MS = 14 * 3_600_000

/** The start of a day as the clock of some place shows it, which is where a bare day has its offset from (I15). */
const dayStamp = (ms: number): string => {
  const past = ms % DAY_MS
  const east = past === 0 ? 0 : past >= DAY_MS - EASTERNMOST_MS ? DAY_MS - past : -past
  const minutes = Math.abs(east) / 60_000
  const two = (n: number): string => String(Math.floor(n)).padStart(2, '0')
  const offset = `${east < 0 ? '-' : '+'}${two(minutes / 60)}:${two(minutes % 60)}`
  return `${stamp(ms + east).slice(0, 23)}${offset}`
}

/** Instants are kept as epoch ms; on the wire they are RFC 3339. */
const withStamps = (payload: Members, type: EventType): Members => {
  const out: Members = { ...payload }
  for (const { name, shape } of PAYLOAD_KEYS[type]) {
    const value = payload[name]
    if ((shape === 'instant' || shape === 'due') && typeof value === 'number') out[name] = stamp(value)
  }
  return out
}

/** One line of JSON. */
export const rawOf = ({ fact, body, personal }: Taken): string => {
  const { payload, register, ...fields } = JSON.parse(body) as Members
  const { payload: apart, ...unknown } = JSON.parse(personal ?? '{}') as Members
  const listed = withStamps((payload ?? {}) as Members, fact.type)
  const occurredAt = fact.precision === 'day' ? dayStamp(fact.at) : stamp(fact.at)
  const edition =
    fact.edition === null ? {} : { register: { ...(register as Members), as_of: stamp(fact.edition.asOf) } }
  const all = { ...listed, ...(apart as Members) }
  const event = { ...fields, ...unknown, ...edition, occurred_at: occurredAt, payload: all }
  return JSON.stringify(event)
}
