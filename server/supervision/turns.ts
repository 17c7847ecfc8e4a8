// The one alarm (J4): sleeps until the next turn of anything in the store, never longer than a minute (a second of a
// simulated clock), so that a clock stepped back, a jump forward or a slept machine loses nothing. Cost follows
// changes, not open cases.

import type { Instant } from '../core/time/instant.ts'
import type { Clock } from './clock.ts'

const LONGEST_REAL_MS = 60_000
const LONGEST_SIMULATED_MS = 1_000

export interface Turns {
  /** A change brought a turn; the alarm moves forward where it is earlier. */
  consider(at: Instant | null): void
  /** The due turns were taken; this is the next one in the store. */
  taken(next: Instant | null): void
  isDue(now: Instant): boolean
  next(): Instant | null
  stop(): void
}

export const makeTurns = (clock: Clock, now: () => Instant, ring: () => void): Turns => {
  let next: Instant | null = null
  let timer: NodeJS.Timeout | null = null
  let stopped = false
  const longest = clock.speed === 1 ? LONGEST_REAL_MS : LONGEST_SIMULATED_MS
  const arm = (): void => {
    if (timer !== null) clearTimeout(timer)
    timer = null
    if (stopped || next === null) return
    const wait = clock.speed === 0 ? longest : Math.ceil((next - now()) / clock.speed)
    timer = setTimeout(
      () => {
        timer = null
        if (next !== null && next <= now()) ring()
        else arm()
      },
      Math.min(Math.max(wait, 0), longest),
    )
    timer.unref()
  }
  return {
    consider(at) {
      if (at === null || (next !== null && next <= at)) return
      next = at
      arm()
    },
    taken(at) {
      next = at
      arm()
    },
    isDue: (at) => next !== null && next <= at,
    next: () => next,
    stop() {
      stopped = true
      if (timer !== null) clearTimeout(timer)
    },
  }
}
