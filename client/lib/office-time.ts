// How far off a deadline is in the time of the office, so that no night, no break and no day off is counted as time to work
// in (U5). The board bears what of the calendar is needed: the spans of today, the kinds of the days ahead. Pure.

import type { Board, BoardDay } from '../../server/contract/live.ts'
import { civilOf, localTime } from './hours.ts'

/** Of a board: the spans of today and the kinds of the days ahead. */
export type OfficeDays = Pick<Board, 'day' | 'forecast'>

/** past · minutes of office time left today · shut: due today, and the office has closed · working days after today. */
export type OfficeDistance =
  | { kind: 'past' }
  | { kind: 'office'; minutes: number }
  | { kind: 'shut' }
  | { kind: 'work_days'; n: number; isTomorrow: boolean }
  /** Beyond the days ahead that the board bears: its date. */
  | { kind: 'far'; month: number; day: number }

const MINUTE_MS = 60_000

/** Milliseconds of today's office time in [from, to). */
export const officeMsIn = ({ office }: Pick<BoardDay, 'office'>, from: number, to: number): number =>
  office.reduce((sum, span) => {
    const [opens, closes] = [Math.max(from, Date.parse(span.from)), Math.min(to, Date.parse(span.to))]
    return sum + Math.max(0, closes - opens)
  }, 0)

const isWorkDay = ({ kind }: Board['forecast'][number]): boolean => kind === 'work' || kind === 'makeup'

export const officeDistance = (at: number, now: number, { day, forecast }: OfficeDays): OfficeDistance => {
  if (at < now) return { kind: 'past' }
  const due = localTime(at, day.zone)
  const today = localTime(now, day.zone).civil
  if (due.civil === today) {
    const minutes = Math.floor(officeMsIn(day, now, at) / MINUTE_MS)
    return minutes === 0 ? { kind: 'shut' } : { kind: 'office', minutes }
  }
  const last = forecast.at(-1)
  if (last === undefined || civilOf(last.on) < due.civil) return { kind: 'far', month: due.month, day: due.day }
  const ahead = forecast.filter((each) => civilOf(each.on) > today && civilOf(each.on) <= due.civil)
  const n = ahead.filter(isWorkDay).length
  // due on a day off, with no working day before it: only its date says it
  if (n === 0) return { kind: 'far', month: due.month, day: due.day }
  return { kind: 'work_days', n, isTomorrow: due.civil === today + 1 }
}
