// Rows of subjects beside the cases, as they cross the port.

import type { Instant } from '../core/time/instant.ts'

/** A subject beside the case (core/subject.ts), as it was last folded and judged. */
export interface SubjectRow {
  kind: string
  key: string
  engine: number
  law: number
  judgedAt: Instant
  nextTurnAt: Instant | null
  /** Set when fold or judge threw (J5). */
  apart: string | null
  /** JSON of the folded state. */
  state: string
}
