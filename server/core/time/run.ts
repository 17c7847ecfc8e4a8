// The engine under every limit: how working days, natural days and office time run on between pauses (T2, T4–T6).
// Takes pauses as they are; which of them are lawful and where they are capped is decided above.
// A trace, when asked for, tells which stretches the pauses took out. Never reads a clock.

import type { Calendar } from './calendar.ts'
import { asDay, asInstant, type Day, type Instant } from './instant.ts'

/** A pause that lawfully stops the clock, already capped: [from, to). */
export interface Span {
  readonly from: Instant
  readonly to: Instant
}

/** What one pause took out: in day units the days after `from` up to and with `to`; in hours [fromAt, toAt). */
export interface Taken {
  readonly pause: Span
  readonly from: Day
  readonly to: Day
  readonly fromAt: Instant
  readonly toAt: Instant
}

export type Trace = Taken[]

/** The same pauses by their beginning; the array itself when they already stand so. */
export function inOrder(pauses: readonly Span[]): readonly Span[] {
  for (let i = 1; i < pauses.length; i++) {
    if ((pauses[i] as Span).from < (pauses[i - 1] as Span).from) return [...pauses].sort((a, b) => a.from - b.from)
  }
  return pauses
}

/** A count of working days: (base, …], where pauses begun before `accept` count from it. */
export interface WorkDayRun {
  readonly base: Day
  readonly accept: Day
  readonly n: number
  /** The due day without pauses where it was stated: it may be a day off. */
  readonly last?: Day
  /** The last instant in time of a due day, where a pause begun behind it on that day comes too late. */
  readonly endsAt?: (due: Day) => Instant
}

/**
 * T5 in working days. S counts as used, E does not, so a pause takes out the working days of (S, E]; overlapping ones are
 * a union, because each begins where the former ended. Nothing left at S: the first working day on or after E.
 */
export function runWorkDays(calendar: Calendar, run: WorkDayRun, pauses: readonly Span[], trace: Trace | null): Day {
  const { base, n, endsAt } = run
  let due = run.last ?? calendar.addWorkDays(base, n)
  let decidedTo = run.accept
  let taken = 0
  for (const pause of pauses) {
    const begins = calendar.dayOf(pause.from)
    const from = begins > decidedTo ? begins : decidedTo
    if (from > due || (endsAt !== undefined && pause.from > endsAt(due))) break
    const to = calendar.dayOf(pause.to)
    if (to <= from) continue
    const left = n - calendar.countWorkDays(base, from) + taken
    const moved = left > 0 ? calendar.addWorkDays(to, left) : calendar.workDayOnOrAfter(to)
    // a stated day off is later than the working days to it, and no pause brings it nearer
    if (moved > due) due = moved
    taken += calendar.countWorkDays(from, to)
    decidedTo = to
    trace?.push({ pause, from, to, fromAt: pause.from, toAt: pause.to })
  }
  return due
}

/** A last day not yet rolled, and what a pause does to it. */
export interface LastDayRun {
  readonly accept: Day
  readonly last: Day
  /** Natural days of a pause move the last day (ND, M); false: it only waits for the pause's end (0). */
  readonly moves: boolean
}

/** T5 for ND, M and 0: the unrolled last day moves by the pauses' natural days, then rolls over rest days once. */
export function runLastDay(calendar: Calendar, run: LastDayRun, pauses: readonly Span[], trace: Trace | null): Day {
  let { last } = run
  let due = calendar.workDayOnOrAfter(last)
  let decidedTo = run.accept
  for (const pause of pauses) {
    const begins = calendar.dayOf(pause.from)
    const from = begins > decidedTo ? begins : decidedTo
    if (from > due) break
    const to = calendar.dayOf(pause.to)
    if (to <= from) continue
    const moved = run.moves ? Math.max(last, from) + (to - from) : Math.max(last, to)
    last = asDay(moved)
    due = calendar.workDayOnOrAfter(last)
    decidedTo = to
    trace?.push({ pause, from, to, fromAt: pause.from, toAt: pause.to })
  }
  return due
}

/** Office time of a day that has passed by an instant of it, ms. */
function officeMsOn(calendar: Calendar, day: Day, at: Instant): number {
  let sum = 0
  for (const [opens, closes] of calendar.spansOf(day)) if (at > opens) sum += (at < closes ? at : closes) - opens
  return sum
}

/** Office time before an instant, ms, from the beginning of all days. */
function officeMsBefore(calendar: Calendar, at: Instant): number {
  const day = calendar.dayOf(at)
  return calendar.officeMsUpTo(asDay(day - 1)) + officeMsOn(calendar, day, at)
}

/** Office time in [from, to), ms. */
export const officeMsBetween = (calendar: Calendar, from: Instant, to: Instant): number =>
  to <= from ? 0 : officeMsBefore(calendar, to) - officeMsBefore(calendar, from)

/** The first instant by which so much office time of a day has passed. */
function instantOfOffice(calendar: Calendar, day: Day, ms: number): Instant {
  let left = ms
  let at = calendar.startOf(day)
  for (const [opens, closes] of calendar.spansOf(day)) {
    if (left <= closes - opens) return asInstant(opens + left)
    left -= closes - opens
    at = closes
  }
  return at
}

/** The earliest instant by which `ms` of office time have passed since `from`. */
export function addOfficeMs(calendar: Calendar, from: Instant, ms: number): Instant {
  if (ms <= 0) return from
  const target = officeMsBefore(calendar, from) + ms
  const day = calendar.officeDayOf(target)
  return instantOfOffice(calendar, day, target - calendar.officeMsUpTo(asDay(day - 1)))
}

/** A count of office time from `start` on. */
export interface OfficeRun {
  readonly start: Instant
  readonly ms: number
}

/** T5 by instants: the office time of a pause is not counted. */
export function runOffice(calendar: Calendar, run: OfficeRun, pauses: readonly Span[], trace: Trace | null): Instant {
  let decidedTo = run.start
  let left = run.ms
  let due = addOfficeMs(calendar, decidedTo, left)
  for (const pause of pauses) {
    const from = pause.from > decidedTo ? pause.from : decidedTo
    if (from >= due) break
    if (pause.to <= from) continue
    left -= officeMsBetween(calendar, decidedTo, from)
    decidedTo = pause.to
    due = addOfficeMs(calendar, decidedTo, left)
    trace?.push({
      pause,
      from: calendar.dayOf(from),
      to: calendar.dayOf(pause.to),
      fromAt: from,
      toAt: pause.to,
    })
  }
  return due
}
