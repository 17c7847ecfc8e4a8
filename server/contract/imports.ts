// The wire of file imports (I8): what a preview says of a file and a mapping, and how a job of importing stands.
// Types only. Values of the file stand in previews alone, and go to nobody but whoever brought the file.

import type { ImportCounts, NoneWord, PreviewCounts } from './import-cells.ts'
import type { ImportChanges } from './import-changes.ts'
import type { ImportDeclares } from './import-declares.ts'
import type { ImportPlace, NamesFound } from './import-names.ts'

export type { ImportCounts } from './import-cells.ts'

export type ImportFormat = string // of a reader: ndjson, csv, xlsx, xes, or a further one

/** A text in both languages. */
export interface BothTexts {
  zh: string
  en: string
}

/** Something that was not taken: where, why, and which column or JSON pointer it is about. */
export interface ImportIssue extends BothTexts {
  place: ImportPlace
  code: string
  field: string
}

export type ColumnShape = 'empty' | 'date' | 'flag' | 'number' | 'text'

export interface ImportColumn {
  name: string
  /** Of each row of a table, of a case (trace) or of an event of a log. */
  of: 'row' | 'case' | 'event'
  shape: ColumnShape
  /** How many of the rows looked at have it. */
  filled: number
  /** How many different values were seen, counted no further than there are samples. */
  samples: string[]
  /** Formats its dates may be in; more than one fits where day and month cannot be told apart. */
  dates: string[]
}

/** What the file is, as found or as the mapping says. */
export interface ImportFile {
  file_id: string
  name: string
  bytes: number
  format: ImportFormat
  zipped: boolean
  encoding: string | null
  delimiter: string | null
  sheets: string[]
  columns: ImportColumn[]
  /** How many rows were looked at. */
  looked: number
  /** The file goes on behind them. */
  more: boolean
  /** Lines that are events of their own and need no mapping. */
  wire: boolean
}

export interface PreviewEvent {
  event_type: string
  /** RFC 3339 in UTC. */
  occurred_at: string
  project_no: string | null
  /** Other fields: department, window, operator, item … */
  fields: Record<string, string>
  payload: Record<string, unknown>
  /** The same event came of a row before: it is sent once. */
  repeated: boolean
  issue: ImportIssue | null
}

export interface PreviewRow {
  place: ImportPlace
  kind: 'row' | 'case' | 'event' | 'unread'
  cells: Record<string, string>
  events: PreviewEvent[]
  /** The mapping leaves it out. */
  left_out: boolean
  /** Why the row as a whole is skipped. */
  issue: ImportIssue | null
  /** What else is told of it: cells that were missing, null dates, and with what it would wait. */
  notes: ImportIssue[]
}

export interface MappingFault {
  /** JSON pointer into the mapping, or `line N` where the text is no YAML. */
  at: string
  detail: string
  /** Which fault it is, where somebody is asked by it. */
  code?: string
  /** What is wrong, in both languages, where it is said to a page. */
  zh?: string
  en?: string
}

export interface Suggestion {
  /** The mapping as a document. */
  document: unknown
  notes: BothTexts[]
}

/** Values of the sample that cannot be read as the field their column is used as, or is called after; and why. */
export interface UnreadNote extends BothTexts {
  column: string
  /** A field, a payload key, or the type whose instant it is: project_no, promise_limit, ACCEPT. */
  field: string
  /** How many of those that are not empty cannot be read. */
  unread: number
  filled: number
  /** The first of those that cannot be read, as they stand. */
  samples: string[]
  /** The mapping uses it so; false: by its head it is that field, and too few of its values are. */
  used: boolean
}

/** Answer of a preview. */
export interface ImportPreview {
  file: ImportFile
  /** What the heads and first values suggest; null: nothing, or lines need no mapping. */
  suggested: Suggestion | null
  /** The mapping this preview was made with, as text and as a document; null: it was made with none. */
  mapping: { text: string; document: unknown } | null
  faults: MappingFault[]
  counts: PreviewCounts
  /** What is told of the file beside its rows: other sheets, headings that stand there twice. */
  told: ImportIssue[]
  /** The first rows and, behind them, the first ones that were not taken. */
  rows: PreviewRow[]
  unread: UnreadNote[]
  /** For a person to confirm into the mapping's `none`. */
  none: NoneWord[]
  /** as_of: a register of which nothing says as of when it is; its rows are not judged before that is stated (I14). */
  asks: 'as_of' | null
  /** Names where codes are wanted, in the rows looked at; null: there is no mapping that holds. */
  names: NamesFound | null
  /** Values of the activity column, with how often each was seen. */
  activities: { value: string; count: number }[]
  /** What the mapping can send: `TYPE` and `TYPE.key`. */
  sends: string[]
  /** What an import of it would declare of the source that the mapping names; null: nothing, or it names none. */
  declares: ImportDeclares | null
  /** The file cannot be read, or not from here on. */
  refused: ImportIssue | null
}

/** Asked of a file that is already there. */
export interface PreviewAsked {
  file_id: string
  /** YAML or JSON text, or the document itself; absent: what is suggested. */
  mapping?: unknown
  /** RFC 3339: as of when a register is that says it in no column. */
  as_of?: string
}

export interface ImportAsked {
  file_id: string
  mapping?: unknown
  source?: string
  historical?: boolean
  /** RFC 3339: as of when a register is that says it in no column. */
  as_of?: string
  dry_run?: boolean
  /** A yes to take in what the catalogue does not list, as unlisted codes (I15). */
  accept_unlisted?: boolean
}

export interface ImportActor {
  id: string
  name: string
  role: string
}

/** An import as the ledger has it (I14): its entry, what it brought, whether it stands. */
export interface ImportEntry {
  import_id: string
  /** Number of its entry. */
  no: number
  at: string
  by: string
  /** null: its entry is of before it was kept. */
  actor: ImportActor | null
  name: string
  digest: string | null
  mapping: string | null
  register: string | null
  source: string | null
  historical: boolean
  as_of: string | null
  /** What its mapping can fill in (I12); null: there was none, or its entry is of before it was kept. */
  sends: string[] | null
  /** Events that came by it first, and that were known and came by it again. */
  events: number
  again: number
  /** Events of its rows that were refused, and rows of it that wait in the quarantine, undecided. */
  refused: number
  waiting: number
  /** null: it stands. */
  withdrawn: { at: string; by: string; actor: ImportActor | null; why: string } | null
  /** Of the last imports through the server: how their job ended, and its counts. */
  state: ImportState | null
  counts: ImportCounts | null
}

export interface ImportEntryPage {
  items: ImportEntry[]
  next: string | null
}

/** waiting and running go on; the others are ends. interrupted: the server stopped while it ran. */
export type ImportState = 'waiting' | 'running' | 'done' | 'failed' | 'stopped' | 'interrupted'

export interface ImportJob {
  import_id: string
  /** The file it reads; null: it is no longer there. */
  file_id: string | null
  name: string
  mapping: string | null
  source: string | null
  historical: boolean
  dry_run: boolean
  by: string
  state: ImportState
  started_at: string
  ended_at: string | null
  progress: {
    /** Bytes of the file read; null: its rows are known, its bytes tell nothing (a workbook). */
    bytes: number | null
    of: number
    rows: number
    /** Rows of the whole file, where a run before counted them. */
    of_rows: number | null
  }
  /** null while nothing is answered. */
  counts: ImportCounts | null
  issues: number
  /** Of an export of a register, at its end: what it changed; null: of none, or nothing was handed on. */
  changes: ImportChanges | null
  /** What it declares of what its file can say, a dry run: would declare; null: nothing. */
  declares: ImportDeclares | null
  /** Names of the whole file where codes are wanted; null: not looked up. */
  names: NamesFound | null
  refused: ImportIssue | null
  /** Why it failed. */
  trouble: BothTexts | null
}

export interface ImportJobPage extends ImportJob {
  report: ImportIssue[]
  next: string | null
}
