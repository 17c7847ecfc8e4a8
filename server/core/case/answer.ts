// The answerable holder (F4): the law laid over custody. Time in an unlawful pause, past a pause's cap, or in a
// correction outside T8 is answered by whoever ordered it, not by whoever waited. Pure; never looks at the present.

import type { Holder } from '../card/card.ts'
import type { Instant } from '../time/instant.ts'
import { holderAt, holderBehind } from './custody.ts'
import type { JudgedPause } from './pauses.ts'
import type { CaseState, Notice } from './state.ts'

export interface AnswerGrounds {
  readonly state: CaseState
  readonly pauses: readonly JudgedPause[]
  readonly acceptedAt: Instant | null
}

const last = <T>(rows: readonly T[], wanted: (row: T) => boolean): T | null => {
  for (let i = rows.length - 1; i >= 0; i--) if (wanted(rows[i] as T)) return rows[i] as T
  return null
}

/** The pause that holds the case at an instant without stopping the clock. */
const faulty =
  (at: Instant) =>
  ({ pause, lawful, overAt }: JudgedPause): boolean =>
    pause.at <= at && (pause.to === null || at < pause.to) && (!lawful || overAt <= at)

/** A notice that is being answered. */
const asks =
  (at: Instant) =>
  (notice: Notice): boolean =>
    notice.at <= at && (notice.doneAt === null || at < notice.doneAt)

/** T8 knows corrections before acceptance only; a late notice is one after the deemed acceptance. */
const outside =
  (at: Instant, acceptedAt: Instant | null) =>
  (notice: Notice): boolean =>
    acceptedAt !== null && notice.at > acceptedAt && asks(at)(notice)

/** Who answers for the case at an instant. */
export const answerableAt = ({ state, pauses, acceptedAt }: AnswerGrounds, at: Instant): Holder => {
  const paused = last(pauses, faulty(at))
  if (paused !== null) return holderBehind(paused.pause)
  const held = holderAt(state.custody, at)
  if (held.role !== 'applicant') return held
  const notice = last(state.notices, outside(at, acceptedAt))
  if (notice !== null) return holderBehind(notice)
  if (last(state.notices, asks(at)) !== null) return held
  // handed to the applicant: nobody there answers for a limit, whoever handed it over does
  return last(state.custody, (span) => span.from <= at && span.holder.role !== 'applicant')?.holder ?? held
}
