// The catalogue file (I9): master data and calendars of any place, each row with valid_from. JSON shape.
// Limits are written in the syntax of T4: `20WD 30ND 3M 7H 0`. Types only.

export interface CatalogueFile {
  /** A name people will recognise in the record: "滨江市事项目录 2026 年第 2 版". */
  catalogue: string
  /** YYYY-MM-DD, for rows that name none themselves. */
  valid_from: string
  centre?: { name: string; name_en: string; calendar: string }
  calendars?: CalendarFile[]
  notices?: NoticeFile[]
  regions?: RegionRow[]
  departments?: DepartmentRow[]
  windows?: WindowRow[]
  operators?: OperatorRow[]
  items?: ItemRow[]
  sources?: SourceRow[]
  rules?: RuleRow[]
  settings?: {
    /** Profile of the time law in force: 'default', … */
    profile?: string
    /** RFC 3339: limits passed before it give cards of record (C10). */
    supervised_from?: string
    /**
     * Minutes within which another source's telling of one thing adds nothing (F5), 0 to 1,439; as shipped: 10. Holds from the
     * document's `valid_from`, by the day of the first telling.
     */
    twin_minutes?: number
  }
}

export interface CalendarFile {
  calendar_id: string
  name: string
  name_en?: string
  /** IANA zone. */
  zone: string
  /** A regional calendar adds to its parent. */
  parent?: string
  /** First and last day the notices cover, YYYY-MM-DD. */
  from: string
  to: string
  /** Working hours of a day, "HH:MM" pairs. */
  office_hours?: [string, string][]
  /** ISO weekdays off, default [6, 7]. */
  weekend?: number[]
  days: { on: string; kind: 'off' | 'work'; name?: string }[]
  /** A December before a missing next year is certain up to this month-day ("12-27"); absent: the whole year. */
  certain_to_month_day?: string
  /** Shipped table of statutory days, off whatever a notice says ("cn"); null: none; absent: as before. */
  statutory?: string | null
  sources?: string[]
}

/**
 * A notice of holidays laid upon the calendar in force (T1a): its days replace those days, all others stand. It keeps what
 * the notice said and no more; what of the calendar's frame it leaves out is as it was.
 */
export interface NoticeFile extends Partial<Omit<CalendarFile, 'calendar_id' | 'days' | 'name'>> {
  calendar_id: string
  days: CalendarFile['days']
  /** Days in force in the stretch it arranges that it does not name go (true) or stay (false); absent: there are none. */
  replaces?: boolean
}

export interface RegionRow {
  region_code: string
  name: string
  name_en?: string
  parent?: string
  calendar?: string
  valid_from?: string
}

export interface DepartmentRow {
  org_code: string
  name: string
  name_en?: string
  short_name?: string
  region_code: string
  valid_from?: string
}

export interface WindowRow {
  window_no: string
  name: string
  name_en?: string
  org_code: string
  /** Place in the hall, from 1. */
  row?: number
  column?: number
  valid_from?: string
}

export interface OperatorRow {
  operator_id: string
  name: string
  org_code: string
  window_no?: string
  valid_from?: string
}

export interface ItemRow {
  task_code: string
  name: string
  name_en?: string
  org_code: string
  /** GB/T 39046 item type: 01 permit … 20 public service; absent: untyped. */
  item_type?: string
  /** 1 即办件, 2 承诺件, 9 其他. */
  project_type?: string
  promise?: string
  statute?: string
  /** Maximum extension in WD, where the item's own law says other than 10 (T7). */
  extension_max?: number
  /** Class of the green channel (T11): general, planning, registration, tax, or one of the profile's own. */
  green_class?: string
  /** Handled jointly (许可 42): 45WD where no statute is given, extension 15. */
  joint?: boolean
  /** Limit of the review by a lower level (许可 43). */
  first_review?: string
  /** Limit of a joint member's reply. */
  joint_reply?: string
  /** `after_decision`: the step follows the decision (制证), and is missed only once the case is completed (P-04). */
  steps?: { step_code: string; name: string; name_en?: string; limit?: string; after_decision?: boolean }[]
  valid_from?: string
}

export interface SourceRow {
  source: string
  name: string
  /** What it can send (I12): event types and payload keys, "SUSPEND", "SUSPEND.notice_at"; absent: everything. */
  sends?: string[]
  /** live (default) or batch (I13). */
  mode?: 'live' | 'batch'
  /** Hours of delivery of a batch source, "HH:MM". */
  delivers_at?: string[]
  /** Working days after a limit until a silent batch source is taken at its word; default 1. */
  grace_work_days?: number
  /** Minutes after it occurred in which what it sends usually arrives (C5); default 10. */
  usual_lag_minutes?: number
  /** Which way the levels of its ratings run (I15): 1 is best, or 1 is worst; until it is said RATE waits in quarantine. */
  rate_scale?: 'best_first' | 'worst_first'
  /** Whose its case numbers are (I11): its own, or shared with whoever says them; absent: as before. */
  numbers?: 'own' | 'shared'
  valid_from?: string
}

/** What is other of a rule that ships; it holds from the entry that brings it, and what is left out stays as it was. */
export interface RuleRow {
  rule_id: string
  name?: string
  name_en?: string
  /** confirm: its cards wait until a person confirms them. */
  mode?: 'auto' | 'confirm'
  /** That person confirms under their own name (T12); only where the mode is confirm. */
  signed?: boolean
  legal_basis?: string
  reply_work_days?: number
}
