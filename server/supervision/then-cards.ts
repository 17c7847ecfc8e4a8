// The cards of a case at a past instant (M9). As shown: what had been committed by then – the state of their last move, and what
// judging had found of them. As due: what the clock would have made of these by then, had somebody been there to take its
// turns. Reads moves by card, never a later state. Rules: M9, J3, C2, C5, F5, T13, I13.

import type { Card, CardMove, CardState, Declined, Finding, LiftAsked, Stood } from '../core/card/card.ts'
import { changeCards, replyDueOf } from '../core/card/change.ts'
import { declinedAs, doubtedOf, undeclined } from '../core/card/declined.ts'
import { cardIdOf, caseSubject } from '../core/card/subject.ts'
import type { Judgement } from '../core/case/judge.ts'
import type { CaseState } from '../core/case/state.ts'
import { calendarOf, dayAt, type Law } from '../core/law/law.ts'
import type { Instant } from '../core/time/instant.ts'
import type { Records } from '../store/port.ts'

export type CardsThen = readonly { readonly card: Card; readonly moves: readonly CardMove[] }[]

const CARDS_READ = 200

const OUT: ReadonlySet<CardState> = new Set(['lifted', 'overtaken', 'to_lift'])
const ANSWERED: ReadonlySet<CardState> = new Set(['notified', 'explained', 'closed'])
/** Who is no person in the history of a card. */
const MACHINE: ReadonlySet<string> = new Set(['clock', 'facts', 'law', 'move'])

type HeldThen = Pick<Card, 'state' | 'stood' | 'replyDueAt' | 'confirmed'>

/** What its moves by then made of a card: state, how it stood, reply clock, whether a person had confirmed it. */
const heldBy = (card: Card, moves: readonly CardMove[], law: Law): HeldThen => {
  const calendar = calendarOf(law, card.region, dayAt(law, card.limitAt))
  let now: Stood | null = null
  let stood: Stood | null = null
  let confirmed = false
  for (const { state, move, at } of moves) {
    const before: Stood | null = now
    const wasOut: boolean = before !== null && OUT.has(before.state)
    if (move === 'confirm' || move === 'decline') confirmed = move === 'confirm'
    if (OUT.has(state)) {
      if (!wasOut) stood = before ?? { state, replyDueAt: null }
      now = { state, replyDueAt: null }
      continue
    }
    // what was lifted and comes back is told anew; what was overtaken or asked about goes on as it was
    const last: Stood | null = wasOut ? (before?.state === 'lifted' ? null : stood) : before
    const isSame: boolean = last !== null && ANSWERED.has(last.state)
    const told: Instant | null = isSame
      ? (last?.replyDueAt ?? null)
      : replyDueOf(law, calendar, { rule: card.rule, level: card.level, now: at })
    now = { state, replyDueAt: ANSWERED.has(state) && !card.ofRecord ? told : null }
    stood = null
  }
  return { state: now?.state ?? card.state, stood, replyDueAt: now?.replyDueAt ?? null, confirmed }
}

/** What somebody had been asked by then, and had said. */
const askedBy = (lift: LiftAsked | null, moves: readonly CardMove[], at: Instant): LiftAsked | null => {
  if (lift === null || lift.askedAt > at) return null
  const decided = moves.some(
    (each) => each.move === lift.decided && !MACHINE.has(each.by) && each.at >= lift.askedAt && each.at <= at,
  )
  return decided ? lift : { ...lift, decided: null }
}

/** The cards that had been raised by then under these numbers, in the state of their last move by then. */
export const cardsOfThen = async (
  { records, law }: { readonly records: Records; readonly law: Law },
  projectNos: readonly string[],
  at: Instant,
): Promise<CardsThen> => {
  if (projectNos.length === 0) return []
  const { rows } = await records.listCards({ projectNos, limit: CARDS_READ })
  return rows.flatMap(({ card, moves }) => {
    const known = moves.filter((move) => move.at <= at)
    const last = known[known.length - 1]
    if (last === undefined) return []
    const declined = card.declined?.filter((one) => one.at <= at)
    const held = known.length === moves.length ? {} : heldBy(card, known, law)
    const asked = {
      lift: askedBy(card.lift, known, at),
      moves: last.n,
      ...(declined === undefined ? {} : { declined }),
    }
    return [{ card: { ...card, ...held, state: last.state, ...asked }, moves: known }]
  })
}

/** As the card bore it that was declined last: the telling of which nobody had declined anything before that. */
const asDeclined = (given: Finding, card: Card): Finding => {
  const declined: readonly Declined[] = card.declined ?? []
  if (card.state !== 'revoked' || declined.length === 0) return declinedAs(given, card)
  const before = undeclined(given, { ...card, state: 'lifted', lift: null, declined: declined.slice(0, -1) })
  return before ?? declinedAs(given, card)
}

/** The cards of a case with what a judgement finds of them: of a decision what it was made of, and nothing found later (J3). */
const foundThen = (cards: CardsThen, judgement: Judgement, projectNo: string): CardsThen => {
  const subject = { kind: 'case' as const, subject: projectNo }
  const found = new Map(judgement.findings.map((f) => [cardIdOf(subject, f.rule, f.occasion), f]))
  return cards.map(({ card, moves }) => {
    const given = found.get(card.cardId)
    if (given === undefined) return { card, moves }
    const finding =
      card.state === 'revoked' ? asDeclined(given, card) : (undeclined(given, card) ?? declinedAs(given, card))
    const { limitAt, holder, basis, provisional, contested = null } = finding
    return { card: { ...card, limitAt, holder, basis, provisional, contested, doubted: doubtedOf(finding) }, moves }
  })
}

/** The cards of a case as they were shown at a past instant. `judgement`: the last one that had been committed by then. */
export const cardsShownThen = async (
  parts: { readonly records: Records; readonly law: Law },
  projectNo: string,
  { at, judgement }: { readonly at: Instant; readonly judgement: Judgement },
): Promise<CardsThen> => foundThen(await cardsOfThen(parts, [projectNo], at), judgement, projectNo)

export interface CardsDue {
  /** Those that had been raised, as they would have stood. */
  readonly cards: CardsThen
  /** Those that nobody was there to raise. */
  readonly unraised: readonly Card[]
  /** Whether any of them would have stood otherwise than was committed. */
  readonly differs: boolean
}

/** What the clock makes of the cards shown, by the judgement of the instant. */
export const cardsDueThen = (
  shown: CardsThen,
  { state, judgement, now }: { readonly state: CaseState; readonly judgement: Judgement; readonly now: Instant },
): CardsDue => {
  const { law, calendar } = judgement.grounds
  const before = shown.map(({ card }) => card)
  const subject = caseSubject(state, judgement)
  const planned = changeCards(before, judgement.findings, { subject, law, calendar, now, by: 'clock' })
  const due = new Map(planned.cards.map((card) => [card.cardId, card]))
  const cards = shown.map(({ card, moves }) => {
    // its number is that of its last move, which nobody was there to make
    const next = due.get(card.cardId)
    return { card: next === undefined ? card : { ...next, moves: card.moves }, moves }
  })
  const known = new Set(before.map(({ cardId }) => cardId))
  const unraised = planned.cards.filter(({ cardId }) => !known.has(cardId))
  return { cards, unraised, differs: planned.changed.length > 0 }
}
