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
  /** Entry number of the import that brought it; null: it came live, or before this was kept. */
  importNo: number | null
  /** Number of its row in the file of that import, whose events wait together (I15); null: of none. */
  rowNo: number | null
}

/** withdrawn: every import that brought it was (I14). */
export type Resolution = 'resubmitted' | 'dismissed' | 'withdrawn'

export interface KeptRefusal extends QuarantineRow {
  readonly id: number
  /** null: it waits for a person. */
  readonly resolvedAt: Instant | null
  readonly resolution: Resolution | null
}

/** By what a row that waited came right (I15): the event, and the import that brought it; null: it came live. */
export interface Cure {
  readonly eventId: string
  readonly importNo: number | null
}

/** One as it is listed. cure null: it waits still, or a person resolved it. */
export type ListedRefusal = KeptRefusal & { readonly cure: Cure | null }

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

/** A row of a file that an import brought. */
export interface BroughtRow {
  readonly importNo: number
  readonly rowNo: number
}

/** What waits unresolved under an id, as it is written: brought again it is the same. */
export interface WaitingEvent {
  readonly id: number
  readonly source: string
  readonly eventId: string
  readonly code: string
  readonly raw: string
}

export interface QuarantineSteps {
  /** Numbers of resolved rows that make room for new ones. */
  readonly gone: readonly number[]
  readonly resolved: readonly Resolved[]
  /** Rows that wait already and were brought again; absent: none. */
  readonly again?: readonly (BroughtRow & { readonly id: number })[]
  /** Imports that were withdrawn: what waits by no other one waits no more. Done last; absent: none. */
  readonly withdrawn?: readonly number[]
}

/** What of the quarantine is read. */
export interface QuarantineReads {
  quarantine(query: { code?: string; source?: string; after?: string; limit: number }): Promise<{
    rows: ListedRefusal[]
    next: string | null
  }>
  quarantineCounts(): Promise<QuarantineCount[]>
  /**
   * Rows that wait whole, by source and unit, whichever imports brought them. One that has come right since waits no more: its
   * event was brought, a later edition of its row was, or what could be read of it came with the rest (waiting.ts).
   */
  waitingRows(): Promise<WaitingRows[]>
  /** What waits unresolved under these ids. */
  waitingUnder(events: readonly { source: string; eventId: string }[]): Promise<WaitingEvent[]>
  /** What waits, or was set down, beside one of a row of a file: the row's other events, and itself, in their order. */
  waitingBeside(id: number): Promise<KeptRefusal[]>
  /** What waited at an instant under these case numbers, and had not come right: how much, and the first of it in the order it came. */
  waitingOf(query: { projectNos: readonly string[]; at: Instant; limit: number }): Promise<{
    count: number
    rows: KeptRefusal[]
  }>
  /** Entry numbers of the imports that brought it, in their order. */
  waitingBroughtBy(id: number): Promise<number[]>
  /** Rows of files that these imports brought and whose case number cannot be read, resolved or not: the text of one event each. */
  unnumberedRows(imports: readonly number[], limit: number): Promise<string[]>
  /** Resolved rows of a source, the oldest first. */
  quarantineOldest(source: string, limit: number): Promise<{ id: number; bytes: number }[]>
}
