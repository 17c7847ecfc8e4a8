// What one case becomes with a state: judged, carded, counted. The same for facts, for a turn of the clock, for a new law and
// for a person's move; a throw inside it sets this case apart and harms no other (J5). Pure. Rules: J1, C2, C5, M7, J5.

import type { Card, CardMove, LiftGround } from './card/card.ts'
import { changeCards } from './card/change.ts'
import type { Delivered } from './case/findings-ground.ts'
import { type Judgement, judgeCase } from './case/judge.ts'
import type { CaseState } from './case/state.ts'
import type { Law } from './law/law.ts'
import { type Late, liftingOf } from './lifting.ts'
import { flowsOf, flowsWithoutCase } from './measure/count.ts'
import type { Flow } from './measure/flows.ts'
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

const NOTHING_LATE: Late = { grounds: [] }

/** What one case becomes with its new state: judged, carded, counted. */
export const changeOf = (
  projectNo: string,
  state: CaseState | null,
  before: CaseBefore,
  judging: Judging & { readonly late?: Late },
): CaseChange => {
  const { law, now, by, late = NOTHING_LATE } = judging
  const lifting = liftingOf(projectNo, { before: before.state, after: state, late, under: judging })
  if (state === null) {
    const subject = { kind: 'case', subject: projectNo, projectNo, department: '-', region: '-', item: '-' } as const
    const ground = {
      subject: { ...subject, historicalBefore: null },
      law,
      calendar: law.homeCalendar,
      now,
      by,
      lifting,
    }
    const { cards, changed, moves } = changeCards(before.cards, [], ground)
    const flows = { flows: flowsWithoutCase(cards, law.homeCalendar), flowsBefore: before.flows }
    return { projectNo, state, judgement: null, ...flows, cards, cardsChanged: changed, moves, apart: null }
  }
  const judgement = judgeCase(state, law, now, judging.delivered)
  const { grounds } = judgement
  const subject = {
    kind: 'case' as const,
    subject: projectNo,
    projectNo,
    department: grounds.department,
    region: grounds.region,
    item: state.item ?? '-',
    historicalBefore: state.historicalBefore,
  }
  const ground = { subject, law, calendar: grounds.calendar, now, by, lifting }
  const { cards, changed, moves } = changeCards(before.cards, judgement.findings, ground)
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
