// The wire text of an event that was taken in: for the quarantine, when it is refused only later (id_conflict,
// not_yours), so that a person can mend and send it again (I6). Taking it in once more gives the same content (I2).

import { PAYLOAD_KEYS } from '../contract/ingest.ts'
import type { EventType } from '../core/case/event.ts'
import type { Taken } from './fact.ts'

type Members = Record<string, unknown>

const stamp = (ms: number): string => new Date(ms).toISOString()

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
  const { historical: _, payload, ...fields } = JSON.parse(body) as Members
  const { payload: apart, ...unknown } = JSON.parse(personal ?? '{}') as Members
  const listed = withStamps((payload ?? {}) as Members, fact.type)
  const event = { ...fields, ...unknown, occurred_at: stamp(fact.at), payload: { ...listed, ...(apart as Members) } }
  return JSON.stringify(event)
}
