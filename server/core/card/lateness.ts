// Whether a case is past its limit, as the figures, its page and its cards say it: one answer for all of them (M1, C5, F5).
// By the facts alone where nothing contradicts them. A card of the limit that stands as told – 待撤, kept, or confirmed
// against the telling that counts – is stronger than what the facts say now: back-dating cures nothing by itself. While
// such a card waits it is not yet said; what a person has declined or lifted of differing tellings is not said. Pure.

import { departmentOf } from '../case/answer.ts'
import { onMerits, type Verdict } from '../case/ending.ts'
import type { Judgement } from '../case/judge.ts'
import { asInstant, type Instant } from '../time/instant.ts'
import type { Card } from './card.ts'
import { isCounted, isPending, isStanding } from './standing.ts'

const CARD_OF_CLOCK: Readonly<Record<string, string>> = { promise: 'T-02', statute: 'T-03' }
/** Of the promise, of the statute, and of the promise where no statute is known: that one says nothing while it waits. */
const LATE_RULES: ReadonlySet<string> = new Set(['T-02', 'T-03', 'T-03p'])
/** It says of a case that a limit has passed. */
export const isOfLimit = ({ rule }: Pick<Card, 'rule'>): boolean => LATE_RULES.has(rule)
const WAITING_RULES: ReadonlySet<string> = new Set(['T-02', 'T-03'])

/** Who answers by the card, where the facts would name another, or nobody. */
export interface NamedByCard {
  readonly window: string | null
  readonly operator: string | null
  /** null: the department of the case on the day of the flow. */
  readonly department: string | null
}

export type Lateness =
  | { readonly kind: 'in_time' }
  /** `who`: null where the facts say it, and name the holder. */
  | { readonly kind: 'late'; readonly from: Instant; readonly who: NamedByCard | null }
  /** Past its limit, if the card that says so is right: a calendar, a delivery or a person is waited for. */
  | { readonly kind: 'waits'; readonly from: Instant }

const IN_TIME: Lateness = { kind: 'in_time' }

type Late = Pick<Judgement, 'main' | 'overdueFrom' | 'inTimeBySome' | 'grounds'>

/** It rests on what is not sure, has not been said yet, or was lifted by a person over what is not sure. */
const isUnsure = (card: Card): boolean => card.contested !== null || isPending(card) || card.state === 'lifted'

/** It bears on the limit still, or did until what it rested on went away with that of the card above it. */
const isOfTold = (card: Card, top: Card): boolean =>
  isStanding(card) ||
  card.state === 'overtaken' ||
  (card.state === 'lifted' && card.rule < top.rule && card.lift?.decided !== 'lift' && card.lift?.dormant === undefined)

/** Late from the limit of a card, counted for whom that names. */
const lateBy = ({ holder, limitAt, department }: Card, { grounds }: Late): Lateness => {
  const own = departmentOf(holder, grounds.law, limitAt)
  const who = { window: holder.window, operator: holder.operator, department: own === null ? null : department }
  return { kind: 'late', from: asInstant(limitAt + 1), who }
}

/** Late from the first limit that the cards say has passed. */
const lateByCards = (top: Card, cards: readonly Card[], judged: Late): Lateness => {
  let first = top
  for (const card of cards) if (card.limitAt < first.limitAt && isOfTold(card, top)) first = card
  return lateBy(first, judged)
}

/** Of tellings that differ a person has declined the first's limit: the card is of a further one, that passed later. */
const isOfFurther = (card: Card, overdueFrom: Instant): boolean =>
  (card.declined ?? []).length > 0 && isOfTold(card, card) && card.limitAt >= overdueFrom

/** The card of the clock that decides on time or late; undefined: there is none. */
export const limitCardOf = ({ main }: Pick<Judgement, 'main'>, cards: readonly Card[]): Card | undefined =>
  cards.find(({ rule, occasion }) => main !== null && rule === CARD_OF_CLOCK[main.kind] && occasion === main.kind)

/** Whether and from when a case is past its limit. `cards` are all cards of the case. */
export const latenessOf = (judged: Late, cards: readonly Card[]): Lateness => {
  const { main, overdueFrom } = judged
  const late = cards.filter(isOfLimit)
  const own = limitCardOf(judged, late)
  // a school without this card has nobody to ask; only its calendar is waited for
  const isSure = own === undefined ? main?.due.provisional !== true : !isUnsure(own)
  if (overdueFrom !== null && isSure) {
    const byCard = own !== undefined && isOfFurther(own, overdueFrom)
    return byCard ? lateBy(own, judged) : { kind: 'late', from: overdueFrom, who: null }
  }
  const counted = late.find(isCounted)
  if (counted !== undefined) return lateByCards(counted, late, judged)
  const waiting = late.find((card) => WAITING_RULES.has(card.rule) && isStanding(card) && isPending(card))
  if (waiting !== undefined) {
    const byCard = overdueFrom === null || isOfFurther(waiting, overdueFrom)
    return { kind: 'waits', from: byCard ? asInstant(waiting.limitAt + 1) : overdueFrom }
  }
  if (overdueFrom === null) return IN_TIME
  if (own === undefined || main?.due.provisional === true) return { kind: 'waits', from: overdueFrom }
  // of tellings that differ a person has taken the one by which it is in time
  const isTaken = own.contested !== null && judged.inTimeBySome
  return isTaken ? IN_TIME : { kind: 'late', from: overdueFrom, who: null }
}

/** How a case ended as the figures have it (M1, M2): inside the concluded, outside every rate while that waits. */
export const endedAs = (
  { concluded, verdict, acceptedAt }: Pick<Judgement, 'concluded' | 'verdict' | 'acceptedAt'>,
  lateness: Lateness,
): Verdict | null => {
  if (verdict === null || concluded === null) return null
  if (lateness.kind === 'late') return 'late'
  if (lateness.kind === 'waits') return 'excluded'
  if (verdict !== 'late') return verdict
  const merits = onMerits(concluded) || (concluded.type === 'REFUSE_ACCEPT' && acceptedAt !== null)
  return merits ? 'on_time' : 'excluded'
}

type Begun = Pick<Judgement, 'receivedAt' | 'acceptedAt'>

/** It was received or accepted, by its facts or, of a decision, as though it had been (M2): else no figure has it in hand. */
export const isBegun = ({ receivedAt, acceptedAt }: Begun): boolean => receivedAt !== null || acceptedAt !== null

/** A card of its limit by which a case still counts that its facts do not make one (F3, C5); undefined: there is none. */
export const struckBy = (cards: readonly Card[]): Card | undefined =>
  cards.find((card) => isCounted(card) && card.lift?.counted !== undefined)

/** It counts among the concluded, by an end that stood when it was told. */
export const isToldEnded = (by: Card | undefined): boolean =>
  by?.lift?.counted?.some(({ kind }) => kind === 'late') === true

/** The same of a case of which facts stand, none of which receives or accepts it. */
export const struckWith = (judged: Begun, cards: readonly Card[]): Card | undefined =>
  isBegun(judged) ? undefined : struckBy(cards)
