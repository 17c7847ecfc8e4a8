// The segments that make a due date (T14): acceptance, counted stretches, pauses, extension, roll over rest days, due.
// Whole days, each following the former: their counted parts sum to the limit, their lengths to the due day.
// Derived from the engine's own trace, never counted a second way (the slow counter of the tests does that).

import type { Calendar } from './calendar.ts'
import { addMonths } from './civil.ts'
import { asDay, type Day, type Instant } from './instant.ts'
import { type ClockInput, type Due, dueOf } from './limit.ts'
import { officeMsBetween, type Span, type Taken, type Trace } from './run.ts'

export type SegmentKind = 'accept' | 'count' | 'pause' | 'extend' | 'roll' | 'due'

export interface Segment {
  readonly kind: SegmentKind
  /** First and last day, both included. */
  readonly from: Day
  readonly to: Day
  readonly fromAt: Instant
  readonly toAt: Instant
  /** Working days (WD, extension), natural days (ND, M) or minutes of office time (H). */
  readonly counted: number
  /** Which of the input's pauses, for a pause. */
  readonly pause: number | null
}

/** A stretch of counting: so many days of a kind, working or natural. */
interface Quota {
  readonly kind: 'count' | 'extend'
  readonly natural: boolean
  left: number
}

/** Days and quotas of one phase: what follows `after` up to and with `to`. */
interface Phase {
  readonly after: Day
  readonly to: Day
  readonly quotas: Quota[]
}

interface Frame {
  readonly calendar: Calendar
  readonly pauses: readonly Span[]
  readonly out: Segment[]
}

function put({ calendar, out }: Frame, kind: SegmentKind, days: readonly [Day, Day], more?: Partial<Segment>): void {
  const [from, to] = days
  out.push({
    kind,
    from,
    to,
    fromAt: calendar.startOf(from),
    toAt: calendar.endOf(to),
    counted: 0,
    pause: null,
    ...more,
  })
}

/** The days after `after` up to `to`, given to the quotas in turn; what is left over rolls. */
function putCounted(frame: Frame, after: Day, to: Day, quotas: readonly Quota[]): void {
  let done = after
  for (const quota of quotas) {
    if (done >= to) return
    if (quota.left === 0) continue
    const there = quota.natural ? to - done : frame.calendar.countWorkDays(done, to)
    const counted = Math.min(there, quota.left)
    let last = to
    if (there > counted) last = quota.natural ? asDay(done + counted) : frame.calendar.addWorkDays(done, counted)
    quota.left -= counted
    put(frame, quota.kind, [asDay(done + 1), last], { counted })
    done = last
  }
  if (done < to) put(frame, 'roll', [asDay(done + 1), to])
}

function putPhase(frame: Frame, { after, to, quotas }: Phase, trace: readonly Taken[]): void {
  let done = after
  for (const part of trace) {
    putCounted(frame, done, part.from, quotas)
    put(frame, 'pause', [asDay(part.from + 1), part.to], { pause: frame.pauses.indexOf(part.pause) })
    done = part.to
  }
  putCounted(frame, done, to, quotas)
}

/** The acceptance day; it counts where the profile makes it day 1. */
function putAcceptance(frame: Frame, input: ClockInput, day: Day): number {
  const counted = input.limit.unit === 'WD' && input.rule.countAcceptanceDay && frame.calendar.isWorkDay(day) ? 1 : 0
  put(frame, 'accept', [day, day], { counted })
  return counted
}

function putOffice(frame: Frame, input: ClockInput, due: Due, trace: readonly Taken[]): void {
  const { calendar } = frame
  const limitMinutes = input.limit.value * 60
  let passedMs = 0
  let passedMinutes = 0
  const count = (from: Instant, to: Instant): void => {
    if (to <= from) return
    passedMs += officeMsBetween(calendar, from, to)
    const counted = Math.floor(passedMs / 60_000) - passedMinutes
    passedMinutes += counted
    const kind = passedMinutes > limitMinutes && passedMinutes - counted >= limitMinutes ? 'extend' : 'count'
    put(frame, kind, [calendar.dayOf(from), calendar.dayOf(to)], { fromAt: from, toAt: to, counted })
  }
  let done = input.start
  for (const part of trace) {
    count(done, part.fromAt)
    const pause = frame.pauses.indexOf(part.pause)
    put(frame, 'pause', [part.from, part.to], { fromAt: part.fromAt, toAt: part.toAt, pause })
    done = part.toAt
  }
  count(done, due.dueAt)
}

function putDays(frame: Frame, input: ClockInput, due: Due, trace: Trace): void {
  const { calendar } = frame
  const accept = calendar.dayOf(input.start)
  const first = putAcceptance(frame, input, accept)
  const extend: Quota = { kind: 'extend', natural: false, left: input.extendWorkDays }
  if (input.limit.unit === 'WD') {
    const count: Quota = { kind: 'count', natural: false, left: input.limit.value - first }
    putPhase(frame, { after: accept, to: due.dueOn, quotas: [count, extend] }, trace)
    return
  }
  const inner: Trace = []
  const before = dueOf(calendar, { ...input, extendWorkDays: 0 }, inner).dueOn
  const natural = naturalDaysOf(calendar, input)
  const count: Quota = { kind: 'count', natural: true, left: natural }
  putPhase(frame, { after: accept, to: before, quotas: [count] }, inner)
  putPhase(frame, { after: before, to: due.dueOn, quotas: [extend] }, trace.slice(inner.length))
}

/** Natural days of ND and M without pauses and roll; none for 0. */
function naturalDaysOf(calendar: Calendar, { limit, start }: ClockInput): number {
  if (limit.unit === 'ND') return limit.value
  return limit.unit === 'M' ? monthsAsDays(calendar.dayOf(start), limit.value) : 0
}

const monthsAsDays = (day: Day, months: number): number => addMonths(day, months) - day

/** The segments from acceptance to the due day. */
export function segmentsOf(calendar: Calendar, input: ClockInput, due: Due): readonly Segment[] {
  const frame: Frame = { calendar, pauses: input.pauses, out: [] }
  const trace: Trace = []
  dueOf(calendar, input, trace)
  if (input.limit.unit === 'H') {
    const day = calendar.dayOf(input.start)
    put(frame, 'accept', [day, day], { fromAt: input.start, toAt: input.start })
    putOffice(frame, input, due, trace)
  } else putDays(frame, input, due, trace)
  put(frame, 'due', [due.dueOn, due.dueOn], { fromAt: due.dueAt, toAt: due.dueAt })
  return frame.out
}
