// What every reader of files is given and hands back (I8). Types, and the options of a file of which nothing is said.

import type { Read } from './row.ts'

/** What a mapping says about the file itself. Plain values: they may be sent to a thread. */
export interface ReadOptions {
  readonly encoding: string | null
  readonly delimiter: string | null
  /** Names of the columns of a file without a header. */
  readonly columns: readonly string[] | null
  /** Lines above the header. */
  readonly skipRows: number
  readonly sheet: string | number | null
}

export const PLAIN_OPTIONS: ReadOptions = { encoding: null, delimiter: null, columns: null, skipRows: 0, sheet: null }

export interface Table {
  /** null: rows bear their own names (NDJSON, XES). */
  readonly columns: readonly string[] | null
  readonly encoding: string
  /** To be read once. Throws FileRefused when it cannot go on. */
  rows(): AsyncIterable<readonly Read[]>
}
