// Events as the model reads them (F1, F5, I15): their order, what of a bare day comes after what, and what two sources may
// tell as one thing.

import type { Fact } from '../../server/core/case/event.ts'
import { dayOf, MS_DAY } from './days.ts'

const PHASES = [
  ...['RECEIVE', 'PRE_ACCEPT', 'CORRECT_NOTICE', 'CORRECT_DONE', 'ACCEPT', 'REFUSE_ACCEPT', 'STEP_START', 'HANDOVER'],
  ...['JOINT_DISPATCH', 'JOINT_REPLY', 'SUSPEND', 'RESUME', 'EXTEND', 'STEP_END', 'FEE', 'DECIDE', 'COMPLETE'],
  ...['WITHDRAW', 'TERMINATE', 'DELIVER', 'RATE', 'COMPLAIN', 'URGE', 'ATTEND', 'INSPECT', 'MATTER', 'VOID'],
]
const TWIN_MS = 600_000

export const isBare = (fact: Fact): boolean => fact.precision === 'day'
/** Where an event stands: those known by their day alone at its end (F1, I15). */
export const placeOf = (fact: Fact): number => (isBare(fact) ? fact.at + MS_DAY - 1 : fact.at)
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
export const inOrder = (a: Fact, b: Fact): number =>
  placeOf(a) - placeOf(b) ||
  PHASES.indexOf(a.type) - PHASES.indexOf(b.type) ||
  compare(a.source, b.source) ||
  compare(a.eventId, b.eventId)

export interface Told {
  readonly fact: Fact
  /** The twins of other sources that tell the same thing (F5). */
  readonly twins: Fact[]
}

/** The member that an event names, else the org that sends it. */
export const memberOf = (fact: Fact): string | null =>
  typeof fact.payload.member === 'string' ? fact.payload.member : fact.org

/** A pause that says no kind is of another kind than the law's. */
export const kindOf = (fact: Fact): string => String(fact.payload.kind ?? 'other')

export const isTwin = (first: Fact, fact: Fact): boolean =>
  isBare(first) || isBare(fact) ? dayOf(first.at) === dayOf(fact.at) : Math.abs(fact.at - first.at) <= TWIN_MS

/** The kind of what a RESUME ends, as it says or as the pause it names says; '' where it says neither. */
export const resumedKind = (facts: readonly Fact[], { source, payload }: Fact): string => {
  if (typeof payload.pause !== 'string') return String(payload.kind ?? '')
  const named = facts.find((one) => one.type === 'SUSPEND' && one.source === source && one.eventId === payload.pause)
  return named === undefined ? String(payload.kind ?? '') : kindOf(named)
}

/** Whether an event fell on the bare day of another. */
export const isOnDayOf = (bare: Fact, fact: Fact): boolean => isBare(bare) && dayOf(bare.at) === dayOf(fact.at)

/** Whether an event is stamped after the end of the case; a bare day is after it only if its day is. */
export const isAfter = (fact: Fact, end: Fact | null): boolean => {
  if (end === null || fact === end) return false
  if (isBare(fact) || isBare(end)) return dayOf(fact.at) > dayOf(end.at)
  return fact.at > end.at
}
