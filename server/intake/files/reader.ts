// What every reader of files is given and hands back (I8). Types, and the options of a file of which nothing is said.

import type { Source } from './bytes.ts'
import type { Read } from './row.ts'

export const FORMATS = ['ndjson', 'csv', 'xlsx', 'xes'] as const
export type Format = (typeof FORMATS)[number]

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

/** A sheet that is not read; rows with a value, its heading among them; null: they cannot be counted. */
export interface OtherSheet {
  readonly name: string
  readonly rows: number | null
}

export interface Table {
  /** null: rows bear their own names (NDJSON, XES). */
  readonly columns: readonly string[] | null
  readonly encoding: string
  /** Of a table of text, as named or found. */
  readonly delimiter?: string
  /** Names of all sheets of a workbook. */
  readonly sheets?: readonly string[]
  /** Sheets that are not read and hold rows. */
  readonly others?: readonly OtherSheet[]
  /** Where the file is read elsewhere: bytes of it as it lies on the disk; absent: ask the source. */
  readonly readBytes?: () => number
  /** Lets go of what reads it, where rows are not asked for after all. */
  readonly drop?: () => Promise<void>
  /** To be read once. Throws FileRefused when it cannot go on. */
  rows(): AsyncIterable<readonly Read[]>
}

export type OpenTable = (source: Source, format: Format, options: ReadOptions) => Promise<Table>
