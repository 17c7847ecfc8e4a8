// Duties: the further clocks a case bears beside promise, statute and steps – the notice of corrections, delivery, the cap
// of each pause, the review by a lower level, each joint member's reply (T9). Each knows when it was met. Where a source
// cannot send what would meet it, the duty is not known and there is no clock (I12). What is owed on complaints and bad
// ratings has its due days only: no event says that it was done. Pure, by facts and law alone.

import type { Instant } from '../time/instant.ts'
import { dueOf, type Limit } from '../time/limit.ts'
import { type Asked, couldTell } from './ability.ts'
import type { JudgedPause } from './pauses.ts'
import { type Clock, type ClockGrounds, type ClockKind, clockOf, holding, startingAt, statedClock } from './reckon.ts'
import { isAfter, standsAt } from './stands.ts'
import type { End, JointTask, Mark } from './state.ts'
import { statedAsOf } from './stated.ts'

export interface Duty {
  readonly clock: Clock
  /** When it was met, or the conclusion that ended it; null while it is owed. */
  readonly endedAt: Instant | null
  /** It outlives the conclusion of the case. */
  readonly outlives: boolean
  /** The member that owes it, where the facts name one. */
  readonly member: string | null
  /** The fact that opened it: a pause, a dispatch, a complaint; null: the case itself. */
  readonly opened: Mark | null
  /** Some event says when it was met. Where none does, or where it may have been met in another order of one day (I15), it tells when it is due, and never that it is late. */
  readonly heard: boolean
}

export interface DutyGrounds extends ClockGrounds {
  readonly receivedAt: Instant | null
  /** Acceptance was found by silence: the notice was owed and did not come (T8). */
  readonly deemed: boolean
  readonly acceptedAt: Instant | null
  readonly statute: Clock | null
  readonly concluded: End | null
  readonly granted: boolean
}

export interface Duties {
  readonly duties: readonly Duty[]
  /** What could not be known, for want of a source that can say it. */
  readonly unknown: readonly string[]
}

const earlier = (a: Instant | null, b: Instant | null): Instant | null =>
  a === null ? b : b === null ? a : a < b ? a : b

/** A clock that no pause, no extension and no local way of counting moves, on the ground of its own day (T10). */
const plain = (at: DutyGrounds, kind: ClockKind, start: Instant, limit: Limit): Clock => {
  const rule = { countAcceptanceDay: false, dueAtClosing: false }
  const input = { start, limit, pauses: [], extendWorkDays: 0, rule }
  const { grounds } = startingAt(at, { at: start, precision: null })
  const due = dueOf(grounds.calendar, input)
  return {
    kind,
    ref: '',
    stepCode: null,
    grounds,
    limit,
    limitFrom: 'law',
    stated: null,
    input,
    due,
    extendedBy: 0,
    extensions: [],
  }
}

const workDays = (value: number): Limit => ({ unit: 'WD', value })

/** Who speaks of a case, and when. */
type Spoken = Pick<Mark, 'source' | 'at'>

/** What would meet a duty can never come from its source: whether it was met is not known (I12). */
const isUnheard = (at: DutyGrounds, spoke: Spoken, type: Asked, unknown: string[]): boolean => {
  if (couldTell(at.state, at.grounds.law, spoke, type)) return false
  unknown.push(type)
  return true
}

/** T8: told only where it was missed; otherwise acceptance itself is the answer. */
const noticeDuty = (at: DutyGrounds): Duty | null => {
  if (!at.deemed || at.receivedAt === null) return null
  const clock = plain(at, 'notice', at.receivedAt, workDays(at.grounds.law.profile.noticeWorkDays))
  const told = earlier(at.state.notices[0]?.at ?? null, at.state.accepted?.at ?? null)
  return {
    clock,
    endedAt: earlier(told, at.concluded?.at ?? null),
    outlives: false,
    member: null,
    opened: null,
    heard: true,
  }
}

/** 许可 44: what was granted is delivered within ten working days of the decision. */
const deliveryDuty = (at: DutyGrounds, unknown: string[]): Duty | null => {
  const { law, item } = at.grounds
  // the item is that of the acceptance: what was granted under it is delivered under it
  if (!at.granted || !law.profile.deliveryTypes.has(item?.itemType ?? null)) return null
  const { concluded } = at
  if (concluded === null) return null
  const decided = at.state.ends.find((end) => end.type === 'DECIDE' && !isAfter(end, concluded)) ?? concluded
  // what was handed out before the decision was something else
  const delivered = at.state.deliveries.find((mark) => standsAt(mark) >= decided.at)
  if (delivered === undefined && !couldTell(at.state, law, decided, 'DELIVER')) {
    unknown.push('DELIVER')
    return null
  }
  const clock = plain(at, 'delivery', decided.at, workDays(law.profile.deliveryWorkDays))
  return { clock, endedAt: delivered?.at ?? null, outlives: true, member: null, opened: null, heard: true }
}

/** T6: a lawful pause has a limit of its own; an unlawful one stopped nothing (P-03). */
const pauseDuty = (at: DutyGrounds, judged: JudgedPause, unknown: string[]): Duty | null => {
  const { pause, lawful, cap } = judged
  const endAt = at.concluded?.at ?? null
  if (!lawful || (endAt !== null && pause.at >= endAt)) return null
  if (pause.to === null && isUnheard(at, pause, 'RESUME', unknown)) return null
  const limitFrom = pause.approvedDays === null ? 'law' : 'event'
  const from = cap.unit === 'H' ? standsAt(pause) : pause.at
  const clock = { ...plain(at, 'pause', from, cap), ref: pause.eventId, limitFrom } as const
  const heard = pause.perhapsEnded !== true
  return { clock, endedAt: earlier(pause.to, endAt), outlives: false, member: null, opened: pause, heard }
}

/** 许可 43: from acceptance to the hand-over upward; owed where the item says so, or where one was made. */
const reviewDuty = (at: DutyGrounds, unknown: string[]): Duty | null => {
  const { item, law } = at.grounds
  const { acceptedAt } = at
  if (acceptedAt === null) return null
  // handed up before it was accepted there: the lower level had done its part
  const upward = at.state.upward[0] ?? null
  const listed = item?.firstReview ?? null
  if (listed === null && (upward === null || upward.at < acceptedAt)) return null
  const spoke = at.state.accepted ?? at.state.first
  if (upward === null && isUnheard(at, spoke, 'HANDOVER', unknown)) return null
  const clock = clockOf(at, 'review', listed ?? law.profile.firstReview, listed === null ? 'law' : 'catalogue')
  const endedAt = earlier(upward?.at ?? null, at.concluded?.at ?? null)
  return { clock, endedAt, outlives: false, member: null, opened: null, heard: true }
}

/** The reply of a member: as stated or by the item, of both the earlier (T10), else within the case's own statute. */
const jointClock = (at: DutyGrounds, task: JointTask): Clock | null => {
  const here = startingAt(at, task)
  const asOf = statedAsOf(here.grounds.calendar, task)
  const event = task.statedDue === null ? null : statedClock(here, 'joint', task.statedDue, asOf)
  const listed = here.grounds.item?.jointReply ?? null
  const catalogue = listed === null ? null : clockOf(here, 'joint', listed, 'catalogue')
  const own = holding(here, { catalogue, event }, { limit: null, due: task.statedDue, asOf }, [])
  if (own !== null) return own
  return at.statute === null ? null : { ...at.statute, kind: 'joint' }
}

const jointDuty = (at: DutyGrounds, task: JointTask, unknown: string[]): Duty | null => {
  const endAt = at.concluded?.at ?? null
  const clock = jointClock(at, task)
  if (clock === null || (endAt !== null && task.at > endAt)) return null
  if (task.repliedAt === null && isUnheard(at, task, 'JOINT_REPLY', unknown)) return null
  const endedAt = earlier(task.repliedAt, endAt)
  const named = { member: task.member, opened: task }
  return { clock: { ...clock, ref: task.eventId }, endedAt, outlives: false, ...named, heard: true }
}

/** What is owed to somebody who spoke, from that day on and beyond the end of the case. */
const answerDuty = (at: DutyGrounds, kind: ClockKind, spoke: Mark, days: number): Duty => {
  const clock = { ...plain(at, kind, spoke.at, workDays(days)), ref: spoke.eventId, limitFrom: 'profile' } as const
  return { clock, endedAt: null, outlives: true, member: null, opened: spoke, heard: false }
}

/** T9: each complaint is taken up and answered, each bad rating that somebody gave is answered. */
const feedbackDuties = (at: DutyGrounds): Duty[] => {
  const { takeUpWorkDays, answerWorkDays, badRatingFrom, badRatingWorkDays } = at.grounds.law.profile.feedback
  const bad = at.state.ratings.filter(({ level, active }) => active && level >= badRatingFrom)
  return [
    ...at.state.complaints.flatMap((spoke) => [
      answerDuty(at, 'complaint_take_up', spoke, takeUpWorkDays),
      answerDuty(at, 'complaint_answer', spoke, answerWorkDays),
    ]),
    ...bad.map((spoke) => answerDuty(at, 'bad_rating_answer', spoke, badRatingWorkDays)),
  ]
}

/** Every duty of a case, in a fixed order. */
export const dutiesOf = (at: DutyGrounds): Duties => {
  const unknown: string[] = []
  const found = [
    noticeDuty(at),
    ...at.pauses.map((pause) => pauseDuty(at, pause, unknown)),
    reviewDuty(at, unknown),
    ...at.state.joint.map((task) => jointDuty(at, task, unknown)),
    deliveryDuty(at, unknown),
    ...feedbackDuties(at),
  ]
  return { duties: found.filter((duty) => duty !== null), unknown }
}
