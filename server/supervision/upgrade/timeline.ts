// What a former ledger holds, in the order of its instants: its commits, the refused rows that no commit of it names, and the
// instants at which its clock had moved cards. Read in pages, from any place on. Rules: A4, J4.

import { asInstant, type Instant } from '../../core/time/instant.ts'
import type { Former, Refused } from '../../store/sqlite/former.ts'
import type { EntryRow, LinkRow } from '../../store/trail.ts'

/** How far the walk is: all up to here has been taken over. */
export interface Place {
  /** The last commit. */
  readonly commit: number
  /** The last refused row. */
  readonly refused: number
  /** The last instant of the clock. */
  readonly clock: number
}

export const BEGINNING: Place = { commit: 0, refused: 0, clock: -1 }

export type Item =
  | { readonly kind: 'clock'; readonly at: Instant; readonly after: Place }
  | { readonly kind: 'refused'; readonly at: Instant; readonly rows: readonly Refused[]; readonly after: Place }
  | {
      readonly kind: 'commit'
      readonly at: Instant
      readonly link: LinkRow
      readonly entries: readonly EntryRow[]
      readonly after: Place
    }

const LINKS = 200
const ENTRIES = 1_000
const ROWS = 500

async function entriesOf({ trail }: Former, { firstSeq, count }: LinkRow): Promise<EntryRow[]> {
  const entries: EntryRow[] = []
  while (entries.length < count)
    entries.push(...(await trail.entries(firstSeq - 1 + entries.length, Math.min(ENTRIES, count - entries.length))))
  return entries
}

async function* commitsOf(former: Former, after: number): AsyncGenerator<LinkRow, void> {
  for (let page = await former.trail.links(after, LINKS); page.length > 0; ) {
    yield* page
    page = await former.trail.links(page.at(-1)?.commit ?? 0, LINKS)
  }
}

/** Refused rows that came at one instant, together. Of format 2 each hangs on its commit, and none is told here. */
function* refusedOf(former: Former, after: number): Generator<readonly Refused[], void> {
  if (former.format !== 1) return
  let group: Refused[] = []
  for (let page = former.refusedAfter(after, ROWS); page.length > 0; ) {
    for (const row of page) {
      if (group.length > 0 && group[0]?.at !== row.at) {
        yield group
        group = []
      }
      group.push(row)
    }
    page = former.refusedAfter(page.at(-1)?.id ?? 0, ROWS)
  }
  if (group.length > 0) yield group
}

const NEVER = { at: Number.POSITIVE_INFINITY, isFirst: 0 }

/**
 * The items after a place. At one instant what was refused comes before commits, and the clock behind both, for facts went
 * before turns; but where its moves show that it went first.
 */
export async function* timelineOf(former: Former, from: Place): AsyncGenerator<Item, void> {
  let place = from
  const marks = former.clockMarks().filter(({ at }) => at > from.clock)
  let nextMark = 0
  const refused = refusedOf(former, from.refused)
  let rows = refused.next()
  function* upTo(at: number): Generator<Item, void> {
    for (;;) {
      const { at: mark, isFirst } = marks[nextMark] ?? NEVER
      const group = rows.done === true ? null : rows.value
      const groupAt = group?.[0]?.at ?? Number.POSITIVE_INFINITY
      const before = Math.min(at, groupAt)
      const isMark = mark < before || (isFirst === 1 && mark === before)
      if (!isMark && groupAt > at) return
      if (isMark) {
        nextMark += 1
        place = { ...place, clock: mark }
        yield { kind: 'clock', at: asInstant(mark), after: place }
      } else if (group !== null) {
        rows = refused.next()
        place = { ...place, refused: group.at(-1)?.id ?? 0 }
        yield { kind: 'refused', at: asInstant(groupAt), rows: group, after: place }
      }
    }
  }
  for await (const link of commitsOf(former, from.commit)) {
    yield* upTo(link.at)
    place = { ...place, commit: link.commit }
    yield { kind: 'commit', at: asInstant(link.at), link, entries: await entriesOf(former, link), after: place }
  }
  yield* upTo(Number.MAX_SAFE_INTEGER)
}
