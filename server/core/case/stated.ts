// What an event states of its own limits, as the law reads it: a limit at the longest there is, a due date within the years
// a calendar can count, so that no number runs past the end of its arithmetic. Never decides which limit holds. T4, T10.

import type { Law } from '../law/law.ts'
import { type Calendar, LAST_DAY } from '../time/calendar.ts'
import { parseDay } from '../time/civil.ts'
import { asDay, asInstant, type Instant } from '../time/instant.ts'
import { type Due, type Limit, type LimitUnit, LONGEST_LIMIT, statedDue } from '../time/limit.ts'
import { couldTell } from './ability.ts'
import type { CaseState, Extend, StatedLimit } from './state.ts'

/** A limit and a due date or instant that stand in one event, and up to when what had happened is in them. */
export interface Stated {
  readonly limit: StatedLimit | null
  readonly due: string | number | null
  readonly asOf: Instant
}

/** What an event says of its due dates: up to when they hold what had happened; unsaid: up to the event (T10). */
interface Dated {
  readonly at: Instant
  readonly dueAsOf?: string | number
}

/** A bare day is read as its beginning: what happened on it still moves the due. */
export const statedAsOf = (calendar: Calendar, { at, dueAsOf }: Dated): Instant => {
  if (dueAsOf === undefined) return at
  if (typeof dueAsOf === 'number') return asInstant(dueAsOf)
  const day = parseDay(dueAsOf)
  return day === null ? at : calendar.startOf(day)
}

export const printStated = ({ limit, due }: Omit<Stated, 'asOf'>): string =>
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

/**
 * Placeholders such as 9999-12-31 lie past what a calendar can count: they are read as its last years, which is never, and
 * no pause moves that.
 */
const FAR_DAY = asDay(LAST_DAY - 366)

export const isNever = (due: Due): boolean => due.dueOn >= FAR_DAY

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

/** Whether it is known when an extension was approved: it says so, or its source could have. */
export const isApprovalKnown = (state: Pick<CaseState, 'spoken'>, law: Law, extension: Extend): boolean =>
  extension.approvalStated || couldTell(state, law, extension, 'EXTEND.approved_at')

/** What the sources of a case cannot say of when its extensions were approved (I12). */
export const unsaidApprovals = (state: Pick<CaseState, 'extensions' | 'spoken'>, law: Law): string[] =>
  state.extensions.some((extension) => !isApprovalKnown(state, law, extension)) ? ['EXTEND.approved_at'] : []
