// Shapes of the HTTP contract (SPEC part 11). Types only; their schemas stand where a request is read.
// Dates are YYYY-MM-DD in the calendar's zone; instants are RFC 3339 with offset.

import type { CardView } from './card.ts'
import type { CaseWaiting } from './case-waiting.ts'
import type { Tile } from './live.ts'
import type { AliasProposal, Collision, ItemTold, OwnNumber } from './numbers.ts'
import type { WireCaseStatus, WireDayKind, WireLevel, WireVerdict } from './vocabulary.ts'

export type { CardView } from './card.ts'

export interface Receipt {
  index: number
  event_id: string | null
  outcome: 'accepted' | 'known' | 'rejected'
  code: string | null
  field: string | null
  /** In Chinese; in English beside it. */
  message: string | null
  message_en: string | null
  /** Of an accepted event: what it asks for and does not get; absent: nothing. */
  warning?: { code: string; field: string; message: string; message_en: string }
}

export interface Receipts {
  accepted: number
  known: number
  rejected: number
  receipts: Receipt[]
}

/** problem+json (RFC 9457) with a stable code and two languages. */
export interface Problem {
  type: string
  title: string
  status: number
  code: string
  zh: string
  en: string
  at?: string
}

export interface HolderView {
  role: 'applicant' | 'front' | 'back' | 'joint' | 'intermediary' | 'upper'
  org_code: string | null
  org_name: string | null
  window_no: string | null
  operator_id: string | null
  operator_name: string | null
}

export interface CaseView {
  project_no: string
  own_number: OwnNumber | null
  /**
   * The case of which it is a member (M1, 并联): the number as its receipt says it and as it is kept. known: whether that
   * case is in the ledger; null: not for this caller to know. null: no member.
   */
  joint_parent: { said: string; project_no: string; known: boolean | null } | null
  item: string | null
  item_name: string | null
  item_name_en: string | null
  department: string
  department_name: string
  department_name_en: string
  source: string
  status: WireCaseStatus
  /**
   * Of a past instant (M9): the instant asked of, how it is read – `shown`: as it had been committed by then; `due`: what had been
   * entered by then, judged at it, whether or not anybody was there to take the clock's turns –, and the instant of the judgement.
   * null: it is told as it stands now.
   */
  as_of: { at: string; as: 'shown' | 'due'; judged_at: string } | null
  level: WireLevel
  lit_by: string | null
  received_at: string | null
  accepted_at: string | null
  accepted_on: string | null
  acceptance_deemed: boolean
  concluded_at: string | null
  /** granted, refused, withdrawn, terminated, refused_acceptance; unstated: the file does not say how it was decided. */
  outcome: string | null
  /** Which of its marks are known by the day alone (I15, 按日): their instants are the beginning of that day. */
  by_day: ('received' | 'accepted' | 'concluded')[]
  /** As the figures count it (M1, C5): by its facts and by the cards of its limit that stand as told; null while that waits. */
  on_time: boolean | null
  verdict: WireVerdict | null
  /** Past its limit, if the card that says so is right: a calendar, a delivery or a person is waited for (M1). */
  unconfirmed: boolean
  /** In hand and past its limit: `late` as the figures count it, `waits` while that is not said yet; null: neither (M1). */
  overdue: 'late' | 'waits' | null
  promise_due_on: string | null
  promise_due_at: string | null
  statutory_due_on: string | null
  statutory_due_at: string | null
  provisional: boolean
  undated: boolean
  paused: boolean
  /** While paused, due dates are the latest possible (T6). */
  latest: boolean
  holder: HolderView | null
  custody: { from: string; to: string | null; holder: HolderView; counted_wd: number }[]
  /** The steps that its item lists, whether or not they have begun: what a step's code is called. */
  step_names: { step_code: string; name: string; name_en: string }[]
  steps: {
    step_code: string
    name: string | null
    name_en: string | null
    from: string
    to: string | null
    due_at: string | null
    level: WireLevel
    holder: HolderView
  }[]
  pauses: {
    event_id: string
    kind: string
    from: string
    to: string | null
    lawful: boolean
    /** kind, notice, basis, approver: what it lacks (P-03). */
    faults: string[]
    cap_on: string | null
  }[]
  /** Clocks beside promise, statute and steps (T9): when each is due and when it was met. */
  duties: DutyView[]
  /** What its sources cannot say (I12, 依据待补): `SUSPEND.notice_at`, `DELIVER` … */
  basis_missing: string[]
  /** What a reader must know of this case before its dates: see CASE_FLAGS. */
  flags: CaseFlag[]
  /** Fields in which two sources differ (F5, 数据冲突). */
  conflicts: string[]
  /** Items that several sources give this one number (I11, 疑似撞号); empty where they agree. */
  collision: ItemTold[]
  one_case: Collision['one_case']
  proposals: AliasProposal[]
  /** What came of this case and could not be taken: its facts lack it, and so does all that is reckoned from them (I15). */
  waiting: CaseWaiting
  /** The local rule of tacit approval that its profile cites (T12); null: it has none. */
  tacit_rule: string | null
  /** Whether this caller may urge it. */
  may_urge: boolean
  /** Working days of the main clock used, by holder (F4). */
  used_by: { holder: HolderView; counted_wd: number }[]
  events: {
    event_id: string
    source_system: string
    event_type: string
    occurred_at: string
    /** day: `occurred_at` is the beginning of that day, and the time of day is not known (I15). */
    precision: 'day' | null
    entered_at: string
    window_no: string | null
    operator_id: string | null
    operator_name: string | null
    void: boolean
    /** It names an event of another source, and voids nothing (F3); null: it does not. */
    not_yours: string | null
    payload: Record<string, unknown>
  }[]
  cards: CardView[]
  explain: ExplainView[]
  next_turn_at: string | null
}

/**
 * receipt_as_acceptance: concluded without acceptance, reckoned from the receipt day (M2) · promise_cut: the promise runs
 * out later than the statute and is read as it (T10) · correction_after_acceptance: it stops no clock (T8) · green_channel:
 * the green channel's limit holds (T11) · joint: the joint limits hold (许可 42) · limit_beyond: a stated limit is longer
 * than any law knows and is read at the longest (T4) · item_version_later: the first version of its item begins later and
 * is read all the same (T10) · tellings_unweighed: its firsts are told differently more often than is weighed, so that every
 * yellow and red of it waits (F5) · not_raised_then: at the past instant asked of it was due to stand so, and no turn of the
 * clock had been taken to show it (M9): as shown it stood otherwise.
 */
export type CaseFlag =
  | 'receipt_as_acceptance'
  | 'promise_cut'
  | 'correction_after_acceptance'
  | 'green_channel'
  | 'joint'
  | 'limit_beyond'
  | 'item_version_later'
  | 'tellings_unweighed'
  | 'not_raised_then'

export type ClockName =
  | 'promise'
  | 'statute'
  | 'step'
  | 'notice'
  | 'delivery'
  | 'pause'
  | 'review'
  | 'joint'
  | 'complaint_take_up'
  | 'complaint_answer'
  | 'bad_rating_answer'

export interface DutyView {
  clock: ClockName
  /** event_id of the pause, dispatch, complaint or rating it belongs to; '' for the case's own. */
  ref: string
  /** Member of a joint handling, kind of a pause. */
  of: string | null
  from: string
  due_at: string
  limit: string
  met_at: string | null
  /** null: no event says whether it was met (complaints, bad ratings), so nobody is told late. */
  late: boolean | null
  provisional: boolean
}

/** One clock explained (T14): sentences and the strip of days; summing its segments gives the due day. */
export interface ExplainView {
  clock: ClockName
  /** event_id of the step, pause, dispatch, complaint or rating it belongs to; '' for the case's own. */
  ref: string
  step_code: string | null
  limit: string
  limit_from: 'catalogue' | 'event' | 'law' | 'green' | 'profile'
  due_on: string
  due_at: string
  provisional: boolean
  used: number
  remaining: number
  /** Working days past its due; 0 as long as nobody has said that it is late. */
  late_by: number
  /** Past its due instant, and whether it is late waits for a calendar, a delivery or a person (M1). */
  late_unsaid: boolean
  /** Office time from now to the due instant, to closing time; null: it has ended, or its due has passed. */
  office_left: { work_days: number; minutes: number } | null
  segments: ExplainSegment[]
  days: ExplainDay[]
  zh: string
  en: string
  versions: { calendar: string; item: string | null; law: string }
}

export interface ExplainSegment {
  kind: 'accept' | 'count' | 'pause' | 'extend' | 'roll' | 'due'
  from: string
  to: string
  /** Working (or natural) days, or minutes of office time, that this segment counts. */
  counted: number
  note: string | null
}

export interface ExplainDay {
  on: string
  kind: WireDayKind
  name: string | null
  /** The number this day bears in the count: 0 acceptance, n counted, null not counted. */
  number: number | null
  paused: string | null
  extended: boolean
  due: boolean
  concluded: boolean
  /** Working days late on this day, 0 up to the due day. */
  late: number
}

/** One case in a list: GET /api/v1/cases and a window's cases. */
export interface CaseLine {
  project_no: string
  item: string
  item_name: string
  item_name_en: string
  department: string
  department_name: string
  department_name_en: string
  window_no: string | null
  status: WireCaseStatus
  level: WireLevel
  in_hand: boolean
  due_at: string | null
  next_turn_at: string | null
  /** When it was last judged; of a case set apart, when that was last tried. */
  judged_at: string | null
  /** What threw when the case was set apart (J5); null: it was not. */
  apart: string | null
}

/** GET /api/v1/windows/{no}: the window's tile, its cases in hand and its cards. */
export interface WindowView {
  /** null: not in the catalogue, known from events alone. */
  window: Tile | null
  cases: CaseLine[]
  cases_next: string | null
  cards: CardView[]
  cards_next: string | null
}
