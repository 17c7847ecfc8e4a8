// Pauses, notices and acceptance as the law takes them (许可 32, 45; T5, T6, T8): what stops a clock and until when, and from
// which day a case is accepted, by an act, by a correction in time, or by silence.

import type { Fact } from '../../server/core/case/event.ts'
import { type Almanac, workDaysAfter } from './almanac.ts'
import { dayOf, endOf } from './days.ts'
import { type Ground, type Limit, runOut, type Stop } from './run-out.ts'
import type { ToldPause } from './stops.ts'
import type { Story, ToldNotice } from './story.ts'
import { hit } from './tally.ts'
import { isAfter, isBare, placeOf } from './told.ts'
import { almanacOn, canSendOn, type Row, rowOn, textIn, type World } from './world.ts'

/** 许可 45: what may stand still for. */
const LAWFUL = new Set([
  ...['hearing', 'tender', 'auction', 'inspection', 'testing', 'quarantine', 'appraisal', 'expert_review'],
])
const CAP_WORK_DAYS = 30
const NOTICE_WORK_DAYS = 5

/** What holds for a case on a day (T10). */
export interface Grounds {
  readonly item: Row | null
  readonly department: string | null
  readonly calendar: Almanac
}

export const groundsOn = (world: World, story: Story, at: number): Grounds => {
  const day = dayOf(at)
  const item = rowOn(world, 'items', story.item, day)
  const department = textIn(item, 'org_code') ?? story.accepted?.org ?? story.first.org
  const listed = rowOn(world, 'departments', department, day)
  const region = textIn(listed, 'region_code') ?? story.region
  return { item, department, calendar: almanacOn(world, region, day) }
}

/** Permits and untyped items: those whose silence accepts (T8). */
export const isPermitLike = (item: Row | null): boolean => [null, '01'].includes(textIn(item, 'item_type'))

export interface JudgedPause {
  readonly told: ToldPause
  readonly from: number
  /** The last instant of its last approved day (T6). */
  readonly capAt: number
  /** When its own limit has passed: what ends on a rest day passes with the day after it (民法典 203; T-07). */
  readonly overAt: number
  /** Where it ended in fact: by a RESUME or the conclusion; null while it goes on. */
  readonly endedAt: number | null
  readonly faults: readonly string[]
  readonly stops: boolean
  readonly provisional: boolean
}

const statedLimit = (value: unknown): Limit | null => {
  const { value: n, unit } = (value ?? {}) as { value?: unknown; unit?: unknown }
  return typeof n === 'number' ? { n, unit: (unit as Limit['unit'] | undefined) ?? 'WD' } : null
}

const faultsOf = (world: World, fact: Fact): string[] => {
  const faults: string[] = []
  const canSay = (key: string): boolean => {
    if (canSendOn(world, fact.source, `SUSPEND.${key}`, dayOf(fact.at))) return true
    hit(`I12 SUSPEND.${key} cannot be sent`)
    return false
  }
  const missing = (key: string): boolean => (fact.payload[key] ?? null) === null && canSay(key)
  const { kind } = fact.payload
  // one that says no kind, and one of another kind, lacks it where its source could have said it
  const isOther = typeof kind !== 'string' || kind === 'other'
  if (isOther ? canSay('kind') : !LAWFUL.has(kind)) faults.push('kind')
  for (const key of ['notice', 'basis', 'approver']) if (missing(key === 'notice' ? 'notice_at' : key)) faults.push(key)
  return faults
}

const END_OF_TIME = Number.POSITIVE_INFINITY

/** The last instant of the last approved day: the day on which the pause's own period ends, rolled once over days off. */
const capOf = (at: Ground, fact: Fact, approved: Limit): number => {
  if (approved.n === 0) return fact.at
  return runOut(at, approved.unit === 'H' ? placeOf(fact) : fact.at, approved).at
}

const judgedPause = (world: World, story: Story, told: ToldPause): JudgedPause => {
  const { fact, resumed } = told
  const { calendar } = groundsOn(world, story, fact.at)
  const approved = statedLimit(fact.payload.approved_days)
  hit(approved === null ? 'T6 cap of the school' : `T6 approved ${approved.unit}`)
  const ground = { calendar, school: { ...world.school, countAcceptanceDay: false, dueAtClosing: false } }
  const limit = approved ?? { n: CAP_WORK_DAYS, unit: 'WD' as const }
  const capAt = capOf(ground, fact, limit)
  const endAt = story.conclusion?.at ?? END_OF_TIME
  const endedAt = Math.max(fact.at, Math.min(resumed?.at ?? END_OF_TIME, endAt))
  const faults = faultsOf(world, fact)
  const stops = !faults.some(
    (fault) => fault === 'kind' || fault === 'notice' || (fault === 'approver' && world.school.approverRequired),
  )
  for (const fault of faults) hit(`T5 pause without lawful ${fault}${stops ? ' stands' : ' stops nothing'}`)
  if (endedAt > capAt) hit('T6 clock runs past the cap')
  if (!Number.isFinite(endedAt)) hit('T6 open pause runs to its cap')
  if (endedAt === endAt && endedAt < capAt) hit('T5 conclusion ends a pause')
  const over =
    limit.n === 0
      ? { at: capAt, provisional: false }
      : runOut(ground, limit.unit === 'H' ? placeOf(fact) : fact.at, limit)
  return {
    ...{ told, from: fact.at, capAt, faults, stops },
    endedAt: Number.isFinite(endedAt) ? endedAt : null,
    overAt: over.at,
    provisional: over.provisional,
  }
}

export const judgedPauses = (world: World, story: Story): JudgedPause[] =>
  story.pauses.map((told) => judgedPause(world, story, told))

/** The pauses that stop a clock, each for its approved days at most. */
export const stopsOf = (pauses: readonly JudgedPause[]): Stop[] =>
  pauses
    .filter(({ stops }) => stops)
    .map(({ told, from, endedAt, capAt }) => {
      const to = Math.min(endedAt ?? END_OF_TIME, capAt)
      const { fact, resumed } = told
      // of a bare day it may have begun at its end, and may have gone on to the end of one
      const isResumed = resumed !== null && endedAt === Math.max(fact.at, resumed.at)
      const hoursTo = isResumed ? Math.min(placeOf(resumed), capAt) : to
      return { from, begunBy: placeOf(fact), to, hoursTo: Math.max(hoursTo, to) }
    })

export interface Acceptance {
  readonly at: number | null
  /** Of an acceptance known by its day alone the last instant of it (I15). */
  readonly by: number
  readonly deemed: boolean
  /** Concluded on the merits with nothing that accepts it (P-01). */
  readonly missing: boolean
  /** End of the fifth working day after the receipt; null where T8 does not hold or nothing was received. */
  readonly noticeLimitAt: number | null
  readonly noticeProvisional: boolean
}

const BREAKS_SILENCE = ['ACCEPT', 'CORRECT_NOTICE', 'REFUSE_ACCEPT', 'DECIDE', 'COMPLETE', 'WITHDRAW', 'TERMINATE']

const isInTime = (fact: Fact, limitAt: number): boolean =>
  isBare(fact) ? dayOf(fact.at) <= dayOf(limitAt) : fact.at <= limitAt

/** What is handed in on a bare day answers no notice before it was given. */
const doneAtOf = ({ fact, done }: ToldNotice): number => Math.max(fact.at, done?.at ?? 0)

const correctedAt = (notice: ToldNotice, story: Story, limitAt: number | null): number | null => {
  if (notice.done === null || isAfter(notice.done, story.conclusion)) return null
  if (limitAt !== null && !isInTime(notice.fact, limitAt)) {
    hit('T8 late notice')
    return null
  }
  return doneAtOf(notice)
}

/** From when the case counts as accepted, seen at `now` (T8, M2). */
export const acceptanceOf = (world: World, story: Story, now: number): Acceptance => {
  const { received, accepted, conclusion } = story
  const early = groundsOn(world, story, (received ?? story.first).at)
  const school = { ...world.school, countAcceptanceDay: false, dueAtClosing: false }
  const applies = isPermitLike(early.item)
  const limit =
    applies && received !== null
      ? runOut({ calendar: early.calendar, school }, received.at, { n: NOTICE_WORK_DAYS, unit: 'WD' })
      : null
  const ways: number[] = []
  if (accepted !== null) {
    hit('T8 accepted by word')
    ways.push(accepted.at)
  }
  if (applies)
    for (const notice of story.notices) {
      const at = correctedAt(notice, story, limit?.at ?? null)
      if (at !== null) ways.push(at)
      if (at !== null && at < (accepted?.at ?? Number.POSITIVE_INFINITY)) hit('T8 accepted by a correction')
    }
  const silent =
    limit !== null &&
    received !== null &&
    now > limit.at &&
    !story.facts.some((fact) => BREAKS_SILENCE.includes(fact.type) && isInTime(fact, limit.at)) &&
    BREAKS_SILENCE.slice(0, 3).every((type) => canSendOn(world, received.source, type, dayOf(received.at)))
  if (silent) hit('T8 accepted by silence')
  if (silent && received !== null) ways.push(received.at)
  const at = ways.length === 0 ? null : Math.min(...ways)
  const onMerits = conclusion !== null && (conclusion.type === 'DECIDE' || conclusion.type === 'COMPLETE')
  const missing = at === null && onMerits
  if (missing) hit('M2 concluded without acceptance')
  const acceptedAt = missing ? (received ?? story.first).at : at
  const accepting = [accepted, received, missing ? story.first : null].filter((fact) => fact?.at === acceptedAt)
  const handedIn = story.notices.filter((notice) => doneAtOf(notice) === acceptedAt).map(({ done }) => done)
  const bare = [...accepting, ...handedIn].find((fact) => fact !== null && isBare(fact)) ?? null
  return {
    at: acceptedAt,
    by: bare === null ? (acceptedAt ?? 0) : placeOf(bare),
    deemed: silent && received !== null && at === received.at,
    missing,
    noticeLimitAt: limit?.at ?? null,
    noticeProvisional: limit?.provisional ?? false,
  }
}

export const workDaysLater = (calendar: Almanac, at: number, n: number): number =>
  endOf(workDaysAfter(calendar, dayOf(at), n))
