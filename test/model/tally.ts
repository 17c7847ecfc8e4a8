// How often each clause of the time law and each rule had something to say: a comparison that never meets a clause proves
// nothing about it.

export type Tally = Map<string, number>

let counting: Tally = new Map()

/** Counts into this tally from now on. */
export const countInto = (tally: Tally): void => {
  counting = tally
}

export const hit = (clause: string): void => {
  counting.set(clause, (counting.get(clause) ?? 0) + 1)
}

/** Does something that is not counted: another telling of a case is no further case. */
export const quietly = <T>(work: () => T): T => {
  const kept = counting
  counting = new Map()
  try {
    return work()
  } finally {
    counting = kept
  }
}
