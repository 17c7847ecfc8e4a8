// What a run says of each event it hands over, beside the event (I15): the row it came of, for a row is taken whole or waits
// whole, and why it may not be taken yet. Plain values: they cross from the console to a server.

import type { ProblemCode } from '../../contract/problems.ts'

export interface SentMark {
  /** Number of its row in the file: events of one row wait together. */
  readonly row: number
  /** null: nothing is against it. */
  readonly waits: { readonly code: ProblemCode; readonly detail: string } | null
}

/** The unit an event names; '' where it names none. */
const unitOf = (event: unknown): string => {
  const unit = typeof event === 'object' && event !== null && 'org_code' in event ? event.org_code : null
  return typeof unit === 'string' ? unit : ''
}

export interface WaitingRows {
  readonly unit: string
  readonly rows: number
}

/** Rows that wait, counted by their unit. */
export class Waiting {
  readonly #rows = new Map<string, Set<number>>()

  /** The counts with the row of one more event, the most first. */
  note(event: unknown, row: number): readonly WaitingRows[] {
    const unit = unitOf(event)
    this.#rows.set(unit, (this.#rows.get(unit) ?? new Set()).add(row))
    const counted = [...this.#rows].map(([name, rows]) => ({ unit: name, rows: rows.size }))
    return counted.sort((a, b) => b.rows - a.rows || (a.unit < b.unit ? -1 : 1))
  }
}
