// Plan: everything a set of facts, a turn of the clock or a new law changes, as data. Pure: reads a View, writes nothing.
// Two rounds: cases, then groups (rules over many cases, judged from totals of their key). A throw inside one case sets
// that case apart and the others go on (J5). Rules: I2, F2, F3, J5, J6, C2.

import type { Card, CardMove } from './card/card.ts'
import { changeCards } from './card/change.ts'
import { compareOrder, type Fact, factKey, orderOf, voids } from './case/event.ts'
import type { Delivered } from './case/findings-ground.ts'
import { applyFact, foldCase } from './case/fold.ts'
import { type Judgement, judgeCase } from './case/judge.ts'
import type { CaseState } from './case/state.ts'
import type { Law } from './law/law.ts'
import { addDifference, type Deltas, flowsOf } from './measure/count.ts'
import type { Flow } from './measure/flows.ts'
import type { Instant } from './time/instant.ts'

/** A valid wire event: the fact, and its canonical texts without and of the personal part. */
export interface Taken {
  readonly fact: Fact
  readonly body: string
  readonly personal: string | null
}

export interface CaseBefore {
  readonly state: CaseState | null
  readonly flows: readonly Flow[]
  readonly cards: readonly Card[]
  /** It was set apart (J5): whatever touches it folds it again from its facts. */
  readonly apart: boolean
}

export interface PlanView {
  readonly known: ReadonlyMap<string, { body: string; personal: string | null; erased: boolean }>
  readonly voided: ReadonlySet<string>
  readonly targets: ReadonlyMap<string, { projectNo: string | null }>
  readonly foreign: ReadonlySet<string>
  readonly cases: ReadonlyMap<string, CaseBefore>
  /** Stored facts, void ones left out, of every case that may have to be folded again. */
  readonly facts: ReadonlyMap<string, readonly Fact[]>
}

export type Outcome =
  | { readonly outcome: 'accepted' | 'known' }
  | {
      readonly outcome: 'rejected'
      readonly code: 'id_conflict' | 'not_yours'
      readonly field: string
      readonly detail: string
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

export interface FactsPlan {
  readonly outcomes: readonly Outcome[]
  /** Indexes of the accepted facts, in the order given. */
  readonly accepted: readonly number[]
  readonly changes: readonly CaseChange[]
}

const EMPTY: CaseBefore = { state: null, flows: [], cards: [], apart: false }

type By = 'facts' | 'clock' | 'law'

export interface Judging {
  readonly law: Law
  readonly now: Instant
  readonly by: By
  /** How far each batch source has delivered (I13). */
  readonly delivered: Delivered
}

/** What one case becomes with its new state: judged, carded, counted. */
const changeOf = (projectNo: string, state: CaseState | null, before: CaseBefore, judging: Judging): CaseChange => {
  const { law, now, by } = judging
  if (state === null) {
    const subject = { kind: 'case', subject: projectNo, projectNo, department: '-', region: '-', item: '-' } as const
    const ground = { subject: { ...subject, historicalBefore: null }, law, calendar: law.homeCalendar, now, by }
    const { cards, changed, moves } = changeCards(before.cards, [], ground)
    const flows = { flows: [], flowsBefore: before.flows }
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
  const ground = { subject, law, calendar: grounds.calendar, now, by }
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
const guarded = (projectNo: string, before: CaseBefore, work: () => CaseChange): CaseChange => {
  try {
    return work()
  } catch (error) {
    return setApart(projectNo, before, error)
  }
}

const sameContent = (a: { body: string; personal: string | null }, b: Taken): boolean =>
  a.body === b.body && a.personal === b.personal

interface Sorting {
  readonly outcomes: Outcome[]
  readonly accepted: number[]
}

/** I2, F3: which of the facts are new, known, conflicting, or would make void what is not theirs. */
const sortOut = (taken: readonly Taken[], view: PlanView): Sorting => {
  const fresh = new Map<string, Taken>()
  // what a source names may come in the same request, before or after
  const own = new Set(taken.map(({ fact }) => factKey(fact.source, fact.eventId)))
  const outcomes: Outcome[] = []
  const accepted: number[] = []
  for (const [index, item] of taken.entries()) {
    const { fact } = item
    const key = factKey(fact.source, fact.eventId)
    const stored = view.known.get(key)
    const held = stored ?? fresh.get(key)
    if (held !== undefined) {
      // what was erased is known by its id alone (A4)
      const same = stored?.erased === true || sameContent(held, item)
      const detail = fact.eventId
      outcomes.push(
        same ? { outcome: 'known' } : { outcome: 'rejected', code: 'id_conflict', field: '/event_id', detail },
      )
      continue
    }
    const named = voids(fact)
    const target = factKey(fact.source, named ?? '')
    if (named !== null && !own.has(target) && view.foreign.has(target)) {
      const field = fact.supersedes === null ? '/payload/target' : '/supersedes'
      outcomes.push({ outcome: 'rejected', code: 'not_yours', field, detail: named })
      continue
    }
    fresh.set(key, item)
    outcomes.push({ outcome: 'accepted' })
    accepted.push(index)
  }
  return { outcomes, accepted }
}

interface Touched {
  readonly fresh: Fact[]
  refold: boolean
}

/** Which cases the accepted facts touch, with what, and which of them must be folded again. */
const touch = (facts: readonly Fact[], view: PlanView): { cases: Map<string, Touched>; gone: ReadonlySet<string> } => {
  const cases = new Map<string, Touched>()
  const of = (projectNo: string): Touched => {
    let found = cases.get(projectNo)
    if (found === undefined) {
      found = { fresh: [], refold: false }
      cases.set(projectNo, found)
    }
    return found
  }
  const gone = new Set<string>()
  for (const fact of facts) {
    const named = voids(fact)
    if (named === null) continue
    const key = factKey(fact.source, named)
    gone.add(key)
    const target = view.targets.get(key)
    if (target !== undefined && target.projectNo !== null) of(target.projectNo).refold = true
  }
  for (const fact of facts) {
    if (fact.projectNo === null || fact.type === 'VOID') continue
    const key = factKey(fact.source, fact.eventId)
    if (gone.has(key) || view.voided.has(key)) continue
    of(fact.projectNo).fresh.push(fact)
  }
  return { cases, gone }
}

const isLive = (fact: Fact, gone: ReadonlySet<string>): boolean =>
  fact.type !== 'VOID' && !gone.has(factKey(fact.source, fact.eventId))

/** The state with the fresh facts: applied when all are newer than the case, else folded again from all of them. */
const nextState = (
  projectNo: string,
  touched: Touched,
  before: CaseBefore,
  ground: { view: PlanView; gone: ReadonlySet<string> },
): CaseState | null => {
  const fresh = touched.fresh.slice().sort((a, b) => compareOrder(orderOf(a), orderOf(b)))
  const first = fresh[0]
  const { state } = before
  const appends = state === null || first === undefined || compareOrder(orderOf(first), state.last) > 0
  if (!touched.refold && !before.apart && appends) {
    let next = state
    for (const fact of fresh) next = applyFact(next, fact, projectNo)
    return next
  }
  const stored = ground.view.facts.get(projectNo)
  if (stored === undefined) throw new Error(`facts of ${projectNo} were not gathered`)
  return foldCase([...stored.filter((fact) => isLive(fact, ground.gone)), ...fresh], projectNo)
}

/** Round one for facts: what they change in their cases. `taken` in the order of arrival. */
export const planFacts = (view: PlanView, taken: readonly Taken[], judging: Judging): FactsPlan => {
  const { outcomes, accepted } = sortOut(taken, view)
  const facts = accepted.map((index) => (taken[index] as Taken).fact)
  const { cases, gone } = touch(facts, view)
  const changes: CaseChange[] = []
  for (const [projectNo, touched] of cases) {
    const before = view.cases.get(projectNo) ?? EMPTY
    changes.push(
      guarded(projectNo, before, () => {
        const state = nextState(projectNo, touched, before, { view, gone })
        return changeOf(projectNo, state, before, judging)
      }),
    )
  }
  return { outcomes, accepted, changes }
}

/** Round one for the clock and for a new law: the same state judged afresh. */
export const planAfresh = (cases: ReadonlyMap<string, CaseBefore>, judging: Judging): CaseChange[] =>
  [...cases].map(([projectNo, before]) =>
    guarded(projectNo, before, () => changeOf(projectNo, before.state, before, judging)),
  )

/** Round one for a store of another engine, or a case set apart: folded again from its facts, then judged. */
export const planRefold = (
  cases: ReadonlyMap<string, CaseBefore>,
  facts: ReadonlyMap<string, readonly Fact[]>,
  judging: Judging,
): CaseChange[] =>
  [...cases].map(([projectNo, before]) =>
    guarded(projectNo, before, () => {
      const valid = (facts.get(projectNo) ?? []).filter((fact) => fact.type !== 'VOID')
      return changeOf(projectNo, foldCase(valid, projectNo), before, judging)
    }),
  )

/** The sums that the changes add to the totals. */
export const deltasOf = (changes: readonly CaseChange[]): Deltas => {
  const deltas: Deltas = new Map()
  for (const change of changes) addDifference(deltas, change.flowsBefore, change.flows)
  return deltas
}
