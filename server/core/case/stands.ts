// Where an event stands among instants that is known by its day alone (I15, 按日): its `at` is the start of that day, it is
// ordered as if at that day's end (F1), and it is in time if its day is not after the day of the limit. Whoever compares
// the instant of an event with a limit, or with another event, asks here. Pure.

import type { Calendar } from '../time/calendar.ts'
import { asInstant, type Instant } from '../time/instant.ts'

/** What is known of when something was: of day precision, `at` is the start of that day. */
export interface When {
  readonly at: Instant
  readonly precision: 'day' | null
}

/** From the first millisecond of a day to its last. */
const REST_OF_DAY_MS = 86_399_999

/** The instant at which an event stands in the order of facts (F1). */
export const standsAt = ({ at, precision }: When): Instant =>
  precision === 'day' ? asInstant(at + REST_OF_DAY_MS) : at

/** Done in time: at or before the limit, or, known by its day alone, on a day that is not after the limit's. */
export const isBy = ({ at, precision }: When, dueAt: Instant, calendar: Pick<Calendar, 'dayOf'>): boolean =>
  precision === 'day' ? calendar.dayOf(at) <= calendar.dayOf(dueAt) : at <= dueAt

/**
 * Stamped after the other for sure: of a bare day and a stamp of it nobody knows which came first, and no guess accuses.
 * That is not the order of facts, which is always one (F1).
 */
export const isAfter = (one: When, other: When): boolean => one.at > standsAt(other)

/** Whether an instant lies in the course of what is known by its day alone. */
export const isOnDayOf = (bare: When, at: Instant): boolean =>
  bare.precision === 'day' && bare.at <= at && at <= standsAt(bare)

/** One instant, or a bare day and an instant of it: what is told so may have been at one and the same time. */
export const mayCoincide = (a: When, b: When): boolean => a.at === b.at || isOnDayOf(a, b.at) || isOnDayOf(b, a.at)
