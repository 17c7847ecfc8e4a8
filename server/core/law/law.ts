// The law at one version: calendars, catalogue, rules and the profile, looked up by the day they were in force:
// everybody who judges asks here which version holds, and with the day on which what is judged began. Built once per
// version from data; judging only reads it. Knows no case, no clock. Rules: J7, T1, T10, C1, I9.

import type { CardLevel } from '../card/card.ts'
import type { Calendar } from '../time/calendar.ts'
import type { Day, Instant } from '../time/instant.ts'
import type { Limit } from '../time/limit.ts'

/** A master data row with the day it begins to hold; a later row of the same code replaces it from its day on. */
export interface Versioned {
  readonly validFrom: Day
  /** Ledger entry that brought it (J7). */
  readonly entry: number
}

export interface Region extends Versioned {
  readonly code: string
  readonly name: string
  readonly nameEn: string
  readonly parent: string | null
  readonly calendar: string | null
}

export interface Department extends Versioned {
  readonly code: string
  readonly name: string
  readonly nameEn: string
  readonly shortName: string
  readonly region: string
}

export interface Window extends Versioned {
  readonly code: string
  readonly name: string
  readonly nameEn: string
  readonly org: string
  readonly row: number | null
  readonly column: number | null
}

export interface Operator extends Versioned {
  readonly code: string
  readonly name: string
  readonly org: string
  readonly window: string | null
}

export interface ItemStep {
  readonly code: string
  readonly name: string
  readonly nameEn: string
  readonly limit: Limit | null
  /** It follows the decision (制证, 送达): missed only once the case is completed (P-04). */
  readonly afterDecision: boolean
}

export interface Item extends Versioned {
  readonly code: string
  readonly name: string
  readonly nameEn: string
  readonly org: string
  /** '01' permit … '20' public service, null untyped. */
  readonly itemType: string | null
  /** '1' 即办件, '2' 承诺件, '9' 其他. */
  readonly projectType: string | null
  readonly promise: Limit | null
  readonly statute: Limit | null
  readonly extensionMax: number | null
  /** Class of the green channel (T11); null: the general one. */
  readonly greenClass: string | null
  /** Handled jointly (统一办理, 联合办理, 集中办理): 许可 42, second sentence. */
  readonly joint: boolean
  /** Limit of the review by a lower level (许可 43); null: none is due unless the case is handed upward. */
  readonly firstReview: Limit | null
  /** Limit of a joint member's reply; null: the case's own statute. */
  readonly jointReply: Limit | null
  readonly steps: readonly ItemStep[]
}

export interface Source extends Versioned {
  readonly code: string
  readonly name: string
  /** What it can send (I12): `SUSPEND`, `SUSPEND.notice_at` …; null: everything. */
  readonly sends: ReadonlySet<string> | null
  /** The row says whose its numbers are (I11) and nothing else: it is no word on what it can send. */
  readonly numbersOnly: boolean
  /** A batch source (I13) with its hours of delivery ("02:00") and its grace; null: live. */
  readonly batch: { readonly deliversAt: readonly string[]; readonly graceWorkDays: number } | null
  /** Which way the levels of its ratings run (I15): 1 is best, or 1 is worst; null: this row does not say. */
  readonly rateScale: 'best_first' | 'worst_first' | null
  /** How long after it occurred what it sends usually arrives (C5), minutes. */
  readonly usualLagMinutes: number
}

export interface Rule {
  readonly id: string
  readonly name: string
  readonly nameEn: string
  readonly family: string | null
  readonly level: CardLevel
  readonly mode: 'auto' | 'confirm'
  /** A person confirms it under their own name (T12). */
  readonly signed: boolean
  readonly legalBasis: string
  readonly replyWorkDays: number | null
  readonly template: string
}

export interface Profile {
  readonly id: string
  readonly name: string
  readonly nameEn: string
  readonly source: string
  readonly countAcceptanceDay: boolean
  readonly dueAtClosing: boolean
  /** Level of a rule's cards in this school where it is another than the rule's own; null: it raises none (C1). */
  readonly levels: ReadonlyMap<string, CardLevel | null>
  /** T-01: at this share of the limit, so many WD before the due day, or at the earlier of both. */
  readonly warnShare: number | null
  readonly warnWorkDaysBefore: number | null
  /** T-03p, where no statute is known: the end of this many WD after the promise's due day. */
  readonly statuteGraceWorkDays: number
  readonly permitStatute: Limit
  /** The statute of a permit handled jointly (许可 42). */
  readonly jointStatute: Limit
  readonly immediatePromise: Limit
  readonly noticeWorkDays: number
  readonly deemedAcceptanceTypes: ReadonlySet<string | null>
  readonly lawfulPauseKinds: ReadonlySet<string>
  readonly pauseNoticeRequired: boolean
  readonly pauseApproverRequired: boolean
  readonly pauseCapWorkDays: number
  readonly pauseCaps: ReadonlyMap<string, number>
  readonly extensionMaxWorkDays: number
  readonly extensionMaxJointWorkDays: number
  /** Review by a lower level where the item names no limit of its own (许可 43). */
  readonly firstReview: Limit
  /** Delivery of what was granted (许可 44), and the item types that owe one. */
  readonly deliveryWorkDays: number
  readonly deliveryTypes: ReadonlySet<string | null>
  /** T9: working days to take up and to answer a complaint, and to answer a bad rating: 5 is the worst. */
  readonly feedback: {
    readonly source: string
    readonly takeUpWorkDays: number
    readonly answerWorkDays: number
    readonly badRatingFrom: number
    readonly badRatingWorkDays: number
  }
  /** T11; null: this school has none. */
  readonly greenChannel: { readonly source: string; readonly limits: ReadonlyMap<string, Limit> } | null
  /** T12; null: no local rule is cited, so nothing is ever proposed. */
  readonly tacitApproval: { readonly source: string; readonly answerWorkDays: number } | null
  /** Working days to decide whether a card is lifted by what came too late (C5). */
  readonly liftWorkDays: number
  /** Working days to reply to a card by its level (C4). */
  readonly replyWorkDays: ReadonlyMap<number, number>
  readonly concludedBy: 'decision' | 'completion'
}

export interface Tables {
  readonly regions: ReadonlyMap<string, readonly Region[]>
  readonly departments: ReadonlyMap<string, readonly Department[]>
  readonly windows: ReadonlyMap<string, readonly Window[]>
  readonly operators: ReadonlyMap<string, readonly Operator[]>
  readonly items: ReadonlyMap<string, readonly Item[]>
  readonly sources: ReadonlyMap<string, readonly Source[]>
}

export interface Law {
  /** Sequence of the last law entry it contains; 0 before any. */
  readonly version: number
  readonly centre: { readonly name: string; readonly nameEn: string }
  readonly calendars: ReadonlyMap<string, Calendar>
  readonly homeCalendar: Calendar
  readonly tables: Tables
  readonly rules: ReadonlyMap<string, Rule>
  readonly profile: Profile
  readonly profiles: ReadonlyMap<string, Profile>
  /** Limits passed before this instant give cards of record (C10); null: none. */
  readonly supervisedFrom: number | null
  /** Sources whose case numbers are their own (I11). */
  readonly numbering: Numbering
  /** How near two sources' tellings of one thing lie (F5). */
  readonly twins: TwinSpans
}

export interface TwinSpan {
  /** null: as it ships, before any document. */
  readonly validFrom: Day | null
  /** Ledger entry that brought it; 0: as shipped. */
  readonly entry: number
  readonly minutes: number
}

export interface TwinSpans {
  /** In the order of their days, later entries after earlier; the first is what ships. */
  readonly spans: readonly TwinSpan[]
  /** The last entry that may have changed it: what was folded before is folded again; 0: none. */
  readonly changedBy: number
}

/** From this document on the numbers of a source are its own, or are so no more: its cases are folded again (I11). */
export interface Renumbering {
  readonly entry: number
  readonly source: string
}

export interface Numbering {
  readonly own: ReadonlySet<string>
  /** Every change of it, in entry order. */
  readonly changes: readonly Renumbering[]
}

/** The row that holds on a day; null: none has begun to. Rows are sorted by validFrom, later entries after earlier. */
const begunBy = <T extends Versioned>(rows: readonly T[] | undefined, on: Day): T | null => {
  if (rows === undefined) return null
  for (let i = rows.length - 1; i >= 0; i--) {
    const row = rows[i] as T
    if (row.validFrom <= on) return row
  }
  return null
}

/** The version in force on a day (T10); before the first one's day the first, for a code is older than its row. */
export const inForce = <T extends Versioned>(rows: readonly T[] | undefined, on: Day): T | null =>
  begunBy(rows, on) ?? rows?.[0] ?? null

/** The first version begins later than the day on which it is read. */
export const isReadEarly = (row: Versioned | null, on: Day): boolean => row !== null && on < row.validFrom

/** The newest row, for showing a name. What is judged asks inForce. */
export const newest = <T extends Versioned>(rows: readonly T[] | undefined): T | null => rows?.[rows.length - 1] ?? null

/** The level of a rule's cards in the school in force; null: it raises none (C1). */
export const levelOfRule = (law: Law, rule: string): CardLevel | null => {
  const other = law.profile.levels.get(rule)
  return other === undefined ? (law.rules.get(rule)?.level ?? null) : other
}

/** The civil day of an instant in the centre's own zone: by it the versions of what has no calendar are asked. */
export const dayAt = (law: Law, at: Instant): Day => law.homeCalendar.dayOf(at)

/** What a source has declared by the day of an event (T10); null: nothing yet. Before it declares, nothing is declared. */
export const declarationAt = (law: Law, source: string, at: Instant): Source | null => {
  const rows = law.tables.sources.get(source)
  return rows === undefined ? null : begunBy(rows, dayAt(law, at))
}

/**
 * Which way the levels of a source's ratings ran on the day of an event (I15, T10); null: it never said. A row that does not
 * say leaves it as it was; what came before the first word is read by that.
 */
export const rateScaleAt = (law: Law, source: string, at: Instant): Source['rateScale'] => {
  const saying = law.tables.sources.get(source)?.filter(({ rateScale }) => rateScale !== null)
  return inForce(saying, dayAt(law, at))?.rateScale ?? null
}

/** Levels of regions that are walked upward. */
export const MOST_HOPS = 16

/** The calendar that holds in a region on a day: its own, else its parent's, else the centre's (T1, T10). */
export const calendarOf = (law: Law, region: string | null, on: Day): Calendar => {
  for (let code = region, hops = 0; code !== null && hops < MOST_HOPS; hops++) {
    const row = inForce(law.tables.regions.get(code), on)
    if (row === null) break
    const own = row.calendar === null ? undefined : law.calendars.get(row.calendar)
    if (own !== undefined) return own
    code = row.parent
  }
  return law.homeCalendar
}

/** What names the department of a case: its item, and whoever accepted or first told of it. */
export interface Belonging {
  readonly item: string | null
  readonly org: string | null
}

/** The department of an item on a day (M5, T10): its 实施主体, else the org that accepted or first spoke; '-': nobody. */
export const departmentAt = (law: Law, { item, org }: Belonging, on: Day): string =>
  (item === null ? null : inForce(law.tables.items.get(item), on))?.org ?? org ?? '-'

/** The region of a department on a day; where no row knows it, the region that the facts name; '-': none. */
export const regionAt = (law: Law, department: string, on: Day, told: string | null = null): string =>
  inForce(law.tables.departments.get(department), on)?.region ?? told ?? '-'
