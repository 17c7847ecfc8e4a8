// The one event map of the wall (L1): one inbound event, a snapshot or patches out, a beat. Types only.
// A patch carries values, never increments, and names the cursor it follows: a gap means hello again.
// No personal data may have a place in these types (L7): names are masked before they come here.

import type { WireDayKind, WireLevel } from './vocabulary.ts'

export interface ClientToServer {
  'wall:hello': (hello: WallHello) => void
}

export interface ServerToClient {
  'wall:snapshot': (snapshot: WallSnapshot) => void
  'wall:patch': (patch: WallPatch) => void
  'wall:beat': (beat: WallBeat) => void
  'wall:refused': (refusal: { code: string; zh: string; en: string }) => void
}

export interface WallHello {
  protocol: number
  /** 'all', 'region:CODE' or 'department:CODE'. */
  scope: string
  /** The last cursor this screen has applied, or null. Opaque. */
  cursor: string | null
  /** Names of the panels it shows, members of a board; absent: all. A screen that shows a clock shows `day`. */
  panels?: string[]
}

export interface WallSnapshot {
  cursor: string
  /** Instant of the supervision clock (RFC 3339 with offset) that the board shows. */
  as_of: string
  /** Of a screen that asked for some panels: these alone. */
  board: Board
}

export interface WallPatch {
  /** The cursor this patch follows; a screen that stands elsewhere says hello again. */
  from: string
  cursor: string
  as_of: string
  /**
   * Changed panels only, as whole values; of a panel of rows the changed or new rows, whole, and under NAME_gone the keys of
   * those that left. A further panel comes in the same way under its own name.
   */
  centre?: Board['centre']
  day?: BoardDay
  figures?: Figures
  hours?: HourFlow[]
  forecast?: ForecastDay[]
  sources?: SourceLag[]
  /** Changed tiles, whole; replaces the tile of the same window_no. */
  tiles?: Tile[]
  /** window_no of windows that left the hall. */
  tiles_gone?: string[]
  /** Changed or new stream cards, whole; replaces the card of the same card_id. */
  cards?: StreamCard[]
  /** card_ids that left the stream. */
  cards_gone?: string[]
}

export interface WallBeat {
  cursor: string
  as_of: string
}

export interface Board {
  centre: { name: string; name_en: string }
  day: BoardDay
  figures: Figures
  hours: HourFlow[]
  forecast: ForecastDay[]
  sources: SourceLag[]
  /** In the order of the hall; a tile never moves. */
  tiles: Tile[]
  /**
   * At most 60: unanswered cards first by level then limit, the oldest and the newest always among them, then those to be
   * lifted, then what else was raised today. How many wait in all stands in the figures.
   */
  cards: StreamCard[]
}

/** What day it is in the office, so that a screen needs no calendar of its own. */
export interface BoardDay {
  /** IANA zone of the centre, for every printed time. */
  zone: string
  /** Speed of the supervision clock against real time: 1 real, 600 demonstration, 0 standing still. */
  speed: number
  /** YYYY-MM-DD */
  on: string
  kind: WireDayKind
  /** Name of the holiday, or of the one coming next, and how many days until it (0: today). */
  holiday: { name: string; in_days: number } | null
  /** Office spans of today, RFC 3339 instants; empty on a day off. */
  office: { from: string; to: string }[]
  /** Next opening instant after now, RFC 3339. */
  next_opening: string | null
}

/** Rates travel as the two exact counts, never as a quotient (M3). */
export interface Rate {
  on_time: number
  late: number
}

/** What timeliness 及时率 is of: on_time / (on_time + late + overdue); overdue: in hand at the end of the period, or now. */
export interface Timeliness extends Rate {
  overdue: number
}

export interface Figures {
  today: Rate
  quarter: Timeliness
  previous_quarter: Timeliness
  /** Past a limit of which a confirmation is still wanted (M1): outside every rate, and while there is any none is 100 %. */
  unconfirmed: number
  received_today: number
  accepted_today: number
  concluded_today: number
  in_hand: number
  /** Members of joint handlings in hand that a board across departments leaves out of every figure (M1). */
  members_in_hand: number
  /** In hand and due today. */
  due_today: number
  /** Of those due today or later: warned (level 1). */
  at_risk: number
  overdue_in_hand: number
  /** Standing cards of today by level. */
  warnings_today: number
  yellows_today: number
  reds_today: number
  /** Yellow and red cards not yet answered. */
  waiting_reply: number
  /** Of members of joint handlings, which a board across departments leaves out of it (M1); the stream shows them. */
  members_waiting_reply: number
}

export interface HourFlow {
  /** Local hour 0–23. */
  hour: number
  received: number
  accepted: number
  concluded: number
  /** Mean accepted per hour on earlier days of the same weekday; null when there is no such day. */
  usual: number | null
}

export interface ForecastDay {
  on: string
  kind: WireDayKind
  name: string | null
  /** Cases in hand due on this day, and those of them already warned. */
  due: number
  at_risk: number
}

export interface SourceLag {
  source: string
  name: string
  last_event_at: string | null
  /** Milliseconds of supervision time since the last event arrived. */
  lag_ms: number | null
  /** Of them those of office time: no night is a silence. */
  office_lag_ms: number | null
  /** It delivers at its hours (I13): between them its silence says nothing. */
  batch: boolean
  /** Rows of its files that wait because something of them could not be read (I15), of the units of this board. */
  waiting_rows: number
}

export interface Tile {
  window_no: string
  name: string
  name_en: string
  department: string
  department_name: string
  department_name_en: string
  /** Row and column in the hall, from 1. */
  row: number
  column: number
  level: WireLevel
  /** Why it is lit: rule and its short name; null when calm. */
  rule: string | null
  rule_name: string | null
  rule_name_en: string | null
  /** Tail of the case number that lights it, masked holder, the instant its limit passed or passes. */
  case_tail: string | null
  project_no: string | null
  holder: string | null
  limit_at: string | null
  /** Working days past the limit; 0 before it. */
  late_by_wd: number
  provisional: boolean
  in_hand: number
  waiting_reply: number
  /** Nearest due instant ahead among its cases in hand. */
  next_due_at: string | null
  /** Cases in hand due within the next 1, 3, 5 working days. */
  due_within: [number, number, number]
}

export interface StreamCard {
  card_id: string
  rule_id: string
  rule_name: string
  rule_name_en: string
  level: WireLevel
  state: string
  window_no: string | null
  department_name: string
  department_name_en: string
  item_name: string
  item_name_en: string
  project_no: string | null
  case_tail: string | null
  /** Masked: 张*. */
  holder: string | null
  limit_at: string
  raised_at: string
  reply_due_at: string | null
  late_by_wd: number
  provisional: boolean
  of_record: boolean
}
