// From findings to cards: what should stand against what does stand → cards raised, restored, lifted, overtaken.
// The standing set hangs on the findings alone (F2); the history says how it came. Never deletes. Rules: C2, C10, T13.

import type { Law, Rule } from '../law/law.ts'
import type { Calendar } from '../time/calendar.ts'
import type { Instant } from '../time/instant.ts'
import type { Card, CardMove, CardState, Finding, SubjectKind } from './card.ts'

export interface CardSubject {
  readonly kind: SubjectKind
  readonly subject: string
  readonly projectNo: string | null
  readonly department: string
  readonly region: string
  readonly item: string
  /** All its facts come from a declared past record (I8): the earliest declared instant. */
  readonly historicalBefore: Instant | null
}

export interface CardChange {
  /** All cards of the subject after the change, in raising order. */
  readonly cards: readonly Card[]
  /** Those that changed or are new. */
  readonly changed: readonly Card[]
  readonly moves: readonly CardMove[]
}

/** The name of a card: the same for any order of arrival, so nothing is raised twice (C2). */
export const cardIdOf = (subject: CardSubject, rule: string, occasion: string): string =>
  `${rule}.${subject.kind}.${subject.subject}.${occasion}`

/** States in which a card is out: it stands in no score and on no tile. */
const OUT: ReadonlySet<CardState> = new Set(['lifted', 'overtaken', 'revoked'])
export const isStanding = (card: Card): boolean => !OUT.has(card.state)

const WAITING: ReadonlySet<CardState> = new Set(['notified', 'escalated'])
/** Yellow or red, told to its holder and not yet answered. */
export const isWaiting = (card: Card): boolean => card.level >= 2 && WAITING.has(card.state) && !card.ofRecord

/** Counted in measures (C4, T13): standing, confirmed where that is needed. */
export const isCounted = (card: Card): boolean => isStanding(card) && card.state !== 'to_confirm'

interface Ground {
  readonly subject: CardSubject
  readonly law: Law
  readonly calendar: Calendar
  readonly now: Instant
  readonly by: 'facts' | 'clock' | 'law'
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
  /** It was notified before its rule asked for a person: what was told stays told (C4, J7). */
  readonly told: boolean
}
const NO_PAST: Past = { confirmed: false, told: false }

/** The state a finding's card stands in when no person has moved it. */
const freshState = (finding: Finding, rule: Rule | undefined, said: Past & { ofRecord: boolean }): CardState => {
  // not counted until the calendar covers its date (T13) and its source has delivered (I13), of record or not
  if ((finding.provisional && finding.level >= 2) || finding.waits) return 'to_confirm'
  if (rule?.mode === 'confirm' && !said.confirmed && !said.told) return 'to_confirm'
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

const raiseCard = (ground: Ground, finding: Finding, cardId: string, past: Past): Card => {
  const { subject, law, now } = ground
  const rule = law.rules.get(finding.rule)
  const ofRecord = ofRecordAt(ground, finding.limitAt)
  const state = freshState(finding, rule, { ...past, ofRecord })
  const told = { rule: finding.rule, level: finding.level, now }
  return {
    cardId,
    rule: finding.rule,
    family: rule?.family ?? null,
    level: finding.level,
    subjectKind: subject.kind,
    subject: subject.subject,
    projectNo: subject.projectNo,
    occasion: finding.occasion,
    department: subject.department,
    region: subject.region,
    item: subject.item,
    holder: finding.holder,
    limitAt: finding.limitAt,
    raisedAt: now,
    state,
    ofRecord,
    provisional: finding.provisional,
    replyDueAt: state === 'notified' ? replyDueOf(law, ground.calendar, told) : null,
    basis: finding.basis,
    confirmed: past.confirmed,
    moves: 0,
  }
}

const sameBasis = (a: Finding['basis'], b: Finding['basis']): boolean => {
  const keys = Object.keys(a)
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key])
}

const sameFinding = (card: Card, fresh: Card): boolean =>
  card.limitAt === fresh.limitAt &&
  card.level === fresh.level &&
  card.provisional === fresh.provisional &&
  card.ofRecord === fresh.ofRecord &&
  card.department === fresh.department &&
  card.item === fresh.item &&
  card.region === fresh.region &&
  card.holder.org === fresh.holder.org &&
  card.holder.window === fresh.holder.window &&
  card.holder.operator === fresh.holder.operator &&
  card.holder.role === fresh.holder.role &&
  sameBasis(card.basis, fresh.basis)

/** A higher level overtakes; of one level, the later rule of the family. */
const isAbove = (a: Finding, b: Finding): boolean => a.level > b.level || (a.level === b.level && a.rule > b.rule)

/** Findings of a family that a higher one overtakes; one that still waits (I13) overtakes nothing. */
const overtakenOf = (findings: readonly Finding[], law: Law): ReadonlySet<Finding> => {
  const top = new Map<string, Finding>()
  const out = new Set<Finding>()
  for (const finding of findings) {
    const family = law.rules.get(finding.rule)?.family ?? null
    if (family === null || finding.waits) continue
    const best = top.get(family)
    if (best === undefined) top.set(family, finding)
    else if (isAbove(finding, best)) {
      out.add(best)
      top.set(family, finding)
    } else out.add(finding)
  }
  return out
}

const MACHINE: ReadonlySet<CardState> = new Set(['raised', 'to_confirm', 'notified', 'lifted', 'overtaken'])

/** The state an existing card takes when its finding holds: a person's move is kept, what was out comes back. */
const heldState = (card: Card, fresh: CardState, overtaken: boolean): CardState => {
  if (overtaken) return card.state === 'revoked' ? 'revoked' : 'overtaken'
  return MACHINE.has(card.state) ? fresh : card.state
}

/** The name of the move that brings a card whose finding holds from `card` to `state`. */
const moveTo = (card: Card, state: CardState): string => {
  if (state === card.state) return 'reckon'
  if (state === 'overtaken') return 'overtake'
  if (card.state === 'to_confirm' && state === 'notified') return 'notify'
  return isStanding(card) ? 'reckon' : 'restore'
}

/** A reply is owed by who is told; it starts anew when a card comes back. */
const replyDueIn = (card: Card, fresh: Card, state: CardState): Instant | null => {
  if (state === card.state && card.level === fresh.level) return card.replyDueAt
  return state === 'notified' ? fresh.replyDueAt : null
}

/** Cards of one subject after judging found `findings`. */
export const changeCards = (before: readonly Card[], findings: readonly Finding[], ground: Ground): CardChange => {
  const overtaken = overtakenOf(findings, ground.law)
  const found = new Map(findings.map((f) => [cardIdOf(ground.subject, f.rule, f.occasion), f]))
  const cards: Card[] = []
  const changed: Card[] = []
  const moves: CardMove[] = []
  const put = (card: Card, move: string, why: string): void => {
    const next = { ...card, moves: card.moves + 1 }
    cards.push(next)
    changed.push(next)
    moves.push({ cardId: card.cardId, n: next.moves, at: ground.now, move, state: card.state, by: ground.by, why })
  }
  for (const card of before) {
    const finding = found.get(card.cardId)
    found.delete(card.cardId)
    if (finding === undefined) {
      if (card.state === 'lifted' || card.state === 'revoked') cards.push(card)
      else put({ ...card, state: 'lifted', replyDueAt: null }, 'lift', ground.by)
      continue
    }
    const past = { confirmed: card.confirmed === true, told: card.state === 'notified' }
    const fresh = raiseCard(ground, finding, card.cardId, past)
    const state = heldState(card, fresh.state, overtaken.has(finding))
    if (state === card.state && sameFinding(card, fresh)) cards.push(card)
    else {
      const replyDueAt = replyDueIn(card, fresh, state)
      const next = { ...fresh, raisedAt: card.raisedAt, state, replyDueAt, moves: card.moves }
      put(next, moveTo(card, state), ground.by)
    }
  }
  for (const [cardId, finding] of found) {
    const fresh = raiseCard(ground, finding, cardId, NO_PAST)
    put(overtaken.has(finding) ? { ...fresh, state: 'overtaken', replyDueAt: null } : fresh, 'raise', ground.by)
  }
  return { cards, changed, moves }
}
