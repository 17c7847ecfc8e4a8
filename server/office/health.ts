// What the line is doing, in words a monitor and a person can read (A5, J5). Anybody may ask. No personal data.

import { problemText } from '../contract/problems.ts'
import { instantIn } from '../present/words.ts'
import type { Supervisor } from '../supervision/supervisor.ts'

export interface HealthParts {
  readonly supervisor: Supervisor
  readonly screens: () => number
  /** Bytes of the ledger's log. */
  readonly logBytes: () => number
}

/** A step back of a clock that is set right now and then is no trouble. */
const BEHIND_TOLD_S = 60

const MB = 1024 * 1024
/** A log that has grown so far is held by somebody who reads one state for long: audit, verify, a copy (A6). */
const HELD_BYTES = 256 * MB

/** Whether the line takes what is brought, and all that is to be said of it. */
export const healthOf = ({ supervisor, screens, logBytes }: HealthParts) => {
  const { broken, withheld, apart, queued, rejudging, rejudgingFor, rebuilding, ...state } = supervisor.state()
  const { longestSliceMs, nextTurnAt, clockBehindMs } = state
  const calendar = supervisor.law.homeCalendar
  // a clock set back to before the last entry stands still there: what it says of today is not today's (M9)
  const clockBehindS = Math.floor(clockBehindMs / 1_000)
  const log = logBytes()
  const isHeld = log >= HELD_BYTES
  const impaired = apart > 0 || rebuilding || isHeld || clockBehindS >= BEHIND_TOLD_S ? 'degraded' : 'ok'
  const status = broken !== null ? 'broken' : (withheld ?? impaired)
  return {
    status,
    now: instantIn(calendar, supervisor.now()),
    next_turn_at: instantIn(calendar, nextTurnAt),
    clock_behind_s: clockBehindS,
    queued_events: queued,
    cases_apart: apart,
    rejudging,
    rejudging_for: rejudgingFor,
    rebuilding,
    longest_slice_ms: longestSliceMs,
    log_mb: Math.ceil(log / MB),
    log_held: isHeld,
    law: supervisor.law.version,
    screens: screens(),
    broken,
    storage: withheld === null ? null : problemText(withheld, {}),
  }
}

export const readinessOf = ({ supervisor }: Pick<HealthParts, 'supervisor'>) => {
  const { broken, withheld, rebuilding } = supervisor.state()
  return { ready: broken === null && withheld === null, rebuilding }
}
