// What of a judgement hangs on whose telling of the firsts it follows (F5): when the case was received and accepted, and its
// limits from there. Pure.

import type { Day, Instant } from '../time/instant.ts'
import type { Clock } from './reckon.ts'

export interface BegunBy {
  readonly receivedAt: Instant | null
  readonly acceptedAt: Instant | null
  readonly acceptedOn: Day | null
  readonly deemed: boolean
  readonly promise: Clock | null
  readonly statute: Clock | null
  /** The clock that decides on time or late: the promise, else the statute (M2). */
  readonly main: Clock | null
  readonly provisional: boolean
  readonly undated: boolean
  /** First instant past the main clock's due instant, once it has been reached before any conclusion. */
  readonly overdueFrom: Instant | null
}

/** The case as another telling has it. */
export interface Telling {
  /** The tellings that it follows, of each first that is told differently one. */
  readonly by: readonly string[]
  readonly begun: BegunBy
}

export const begunBy = (judged: BegunBy): BegunBy => {
  const { receivedAt, acceptedAt, acceptedOn, deemed, promise, statute, main, provisional, undated, overdueFrom } =
    judged
  return { receivedAt, acceptedAt, acceptedOn, deemed, promise, statute, main, provisional, undated, overdueFrom }
}

export const tellingsOf = (all: readonly { readonly by: readonly string[]; readonly version: BegunBy }[]): Telling[] =>
  all.map(({ by, version }) => ({ by, begun: begunBy(version) }))
