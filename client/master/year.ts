// A year laid out as months of weeks, Monday first, with gaps before the first and after the last day. Pure.

import type { CalendarView } from '../../server/contract/master.ts'
import { civilOf, weekdayOf } from '../lib/hours.ts'

export type YearDay = CalendarView['days'][number]

interface YearMonth {
  readonly month: number
  /** null: no day of this month. */
  readonly cells: readonly (YearDay | null)[]
  readonly workDays: number
}

const isWork = ({ kind }: YearDay): boolean => kind === 'work' || kind === 'makeup'

export const monthsOf = (days: readonly YearDay[]): YearMonth[] =>
  Array.from({ length: 12 }, (_, i) => {
    const prefix = `-${String(i + 1).padStart(2, '0')}-`
    const own = days.filter(({ on }) => on.includes(prefix, 4) && on.indexOf(prefix) === on.length - 6)
    const [first] = own
    const lead = first === undefined ? 0 : (weekdayOf(civilOf(first.on)) + 6) % 7
    return { month: i + 1, cells: [...Array<null>(lead).fill(null), ...own], workDays: own.filter(isWork).length }
  })
