// A limit and when it runs out: its syntax, the due day and instant over pauses and extension, the warning (T2–T7, T10).
// Takes only lawful, capped pauses and extension days that count; who may pause or extend is judged elsewhere.
// Pure and made for a million a second. Never reads a clock.

import type { Calendar } from './calendar.ts'
import { addMonths, DAY_MS, MINUTE_MS, parseDay, parseInstant } from './civil.ts'
import { asDay, asInstant, type Day, type Instant } from './instant.ts'
import { addOfficeMs, inOrder, runLastDay, runOffice, runWorkDays, type Span, type Trace } from './run.ts'

export type LimitUnit = 'WD' | 'ND' | 'M' | 'H' | '0'

/** `0` is the same working day (即办); its value is 0. */
export interface Limit {
  readonly unit: LimitUnit
  readonly value: number
}

export interface Extension {
  readonly workDays: number
  readonly approvedOn?: Day
}

/** Switches of a profile. */
export interface ClockRule {
  /** The acceptance day, or the next working day if it is off, is day 1 (local rules; WD only). */
  readonly countAcceptanceDay: boolean
  /** A limit in days runs out at closing time instead of midnight. */
  readonly dueAtClosing: boolean
}

export const DEFAULT_CLOCK_RULE: ClockRule = { countAcceptanceDay: false, dueAtClosing: false }

/** A due that somebody stated: a date is the end of that day, an instant as given (T3). */
export interface StatedEnd {
  readonly on: Day
  readonly at: Instant
}

export interface ClockInput {
  readonly start: Instant
  readonly limit: Limit
  readonly pauses: readonly Span[]
  readonly extendWorkDays: number
  readonly rule: ClockRule
  /**
   * Where a due was stated and no limit leads to it (T10). `limit` is then the working days from the start to it, `pauses`
   * are those begun after it was stated, and they and the extension move it as they would move that limit.
   */
  readonly stated?: StatedEnd
}

export interface Due {
  readonly dueOn: Day
  /** The last instant in time. */
  readonly dueAt: Instant
  /** Rests on days that no notice has covered yet (T13). */
  readonly provisional: boolean
}

const SYNTAX = /^(?:0|([1-9]\d*)(WD|ND|M|H))$/

/** The longest limit that any law sets, some forty years: what is longer is a slip of the pen, wherever it is written. */
export const LONGEST_LIMIT: Readonly<Record<LimitUnit, number>> = { WD: 9_999, ND: 9_999, M: 480, H: 9_999, '0': 0 }

const HOUR_MS = 3_600_000

/** `20WD 30ND 3M 7H 0` (T4); null for anything else. */
export function parseLimit(text: string): Limit | null {
  const match = SYNTAX.exec(text.trim())
  if (match === null) return null
  const unit = match[2] as Exclude<LimitUnit, '0'> | undefined
  if (unit === undefined) return { unit: '0', value: 0 }
  const value = Number(match[1])
  return value > LONGEST_LIMIT[unit] ? null : { unit, value }
}

export const printLimit = (limit: Limit): string => (limit.unit === '0' ? '0' : `${limit.value}${limit.unit}`)

export function limitWords({ unit, value }: Limit): { zh: string; en: string } {
  const plural = value === 1 ? '' : 's'
  if (unit === 'WD') return { zh: `${value} 个工作日`, en: `${value} working day${plural}` }
  if (unit === 'ND') return { zh: `${value} 日`, en: `${value} day${plural}` }
  if (unit === 'M') return { zh: `${value} 个月`, en: `${value} month${plural}` }
  if (unit === 'H') return { zh: `${value} 个办公小时`, en: `${value} office hour${plural}` }
  return { zh: '当日办结', en: 'the same working day' }
}

/** Day 0 of a count in working days; day 1 is the next working day after it (T2). */
export const baseOf = (calendar: Calendar, input: ClockInput): Day => {
  const day = calendar.dayOf(input.start)
  return input.rule.countAcceptanceDay ? asDay(day - 1) : day
}

/** 即办: the day itself when it works and has not closed, else the next working day (T4). */
function sameDay(calendar: Calendar, start: Instant): Day {
  const day = calendar.dayOf(start)
  const closing = calendar.closingOf(day)
  return closing !== null && start <= closing ? day : calendar.workDayOnOrAfter(asDay(day + 1))
}

function lastDayOf(calendar: Calendar, input: ClockInput): Day {
  const { limit, start } = input
  const day = calendar.dayOf(start)
  if (limit.unit === 'ND') return asDay(day + limit.value)
  return limit.unit === 'M' ? addMonths(day, limit.value) : sameDay(calendar, start)
}

/** The due day of a limit in days, and what the pauses took out on the way to it. */
function dueDayOf(calendar: Calendar, input: ClockInput, pauses: readonly Span[], trace: Trace | null): Day {
  const accept = calendar.dayOf(input.start)
  const { limit, extendWorkDays } = input
  if (limit.unit === 'WD') {
    return runWorkDays(
      calendar,
      { base: baseOf(calendar, input), accept, n: limit.value + extendWorkDays },
      pauses,
      trace,
    )
  }
  const run = { accept, last: lastDayOf(calendar, input), moves: limit.unit !== '0' }
  const due = runLastDay(calendar, run, pauses, trace)
  if (extendWorkDays === 0) return due
  return runWorkDays(calendar, { base: due, accept: due, n: extendWorkDays }, pauses, trace)
}

const officeMsOf = (calendar: Calendar, { limit, extendWorkDays }: ClockInput): number =>
  limit.value * HOUR_MS + extendWorkDays * calendar.officeMinutes * 60_000

/** The same time of day on another day. */
function sameTimeOn(calendar: Calendar, day: Day, { on, at }: StatedEnd): Instant {
  if (on === day) return at
  if (at === calendar.endOf(on)) return calendar.endOf(day)
  const ms = at + calendar.zone.offsetMinutes(at) * MINUTE_MS - on * DAY_MS
  const minute = Math.floor(ms / MINUTE_MS)
  return asInstant(calendar.zone.at(day, minute) + ms - minute * MINUTE_MS)
}

/**
 * A stated due as pauses and extension have moved it (T10): by as much as they would move a limit of as many working days;
 * a date keeps the end of its day, an instant its time of day. A pause begun when the instant had passed moves nothing.
 */
function movedDue(calendar: Calendar, input: ClockInput, stated: StatedEnd, trace: Trace | null): Due {
  const { extendWorkDays: more, limit } = input
  const accept = calendar.dayOf(input.start)
  const last = more === 0 ? stated.on : calendar.addWorkDays(stated.on, more)
  const endsAt = (day: Day): Instant => sameTimeOn(calendar, day, stated)
  const run = { base: accept, accept, n: limit.value + more, last, endsAt }
  const dueOn = runWorkDays(calendar, run, inOrder(input.pauses), trace)
  if (dueOn === stated.on) return { dueOn, dueAt: stated.at, provisional: false }
  return { dueOn, dueAt: endsAt(dueOn), provisional: dueOn > calendar.certainTo }
}

/** The input of a stated due: its count is the working days from the start to it. */
export function statedInput(
  calendar: Calendar,
  given: { readonly start: Instant; readonly stated: StatedEnd; readonly pauses: readonly Span[] },
): ClockInput {
  const { start, stated, pauses } = given
  const value = calendar.countWorkDays(calendar.dayOf(start), stated.on)
  return { start, limit: { unit: 'WD', value }, pauses, extendWorkDays: 0, rule: DEFAULT_CLOCK_RULE, stated }
}

/**
 * When a limit runs out (T2–T5). Extension days are working days added to WD, put behind the rolled last day of ND, M
 * and 0, and whole office days for H. Throws RangeError only beyond the days a calendar can count.
 */
export function dueOf(calendar: Calendar, input: ClockInput, trace: Trace | null = null): Due {
  const pauses = inOrder(input.pauses)
  if (input.stated !== undefined) return movedDue(calendar, input, input.stated, trace)
  const covered = calendar.dayOf(input.start) >= calendar.from
  if (input.limit.unit === 'H') {
    const dueAt = runOffice(calendar, { start: input.start, ms: officeMsOf(calendar, input) }, pauses, trace)
    const dueOn = calendar.dayOf(dueAt)
    return { dueOn, dueAt, provisional: !covered || dueOn > calendar.certainTo }
  }
  const dueOn = dueDayOf(calendar, input, pauses, trace)
  const closing = input.rule.dueAtClosing ? calendar.closingOf(dueOn) : null
  return { dueOn, dueAt: closing ?? calendar.endOf(dueOn), provisional: !covered || dueOn > calendar.certainTo }
}

/** A stated due date runs out at the end of that day; a stated instant as given (T3). null: neither. */
export function statedDue(calendar: Calendar, text: string): Due | null {
  const day = parseDay(text)
  if (day !== null) return { dueOn: day, dueAt: calendar.endOf(day), provisional: false }
  const at = parseInstant(text)
  return at === null ? null : { dueOn: calendar.dayOf(at), dueAt: at, provisional: false }
}

/**
 * T6: the instant from which a pause of so many approved days no longer stops the clock. In day units the beginning of
 * its last approved day: that day is then the day of resumption, which is not counted (恢复之日不计). A last day of
 * natural days or months that is off gives way to the next working day, as of any period (民法典 203), and as the pause's
 * own clock says (T-07): one period has one last day.
 */
export function pauseCapAt(calendar: Calendar, from: Instant, approved: Limit): Instant {
  const day = calendar.dayOf(from)
  if (approved.unit === 'H') return addOfficeMs(calendar, from, approved.value * HOUR_MS)
  if (approved.unit === '0' || approved.value === 0) return from
  if (approved.unit === 'WD') return calendar.startOf(calendar.addWorkDays(day, approved.value))
  const last = approved.unit === 'ND' ? asDay(day + approved.value) : addMonths(day, approved.value)
  return calendar.startOf(calendar.workDayOnOrAfter(last))
}

/** T6: the first instant past the last approved day of a pause; in hours, the instant from which it stops nothing. */
export function pauseOverAt(calendar: Calendar, from: Instant, approved: Limit): Instant {
  const capAt = pauseCapAt(calendar, from, approved)
  return approved.unit === 'H' || capAt <= from ? capAt : asInstant(calendar.endOf(calendar.dayOf(capAt)) + 1)
}

/** When to warn: at a share of the limit, working days before the due day, or whichever comes first. */
export interface WarnRule {
  readonly share: number | null
  readonly workDaysBefore: number | null
}

export const DEFAULT_WARN_RULE: WarnRule = { share: 0.8, workDaysBefore: 1 }

const MILLIONTHS = 1_000_000

/** ⌈share · n⌉ in whole numbers, so that 0.8 of 15 is 12 and not 13. */
const shareOf = (share: number, n: number): number => Math.ceil((Math.round(share * MILLIONTHS) * n) / MILLIONTHS)

/** The k-th working day the clock counts, 1 ≤ k ≤ n. */
function countedDay(calendar: Calendar, input: ClockInput, k: number): Day {
  const run = { base: baseOf(calendar, input), accept: calendar.dayOf(input.start), n: k }
  // a pause begun on the k-th counted day itself does not move it: it is counted
  const trace: Trace = []
  runWorkDays(calendar, run, inOrder(input.pauses), trace)
  let taken = 0
  let day = calendar.addWorkDays(run.base, k)
  for (const part of trace) {
    if (part.from >= day) break
    taken += calendar.countWorkDays(part.from, part.to)
    day = calendar.addWorkDays(run.base, k + taken)
  }
  return day
}

/** Working days from acceptance to the due day, those of pauses left out: the N of T-01 where the limit names none. */
function countOf(calendar: Calendar, input: ClockInput, due: Due): number {
  if (input.limit.unit === 'WD' && input.limit.value > 0) return input.limit.value + input.extendWorkDays
  const trace: Trace = []
  dueOf(calendar, input, trace)
  let n = calendar.countWorkDays(baseOf(calendar, input), due.dueOn)
  for (const part of trace) n -= calendar.countWorkDays(part.from, part.to)
  return n
}

function warnByShare(calendar: Calendar, input: ClockInput, due: Due, share: number): Day {
  const n = countOf(calendar, input, due)
  return n <= 1 ? calendar.workDayOnOrBefore(due.dueOn) : countedDay(calendar, input, shareOf(share, n))
}

/** 即办: an hour before closing of the due day, if accepted before that (T-01). */
function warnSameDay(calendar: Calendar, input: ClockInput, due: Due): Instant | null {
  const at = asInstant((calendar.closingOf(due.dueOn) ?? due.dueAt) - HOUR_MS)
  return input.start < at ? at : null
}

function warnOffice(calendar: Calendar, input: ClockInput, share: number): Instant {
  const ms = Math.ceil((Math.round(share * MILLIONTHS) * officeMsOf(calendar, input)) / MILLIONTHS)
  return runOffice(calendar, { start: input.start, ms }, inOrder(input.pauses), null)
}

/**
 * T-01: the instant of the warning, never before the start; null when none comes (即办 accepted in the last hour, or a
 * limit that was past at its start). A stated due is given with its own `due`; a limit of 0 WD means "as stated".
 */
export function warnAt(calendar: Calendar, input: ClockInput, due: Due, rule = DEFAULT_WARN_RULE): Instant | null {
  if (due.dueAt < input.start) return null
  if (input.limit.unit === '0') return warnSameDay(calendar, input, due)
  if (input.limit.unit === 'H' && rule.share !== null) return warnOffice(calendar, input, rule.share)
  const byShare = rule.share === null ? null : warnByShare(calendar, input, due, rule.share)
  const onlyOne = rule.share !== null && countOf(calendar, input, due) <= 1
  const before = rule.workDaysBefore
  const byDays =
    before === null || onlyOne ? null : calendar.workDayOnOrBefore(calendar.addWorkDays(due.dueOn, -before))
  const day = byShare !== null && byDays !== null ? asDay(Math.min(byShare, byDays)) : (byShare ?? byDays)
  if (day === null) return null
  let at = calendar.openingOf(day) as Instant
  // a stated instant may run out before its own day opens
  if (at > due.dueAt) at = calendar.openingOf(calendar.addWorkDays(due.dueOn, -1)) as Instant
  return at < input.start ? input.start : at
}
