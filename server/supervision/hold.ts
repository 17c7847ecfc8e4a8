// How the line waits for a store that took nothing (A6): from the failed commit on, whatever would write is refused at
// once with why and when to come again; after a wait, doubled with every failure, the store is tried anew, and the first
// commit that lands ends it. Reading goes on meanwhile.

import { Unstored } from './unstored.ts'

const LONGEST_MS = 15_000

export class Hold {
  readonly #firstMs: number
  readonly #ring: () => void
  #why: Unstored | null = null
  #waitMs = 0
  #timer: NodeJS.Timeout | null = null
  #isDue = false

  /** `ring` is called when the store is to be tried again. */
  constructor(firstMs: number, ring: () => void) {
    this.#firstMs = firstMs
    this.#ring = ring
  }

  /** Why nothing is written at present; null: it is. */
  get why(): Unstored | null {
    return this.#why
  }

  /** Whether the wait is over. */
  get isDue(): boolean {
    return this.#isDue
  }

  begin({ code, message }: Unstored): void {
    this.#waitMs = this.#why === null ? this.#firstMs : Math.min(LONGEST_MS, this.#waitMs * 2)
    this.#why = new Unstored(code, message, Math.max(1, Math.ceil(this.#waitMs / 1000)))
    this.#stop()
    this.#timer = setTimeout(() => {
      this.#isDue = true
      this.#ring()
    }, this.#waitMs)
  }

  end(): void {
    this.#why = null
    this.#stop()
  }

  #stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
    this.#isDue = false
  }
}
