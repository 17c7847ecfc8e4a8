// What stands behind a figure: the kinds of flow it is the sum of, so that a click on it leads to exactly its cases
// (M1–M3, R1). Stocks among them are those at the period's last instant.

import type { FlowKind } from '../measure/flows.ts'

export const FIGURES = {
  received: ['received'],
  accepted: ['accepted'],
  concluded: ['on_time', 'late', 'undated', 'excluded'],
  on_time: ['on_time'],
  late: ['late'],
  undated: ['undated'],
  excluded: ['excluded'],
  granted: ['granted'],
  refused: ['refused'],
  withdrawn: ['withdrawn'],
  in_hand: ['in_hand'],
  overdue_in_hand: ['overdue'],
  overdue_unconfirmed: ['overdue_unconfirmed'],
  /** The denominator of timeliness. */
  counted: ['on_time', 'late', 'overdue'],
  warnings: ['warning'],
  yellows: ['yellow'],
  reds: ['red'],
  to_lift: ['to_lift'],
} as const satisfies Readonly<Record<string, readonly FlowKind[]>>

export type Figure = keyof typeof FIGURES

export const FIGURE_NAMES = Object.keys(FIGURES) as readonly Figure[]
