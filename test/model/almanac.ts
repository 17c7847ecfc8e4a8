// The model's calendar (T1, T1a, T13): sets of days, read from the raw rows of calendar documents. Statutory days past the
// last notice are written here by hand from the Regulation on public holidays (2025-01-01) and the almanac.

import { type DayNo, dayFrom, dayOf, minuteOf, weekdayOf } from './days.ts'
import { hit } from './tally.ts'

export interface CalendarRow {
  readonly calendar_id: string
  readonly parent?: string
  readonly from: string
  readonly to: string
  readonly office_hours?: readonly (readonly [string, string])[]
  readonly certain_to_month_day?: string
  readonly days: readonly { readonly on: string; readonly kind: string }[]
}

export interface Almanac {
  readonly id: string
  readonly off: ReadonlySet<DayNo>
  readonly work: ReadonlySet<DayNo>
  /** Minutes of the day, in order. */
  readonly spans: readonly (readonly [open: number, close: number])[]
  readonly coveredTo: DayNo
  /** Days after it wait for a notice (T13). */
  readonly certainTo: DayNo
}

/** 元旦; 除夕 to 初三; 清明; 1–2 May; 端午; 中秋; 1–3 October, of the years without a notice. */
const STATUTORY = new Set(
  [
    ...['2027-01-01', '2027-02-05', '2027-02-06', '2027-02-07', '2027-02-08', '2027-04-05', '2027-05-01', '2027-05-02'],
    ...['2027-06-09', '2027-09-15', '2027-10-01', '2027-10-02', '2027-10-03'],
    ...['2028-01-01', '2028-01-25', '2028-01-26', '2028-01-27', '2028-01-28', '2028-04-04', '2028-05-01', '2028-05-02'],
    ...['2028-05-28', '2028-10-01', '2028-10-02', '2028-10-03'],
  ].map(dayFrom),
)

const minutes = (text: string): number => {
  const [hour, minute] = text.split(':').map(Number) as [number, number]
  return hour * 60 + minute
}

const daysOf = (row: CalendarRow, kind: string): DayNo[] =>
  row.days.filter((day) => day.kind === kind).map((day) => dayFrom(day.on))

export const almanacOf = (row: CalendarRow, parent: Almanac | null): Almanac => {
  const [off, work] = [new Set(parent?.off), new Set(parent?.work)]
  for (const day of daysOf(row, 'off')) {
    off.add(day)
    work.delete(day)
  }
  for (const day of daysOf(row, 'work')) {
    work.add(day)
    off.delete(day)
  }
  const spans = row.office_hours?.map(([open, close]) => [minutes(open), minutes(close)] as const) ?? parent?.spans
  const ends = row.certain_to_month_day === undefined ? row.to : `${row.to.slice(0, 4)}-${row.certain_to_month_day}`
  return {
    id: row.calendar_id,
    off,
    work,
    spans: spans ?? [],
    coveredTo: parent === null ? dayFrom(row.to) : parent.coveredTo,
    certainTo: parent === null ? dayFrom(ends) : parent.certainTo,
  }
}

export const isWork = (calendar: Almanac, day: DayNo): boolean => {
  const weekday = weekdayOf(day)
  const ordinary = weekday >= 1 && weekday <= 5
  if (calendar.work.has(day)) {
    if (!ordinary) hit('T1 make-up day worked')
    return true
  }
  if (calendar.off.has(day)) {
    if (ordinary) hit('T1 weekday off')
    return false
  }
  if (day > calendar.coveredTo && STATUTORY.has(day)) {
    if (ordinary) hit('T1a statutory day off past the notice')
    return false
  }
  return ordinary
}

/** The first working day on or after a day. */
export const rollOn = (calendar: Almanac, day: DayNo): DayNo => {
  let on = day
  while (!isWork(calendar, on)) on++
  return on
}

/** The n-th working day after a day. */
export const workDaysAfter = (calendar: Almanac, day: DayNo, n: number): DayNo => {
  let on = day
  for (let left = n; left > 0; ) if (isWork(calendar, ++on)) left--
  return on
}

/** Working days in (from, to]. */
export const workDaysIn = (calendar: Almanac, from: DayNo, to: DayNo): number => {
  let n = 0
  for (let on = from + 1; on <= to; on++) if (isWork(calendar, on)) n++
  return n
}

export const openingOf = (calendar: Almanac, day: DayNo): number => minuteOf(day, calendar.spans[0]?.[0] ?? 0)
export const closingOf = (calendar: Almanac, day: DayNo): number => minuteOf(day, calendar.spans.at(-1)?.[1] ?? 0)

/** Whether a minute (its beginning) lies in office time. */
export const isOffice = (calendar: Almanac, at: number): boolean => {
  const day = dayOf(at)
  if (!calendar.spans.some(([open, close]) => at >= minuteOf(day, open) && at < minuteOf(day, close))) return false
  return isWork(calendar, day)
}
