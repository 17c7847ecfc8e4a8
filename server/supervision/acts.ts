// Acts of people on the line: a move on a card (C4), two numbers joined into one case or parted (I11). Each is an entry
// of the ledger with who and why; what the law of the thing does not allow is refused with a word.

import { replyDueOf } from '../core/card/change.ts'
import { planMove } from '../core/card/procedure.ts'
import { calendarOf } from '../core/law/law.ts'
import { canonicalize } from '../intake/canonical.ts'
import type { Line } from './line.ts'
import { type AliasStep, aliasFault } from './numbers.ts'
import { putCards } from './rows.ts'

export interface MoveAsked {
  readonly cardId: string
  readonly move: string
  readonly by: string
  readonly why: string
  /** The person who signs, where the card's rule asks for a signature (T12). */
  readonly signedBy: string | null
}

export const moveCard = async (line: Line, asked: MoveAsked): Promise<{ refused: string } | { state: string }> => {
  const found = await line.records.card(asked.cardId)
  if (found === null) return { refused: 'not_found' }
  const now = line.now()
  const { rule, level, region } = found.card
  const replyDueAt = replyDueOf(line.law, calendarOf(line.law, region), { rule, level, now })
  const signed = line.law.rules.get(rule)?.signed === true
  const moved = planMove(found.card, asked, { now, replyDueAt, signed })
  if ('refused' in moved) return { refused: moved.refused }
  const { n, at, move, state, by, why } = moved.move
  const body = canonicalize({ at, by, card_id: asked.cardId, move, n, state, why })
  await line.record([{ kind: 'move', by, body }], (batch) => putCards(batch, [moved.card], [moved.move]))
  return { state }
}

/** Who acts, and why. */
export interface Said {
  readonly by: string
  readonly why: string
}

export const joinNumbers = async (
  line: Line,
  step: AliasStep,
  said: Said,
): Promise<{ refused: string } | { home: string }> => {
  const fault = aliasFault(line.numbers, step)
  if (fault !== null) return { refused: fault }
  const { alias, home, joined } = step
  const body = canonicalize({ alias, project_no: home, joined, by: said.by, why: said.why })
  await line.join(step, { kind: 'alias', by: said.by, body })
  return { home: line.numbers.homeOf(alias) }
}
