// The door that events of files go through (I8): the same judging and the same line as over HTTP, waiting where a sender
// would be told to come again; events of one row of a file are taken together or wait together (I15). A dry run asks the same questions and hands nothing on.

import type { Instant } from '../../core/time/instant.ts'
import { isTaken, namedIn } from '../../intake/fact.ts'
import type { SentMark } from '../../intake/files/sent.ts'
import type { HandOver, Intake, Outcome } from '../../intake/outcome.ts'
import type { DoorContext } from '../../intake/rating.ts'
import { type TakenIn, takeIn } from '../../intake/take-in.ts'
import { Busy } from '../../supervision/busy.ts'
import { Unstored } from '../../supervision/unstored.ts'

export interface DoorParts {
  readonly clock: { now(): Instant }
  readonly aheadMs: number
  readonly scaleOf: DoorContext['scaleOf']
  readonly handOver: HandOver
}

const TRIES_WHEN_BUSY = 120
/** A disk without room is a person's to mend: after about a minute that person is told. */
const TRIES_WHEN_UNSTORED = 8

const triesFor = (error: Busy | Unstored): number => (error instanceof Busy ? TRIES_WHEN_BUSY : TRIES_WHEN_UNSTORED)

const RAW_CHARS = 65_536

/** An event of a row of which another cannot be read: it waits with it (I15). */
const waitingWith = (wire: unknown, code: string): TakenIn => {
  const fault = { code: 'row_waits', at: '', detail: code } as const
  return { intake: { ...fault, ...namedIn(wire) }, raw: JSON.stringify(wire).slice(0, RAW_CHARS) }
}

const judged = (
  events: readonly unknown[],
  marks: readonly SentMark[] | undefined,
  { clock, aheadMs, scaleOf, handOver }: DoorParts,
): TakenIn[] => {
  const context = { source: handOver.source, historical: handOver.historical, aheadMs, scaleOf, now: clock.now() }
  const taken = events.map((wire, i) => {
    const waits = marks?.[i]?.waits ?? null
    const fault = waits === null ? null : { code: waits.code, at: '', detail: waits.detail }
    return takeIn({ wire, envelope: 'plain', fault, raw: null }, context)
  })
  const broken = new Map<number, string>()
  for (const [i, { intake }] of taken.entries()) {
    const row = marks?.[i]?.row
    if (row !== undefined && !isTaken(intake) && marks?.[i]?.waits === null) broken.set(row, intake.code)
  }
  const onRow = (one: TakenIn, rowNo: number | undefined): TakenIn =>
    rowNo === undefined || isTaken(one.intake) ? one : { ...one, intake: { ...one.intake, rowNo } }
  return taken.map((one, i) => {
    const rowNo = marks?.[i]?.row
    const code = rowNo === undefined ? undefined : broken.get(rowNo)
    return onRow(code === undefined || !isTaken(one.intake) ? one : waitingWith(events[i], code), rowNo)
  })
}

/** One outcome an event, in order, once all are durable. */
export const deliverEvents = async (
  supervisor: Intake,
  events: readonly unknown[],
  parts: DoorParts,
  marks?: readonly SentMark[],
): Promise<readonly Outcome[]> => {
  const taken = judged(events, marks, parts)
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
export const tryEvents = (
  events: readonly unknown[],
  parts: DoorParts,
  marks?: readonly SentMark[],
): readonly Outcome[] =>
  judged(events, marks, parts).map(({ intake }): Outcome => {
    if (isTaken(intake)) return { outcome: 'accepted', code: null, field: null, detail: null }
    return { outcome: 'rejected', code: intake.code, field: intake.at, detail: intake.detail }
  })
