// Back-dating cures nothing by itself (C5): a fact that came later than its source's usual lag or is of after the limit, a
// void, a further edition, a withdrawal, what stands again, other numbers lift no yellow or red that was told; they make it
// 待撤, still counted, until a person has decided. Law and calendar lift by themselves (J6); the clock lifts nothing. Pure.

import type { Law } from '../law/law.ts'
import type { Calendar } from '../time/calendar.ts'
import type { Instant } from '../time/instant.ts'
import type { Card, CardFound, CardState, Finding, Former, LiftAsked, LiftGround } from './card.ts'
import { doubtedOf, undeclined } from './declined.ts'

/** What a plan brings that may lift cards. */
export interface Lifting {
  /** What came too late to lift a told card by itself. */
  readonly late: readonly LiftGround[]
  /** What came in time, but is of after this limit had passed: it rewrites what was so. */
  readonly afterLimit: (limitAt: Instant) => readonly LiftGround[]
  /** Whether a card would be lifted by what came in time, and is of before its limit, alone. */
  readonly isTimely: (card: Card) => boolean
  /** The same of a card that would be lifted by it, or be unsure: of some of differing tellings (F5), of no calendar (T13). */
  readonly isDoubted: (card: Card) => boolean
  /** Whether something of the case that cards rest on is another than before: a further ground against a card kept. */
  readonly isFurther: () => boolean
}

/** States of a card that was told to its holder. */
const TOLD: ReadonlySet<CardState> = new Set([
  'notified',
  'explained',
  'appealed',
  'upheld',
  'downgraded',
  'rectifying',
  'rectified',
  'closed',
  'escalated',
])
export const isTold = (card: Pick<Card, 'state' | 'ofRecord'>): boolean => TOLD.has(card.state) && !card.ofRecord

/** Grounds kept on one card: the first say enough. */
const MOST_GROUNDS = 20

const CLOCK: LiftGround = { kind: 'clock', source: null, ref: '-', type: null, at: null, by: null }

/** What was told before anybody was asked: of a question asked anew, before the first one. */
const formerOf = ({ lift }: Card, at: LiftWhen): Pick<LiftAsked, 'former'> => {
  const former = lift?.former ?? (at.by === 'facts' ? (at.former?.() ?? null) : null)
  return former === null ? {} : { former }
}

/** Asks a person whether the card is to be lifted. */
const asking = (card: Card, grounds: readonly LiftGround[], at: LiftWhen): Card => {
  const last = at.calendar.addWorkDays(at.calendar.dayOf(at.now), at.law.profile.liftWorkDays)
  const lift: LiftAsked = {
    grounds: grounds.slice(0, MOST_GROUNDS),
    askedAt: at.now,
    decideBy: at.calendar.endOf(last),
    decided: null,
    ...formerOf(card, at),
  }
  const stood = { state: card.state, replyDueAt: card.replyDueAt }
  return { ...card, state: 'to_lift', stood, replyDueAt: null, lift }
}

export interface LiftWhen {
  readonly law: Law
  readonly calendar: Calendar
  readonly now: Instant
  readonly by: 'facts' | 'clock' | 'law' | 'move'
  readonly lifting?: Lifting | undefined
  /** The case as it was before what comes now; null: it was not there, or cannot be read. */
  readonly former?: () => Former | null
}

const lifted = (card: Card): Card => {
  const stood = card.stood ?? { state: card.state, replyDueAt: card.replyDueAt }
  return { ...card, state: 'lifted', stood, replyDueAt: null }
}

/** An overtaken card that nothing supports stands for itself only where a person is asked about it, or has kept it. */
const beneath = (card: Card): Card => {
  const { stood, lift } = card
  if (stood === null || lift === null || lift.decided === 'lift') return card
  return lift.decided === 'keep' ? { ...card, ...stood, stood: null } : { ...card, state: 'to_lift' }
}

/** What is found of a card, without what people and notifications made of it. */
export const foundIn = (card: Card): CardFound => {
  const {
    raisedAt,
    state,
    stood,
    replyDueAt,
    confirmed,
    downgradedTo,
    lift,
    declined,
    confirmedOver,
    moves,
    ...found
  } = card
  return found
}

/** What was asked of a card whose finding holds: a law that makes it hold ends no question, it lets it rest (T1a). */
export const askedOf = (card: Card, by: LiftWhen['by']): LiftAsked | null => {
  const { lift, state, stood, replyDueAt } = card
  if (lift === null || lift.dormant !== undefined) return lift
  if (by !== 'law') return null
  const found = foundIn(card)
  // lifted by a person: were the law taken back, it would be out as that person left it
  if (lift.decided === 'lift') return { ...lift, dormant: { stood: stood ?? { state: 'notified', replyDueAt }, found } }
  if (lift.decided === 'keep') return { ...lift, dormant: { stood: stood ?? { state, replyDueAt }, found } }
  return state === 'lifted' || stood === null ? null : { ...lift, dormant: { stood, found } }
}

/** States that judging and notifications give; a person's move stays. */
const OF_JUDGING: ReadonlySet<CardState> = new Set(['raised', 'to_confirm', 'notified'])

/** A card whose question rested and whose finding holds no more: by law it is asked, or kept, as before; else it is over. */
const awake = (card: Card, at: LiftWhen): Card => {
  const dormant = card.lift?.dormant
  if (card.lift === null || dormant === undefined) return card
  // lifted by a law: what comes meanwhile ends no question
  if (at.by !== 'law') return card.state === 'lifted' ? card : { ...card, lift: null }
  const { dormant: _, ...lift } = card.lift
  const asked = { ...card, ...dormant.found, lift }
  if (lift.decided === 'lift') return { ...asked, state: 'lifted', stood: dormant.stood, replyDueAt: null }
  if (card.state === 'overtaken') return asked
  const { state, replyDueAt } = OF_JUDGING.has(card.state) || card.state === 'lifted' ? dormant.stood : card
  if (lift.decided === 'keep') return { ...asked, state, replyDueAt, stood: null }
  return { ...asked, state: 'to_lift', stood: { state, replyDueAt }, replyDueAt: null }
}

/** Whether, and how, somebody is asked about a card that is not supported as it was; null: it goes as its facts go. */
const askedAbout = (card: Card, at: LiftWhen, isTimely: () => boolean): Card | null => {
  const late = at.lifting?.late ?? []
  const isFurther = (): boolean => late.length > 0 && at.lifting?.isFurther() === true
  if (card.state === 'to_lift') {
    if (card.lift === null || !isFurther()) return card
    return { ...card, lift: { ...card.lift, grounds: [...card.lift.grounds, ...late].slice(0, MOST_GROUNDS) } }
  }
  if (card.lift?.decided === 'keep' && isTold(card)) return isFurther() ? asking(card, late, at) : card
  if (card.level < 2 || !isTold(card) || at.by === 'law') return null
  if (at.by !== 'facts') return asking(card, [CLOCK], at)
  const grounds = [...late, ...(at.lifting?.afterLimit(card.limitAt) ?? [])]
  return grounds.length === 0 || isTimely() ? null : asking(card, grounds, at)
}

/** A card that nothing supports any more: lifted, to be lifted, or kept by a person. */
export const withoutFinding = (known: Card, at: LiftWhen): Card => {
  const before = awake(known, at)
  const asked = before.state === 'overtaken' ? beneath(before) : before
  if (asked.state === 'lifted' || asked.state === 'revoked') return asked
  // what nothing gives nobody doubts: lifted now, it is lifted for that
  const card = (asked.doubted ?? null) === null ? asked : { ...asked, doubted: null }
  return askedAbout(card, at, () => at.lifting?.isTimely(card) === true) ?? lifted(card)
}

/**
 * A card whose finding is one that a person has declined. What was told since of a further one stays told, until what takes
 * that back came in time, or a law does; else a person is asked.
 */
export const withDeclinedFinding = (before: Card, at: LiftWhen): Card => {
  const known = awake(before, at)
  const card = known.state === 'overtaken' ? beneath(known) : known
  if (card.state === 'lifted' || card.state === 'revoked') return card
  const asked = askedAbout(card, at, () => at.lifting?.isDoubted(card) === true)
  return asked ?? { ...card, state: 'revoked', stood: null, replyDueAt: null }
}

/**
 * A card that was told for sure, of which only some of differing tellings are now (F5), or the date of which no calendar
 * covers any more (T13): what came too late to lift it takes it out of the figures no more than it would lift it. Asked
 * about it stands as it was told; lifted by a person it is out, kept it stands, while that is so. null: it stands as a
 * finding of its kind does, and waits.
 */
export const withDoubt = (before: Card, finding: Finding, at: LiftWhen): Card | null => {
  const { contested = null, provisional } = finding
  const known = awake(before, at)
  const card = known.state === 'overtaken' ? beneath(known) : known
  const doubted = doubtedOf(finding)
  if (card.state === 'lifted') {
    const isDecided = card.lift?.decided === 'lift' && undeclined(finding, card) === null
    return isDecided ? { ...card, contested, doubted } : null
  }
  // what a person is asked about is confirmed no more
  const told = { ...card, contested, doubted, confirmed: false }
  // a person has confirmed it knowing that they differ: asked anew for what is further
  const isKnown = card.confirmed && card.contested !== null && !provisional
  // asked about because nothing gave it, and given again as it was confirmed
  if (isKnown && card.state === 'to_lift') return null
  if (!isKnown || !isTold(card)) return askedAbout(told, at, () => at.lifting?.isDoubted(card) === true)
  const late = at.lifting?.late ?? []
  return late.length > 0 && at.lifting?.isFurther() === true ? asking(told, late, at) : null
}
