// Master data on the wire (I9): lists of the catalogue with every version, calendars and their years, codes that stand in
// no catalogue, and what a file would change before it is enacted. Types only.

import type { LawMoves } from './law-moves.ts'

/** Tables of the catalogue that are listed; calendars have a list of their own. */
export type MasterTable = 'regions' | 'departments' | 'windows' | 'operators' | 'items' | 'sources'

/** One version of a row, as its catalogue wrote it. */
export interface MasterVersion {
  valid_from: string
  /** Ledger entry that brought it, when, by whom, under which catalogue's name. */
  entry: number
  entered_at: string
  by: string
  catalogue: string
  in_force: boolean
  /** A later entry wrote the same code and day again: that one holds instead. */
  replaced_by: number | null
  row: Record<string, unknown>
}

export type MasterFlagName =
  | 'promise_later'
  | 'undated'
  | 'statute_of_law'
  | 'no_department'
  | 'no_region'
  | 'no_window'

/** How often a promise reads later than the statute, over the acceptance days of the calendar (T10). */
export interface LaterView {
  odds: 'sometimes' | 'always'
  days: number
  later_days: number
  first: { accepted_on: string; promise_due_on: string; statute_due_on: string; by_days: number; provisional: boolean }
  most_days: number
}

export interface MasterFlag {
  flag: MasterFlagName
  /** promise_later alone. */
  later?: LaterView
  /** The code that is missing, or the limit of the law that stands in. */
  detail?: string
}

export interface MasterRow {
  table: MasterTable
  code: string
  name: string
  name_en: string | null
  /** Names of the codes it refers to, by field: org_code, region_code, window_no, parent, calendar. */
  names: Record<string, string>
  /** The same in English, where the catalogue has it. */
  names_en: Record<string, string>
  /** Newest first. */
  versions: MasterVersion[]
  flags: MasterFlag[]
}

export interface MasterList {
  table: MasterTable
  as_of: string
  /** Of all that the filters let through. */
  total: number
  items: MasterRow[]
  next: string | null
}

export interface CalendarYear {
  year: number
  work_days: number
  /** Days off that a notice names, and make-up days; weekends are not among them. */
  off_days: number
  makeup_days: number
  covered: 'whole' | 'part' | 'no'
}

export interface CalendarLine {
  calendar_id: string
  name: string
  name_en: string | null
  zone: string
  parent: string | null
  /** Coverage of the notices, and the last day that no missing notice can change (T13). */
  from: string
  to: string
  certain_to: string
  office_hours: [string, string][]
  office_minutes: number
  /** ISO weekdays off. */
  weekend: number[]
  /** Ledger entry of the calendar in force; 0: as shipped. */
  version: string
  is_home: boolean
  sources: string[]
}

export interface CalendarView extends CalendarLine {
  years: CalendarYear[]
  year: number
  days: {
    on: string
    kind: 'work' | 'makeup' | 'weekend' | 'holiday'
    name: string | null
    /** yes: a notice covers it · later: covered, but a missing notice may still change it · no: weekends alone. */
    covered: 'yes' | 'later' | 'no'
  }[]
}

/** A code that facts named and that no catalogue row knows (D-05). */
export interface UnlistedLine {
  kind: 'item' | 'window' | 'department'
  code: string
  first_on: string
  last_on: string
  cases: number
  card: { card_id: string; state: string; level: number } | null
}

export interface UnlistedList {
  total: number
  items: UnlistedLine[]
  next: string | null
}

/** A row of a file that cannot be taken, or a file that cannot. */
export interface MasterFault {
  /** Line of the file, row of the sheet; null: the file as a whole. */
  line: number | null
  sheet: string | null
  table: string | null
  field: string
  code: string
  zh: string
  en: string
}

export interface MasterTableCount {
  table: string
  taken: number
  /** Rows that say again what a row before said. */
  repeated: number
  /** Rows the mapping leaves out. */
  skipped: number
  faulty: number
  /** Against the law in force. */
  added: number
  changed: number
  same: number
}

export interface MasterChange {
  table: string
  code: string
  name: string
  valid_from: string | null
  /** new: the code · version: another day of a known code · changed: the same code and day say something else. */
  state: 'new' | 'version' | 'changed'
  fields: { field: string; before: string | null; after: string | null }[]
}

/**
 * How far a calendar of the file reaches, and by what (T1a). stated: the file says so · asked: whoever loads it does ·
 * whole_year: it names every statutory day of its last year · last_day: no further than the last day it names ·
 * unchanged: it names days of what is covered already.
 */
export interface CalendarCoverage {
  calendar_id: string
  name: string
  from: string
  to: string
  /** Of the calendar in force; null: it is new. */
  before_from: string | null
  before_to: string | null
  by: 'stated' | 'asked' | 'whole_year' | 'last_day' | 'unchanged'
  /** Statutory days of the stretch that becomes covered and that no row names: off all the same. */
  unnamed: { on: string; name: string }[]
  /** Days in force in the stretch that a notice arranges and that it does not name, statutory days aside. */
  left: { on: string; kind: 'off' | 'work'; name: string | null }[]
  /** What becomes of them; null: whoever loads it has not said. */
  notice: NoticeChoice | null
}

/** What becomes of days in force that a notice does not name: they go, or they stay (T1a). */
export type NoticeChoice = 'replaces' | 'adds'

/**
 * A text that stands where a row refers to a department, a region or a window by its code (I15). resolved: the name of the one
 * code, which is taken · ambiguous: several codes bear it · unlisted: neither a code nor a name that the catalogue knows; taken as
 * it stands (I9).
 */
export interface MasterName {
  table: string
  field: string
  name: string
  kind: 'resolved' | 'ambiguous' | 'unlisted'
  codes: string[]
  rows: number
  /** The first row of the file that says it; null: a document without lines. */
  line: number | null
}

/** What a file says, what of it cannot be taken, and what it would change. */
export interface MasterLoad {
  file: string
  format: string
  encoding: string | null
  mapping: string | null
  catalogue: string
  valid_from: string | null
  rows: number
  tables: MasterTableCount[]
  skipped: { table: string; zh: string; en: string; rows: number; first_line: number }[]
  /** What is told of rows that are taken: lines that lacked their last cells. */
  notes: { zh: string; en: string; rows: number; first_line: number }[]
  /** The first of them; `fault_count` tells all. */
  faults: MasterFault[]
  fault_count: number
  /** The file as a whole cannot be taken, whatever is left out. */
  fatal: boolean
  changes: MasterChange[]
  change_count: number
  coverage: CalendarCoverage[]
  /** The most frequent first, 200 at most. */
  names: MasterName[]
  /** null: not asked for, or nothing would be enacted. */
  moves: LawMoves | null
  /** Version of the law it was compared with. */
  law: number
  /** null: nothing was enacted. */
  entry: number | null
}

/** One load of the catalogue, as the ledger has it. */
export interface LawLoad {
  entry: number
  at: string
  by: string
  catalogue: string
  valid_from: string | null
  rows: Record<string, number>
  /** The load that this one takes back, and why (T1a). */
  takes_back: number | null
  why: string | null
  /** The load by which this one was taken back. */
  taken_back_by: number | null
}

export interface LawView {
  version: number
  centre: { name: string; nameEn: string }
  profile: string
  profiles: ({ id: string; name: string; name_en: string; source: string; in_force: boolean } & Record<
    string,
    unknown
  >)[]
  calendars: { id: string; name: string; zone: string; version: string }[]
  rules: unknown[]
  /** Minutes within which another source's telling adds nothing (F5), newest day first; the last as shipped. */
  twin_minutes: { minutes: number; valid_from: string | null; entry: number }[]
  rows: Record<string, number>
  /** Newest first. */
  loads: LawLoad[]
}
