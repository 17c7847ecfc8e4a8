// What every finding stands on, and the one way to write it down: rule, occasion, the computed instant its limit passed
// (J3), who answered then (C3), and whether it must wait – for a calendar (T13) or for a batch source's delivery (I13).

import type { Finding, Holder } from '../card/card.ts'
import { declarationAt, levelOfRule } from '../law/law.ts'
import type { Calendar } from '../time/calendar.ts'
import { printInstant } from '../time/civil.ts'
import { asInstant, type Instant } from '../time/instant.ts'
import { printLimit } from '../time/limit.ts'
import { type AnswerSpan, answerableAt, nameOf } from './answer.ts'
import type { Duty } from './duties.ts'
import type { Grounds } from './grounds.ts'
import type { JudgedPause } from './pauses.ts'
import type { CaseClocks, Clock } from './reckon.ts'
import type { CaseState, End, Step } from './state.ts'

export interface JudgedStep {
  readonly step: Step
  readonly clock: Clock | null
  /** Its end, or the conclusion where none was reported; null while open. */
  readonly endedAt: Instant | null
}

/** Up to which stamp each source has delivered (I13), asked of batch sources: of one that is not here, nothing is known. */
export type Delivered = ReadonlyMap<string, Instant>

export interface FindingGrounds {
  readonly state: CaseState
  readonly grounds: Grounds
  readonly acceptance: { readonly at: Instant | null; readonly missing: boolean }
  readonly clocks: CaseClocks
  readonly main: Clock | null
  readonly pauses: readonly JudgedPause[]
  readonly steps: readonly JudgedStep[]
  readonly duties: readonly Duty[]
  readonly answers: readonly AnswerSpan[]
  readonly concluded: End | null
  readonly now: Instant
  readonly delivered: Delivered
}

/** Findings under construction. */
export interface Found {
  readonly findings: Finding[]
  /** Instants at which a further finding may come, if no event does: none after the conclusion. */
  readonly turns: Instant[]
  /** The same of what outlives the conclusion. */
  readonly lateTurns: Instant[]
  /** What a source could not say (I12). */
  readonly unknown: Set<string>
}

export interface Passed {
  readonly occasion: string
  readonly limitAt: Instant
  readonly basis: Finding['basis']
  readonly provisional: boolean
  /** Who answers, where it is not the answerable holder at the limit. */
  readonly holder?: Holder
  /** A clock found it: it waits for the delivery of a batch source. */
  readonly byClock: boolean
  /** What it rests on and is not sure (F5, T8): a person confirms it first. */
  readonly contested?: string | null
}

/** The type of the item is not known: that is no proof of a permit, and what only a permit owes is asked of a person (T8). */
export const untypedIn = ({ grounds }: Pick<FindingGrounds, 'grounds'>): 'item_type' | null =>
  (grounds.item?.itemType ?? null) === null ? 'item_type' : null

/** First instant after an instant. */
export const after = (at: Instant): Instant => asInstant(at + 1)

/** A due as it was stated, in place of a limit. */
const printStatedDue = (stated: string | number, { zone }: Calendar): string =>
  typeof stated === 'string' ? stated : printInstant(asInstant(stated), zone)

/** `ended_at` once it has ended: lateness is counted to there and no further. */
export const basisOf = (clock: Clock, endedAt: Instant | null): Finding['basis'] => ({
  clock: clock.kind,
  due_at: clock.due.dueAt,
  limit: clock.stated === null ? printLimit(clock.limit) : printStatedDue(clock.stated, clock.grounds.calendar),
  limit_from: clock.limitFrom,
  ...(endedAt === null ? {} : { ended_at: endedAt }),
})

/** A limit passes when the end, or else now, lies after its last instant; an end ahead of the clock passes none yet. */
export const hasPassed = (at: Pick<FindingGrounds, 'now'>, limitAt: Instant, endedAt: Instant | null): boolean =>
  (endedAt ?? at.now) > limitAt && at.now > limitAt

/** Whose word on a case is waited for: who ended it, else who first told of it. */
const speakerOf = (at: FindingGrounds): string => at.concluded?.source ?? at.state.first.source

/** I13: the instant from which a silent batch source is taken at its word; null: nothing is waited for. */
const waitsUntil = (at: FindingGrounds, limitAt: Instant): Instant | null => {
  const source = speakerOf(at)
  const batch = declarationAt(at.grounds.law, source, limitAt)?.batch ?? null
  const delivered = at.delivered.get(source)
  if (batch === null || (delivered !== undefined && delivered > limitAt)) return null
  const { calendar } = at.grounds
  const until = calendar.endOf(calendar.addWorkDays(calendar.dayOf(limitAt), batch.graceWorkDays))
  return at.now > until ? null : until
}

/** Writes a finding down; a rule that this school does not have is not found (C1). */
export const raise = (at: FindingGrounds, rule: string, passed: Passed, out: Found): void => {
  const level = levelOfRule(at.grounds.law, rule)
  if (level === null) return
  const { occasion, limitAt, provisional } = passed
  const until = passed.byClock ? waitsUntil(at, limitAt) : null
  if (until !== null) out.lateTurns.push(after(until))
  const who = answerableAt(at.answers, limitAt)
  const holder = passed.holder ?? nameOf(who)
  // why somebody answers who did not have the case (F4)
  const answers = passed.holder !== undefined || who.basis === 'custody' ? {} : { answers: who.basis }
  const waits = until === null ? {} : { waits_for: speakerOf(at), waits_until_at: until }
  const basis = { ...passed.basis, ...answers, ...waits }
  const contested = passed.contested ?? null
  out.findings.push({ rule, occasion, level, limitAt, holder, basis, provisional, waits: until !== null, contested })
}
