// Engines with one planted bug each, of kinds seen in the field: the properties of the time law must catch every one.

import type { Calendar } from '../../../../server/core/time/calendar.ts'
import { asDay, asInstant, type Day } from '../../../../server/core/time/instant.ts'
import { type ClockInput, type Due, dueOf } from '../../../../server/core/time/limit.ts'
import type { Span } from '../../../../server/core/time/run.ts'
import { segmentsOf } from '../../../../server/core/time/segments.ts'
import { usedAt } from '../../../../server/core/time/used.ts'
import { type Engine, engine } from '../laws.ts'

const at = (calendar: Calendar, dueOn: Day): Due => ({ dueOn, dueAt: calendar.endOf(dueOn), provisional: false })

/** The real engine but for limits in working days, whose due day is found the planted way. */
const inWorkDays = (planted: (calendar: Calendar, input: ClockInput) => Day): Engine => ({
  ...engine,
  due: (calendar, input, trace) =>
    input.limit.unit === 'WD' ? at(calendar, planted(calendar, input)) : dueOf(calendar, input, trace),
})

const plain = (calendar: Calendar, input: ClockInput, n: number): Day =>
  calendar.addWorkDays(calendar.dayOf(input.start), n + input.limit.value + input.extendWorkDays)

const days = (calendar: Calendar, { from, to }: Span): [Day, Day] => [calendar.dayOf(from), calendar.dayOf(to)]

/** A pause is a running total of working days, its first and last day both taken for lost. */
export const runningTotal = inWorkDays((calendar, input) => {
  let lost = 0
  for (const pause of input.pauses) {
    const [from, to] = days(calendar, pause)
    lost += calendar.countWorkDays(asDay(from - 1), to)
  }
  return plain(calendar, input, lost)
})

/** Pauses are counted in natural days. */
export const naturalPauses = inWorkDays((calendar, input) => {
  let lost = 0
  for (const pause of input.pauses) lost += days(calendar, pause)[1] - days(calendar, pause)[0]
  return plain(calendar, input, lost)
})

/** Pauses are taken as they are told, the later beginning first if it was told first. */
export const asTold: Engine = {
  ...engine,
  due: (calendar, input) => {
    const first = input.pauses[0]
    return dueOf(calendar, { ...input, pauses: first === undefined ? [] : [first] })
  },
}

/** The day of resumption counts as a day of work. */
export const resumptionCounts = inWorkDays((calendar, input) => {
  const [pause] = input.pauses
  if (pause === undefined) return plain(calendar, input, 0)
  const [from, to] = days(calendar, pause)
  const due = plain(calendar, input, 0)
  if (from > due || to <= from || from < calendar.dayOf(input.start)) return due
  const left = input.limit.value + input.extendWorkDays - calendar.countWorkDays(calendar.dayOf(input.start), from)
  return calendar.addWorkDays(asDay(to - 1), left)
})

/** What is left after a pause is counted from its end without the days that were already used. */
export const forgetsWhatWasUsed = inWorkDays((calendar, input) => {
  const pause = input.pauses.at(-1)
  if (pause === undefined) return plain(calendar, input, 0)
  return calendar.addWorkDays(days(calendar, pause)[1], 1)
})

/** Business days as Monday to Friday. */
export const weekdaysOnly = inWorkDays((calendar, input) => {
  let day = calendar.dayOf(input.start)
  for (let left = input.limit.value; left > 0; ) {
    day = asDay(day + 1)
    const weekday = (((day + 3) % 7) + 7) % 7
    if (weekday < 5) left--
  }
  return day
})

/** Limits are kept as text and compared by their first digit. */
export const firstDigit: Engine = {
  ...engine,
  due: (calendar, input) => {
    const value = input.limit.unit === '0' ? 0 : Number(String(input.limit.value)[0])
    return dueOf(calendar, { ...input, limit: { ...input.limit, value } })
  },
}

/** A day late at every tenth case: the due day itself is not counted in. */
export const offByOne: Engine = {
  ...engine,
  due: (calendar, input, trace) => {
    const due = dueOf(calendar, input, trace)
    return due.dueOn % 10 === 0 ? at(calendar, calendar.addWorkDays(due.dueOn, 1)) : due
  },
}

/** The break at noon is office time. */
export const worksAtNoon: Engine = {
  ...engine,
  due: (calendar, input, trace) => {
    const due = dueOf(calendar, input, trace)
    const noon = calendar.zone.at(due.dueOn, 12 * 60)
    return due.dueAt > noon ? { ...due, dueAt: asInstant(due.dueAt - 90 * 60_000) } : due
  },
}

/** Remaining time never falls below nought. */
export const clampedRemaining: Engine = {
  ...engine,
  used: (calendar, input, instant) => {
    const { used, remaining } = usedAt(calendar, input, instant)
    return { used, remaining: Math.max(0, remaining) }
  },
}

/** The acceptance day is taken for used. */
export const acceptanceUsed: Engine = {
  ...engine,
  used: (calendar, input, instant) => {
    const { used, remaining } = usedAt(calendar, input, instant)
    return { used: used + 1, remaining: remaining - 1 }
  },
}

/** Rest days between the unrolled last day and the due day are left out. */
export const noRoll: Engine = {
  ...engine,
  segments: (calendar, input, due) => {
    const found = segmentsOf(calendar, input, due)
    return found.filter(({ kind }) => kind !== 'roll')
  },
}

/** A stretch of counting loses a minute. */
export const losesAMinute: Engine = {
  ...engine,
  segments: (calendar, input, due) => {
    const found = segmentsOf(calendar, input, due)
    return found.map((one) => (one.kind === 'count' && one.counted > 600 ? { ...one, counted: one.counted - 1 } : one))
  },
}
