// A fact that a former ledger holds, as it would be taken in today (I2): its wire event made again from what was kept of it and
// read by today's intake, so that the same event sent once more is known. Where today's intake would refuse it, or call it
// otherwise, its text stays as it was accepted: what was answered is not taken back.

import { readFact } from '../core/case/read.ts'
import { asInstant, type Instant } from '../core/time/instant.ts'
import { isTaken, type Taken, toFact } from './fact.ts'
import { rawOf } from './raw.ts'

export interface FormerFact {
  /** When it was accepted. */
  readonly at: number
  readonly body: string
  readonly personal: string | null
  /** How it came, where its format kept that beside the event; null: live, or said in its text. */
  readonly historical: number | null
}

/** Format 1 said in the text itself that an event told of a past record; when it was declared is when it was accepted (I8). */
const DECLARED = /^(\{"event_id":"(?:[^"\\]|\\.)*","event_type":"[A-Z_]+"),"historical":true/

/** Later than any instant an event bears: it was in time when it was accepted. */
const AHEAD_MS = 1e14

const asKept = ({ at, body, personal, historical }: FormerFact): Taken => {
  const text = body.replace(DECLARED, '$1')
  const declared: Instant | null = text === body ? (historical === null ? null : asInstant(historical)) : asInstant(at)
  return { fact: readFact(text, declared), body: text, personal }
}

export const takenOfFormer = (former: FormerFact): Taken => {
  const kept = asKept(former)
  const { source, eventId, projectNo, historical } = kept.fact
  const context = { source, now: asInstant(former.at), aheadMs: AHEAD_MS, historical }
  const read = toFact(JSON.parse(rawOf(kept)), context)
  const isSame = isTaken(read) && read.fact.eventId === eventId && read.fact.projectNo === projectNo
  return isSame ? read : kept
}
