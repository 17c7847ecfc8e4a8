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

/** Drives work to its end: in pieces where others wait, else at a stretch. */
export type InPieces = <R>(work: Steps<R>) => Promise<R>

/** At a stretch, for a command that shares its process with nobody. */
export const atAStretch: InPieces = async (work) => atOnce(work)

/** Nothing, at a stop of its own: between two pieces that cannot be cut, everybody else has a turn. */
export function* pause(): Steps<void> {
  yield
}

/** One piece that cannot be cut, in a turn of its own. */
export function* once<R>(make: () => R): Steps<R> {
  yield
  return make()
}

/** Each of these made into something, in their order. Stops after so many. */
export function* mapSteps<T, R>(all: readonly T[], make: (one: T) => R, lot = LOT_ROWS): Steps<R[]> {
  const made: R[] = []
  const isFull = lotsOf(lot)
  for (const one of all) {
    made.push(make(one))
    if (isFull()) yield
  }
  return made
}

/** Rows after which long work may be interrupted. */
export const LOT_ROWS = 200
/** Values of a document, nested ones and texts alike. */
export const LOT_VALUES = 1_000

/** What is short is done at a stretch: giving way costs more than it takes, and whoever waits, waits for each turn. */
export const forMany = (count: number, inPieces: InPieces): InPieces => (count < LOT_ROWS ? atAStretch : inPieces)

/** Counts what is done; true each time a lot is full. */
export const lotsOf = (size: number): (() => boolean) => {
  let done = 0
  return () => {
    done += 1
    if (done < size) return false
    done = 0
    return true
  }
}
