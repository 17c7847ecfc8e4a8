// Cards (SPEC 11, C4): lists, one card with what explained it when it was raised, a person's move on it. A unit reads its
// own (A1). A move is the named caller's; who may not move gets a refusal, never a silent nothing.

import type { ExplainView } from '../contract/api.ts'
import type { CardWhole } from '../contract/card-whole.ts'
import type { ProblemCode } from '../contract/problems.ts'
import type { Card } from '../core/card/card.ts'
import { latenessSaid } from '../core/card/standing.ts'
import { isCardWithin } from '../core/scope.ts'
import { cardView } from '../present/card.ts'
import { clockOfCard, explainView } from '../present/explain.ts'
import { cardShown } from '../present/personal.ts'
import type { CardQuery, Records } from '../store/port.ts'
import type { MoveAsked } from '../supervision/acts.ts'
import type { Supervisor } from '../supervision/supervisor.ts'
import { caseThen, type LawsThen } from '../supervision/then.ts'
import { type Caller, mayAll, needAll, refuseBeyond, scopeOrRefuse } from './caller.ts'
import { Refusal } from './refusal.ts'
import { waitingToldOf } from './waiting-told.ts'

export interface CardParts {
  readonly supervisor: Pick<Supervisor, 'law' | 'now' | 'move' | 'numbers'>
  readonly records: Records
  readonly reader: Records
  readonly laws: LawsThen
}

/** The explanation of the moment at which the card was raised, by what was known then (C3, T14). */
const explainThen = async (parts: CardParts, card: Card): Promise<ExplainView | null> => {
  if (card.projectNo === null) return null
  const then = await caseThen(parts, { projectNo: card.projectNo, at: card.raisedAt, as: 'due' })
  const clock = then === null ? null : clockOfCard(card, then.judgement)
  if (then === null || clock === null) return null
  const unsaid = latenessSaid([card]) === 'waits'
  return explainView({ clock, judgement: then.judgement, law: then.law, now: card.raisedAt, unsaid })
}

export interface CardsAsked extends Omit<CardQuery, 'within' | 'projectNos'> {
  /** Any number of a case. */
  readonly projectNo?: string
}

/** One page of the cards within the caller's scope, the newest first, and how many of all within it wait as 待撤. */
export const listCards = async (parts: CardParts, caller: Caller, { projectNo, ...asked }: CardsAsked) => {
  const within = scopeOrRefuse(caller, 'cards.read')
  refuseBeyond(within, asked.department)
  const { numbers } = parts.supervisor
  // any number of a case names all of its cards (I11)
  const ofCase = projectNo === undefined ? {} : { projectNos: numbers.numbersOf(numbers.homeOf(projectNo)) }
  const { rows, next } = await parts.reader.listCards({ ...asked, ...ofCase, within })
  const mayPersonal = mayAll(caller, 'personal.read')
  const items = rows.map(({ card, moves }) => cardShown(cardView(card, moves, parts.supervisor.law), mayPersonal))
  // of all cards the caller may read, whatever was asked for: what somebody has to decide no filter hides (C5)
  return { items, next, to_lift: await parts.reader.countCards('to_lift', within) }
}

/** What waits of the case on whose page a card stands (I11, I15): whoever answers for the card is told what it lacks. */
const waitingOf = async (parts: CardParts, { projectNo }: Card): Promise<CardWhole['waiting']> => {
  if (projectNo === null) return null
  const { numbers } = parts.supervisor
  return waitingToldOf(parts, numbers, { projectNo: numbers.homeOf(projectNo), at: parts.supervisor.now() })
}

/** Throws Refusal where there is no such card for this caller. */
export const showCard = async (parts: CardParts, caller: Caller, cardId: string): Promise<CardWhole> => {
  const scope = scopeOrRefuse(caller, 'cards.read')
  const found = await parts.records.card(cardId)
  if (found === null || !isCardWithin(scope, found.card)) throw new Refusal('not_found')
  const view = cardShown(cardView(found.card, found.moves, parts.supervisor.law), mayAll(caller, 'personal.read'))
  return { ...view, explain: await explainThen(parts, found.card), waiting: await waitingOf(parts, found.card) }
}

/** A person's move. Throws Refusal where the card, its state or the move does not allow it. */
export const moveCard = async (
  { supervisor }: Pick<CardParts, 'supervisor'>,
  caller: Caller,
  asked: Omit<MoveAsked, 'by'>,
): Promise<{ card_id: string; state: string }> => {
  needAll(caller, 'cards.move')
  const moved = await supervisor.move({ ...asked, by: caller.name })
  if ('refused' in moved) throw new Refusal(moved.refused as ProblemCode, { at: '/move', detail: asked.move })
  return { card_id: asked.cardId, state: moved.state }
}
