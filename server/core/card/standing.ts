// What a card is worth as it stands: whether it stands, counts, waits for an answer, lights its case. Each question is
// answered here once, for the list, the case page, the wall and the figures alike. Pure. Rules: C2, C4, C10, I13, T13.

import type { Card, CardState } from './card.ts'

/** States in which a card is out: it stands in no score and on no tile. */
const OUT: ReadonlySet<CardState> = new Set(['lifted', 'overtaken', 'revoked'])
export const isStanding = (card: Pick<Card, 'state'>): boolean => !OUT.has(card.state)

/** A calendar (T13), a delivery (I13) or a person is waited for: it is not yet said that anything is amiss. */
export const isPending = (card: Pick<Card, 'state' | 'provisional' | 'level'>): boolean =>
  card.state === 'to_confirm' || (card.provisional && card.level >= 2)

/**
 * What a card waits for that is still to be confirmed: the delivery of its source (I13), the calendar of its due day (T13), a
 * person who says which of differing tellings holds (F5), or any person (C4). null: it waits for nothing. A warning on a
 * provisional date waits for no calendar.
 */
export const waitsForOf = (
  card: Pick<Card, 'state' | 'provisional' | 'level' | 'basis' | 'contested'>,
): 'source' | 'provisional' | 'contested' | 'person' | null => {
  if (card.state !== 'to_confirm') return null
  if (card.basis.waits_for !== undefined) return 'source'
  if (card.provisional && card.level >= 2) return 'provisional'
  return card.contested === null ? 'person' : 'contested'
}

/** Counted in measures (C4, C5, T13): standing and said. A card to be lifted counts until somebody has decided. */
export const isCounted = (card: Card): boolean => isStanding(card) && !isPending(card)

/**
 * What cards say of a lateness that their clock or case shows (M1, T13, I13, F5). said: one of them counts, so over-days are told.
 * waits: one stands that waits for a calendar, a delivery or a person, and none counts, so none are told. null: they say nothing.
 * Asked wherever over-days are told, on pages and walls.
 */
export const latenessSaid = (cards: readonly Card[]): 'said' | 'waits' | null => {
  if (cards.some(isCounted)) return 'said'
  return cards.some((card) => isStanding(card) && isPending(card)) ? 'waits' : null
}

/** States in which its unit owes an answer. */
export const UNANSWERED_STATES: readonly CardState[] = ['notified', 'escalated']
const UNANSWERED: ReadonlySet<CardState> = new Set(UNANSWERED_STATES)
/** Yellow or red, told to its holder and not yet answered. */
export const isWaiting = (card: Pick<Card, 'level' | 'state' | 'ofRecord'>): boolean =>
  card.level >= 2 && UNANSWERED.has(card.state) && !card.ofRecord

/** Rules of the limits of a case: their cards light it as long as it is late, whatever became of the procedure. */
const LIMIT_RULES: ReadonlySet<string> = new Set(['T-01', 'T-02', 'T-03', 'T-03p', 'T-04'])

/** By its finding it would stand, were the card above it lifted that somebody is to lift. */
const isBeneathAsked = (card: Card, cards: readonly Card[]): boolean =>
  card.state === 'overtaken' &&
  card.stood?.state !== 'to_confirm' &&
  cards.some((other) => other.state === 'to_lift' && other.family === card.family)

/**
 * Whether a card lights its case: a warning of its limits while it is in hand; yellow and red until they are closed. One
 * to be lifted is shown as such, and lights nothing: by its facts the case does not stand so (F2).
 */
const lights = (card: Card, cards: readonly Card[], isEnded: boolean): boolean => {
  if (card.state === 'to_lift' || isPending(card)) return false
  if (!isStanding(card) && !isBeneathAsked(card, cards)) return false
  if (LIMIT_RULES.has(card.rule)) return !isEnded || (card.level >= 2 && card.rule !== 'T-01')
  return card.level >= 2 && card.state !== 'closed'
}

/** The cards that light a case, the worst first, those of its limits before others. */
export const litCards = (cards: readonly Card[], isEnded: boolean): Card[] =>
  cards
    .filter((card) => lights(card, cards, isEnded))
    .sort(
      (a, b) =>
        b.level - a.level ||
        Number(LIMIT_RULES.has(b.rule)) - Number(LIMIT_RULES.has(a.rule)) ||
        b.limitAt - a.limitAt ||
        (a.cardId < b.cardId ? -1 : 1),
    )

/** The level at which a case is shown, on every page and screen (L13): of its cards, and of nothing that still waits. */
export const litLevel = (cards: readonly Card[], isEnded: boolean): 0 | 1 | 2 | 3 => {
  let level: 0 | 1 | 2 | 3 = 0
  for (const card of cards) if (card.level > level && lights(card, cards, isEnded)) level = card.level
  return level
}
