// Pauses as the law sees them (T5, T6, P-03): lawful or not, what they lack, how long they stop the clock. Read by the
// versions of the day on which each began. Facts and law alone, never the present instant.

import type { Law } from '../law/law.ts'
import type { Instant } from '../time/instant.ts'
import { type Limit, pauseCapAt, pauseOverAt } from '../time/limit.ts'
import { type Asked, couldTell } from './ability.ts'
import { groundsAt } from './grounds.ts'
import { standsAt } from './stands.ts'
import type { CaseState, Pause } from './state.ts'
import { asLimit } from './stated.ts'

/** What a special procedure lacks (P-03). */
export type PauseFault = 'kind' | 'notice' | 'basis' | 'approver'

export interface JudgedPause {
  readonly pause: Pause
  readonly lawful: boolean
  readonly faults: readonly PauseFault[]
  /** What its source cannot send: not known, never missing (I12). */
  readonly unknown: readonly string[]
  /** Its approved days, else the profile's cap for its kind. */
  readonly cap: Limit
  /** The instant from which it no longer stops the clock, by its approved days or the profile's cap. */
  readonly capAt: Instant
  /** The first instant past its last approved day: up to there an open one stands, and is nobody's fault (T6). */
  readonly overAt: Instant
  /** Where it ended in fact, by its resumption or the conclusion (T5); null while it goes on. */
  readonly endsAt: Instant | null
  /** Up to where it stops office time: to the end of its last approved day (T5: by instants). */
  readonly until: Instant
  /** What it takes out of a clock in days: [from, to). Clipped to resumption, cap and conclusion. */
  readonly from: Instant
  readonly to: Instant
}

/** What a pause lacks, and what its source could not say (T5, P-03, I12). */
const lacksOf = (state: CaseState, pause: Pause, law: Law): Pick<JudgedPause, 'faults' | 'unknown'> => {
  const faults: PauseFault[] = []
  const unknown: string[] = []
  const lacks = (fault: PauseFault, key: Asked & `SUSPEND.${string}`): void => {
    if (couldTell(state, law, pause, key)) faults.push(fault)
    else unknown.push(key)
  }
  if (!law.profile.lawfulPauseKinds.has(pause.kind)) {
    // a pause that names no kind is folded as another one: what could not be named is not known
    if (pause.kind === 'other') lacks('kind', 'SUSPEND.kind')
    else faults.push('kind')
  }
  if (pause.noticeAt === null) lacks('notice', 'SUSPEND.notice_at')
  if (!pause.hasBasis) lacks('basis', 'SUSPEND.basis')
  if (pause.approver === null) lacks('approver', 'SUSPEND.approver')
  return { faults, unknown }
}

const judgePause = (state: CaseState, law: Law, pause: Pause, endedAt: Instant | null): JudgedPause => {
  const { profile } = law
  const { calendar } = groundsAt(state, law, pause.at)
  const cap = asLimit(pause.approvedDays) ?? {
    unit: 'WD' as const,
    value: profile.pauseCaps.get(pause.kind) ?? profile.pauseCapWorkDays,
  }
  // hours begin for sure at the end of a bare day (I15); days are the same from any instant of theirs
  const from = cap.unit === 'H' ? standsAt(pause) : pause.at
  const capAt = pauseCapAt(calendar, from, cap)
  const { faults, unknown } = lacksOf(state, pause, law)
  const lawful =
    !faults.includes('kind') &&
    !(profile.pauseNoticeRequired && faults.includes('notice')) &&
    !(profile.pauseApproverRequired && faults.includes('approver'))
  const overAt = pauseOverAt(calendar, from, cap)
  const endsAt = endedAt !== null && (pause.to === null || endedAt < pause.to) ? endedAt : pause.to
  const upTo = (last: Instant, ends: Instant | null): Instant => {
    const end = ends !== null && ends < last ? ends : last
    return end < pause.at ? pause.at : end
  }
  // resumed on a bare day, it may have stood to the end of it
  const endsBy = endsAt !== null && endsAt === pause.to ? (pause.toBy ?? endsAt) : endsAt
  const span = { from: pause.at, to: upTo(capAt, endsAt), until: upTo(overAt, endsBy), endsAt }
  return { pause, lawful, faults, unknown, cap, capAt, overAt, ...span }
}

const NONE: readonly JudgedPause[] = []

/** Every pause with what the law makes of it. A pause begun at or after the conclusion takes nothing. */
export const judgePauses = (state: CaseState, law: Law, endedAt: Instant | null): readonly JudgedPause[] =>
  state.pauses.length === 0 ? NONE : state.pauses.map((pause) => judgePause(state, law, pause, endedAt))

/** A lawful pause stands at an instant: begun, not resumed, and its last approved day is not over (T6). */
export const isPausedAt = ({ pause, lawful, overAt }: JudgedPause, at: Instant): boolean =>
  lawful && pause.at <= at && at < overAt && (pause.to === null || at < pause.to)
