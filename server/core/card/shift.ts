// What becomes of one card between two judgings, in the words in which it is told before it is done (T1a): whether it comes to
// count, to wait, to stand or to be out. Asks standing.ts what a card is worth; decides nothing. Rules: C2, C4, C5, T13.

import type { Card } from './card.ts'
import { isPending, isStanding } from './standing.ts'

/**
 * raised · it comes to stand and counts. raised_waiting · it comes to stand and waits. counted · it waited and counts.
 * waiting · it counted and waits. to_lift · somebody is asked whether it is lifted. lifted · it stands no more. overtaken ·
 * another of its family stands above it. restored · what stood above it does so no more. changed · it stands as it stood,
 * and another limit, level, holder or reply clock is told of it.
 */
export const CARD_SHIFTS = [
  'raised',
  'raised_waiting',
  'counted',
  'waiting',
  'to_lift',
  'lifted',
  'overtaken',
  'restored',
  'changed',
] as const
export type CardShift = (typeof CARD_SHIFTS)[number]

type Worth = 'out' | 'overtaken' | 'waiting' | 'counted'

const worthOf = (card: Card | null): Worth => {
  if (card?.state === 'overtaken') return 'overtaken'
  if (card === null || !isStanding(card)) return 'out'
  return isPending(card) ? 'waiting' : 'counted'
}

const SHIFTS: Readonly<Record<Worth, Readonly<Record<Worth, CardShift>>>> = {
  out: { out: 'changed', overtaken: 'overtaken', waiting: 'raised_waiting', counted: 'raised' },
  overtaken: { out: 'lifted', overtaken: 'changed', waiting: 'restored', counted: 'restored' },
  waiting: { out: 'lifted', overtaken: 'overtaken', waiting: 'changed', counted: 'counted' },
  counted: { out: 'lifted', overtaken: 'overtaken', waiting: 'waiting', counted: 'changed' },
}

/** What becomes of a card that has changed; `before` null: there was none. */
export const shiftOf = (before: Card | null, after: Card): CardShift =>
  after.state === 'to_lift' && before?.state !== 'to_lift' ? 'to_lift' : SHIFTS[worthOf(before)][worthOf(after)]
