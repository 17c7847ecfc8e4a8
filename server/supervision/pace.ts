// How judging again keeps out of the way (J6): how many cases a slice holds, and how long it rests before the next. The
// line is one: while a slice holds it, a request waits. So slices are short, and while events keep coming each rests as
// long as it took, up to a bound; with nobody waiting they follow each other. Reads no clock but the one handed in.

import type { Clock } from './clock.ts'

/** A slice holds the line about so long: a request that comes meanwhile waits for what is left of it. */
const SLICE_MS = 6
/** Below this a slice is all commit: making it smaller spares nobody anything. */
const LEAST_CASES = 10
/** One slow slice says little, for the disk has its moods; many quick ones may grow again, by little each. */
const MOST_GROWTH = 1.25
/** A slice gives way to what is queued, but for no longer than this: judging again goes on under any load. */
const LONGEST_REST_MS = 60
/** So long after the last event the line counts as left alone. */
const ALONE_MS = 1_000

export interface Pace {
  /** How many cases the next slice holds, by the time the last ones took. */
  cases(): number
  /** A slice of so many cases held the line so long. */
  took(count: number, ms: number): void
  /** An event has come: for a while every slice rests as long as it took. */
  heard(): void
  /** No event is expected: slices follow each other. */
  alone(): void
  /** Milliseconds until the next slice may begin, so many events being queued; 0: now. */
  restMs(queued: number): number
}

/** @param most cases at most in one slice */
export const makePace = (most: number, mono: Clock['mono']): Pace => {
  let cases = Math.min(most, LEAST_CASES)
  let endedAt = mono()
  let lastMs = 0
  let heardAt = Number.NEGATIVE_INFINITY
  return {
    cases: () => cases,
    took(count, ms) {
      endedAt = mono()
      lastMs = ms
      const fit = count * (SLICE_MS / Math.max(ms, 1))
      const grown = Math.min(fit, cases * MOST_GROWTH)
      // a short slice that took its time may have had little in it
      if (count >= cases || fit < cases) cases = Math.floor(Math.min(most, Math.max(LEAST_CASES, grown)))
    },
    heard() {
      heardAt = mono()
    },
    alone() {
      heardAt = Number.NEGATIVE_INFINITY
    },
    restMs(queued) {
      const now = mono()
      if (queued === 0 && now - heardAt > ALONE_MS) return 0
      const rest = queued === 0 ? Math.min(lastMs, LONGEST_REST_MS) : LONGEST_REST_MS
      return Math.max(0, endedAt + rest - now)
    },
  }
}
