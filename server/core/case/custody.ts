// Custody (F4): who in fact held the case at every instant, from its facts alone. Spans follow each other; the last is
// open. While one joint member is asked it has the case until it replies, whatever the lead does meanwhile; of several the
// lead has it. The law over it (who answers) is laid by judging, never here. What is kept is who had it by which word, so that
// another telling of the firsts is read from the same words (F5). Rules: F1, F4, F5, I15, M5.

import type { Holder, HolderRole } from '../card/card.ts'
import type { Instant } from '../time/instant.ts'
import type { Draft } from './draft.ts'
import { type Fact, type Json, phaseOf } from './event.ts'
import { text } from './fold-read.ts'
import { standsAt } from './stands.ts'
import type { CaseState, Custody, Mark } from './state.ts'

const ROLES: Readonly<Record<string, HolderRole>> = {
  front_to_back: 'back',
  back_to_front: 'front',
  upward: 'upper',
  downward: 'back',
  intermediary: 'intermediary',
  applicant: 'applicant',
}

type Codes = Pick<Mark, 'org' | 'window' | 'operator' | 'operatorName'>

/** An office that has the case, and whether its org was told or only taken from who handed it over. */
interface Hold {
  readonly holder: Holder
  readonly orgTold: boolean
}

/** The window, org and operator of the event itself. */
const holderOf = ({ org, window, operator, operatorName }: Codes, role: HolderRole): Holder => ({
  role,
  org,
  window,
  operator,
  operatorName,
})

/** Whoever stood behind an event: its window at the front, else the back office. */
export const holderBehind = (mark: Codes): Holder => holderOf(mark, mark.window === null ? 'back' : 'front')

export const NOBODY = { org: null, window: null, operator: null, operatorName: null }

const told = (holder: Holder): Hold => ({ holder, orgTold: true })

/** HANDOVER names its receiver as an object of codes, or as one code: a window at the front, else a department. */
const receiver = (fact: Fact): Hold => {
  const role = ROLES[text(fact.payload.direction) ?? ''] ?? 'back'
  const to = fact.payload.to
  // whatever codes stand beside it: the applicant is no office
  if (role === 'applicant') return told({ role, ...NOBODY })
  if (typeof to === 'object' && to !== null && !Array.isArray(to)) {
    const codes = to as { readonly [key: string]: Json }
    const org = text(codes.org_code)
    const holder: Holder = {
      role,
      org: org ?? fact.org,
      window: text(codes.window_no),
      operator: text(codes.operator_id),
      operatorName: text(codes.operator_name),
    }
    return { holder, orgTold: org !== null }
  }
  const code = text(to)
  if (role === 'front')
    return { holder: { ...NOBODY, role, org: fact.org, window: code ?? fact.window }, orgTold: code === null }
  return told({ ...NOBODY, role, org: code ?? fact.org })
}

/** The office that had the case last: joint members are asked by it and are none. */
const baseOf = ({ holder, lead, orgTold }: Custody): Hold => ({ holder: lead ?? holder, orgTold })

/** Before anybody took it by word it was with whoever opened it. */
export const openedBy = ({ received, accepted, first }: Pick<CaseState, 'received' | 'accepted' | 'first'>): Hold =>
  told(holderBehind(received ?? accepted ?? first))

/** The last office before the present one that was not the applicant. */
const officeBefore = (draft: Draft): Hold => {
  const { custody } = draft
  for (let i = custody.length - 1; i >= 0; i--) {
    const base = baseOf(custody[i] as Custody)
    if (base.holder.role !== 'applicant') return base
  }
  return openedBy(draft)
}

/** The office that an event puts in charge, or null where it changes nothing. */
const nextBase = (draft: Draft, fact: Fact, base: Hold): Hold | null => {
  switch (fact.type) {
    case 'RECEIVE':
    case 'ACCEPT':
      return told(holderOf(fact, 'front'))
    case 'STEP_START':
      // a joint member stays one through its own steps, so that its reply hands the case back
      return draft.open.asked.has(fact.org) ? null : told(holderBehind(fact))
    case 'HANDOVER':
      return receiver(fact)
    case 'CORRECT_NOTICE':
      // one that was answered on its bare day has put nobody in charge
      return draft.open.notices.length === 0 ? null : told({ role: 'applicant', ...NOBODY })
    case 'CORRECT_DONE':
      return base.holder.role === 'applicant' ? officeBefore(draft) : null
    default:
      return null
  }
}

/** The one member that is still asked, as far as it is known; null: none is, or several are. */
const soleMember = ({ open, custody }: Draft, fact: Fact): Holder | null => {
  if (open.asked.size !== 1) return null
  const [org = null] = open.asked.keys()
  if (fact.type === 'STEP_START' && fact.org === org) return holderOf(fact, 'joint')
  const held = custody[custody.length - 1]?.holder
  return held?.role === 'joint' && held.org === org ? held : { ...NOBODY, role: 'joint', org }
}

const same = (a: Holder | null, b: Holder | null): boolean =>
  a?.role === b?.role && a?.org === b?.org && a?.window === b?.window && a?.operator === b?.operator

const MOVES: ReadonlySet<Fact['type']> = new Set([
  'RECEIVE',
  'ACCEPT',
  'STEP_START',
  'HANDOVER',
  'CORRECT_NOTICE',
  'CORRECT_DONE',
  'JOINT_DISPATCH',
  'JOINT_REPLY',
])

const isSameHold = (a: Custody, b: Pick<Custody, 'holder' | 'lead'>): boolean =>
  same(a.holder, b.holder) && same(a.lead, b.lead)

/** When whoever has it took it over: the same holder's further words take it from nobody. */
const takenAt = (custody: readonly Custody[]): Instant | null => {
  let i = custody.length - 1
  while (i > 0 && custody[i]?.of === undefined && isSameHold(custody[i - 1] as Custody, custody[i] as Custody)) i--
  return custody[i]?.from ?? null
}

/** A receipt or an acceptance was told otherwise since: by that telling somebody else had it in between (F5). */
const isRetold = ({ rivals }: Draft, { from, phase }: Custody): boolean =>
  rivals.some(({ of, told }) => {
    if (of !== 'received' && of !== 'accepted') return false
    const at = standsAt(told)
    return at > from || (at === from && phaseOf(of === 'received' ? 'RECEIVE' : 'ACCEPT') >= phase)
  })

/** It says nothing that the span before it does not say, by whatever telling. */
const isIdle = (draft: Draft, last: Custody | undefined, next: Custody): boolean => {
  if (last === undefined || !isSameHold(last, next)) return false
  if (next.carried === 'still') return true
  return last.of === next.of && last.carried === next.carried && !isRetold(draft, last)
}

/** The next span, where an event puts somebody in charge. The same holder again by the same word opens none. */
export const moveCustody = (draft: Draft, fact: Fact, first?: Custody['of']): void => {
  if (!MOVES.has(fact.type)) return
  const { custody } = draft
  const last = custody[custody.length - 1]
  const { begunBy } = draft.open
  // a step known by its day alone that had ended before somebody else took the case
  if (fact.type === 'STEP_START' && begunBy !== null && (takenAt(custody) ?? begunBy) > begunBy) return
  const before = last === undefined ? told(holderBehind(draft.first)) : baseOf(last)
  const moved = nextBase(draft, fact, before)
  const member = soleMember(draft, fact)
  if (last === undefined && moved === null && member === null) return
  const { holder: office, orgTold } = moved ?? before
  const still = moved === null ? { carried: 'still' as const } : {}
  const carried = fact.type === 'CORRECT_DONE' ? { carried: 'back' as const } : still
  const by = { ...(first === undefined ? {} : { of: first }), ...carried, phase: phaseOf(fact.type) }
  // what the applicant has to hand in nobody else can
  const isMembers = member !== null && office.role !== 'applicant'
  const hold = isMembers ? { holder: member, lead: office } : { holder: office, lead: null }
  const next: Custody = { from: standsAt(fact), ...hold, orgTold, ...by }
  if (!isIdle(draft, last, next)) custody.push(next)
}

/**
 * Who had the case in fact, by its own telling or by another one: what a word does not name is as the words before it have
 * it, and before the first of them as whoever opened the case.
 */
export const custodyOf = (
  state: Pick<CaseState, 'custody' | 'received' | 'accepted' | 'first'>,
): readonly Custody[] => {
  let base = openedBy(state)
  let office = base
  return state.custody.map((span) => {
    if (span.carried === undefined) base = baseOf(span)
    else if (span.carried === 'back') base = office
    if (base.holder.role !== 'applicant') office = base
    const { holder, orgTold } = base
    if (span.lead === null || holder.role === 'applicant') return { ...span, holder, lead: null, orgTold }
    return { ...span, lead: holder, orgTold }
  })
}

/** Custody as it is told: whoever holds the case on, by whatever further word, holds it in one span. */
export const heldSpans = (spans: readonly Custody[]): Custody[] => {
  const held: Custody[] = []
  for (const span of spans) {
    const last = held[held.length - 1]
    if (last === undefined || !same(last.holder, span.holder) || !same(last.lead, span.lead)) held.push(span)
  }
  return held
}

/** Who held the case in fact at an instant: the last span begun at or before it; before the first, the first. */
export const holderAt = (spans: readonly Custody[], at: Instant): Holder => {
  for (let i = spans.length - 1; i >= 0; i--) {
    const span = spans[i] as Custody
    if (span.from <= at) return span.holder
  }
  return spans[0]?.holder ?? { role: 'back', ...NOBODY }
}
