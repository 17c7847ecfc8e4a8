// Small requests that come at the same time are committed together (I4): a commit and its sync cost as much for one event as
// for many. While a batch is on its way to the disk the next ones wait for it; those it answers mostly come again at
// once, so for a moment after it landed the line waits for them. Whoever comes alone waits for nobody.

import type { Clock } from './clock.ts'
import { Rest } from './rest.ts'

/** From so many events on a batch is planned while the one before is under way: there is more to plan than to save. */
export const SMALL_EVENTS = 64
/** So long after an answer whoever got it may take to come again, real ms. */
const COMES_AGAIN_MS = 5

export class Company {
  readonly #mono: Clock['mono']
  readonly #waiting: () => number
  readonly #rest = new Rest()
  #expected = 0
  #landedAt = Number.NEGATIVE_INFINITY

  /** @param waiting how many requests wait before the line */
  constructor(mono: Clock['mono'], waiting: () => number) {
    this.#mono = mono
    this.#waiting = waiting
  }

  /** A batch of so many requests has been answered: they are expected to come again, beside those that wait already. */
  answered(requests: number): void {
    this.#expected = requests + this.#waiting()
    this.#landedAt = this.#mono()
  }

  /** Resolves when as many wait as are expected, or have had the time to come. */
  async gathered(): Promise<void> {
    const left = this.#landedAt + COMES_AGAIN_MS - this.#mono()
    if (left > 0 && this.#waiting() < this.#expected) await this.#rest.take(left)
  }

  /** Somebody came. */
  heard(): void {
    if (this.#waiting() >= this.#expected) this.#rest.end()
  }

  /** Nobody is waited for any more. */
  end(): void {
    this.#rest.end()
  }
}
