// A fact: one event of one approval system, as the law of a case sees it (I1), without its personal part.
// Order of facts is (occurred_at, phase, source_system, event_id) and nothing else (F1), those known by their day alone as
// if at its end; arrival is not in it.

import type { Instant } from '../time/instant.ts'
import type { Bearing } from './ability.ts'
import { standsAt } from './stands.ts'

/** Event types in the order of their phase (SPEC part 1): at equal stamps an earlier phase comes first. */
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

export type EventType = (typeof EVENT_TYPES)[number]

const PHASES = new Map<EventType, number>(EVENT_TYPES.map((type, phase) => [type, phase]))

/** The phase of an event type: its place in EVENT_TYPES. */
export const phaseOf = (type: EventType): number => PHASES.get(type) as number

/** The row of a register that an event was read from (I14): of one source, register, case and key the greatest stands. */
export interface Edition {
  readonly register: string
  /** Names the event among those of its row. */
  readonly key: string
  readonly caseNo: string
  /** When the register was as it says. */
  readonly asOf: Instant
  /** Digest of the file. */
  readonly file: string
  readonly line: number
}

/** A value of a payload as it came: JSON. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

export interface Fact {
  readonly source: string
  readonly eventId: string
  readonly type: EventType
  /** null for ATTEND, INSPECT and for COMPLAIN and RATE about a window, operator or post. */
  readonly projectNo: string | null
  readonly at: Instant
  readonly org: string | null
  readonly window: string | null
  readonly operator: string | null
  readonly operatorName: string | null
  readonly item: string | null
  readonly region: string | null
  /** event_id of the same source that this event makes void (F3); for VOID it stands in payload.target. */
  readonly supersedes: string | null
  /** The listed, non-personal payload keys. */
  readonly payload: Readonly<Record<string, Json>>
  /** 'day': only its day is known (I15), and `at` is the start of that day. */
  readonly precision: 'day' | null
  /** null: not of a register. */
  readonly edition: Edition | null
  /**
   * Stands beside the event and is no part of its content (I8): the declared instant before which it tells of a past
   * record; null: live. Lateness of arrival is then not judged, cards are of record (C10).
   */
  readonly historical: Instant | null
  /** Stands beside the event, too (I12): what could come the ways it came; absent: everything that its source can send. */
  readonly bears?: Bearing
}

/** The place of a fact in its case (F1). */
export type OrderKey = readonly [at: Instant, phase: number, source: string, eventId: string]

export const orderOf = (fact: Fact): OrderKey => [standsAt(fact), phaseOf(fact.type), fact.source, fact.eventId]

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Negative when a comes before b. Text is compared by UTF-16 code unit, the same on every machine. */
export const compareOrder = (a: OrderKey, b: OrderKey): number =>
  a[0] - b[0] || a[1] - b[1] || compareText(a[2], b[2]) || compareText(a[3], b[3])

const NONE: readonly string[] = []

/** The event ids of its own source that this fact makes void (F3): one, or with a VOID that supersedes as well two. */
export const voidsOf = ({ supersedes, type, payload: { target } }: Fact): readonly string[] => {
  const named = type === 'VOID' && typeof target === 'string' && target !== supersedes ? [target] : NONE
  return supersedes === null ? named : [supersedes, ...named]
}

/** Identity (I2) as one key for maps: unique because a source name holds no line feed. */
export const factKey = (source: string, eventId: string): string => `${source}\n${eventId}`
