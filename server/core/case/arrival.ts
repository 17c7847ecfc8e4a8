// Arrival stands beside the facts (F1) and is asked for one thing: whether a fact came within its source's usual lag, and so
// may lift by itself what was told before it came (C5). The lag begins with what the fact does, not with the stamp it bears:
// an extension approved a week ago comes a week late, however fresh its event. Pure; the instant of arrival is an argument.

import type { LiftGround } from '../card/card.ts'
import { dayAt, inForce, type Law } from '../law/law.ts'
import { USUAL_LAG_MINUTES } from '../law/tables.ts'
import { asInstant, type Instant } from '../time/instant.ts'
import type { Fact } from './event.ts'
import { standsAt } from './stands.ts'

const MINUTE_MS = 60_000

/** Minutes in which what this source sends usually arrives, by the row that held when it occurred. */
const usualLagMinutes = (law: Law, { source, at }: Pick<Fact, 'source' | 'at'>): number => {
  const row = inForce(law.tables.sources.get(source), dayAt(law, at))
  return row?.usualLagMinutes ?? USUAL_LAG_MINUTES
}

/** Instants of a payload at which a fact says that something was done: it may have been before its event. */
export const DONE_AT: readonly string[] = ['approved_at', 'notice_at']

/** From when on a fact says anything: its event, or what it says was done before that. */
const beginsAt = (fact: Fact): Instant => {
  const before = DONE_AT.map((key) => fact.payload[key]).filter((at) => typeof at === 'number' && at < fact.at)
  return asInstant(Math.min(standsAt(fact), ...(before as number[])))
}

/** Of a fact known by its day alone the lag begins at the end of that day. */
export const isWithinUsualLag = (fact: Fact, arrivedAt: Instant, law: Law): boolean =>
  arrivedAt - beginsAt(fact) <= usualLagMinutes(law, fact) * MINUTE_MS

/** A fact as that which would lift a card: by what it tells, or by making another one void. `by`: the person who brought it. */
export const groundOf = (
  { source, eventId, type, at }: Fact,
  kind: 'fact' | 'void',
  by: string | null,
): LiftGround => ({ kind, source, ref: eventId, type, at, by })
