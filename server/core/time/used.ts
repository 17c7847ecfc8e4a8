// How much of a limit is used, how much is left, and how late a due day was missed (T5, J1).
// used + remaining is the same on every day; past the due day, remaining falls below nought. Never reads a clock.

import type { Calendar } from './calendar.ts'
import { asDay, asInstant, type Day, type Instant } from './instant.ts'
import { baseOf, type ClockInput, type Due, dueOf } from './limit.ts'
import { officeMsBetween, type Taken, type Trace } from './run.ts'

/** Working days for WD and 0, natural days for ND and M, whole minutes of office time for H. */
export interface Used {
  readonly used: number
  readonly remaining: number
}

interface Course {
  readonly due: Due
  readonly trace: Trace
}

interface WorkDayCourse extends Course {
  readonly base: Day
  readonly total: number
}

/** Working days the clock counted in (base, day]; on the way to the due day never more than the limit. */
function usedWorkDays(calendar: Calendar, { base, total, due, trace }: WorkDayCourse, day: Day): Used {
  const upTo = asDay(Math.min(day, due.dueOn))
  let used = calendar.countWorkDays(base, upTo)
  for (const part of trace) used -= calendar.countWorkDays(part.from, asDay(Math.min(part.to, upTo)))
  used = Math.min(used, total) + calendar.countWorkDays(due.dueOn, day)
  return { used, remaining: total - used }
}

/** 即办: the day itself uses nothing; what follows is its extension, counted from its own due day. */
function sameDayCourse(calendar: Calendar, input: ClockInput, { due, trace }: Course): WorkDayCourse {
  const inner: Trace = []
  const base = dueOf(calendar, { ...input, extendWorkDays: 0 }, inner).dueOn
  return { base, total: input.extendWorkDays, due, trace: trace.slice(inner.length) }
}

/** Natural days since acceptance without those of the pauses; the roll over rest days and an extension belong to them. */
function usedNaturalDays(calendar: Calendar, input: ClockInput, { due, trace }: Course, day: Day): Used {
  const accept = calendar.dayOf(input.start)
  let total = due.dueOn - accept
  let used = Math.max(0, day - accept)
  for (const part of trace) {
    total -= part.to - part.from
    used -= Math.max(0, Math.min(part.to, day) - part.from)
  }
  return { used, remaining: total - used }
}

/** Minutes of office time, those of the pauses left out. */
function usedMinutes(calendar: Calendar, input: ClockInput, { trace }: Course, at: Instant): Used {
  const total = input.limit.value * 60 + input.extendWorkDays * calendar.officeMinutes
  let ms = officeMsBetween(calendar, input.start, at)
  for (const part of trace) ms -= officeMsBetween(calendar, part.fromAt, asInstant(Math.min(part.toAt, at)))
  const used = Math.floor(ms / 60_000)
  return { used, remaining: total - used }
}

/** What is used of a limit at an instant, and what is left. */
export function usedAt(calendar: Calendar, input: ClockInput, at: Instant): Used {
  const trace: Trace = []
  const course = { due: dueOf(calendar, input, trace), trace }
  if (input.limit.unit === 'H') return usedMinutes(calendar, input, course, at)
  const day = calendar.dayOf(at)
  if (input.limit.unit === '0') return usedWorkDays(calendar, sameDayCourse(calendar, input, course), day)
  if (input.limit.unit !== 'WD') return usedNaturalDays(calendar, input, course, day)
  const total = input.limit.value + input.extendWorkDays
  return usedWorkDays(calendar, { ...course, base: baseOf(calendar, input), total }, day)
}

/** Working days past the due day; 0 in time, and 0 when late within the due day or on the days off behind it. */
export const lateBy = (calendar: Calendar, due: Due, at: Instant): number =>
  at <= due.dueAt ? 0 : calendar.countWorkDays(due.dueOn, calendar.dayOf(at))

/** Office time, in whole working days of the calendar and the minutes beside them. */
export interface OfficeTime {
  readonly workDays: number
  readonly minutes: number
}

/** What a pause takes out of the office time behind an instant, ms. */
function takenAfter(calendar: Calendar, input: ClockInput, part: Taken, now: Instant): number {
  const inHours = input.limit.unit === 'H'
  const from = inHours ? part.fromAt : calendar.startOf(asDay(part.from + 1))
  const to = inHours ? part.toAt : calendar.startOf(asDay(part.to + 1))
  return officeMsBetween(calendar, from > now ? from : now, to)
}

/** Office time between now and the due instant, pauses left out, up to closing time and not to midnight; null: it has passed. */
export function officeLeft(calendar: Calendar, input: ClockInput, now: Instant): OfficeTime | null {
  const trace: Trace = []
  const { dueAt } = dueOf(calendar, input, trace)
  if (now > dueAt) return null
  let ms = officeMsBetween(calendar, now, dueAt)
  for (const part of trace) ms -= takenAfter(calendar, input, part, now)
  const minutes = Math.max(0, Math.floor(ms / 60_000))
  const workDays = Math.floor(minutes / calendar.officeMinutes)
  return { workDays, minutes: minutes - workDays * calendar.officeMinutes }
}
