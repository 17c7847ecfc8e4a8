// Work that can be interrupted: a generator that stops wherever something else may have its turn (I5). Whoever drives it
// decides how long it goes on at a time; what comes of it does not depend on that.

export type Steps<R> = Generator<void, R>

/** All of it at a stretch: where it is known to be short, or nobody waits. */
export const atOnce = <R>(work: Steps<R>): R => {
  for (;;) {
    const { done, value } = work.next()
    if (done === true) return value as R
  }
}
