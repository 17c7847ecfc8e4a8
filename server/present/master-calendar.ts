// Calendars as they stand (T1, T13): coverage, hours, the days off and make-up days of each year, a year day by day, and
// how far each day is certain. The calendar's own words (English name, parent, notices) come from what it was built from.

import type { CalendarFile } from '../contract/catalogue.ts'
import type { CalendarLine, CalendarView, CalendarYear } from '../contract/master.ts'
import type { Law } from '../core/law/law.ts'
import { type Calendar, FIRST_DAY, LAST_DAY } from '../core/time/calendar.ts'
import { dayFrom, printDay, printMinute, ymdOf } from '../core/time/civil.ts'
import { asDay, type Day } from '../core/time/instant.ts'
import type { MasterIndex } from './master.ts'

/** The calendar as its documents and the notices laid upon it leave it; null: there is none. */
export const calendarFileOf = (index: MasterIndex, id: string): CalendarFile | null =>
  (index.calendars.get(id)?.source ?? null) as CalendarFile | null

const WEEK = [1, 2, 3, 4, 5, 6, 7]

const lineOf = (calendar: Calendar, law: Law, index: MasterIndex): CalendarLine => {
  const file = calendarFileOf(index, calendar.id)
  const { hours, weekend } = calendar.inherit
  return {
    calendar_id: calendar.id,
    name: calendar.name,
    name_en: file?.name_en ?? null,
    zone: calendar.zone.name,
    parent: file?.parent ?? null,
    from: printDay(calendar.from),
    to: printDay(calendar.to),
    certain_to: printDay(calendar.certainTo),
    office_hours: hours.map(([from, to]) => [printMinute(from), printMinute(to)]),
    office_minutes: calendar.officeMinutes,
    weekend: WEEK.filter((day) => (weekend & (1 << day)) !== 0),
    version: calendar.version,
    is_home: calendar.id === law.homeCalendar.id,
    sources: file?.sources ?? [],
  }
}

export const calendarLines = (law: Law, index: MasterIndex): CalendarLine[] =>
  [...law.calendars.values()].map((calendar) => lineOf(calendar, law, index))

const daysOfYear = (year: number): { first: Day; last: Day } => ({
  first: dayFrom(year, 1, 1),
  last: dayFrom(year, 12, 31),
})

const yearOf = (calendar: Calendar, year: number): CalendarYear => {
  const { first, last } = daysOfYear(year)
  let off = 0
  let makeup = 0
  for (const [day, { kind }] of calendar.inherit.listed) {
    if (day < first || day > last) continue
    if (kind === 'off') off++
    else if (calendar.kindOf(day) === 'makeup') makeup++
  }
  const isWhole = calendar.from <= first && calendar.to >= last
  const isPart = calendar.from <= last && calendar.to >= first
  return {
    year,
    work_days: calendar.countWorkDays(asDay(first - 1), last),
    off_days: off,
    makeup_days: makeup,
    covered: isWhole ? 'whole' : isPart ? 'part' : 'no',
  }
}

/** Years that can be asked for; the day before the first must be one that a calendar can count. */
export const YEARS = { first: ymdOf(FIRST_DAY).year + 1, last: ymdOf(LAST_DAY).year } as const

const coverOf = (calendar: Calendar, day: Day): CalendarView['days'][number]['covered'] => {
  if (day < calendar.from || day > calendar.to) return 'no'
  return day > calendar.certainTo ? 'later' : 'yes'
}

/** A calendar with one of its years day by day; the year after its last is among its years, for it is what is missing. */
export const calendarView = (calendar: Calendar, year: number, law: Law, index: MasterIndex): CalendarView => {
  const from = Math.max(ymdOf(calendar.from).year, YEARS.first)
  const to = Math.min(ymdOf(calendar.to).year + 1, YEARS.last)
  const years = Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => yearOf(calendar, from + i))
  const { first, last } = daysOfYear(year)
  const days = Array.from({ length: last - first + 1 }, (_, i) => {
    const day = asDay(first + i)
    return {
      on: printDay(day),
      kind: calendar.kindOf(day),
      name: calendar.nameOf(day),
      covered: coverOf(calendar, day),
    }
  })
  return { ...lineOf(calendar, law, index), years, year, days }
}
