// What the supervisor answers for each event it was handed, and what it is told about the hand-over (I3, I6).
// Types only; the words of a receipt are made where it is sent.

import type { ProblemCode } from '../contract/problems.ts'
import type { Instant } from '../core/time/instant.ts'
import type { Rejection, Taken } from './fact.ts'

export interface Outcome {
  readonly outcome: 'accepted' | 'known' | 'rejected'
  readonly code: ProblemCode | null
  /** JSON pointer into the event as it was sent. */
  readonly field: string | null
  readonly detail: string | null
  /** Of an accepted event: what it asks for and does not get (F3). */
  readonly warning?: { readonly code: ProblemCode; readonly field: string; readonly detail: string }
}

export interface HandOver {
  /** Source of the key; null: an administrator's key, each event names its own. */
  readonly source: string | null
  /** The instant before which what it brings is a declared past record (I8); null: live. */
  readonly historical: Instant | null
  /** Entry number of the import that brings them; absent: they come live. */
  readonly importNo?: number | null
  /** The person who hands them in by hand; absent: their source does, or an import brings them. */
  readonly person?: string | null
  /** Whose key it was, for the record. */
  readonly by: string
}

export interface Intake {
  /**
   * One outcome an event, in order; resolves when everything accepted is durable (I4). `raw` bears the text of each
   * rejected event for the quarantine, null for the others. Throws Busy or Unstored, having taken nothing.
   */
  ingest(
    intakes: readonly (Taken | Rejection)[],
    raw: readonly (string | null)[],
    handOver: HandOver,
  ): Promise<readonly Outcome[]>
}
