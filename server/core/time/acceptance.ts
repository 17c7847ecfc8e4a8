// When a case counts as accepted (T8, 行政许可法 32): by word, by corrections made, or by the silence of five working days.
// Pure over all facts, with no present instant: a deemed acceptance names the instant at which the clock finds it,
// and the caller compares that with now. Never moves an acceptance once it stands.

import type { Calendar } from './calendar.ts'
import { asInstant, type Day, type Instant } from './instant.ts'

export interface Notice {
  readonly at: Instant
  /** Corrections complete; null while waited for. */
  readonly doneAt: Instant | null
}

export interface AcceptanceFacts {
  readonly receivedAt: Instant | null
  readonly accepts: readonly Instant[]
  readonly notices: readonly Notice[]
  /** First refusal to accept, or end of the case. */
  readonly endedAt: Instant | null
  /** T8 holds for this item: permits, untyped items, others by profile. */
  readonly applies: boolean
}

export interface Acceptance {
  readonly at: Instant | null
  readonly on: Day | null
  readonly deemed: boolean
  /** Last instant for a complete correction notice; null without a receipt. */
  readonly noticeDueAt: Instant | null
  /** The instant at which the clock itself finds acceptance if nothing comes; null when something came. */
  readonly deemedAt: Instant | null
}

export const NOTICE_WORK_DAYS = 5

const earliest = (instants: Iterable<Instant>): Instant | null => {
  let first: Instant | null = null
  for (const at of instants) if (first === null || at < first) first = at
  return first
}

/** The acceptance of a case: the first ACCEPT, CORRECT_DONE of a notice in time, or the receipt day by silence. */
export function acceptanceOf(
  calendar: Calendar,
  facts: AcceptanceFacts,
  noticeWorkDays: number = NOTICE_WORK_DAYS,
): Acceptance {
  const { receivedAt } = facts
  const noticeDueAt =
    receivedAt === null ? null : calendar.endOf(calendar.addWorkDays(calendar.dayOf(receivedAt), noticeWorkDays))
  const inTime = (at: Instant): boolean => noticeDueAt !== null && at <= noticeDueAt
  const notices = facts.applies ? facts.notices.filter((notice) => receivedAt === null || inTime(notice.at)) : []
  const corrected = notices.flatMap(({ doneAt }) => (doneAt === null ? [] : [doneAt]))
  const silent =
    facts.applies &&
    notices.length === 0 &&
    !facts.accepts.some(inTime) &&
    (facts.endedAt === null || !inTime(facts.endedAt))
  if (silent && receivedAt !== null && noticeDueAt !== null) {
    const deemedAt = asInstant(noticeDueAt + 1)
    return { at: receivedAt, on: calendar.dayOf(receivedAt), deemed: true, noticeDueAt, deemedAt }
  }
  const at = earliest([...facts.accepts, ...corrected])
  return { at, on: at === null ? null : calendar.dayOf(at), deemed: false, noticeDueAt, deemedAt: null }
}
