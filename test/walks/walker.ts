// Who walks: the house, what it was sent so far, and the draws every step is made of. Nothing here knows a step.

import { asInstant } from '../../server/core/time/instant.ts'
import { canonicalize } from '../../server/intake/canonical.ts'
import { isTaken, toFact } from '../../server/intake/fact.ts'
import type { Disk } from '../audit/ledger.ts'
import type { SupervisorHouse } from '../supervision/house.ts'

export interface Walker {
  readonly random: () => number
  readonly disk: Disk
  house: SupervisorHouse
  /** Every event that was sent. */
  readonly events: { source: string; event: Record<string, unknown> }[]
  readonly cases: string[]
  n: number
  /** Something worth counting came about. */
  readonly count: (what: string) => void
}

export interface WalkStep {
  readonly name: string
  readonly weight: number
  /** What was done; null: there was nothing to do it to. */
  take(walker: Walker): Promise<string | null>
}

export const HOUR = 3_600_000
export const DAY = 24 * HOUR

export const below = (walker: Walker, most: number): number => Math.floor(walker.random() * most)
export const one = <T>(walker: Walker, list: readonly T[]): T | undefined => list[below(walker, list.length)]

export const iso = (at: number): string => new Date(at).toISOString()

/** Sends one event; a refused one goes to quarantine as it would over HTTP. */
export const send = async (
  walker: Walker,
  source: string,
  event: Record<string, unknown>,
  { historical = null, importNo = null }: { historical?: number | null; importNo?: number | null } = {},
): Promise<string> => {
  const { supervisor } = walker.house
  const context = { source, now: supervisor.now(), aheadMs: 600_000 }
  const read = toFact(event, { ...context, historical: historical === null ? null : asInstant(historical) })
  const raw = isTaken(read) ? null : JSON.stringify(event)
  // some are mended and handed in by hand
  const person = String(event.event_id).endsWith('7') && importNo === null ? 'sup1' : null
  const [outcome] = await supervisor.ingest([read], [raw], { source, by: source, importNo, person })
  walker.events.push({ source, event })
  return `${event.event_type} ${event.project_no ?? ''} ${event.event_id} ${event.occurred_at} → ${outcome?.outcome} ${outcome?.code ?? ''}`
}

/** A stamp: mostly now, at times hours, at times days before. */
export const stamp = (walker: Walker): number => {
  const back = walker.random()
  const now = walker.house.supervisor.now()
  if (back < 0.6) return now
  return now - Math.floor(walker.random() * (back < 0.85 ? 10 * HOUR : 12 * DAY))
}

export const load = (walker: Walker, body: object): Promise<unknown> =>
  walker.house.supervisor.loadCatalogue(body as Record<string, unknown>, canonicalize(body as never), 'admin')
