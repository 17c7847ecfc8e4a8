// What a plan of one case may lift (C5), asked only where it comes to that: whether a card would be lifted by the facts alone
// that came in time, and whether anything its cards rest on is another than before. Pure; judges, and changes nothing.

import type { Finding, LiftGround } from './card/card.ts'
import type { Lifting } from './card/lift.ts'
import { cardIdOf } from './card/subject.ts'
import type { Delivered } from './case/findings-ground.ts'
import { type Judgement, judgeCase } from './case/judge.ts'
import type { CaseState } from './case/state.ts'
import type { Law } from './law/law.ts'
import type { Instant } from './time/instant.ts'

/** What of a plan of facts may lift the cards of one case. */
export interface Late {
  readonly grounds: readonly LiftGround[]
  /** The state that the facts which came in time, and are of before a limit passed, make alone; absent: none came in time. */
  readonly timely?: (limitAt: Instant) => CaseState | null
  /** The facts that came in time, and are of after a limit had passed. */
  readonly after?: (limitAt: Instant) => readonly LiftGround[]
}

export const NOTHING_LATE: Late = { grounds: [] }

interface Under {
  readonly law: Law
  readonly now: Instant
  readonly delivered: Delivered
}

interface Ground {
  readonly before: CaseState | null
  readonly after: CaseState | null
  readonly late: Late
  readonly under: Under
}

const judged = (state: CaseState, { law, now, delivered }: Under): Judgement => judgeCase(state, law, now, delivered)

/** What cards of a case rest on: limits, ends, pauses, and which findings hold. */
const restsOn = (state: CaseState | null, under: Under): string => {
  if (state === null) return ''
  const of = judged(state, under)
  const ends = [of.acceptedAt, of.concluded?.at ?? null, of.promise?.due.dueAt, of.statute?.due.dueAt]
  const pauses = of.pauses.map(({ from, to, lawful }) => [from, to, lawful])
  const duties = of.duties.map(({ clock, endedAt }) => [clock.kind, clock.due.dueAt, endedAt])
  const steps = of.steps.map(({ clock, endedAt }) => [clock?.due.dueAt ?? null, endedAt])
  const findings = of.findings.map(({ rule, occasion, limitAt, provisional, contested = null }) => [
    rule,
    occasion,
    limitAt,
    provisional,
    contested,
  ])
  // which tellings there are of what is told differently
  const rivals = state.rivals.map(({ of: first, told: { source, eventId } }) => [first, source, eventId])
  return JSON.stringify([ends, pauses, duties, steps, findings, rivals, state.rivalsBeyond, state.collision])
}

/** The finding of a card that a state of a case gives. */
const findingOf = (cardId: string, projectNo: string, state: CaseState | null, under: Under): Finding | undefined => {
  if (state === null) return undefined
  const subject = { kind: 'case' as const, subject: projectNo }
  return judged(state, under).findings.find(({ rule, occasion }) => cardIdOf(subject, rule, occasion) === cardId)
}

/** undefined: nothing came too late, whatever is lifted is lifted by itself. */
export const liftingOf = (projectNo: string, { before, after, late, under }: Ground): Lifting | undefined => {
  if (late.grounds.length === 0 && late.after === undefined) return undefined
  let further: boolean | null = null
  return {
    late: late.grounds,
    afterLimit: (limitAt) => late.after?.(limitAt) ?? [],
    isTimely({ cardId, limitAt }) {
      return late.timely !== undefined && findingOf(cardId, projectNo, late.timely(limitAt), under) === undefined
    },
    isDoubted({ cardId, limitAt }) {
      if (late.timely === undefined) return false
      const finding = findingOf(cardId, projectNo, late.timely(limitAt), under)
      return finding === undefined || (finding.contested ?? null) !== null || finding.provisional
    },
    isFurther() {
      further ??= restsOn(before, under) !== restsOn(after, under)
      return further
    },
  }
}
