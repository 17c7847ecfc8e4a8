// Findings: which rules of the case fire, each with the computed instant its limit passed (J3) and who answered then.
// A finding hangs on facts, law and now alone, so any order of arrival gives the same (F2).
// Rules: T-01, T-02, T-03, T-04, P-01, D-06, C2, C3, T13.

import type { Finding } from '../card/card.ts'
import { asInstant, type Instant } from '../time/instant.ts'
import { warnAt } from '../time/limit.ts'
import { answerableAt } from './answer.ts'
import { holderBehind } from './custody.ts'
import type { CaseClocks, Clock, Grounds, JudgedPause } from './reckon.ts'
import type { CaseState, End, Step } from './state.ts'

export interface JudgedStep {
  readonly step: Step
  readonly clock: Clock | null
  /** Its end, or the conclusion where none was reported; null while open. */
  readonly endedAt: Instant | null
}

export interface FindingGrounds {
  readonly state: CaseState
  readonly grounds: Grounds
  readonly acceptance: { readonly at: Instant | null; readonly missing: boolean }
  readonly clocks: CaseClocks
  readonly main: Clock | null
  readonly pauses: readonly JudgedPause[]
  readonly steps: readonly JudgedStep[]
  readonly concluded: End | null
  readonly now: Instant
}

interface Found {
  readonly findings: Finding[]
  /** Instants at which a further finding may come, if no event does. */
  readonly turns: Instant[]
}

type Basis = Finding['basis']

/** `ended_at` once it has ended: lateness is counted to there and no further. */
const basisOf = (clock: Clock, endedAt: Instant | null): Basis => ({
  due_at: clock.due.dueAt,
  limit: `${clock.limit.value}${clock.limit.unit}`,
  limit_from: clock.limitFrom,
  ...(endedAt === null ? {} : { ended_at: endedAt }),
})

const raise = (
  at: FindingGrounds,
  rule: string,
  passed: { occasion: string; limitAt: Instant; basis: Basis; provisional: boolean },
): Finding => {
  const level = at.grounds.law.rules.get(rule)?.level ?? 1
  return {
    rule,
    occasion: passed.occasion,
    level,
    limitAt: passed.limitAt,
    holder: answerableAt({ ...at, acceptedAt: at.acceptance.at }, passed.limitAt),
    basis: passed.basis,
    provisional: passed.provisional,
  }
}

/** A limit passes when the end, or else now, lies after its last instant. */
const passed = (at: FindingGrounds, limitAt: Instant, endedAt: Instant | null): boolean =>
  (endedAt ?? at.now) > limitAt && at.now > limitAt

/** T-01: never once concluded before it; reached at its own instant, not after it. */
const warn = (at: FindingGrounds, out: Found): void => {
  const { main, concluded, now } = at
  if (main === null) return
  const { profile } = at.grounds.law
  const limitAt = warnAt(at.grounds.calendar, main.input, main.due, {
    share: profile.warnShare,
    workDaysBefore: profile.warnWorkDaysBefore,
  })
  if (limitAt === null || (concluded !== null && concluded.at <= limitAt)) return
  if (now < limitAt) out.turns.push(limitAt)
  else
    out.findings.push(
      raise(at, 'T-01', {
        occasion: main.kind,
        limitAt,
        basis: basisOf(main, null),
        provisional: main.due.provisional,
      }),
    )
}

const clockPast = (at: FindingGrounds, clock: Clock, rule: string, out: Found): void => {
  const limitAt = clock.due.dueAt
  const endedAt = at.concluded?.at ?? null
  if (!passed(at, limitAt, endedAt)) return
  const { provisional } = clock.due
  out.findings.push(raise(at, rule, { occasion: clock.kind, limitAt, basis: basisOf(clock, endedAt), provisional }))
}

/** T-03 by the statute, or, where none is known, at the end of the third WD after the promise's due day. */
const statutePast = (at: FindingGrounds, out: Found): void => {
  const { promise, statute } = at.clocks
  if (statute !== null) {
    clockPast(at, statute, 'T-03', out)
    return
  }
  if (promise === null) return
  const { calendar, law } = at.grounds
  const dueOn = calendar.addWorkDays(promise.due.dueOn, law.profile.statuteGraceWorkDays)
  const limitAt = calendar.endOf(dueOn)
  const endedAt = at.concluded?.at ?? null
  if (!passed(at, limitAt, endedAt)) {
    out.turns.push(asInstant(limitAt + 1))
    return
  }
  const provisional = promise.due.provisional || !calendar.isCovered(dueOn)
  const basis = {
    ...basisOf(promise, endedAt),
    due_at: limitAt,
    statute: null,
    grace_wd: law.profile.statuteGraceWorkDays,
  }
  out.findings.push(raise(at, 'T-03', { occasion: 'promise', limitAt, basis, provisional }))
}

/** T-04: a step past its limit though the whole was then in time. */
const stepPast = (at: FindingGrounds, judged: JudgedStep, out: Found): void => {
  const { clock, endedAt, step } = judged
  if (clock === null) return
  const limitAt = clock.due.dueAt
  const wholeInTime = at.main === null || limitAt < at.main.due.dueAt
  if (!wholeInTime || !passed(at, limitAt, endedAt)) return
  const basis = { ...basisOf(clock, endedAt), step_code: step.code }
  out.findings.push({
    ...raise(at, 'T-04', {
      occasion: `step:${step.source}:${step.eventId}`,
      limitAt,
      basis,
      provisional: clock.due.provisional,
    }),
    holder: holderBehind(step),
  })
}

export const findingsOf = (at: FindingGrounds): Found => {
  const out: Found = { findings: [], turns: [] }
  warn(at, out)
  if (at.clocks.promise !== null) clockPast(at, at.clocks.promise, 'T-02', out)
  statutePast(at, out)
  for (const step of at.steps) stepPast(at, step, out)
  if (at.acceptance.missing && at.concluded !== null) {
    const limitAt = at.concluded.at
    out.findings.push(
      raise(at, 'P-01', { occasion: 'acceptance', limitAt, basis: { concluded_at: limitAt }, provisional: false }),
    )
  }
  for (const later of at.clocks.later) {
    const limitAt = at.state.accepted?.at ?? at.state.first.at
    const basis = { stated: later.stated, stated_due_at: later.statedDueAt, due_at: later.dueAt }
    out.findings.push(raise(at, 'D-06', { occasion: later.kind, limitAt, basis, provisional: false }))
  }
  return out
}
