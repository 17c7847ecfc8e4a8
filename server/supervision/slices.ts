// Long work in short pieces (I5): nobody's question holds the others. Work comes as a generator that stops wherever it may be
// interrupted; it is driven on while its slice lasts, and then whatever else waits has its turn. Pieces of all works of one
// row follow each other, so that many long ones together take no more of the thread at a time than one.

import type { Steps } from '../core/steps.ts'

/** Real ms of work after which the others have their turn. */
const SLICE_MS = 10

export interface Slices {
  /** Drives the work to its end, giving way in between. */
  run<R>(work: Steps<R>): Promise<R>
  /** Does each of these in its order, giving way in between; resolves with the results. */
  map<T, R>(items: readonly T[], work: (item: T) => R): Promise<R[]>
  /** Gives way once: between two pieces that cannot be cut. */
  rest(): Promise<void>
  /** A turn of the loop of one's own, for a piece that cannot be cut: no two of this row have the same one. */
  turn(): Promise<void>
}

/** Whatever else waits has its turn. */
export const giveWay = (): Promise<void> => new Promise((done) => setImmediate(done))

function* nothing(): Steps<void> {}

function* each<T, R>(items: readonly T[], work: (item: T) => R): Steps<R[]> {
  const done: R[] = []
  for (const item of items) {
    done.push(work(item))
    yield
  }
  return done
}

export const openSlices = (mono: () => number): Slices => {
  let row: Promise<unknown> = Promise.resolve()
  /** Works on while the slice lasts; the result, once it is there. */
  const slice = <R>(work: Steps<R>): { readonly result: R } | null => {
    const end = mono() + SLICE_MS
    do {
      const { done, value } = work.next()
      if (done === true) return { result: value as R }
    } while (mono() < end)
    return null
  }
  const run = async <R>(work: Steps<R>): Promise<R> => {
    for (;;) {
      const turn = row.then(giveWay).then(() => slice(work))
      row = turn.catch(() => undefined)
      const end = await turn
      if (end !== null) return end.result
    }
  }
  return { run, map: (items, work) => run(each(items, work)), rest: giveWay, turn: () => run(nothing()) }
}
