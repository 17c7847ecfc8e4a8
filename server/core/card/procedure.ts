// The procedure of a card (C4), its part that is open so far: a notified card is explained, then closed.
// Every move bears who, when, why. What is not in the table is refused with a code. Never reads a clock.

import type { Instant } from '../time/instant.ts'
import type { Card, CardMove, CardState } from './card.ts'

export const MOVES = ['explain', 'close'] as const
export type Move = (typeof MOVES)[number]

const isMove = (name: string): name is Move => (MOVES as readonly string[]).includes(name)

interface Step {
  readonly from: ReadonlySet<CardState>
  readonly to: CardState
}

const TABLE: Readonly<Record<Move, Step>> = {
  explain: { from: new Set(['notified', 'escalated']), to: 'explained' },
  close: { from: new Set(['explained', 'upheld', 'rectified', 'downgraded']), to: 'closed' },
}

export interface MoveAsked {
  readonly move: string
  readonly by: string
  readonly why: string
}

export type Moved =
  | { readonly card: Card; readonly move: CardMove }
  | { readonly refused: 'unknown_move' | 'wrong_state' | 'no_reason' }

/** The card after a person's move, with the line for its history. */
export const planMove = (card: Card, asked: MoveAsked, now: Instant): Moved => {
  if (!isMove(asked.move)) return { refused: 'unknown_move' }
  const step = TABLE[asked.move]
  if (asked.why.trim() === '') return { refused: 'no_reason' }
  if (card.ofRecord || !step.from.has(card.state)) return { refused: 'wrong_state' }
  const n = card.moves + 1
  const move = { cardId: card.cardId, n, at: now, move: asked.move, state: step.to, by: asked.by, why: asked.why }
  return { card: { ...card, state: step.to, moves: n }, move }
}
