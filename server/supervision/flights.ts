// The batches under way to the disk, oldest first: at most one while the next is planned.

import type { Instant } from '../core/time/instant.ts'
import type { FactRow } from '../store/port.ts'

/** A batch on its way to the disk. Should it fail, the line is lost and nothing after it is answered. */
export interface Flight {
  readonly facts: readonly FactRow[]
  readonly at: Instant
  /** The next plan needs what only the store can say of it: it waits until this one has landed. */
  readonly alone: boolean
  /** Resolves when the batch is durable and published. */
  readonly landed: Promise<void>
}

export class Flights {
  readonly #flights: Flight[] = []

  add(flight: Flight): void {
    this.#flights.push(flight)
  }

  drop(flight: Flight): void {
    const place = this.#flights.indexOf(flight)
    if (place >= 0) this.#flights.splice(place, 1)
  }

  underWay(): readonly Flight[] {
    return this.#flights.slice()
  }

  /** Waits until at most so many are under way; rejects when one fails. */
  async land(most: number): Promise<void> {
    while (this.#flights.length > most) await this.#flights[0]?.landed
  }

  /** Waits until none is, whatever became of them. */
  async settled(): Promise<void> {
    await Promise.all(this.#flights.map(({ landed }) => landed.catch(() => undefined)))
  }
}
