// What a calendar is built from, as notices state it, and the reading of it into days with every mistake named.
// The same shape as the calendar of a catalogue file; core has its own, for it does not know the wire. Rules: T1, I9.

import { LOT_VALUES, lotsOf, type Steps } from '../steps.ts'
import { parseDay, parseMinute, weekdayOf } from './civil.ts'
import type { Day } from './instant.ts'

export interface CalendarSource {
  readonly calendar_id: string
  readonly name: string
  readonly name_en?: string
  /** IANA zone. */
  readonly zone: string
  /** A regional calendar adds to its parent. */
  readonly parent?: string
  /** First and last day the notices cover, YYYY-MM-DD. */
  readonly from: string
  readonly to: string
  /** Spans of the working day, "HH:MM" pairs. */
  readonly office_hours?: readonly (readonly [string, string])[]
  /** ISO weekdays off, default [6, 7]. */
  readonly weekend?: readonly number[]
  readonly days: readonly { readonly on: string; readonly kind: 'off' | 'work'; readonly name?: string }[]
  /** Days named past a gap in the notices: known, and not covered (T1a). */
  readonly beyond?: CalendarSource['days']
  /** A December before a missing next year is certain up to this month-day; absent: the whole year. */
  readonly certain_to_month_day?: string
  /** Shipped table of statutory days that are off whatever a notice has yet said of their year (T1a); null: none. */
  readonly statutory?: string | null
  readonly sources?: readonly string[]
}

export type CalendarErrorCode =
  | 'unknown_zone'
  | 'bad_date'
  | 'bad_range'
  | 'bad_kind'
  | 'day_outside'
  | 'day_twice'
  | 'bad_weekend'
  | 'bad_office_hours'
  | 'bad_parent'
  | 'unknown_statutory'

/** A calendar that cannot be built: `at` is the field, as a JSON pointer. */
export class CalendarError extends Error {
  readonly code: CalendarErrorCode
  readonly at: string

  constructor(code: CalendarErrorCode, at: string, message: string) {
    super(message)
    this.name = 'CalendarError'
    this.code = code
    this.at = at
  }
}

export interface ListedDay {
  readonly kind: 'off' | 'work'
  readonly name: string | null
  /** No notice lists it: the statute alone makes it off (T1a). */
  readonly byStatute?: true
}

/** Minutes of the day, [from, to). */
export type MinuteSpan = readonly [from: number, to: number]

export interface Coverage {
  readonly from: Day
  readonly to: Day
  /** Last day that no missing notice can still change (T13). */
  readonly certainTo: Day
}

function dayAt(text: string, at: string): Day {
  const day = parseDay(text)
  if (day === null) throw new CalendarError('bad_date', at, `"${text}" is not a date (YYYY-MM-DD).`)
  return day
}

export function readCoverage(source: CalendarSource): Coverage {
  const from = dayAt(source.from, '/from')
  const to = dayAt(source.to, '/to')
  if (to < from) throw new CalendarError('bad_range', '/to', `The coverage ends (${source.to}) before it begins.`)
  const certain = source.certain_to_month_day
  if (certain === undefined) return { from, to, certainTo: to }
  if (parseDay(`2001-${certain}`) === null) {
    throw new CalendarError('bad_date', '/certain_to_month_day', `"${certain}" is not a month and day (MM-DD).`)
  }
  if (!source.to.endsWith('-12-31')) return { from, to, certainTo: to }
  return { from, to, certainTo: dayAt(`${source.to.slice(0, 4)}-${certain}`, '/certain_to_month_day') }
}

/** The days of a calendar as they are listed. Stops after some (I5). */
export function* readListed(source: CalendarSource, { from, to }: Coverage): Steps<Map<Day, ListedDay>> {
  const listed = new Map<Day, ListedDay>()
  const isFull = lotsOf(LOT_VALUES)
  for (const [i, entry] of source.days.entries()) {
    if (isFull()) yield
    const at = `/days/${i}`
    const day = dayAt(entry.on, `${at}/on`)
    if (entry.kind !== 'off' && entry.kind !== 'work') {
      throw new CalendarError('bad_kind', `${at}/kind`, `A day is listed as "off" or "work", not "${entry.kind}".`)
    }
    if (day < from || day > to) {
      throw new CalendarError('day_outside', `${at}/on`, `${entry.on} lies outside ${source.from}–${source.to}.`)
    }
    if (listed.has(day)) throw new CalendarError('day_twice', `${at}/on`, `${entry.on} is listed twice.`)
    listed.set(day, { kind: entry.kind, name: entry.name ?? null })
  }
  for (const [i, { on, kind, name }] of (source.beyond ?? []).entries()) {
    if (isFull()) yield
    listed.set(dayAt(on, `/beyond/${i}/on`), { kind, name: name ?? null })
  }
  return listed
}

/** Bit n set: ISO weekday n is off. */
export function readWeekend(source: CalendarSource): number | null {
  if (source.weekend === undefined) return null
  let mask = 0
  source.weekend.forEach((weekday, i) => {
    if (!Number.isInteger(weekday) || weekday < 1 || weekday > 7) {
      throw new CalendarError('bad_weekend', `/weekend/${i}`, `${weekday} is not an ISO weekday (1–7).`)
    }
    mask |= 1 << weekday
  })
  if (source.weekend.length > 6) throw new CalendarError('bad_weekend', '/weekend', 'A week needs a working day.')
  return mask
}

export const isWeekend = (mask: number, day: Day): boolean => (mask & (1 << weekdayOf(day))) !== 0

export function readOfficeHours(source: CalendarSource): MinuteSpan[] | null {
  if (source.office_hours === undefined) return null
  let last = -1
  const spans = source.office_hours.map(([from, to], i): MinuteSpan => {
    const opens = parseMinute(from)
    const closes = parseMinute(to)
    if (opens === null || closes === null || closes <= opens || opens < last) {
      const text = `Office hours ${from}–${to} must be HH:MM pairs in order, without overlap.`
      throw new CalendarError('bad_office_hours', `/office_hours/${i}`, text)
    }
    last = closes
    return [opens, closes]
  })
  if (spans.length === 0) throw new CalendarError('bad_office_hours', '/office_hours', 'No office hours are given.')
  return spans
}
