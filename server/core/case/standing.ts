// Which facts stand, and how: the one place that answers it. A fact stands while one of the ways it came stands (I14); its
// being of a past record hangs on those ways and not on what it tells (I8). Pure: reads no store, folds nothing.

import { asInstant, type Instant } from '../time/instant.ts'

/** One way a fact came. */
export interface Bringing {
  /** Entry number of the import that brought it; null: it came live, and nobody takes that back. */
  readonly importNo: number | null
  /** Limits before it are of record (I8); null: it was not declared a past record. */
  readonly historical: Instant | null
}

export const LIVE: Bringing = { importNo: null, historical: null }

/** The declared instant of a fact with these ways: one of them live makes it live, else the earliest (I8). */
export const historicalOf = (ways: readonly Bringing[]): Instant | null => {
  let earliest: Instant | null = null
  for (const { historical } of ways) {
    if (historical === null) return null
    earliest = asInstant(Math.min(earliest ?? historical, historical))
  }
  return earliest
}
