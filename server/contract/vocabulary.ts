// The words of the wire that both server and client speak (SPEC part 0, GB/T 39046-2020). Values only, no logic.
// The client may import values from this file alone; everything else of the contract is types to it.

export const EVENT_TYPES = [
  'RECEIVE',
  'PRE_ACCEPT',
  'CORRECT_NOTICE',
  'CORRECT_DONE',
  'ACCEPT',
  'REFUSE_ACCEPT',
  'STEP_START',
  'HANDOVER',
  'JOINT_DISPATCH',
  'JOINT_REPLY',
  'SUSPEND',
  'RESUME',
  'EXTEND',
  'STEP_END',
  'FEE',
  'DECIDE',
  'COMPLETE',
  'WITHDRAW',
  'TERMINATE',
  'DELIVER',
  'RATE',
  'COMPLAIN',
  'URGE',
  'ATTEND',
  'INSPECT',
  'VOID',
] as const
export type WireEventType = (typeof EVENT_TYPES)[number]

export const PAUSE_KINDS = [
  'hearing',
  'tender',
  'auction',
  'inspection',
  'testing',
  'quarantine',
  'appraisal',
  'expert_review',
  'publicity',
  'other',
] as const
export type WirePauseKind = (typeof PAUSE_KINDS)[number]

/** 0 none, 1 预警, 2 黄牌, 3 红牌 (监察预警类型代码 of GB/T 39046-2020). */
export const LEVELS = [0, 1, 2, 3] as const
export type WireLevel = (typeof LEVELS)[number]

/** Two are of cases that have no state: every event of it is void, or it was set apart before it had one (J5). */
export const CASE_STATUSES = ['received', 'correcting', 'accepted', 'paused', 'concluded', 'void', 'apart'] as const
export type WireCaseStatus = (typeof CASE_STATUSES)[number]

export const VERDICTS = ['on_time', 'late', 'undated', 'excluded'] as const
export type WireVerdict = (typeof VERDICTS)[number]

/** Kind of a civil day, for strips of days: an ordinary working day, a make-up day (班), a weekend, a holiday. */
export const DAY_KINDS = ['work', 'makeup', 'weekend', 'holiday'] as const
export type WireDayKind = (typeof DAY_KINDS)[number]

export const LIVE_PROTOCOL = 1
/** Seconds between beats; silence of STALE_AFTER_S means the screen is stale (L1, L3). */
export const BEAT_S = 5
export const STALE_AFTER_S = 10
