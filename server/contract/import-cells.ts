// What a preview says of the cells of a sample as a whole (I8, I15): how many rows became what, and words that seem to say
// that there is nothing. Types only.

export interface PreviewCounts {
  rows: number
  events: number
  skipped: number
  rejected: number
  left_out: number
  /** Rows that would wait whole in the quarantine, for something of them cannot be read (I15). */
  waiting: number
}

/** A word that says in columns in use that there is nothing, and that the mapping takes for a value (I15). */
export interface NoneWord {
  word: string
  cells: number
  columns: string[]
}

/** Of a job of importing: rows and events, by what became of them. */
export interface ImportCounts {
  rows: number
  events: number
  accepted: number
  known: number
  rejected: number
  identical_rows: number
  left_out: number
  skipped: number
  /** Rows that wait whole because something of them could not be read, by the code of their unit ('' where none). */
  waiting: { unit: string; rows: number }[]
}
