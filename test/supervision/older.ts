// What an older door let in and no law can judge: an event with the null date of a machine, for which no calendar has a
// day. Today's door refuses it (I1); a store that was written before still holds it. It goes in behind the door, through
// the supervisor's own line, so that everything from there on is real.

import { readFact } from '../../server/core/case/read.ts'
import type { Taken } from '../../server/core/plan.ts'
import { isTaken, toFact } from '../../server/intake/fact.ts'
import type { IngestOutcome } from '../../server/supervision/ingest.ts'
import type { Supervisor } from '../../server/supervision/supervisor.ts'

/** 1900-01-01: where machines begin to count, and no notice of holidays does. */
const NULL_DATE = Date.UTC(1900, 0, 1)

/** Any item; the limit makes sure that its day is asked for. */
const LIMIT = { promise_limit: { value: 5, unit: 'WD' } }

/** The acceptance of a case as an older door wrote it down. */
const olderAcceptance = (event: Readonly<Record<string, unknown>>, source: string, now: Supervisor['now']): Taken => {
  const context = { source, now: now(), aheadMs: 600_000, historical: null }
  const taken = toFact({ ...event, event_type: 'ACCEPT', payload: LIMIT }, context)
  if (!isTaken(taken)) throw new Error(`${taken.code} ${taken.at} ${taken.detail}`)
  const body = taken.body.replace(/"occurred_at":\d+/, `"occurred_at":${NULL_DATE}`)
  return { fact: readFact(body), body, personal: taken.personal }
}

/** Lets an acceptance in that cannot be judged; its case is set apart (J5). */
export const letInBefore = (
  supervisor: Supervisor,
  event: Readonly<Record<string, unknown>>,
  source: string,
): Promise<IngestOutcome[]> =>
  supervisor.ingest([olderAcceptance(event, source, () => supervisor.now())], [null], { source, by: source })
