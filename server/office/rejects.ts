// What was refused and waits for a person (I6): looked at, mended and sent again, or set down as needing no mending. Nothing
// leaves the quarantine by that: the outcome is recorded beside the row. Raw texts may bear personal parts, so they are shown
// to who may read those (A1).

import type { Receipt } from '../contract/api.ts'
import { takeIn } from '../intake/take-in.ts'
import type { Wired } from '../intake/wired.ts'
import { type Caller, mayAll, needAll } from './caller.ts'
import { eventIdOf, receiptOf } from './receipt.ts'
import { Refusal } from './refusal.ts'
import type {
  Dismissal,
  QuarantineCountView,
  QuarantineParts,
  QuarantineQuery,
  QuarantineView,
} from './rejects-kept.ts'

const shownTo = (caller: Caller, view: QuarantineView): QuarantineView =>
  mayAll(caller, 'personal.read') ? view : { ...view, raw: null }

const found = async (parts: QuarantineParts, id: number): Promise<QuarantineView> => {
  const view = await parts.get(id)
  if (view === null) throw new Refusal('not_found')
  return view
}

export const listRejects = async (parts: QuarantineParts, caller: Caller, asked: QuarantineQuery) => {
  needAll(caller, 'quarantine.read')
  const { items, next } = await parts.list(asked)
  return { items: items.map((view) => shownTo(caller, view)), next }
}

/** Throws Refusal where there is no such row. */
export const showReject = async (parts: QuarantineParts, caller: Caller, id: number): Promise<QuarantineView> => {
  needAll(caller, 'quarantine.read')
  return shownTo(caller, await found(parts, id))
}

export const countRejects = async (parts: QuarantineParts, caller: Caller): Promise<readonly QuarantineCountView[]> => {
  needAll(caller, 'quarantine.read')
  return parts.counts()
}

/** A mended event may still stand in its envelope, as it was kept. */
const wiredOf = (mended: unknown): Wired => {
  const isEnvelope = typeof mended === 'object' && mended !== null && 'specversion' in mended
  return { wire: mended, envelope: isEnvelope ? 'cloudevent' : 'plain', fault: null, raw: null }
}

/** A mended event, sent again under the source it came from. Throws Refusal where there is no such row. */
export const resubmit = async (
  parts: QuarantineParts,
  caller: Caller,
  { id, mended }: { readonly id: number; readonly mended: unknown },
): Promise<Receipt> => {
  needAll(caller, 'quarantine.write')
  const kept = await found(parts, id)
  const by = caller.name
  const now = parts.clock.now()
  const context = { source: kept.source_system, now, aheadMs: parts.aheadMs, historical: null, scaleOf: parts.scaleOf }
  const { intake, raw } = takeIn(wiredOf(mended), context)
  const handOver = { source: kept.source_system, historical: null, by, person: by }
  const [outcome] = await parts.supervisor.ingest([intake], [raw], handOver)
  if (outcome === undefined) throw new Error('no outcome for a resubmitted event')
  const eventId = eventIdOf(intake)
  await parts.recordResubmission({
    id: kept.id,
    source: kept.source_system,
    at: parts.clock.now(),
    by,
    eventId,
    outcome,
  })
  return receiptOf(0, intake, outcome)
}

/**
 * Sets rows down as needing no mending. They stay to be read until their place is needed. The source's count afterwards.
 * Throws Refusal where nothing is held of the source.
 */
export const dismissRejects = async (
  parts: QuarantineParts,
  caller: Caller,
  asked: Omit<Dismissal, 'by'>,
): Promise<QuarantineCountView | null> => {
  needAll(caller, 'quarantine.write')
  const countOf = async (): Promise<QuarantineCountView | undefined> =>
    (await parts.counts()).find((count) => count.source_system === asked.source)
  if ((await countOf()) === undefined) throw new Refusal('not_found')
  await parts.dismiss({ ...asked, by: caller.name })
  return (await countOf()) ?? null
}
