// The door that events of files go through (I8): the same judging and the same line as over HTTP, waiting where a sender
// would be told to come again. A dry run asks the same questions and hands nothing on.

import type { Instant } from '../core/time/instant.ts'
import { type TakenIn, takeIn } from '../intake/decode.ts'
import { isTaken } from '../intake/fact.ts'
import type { HandOver, Intake, Outcome } from '../intake/outcome.ts'
import { Busy } from '../supervision/busy.ts'
import { Unstored } from '../supervision/unstored.ts'

export interface DoorParts {
  readonly clock: { now(): Instant }
  readonly aheadMs: number
  readonly handOver: HandOver
}

const TRIES_WHEN_BUSY = 120
/** A disk without room is a person's to mend: after about a minute that person is told. */
const TRIES_WHEN_UNSTORED = 8

const triesFor = (error: Busy | Unstored): number => (error instanceof Busy ? TRIES_WHEN_BUSY : TRIES_WHEN_UNSTORED)

const judged = (events: readonly unknown[], { clock, aheadMs, handOver }: DoorParts): TakenIn[] => {
  const context = { source: handOver.source, historical: handOver.historical, aheadMs, now: clock.now() }
  return events.map((wire) => takeIn({ wire, envelope: 'plain', fault: null, raw: null }, context))
}

/** One outcome an event, in order, once all are durable. */
export const deliverEvents = async (
  supervisor: Intake,
  events: readonly unknown[],
  parts: DoorParts,
): Promise<readonly Outcome[]> => {
  const taken = judged(events, parts)
  const intakes = taken.map(({ intake }) => intake)
  const raws = taken.map(({ raw }) => raw)
  for (let tries = 1; ; tries++) {
    try {
      return await supervisor.ingest(intakes, raws, parts.handOver)
    } catch (error) {
      const passes = error instanceof Busy || error instanceof Unstored
      if (!passes || tries >= triesFor(error)) throw error
      await new Promise((done) => setTimeout(done, error.retryAfterS * 1000))
    }
  }
}

/** What the door would say of each event by itself; nothing is kept. */
export const tryEvents = (events: readonly unknown[], parts: DoorParts): readonly Outcome[] =>
  judged(events, parts).map(({ intake }): Outcome => {
    if (isTaken(intake)) return { outcome: 'accepted', code: null, field: null, detail: null }
    return { outcome: 'rejected', code: intake.code, field: intake.at, detail: intake.detail }
  })
