// Long work of one request in short pieces (I5): nobody's question holds the others. Pieces of all requests go through one
// row, so that many long ones together take no more of the thread at a time than one.

/** Real ms of work after which the others have their turn. */
const SLICE_MS = 10

export interface Slices {
  /** Does each of these in its order, giving way in between; resolves with the results. */
  map<T, R>(items: readonly T[], work: (item: T) => R): Promise<R[]>
}

const giveWay = (): Promise<void> => new Promise((done) => setImmediate(done))

export const openSlices = (mono: () => number): Slices => {
  let row: Promise<unknown> = Promise.resolve()
  /** Works on while the slice lasts; where it has come to. */
  const slice = <T, R>(items: readonly T[], from: number, work: (item: T) => R, done: R[]): number => {
    const end = mono() + SLICE_MS
    let at = from
    do {
      done.push(work(items[at] as T))
      at += 1
    } while (at < items.length && mono() < end)
    return at
  }
  return {
    async map(items, work) {
      const done: ReturnType<typeof work>[] = []
      for (let at = 0; at < items.length; ) {
        const turn = row.then(giveWay).then(() => slice(items, at, work, done))
        row = turn.catch(() => undefined)
        at = await turn
      }
      return done
    },
  }
}
