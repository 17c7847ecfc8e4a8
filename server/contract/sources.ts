// The wire of sources: how each stands, and how many rows of its files wait (I15, M6). Types only; counts, nothing of a row.

/** How a source stands: GET /api/v1/sources. */
export interface SourceState {
  source: string
  name: string
  /** It delivers at its hours (I13). */
  batch: boolean
  /** When something of it came last, and the latest instant that it told of. */
  last_at: string | null
  last_event_at: string | null
  /** Since when it is silent (W-03); null: it is not. */
  silent_since: string | null
  /** By when it is silent if nothing comes; null: it is, or that cannot be said of it. */
  expected_by: string | null
  /** Rows of its files that wait whole because something of them could not be read (I15): their cases are in no figure. */
  waiting_rows: number
  /** unit '': the rows name none. */
  waiting_by_unit: { unit: string; name: string; name_en: string; rows: number }[]
}
