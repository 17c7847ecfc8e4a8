// The wire event (I1): its fields, and the payload keys listed for each event type with shape and class.
// A payload key that is not listed here for its type is personal: kept apart, never on a wall, erasable (A4, L7).
// Tables and types only; the checking itself stands in server/intake.

import { PAUSE_KINDS, type WireEventType } from './vocabulary.ts'

/** plain: anybody may see it · staff: names and codes of officials · personal: people served. */
export type FieldClass = 'plain' | 'staff' | 'personal'

/** Fields that say what an event is about; the others say what it is, when, and whose. */
export const EVENT_FIELDS = [
  'project_no',
  'org_code',
  'window_no',
  'operator_id',
  'operator_name',
  'task_code',
  'region_code',
  'supersedes',
] as const satisfies readonly (keyof WireEvent)[]
export type EventField = (typeof EVENT_FIELDS)[number]

export interface WireEvent {
  event_id: string
  event_type: WireEventType
  /** Not required for ATTEND, INSPECT, nor for COMPLAIN and RATE about a window or operator. */
  project_no?: string | null
  /** RFC 3339 with offset. */
  occurred_at: string
  /** Comes from the key; where given it must agree. */
  source_system?: string | null
  org_code?: string | null
  window_no?: string | null
  operator_id?: string | null
  operator_name?: string | null
  task_code?: string | null
  region_code?: string | null
  /** event_id of an event of the same source that this one makes void. */
  supersedes?: string | null
  /** Only the day of occurred_at is known (I15). */
  precision?: 'day' | null
  /** The row of a register that it was read from (I14). A VOID of a register needs no target: its cell was emptied. */
  register?: WireRegister | null
  /** Of RATE: which way its level runs (I15), where the source has not declared it or this one differs. */
  rate_scale?: 'best_first' | 'worst_first' | null
  payload?: Record<string, unknown> | null
}

/** Of one source, register name, case and key the event of the greatest (as_of, file, line) holds (I14). */
export interface WireRegister {
  name: string
  /** Names the event among those of its row. */
  key: string
  /** RFC 3339 with offset: when the register was as it says. */
  as_of: string
  /** Digest of the file. */
  file: string
  /** Counted from 1. */
  line: number
}

/** Classes of the fields beside the payload: every one that the wire knows. */
export const FIELD_CLASSES: Readonly<Record<Exclude<keyof WireEvent, 'payload'>, FieldClass>> = {
  event_id: 'plain',
  event_type: 'plain',
  project_no: 'plain',
  occurred_at: 'plain',
  source_system: 'plain',
  org_code: 'plain',
  window_no: 'plain',
  operator_id: 'staff',
  operator_name: 'staff',
  task_code: 'plain',
  region_code: 'plain',
  supersedes: 'plain',
  precision: 'plain',
  register: 'plain',
  rate_scale: 'plain',
}

export const PRECISIONS = ['day'] as const

/** A limit or length of time: whole number and unit of T4. */
export interface WireLimit {
  value: number
  unit: 'WD' | 'ND' | 'M' | 'H' | '0'
}

export const LIMIT_UNITS = ['WD', 'ND', 'M', 'H', '0'] as const

/**
 * Shapes of listed payload keys. On the wire → as kept in the fact:
 * code, id, text: text → text (a whole number given for a code → its digits) · texts: text or list of texts → same ·
 * flag: boolean → same · mark: boolean or code → same · count: whole number ≥ 0 → same ·
 * days: whole number or {value, unit: WD} → whole number · limit: {value, unit} → same ·
 * span: {value, unit = WD} → with its unit · instant: RFC 3339 → epoch ms · due: RFC 3339 → epoch ms, or
 * YYYY-MM-DD → same text · place: code, or {org_code, window_no, operator_id, operator_name} → same ·
 * choice: one of the texts (or their digits as a number) → text · grade: whole number 1–5 → same.
 */
export type PayloadShape =
  | 'code'
  | 'id'
  | 'text'
  | 'texts'
  | 'flag'
  | 'mark'
  | 'count'
  | 'days'
  | 'limit'
  | 'span'
  | 'instant'
  | 'due'
  | 'place'
  | 'choice'
  | 'grade'

export interface PayloadKey {
  readonly name: string
  readonly shape: PayloadShape
  readonly class: FieldClass
  readonly choices?: readonly string[]
  /** Personal words, of which it is plain that they were said: the fact bears `true` in their place, for rules to ask. */
  readonly spoken?: true
  /** The event means nothing without it. */
  readonly required?: true
}

const plain = (name: string, shape: PayloadShape): PayloadKey => ({ name, shape, class: 'plain' })
const staff = (name: string, shape: PayloadShape): PayloadKey => ({ name, shape, class: 'staff' })
const personal = (name: string, shape: PayloadShape): PayloadKey => ({ name, shape, class: 'personal' })
/** Free text is personal, whatever it is called (I1). */
const spoken = (name: string, shape: 'text' | 'texts' = 'text'): PayloadKey => ({
  ...personal(name, shape),
  spoken: true,
})
const choice = (name: string, choices: readonly string[]): PayloadKey => ({ ...plain(name, 'choice'), choices })

/** 1 即办件, 2 承诺件, 9 其他 (GB/T 39046-2020). */
export const PROJECT_TYPES = ['1', '2', '9'] as const
/** 1 window, 2 PC, 3 mobile, 4 courier, 9 other. */
export const APPLY_TYPES = ['1', '2', '3', '4', '9'] as const
/** normal, 容缺受理, 告知承诺: after the latter two a later correction is no fault (T8). */
export const ACCEPT_MODES = ['normal', 'tolerant', 'commitment'] as const
export const HANDOVER_DIRECTIONS = [
  'front_to_back',
  'back_to_front',
  'upward',
  'downward',
  'intermediary',
  'applicant',
] as const

/** Up to when a stated due holds what had happened: a day or an instant (T10). */
const DUE_AS_OF = plain('due_as_of', 'due')

const STEP = [
  plain('step_code', 'code'),
  spoken('result'),
  personal('opinion', 'text'),
  plain('step_due_at', 'due'),
  DUE_AS_OF,
]
const MEMBER = [plain('member', 'code')]
const NONE: readonly PayloadKey[] = []

/** Listed payload keys by event type. */
export const PAYLOAD_KEYS: Readonly<Record<WireEventType, readonly PayloadKey[]>> = {
  RECEIVE: [
    plain('task_code', 'code'),
    plain('applicant_type', 'code'),
    choice('apply_type', APPLY_TYPES),
    choice('project_type', PROJECT_TYPES),
    plain('visits', 'count'),
    plain('green_channel', 'mark'),
    plain('joint_parent', 'id'),
  ],
  PRE_ACCEPT: NONE,
  CORRECT_NOTICE: [spoken('list', 'texts'), spoken('reason'), plain('notice_no', 'id')],
  CORRECT_DONE: NONE,
  ACCEPT: [
    plain('accept_doc_no', 'id'),
    choice('project_type', PROJECT_TYPES),
    plain('promise_limit', 'limit'),
    plain('legal_limit', 'limit'),
    plain('promise_due_at', 'due'),
    plain('legal_due_at', 'due'),
    DUE_AS_OF,
    choice('mode', ACCEPT_MODES),
  ],
  REFUSE_ACCEPT: [plain('kind', 'code'), spoken('reason'), plain('remedy_told', 'flag')],
  STEP_START: STEP,
  HANDOVER: [staff('from', 'place'), staff('to', 'place'), choice('direction', HANDOVER_DIRECTIONS)],
  JOINT_DISPATCH: [...MEMBER, plain('reply_due_at', 'due'), DUE_AS_OF],
  JOINT_REPLY: MEMBER,
  SUSPEND: [
    choice('kind', PAUSE_KINDS),
    spoken('basis'),
    staff('approver', 'text'),
    plain('approved_days', 'span'),
    plain('notice_at', 'instant'),
  ],
  RESUME: [choice('kind', PAUSE_KINDS), plain('pause', 'id'), spoken('result')],
  EXTEND: [
    plain('days', 'days'),
    staff('approver', 'text'),
    plain('approved_at', 'instant'),
    spoken('reason'),
    plain('notice_at', 'instant'),
  ],
  STEP_END: STEP,
  FEE: [plain('amount_fen', 'count'), plain('standard_fen', 'count'), spoken('basis'), spoken('reduction_basis')],
  DECIDE: [choice('result', ['granted', 'refused']), spoken('reason'), plain('remedy_told', 'flag')],
  COMPLETE: [plain('result_type', 'code'), personal('certificate_no', 'id')],
  WITHDRAW: NONE,
  TERMINATE: NONE,
  DELIVER: [plain('mode', 'code')],
  RATE: [
    { ...plain('level', 'grade'), required: true },
    plain('channel', 'code'),
    choice('origin', ['active', 'default']),
  ],
  COMPLAIN: NONE,
  URGE: [spoken('reason')],
  ATTEND: NONE,
  INSPECT: NONE,
  VOID: [plain('target', 'id'), spoken('reason')],
}

/** Longest texts, in UTF-16 code units. */
export const LENGTHS = { id: 128, code: 64, taskCode: 36, name: 64, text: 4000 } as const

/** An event with its personal part is at most this many characters of canonical text, and this deep. */
export const EVENT_CHARS = 65_536
export const EVENT_DEPTH = 16
