// Codes that facts named and that no catalogue row knows (D-05, I9): from the sums of dimension `code` and the cards about
// them, never from the cases. A code that a catalogue brings in leaves this list by itself, for its flows go back.

import type { UnlistedLine, UnlistedList } from '../contract/master.ts'
import type { Card } from '../core/card/card.ts'
import { printDay } from '../core/time/civil.ts'
import { asDay } from '../core/time/instant.ts'

export interface CodeDay {
  readonly key: string
  readonly on: number
  readonly n: number
}

interface Span {
  first: number
  last: number
  cases: number
}

const KINDS = ['item', 'window', 'department'] as const
type Kind = (typeof KINDS)[number]

export interface UnlistedQuery {
  readonly kind: Kind | null
  readonly after: string | null
  readonly limit: number
}

const spansOf = (days: readonly CodeDay[]): Map<string, Span> => {
  const spans = new Map<string, Span>()
  for (const { key, on, n } of days) {
    if (n <= 0) continue
    const span = spans.get(key)
    if (span === undefined) spans.set(key, { first: on, last: on, cases: n })
    else {
      span.first = Math.min(span.first, on)
      span.last = Math.max(span.last, on)
      span.cases += n
    }
  }
  return spans
}

const lineOf = (key: string, { first, last, cases }: Span, cards: readonly Card[]): UnlistedLine => {
  const split = key.indexOf(':')
  // the standing one: a lifted card may lie beside it
  const card = cards.find(({ state }) => state !== 'lifted') ?? cards[0]
  return {
    kind: key.slice(0, split) as Kind,
    code: key.slice(split + 1),
    first_on: printDay(asDay(first)),
    last_on: printDay(asDay(last)),
    cases,
    card: card === undefined ? null : { card_id: card.cardId, state: card.state, level: card.level },
  }
}

/** Keys of one page, the most cases first. */
export const unlistedPage = (days: readonly CodeDay[], query: UnlistedQuery) => {
  const spans = [...spansOf(days)]
    .filter(([key]) => query.kind === null || key.startsWith(`${query.kind}:`))
    .sort(([a, x], [b, y]) => y.cases - x.cases || (a < b ? -1 : 1))
  const start = query.after === null ? 0 : Number(query.after) || 0
  const page = spans.slice(start, start + query.limit)
  const next = start + page.length < spans.length ? String(start + page.length) : null
  return { total: spans.length, page, next }
}

export const unlistedView = (
  { total, page, next }: ReturnType<typeof unlistedPage>,
  cards: readonly Card[],
): UnlistedList => ({
  total,
  items: page.map(([key, span]) =>
    lineOf(
      key,
      span,
      cards.filter(({ subject }) => subject === key),
    ),
  ),
  next,
})
