// Civil dates and the texts of time: days ⇄ year-month-day, RFC 3339 read and printed.
// Hand-written digit readers, for they stand on the path of every event. Never guesses: what is not exact is null.
// Rules: I1 (RFC 3339 with offset), T3 (a due instant is printed …T23:59:59).

import { asDay, asInstant, type Day, type Instant } from './instant.ts'

export const DAY_MS = 86_400_000
export const MINUTE_MS = 60_000

export interface YearMonthDay {
  readonly year: number
  readonly month: number
  readonly day: number
}

/** What printing an instant needs of a zone. */
export interface Offsets {
  offsetMinutes(at: Instant): number
}

const MONTH_LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0

/** Days of a month, month 1–12. */
export const monthLength = (year: number, month: number): number =>
  month === 2 && isLeap(year) ? 29 : (MONTH_LENGTHS[month - 1] ?? 0)

/** Day number of a proleptic Gregorian date; the date must exist. Years are counted from March, so leap days come last. */
export function dayFrom(year: number, month: number, day: number): Day {
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return asDay(era * 146_097 + dayOfEra - 719_468)
}

export function ymdOf(day: Day): YearMonthDay {
  const z = day + 719_468
  const era = Math.floor(z / 146_097)
  const dayOfEra = z - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shifted = Math.floor((5 * dayOfYear + 2) / 153)
  const month = shifted < 10 ? shifted + 3 : shifted - 9
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1,
  }
}

/** ISO weekday: 1 Monday … 7 Sunday. */
export const weekdayOf = (day: Day): 1 | 2 | 3 | 4 | 5 | 6 | 7 =>
  (((((day + 3) % 7) + 7) % 7) + 1) as 1 | 2 | 3 | 4 | 5 | 6 | 7

/** The same-number day `months` later, or the end of that month (民法典 202). */
export function addMonths(day: Day, months: number): Day {
  const from = ymdOf(day)
  const index = from.year * 12 + from.month - 1 + months
  const year = Math.floor(index / 12)
  const month = index - year * 12 + 1
  return dayFrom(year, month, Math.min(from.day, monthLength(year, month)))
}

/** `n` decimal digits at `at` as a number; −1 when one of them is not a digit. */
function digits(text: string, at: number, n: number): number {
  let value = 0
  for (let i = at; i < at + n; i++) {
    const digit = text.charCodeAt(i) - 48
    if (!(digit >= 0 && digit <= 9)) return -1
    value = value * 10 + digit
  }
  return value
}

/** The date standing in the first ten characters, or null when it is not there or does not exist. */
function dateIn(text: string): Day | null {
  const year = digits(text, 0, 4)
  const month = digits(text, 5, 2)
  const day = digits(text, 8, 2)
  if (year < 0 || month < 1 || month > 12 || day < 1) return null
  if (text.charCodeAt(4) !== 45 || text.charCodeAt(7) !== 45 || day > monthLength(year, month)) return null
  return dayFrom(year, month, day)
}

/** A date written YYYY-MM-DD, and nothing else. */
export const parseDay = (text: string): Day | null => (text.length === 10 ? dateIn(text) : null)

/** HH:MM as minutes of the day, 00:00–24:00; null otherwise. */
export function parseMinute(text: string): number | null {
  if (text.length !== 5 || text[2] !== ':') return null
  const hour = digits(text, 0, 2)
  const minute = digits(text, 3, 2)
  if (hour < 0 || minute < 0 || minute > 59 || hour * 60 + minute > 1440) return null
  return hour * 60 + minute
}

/** Milliseconds of the clock time HH:MM:SS at `at`; −1 when it is none. A leap second is refused. */
function clockMs(text: string, at: number): number {
  const hour = digits(text, at, 2)
  const minute = digits(text, at + 3, 2)
  const second = digits(text, at + 6, 2)
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) return -1
  if (text.charCodeAt(at + 2) !== 58 || text.charCodeAt(at + 5) !== 58) return -1
  return (hour * 3600 + minute * 60 + second) * 1000
}

/** Offset in ms of `Z` or `±HH:MM` that must fill the text from `at` on; NaN when it does not. */
function offsetMs(text: string, at: number): number {
  const sign = text.charCodeAt(at)
  if (sign === 90 || sign === 122) return text.length === at + 1 ? 0 : Number.NaN
  const hour = digits(text, at + 1, 2)
  const minute = digits(text, at + 4, 2)
  const wellFormed = text.length === at + 6 && text.charCodeAt(at + 3) === 58
  if (!wellFormed || (sign !== 43 && sign !== 45) || hour < 0 || hour > 23 || minute < 0 || minute > 59) {
    return Number.NaN
  }
  return (hour * 60 + minute) * MINUTE_MS * (sign === 45 ? -1 : 1)
}

/** An RFC 3339 instant with offset; a fraction of 1–9 digits is cut to milliseconds. null when it is anything else. */
export function parseInstant(text: string): Instant | null {
  const separator = text.charCodeAt(10)
  if (separator !== 84 && separator !== 116) return null
  const day = dateIn(text)
  const time = clockMs(text, 11)
  if (day === null || time < 0) return null
  let at = 19
  let ms = 0
  if (text.charCodeAt(at) === 46) {
    at++
    for (; at < text.length; at++) {
      const digit = text.charCodeAt(at) - 48
      if (!(digit >= 0 && digit <= 9)) break
      if (at < 23) ms += digit * (at === 20 ? 100 : at === 21 ? 10 : 1)
    }
    if (at === 20 || at > 29) return null
  }
  const offset = offsetMs(text, at)
  return Number.isNaN(offset) ? null : asInstant(day * DAY_MS + time + ms - offset)
}

/** A local date-time without offset, `YYYY-MM-DDTHH:MM[:SS]`, as its day and milliseconds of that day; or null. */
export function parseLocal(text: string): { day: Day; ms: number } | null {
  const separator = text.charCodeAt(10)
  if ((text.length !== 16 && text.length !== 19) || (separator !== 84 && separator !== 32)) return null
  const day = dateIn(text)
  const ms = clockMs(text.length === 16 ? `${text}:00` : text, 11)
  return day === null || ms < 0 ? null : { day, ms }
}

const two = (n: number): string => (n < 10 ? `0${n}` : String(n))

export function printDay(day: Day): string {
  const { year, month, day: number } = ymdOf(day)
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(number)}`
}

/** Minutes of a day as HH:MM. */
export const printMinute = (minute: number): string => `${two(Math.floor(minute / 60))}:${two(minute % 60)}`

/** `YYYY-MM-DDTHH:MM:SS+08:00` in the zone; a fraction of a second is not shown. */
export function printInstant(at: Instant, zone: Offsets): string {
  const offset = zone.offsetMinutes(at)
  const local = at + offset * MINUTE_MS
  const day = Math.floor(local / DAY_MS)
  const second = Math.floor((local - day * DAY_MS) / 1000)
  const clock = `${two(Math.floor(second / 3600))}:${two(Math.floor(second / 60) % 60)}:${two(second % 60)}`
  const size = Math.abs(offset)
  return `${printDay(asDay(day))}T${clock}${offset < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`
}
