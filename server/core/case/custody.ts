// Custody (F4): who in fact held the case at every instant, from its facts alone. Spans follow each other; the last is
// open. While one joint member is asked it has the case until it replies, whatever the lead does meanwhile; of several the
// lead has it. The law over it (who answers) is laid by judging, never here. Rules: F4, I15, M5.

import type { Holder, HolderRole } from '../card/card.ts'
import type { Instant } from '../time/instant.ts'
import type { Draft } from './draft.ts'
import type { Fact, Json } from './event.ts'
import { text } from './fold-read.ts'
import { standsAt } from './stands.ts'
import type { Custody, Mark } from './state.ts'

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

/** The last office before the present one that was not the applicant. */
const officeBefore = ({ custody }: Draft): Hold | null => {
  for (let i = custody.length - 1; i >= 0; i--) {
    const base = baseOf(custody[i] as Custody)
    if (base.holder.role !== 'applicant') return base
  }
  return null
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

/** The next span, where an event puts somebody else in charge. The same holder again by the same word opens none. */
export const moveCustody = (draft: Draft, fact: Fact, first?: Custody['of']): void => {
  if (!MOVES.has(fact.type)) return
  const { custody } = draft
  const last = custody[custody.length - 1]
  const { begunBy } = draft.open
  // a step known by its day alone that had ended before somebody else took the case
  if (fact.type === 'STEP_START' && begunBy !== null && last !== undefined && last.from > begunBy) return
  const before = last === undefined ? told(holderBehind(draft.first)) : baseOf(last)
  const moved = nextBase(draft, fact, before)
  const member = soleMember(draft, fact)
  if (last === undefined && moved === null && member === null) return
  const { holder: office, orgTold } = moved ?? before
  const isCarried = moved === null || fact.type === 'CORRECT_DONE'
  const by = { ...(first === undefined ? {} : { of: first }), ...(isCarried ? { carried: true as const } : {}) }
  // what the applicant has to hand in nobody else can
  const isMembers = member !== null && office.role !== 'applicant'
  const holder = isMembers ? member : office
  const lead = isMembers ? office : null
  if (last !== undefined && same(last.holder, holder) && same(last.lead, lead) && last.of === first) return
  custody.push({ from: standsAt(fact), holder, lead, orgTold, ...by })
}

/** The spans with who had the case before in each that is carried on; `before`: who had it before the first. */
export const carriedOn = (spans: readonly Custody[], before: Holder | null): readonly Custody[] => {
  let office = before
  return spans.map((span) => {
    const by = span.carried === true ? office : null
    const now = span.lead === null ? { ...span, holder: by ?? span.holder } : { ...span, lead: by ?? span.lead }
    const base = now.lead ?? now.holder
    if (base.role !== 'applicant') office = base
    return now
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
