// Events that a source sends (I3–I5): from whom they are, what of them is taken in, and a receipt for each, in order.
// `accepted` is the supervisor's word, never this room's. A source sends as itself; an administrator for any.

import type { Receipts } from '../contract/api.ts'
import { parseInstant } from '../core/time/civil.ts'
import type { Instant } from '../core/time/instant.ts'
import type { HandOver, Intake } from '../intake/outcome.ts'
import type { DoorContext } from '../intake/rating.ts'
import { stampFault } from '../intake/stamp.ts'
import { takeIn } from '../intake/take-in.ts'
import type { IntakeBounds, Wired } from '../intake/wired.ts'
import { openSlices, type Slices } from '../supervision/slices.ts'
import { type Caller, scopeFor, scopeOrRefuse } from './caller.ts'
import { receiptOf } from './receipt.ts'
import { Refusal } from './refusal.ts'

export interface EventParts {
  readonly supervisor: Intake
  readonly scaleOf: DoorContext['scaleOf']
  readonly clock: { now(): Instant; mono(): number }
  readonly limits: IntakeBounds & { readonly aheadMs: number }
}

/** An instant before which the events are said to be of a past record (I8), and where it was said. */
export interface PastSaid {
  readonly said: string
  readonly at: string
}

const LONGEST_INSTANT = 64

/** The declared instant of a past record; null: the events are live. */
const pastBefore = (past: PastSaid | null, caller: Caller, now: Instant): Instant | null => {
  if (past === null) return null
  const { said, at } = past
  if (caller.declaresPast !== true && scopeFor(caller, 'past.declare') === null) throw new Refusal('may_not_declare')
  const instant = said.length <= LONGEST_INSTANT ? parseInstant(said) : null
  if (instant === null) throw new Refusal('bad_instant', { at, detail: stampFault(said) })
  // limits to come are of no past record
  if (instant > now) throw new Refusal('from_future', { at, detail: said })
  return instant
}

/** Whom the events are from. A source's key that names no source can send nothing. */
const handOverOf = (caller: Caller, past: PastSaid | null, now: Instant): HandOver => {
  scopeOrRefuse(caller, 'events.write')
  if (caller.role === 'source' && caller.source === null) throw new Refusal('not_allowed')
  return {
    source: caller.role === 'source' ? caller.source : null,
    historical: pastBefore(past, caller, now),
    by: caller.name,
    person: caller.role === 'source' ? null : caller.name,
  }
}

/** One sending under way: from whom, and what has been answered so far. */
export interface Sending {
  readonly handOver: HandOver
  readonly answer: Receipts
}

export interface EventDoor {
  /** What is long is read in pieces, all sendings in one row. */
  readonly slices: Slices
  /** Throws Refusal where the caller may not send, or not so. */
  begin(caller: Caller, past: PastSaid | null): Sending
  /** Takes events in and adds a receipt for each once they are durable. Throws what `laterOf` knows, having taken nothing of them. */
  take(sending: Sending, wired: readonly Wired[]): Promise<void>
}

/** What is fewer than this is judged at a stretch: giving way costs more than it takes. */
const FEW_EVENTS = 20

export const openEventDoor = (parts: EventParts): EventDoor => {
  const slices = openSlices(parts.clock.mono)
  return {
    slices,
    begin: (caller, past) => ({
      handOver: handOverOf(caller, past, parts.clock.now()),
      answer: { accepted: 0, known: 0, rejected: 0, receipts: [] },
    }),
    async take({ handOver, answer }, wired) {
      const { source, historical } = handOver
      const { aheadMs } = parts.limits
      const context = { source, historical, now: parts.clock.now(), aheadMs, scaleOf: parts.scaleOf }
      const judge = (event: Wired) => takeIn(event, context)
      const taken = wired.length <= FEW_EVENTS ? wired.map(judge) : await slices.map(wired, judge)
      const intakes = taken.map((event) => event.intake)
      const raw = taken.map((event) => event.raw)
      const outcomes = await parts.supervisor.ingest(intakes, raw, handOver)
      intakes.forEach((intake, i) => {
        const outcome = outcomes[i]
        if (outcome === undefined) throw new Error(`no outcome for event ${i} of ${intakes.length}`)
        answer[outcome.outcome]++
        answer.receipts.push(receiptOf(answer.receipts.length, intake, outcome))
      })
    },
  }
}
