// The two clocks: the supervision clock (`now`: law, facts, cards; may be simulated) and the real monotonic one
// (`mono`: beats, timeouts, sessions, limits). Nothing else in the house reads a clock. Rules: SPEC 11 `--clock`, J4.

import { performance } from 'node:perf_hooks'
import { parseInstant } from '../core/time/civil.ts'
import { asInstant, type Instant } from '../core/time/instant.ts'

export interface Clock {
  now(): Instant
  /** Supervision milliseconds that pass in a real one: 1 real, 600 demonstration, 0 standing still. */
  readonly speed: number
  /** Real milliseconds from an arbitrary start; never goes back. */
  mono(): number
}

const mono = (): number => performance.now()

export const realClock = (): Clock => ({ now: () => asInstant(Date.now()), speed: 1, mono })

/** A clock that starts at an instant and runs at a speed from the moment it is made. */
export const simulatedClock = (start: Instant, speed: number): Clock => {
  const made = mono()
  return { now: () => asInstant(Math.floor(start + (mono() - made) * speed)), speed, mono }
}

/** A clock moved by hand, for tests of what a clock may do. */
export const handClock = (start: Instant): Clock & { set(at: Instant): void } => {
  let at = start
  return {
    now: () => at,
    speed: 0,
    mono,
    set(next) {
      at = next
    },
  }
}

/** Reads `2026-09-30T08:30:00+08:00x600`: start and speed; no suffix: real speed from there. null: not readable. */
export const clockFrom = (written: string | null): Clock | null => {
  if (written === null || written === '') return realClock()
  const match = /^(.*?)(?:x(\d+(?:\.\d+)?))?$/.exec(written)
  const start = parseInstant(match?.[1] ?? '')
  return start === null ? null : simulatedClock(start, match?.[2] === undefined ? 1 : Number(match[2]))
}
