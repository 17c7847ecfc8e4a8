// A card (C2–C4): (subject, rule, occasion), the holder it blames, the instant its limit passed, its history.
// Findings are what judging says should stand; changeCards turns the difference into raised, lifted, overtaken.
// A card is never deleted. Never reads a clock: `now` is an argument.

import type { Instant } from '../time/instant.ts'

/** 监察预警类型代码 of GB/T 39046-2020: 1 预警, 2 黄牌, 3 红牌. */
export type CardLevel = 1 | 2 | 3

export type SubjectKind = 'case' | 'window' | 'operator' | 'post' | 'source' | 'code'

export type HolderRole = 'applicant' | 'front' | 'back' | 'joint' | 'intermediary' | 'upper'

/** Who held or answers for a case at an instant (F4). */
export interface Holder {
  readonly role: HolderRole
  readonly org: string | null
  readonly window: string | null
  readonly operator: string | null
  readonly operatorName: string | null
}

/** What judging found to hold: a card that should stand. Pure, the same for any order of arrival. */
export interface Finding {
  readonly rule: string
  /** What made it possible (C2): 'promise', 'statute', the opening fact's key, the first day of an episode. */
  readonly occasion: string
  readonly level: CardLevel
  /** The computed instant at which the limit passed (J3). */
  readonly limitAt: Instant
  readonly holder: Holder
  /** Measured value against limit, in words of data: {due_at, limit, measured, unit …}. */
  readonly basis: Readonly<Record<string, string | number | boolean | null>>
  /** On a provisional date, cards above 预警 are not counted until the calendar covers it (T13). */
  readonly provisional: boolean
  /** A batch source may yet deliver what was done in time: shown as 待核, not told, not counted (I13). */
  readonly waits: boolean
}

export const CARD_STATES = [
  'raised',
  'to_confirm',
  'notified',
  'explained',
  'appealed',
  'upheld',
  'revoked',
  'downgraded',
  'rectifying',
  'rectified',
  'closed',
  'lifted',
  'overtaken',
  'escalated',
] as const
export type CardState = (typeof CARD_STATES)[number]

export interface Card {
  readonly cardId: string
  readonly rule: string
  /** Cards of one family overtake each other; only the highest standing one of a case counts. null: none. */
  readonly family: string | null
  readonly level: CardLevel
  readonly subjectKind: SubjectKind
  /** project_no, window_no, operator_id, … of the subject. */
  readonly subject: string
  readonly projectNo: string | null
  readonly occasion: string
  readonly department: string
  readonly region: string
  readonly item: string
  readonly holder: Holder
  readonly limitAt: Instant
  readonly raisedAt: Instant
  readonly state: CardState
  /** Of record (C10): never notified, no reply clock, no chime. */
  readonly ofRecord: boolean
  readonly provisional: boolean
  readonly replyDueAt: Instant | null
  readonly basis: Readonly<Record<string, string | number | boolean | null>>
  /** A person has confirmed what waited for one (rules of mode `confirm`). */
  readonly confirmed: boolean
  /** Number of the last move in its history, from 1. */
  readonly moves: number
}

/** One line of a card's history: who, when, what, why. */
export interface CardMove {
  readonly cardId: string
  readonly n: number
  readonly at: Instant
  readonly move: string
  readonly state: CardState
  /** 'clock', 'facts', 'law', or the name of the person or key. */
  readonly by: string
  readonly why: string
}
