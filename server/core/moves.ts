// A person's move on a card of a case, planned like everything else (C4, C5, M7): the card, what it lets stand again or
// overtakes in its family, the flows of the case – as one change. The case has been judged at this very instant before.
// Pure: refuses with a word, and changes nothing then.

import { type CaseBefore, type CaseChange, changeOf, type Judging } from './becoming.ts'
import type { Card, CardMove } from './card/card.ts'
import { replyDueOf } from './card/change.ts'
import { latenessOf } from './card/lateness.ts'
import { type MoveAsked, type MoveRefusal, planMove } from './card/procedure.ts'
import { calendarOf, dayAt } from './law/law.ts'

export type MovePlanned = { readonly change: CaseChange; readonly move: CardMove } | { readonly refused: MoveRefusal }

/** Two changes of one case, the later upon the earlier, as one. */
const joined = (first: CaseChange, moved: { card: Card; move: CardMove }, last: CaseChange): CaseChange => {
  const changed = new Map<string, Card>()
  for (const card of [...first.cardsChanged, moved.card, ...last.cardsChanged]) changed.set(card.cardId, card)
  const moves = [...first.moves, moved.move, ...last.moves]
  return { ...last, flowsBefore: first.flowsBefore, cardsChanged: [...changed.values()], moves }
}

/** `judged`: the case as judging leaves it now, its own changes among what is planned. */
export const planMoves = (judged: CaseChange, cardId: string, asked: MoveAsked, judging: Judging): MovePlanned => {
  const { law, now } = judging
  const card = judged.cards.find((each) => each.cardId === cardId)
  if (card === undefined) throw new Error(`${cardId} is no card of ${judged.projectNo}`)
  const { rule, level, region } = card
  const replyDueAt = replyDueOf(law, calendarOf(law, region, dayAt(law, now)), { rule, level, now })
  const { judgement } = judged
  const isInHand = judgement !== null && judgement.concluded === null
  const overdue = isInHand && latenessOf(judgement, judged.cards).kind !== 'in_time'
  const signed = law.rules.get(rule)?.signed === true
  const moved = planMove(card, asked, { now, replyDueAt, signed, overdue })
  if ('refused' in moved) return moved
  const cards = judged.cards.map((each) => (each === card ? moved.card : each))
  const before: CaseBefore = { state: judged.state, flows: judged.flows, cards, apart: false }
  const last = changeOf(judged.projectNo, judged.state, before, { ...judging, by: 'move' })
  return { change: joined(judged, moved, last), move: moved.move }
}
