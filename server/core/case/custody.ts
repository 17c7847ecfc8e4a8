// Custody (F4): who in fact held the case at every instant, from its facts alone. Spans follow each other; the
// last is open. The law over it (the answerable holder) is laid by judging, never here. Rules: F4, M5.

import type { Holder, HolderRole } from '../card/card.ts'
import type { Instant } from '../time/instant.ts'
import type { Fact, Json } from './event.ts'
import type { Custody, Mark } from './state.ts'

const text = (value: Json | undefined): string | null => (typeof value === 'string' && value !== '' ? value : null)

const ROLES: Readonly<Record<string, HolderRole>> = {
  front_to_back: 'back',
  back_to_front: 'front',
  upward: 'upper',
  downward: 'back',
  intermediary: 'intermediary',
  applicant: 'applicant',
}

type Codes = Pick<Mark, 'org' | 'window' | 'operator' | 'operatorName'>

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

const NOBODY = { org: null, window: null, operator: null, operatorName: null }

/** HANDOVER names its receiver as an object of codes, or as one code: a window at the front, else a department. */
const receiver = (fact: Fact): Holder => {
  const role = ROLES[text(fact.payload.direction) ?? ''] ?? 'back'
  const to = fact.payload.to
  if (typeof to === 'object' && to !== null && !Array.isArray(to)) {
    const codes = to as { readonly [key: string]: Json }
    return {
      role,
      org: text(codes.org_code) ?? fact.org,
      window: text(codes.window_no),
      operator: text(codes.operator_id),
      operatorName: text(codes.operator_name),
    }
  }
  const code = text(to)
  if (role === 'applicant') return { role, ...NOBODY }
  if (role === 'front') return { ...NOBODY, role, org: fact.org, window: code ?? fact.window }
  return { ...NOBODY, role, org: code ?? fact.org }
}

const member = (fact: Fact): Holder => ({ ...NOBODY, role: 'joint', org: text(fact.payload.member) ?? fact.org })

/** The last holder before the present one whose role is not `role`. */
const holderBefore = (spans: readonly Custody[], role: HolderRole): Holder | null => {
  for (let i = spans.length - 1; i >= 0; i--) {
    const span = spans[i] as Custody
    if (span.holder.role !== role) return span.holder
  }
  return null
}

const held = (spans: readonly Custody[]): Holder | null => spans[spans.length - 1]?.holder ?? null

/** A joint member stays one through its own steps, so that its reply hands the case back. */
const stepHolder = (spans: readonly Custody[], fact: Fact, asked: readonly (string | null)[]): Holder => {
  const now = held(spans)
  const isMember = asked.includes(fact.org) || (now?.role === 'joint' && now.org === fact.org)
  return isMember ? holderOf(fact, 'joint') : holderBehind(fact)
}

/** After a reply: the member last asked of those still asked, else whoever held the case before them. */
const replied = (spans: readonly Custody[], asked: readonly (string | null)[]): Holder | null => {
  const now = held(spans)
  if (now?.role !== 'joint') return null
  if (asked.length === 0) return holderBefore(spans, 'joint')
  if (asked.includes(now.org)) return null
  return { ...NOBODY, role: 'joint', org: asked[asked.length - 1] ?? null }
}

/** The holder that an event puts in charge, or null where it changes nothing. */
const nextHolder = (spans: readonly Custody[], fact: Fact, asked: readonly (string | null)[]): Holder | null => {
  switch (fact.type) {
    case 'RECEIVE':
    case 'ACCEPT':
      return holderOf(fact, 'front')
    case 'STEP_START':
      return stepHolder(spans, fact, asked)
    case 'HANDOVER':
      return receiver(fact)
    case 'CORRECT_NOTICE':
      return { role: 'applicant', ...NOBODY }
    case 'CORRECT_DONE':
      return held(spans)?.role === 'applicant' ? holderBefore(spans, 'applicant') : null
    case 'JOINT_DISPATCH':
      return member(fact)
    case 'JOINT_REPLY':
      return replied(spans, asked)
    default:
      return null
  }
}

const same = (a: Holder, b: Holder): boolean =>
  a.role === b.role && a.org === b.org && a.window === b.window && a.operator === b.operator

/** The spans after an event; `asked`: joint members still to reply after it. The same holder again opens no new span. */
export const withCustody = (
  spans: readonly Custody[],
  fact: Fact,
  asked: readonly (string | null)[] = [],
): readonly Custody[] => {
  const holder = nextHolder(spans, fact, asked)
  if (holder === null) return spans
  const last = spans[spans.length - 1]
  if (last !== undefined && same(last.holder, holder)) return spans
  return [...spans, { from: fact.at, holder }]
}

/** Who held the case at an instant: the last span begun at or before it; before the first, the first. */
export const holderAt = (spans: readonly Custody[], at: Instant): Holder => {
  for (let i = spans.length - 1; i >= 0; i--) {
    const span = spans[i] as Custody
    if (span.from <= at) return span.holder
  }
  return spans[0]?.holder ?? { role: 'back', ...NOBODY }
}
