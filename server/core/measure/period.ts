// Periods of measures: `2026`, `2026-H1`, `2026-Q3`, `2026-07`, `2026-07-14`, `from..to`, `all` → first and last day.
// Days are civil days of the calendar; both ends are included. What cannot be read is null, never a guess. Rules: M1.

import { dayFrom, monthLength, parseDay, ymdOf } from '../time/civil.ts'
import { asDay, type Day } from '../time/instant.ts'

export interface Period {
  readonly name: string
  readonly from: Day
  readonly to: Day
}

const months = (name: string, year: number, first: number, last: number): Period => ({
  name,
  from: dayFrom(year, first, 1),
  to: dayFrom(year, last, monthLength(year, last)),
})

/** First and last day that any measure may speak of, for `all`. */
const EVER = { from: asDay(0), to: dayFrom(2150, 12, 31) }

const range = (name: string): Period | null => {
  const [a, b, more] = name.split('..')
  const from = parseDay(a ?? '')
  const to = parseDay(b ?? '')
  return from === null || to === null || more !== undefined || to < from ? null : { name, from, to }
}

export const parsePeriod = (name: string): Period | null => {
  if (name === 'all') return { name, ...EVER }
  if (name.includes('..')) return range(name)
  const day = parseDay(name)
  if (day !== null) return { name, from: day, to: day }
  const match = /^(\d{4})(?:-(?:Q([1-4])|H([12])|(\d{2})))?$/.exec(name)
  if (match === null) return null
  const year = Number(match[1])
  if (match[2] !== undefined) return months(name, year, Number(match[2]) * 3 - 2, Number(match[2]) * 3)
  if (match[3] !== undefined) return months(name, year, Number(match[3]) * 6 - 5, Number(match[3]) * 6)
  if (match[4] === undefined) return months(name, year, 1, 12)
  const month = Number(match[4])
  return month >= 1 && month <= 12 ? months(name, year, month, month) : null
}

/** The quarter of a day: `2026-Q3`. */
export const quarterOf = (day: Day): Period => {
  const { year, month } = ymdOf(day)
  const quarter = Math.ceil(month / 3)
  return months(`${year}-Q${quarter}`, year, quarter * 3 - 2, quarter * 3)
}

export const previousQuarter = (day: Day): Period => quarterOf(asDay(quarterOf(day).from - 1))
