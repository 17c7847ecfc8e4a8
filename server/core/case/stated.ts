// What an event states of its own limits, as the law reads it: a limit at the longest there is, a due date within the years
// a calendar can count, so that no number runs past the end of its arithmetic. Never decides which limit holds. T4, T10.

import { type Calendar, LAST_DAY } from '../time/calendar.ts'
import { parseDay } from '../time/civil.ts'
import { asDay, asInstant } from '../time/instant.ts'
import { type Due, type Limit, type LimitUnit, LONGEST_LIMIT, statedDue } from '../time/limit.ts'
import type { StatedLimit } from './state.ts'

/** A limit and a due date or instant that stand in one event. */
export interface Stated {
  readonly limit: StatedLimit | null
  readonly due: string | number | null
}

export const printStated = ({ limit, due }: Stated): string =>
  due !== null ? String(due) : `${limit?.value ?? ''}${limit?.unit ?? ''}`

const isUnit = (unit: string): unit is LimitUnit => Object.hasOwn(LONGEST_LIMIT, unit)

/** A stated limit is read at the longest there is: an older door let in what is beyond (see isBeyond). */
export const asLimit = (stated: StatedLimit | null): Limit | null =>
  stated !== null && isUnit(stated.unit)
    ? { unit: stated.unit, value: Math.min(stated.value, LONGEST_LIMIT[stated.unit]) }
    : null

/** Longer than any limit of a law, so that it is not read as it stands. */
export const isBeyond = (stated: StatedLimit | null): boolean =>
  stated !== null && isUnit(stated.unit) && stated.value > LONGEST_LIMIT[stated.unit]

/** Placeholders such as 9999-12-31 lie past what a calendar can count: they are read as its last years, which is never. */
const FAR_DAY = asDay(LAST_DAY - 366)

/** A stated due date or instant; null: it is neither. */
export const dueWithin = (calendar: Calendar, stated: string | number): Due | null => {
  const farAt = calendar.endOf(FAR_DAY)
  const far = { dueOn: FAR_DAY, dueAt: farAt, provisional: true }
  if (typeof stated === 'number') {
    if (stated > farAt) return far
    return { dueOn: calendar.dayOf(asInstant(stated)), dueAt: asInstant(stated), provisional: false }
  }
  const day = parseDay(stated)
  return day !== null && day > FAR_DAY ? far : statedDue(calendar, stated)
}
