// The batches under way to the disk, oldest first: at most one while the next is planned.

import type { Flight } from './line.ts'

export class Flights {
  readonly #flights: Flight[] = []

  add(flight: Flight): void {
    this.#flights.push(flight)
  }

  drop(flight: Flight): void {
    this.#flights.splice(this.#flights.indexOf(flight), 1)
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
