// Plan: everything a set of facts, a turn of the clock or a new law changes, as data. Pure: reads a View, writes nothing.
// Two rounds: cases, then groups (rules over many cases, judged from totals of their key). A throw inside one case sets
// that case apart and the others go on (J5). Rules: I2, F2, F3, J5, J6, C2.

import { type CaseBefore, type CaseChange, changeOf, guarded, type Judging } from './becoming.ts'
import { groundOf, isWithinUsualLag } from './case/arrival.ts'
import { compareOrder, type Fact, factKey, orderOf, voids } from './case/event.ts'
import { applyFacts, foldCase } from './case/fold.ts'
import type { CaseState } from './case/state.ts'
import type { Late } from './lifting.ts'
import { addDifference, type Deltas } from './measure/count.ts'

export type { CaseBefore, CaseChange, Judging } from './becoming.ts'

/** A valid wire event: the fact, and its canonical texts without and of the personal part. */
export interface Taken {
  readonly fact: Fact
  readonly body: string
  readonly personal: string | null
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

export interface FactsPlan {
  readonly outcomes: readonly Outcome[]
  /** Indexes of the accepted facts, in the order given. */
  readonly accepted: readonly number[]
  readonly changes: readonly CaseChange[]
}

const EMPTY: CaseBefore = { state: null, flows: [], cards: [], apart: false }

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
  /** Facts that make one of its facts void. */
  readonly voids: Fact[]
  refold: boolean
}

/** Which cases the accepted facts touch, with what, and which of them must be folded again. */
const touch = (facts: readonly Fact[], view: PlanView): { cases: Map<string, Touched>; gone: ReadonlySet<string> } => {
  const cases = new Map<string, Touched>()
  const of = (projectNo: string): Touched => {
    let found = cases.get(projectNo)
    if (found === undefined) {
      found = { fresh: [], voids: [], refold: false }
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
    if (target === undefined || target.projectNo === null) continue
    const touched = of(target.projectNo)
    touched.refold = true
    touched.voids.push(fact)
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
  touched: Pick<Touched, 'fresh' | 'refold'>,
  before: CaseBefore,
  ground: { view: PlanView; gone: ReadonlySet<string> },
): CaseState | null => {
  const fresh = touched.fresh.slice().sort((a, b) => compareOrder(orderOf(a), orderOf(b)))
  const first = fresh[0]
  const { state } = before
  const appends = state === null || first === undefined || compareOrder(orderOf(first), state.last) > 0
  if (!touched.refold && !before.apart && appends) return applyFacts(state, fresh, projectNo)
  const stored = ground.view.facts.get(projectNo)
  if (stored === undefined) throw new Error(`facts of ${projectNo} were not gathered`)
  return foldCase([...stored.filter((fact) => isLive(fact, ground.gone)), ...fresh], projectNo)
}

/** What of a case's new facts came too late to lift a told card by itself (C5); a void lifts none by itself. */
const lateOf = (projectNo: string, touched: Touched, before: CaseBefore, at: Judging & { view: PlanView }): Late => {
  if (!before.cards.some(({ level }) => level >= 2)) return { grounds: [] }
  const inTime = touched.fresh.filter((fact) => isWithinUsualLag(fact, at.now, at.law))
  const late = touched.fresh.filter((fact) => !inTime.includes(fact))
  const grounds = [
    ...touched.voids.map((fact) => groundOf(fact, 'void')),
    ...late.map((fact) => groundOf(fact, 'fact')),
    ...(at.lifts ?? []),
  ]
  if (grounds.length === 0 || inTime.length === 0) return { grounds }
  const timely = () =>
    nextState(projectNo, { fresh: inTime, refold: false }, before, { view: at.view, gone: new Set() })
  return { grounds, timely }
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
        const late = lateOf(projectNo, touched, before, { ...judging, view })
        return changeOf(projectNo, state, before, { ...judging, late })
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
      const late = { grounds: judging.lifts ?? [] }
      return changeOf(projectNo, foldCase(valid, projectNo), before, { ...judging, late })
    }),
  )

/** The sums that the changes add to the totals. */
export const deltasOf = (changes: readonly CaseChange[]): Deltas => {
  const deltas: Deltas = new Map()
  for (const change of changes) addDifference(deltas, change.flowsBefore, change.flows)
  return deltas
}
