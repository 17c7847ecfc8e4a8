// What the quarantine holds, beside its rows (I6): how much of each source, what was resolved and how, and what made room.
// Types only. A row that is resolved stays to be read until its place is needed; one that is not resolved never leaves.

import type { Instant } from '../core/time/instant.ts'

export interface QuarantineRow {
  at: Instant
  source: string
  eventId: string | null
  projectNo: string | null
  code: string
  field: string | null
  message: string
  /** The raw text as received (bounded by the intake). */
  raw: string
}

export type Resolution = 'resubmitted' | 'dismissed'

export interface KeptRefusal extends QuarantineRow {
  readonly id: number
  /** null: it waits for a person. */
  readonly resolvedAt: Instant | null
  readonly resolution: Resolution | null
}

export interface QuarantineCount {
  readonly source: string
  readonly rows: number
  /** Of their raw texts, as UTF-8. */
  readonly bytes: number
  /** Rows among them that were resolved. */
  readonly resolved: number
}

/** Rows of files that wait whole (I15), by the unit they name ('' where they name none). */
export interface WaitingRows {
  readonly source: string
  readonly unit: string
  readonly rows: number
}

/** Rows of a source from one number to another, of one code or of all, that no longer wait for a person. */
export interface Resolved {
  readonly source: string
  readonly from: number
  readonly upTo: number
  readonly code: string | null
  readonly how: Resolution
}

export interface QuarantineSteps {
  /** Numbers of resolved rows that make room for new ones. */
  readonly gone: readonly number[]
  readonly resolved: readonly Resolved[]
}
