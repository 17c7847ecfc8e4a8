// One family of cards on one case (C2): T-01, T-02, T-03 in this order, whatever a downgrade made of their level. The
// highest one that counts overtakes those below it; one that waits, was declined, revoked or lifted overtakes nothing,
// and what it had overtaken stands again as it stood. Pure.

import type { Card, Stood } from './card.ts'
import { isCounted, isStanding } from './standing.ts'

/** A card on its way through changeCards: how it would stand if nothing overtook it. */
export interface Candidate {
  /** null: it is new. */
  readonly before: Card | null
  readonly card: Card
}

/** Later rules of a family are higher; of one rule the one that was raised later, then by name. */
const isAbove = (a: Card, b: Card): boolean => {
  if (a.rule !== b.rule) return a.rule > b.rule
  if (a.raisedAt !== b.raisedAt) return a.raisedAt > b.raisedAt
  return a.cardId > b.cardId
}

const highestCounted = (candidates: readonly Candidate[]): ReadonlyMap<string, Card> => {
  const top = new Map<string, Card>()
  for (const { card } of candidates) {
    if (card.family === null || !isCounted(card)) continue
    const best = top.get(card.family)
    if (best === undefined || isAbove(card, best)) top.set(card.family, card)
  }
  return top
}

/** How an overtaken card stood before: null when it never stood. */
const stoodBefore = ({ before }: Candidate): Stood | null => {
  if (before === null) return null
  if (isStanding(before) && before.state !== 'to_lift') return { state: before.state, replyDueAt: before.replyDueAt }
  return before.stood
}

/** The cards with those overtaken that another one of their family overtakes. */
export const settleFamilies = (candidates: readonly Candidate[]): Card[] => {
  const top = highestCounted(candidates)
  return candidates.map((candidate) => {
    const { card } = candidate
    const best = card.family === null ? undefined : top.get(card.family)
    if (best === undefined || best === card || !isStanding(card) || !isAbove(best, card)) return card
    return { ...card, state: 'overtaken', stood: stoodBefore(candidate), replyDueAt: null }
  })
}
