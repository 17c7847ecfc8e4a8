// Flags: what a reader must know of a case before its dates. Each hangs on facts and law alone, so they change with a
// judgement and never between two turns. Rules: M2, T4, T8, T10, T11, 许可 42.

import type { Instant } from '../time/instant.ts'
import type { Grounds } from './grounds.ts'
import type { CaseClocks } from './reckon.ts'
import type { Accepted, CaseState } from './state.ts'
import { isBeyond } from './stated.ts'

export type CaseFlag =
  /** Concluded on the merits without acceptance: the receipt day stands for it (M2, P-01). */
  | 'receipt_as_acceptance'
  /** The promise ran out later than the statute and is read as it (T10). */
  | 'promise_cut'
  /** It was asked for after acceptance and stops no clock (T8). */
  | 'correction_after_acceptance'
  /** The green channel's limit holds (T11). */
  | 'green_channel'
  /** The limits of joint handling hold (许可 42). */
  | 'joint'
  /** A stated limit or approval is longer than any law knows and is read at the longest (T4). */
  | 'limit_beyond'
  /** The first version of its item begins later, and is read all the same (T10). */
  | 'item_version_later'
  /** Its firsts are told differently more often than is weighed: every yellow and red of it waits (F5). */
  | 'tellings_unweighed'

export interface FlagGrounds {
  readonly state: CaseState
  readonly acceptance: { readonly at: Instant | null; readonly missing: boolean }
  readonly grounds: Grounds
  readonly clocks: CaseClocks
  /** The conclusion: what comes after it flags nothing (F5). */
  readonly endedAt: Instant | null
}

/** 容缺受理, 告知承诺: what is wanting was to be handed in after acceptance. */
const LENIENT: ReadonlySet<string | null> = new Set(['tolerant', 'commitment'])

export const isLenient = (accepted: Accepted | null): boolean => LENIENT.has(accepted?.mode ?? null)

const correctedLate = ({ state, acceptance, endedAt }: FlagGrounds): boolean =>
  !isLenient(state.accepted) &&
  state.notices.some(({ at }) => acceptance.at !== null && at > acceptance.at && (endedAt === null || at <= endedAt))

const statesBeyond = ({ state, endedAt }: FlagGrounds): boolean => {
  const isInside = ({ at }: { readonly at: Instant }): boolean => endedAt === null || at <= endedAt
  const accepted = state.accepted !== null && isInside(state.accepted) ? state.accepted : null
  return (
    isBeyond(accepted?.promise ?? null) ||
    isBeyond(accepted?.statute ?? null) ||
    state.pauses.some((pause) => isInside(pause) && isBeyond(pause.approvedDays))
  )
}

/** The flags of a case, in a fixed order. */
export const flagsOf = (at: FlagGrounds): CaseFlag[] => {
  const { acceptance, clocks } = at
  const all: readonly (readonly [CaseFlag, boolean])[] = [
    ['receipt_as_acceptance', acceptance.missing],
    ['promise_cut', clocks.promiseCut],
    ['correction_after_acceptance', correctedLate(at)],
    ['green_channel', clocks.promise?.limitFrom === 'green'],
    ['joint', clocks.joint],
    ['limit_beyond', statesBeyond(at)],
    ['item_version_later', at.grounds.isItemEarly],
  ]
  return all.filter(([, holds]) => holds).map(([flag]) => flag)
}
