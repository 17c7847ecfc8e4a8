// The procedure of a card (C4), its part that is open so far: what waits for a person is confirmed or declined, a notified
// card is explained, then closed. Where its rule is signed (T12), it is confirmed by a person who signs by name.
// Every move bears who, when, why. What is not in the table is refused with a code. Never reads a clock.

import type { Instant } from '../time/instant.ts'
import type { Card, CardMove, CardState } from './card.ts'

export const MOVES = ['confirm', 'decline', 'explain', 'close'] as const
export type Move = (typeof MOVES)[number]

const isMove = (name: string): name is Move => (MOVES as readonly string[]).includes(name)

interface Step {
  readonly from: ReadonlySet<CardState>
  readonly to: CardState
}

const TABLE: Readonly<Record<Move, Step>> = {
  confirm: { from: new Set(['to_confirm']), to: 'notified' },
  decline: { from: new Set(['to_confirm']), to: 'revoked' },
  explain: { from: new Set(['notified', 'escalated']), to: 'explained' },
  close: { from: new Set(['explained', 'upheld', 'rectified', 'downgraded']), to: 'closed' },
}

export interface MoveAsked {
  readonly move: string
  readonly by: string
  readonly why: string
  /** The person who signs, where a rule asks for a signature. */
  readonly signedBy: string | null
}

/** A date that is not certain yet, or a source that has not delivered, is not for a person to confirm (T13, I13). */
const isForPerson = (card: Card): boolean =>
  !(card.provisional && card.level >= 2) && card.basis.waits_for === undefined && !hasLapsed(card)

/** A proposal cites the local rule it rests on (T12); once its case was decided there is nothing left to propose. */
const hasLapsed = (card: Card): boolean => card.basis.local_rule !== undefined && card.basis.ended_at !== undefined

/** What a move hangs on beside the card. */
export interface MoveGround {
  readonly now: Instant
  /** Of a card that is told by the move. */
  readonly replyDueAt: Instant | null
  /** The card's rule is confirmed by a signature. */
  readonly signed: boolean
}

export type Moved =
  | { readonly card: Card; readonly move: CardMove }
  | { readonly refused: 'unknown_move' | 'wrong_state' | 'no_reason' | 'no_signature' }

/** The card after a person's move, with the line for its history. */
export const planMove = (card: Card, asked: MoveAsked, at: MoveGround): Moved => {
  if (!isMove(asked.move)) return { refused: 'unknown_move' }
  const step = TABLE[asked.move]
  if (asked.why.trim() === '') return { refused: 'no_reason' }
  const isConfirming = asked.move === 'confirm' || asked.move === 'decline'
  if (!step.from.has(card.state) || (isConfirming ? !isForPerson(card) : card.ofRecord))
    return { refused: 'wrong_state' }
  const signedBy = asked.signedBy?.trim() ?? ''
  if (at.signed && asked.move === 'confirm' && signedBy === '') return { refused: 'no_signature' }
  const n = card.moves + 1
  const by = signedBy === '' ? asked.by : `${signedBy} (${asked.by})`
  const move = { cardId: card.cardId, n, at: at.now, move: asked.move, state: step.to, by, why: asked.why }
  const told = asked.move === 'confirm' ? { confirmed: true, replyDueAt: at.replyDueAt } : {}
  return { card: { ...card, ...told, state: step.to, moves: n }, move }
}
