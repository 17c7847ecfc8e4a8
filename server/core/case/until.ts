// What of a case stands before its end (F5): facts stamped after the conclusion are kept and change nothing – they set no
// limit, accept nothing, move nobody. Judging reads the case through here, so that no rule has to ask again. What outlives
// the end stays: deliveries, complaints, ratings, steps that follow the decision. Pure.

import type { Instant } from '../time/instant.ts'
import { isAfter, standsAt, type When } from './stands.ts'
import type { CaseState, End } from './state.ts'

export const untilEnd = (state: CaseState, end: End | null): CaseState => {
  if (end === null) return state
  const counts = (mark: When): boolean => !isAfter(mark, end)
  const first = <T extends When>(mark: T | null): T | null => (mark !== null && counts(mark) ? mark : null)
  const lastAt = standsAt(end)
  return {
    ...state,
    received: first(state.received),
    accepted: first(state.accepted),
    // what is handed in after the end answers nothing any more
    notices: state.notices
      .filter(counts)
      .map((notice) => (notice.doneAt !== null && notice.doneAt > lastAt ? { ...notice, doneAt: null } : notice)),
    pauses: state.pauses.filter(counts),
    resumesOfNothing: state.resumesOfNothing.filter(counts),
    extensions: state.extensions.filter(counts),
    joint: state.joint.filter(counts),
    upward: state.upward.filter(counts),
    urges: state.urges.filter(counts),
    custody: state.custody.filter(({ from }) => from <= lastAt),
  }
}

/** The last instant at which an acceptance may have been: of what accepted it on a bare day, the end of that day (I15). */
export const acceptedByOf = (state: CaseState, at: Instant, missing: boolean): Instant => {
  const marks: readonly (When | null)[] = [state.accepted, state.received, missing ? state.first : null]
  const bare = marks.find((mark) => mark !== null && mark.precision === 'day' && mark.at === at)
  if (bare !== undefined && bare !== null) return standsAt(bare)
  return state.notices.find(({ doneAt, doneBy }) => doneAt === at && doneBy !== undefined)?.doneBy ?? at
}
