// A person's move on a card, sent to the server: which move, why, and the name it is signed with. The server decides.

import { type Answer, put } from '../lib/ask.ts'

/** Sends the moves of one card; once one is taken, `taken` hears of it. */
export const sender =
  (cardId: string, taken: () => void) =>
  async (move: string, said: { name: string; why: string }): Promise<Answer<unknown>> => {
    const answer = await put(`/api/v1/cards/${encodeURIComponent(cardId)}/moves`, {
      move,
      why: said.why,
      ...(said.name === '' ? {} : { signed_by: said.name }),
    })
    if (answer.kind === 'found') taken()
    return answer
  }
