// What waits before the line: whole requests in the order they came, counted in events, and errands, which need the
// line to themselves. It only keeps and hands out; whether there is room for one more is the supervisor's word. I5.

import type { IngestOutcome, Job } from './ingest.ts'

export interface Queued {
  readonly job: Job
  readonly resolve: (outcomes: IngestOutcome[]) => void
  readonly reject: (error: Error) => void
}

/** A piece of work between two batches. */
export interface Errand {
  readonly run: () => Promise<void>
  readonly reject: (error: Error) => void
}

export class Queue {
  readonly #waiting: Queued[] = []
  readonly #errands: Errand[] = []
  #events = 0

  get events(): number {
    return this.#events
  }

  get requests(): number {
    return this.#waiting.length
  }

  get isEmpty(): boolean {
    return this.#events === 0 && this.#errands.length === 0
  }

  get hasErrands(): boolean {
    return this.#errands.length > 0
  }

  put(queued: Queued): void {
    this.#waiting.push(queued)
    this.#events += queued.job.items.length
  }

  putErrand(errand: Errand): void {
    this.#errands.push(errand)
  }

  takeErrand(): Errand | undefined {
    return this.#errands.shift()
  }

  /** Whole requests, in order, up to so many events; at least one. */
  take(most: number): Queued[] {
    const taken: Queued[] = []
    let events = 0
    for (let first = this.#waiting[0]; first !== undefined; first = this.#waiting[0]) {
      const size = first.job.items.length
      if (taken.length > 0 && events + size > most) break
      taken.push(first)
      this.#waiting.shift()
      events += size
    }
    this.#events -= events
    return taken
  }

  /** Errands stay: those that only read may still be run. */
  refuseEvents(error: Error): void {
    for (const queued of this.take(Number.POSITIVE_INFINITY)) queued.reject(error)
  }

  refuseAll(error: Error): void {
    this.refuseEvents(error)
    for (const errand of this.#errands.splice(0)) errand.reject(error)
  }
}
