// What every reader of files is given and hands back (I8). Types, and the options of a file of which nothing is said.

import type { Source } from '../files/bytes.ts'
import type { Read } from '../files/row.ts'

/** The name of a format: a reader's. */
export type Format = string

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

/** The beginning of a file: its bytes, and its first character that is no blank, '' where there is none. */
export interface Head {
  readonly bytes: Buffer
  readonly char: string
}

/** A format of files: how it is told, and how it is read. */
export interface Reader {
  /** As mappings and reports name it. */
  readonly format: Format
  /** As people write it. */
  readonly called: string
  /** What a file's name may end in, `.gz` aside. */
  readonly endings: readonly string[]
  /** What it unfolds to, or how deep it nests, is not told by its size: read in a thread of its own under bounds (I8). */
  readonly unfolds: boolean
  /** Its rows may be events of the wire as they stand, so that no mapping is needed. */
  readonly speaksWire: boolean
  /** It may have several sheets. */
  readonly hasSheets: boolean
  /** It holds what happened and no master data. */
  readonly eventsAlone: boolean
  /** Whether its first bytes tell it for sure; absent: they never do. */
  readonly isSurely?: (head: Head) => boolean
  /** Whether it may be such a file, where neither bytes nor name say more. */
  readonly mayBe: (head: Head) => boolean
  /** Encoding found, header read. Throws FileRefused. */
  readonly open: (source: Source, options: ReadOptions) => Promise<Table>
}

export type OpenTable = (source: Source, format: Format, options: ReadOptions) => Promise<Table>
