// The supervision clock as this screen shows it: carried on from the last instant the server named, at its speed.
// Never goes back visibly for jitter, never runs on past the time a beat is overdue: beyond that nothing is known.

import { STALE_AFTER_S } from '../../server/contract/vocabulary.ts'

export interface Anchor {
  /** Supervision instant the server named, epoch ms. */
  at: number
  /** Monotone real milliseconds when it was heard. */
  heardAt: number
  /** Supervision ms a real ms. */
  speed: number
}

/** Going back by more than this many real seconds' worth is a new time, not jitter: the clock follows it. */
const JITTER_S = 3

export const clockAt = (anchor: Anchor, mono: number): number => {
  const elapsed = Math.min(Math.max(0, mono - anchor.heardAt), STALE_AFTER_S * 1000)
  return anchor.at + elapsed * anchor.speed
}

/** What to show next, given what is shown: stands still until the truth has caught up with a small lead. */
export const nextShown = (shown: number | null, anchor: Anchor, mono: number): number => {
  const truth = clockAt(anchor, mono)
  if (shown === null || truth >= shown) return truth
  return shown - truth > JITTER_S * 1000 * Math.max(1, anchor.speed) ? truth : shown
}
