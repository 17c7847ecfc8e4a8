// Flows: what one case (or one group card) adds to the measures, each with its day and its keys (M1, M5).
// Stocks (in hand, overdue in hand, due) are running sums of ± flows, so any past day's end can be asked.
// A group under addition: totals += after − before. Never scans cases, never reads a clock.

import type { Day } from '../time/instant.ts'

/** What a flow counts. The order is stored: append only. */
export const FLOW_KINDS = [
  'received',
  'accepted',
  'on_time',
  'late',
  'undated',
  'excluded',
  'granted',
  'refused',
  'withdrawn',
  'in_hand',
  'overdue',
  'due',
  'warning',
  'yellow',
  'red',
  'unlisted',
  'risk',
  'to_lift',
  'overdue_unconfirmed',
] as const
export type FlowKind = (typeof FLOW_KINDS)[number]

/** Kinds that are stocks: their value on a day is the sum of all flows up to that day's end. */
export const STOCK_KINDS: ReadonlySet<FlowKind> = new Set(['in_hand', 'overdue', 'overdue_unconfirmed'])

export interface Flow {
  readonly kind: FlowKind
  readonly on: Day
  /** Local hour of day 0–23 where the kind is a movement of the day; null for the others. */
  readonly hour: number | null
  readonly n: 1 | -1
  readonly region: string
  readonly department: string
  /** Window number, or `@` + department where a back office holds (M5). */
  readonly window: string
  readonly operator: string
  readonly item: string
  readonly source: string
  /** Of a member of a joint handling (M1): sums across departments leave it out and show it beside. */
  readonly member: boolean
  /** For kind 'unlisted' only: the code it names, as `window:B99`; it adds to dimension `code` and to nothing else. */
  readonly code: string | null
}

/**
 * Dimensions of the totals. The order is stored: append only. `code` is for group rules (D-05), `hour` for the day's flow.
 * `region` and `hour` are sums across departments: members of joint handlings stand under their `member_…` twins alone (M1).
 * `member_department` is what members add to the departments that bear them.
 */
export const DIMENSIONS = [
  'region',
  'department',
  'window',
  'operator',
  'item',
  'source',
  'hour',
  'code',
  'member_department',
  'member_region',
  'member_hour',
] as const
export type Dimension = (typeof DIMENSIONS)[number]

export interface TotalDelta {
  readonly dimension: Dimension
  readonly key: string
  readonly department: string
  readonly kind: FlowKind
  readonly on: Day
  n: number
}
