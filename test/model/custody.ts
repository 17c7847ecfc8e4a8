// Who held a case in fact at an instant, and who answers for it by the law (F4, M5): read from the events from the top to the
// bottom for every question anew.

import type { Fact } from '../../server/core/case/event.ts'
import { dayOf } from './days.ts'
import type { Acceptance, JudgedPause } from './pauses.ts'
import type { ToldDispatch } from './spans.ts'
import type { Story } from './story.ts'
import { hit } from './tally.ts'
import { isAfter, placeOf } from './told.ts'
import { canSendOn, rowOn, textIn, type World } from './world.ts'

export interface Who {
  readonly org: string | null
  readonly window: string | null
  readonly operator: string | null
}

export const whoOf = ({ org, window, operator }: Pick<Fact, 'org' | 'window' | 'operator'>): Who => ({
  org,
  window,
  operator,
})

const NOBODY: Who = { org: null, window: null, operator: null }

/** Who a HANDOVER names; a window named alone is of its own department, where the catalogue knows it. */
const placed = (world: World, { payload, org, window, at }: Fact): Who => {
  const { to, direction } = payload
  if (direction === 'applicant') return NOBODY
  const isFront = direction === 'back_to_front'
  if (typeof to === 'string') {
    if (!isFront) return { org: to, window: null, operator: null }
    const own = textIn(rowOn(world, 'windows', to, dayOf(at)), 'org_code')
    return { org: own ?? org, window: to, operator: null }
  }
  if (to === null || to === undefined) return { org, window: isFront ? window : null, operator: null }
  const row = to as Record<string, unknown>
  const text = (key: string): string | null => (typeof row[key] === 'string' ? (row[key] as string) : null)
  return { org: text('org_code') ?? org, window: text('window_no'), operator: text('operator_id') }
}

export interface Holding {
  readonly world: World
  readonly story: Story
  readonly pauses: readonly JudgedPause[]
  readonly acceptance: Acceptance
  /** When the reply of a member is due. */
  readonly replyDue: (dispatch: ToldDispatch) => number | null
}

/** What was asked on a bare day is asked from its beginning, for nobody knows better. */
const isOpenAt = (from: Fact, to: Fact | null, at: number): boolean =>
  from.at <= at && (to === null || Math.max(to.at, from.at) > at)

/** Of whom a reply is waited for at an instant: what its source cannot send is waited for of nobody (I12). */
const askedAt = ({ world, story }: Holding, at: number): ToldDispatch[] =>
  story.dispatches.filter(
    ({ fact, replied }) =>
      !isAfter(fact, story.conclusion) &&
      isOpenAt(fact, replied, at) &&
      (replied !== null || canSendOn(world, fact.source, 'JOINT_REPLY', dayOf(fact.at))),
  )

interface Hands {
  /** The office that has it, or the applicant. */
  readonly base: Who | 'applicant'
  /** The last office that had it. */
  readonly office: Who
  /** The only member asked, by its own step if it began one. */
  readonly member: Who | null
}

/** What an event makes of the office that had the case. */
const officeAfter = (
  { world, story }: Holding,
  hands: Hands,
  fact: Fact,
  asked: ReadonlySet<string | null>,
): Hands['base'] => {
  if (fact === story.received || fact === story.accepted || story.reopenings.includes(fact)) return whoOf(fact)
  if (fact.type === 'STEP_START' && !asked.has(fact.org)) return whoOf(fact)
  if (fact.type === 'HANDOVER') return fact.payload.direction === 'applicant' ? 'applicant' : placed(world, fact)
  const notice = story.notices.find((one) => one.fact === fact)
  // one that was answered on its bare day put nobody in charge
  const isAnswered =
    notice?.done !== null && notice?.done !== undefined && story.facts.indexOf(notice.done) < story.facts.indexOf(fact)
  if (notice !== undefined && !isAnswered) return 'applicant'
  return fact.type === 'CORRECT_DONE' && hands.base === 'applicant' ? hands.office : hands.base
}

const memberAfter = (hands: Hands, fact: Fact, asked: ReadonlySet<string | null>): Who | null => {
  if (asked.size !== 1 || hands.base === 'applicant') return null
  const [org = null] = asked
  if (fact.type === 'STEP_START' && fact.org === org) return whoOf(fact)
  return hands.member?.org === org ? hands.member : { org, window: null, operator: null }
}

/** At the front, in the back office, or wherever it was handed; null: it moves nobody. */
const roleOf = ({ type, window, payload }: Fact): string | null => {
  if (type === 'RECEIVE' || type === 'ACCEPT') return 'front'
  if (type === 'STEP_START') return window === null ? 'back' : 'front'
  return type === 'HANDOVER' ? String(payload.direction) : null
}

/** In whose hands it was in fact at an instant. */
const handsAt = (holding: Holding, at: number): Hands => {
  const { story } = holding
  const opened = whoOf(story.received ?? story.accepted ?? story.first)
  let hands: Hands = { base: opened, office: opened, member: null }
  let held = { by: '', role: '' }
  let since = Number.NEGATIVE_INFINITY
  for (const fact of story.facts) {
    if (placeOf(fact) > at) break
    // what comes after the end is kept and moves nobody (F5)
    const end = story.conclusion
    if (isAfter(fact, end) || (end !== null && placeOf(fact) > placeOf(end))) continue
    const open = story.dispatches.filter(
      (one) =>
        placeOf(one.fact) <= placeOf(fact) &&
        story.facts.indexOf(one.fact) <= story.facts.indexOf(fact) &&
        (one.replied === null || story.facts.indexOf(one.replied) > story.facts.indexOf(fact)),
    )
    const asked = new Set(open.map(({ member }) => member))
    // a step known by its day alone that had ended before somebody else took the case
    const ended = story.steps.find((step) => step.fact === fact)?.ended ?? null
    if (fact.type === 'STEP_START' && ended !== null && story.facts.indexOf(ended) < story.facts.indexOf(fact))
      if (since > placeOf(ended)) continue
    const base = officeAfter(holding, hands, fact, asked)
    const moved = { base, office: base === 'applicant' ? hands.office : base, member: hands.member }
    const next = { ...moved, member: memberAfter(moved, fact, asked) }
    const role = roleOf(fact) ?? held.role
    if (JSON.stringify([next.base, next.member]) !== held.by || role !== held.role) since = placeOf(fact)
    held = { by: JSON.stringify([next.base, next.member]), role }
    hands = next
  }
  return hands
}

/** The member that answers: the only one asked; of several the one whose reply was due first, if it passed (M5). */
const memberAt = (holding: Holding, hands: Hands, at: number): Who | null => {
  const asked = askedAt(holding, at)
  const members = new Set(asked.map(({ member }) => member))
  if (members.size === 0) return null
  const bare = (org: string | null): Who =>
    hands.member?.org === org ? hands.member : { org, window: null, operator: null }
  if (members.size === 1) {
    hit('F4 the member asked')
    return bare(asked[0]?.member ?? null)
  }
  const [passed] = asked
    .map((dispatch) => ({ dispatch, due: holding.replyDue(dispatch) }))
    .filter(({ due }) => due !== null && due < at)
    .sort((a, b) => (a.due ?? 0) - (b.due ?? 0))
  hit(passed === undefined ? 'M5 several members, none late: the lead' : 'M5 the member whose reply was due first')
  return passed === undefined ? null : bare(passed.dispatch.member)
}

const lastOf = (facts: readonly Fact[]): Fact | undefined => facts.toSorted((a, b) => a.at - b.at).at(-1)

/** Who answers at an instant: over custody lies the law (F4). */
export const answerableAt = (holding: Holding, asked: number): Who => {
  const { story, pauses, acceptance } = holding
  // before the first event, what held at it
  const at = Math.max(asked, story.first.at)
  const faulty = pauses.filter(({ told, stops, capAt, from, endedAt }) => {
    if (told.perhapsEnded) return false
    const begins = stops ? capAt + 1 : from
    return begins <= at && at < (endedAt ?? Number.POSITIVE_INFINITY)
  })
  const pause = lastOf(faulty.map(({ told }) => told.fact))
  if (pause !== undefined) {
    hit('F4 pause answered by whoever ordered it')
    return whoOf(pause)
  }
  // a late notice is one after the acceptance by silence; of a bare day and a stamp of it neither is after
  const isOutside = (fact: Fact): boolean => {
    if (acceptance.at === null) return false
    return fact.at > acceptance.by
  }
  const outside = story.notices.filter(({ fact, done }) => isOutside(fact) && isOpenAt(fact, done, at))
  const notice = lastOf(outside.map(({ fact }) => fact))
  if (notice !== undefined) {
    hit('F4 correction answered by whoever ordered it')
    return whoOf(notice)
  }
  const hands = handsAt(holding, at)
  if (hands.base !== 'applicant') return memberAt(holding, hands, at) ?? hands.base
  // handed to the applicant without a notice: whoever handed it over answers
  return story.notices.some(({ fact, done }) => isOpenAt(fact, done, at)) ? NOBODY : hands.office
}
