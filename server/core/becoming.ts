// What one case becomes with a state: judged, carded, counted. The same for facts, for a turn of the clock, for a new law and
// for a person's move; a throw inside it sets this case apart and harms no other (J5). Pure. Rules: J1, C2, C5, M7, J5.

import type { ToldCase } from './card/as-told.ts'
import type { Card, CardMove, Former, LiftGround } from './card/card.ts'
import { changeCards } from './card/change.ts'
import { isBegun } from './card/lateness.ts'
import { bareSubject, caseSubject } from './card/subject.ts'
import type { Delivered } from './case/findings-ground.ts'
import { ENGINE_VERSION } from './case/fold.ts'
import { type Judgement, judgeCase } from './case/judge.ts'
import type { CaseState } from './case/state.ts'
import type { Law } from './law/law.ts'
import { type Late, liftingOf, NOTHING_LATE } from './lifting.ts'
import { countedOf, flowsOf, flowsWithoutCase } from './measure/count.ts'
import type { Flow } from './measure/flows.ts'
import { atOnce, type Steps } from './steps.ts'
import type { Instant } from './time/instant.ts'

export interface CaseBefore {
  readonly state: CaseState | null
  readonly flows: readonly Flow[]
  readonly cards: readonly Card[]
  /** It was set apart (J5): whatever touches it folds it again from its facts. */
  readonly apart: boolean
}

export interface CaseChange {
  readonly projectNo: string
  /** null: no valid fact is left, or it could not be folded. */
  readonly state: CaseState | null
  readonly judgement: Judgement | null
  readonly flows: readonly Flow[]
  readonly flowsBefore: readonly Flow[]
  readonly cards: readonly Card[]
  readonly cardsChanged: readonly Card[]
  readonly moves: readonly CardMove[]
  /** Set when fold, judge or count threw (J5): the error's text. */
  readonly apart: string | null
}

type By = 'facts' | 'clock' | 'law' | 'move'

export interface Judging {
  readonly law: Law
  readonly now: Instant
  readonly by: By
  /** How far each batch source has delivered (I13). */
  readonly delivered: Delivered
  /** What beside facts would lift told cards: an alias, a withdrawal (C5). */
  readonly lifts?: readonly LiftGround[]
}

/** The case as it was before, kept where somebody is asked about what was told of it, and what the law says of such a one (J6). */
const toldBefore = ({ state }: CaseBefore, { law, now, delivered }: Judging) => ({
  former: (): Former | null =>
    state === null ? null : { engine: ENGINE_VERSION, at: now, state: JSON.stringify(state) },
  asTold: ({ engine, at, state: text }: Former): ToldCase | null => {
    if (engine !== ENGINE_VERSION) return null
    const told = JSON.parse(text) as CaseState
    const judged = judgeCase(told, law, at, delivered)
    return { findings: judged.findings, subject: caseSubject(told, judged) }
  },
})

/** What becomes of a case of which no fact stands. */
const withoutState = (
  projectNo: string,
  before: CaseBefore,
  ground: Pick<Parameters<typeof changeCards>[2], 'law' | 'now' | 'by' | 'lifting' | 'former' | 'asTold'>,
): CaseChange => {
  const calendar = ground.law.homeCalendar
  const subject = bareSubject('case', projectNo, projectNo)
  const counted = countedOf(before.flows)
  const { cards, changed, moves } = changeCards(before.cards, [], { ...ground, calendar, subject, counted })
  const flows = { flows: flowsWithoutCase(cards, calendar), flowsBefore: before.flows }
  return { projectNo, state: null, judgement: null, ...flows, cards, cardsChanged: changed, moves, apart: null }
}

/** What one case becomes with its new state: judged, carded, counted; with a stop after each, for a case may be long (I5). */
export function* changeSteps(
  projectNo: string,
  state: CaseState | null,
  before: CaseBefore,
  judging: Judging & { readonly late?: Late },
): Steps<CaseChange> {
  const { law, now, by, late = NOTHING_LATE } = judging
  const lifting = liftingOf(projectNo, { before: before.state, after: state, late, under: judging })
  const told = toldBefore(before, judging)
  if (state === null) return withoutState(projectNo, before, { law, now, by, lifting, ...told })
  const judgement = judgeCase(state, law, now, judging.delivered)
  yield
  const subject = caseSubject(state, judgement)
  // neither received nor accepted any more: what was told of its limit counts as it did (C5)
  const lost = isBegun(judgement) ? {} : { counted: countedOf(before.flows) }
  const ground = { subject, law, calendar: judgement.grounds.calendar, now, by, lifting, ...told, ...lost }
  const { cards, changed, moves } = changeCards(before.cards, judgement.findings, ground)
  yield
  const flows = flowsOf(state, judgement, cards)
  return {
    projectNo,
    state,
    judgement,
    flows,
    flowsBefore: before.flows,
    cards,
    cardsChanged: changed,
    moves,
    apart: null,
  }
}

/** The same at a stretch. */
export const changeOf = (...asked: Parameters<typeof changeSteps>): CaseChange => atOnce(changeSteps(...asked))

const setApart = (projectNo: string, before: CaseBefore, error: unknown): CaseChange => ({
  projectNo,
  state: before.state,
  judgement: null,
  flows: before.flows,
  flowsBefore: before.flows,
  cards: before.cards,
  cardsChanged: [],
  moves: [],
  apart: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
})

/** Runs one case's fold, judge and count; what it throws stays inside this case. */
export const guarded = (projectNo: string, before: CaseBefore, work: () => CaseChange): CaseChange => {
  try {
    return work()
  } catch (error) {
    return setApart(projectNo, before, error)
  }
}

/** The same for work that stops on its way. */
export function* guardedSteps(projectNo: string, before: CaseBefore, work: () => Steps<CaseChange>): Steps<CaseChange> {
  try {
    return yield* work()
  } catch (error) {
    return setApart(projectNo, before, error)
  }
}
