// What was refused and waits for a person (I6): looked at, mended and sent again, or set down as needing no mending. Nothing
// leaves the quarantine by that: the outcome is recorded beside the row. Raw texts may bear personal parts, so they are shown
// to who may read those (A1).

import type { Receipt } from '../contract/api.ts'
import { isTaken, type Rejection, type Taken } from '../intake/fact.ts'
import type { Outcome } from '../intake/outcome.ts'
import type { DoorContext } from '../intake/rating.ts'
import { takeIn } from '../intake/take-in.ts'
import type { Wired } from '../intake/wired.ts'
import { type Caller, mayAll, needAll } from './caller.ts'
import { needSameCase, needSameEvent, textIn, withShared } from './mending.ts'
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

interface Sending {
  readonly intake: Taken | Rejection
  readonly raw: string | null
  /** The row that it stands for; null: it was added by whoever mended the row. */
  readonly view: QuarantineView | null
}

interface Mending {
  readonly kept: QuarantineView
  readonly mended: unknown
}

/**
 * What goes in with a mended event: the others of its row of a file, for a row is never taken by half (I15), with what was mended
 * that they share. Throws Refusal while one of them cannot be read: then the row has to be sent whole as an array.
 */
const rowOf = (views: readonly QuarantineView[], { kept, mended }: Mending, context: DoorContext): Sending[] => {
  const whole = (view: QuarantineView): unknown => withShared(textIn(view.raw), textIn(kept.raw), mended)
  const sent = views.map((view) => ({ ...takeIn(wiredOf(whole(view)), context), view }))
  const unread = sent.flatMap(({ intake, view }) => (isTaken(intake) ? [] : [`#${view.id}`]))
  if (unread.length > 0) throw new Refusal('row_waits', { detail: unread.join(', ') })
  return sent
}

/** One of them that the ledger will refuse, for it holds another event under its id. */
const conflictIn = async (parts: QuarantineParts, sent: readonly Sending[]): Promise<Sending | undefined> => {
  for (const one of sent) if (isTaken(one.intake) && (await parts.isHeldOtherwise(one.intake))) return one
  return undefined
}

/** Its receipt, with those of the others of its row that went in with it. */
export type Resubmitted = Receipt & { readonly row?: readonly Receipt[] }

/**
 * A mended event, or its whole row as an array, sent again under the source it came from. Throws Refusal where there is no such row,
 * where its import was withdrawn (I14), where it is another event than the one that was kept, or where something else of its row is
 * not decided yet or was set down (I15).
 */
export const resubmit = async (
  parts: QuarantineParts,
  caller: Caller,
  { id, mended }: { readonly id: number; readonly mended: unknown },
): Promise<Resubmitted> => {
  needAll(caller, 'quarantine.write')
  const kept = await found(parts, id)
  if (kept.resolution === 'withdrawn') throw new Refusal('already_withdrawn')
  const by = caller.name
  const now = parts.clock.now()
  const context = { source: kept.source_system, now, aheadMs: parts.aheadMs, historical: null, scaleOf: parts.scaleOf }
  const beside = (await parts.beside(id)).filter((view) => view.id !== id)
  const others = beside.filter(({ resolved_at: at }) => at === null)
  const isWhole = Array.isArray(mended) && mended.length > 0
  const events: readonly unknown[] = isWhole ? mended : [mended]
  const own = events.map((event, i): Sending => ({ ...takeIn(wiredOf(event), context), view: i === 0 ? kept : null }))
  const setDown = beside.flatMap((view) => (view.resolved_at === null ? [] : [`#${view.id}`]))
  if (!isWhole && setDown.length > 0) throw new Refusal('row_set_down', { detail: setDown.join(', ') })
  // a row that is sent whole is what a person says of its case
  for (const { intake } of own) if (isTaken(intake)) (isWhole ? needSameCase : needSameEvent)(kept, intake)
  // one that cannot be read leaves the rest of its row where it is
  const broken = own.find(({ intake }) => !isTaken(intake)) ?? (await conflictIn(parts, own))
  const sent = broken === undefined ? [...own, ...(isWhole ? [] : rowOf(others, { kept, mended }, context))] : [broken]
  // what its file could not say stays unknown, and it goes with its import (I12, I14)
  const handOver = { source: kept.source_system, historical: null, by, person: by, importNo: await parts.importOf(id) }
  const outcomes = await parts.supervisor.ingest(
    sent.map(({ intake }) => intake),
    sent.map(({ raw }) => raw),
    handOver,
  )
  const record = (view: QuarantineView, intake: Taken | Rejection, outcome: Outcome): Promise<void> =>
    parts.recordResubmission({
      id: view.id,
      source: kept.source_system,
      at: parts.clock.now(),
      by,
      eventId: eventIdOf(intake),
      outcome,
    })
  const receipts: Receipt[] = []
  for (const [i, { intake, view }] of sent.entries()) {
    const outcome = outcomes[i]
    if (outcome === undefined) throw new Error('no outcome for a resubmitted event')
    receipts.push(receiptOf(i, intake, outcome))
    const stands = view ?? (i === 0 ? kept : null)
    if (stands !== null) await record(stands, intake, outcome)
  }
  const [first, ...row] = receipts
  const [{ intake } = { intake: null }] = sent
  const whole = outcomes.find(({ outcome }) => outcome === 'rejected') ?? outcomes[0]
  if (first === undefined || intake === null || whole === undefined) throw new Error('nothing was resubmitted')
  // the row is sent whole: what waited of it is decided by that
  if (isWhole && broken === undefined) for (const view of others) await record(view, intake, whole)
  return row.length === 0 ? first : { ...first, row }
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
