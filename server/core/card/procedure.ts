// The procedure of a card (C4, C5), its part that is open so far: what waits for a person is confirmed or declined, a notified
// card is explained, then closed, and whether a card is lifted by what came too late is decided. One table of states and
// moves. Where its rule is signed (T12), a person confirms it by name. Every move bears who, when, why. Never reads a clock.

import type { Instant } from '../time/instant.ts'
import type { Card, CardMove, CardState } from './card.ts'
import { withDeclined } from './declined.ts'
import { waitsForOf } from './standing.ts'

export const MOVES = ['confirm', 'decline', 'explain', 'close', 'lift', 'keep'] as const
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
  lift: { from: new Set(['to_lift']), to: 'lifted' },
  // back to how it stood
  keep: { from: new Set(['to_lift']), to: 'notified' },
}

export interface MoveAsked {
  readonly move: string
  readonly by: string
  readonly why: string
  /** The person who signs, where a rule asks for a signature. */
  readonly signedBy: string | null
  /** Number that the move is to have; null: whichever is next. */
  readonly n?: number | null
  /** Who closes a card knows that its case is overdue still. */
  readonly stillOverdue?: boolean
}

/** A date that is not certain yet, or a source that has not delivered, is not for a person to confirm, and says so (T13, I13). */
const WAITING: Readonly<Record<string, MoveRefusal>> = { provisional: 'waits_calendar', source: 'waits_source' }

/** Why a card that waits is not for a person to confirm or decline; null: it is. */
const confirmingFault = (card: Card): MoveRefusal | null =>
  WAITING[waitsForOf(card) ?? ''] ?? (hasLapsed(card) ? 'wrong_state' : null)

/** A proposal cites the local rule it rests on (T12); once its case was decided there is nothing left to propose. */
const hasLapsed = (card: Card): boolean => card.basis.local_rule !== undefined && card.basis.ended_at !== undefined

/** What a move hangs on beside the card. */
export interface MoveGround {
  readonly now: Instant
  /** Of a card that is told by the move. */
  readonly replyDueAt: Instant | null
  /** The card's rule is confirmed by a signature. */
  readonly signed: boolean
  /** Its case is in hand and past its due instant. */
  readonly overdue?: boolean
}

export type MoveRefusal =
  | 'unknown_move'
  | 'stale_move'
  | 'wrong_state'
  | 'waits_calendar'
  | 'waits_source'
  | 'no_reason'
  | 'no_signature'
  | 'own_ground'
  | 'still_overdue'

export type Moved = { readonly card: Card; readonly move: CardMove } | { readonly refused: MoveRefusal }

const isConfirming = (move: Move): boolean => move === 'confirm' || move === 'decline'
const isDeciding = (move: Move): boolean => move === 'lift' || move === 'keep'

/** Why a move is not taken; null: it is. */
const refusalOf = (card: Card, move: Move, asked: MoveAsked, at: MoveGround): MoveRefusal | null => {
  if (asked.why.trim() === '') return 'no_reason'
  if ((asked.n ?? null) !== null && asked.n !== card.moves + 1) return 'stale_move'
  if (!TABLE[move].from.has(card.state)) return 'wrong_state'
  const fault = isConfirming(move) ? confirmingFault(card) : card.ofRecord ? 'wrong_state' : null
  if (fault !== null) return fault
  if (at.signed && move === 'confirm' && (asked.signedBy?.trim() ?? '') === '') return 'no_signature'
  // whoever brought what would lift it does not decide on it (C5)
  if (isDeciding(move) && card.lift?.grounds.some(({ by }) => by !== null && by === asked.by) === true)
    return 'own_ground'
  const asksTwice = move === 'close' && card.level >= 2 && at.overdue === true
  return asksTwice && asked.stillOverdue !== true ? 'still_overdue' : null
}

/** The card as the move leaves it. */
const cardAfter = (card: Card, move: Move, at: MoveGround): Card => {
  const { lift } = card
  const decided = lift === null || !isDeciding(move) ? {} : { lift: { ...lift, decided: move as 'lift' | 'keep' } }
  if (move === 'confirm') {
    const told = card.ofRecord
      ? ({ state: 'raised' } as const)
      : ({ state: 'notified', replyDueAt: at.replyDueAt } as const)
    return { ...card, ...told, confirmed: true }
  }
  if (move === 'keep' && card.stood !== null) return { ...card, ...decided, ...card.stood, stood: null }
  const next = { ...card, ...decided, state: TABLE[move].to }
  // lifted over a doubt it is that which was declined
  return move === 'decline' || (move === 'lift' && (card.doubted ?? null) !== null)
    ? withDeclined(next, card, at.now)
    : next
}

/** The card after a person's move, with the line for its history. */
export const planMove = (card: Card, asked: MoveAsked, at: MoveGround): Moved => {
  if (!isMove(asked.move)) return { refused: 'unknown_move' }
  const refused = refusalOf(card, asked.move, asked, at)
  if (refused !== null) return { refused }
  const next = { ...cardAfter(card, asked.move, at), moves: card.moves + 1 }
  const signedBy = asked.signedBy?.trim() ?? ''
  const by = signedBy === '' ? asked.by : `${signedBy} (${asked.by})`
  // what was said twice stands in the history
  const name = asked.move === 'close' && card.level >= 2 && at.overdue === true ? 'close_overdue' : asked.move
  const move = { cardId: card.cardId, n: next.moves, at: at.now, move: name, state: next.state, by, why: asked.why }
  return { card: next, move }
}
