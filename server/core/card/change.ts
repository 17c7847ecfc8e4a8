// From findings to cards: what should stand against what does stand → cards raised, restored, lifted, overtaken. What
// judging finds is written anew, what people and notifications made of a card stays (F2): through judging again, being
// lifted, being overtaken. Never deletes. Rules: C2, C4, C5, C10, T13, I13, F5.

import { departmentOf } from '../case/answer.ts'
import type { Law, Rule } from '../law/law.ts'
import type { Flow } from '../measure/flows.ts'
import type { Calendar } from '../time/calendar.ts'
import type { Instant } from '../time/instant.ts'
import { bearing, leftBy, restedByLaw, type ToldCase, toldUnder, withHeirs } from './as-told.ts'
import type { Card, CardFound, CardMove, CardState, Doubted, Finding, Former, Stood } from './card.ts'
import { declinedAs, doubtedOf, undeclined } from './declined.ts'
import { type Candidate, settleFamilies } from './family.ts'
import { askedOf, isTold, type Lifting, withDeclinedFinding, withDoubt, withoutFinding } from './lift.ts'
import { isStanding } from './standing.ts'
import { type CardSubject, cardIdOf } from './subject.ts'

export interface CardChange {
  /** All cards of the subject after the change, in raising order. */
  readonly cards: readonly Card[]
  /** Those that changed or are new. */
  readonly changed: readonly Card[]
  readonly moves: readonly CardMove[]
}

interface Ground {
  readonly subject: CardSubject
  readonly law: Law
  readonly calendar: Calendar
  readonly now: Instant
  readonly by: 'facts' | 'clock' | 'law' | 'move'
  /** What a plan of facts brings that may lift cards (C5); absent: nothing that came too late. */
  readonly lifting?: Lifting | undefined
  /** No fact stands that receives or accepts the case: what it added to the figures until then, cards apart (F3, C5). */
  readonly counted?: readonly Flow[]
  /** The case as it was before what comes now; null: it was not there, or cannot be read. */
  readonly former?: () => Former | null
  /** A case as it was told, as the law in force judges it. */
  readonly asTold?: (former: Former) => ToldCase | null
}

const ofRecordAt = (ground: Ground, limitAt: Instant): boolean => {
  const { historicalBefore } = ground.subject
  const { supervisedFrom } = ground.law
  const isBefore = (from: number | null): boolean => from !== null && limitAt < from
  return isBefore(historicalBefore) || isBefore(supervisedFrom)
}

/** What is known of a finding's card from before: of a new one, nothing. */
interface Past {
  readonly confirmed: boolean
  /** It was notified before its rule asked for a person: what was told of a sure finding stays told (C4, J7). */
  readonly told: boolean
  /** It is judged again by another law. */
  readonly byLaw: boolean
}
const NO_PAST: Past = { confirmed: false, told: false, byLaw: false }

/** Not every telling of the case gives it (F5), or it is not known that it can hold (T8). */
const isContested = ({ contested = null, level }: Finding): boolean => contested !== null && level >= 2

/** Not counted until the calendar covers its date (T13). */
const isUncovered = ({ provisional, level }: Finding): boolean => provisional && level >= 2

/** The state a finding's card stands in when no person has moved it. */
const freshState = (finding: Finding, rule: Rule | undefined, said: Past & { ofRecord: boolean }): CardState => {
  // not counted until the calendar covers its date (T13) and its source has delivered (I13), of record or not
  if (isUncovered(finding)) return 'to_confirm'
  // no late end told by a batch source takes back what was told before it came; declaring it one does (J6)
  if (finding.waits && !(said.told && !said.byLaw)) return 'to_confirm'
  // what only one of differing versions gives (F5) waits, told before or not; so does what a rule wants confirmed, if it
  // was not told before that was wanted (J7)
  const asksPerson = isContested(finding) || (rule?.mode === 'confirm' && !said.told)
  if (asksPerson && !said.confirmed) return 'to_confirm'
  return said.ofRecord ? 'raised' : 'notified'
}

/** When a reply to a card told at `now` is due (C4): by its rule, or by its level where the school gives it another. */
export const replyDueOf = (
  law: Law,
  calendar: Calendar,
  told: { readonly rule: string; readonly level: number; readonly now: Instant },
): Instant | null => {
  if (told.level < 2) return null
  const rule = law.rules.get(told.rule)
  const days = rule?.level === told.level ? rule.replyWorkDays : (law.profile.replyWorkDays.get(told.level) ?? null)
  return days === null ? null : calendar.endOf(calendar.addWorkDays(calendar.dayOf(told.now), days))
}

const foundOf = (ground: Ground, finding: Finding, cardId: string, ofRecord: boolean): CardFound => {
  const { subject, law } = ground
  // whom it names is in whose list it stands, on the row on which it counts (M1, M5)
  const row = subject.rowAt(finding.limitAt, departmentOf(finding.holder, law, finding.limitAt))
  return {
    cardId,
    rule: finding.rule,
    family: law.rules.get(finding.rule)?.family ?? null,
    level: finding.level,
    subjectKind: subject.kind,
    subject: subject.subject,
    projectNo: subject.projectNo,
    occasion: finding.occasion,
    department: row.department,
    region: row.region,
    item: subject.item,
    member: subject.member,
    holder: finding.holder,
    limitAt: finding.limitAt,
    ofRecord,
    provisional: finding.provisional,
    contested: finding.contested ?? null,
    doubted: doubtedOf(finding),
    basis: finding.basis,
  }
}

/** How a card of this finding stands that nobody has moved: told now, if it is told. */
const freshStand = (ground: Ground, finding: Finding, said: Past & { ofRecord: boolean }): Stood => {
  const { law, calendar, now } = ground
  const state = freshState(finding, law.rules.get(finding.rule), said)
  const told = { rule: finding.rule, level: finding.level, now }
  return { state, replyDueAt: state === 'notified' ? replyDueOf(law, calendar, told) : null }
}

const raiseCard = (ground: Ground, finding: Finding, cardId: string): Card => {
  const ofRecord = ofRecordAt(ground, finding.limitAt)
  return {
    ...foundOf(ground, finding, cardId, ofRecord),
    ...freshStand(ground, finding, { ...NO_PAST, ofRecord }),
    raisedAt: ground.now,
    stood: null,
    confirmed: false,
    downgradedTo: null,
    lift: null,
    declined: [],
    moves: 0,
  }
}

const sameBasis = (a: Finding['basis'], b: Finding['basis']): boolean => {
  const keys = Object.keys(a)
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key])
}

const sameDoubted = (a: Doubted | null, b: Doubted | null): boolean =>
  a === b || JSON.stringify(a) === JSON.stringify(b)

const sameFinding = (card: Card, fresh: CardFound): boolean =>
  card.limitAt === fresh.limitAt &&
  card.level === fresh.level &&
  card.provisional === fresh.provisional &&
  card.contested === fresh.contested &&
  card.ofRecord === fresh.ofRecord &&
  card.department === fresh.department &&
  card.item === fresh.item &&
  card.member === fresh.member &&
  card.region === fresh.region &&
  card.holder.org === fresh.holder.org &&
  card.holder.window === fresh.holder.window &&
  card.holder.operator === fresh.holder.operator &&
  card.holder.role === fresh.holder.role &&
  sameDoubted(card.doubted, fresh.doubted) &&
  sameBasis(card.basis, fresh.basis)

const MACHINE: ReadonlySet<CardState> = new Set(['raised', 'to_confirm', 'notified'])

/** How a card stands, or stood before it was overtaken, lifted or to be lifted; null: it never stood. */
const stoodOf = (card: Card): Stood | null => {
  const isOut = card.state === 'lifted' || card.state === 'overtaken' || card.state === 'to_lift'
  if (!isOut) return { state: card.state, replyDueAt: card.replyDueAt }
  // what was overtaken from the first and then lifted never stood
  return card.stood?.state === 'overtaken' ? null : card.stood
}

/** How a card stands whose finding holds, if nothing overtakes it: as people left it; what came back is told anew. */
const standOf = (card: Card, finding: Finding, ground: Ground, ofRecord: boolean): Stood => {
  const stood = stoodOf(card)
  const isDoubted = isContested(finding) && !card.confirmed
  if (stood !== null && !MACHINE.has(stood.state) && !isDoubted) return stood
  const told = stood?.state === 'notified' && card.state !== 'lifted'
  const fresh = freshStand(ground, finding, { confirmed: card.confirmed, told, ofRecord, byLaw: ground.by === 'law' })
  // another level is another reply clock (C1)
  const isSame = told && fresh.state === 'notified' && card.level === finding.level
  return isSame && stood !== null ? stood : fresh
}

/** Declined of another finding: of this one it is raised as though nobody had said anything yet. */
const raisedAnew = (card: Card): Card =>
  card.state === 'revoked'
    ? { ...card, state: 'lifted', stood: null, replyDueAt: null, confirmed: false, lift: null }
    : card

/** What is found of a card, written anew: nothing of what people made of it. */
const refound = (card: Card, finding: Finding, ground: Ground): CardFound => {
  const wasTold = isTold({ state: stoodOf(card)?.state ?? 'raised', ofRecord: card.ofRecord })
  // no fact makes a card one of record that was told; a setting of the office may (C10)
  const keepsTold = wasTold && card.state !== 'lifted' && ground.by !== 'law'
  const ofRecord = keepsTold ? false : ofRecordAt(ground, finding.limitAt)
  const level = card.downgradedTo ?? finding.level
  return { ...foundOf(ground, finding, card.cardId, ofRecord), level }
}

const withFinding = (before: Card, given: Finding, ground: Ground): Card => {
  const doubted = isContested(given) || isUncovered(given) ? withDoubt(before, given, ground) : null
  if (doubted !== null) return doubted
  const finding = undeclined(given, before)
  if (finding === null) {
    const declined = withDeclinedFinding(before, ground)
    if (declined.state !== 'revoked') return declined
    return { ...declined, ...refound(declined, declinedAs(given, before), ground) }
  }
  const card = leftBy(raisedAnew(before), finding, ground.by)
  const found = refound(card, finding, ground)
  const { level, ofRecord } = found
  const lift = askedOf(card, ground.by)
  return { ...card, ...found, ...standOf(card, { ...finding, level }, ground, ofRecord), stood: null, lift }
}

/** The card under the law in force, where it stands against its facts. `finding`: what these give, contested; else undefined. */
const underLaw = (card: Card, finding: Finding | undefined, ground: Ground): Card => {
  const told = toldUnder(card, ground)
  if (told === null) return card
  if (told.finding === undefined) {
    const rested = restedByLaw(card)
    if (finding === undefined) return rested
    const found = refound(rested, finding, ground)
    return { ...rested, ...found, ...standOf(rested, finding, ground, found.ofRecord), stood: null }
  }
  if (told.finding.limitAt === card.limitAt) return card
  const { ofRecord, provisional, contested, doubted } = card
  const found = foundOf({ ...ground, subject: told.subject }, told.finding, card.cardId, ofRecord)
  const level = card.downgradedTo ?? told.finding.level
  return { ...card, ...found, level, provisional, contested, doubted }
}

const sameLift = (a: Card['lift'], b: Card['lift']): boolean => a === b || JSON.stringify(a) === JSON.stringify(b)

const isSame = (a: Card, b: Card): boolean =>
  a.state === b.state && a.replyDueAt === b.replyDueAt && sameLift(a.lift, b.lift) && sameFinding(a, b)

/** Whom a card names, in codes: department, window, person. */
const namedBy = ({ department, holder: { window, operator } }: Card): string =>
  [department, window, operator].map((code) => code ?? '-').join('·')

/** The name of the move that brings a card from `before` to `card`. */
const moveTo = (before: Card | null, card: Card): string => {
  if (before === null) return 'raise'
  if (card.state === 'to_lift') return before.state === 'overtaken' ? 'restore' : 'ask_lift'
  // whoever is named instead of another, and whoever no longer is, reads it in the history (C3)
  if (card.state === before.state) return namedBy(card) === namedBy(before) ? 'reckon' : 'reassign'
  if (card.state === 'overtaken') return 'overtake'
  if (card.state === 'lifted') return 'lift'
  if (before.state === 'to_confirm' && card.state === 'notified') return 'notify'
  return isStanding(before) && before.state !== 'to_lift' ? 'reckon' : 'restore'
}

/** Cards of one subject after judging found `findings`. */
export const changeCards = (before: readonly Card[], findings: readonly Finding[], ground: Ground): CardChange => {
  const found = new Map(findings.map((f) => [cardIdOf(ground.subject, f.rule, f.occasion), f]))
  const candidates: Candidate[] = before.map((card) => {
    const finding = found.get(card.cardId)
    found.delete(card.cardId)
    const next = finding === undefined ? withoutFinding(card, ground) : withFinding(card, finding, ground)
    return { before: card, card: underLaw(next, finding, ground) }
  })
  for (const [cardId, finding] of found) candidates.push({ before: null, card: raiseCard(ground, finding, cardId) })
  const cards: Card[] = []
  const changed: Card[] = []
  const moves: CardMove[] = []
  const asked = withHeirs(candidates, ground).map((each) => ({ ...each, card: bearing(each.card, ground.counted) }))
  for (const [i, card] of settleFamilies(asked).entries()) {
    const former = asked[i]?.before ?? null
    if (former !== null && isSame(former, card)) {
      cards.push(former)
      continue
    }
    const next = { ...card, moves: card.moves + 1 }
    cards.push(next)
    changed.push(next)
    const { by, now } = ground
    const move = moveTo(former, card)
    const why = move === 'reassign' && former !== null ? `${namedBy(former)} → ${namedBy(card)}` : by
    moves.push({ cardId: card.cardId, n: next.moves, at: now, move, state: card.state, by, why })
  }
  return { cards, changed, moves }
}
