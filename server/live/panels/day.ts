// What day it is in the office, so that a screen needs no calendar of its own (L3, T1).

import type { BoardDay } from '../../contract/live.ts'
import type { Law } from '../../core/law/law.ts'
import type { Calendar } from '../../core/time/calendar.ts'
import { asDay, type Day, type Instant } from '../../core/time/instant.ts'
import { instantIn } from '../../present/words.ts'
import type { Panel } from './panel.ts'

const HOLIDAY_LOOK_DAYS = 60

const holidayAhead = (calendar: Calendar, today: Day): BoardDay['holiday'] => {
  for (let n = 0; n <= HOLIDAY_LOOK_DAYS; n++) {
    const on = asDay(today + n)
    if (calendar.kindOf(on) === 'holiday') return { name: calendar.nameOf(on) ?? '', in_days: n }
  }
  return null
}

export const boardDay = (law: Law, now: Instant, speed: number): BoardDay => {
  const calendar = law.homeCalendar
  const today = calendar.dayOf(now)
  return {
    zone: calendar.zone.name,
    speed,
    on: instantIn(calendar, now)?.slice(0, 10) ?? '',
    kind: calendar.kindOf(today),
    holiday: holidayAhead(calendar, today),
    office: calendar.spansOf(today).map(([from, to]) => ({
      from: instantIn(calendar, from) ?? '',
      to: instantIn(calendar, to) ?? '',
    })),
    next_opening: instantIn(calendar, calendar.nextOpening(now)),
  }
}

/** The next opening moves with the hours of the day. */
export const day: Panel<BoardDay> = {
  name: 'day',
  feeds: ['clock'],
  draw: ({ law, now, speed }) => boardDay(law, now, speed),
}
