// Judge (J1): what happened + the law + an instant → levels, due instants, answerable holder, the next turn.
// Pure. Constant between now and nextTurnAt (J2); while no event comes, the level never falls. Rules: J1–J3, M2, T8.

import type { Finding } from '../card/card.ts'
import type { Law } from '../law/law.ts'
import { acceptanceOf } from '../time/acceptance.ts'
import type { Instant } from '../time/instant.ts'
import { couldTell } from './ability.ts'
import { type Answerer, type AnswerSpan, answerableAt, answersOf } from './answer.ts'
import { endedByAny } from './branches.ts'
import { type Duty, dutiesOf } from './duties.ts'
import { conclusionOf, type Outcome, onMerits, outcomeOf, type Verdict, verdictOf } from './ending.ts'
import { findingsOf } from './findings.ts'
import { after, type Delivered, type JudgedStep } from './findings-ground.ts'
import { type CaseFlag, flagsOf } from './flags.ts'
import { type Belongs, belongsOn, type Grounds, groundsAt, movesOf } from './grounds.ts'
import { levelOf } from './level.ts'
import { isPausedAt, type JudgedPause, judgePauses } from './pauses.ts'
import { type CaseClocks, caseClocks, stepClock } from './reckon.ts'
import { weigh } from './rivals.ts'
import { isAfter, standsAt } from './stands.ts'
import type { Accepted, CaseState, End, Received, Step } from './state.ts'
import { unsaidApprovals } from './stated.ts'
import type { BegunBy, Telling } from './told-by.ts'
import { acceptedByOf, untilEnd } from './until.ts'

export type CaseStatus = 'received' | 'correcting' | 'accepted' | 'paused' | 'concluded'
export type { Outcome, Verdict } from './ending.ts'

/** The case as one telling has it; where nothing is told differently, as it is. */
export interface JudgedBy extends BegunBy {
  readonly at: Instant
  /** What held on the day on which its clocks start (T10). */
  readonly grounds: Grounds
  /** Where it stands now, or stood at its conclusion: the row of the figures that counts it (T10, M5). */
  readonly belongs: Belongs
  readonly status: CaseStatus
  /** 0 none, 1 预警, 2 黄牌, 3 红牌: by the limits alone. */
  readonly level: 0 | 1 | 2 | 3
  /** Concluded on the merits without any acceptance: its clocks run from the receipt (M2, P-01). */
  readonly missing: boolean
  readonly concluded: End | null
  readonly outcome: Outcome | null
  readonly verdict: Verdict | null
  readonly steps: readonly JudgedStep[]
  readonly pauses: readonly JudgedPause[]
  /** The further clocks: notice, delivery, pauses, review, joint replies, complaints, bad ratings (T9). */
  readonly duties: readonly Duty[]
  readonly paused: boolean
  /** Who answers for it now, or did at its conclusion. */
  readonly holder: Answerer
  /** Who answers from when on: asked by answerableAt. */
  readonly answers: readonly AnswerSpan[]
  /** The receipt and the acceptance that count: none is stamped after the conclusion (F5). */
  readonly received: Received | null
  readonly accepted: Accepted | null
  /** Of differing tellings (F5) another one than that which counts is in time, or may be. */
  readonly inTimeBySome: boolean
  readonly findings: readonly Finding[]
  /** What its sources cannot say (I12, 依据待补): `SUSPEND.notice_at`, `DELIVER` … */
  readonly unknown: readonly string[]
  /** What must be known of it before its dates. */
  readonly flags: readonly CaseFlag[]
  readonly nextTurnAt: Instant | null
}

export interface Judgement extends JudgedBy {
  /** As the other tellings of its firsts have it (F5); none where nothing is told differently. */
  readonly tellings: readonly Telling[]
}

interface Acceptance {
  readonly at: Instant | null
  readonly deemed: boolean
  /** Concluded on the merits without any acceptance (P-01). */
  readonly missing: boolean
  /** When the clock itself may find acceptance, if nothing comes. */
  readonly deemedAt: Instant | null
  /** Silence would accept it, but its source cannot send what would break the silence (I12). */
  readonly unknown: readonly string[]
}

/** What would break the silence of T8 and cannot be sent by who received the case: then silence says nothing (I12). */
const unheardOf = (state: CaseState, law: Law): string[] => {
  const { received } = state
  if (received === null) return []
  return (['ACCEPT', 'CORRECT_NOTICE', 'REFUSE_ACCEPT'] as const).filter(
    (type) => !couldTell(state, law, received, type),
  )
}

/** Acceptance as the law sees it at `now` (T8, M2). */
const judgeAcceptance = (state: CaseState, grounds: Grounds, concluded: End | null, now: Instant): Acceptance => {
  const { profile } = grounds.law
  const endedAt = concluded?.at ?? null
  const refusedAt = state.refusals[0] ?? null
  const facts = {
    receivedAt: state.received?.at ?? null,
    accepts: state.accepted === null ? [] : [state.accepted.at],
    notices: state.notices,
    endedAt: refusedAt !== null && (endedAt === null || refusedAt < endedAt) ? refusedAt : endedAt,
    applies: profile.deemedAcceptanceTypes.has(grounds.item?.itemType ?? null),
  }
  const bySilence = acceptanceOf(grounds.calendar, facts, profile.noticeWorkDays)
  const unknown = bySilence.deemed ? unheardOf(state, grounds.law) : []
  const unheard = unknown.length > 0
  const found = unheard
    ? acceptanceOf(grounds.calendar, { ...facts, applies: false }, profile.noticeWorkDays)
    : bySilence
  if (found.at !== null && (!found.deemed || (found.deemedAt !== null && found.deemedAt <= now))) {
    return { at: found.at, deemed: found.deemed, missing: false, deemedAt: null, unknown }
  }
  // an end stamped minutes ahead: silence will have accepted it by then
  if (found.deemed) return { at: null, deemed: false, missing: false, deemedAt: found.deemedAt, unknown }
  if (onMerits(concluded)) {
    return { at: state.received?.at ?? state.first.at, deemed: false, missing: true, deemedAt: null, unknown }
  }
  return { at: null, deemed: false, missing: false, deemedAt: found.deemedAt, unknown }
}

/** A step ends with its own end or the conclusion; one known by its day alone ends none before it began. */
const stepEndOf = (step: Step, end: End | null): Instant | null => {
  if (end === null || (step.to !== null && step.to <= standsAt(end))) return step.to
  return end.at < step.at ? step.at : end.at
}

const judgeSteps = (
  state: CaseState,
  grounds: Grounds,
  pauses: readonly JudgedPause[],
  end: End | null,
): JudgedStep[] =>
  endedByAny(state)
    .filter((step) => end === null || !isAfter(step, end))
    .map((step) => ({
      step,
      clock: stepClock({ grounds, pauses, state, endedAt: end === null ? null : standsAt(end), joint: false }, step),
      endedAt: stepEndOf(step, end),
    }))

const NO_CLOCKS: CaseClocks = { promise: null, statute: null, later: [], promiseCut: false, joint: false }

type Judged = Omit<JudgedBy, 'nextTurnAt' | 'status' | 'level' | 'holder'>

interface Turns {
  /** Of the case in hand: none comes after its conclusion. */
  readonly open: readonly (Instant | null)[]
  /** Of what outlives it: delivery, a batch source's grace. */
  readonly late: readonly Instant[]
}

/** The next instant at which anything changes if no event comes (J1). */
const nextTurn = (judged: Judged, { open, late }: Turns): Instant | null => {
  const turns = [...open]
  const lasting = [...late]
  // what came in the course of the day of an end without a time of day is of the case, and may lie ahead (I15)
  const endAt = judged.concluded === null ? null : standsAt(judged.concluded)
  // events may be stamped minutes ahead of the clock (I11)
  for (const { from } of judged.answers) turns.push(from)
  for (const { clock, endedAt } of judged.steps)
    if (clock !== null && (endedAt === null || endedAt > clock.due.dueAt)) turns.push(after(clock.due.dueAt))
  for (const { clock, endedAt, outlives } of judged.duties)
    if (endedAt !== null && endedAt > clock.due.dueAt) (outlives ? lasting : turns).push(after(clock.due.dueAt))
  if (judged.promise !== null) turns.push(after(judged.promise.due.dueAt))
  if (judged.statute !== null) turns.push(after(judged.statute.due.dueAt))
  for (const { pause, from, to, overAt } of judged.pauses) turns.push(from, to, pause.to, overAt)
  let next: Instant | null = null
  const consider = (turn: Instant | null): void => {
    if (turn !== null && turn > judged.at && (next === null || turn < next)) next = turn
  }
  for (const turn of turns) if (turn !== null && (endAt === null || turn <= endAt)) consider(turn)
  for (const turn of lasting) consider(turn)
  return next
}

/** The next day on which a version moves the case to another row of the figures (T10). */
const moveAfter = (state: CaseState, { law, calendar }: Grounds, now: Instant): Instant | null => {
  const [day] = movesOf(state, law, calendar.dayOf(now))
  return day === undefined ? null : calendar.startOf(day)
}

const statusOf = (state: CaseState, acceptedAt: Instant | null, end: End | null, paused: boolean): CaseStatus => {
  if (end !== null) return 'concluded'
  if (acceptedAt === null) return state.notices.some((notice) => notice.doneAt === null) ? 'correcting' : 'received'
  return paused ? 'paused' : 'accepted'
}

const NOTHING_DELIVERED: Delivered = new Map()

/** One telling of a case, as it stands at `now`. */
const judgeVersion = (whole: CaseState, law: Law, now: Instant, delivered: Delivered): JudgedBy => {
  const concluded = conclusionOf(whole, law)
  const state = untilEnd(whole, concluded)
  const early = groundsAt(state, law, state.received?.at ?? state.first.at)
  const acceptance = judgeAcceptance(state, early, concluded, now)
  const grounds = acceptance.at === null ? early : groundsAt(state, law, acceptance.at)
  const pauses = judgePauses(state, law, concluded?.at ?? null)
  const start = acceptance.at
  // what came in the course of the day of a conclusion without a time of day came before it
  const endedAt = concluded === null ? null : standsAt(concluded)
  // what came in the course of a day is not after what is known by that day alone
  const acceptedBy = start === null ? null : acceptedByOf(state, start, acceptance.missing)
  const begun = { start: start ?? state.first.at, startsBy: acceptedBy ?? standsAt(state.first) }
  const clocks = start === null ? NO_CLOCKS : caseClocks({ grounds, ...begun, pauses, state, endedAt, joint: false })
  const main = clocks.promise ?? clocks.statute
  const steps = judgeSteps(state, grounds, pauses, concluded)
  const verdict = verdictOf({ end: concluded, accepted: start, main }, grounds.calendar)
  const outcome = outcomeOf(state, concluded, start)
  const receivedAt = state.received?.at ?? null
  const { duties, unknown } = dutiesOf({
    grounds,
    endedAt,
    joint: false,
    ...begun,
    pauses,
    state,
    receivedAt,
    deemed: acceptance.deemed,
    acceptedAt: start,
    statute: clocks.statute,
    concluded,
    granted: outcome === 'granted',
  })
  const until = concluded !== null && concluded.at < now ? concluded.at : now
  const answers = answersOf({ state, grounds, pauses, duties, acceptedAt: acceptedBy })
  const found = findingsOf({
    state,
    grounds,
    acceptance,
    clocks,
    main,
    pauses,
    steps,
    duties,
    answers,
    concluded,
    now,
    delivered,
  })
  const paused = concluded === null && start !== null && pauses.some((pause) => isPausedAt(pause, now))
  const judged = {
    at: now,
    grounds,
    belongs: belongsOn(state, law, grounds.calendar.dayOf(until)),
    receivedAt,
    acceptedAt: start,
    acceptedOn: start === null ? null : grounds.calendar.dayOf(start),
    deemed: acceptance.deemed,
    missing: acceptance.missing,
    concluded,
    outcome,
    verdict,
    promise: clocks.promise,
    statute: clocks.statute,
    main,
    steps,
    pauses,
    duties,
    paused,
    provisional: (clocks.promise?.due.provisional ?? false) || (clocks.statute?.due.provisional ?? false),
    undated: start !== null && main === null,
    overdueFrom: main !== null && until > main.due.dueAt ? after(main.due.dueAt) : null,
    inTimeBySome: false,
    findings: found.findings,
    unknown: [...new Set([...acceptance.unknown, ...unknown, ...found.unknown, ...unsaidApprovals(state, law)])].sort(),
    flags: flagsOf({ state, acceptance: { ...acceptance, at: acceptedBy }, grounds, clocks, endedAt }),
    answers,
    received: state.received,
    accepted: state.accepted,
  }
  return {
    ...judged,
    status: statusOf(state, start, concluded, paused),
    level: levelOf(found.findings, verdict),
    holder: answerableAt(answers, concluded !== null && standsAt(concluded) < now ? standsAt(concluded) : now),
    nextTurnAt: nextTurn(judged, {
      open: [...found.turns, acceptance.deemedAt, moveAfter(state, grounds, now)],
      late: found.lateTurns,
    }),
  }
}

/**
 * Where a case stands at `now`. `delivered`: how far each batch source has delivered (I13). Where its firsts are told
 * differently, what not every telling gives waits for a person (F5).
 */
export const judgeCase = (
  state: CaseState,
  law: Law,
  now: Instant,
  delivered: Delivered = NOTHING_DELIVERED,
): Judgement => {
  const judged = judgeVersion(state, law, now, delivered)
  return weigh(state, judged, (other) => judgeVersion(other, law, now, delivered))
}
