// The instant at which a limit is about to run out (T-01), day by day and hour by hour.

import { closingOf, isWork, openingOf, workDaysIn } from './almanac.ts'
import type { Clock } from './clocks.ts'
import { dayOf } from './days.ts'
import type { View } from './judge.ts'
import { countedDayOf, countedIn, hoursAfter, inHours, officeDay } from './run-out.ts'
import { hit } from './tally.ts'

const dayBefore = (view: View, day: number, n: number): number => {
  let on = day
  for (let left = n; left > 0; ) if (isWork(view.grounds.calendar, --on)) left--
  return on
}

const rollBack = (view: View, day: number): number =>
  isWork(view.grounds.calendar, day) ? day : dayBefore(view, day, 1)

/** The day whose opening warns of a limit in days. */
const warnDay = (view: View, clock: Clock): number | null => {
  const { school } = view.world
  const { limit } = clock.measure
  // to a stated due the working days after acceptance are counted
  const counting = clock.measure.due === null ? school : { ...school, countAcceptanceDay: false }
  const ground = { calendar: view.grounds.calendar, school: counting }
  const { day } = clock.due
  const stated =
    clock.measure.due === null ? 0 : workDaysIn(ground.calendar, dayOf(clock.startAt), clock.measure.due.day)
  const counted = (): number => countedIn(ground, clock.startAt, day, clock.stops)
  const whole = limit?.unit === 'WD' ? limit.n : stated
  const n = whole > 0 ? whole + clock.extension : counted()
  const byShare = (share: number): number => {
    if (n <= 1) return rollBack(view, day)
    return countedDayOf(ground, clock.startAt, Math.ceil((Math.round(share * 100) * n) / 100), clock.stops)
  }
  if (school.warnShare === null)
    return school.warnDaysBefore === null ? null : dayBefore(view, day, school.warnDaysBefore)
  if (n <= 1) hit('T-01 of one day')
  const share = byShare(school.warnShare)
  if (n <= 1 || school.warnDaysBefore === null) return share
  const before = dayBefore(view, day, school.warnDaysBefore)
  hit(share <= before ? 'T-01 by share' : 'T-01 the working day before')
  return Math.min(share, before)
}

/** When T-01 warns; null: never. It warns of nothing that was past at its start, and not before its start. */
export const warnAt = (view: View, clock: Clock): number | null => {
  const { calendar } = view.grounds
  const { school } = view.world
  const { limit } = clock.measure
  if (clock.due.at < clock.startAt) return null
  if (limit?.unit === '0') {
    const at = closingOf(calendar, clock.due.day) - 3_600_000
    hit(clock.startAt < at ? 'T-01 an hour before closing' : 'T-01 accepted in the last hour')
    return clock.startAt < at ? at : null
  }
  if (limit?.unit === 'H' && school.warnShare !== null) {
    hit('T-01 of hours')
    const minutes = (limit.n * 60 + clock.extension * officeDay(calendar)) * Math.round(school.warnShare * 100)
    return hoursAfter({ calendar, school }, clock.startAt, minutes / 100, inHours(clock.stops))
  }
  const day = warnDay(view, clock)
  if (day === null) return null
  let at = openingOf(calendar, day)
  // a stated instant may lie before the opening of its own day
  if (at > clock.due.at) at = openingOf(calendar, dayBefore(view, clock.due.day, 1))
  return Math.max(at, clock.startAt)
}
