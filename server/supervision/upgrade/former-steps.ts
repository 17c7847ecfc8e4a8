// A commit of a former ledger as a step that can be taken again (A4): its entries with their facts as they would be taken in
// today, and what it says of refused rows. Format 1 kept no step; its kind is that of its entries, and what became of a refused
// row is read from the move that says it.

import { takenOfFormer } from '../../intake/former.ts'
import type { QuarantineSteps } from '../../store/held.ts'
import type { Former } from '../../store/sqlite/former.ts'
import type { StepKind, StepParams } from '../../store/step.ts'
import type { EntryRow, LinkRow } from '../../store/trail.ts'

export interface FormerStep {
  readonly kind: StepKind
  readonly by: string
  readonly params: StepParams
  readonly entries: readonly EntryRow[]
}

type Resolved = QuarantineSteps['resolved']

interface RowMove {
  readonly quarantine?: number
  readonly outcome?: string
  readonly quarantine_dismissed?: {
    readonly source: string
    readonly from: number
    readonly up_to: number
    readonly code: string | null
  }
}

/** What a move of format 1 did to refused rows. A row that has left since is no more, and nothing is said of it. */
const resolvedBy = (former: Former, entry: EntryRow): Resolved => {
  const { quarantine: id, outcome, quarantine_dismissed: dismissed } = JSON.parse(entry.body) as RowMove
  if (dismissed !== undefined) {
    const { source, from, up_to: upTo, code } = dismissed
    return [{ source, from, upTo, code, how: 'dismissed' }]
  }
  const row = id === undefined ? null : former.refused(id)
  if (row === null || outcome === 'rejected') return []
  return [{ source: row.source, from: row.id, upTo: row.id, code: null, how: 'resubmitted' }]
}

/**
 * A move of format 1 in the words of today. It wrote one who moves and one who signs as one name, `signer (mover)`; the mover
 * stands in the entry as well. It did not ask again before closing a card whose case was overdue still: what was closed is.
 */
const moveOfFormat1 = (entry: EntryRow): EntryRow => {
  const { source } = entry
  const body = JSON.parse(entry.body) as Record<string, unknown>
  if (typeof body.card_id !== 'string') return entry
  const ending = ` (${source})`
  const signer = typeof body.by === 'string' && body.by.endsWith(ending) ? body.by.slice(0, -ending.length) : null
  const closed = body.move === 'close' ? { still_overdue: true } : {}
  return { ...entry, body: JSON.stringify({ ...body, ...closed, by: source, signed_by: signer }) }
}

const asToday = (entry: EntryRow): EntryRow => {
  if (entry.kind !== 'fact') return entry
  const { fact, body, personal } = takenOfFormer(entry)
  return { ...entry, body, personal, historical: fact.historical }
}

const ofFormat1 = (former: Former, entries: readonly EntryRow[]): FormerStep => {
  const [first] = entries
  if (first === undefined) throw new Error('a commit of format 1 without entries')
  const by = [...new Set(entries.map(({ source }) => source))].join(' ')
  if (first.kind === 'fact') return { kind: 'facts', by, params: {}, entries: entries.map(asToday) }
  const resolved = first.kind === 'move' ? resolvedBy(former, first) : []
  return {
    kind: first.kind as StepKind,
    by,
    params: resolved.length === 0 ? {} : { resolved },
    entries: first.kind === 'move' ? entries.map(moveOfFormat1) : entries,
  }
}

export const formerStep = (former: Former, link: LinkRow, entries: readonly EntryRow[]): FormerStep =>
  former.format === 1
    ? ofFormat1(former, entries)
    : {
        kind: link.step.kind as StepKind,
        by: link.step.by,
        params: JSON.parse(link.step.params) as StepParams,
        entries: entries.map(asToday),
      }

/** Steps of the clock and of judging again are taken anew, as today's clock and law ask for them. */
export const isOfClock = ({ kind }: FormerStep): boolean => kind === 'turns' || kind === 'slice' || kind === 'delivered'
