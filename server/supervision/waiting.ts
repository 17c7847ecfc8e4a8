// Cards that wait for a batch source to deliver (I13), and how far each such source has delivered. Kept in memory, bounded by
// the cards that wait; read back from the store at the start. Never judges: it says which cases are to be judged again.

import type { Delivered } from '../core/case/findings-ground.ts'
import type { Law } from '../core/law/law.ts'
import type { CaseChange } from '../core/plan.ts'
import type { Instant } from '../core/time/instant.ts'
import type { Records } from '../store/port.ts'

interface Waiting {
  readonly source: string
  /** The earliest limit that waits: a delivery past it says more. */
  readonly limitAt: Instant
}

export interface Deliveries {
  /** Up to which stamp each source has delivered. */
  readonly delivered: Delivered
  /** Takes in what a commit holds of sources. */
  heard(sources: readonly { readonly source: string; readonly lastEventAt: Instant }[]): void
  /** Takes in what cases wait for now. */
  consider(changes: readonly CaseChange[]): void
  /** Cases whose source has delivered past a limit that waited; at most so many. */
  ready(most: number): string[]
  readonly hasReady: boolean
}

const PAGE = 1_000

/** The earliest waiting limit of a case; null: nothing waits. */
const waitingOf = ({ judgement }: CaseChange): Waiting | null => {
  let found: Waiting | null = null
  for (const { waits, limitAt, basis } of judgement?.findings ?? []) {
    if (waits && (found === null || limitAt < found.limitAt)) found = { source: String(basis.waits_for), limitAt }
  }
  return found
}

/** Whether it delivers in batches by any of its declarations: which of them holds is asked for the day of a limit (T10). */
const isEverBatch = (law: Law, source: string): boolean =>
  (law.tables.sources.get(source) ?? []).some(({ batch }) => batch !== null)

/** How far sources have delivered, by what the store has of them; judging asks for those in batches on the day concerned. */
export const deliveredIn = async (records: Pick<Records, 'sources'>): Promise<Map<string, Instant>> =>
  new Map((await records.sources()).map(({ source, lastEventAt }) => [source, lastEventAt]))

/** Waiting cards as the store has them. */
const readWaiting = async (records: Records): Promise<Map<string, Waiting>> => {
  const waiting = new Map<string, Waiting>()
  let after: string | undefined
  do {
    const page = await records.listCards({
      state: 'to_confirm',
      limit: PAGE,
      ...(after === undefined ? {} : { after }),
    })
    for (const { card } of page.rows) {
      const source = card.basis.waits_for
      if (typeof source !== 'string' || card.projectNo === null) continue
      const known = waiting.get(card.projectNo)
      if (known === undefined || card.limitAt < known.limitAt)
        waiting.set(card.projectNo, { source, limitAt: card.limitAt })
    }
    after = page.next ?? undefined
  } while (after !== undefined)
  return waiting
}

/** `law` is asked anew each time: a source may become a batch source. */
export const openDeliveries = async (records: Records, law: () => Law): Promise<Deliveries> => {
  const seen = await deliveredIn(records)
  const waiting = await readWaiting(records)
  const isReady = ({ source, limitAt }: Waiting): boolean => (seen.get(source) ?? 0) > limitAt
  let ready = new Set([...waiting].filter(([, row]) => isReady(row)).map(([projectNo]) => projectNo))
  return {
    delivered: seen,
    heard(sources) {
      let moved = false
      for (const { source, lastEventAt } of sources) {
        if (lastEventAt <= (seen.get(source) ?? 0)) continue
        seen.set(source, lastEventAt)
        moved ||= isEverBatch(law(), source)
      }
      if (moved) ready = new Set([...waiting].filter(([, row]) => isReady(row)).map(([projectNo]) => projectNo))
    },
    consider(changes) {
      for (const change of changes) {
        const { projectNo } = change
        const row = waitingOf(change)
        ready.delete(projectNo)
        if (row === null) waiting.delete(projectNo)
        else {
          waiting.set(projectNo, row)
          if (isReady(row)) ready.add(projectNo)
        }
      }
    },
    ready: (most) => [...ready].slice(0, most),
    get hasReady() {
      return ready.size > 0
    },
  }
}
