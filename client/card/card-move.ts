// A person's move on a card, sent to the server: which move, why, the name it is signed with, and the number it is to have,
// so that a card that was moved meanwhile is looked at again first. The server decides.

import type { CardView } from '../../server/contract/api.ts'
import { type Answer, put } from '../lib/ask.ts'

/** Closing said twice: the case is overdue still. */
const CLOSE_OVERDUE = 'close_overdue'

/** Sends the moves of one card; once one is taken, `taken` hears of it. */
export const sender =
  (card: Pick<CardView, 'card_id' | 'n'>, taken: () => void) =>
  async (move: string, said: { name: string; why: string }): Promise<Answer<unknown>> => {
    const isOverdue = move === CLOSE_OVERDUE
    const answer = await put(`/api/v1/cards/${encodeURIComponent(card.card_id)}/moves`, {
      move: isOverdue ? 'close' : move,
      why: said.why,
      n: card.n + 1,
      ...(isOverdue ? { still_overdue: true } : {}),
      ...(said.name === '' ? {} : { signed_by: said.name }),
    })
    if (answer.kind === 'found') taken()
    return answer
  }
