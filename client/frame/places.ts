// Where somebody was on each page of this visit: how far down, in which row, with which rows fetched, so that going into a
// case and back changes nothing. Kept in memory by the address, forgotten with the tab; what is shown again is asked again.

export interface PlaceOnPage {
  /** Pixels from the top. */
  scroll: number
  /** Key of the row that was gone into; null: none. */
  row: string | null
}

const MOST = 50

/** One for a tab: App makes it, the frame reads it. */
export class Places {
  readonly #at = new Map<string, PlaceOnPage>()
  readonly #rows = new Map<string, unknown>()

  #put<V>(kept: Map<string, V>, address: string, value: V): void {
    kept.delete(address)
    kept.set(address, value)
    const [oldest] = kept.keys()
    if (kept.size > MOST && oldest !== undefined) kept.delete(oldest)
  }

  leave(address: string, place: PlaceOnPage): void {
    this.#put(this.#at, address, place)
  }

  at(address: string): PlaceOnPage | null {
    return this.#at.get(address) ?? null
  }

  /** What a list had fetched, by the path it asks: shown at once on return, while it is asked for again. */
  keepRows(path: string, rows: unknown): void {
    this.#put(this.#rows, path, rows)
  }

  rowsOf<R>(path: string): R | null {
    return (this.#rows.get(path) as R | undefined) ?? null
  }
}
