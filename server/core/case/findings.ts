// Findings by the clock: which limits of the case have passed, T-01 to T-09 and the proposal of T12. Findings of how it was
// handled stand in findings-procedure.ts. A finding hangs on facts, law and now alone, so any order of arrival gives the
// same (F2). Rules: T-01 … T-09, T-12, C2, C3, T13, I13.

import type { Holder } from '../card/card.ts'
import { isVoid } from '../time/extension.ts'
import type { Instant } from '../time/instant.ts'
import { warnAt } from '../time/limit.ts'
import { holderBehind } from './custody.ts'
import type { Duty } from './duties.ts'
import {
  after,
  basisOf,
  type FindingGrounds,
  type Found,
  hasPassed,
  type JudgedStep,
  raise,
  untypedIn,
} from './findings-ground.ts'
import { procedureFindings } from './findings-procedure.ts'
import { tacitFinding } from './findings-tacit.ts'
import type { Clock } from './reckon.ts'

/** T-01: never once concluded before it; reached at its own instant, not after it. */
const warn = (at: FindingGrounds, out: Found): void => {
  const { main, concluded, now } = at
  const acceptedAt = at.acceptance.at
  if (main === null) return
  // a due of before the acceptance may have been stated before it: nobody is warned of what had run out by then
  if (acceptedAt !== null && main.due.dueAt < acceptedAt) return
  const { profile } = at.grounds.law
  const warnedAt = warnAt(main.grounds.calendar, main.input, main.due, {
    share: profile.warnShare,
    workDaysBefore: profile.warnWorkDaysBefore,
  })
  const limitAt = warnedAt !== null && acceptedAt !== null && warnedAt < acceptedAt ? acceptedAt : warnedAt
  if (limitAt === null || (concluded !== null && concluded.at <= limitAt)) return
  if (now < limitAt) {
    out.turns.push(limitAt)
    return
  }
  const { provisional } = main.due
  raise(at, 'T-01', { occasion: main.kind, limitAt, basis: basisOf(main, null), provisional, byClock: true }, out)
}

const clockPast = (at: FindingGrounds, clock: Clock, rule: string, out: Found): void => {
  const limitAt = clock.due.dueAt
  const endedAt = at.concluded?.at ?? null
  if (!hasPassed(at, limitAt, endedAt)) return
  const { provisional } = clock.due
  raise(at, rule, { occasion: clock.kind, limitAt, basis: basisOf(clock, endedAt), provisional, byClock: true }, out)
}

/** T-03p, where no statute is known: the end of the profile's working days after the promise's due day. */
const farPastPromise = (at: FindingGrounds, promise: Clock, out: Found): void => {
  const { law } = at.grounds
  const { calendar } = promise.grounds
  const dueOn = calendar.addWorkDays(promise.due.dueOn, law.profile.statuteGraceWorkDays)
  const limitAt = calendar.endOf(dueOn)
  const endedAt = at.concluded?.at ?? null
  if (!hasPassed(at, limitAt, endedAt)) {
    out.turns.push(after(limitAt))
    return
  }
  const provisional = promise.due.provisional || !calendar.isCovered(dueOn)
  const grace = { due_at: limitAt, promise_due_at: promise.due.dueAt, grace_wd: law.profile.statuteGraceWorkDays }
  const basis = { ...basisOf(promise, endedAt), ...grace }
  raise(at, 'T-03p', { occasion: 'promise', limitAt, basis, provisional, byClock: true }, out)
}

const statutePast = (at: FindingGrounds, out: Found): void => {
  const { promise, statute } = at.clocks
  if (statute !== null) clockPast(at, statute, 'T-03', out)
  else if (promise !== null) farPastPromise(at, promise, out)
}

/** T-04: a step past its limit though the whole was then in time. */
const stepPast = (at: FindingGrounds, judged: JudgedStep, out: Found): void => {
  const { clock, endedAt, step } = judged
  if (clock === null) return
  const limitAt = clock.due.dueAt
  const wholeInTime = at.main === null || limitAt < at.main.due.dueAt
  if (!wholeInTime || !hasPassed(at, limitAt, endedAt)) return
  const basis = { ...basisOf(clock, endedAt), step_code: step.code }
  const { provisional } = clock.due
  const occasion = `step:${step.source}:${step.eventId}`
  raise(at, 'T-04', { occasion, limitAt, basis, provisional, byClock: true, holder: holderBehind(step) }, out)
}

const DUTY_RULES = { notice: 'T-05', delivery: 'T-06', pause: 'T-07', review: 'T-09', joint: 'T-09' } as const

/** The opening fact of a duty names the card (C2). */
const occasionOf = ({ clock, opened }: Duty): string =>
  opened === null ? clock.kind : `${clock.kind}:${opened.source}:${opened.eventId}`

/** Who owes a duty by its nature: the member asked, who ordered the pause; else whoever answers for the case then. */
const ownerOf = ({ clock, member, opened }: Duty): { readonly holder?: Holder } => {
  if (member !== null)
    return { holder: { role: 'joint', org: member, window: null, operator: null, operatorName: null } }
  return clock.kind === 'pause' && opened !== null ? { holder: holderBehind(opened) } : {}
}

/** T-05, T-06, T-07, T-09: a duty past its limit. */
const dutyPast = (at: FindingGrounds, duty: Duty, out: Found): void => {
  const { clock, endedAt, outlives, member } = duty
  const rule = DUTY_RULES[clock.kind as keyof typeof DUTY_RULES]
  const limitAt = clock.due.dueAt
  if (!hasPassed(at, limitAt, endedAt)) {
    if (endedAt === null) (outlives ? out.lateTurns : out.turns).push(after(limitAt))
    return
  }
  const holder = ownerOf(duty)
  const basis = { ...basisOf(clock, endedAt), ...(member === null ? {} : { member }) }
  const { provisional } = clock.due
  const contested = rule === 'T-05' || rule === 'T-06' ? untypedIn(at) : null
  raise(at, rule, { occasion: occasionOf(duty), limitAt, basis, provisional, byClock: true, contested, ...holder }, out)
}

/** T-08: what T7 makes void on the statutory (or only) clock, or cuts to the maximum. */
const voidExtensions = (at: FindingGrounds, out: Found): void => {
  const clock = at.clocks.statute ?? at.clocks.promise
  if (clock === null) return
  const endAt: Instant | null = at.concluded?.at ?? null
  for (const [i, extension] of at.state.extensions.entries()) {
    const verdict = clock.extensions[i]
    if (verdict === undefined || (verdict !== 'cut' && !isVoid(verdict))) continue
    if (endAt !== null && extension.at > endAt) continue
    const limitAt = extension.approvedAt < extension.at ? extension.approvedAt : extension.at
    const basis = { ...basisOf(clock, null), verdict, days: extension.days, counted_days: clock.extendedBy }
    const occasion = `extend:${extension.source}:${extension.eventId}`
    const { provisional } = clock.due
    raise(at, 'T-08', { occasion, limitAt, basis, provisional, byClock: false, holder: holderBehind(extension) }, out)
  }
}

export const findingsOf = (at: FindingGrounds): Found => {
  const out: Found = { findings: [], turns: [], lateTurns: [], unknown: new Set() }
  warn(at, out)
  if (at.clocks.promise !== null) clockPast(at, at.clocks.promise, 'T-02', out)
  statutePast(at, out)
  for (const step of at.steps) stepPast(at, step, out)
  for (const duty of at.duties) if (duty.heard) dutyPast(at, duty, out)
  voidExtensions(at, out)
  tacitFinding(at, out)
  procedureFindings(at, out)
  return out
}
