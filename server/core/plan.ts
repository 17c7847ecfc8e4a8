// Plan: everything a set of facts, a turn of the clock or a new law changes, as data. Pure: reads a View, writes nothing.
// Two rounds: cases, then groups (rules over many cases, judged from totals of their key). A throw inside one case sets
// that case apart and the others go on (J5). Rules: I2, F2, F3, J5, J6, C2.

import {
  type CaseBefore,
  type CaseChange,
  changeOf,
  changeSteps,
  guarded,
  guardedSteps,
  type Judging,
} from './becoming.ts'
import type { LiftGround } from './card/card.ts'
import { groundOf, isWithinUsualLag } from './case/arrival.ts'
import { compareOrder, type Fact, factKey, orderOf, voidsOf } from './case/event.ts'
import { applyFacts, foldCase, foldingUnder } from './case/fold.ts'
import { type Bringing, endsEditionOf, isBrought, isVoid, type Kept, type Said, standing } from './case/standing.ts'
import type { CaseState } from './case/state.ts'
import type { Law } from './law/law.ts'
import { type Late, NOTHING_LATE } from './lifting.ts'
import { addDifference, type Deltas } from './measure/count.ts'
import { type Further, type Handed, type Outcome, type PlanView, type Sorting, sortOut, wayOf } from './sorting.ts'
import { atOnce, type Steps } from './steps.ts'
import type { Instant } from './time/instant.ts'

export type { CaseBefore, CaseChange, Judging } from './becoming.ts'
export type { FactBound, Handed, Outcome, PlanView, Taken } from './sorting.ts'
export { heldKey, wayOf } from './sorting.ts'

export interface FactsPlan {
  readonly outcomes: readonly Outcome[]
  /** Indexes of the accepted facts, in the order given. */
  readonly accepted: readonly number[]
  readonly further: readonly Further[]
  readonly changes: readonly CaseChange[]
}

const EMPTY: CaseBefore = { state: null, flows: [], cards: [], apart: false }

interface Touched {
  readonly fresh: Kept[]
  /** Facts that make one of its facts void. */
  readonly voids: Fact[]
  /** Known facts of it that stand again, brought once more. */
  readonly revived: Fact[]
  refold: boolean
}

interface Touching {
  readonly cases: ReadonlyMap<string, Touched>
  /** What new facts, and known ones that are brought again, name. */
  readonly gone: ReadonlySet<string>
  /** Further ways of known facts, by factKey. */
  readonly further: ReadonlyMap<string, readonly Bringing[]>
  /** Who brought what is handed in, where a person did; by factKey. */
  readonly persons: ReadonlyMap<string, string>
}

/** Which cases the facts touch, with what, and which of them must be folded again. */
const touch = (sorted: Sorting, fresh: readonly Handed[], view: PlanView): Touching => {
  const cases = new Map<string, Touched>()
  const of = (projectNo: string): Touched => {
    const found = cases.get(projectNo) ?? { fresh: [], voids: [], revived: [], refold: false }
    cases.set(projectNo, found)
    return found
  }
  const further = new Map<string, Bringing[]>()
  for (const { source, eventId, way } of sorted.further) {
    const key = factKey(source, eventId)
    further.set(key, [...(further.get(key) ?? []), way])
  }
  const waysIn = (item: Handed): readonly Bringing[] => {
    const key = factKey(item.fact.source, item.fact.eventId)
    return [...(view.known.get(key)?.ways ?? [wayOf(item)]), ...(further.get(key) ?? [])]
  }
  const persons = new Map<string, string>()
  for (const { fact, person = null } of [...fresh, ...sorted.revived])
    if (person !== null) persons.set(factKey(fact.source, fact.eventId), person)
  const gone = new Set<string>()
  for (const item of [...fresh, ...sorted.revived]) {
    const { fact } = item
    if (!isBrought(waysIn(item), view.said)) continue
    for (const named of voidsOf(fact)) {
      const key = factKey(fact.source, named)
      gone.add(key)
      const projectNo = view.targets.get(key)?.projectNo ?? null
      if (projectNo === null) continue
      const touched = of(projectNo)
      touched.refold = true
      touched.voids.push(fact)
    }
  }
  for (const { fact } of sorted.revived) {
    if (fact.projectNo === null) continue
    const touched = of(fact.projectNo)
    touched.refold = true
    touched.revived.push(fact)
  }
  for (const item of fresh) {
    const { fact } = item
    // a VOID tells nothing of its case, but one of a register stands against the editions before it
    if (fact.projectNo === null || (fact.type === 'VOID' && fact.edition === null)) continue
    const key = factKey(fact.source, fact.eventId)
    const voiders = view.voiders.get(key) ?? []
    if (gone.has(key) || isVoid({ ...fact, voiders }, view.said)) {
      // void, but the greatest edition it may be all the same
      if (fact.edition === null) continue
    }
    const touched = of(fact.projectNo)
    touched.fresh.push({ fact, ways: waysIn(item), voiders })
    if (fact.edition !== null) touched.refold = true
  }
  return { cases, gone, further, persons }
}

/** The facts of a case as they stand with what has come. */
const standingWith = (stored: readonly Kept[], fresh: readonly Kept[], at: Touching & { view: PlanView }): Fact[] => {
  const withWays = (kept: Kept): Kept => {
    const more = at.further.get(factKey(kept.fact.source, kept.fact.eventId))
    return more === undefined ? kept : { ...kept, ways: [...kept.ways, ...more] }
  }
  const all = [...(at.further.size === 0 ? stored : stored.map(withWays)), ...fresh]
  const facts = standing(all, at.view.said)
  return at.gone.size === 0 ? facts : facts.filter(({ source, eventId }) => !at.gone.has(factKey(source, eventId)))
}

/** The state with the fresh facts: applied when all are newer than the case, else folded again from all of them. */
const nextState = (
  projectNo: string,
  touched: Pick<Touched, 'fresh' | 'refold'>,
  before: CaseBefore,
  at: Touching & { view: PlanView; law: Law },
): CaseState | null => {
  const { state } = before
  const folding = foldingUnder(at.law, at.view.said, projectNo)
  if (!touched.refold && !before.apart) {
    const fresh = standingWith([], touched.fresh, at).sort((a, b) => compareOrder(orderOf(a), orderOf(b)))
    const first = fresh[0]
    const appends = state === null || first === undefined || compareOrder(orderOf(first), state.last) > 0
    if (appends) return applyFacts(state, fresh, projectNo, folding)
  }
  const stored = at.view.facts.get(projectNo)
  if (stored === undefined && (state !== null || before.apart))
    throw new Error(`facts of ${projectNo} were not gathered`)
  return foldCase(standingWith(stored ?? [], touched.fresh, at), projectNo, folding)
}

const NONE_TOUCHED: Touching = { cases: new Map(), gone: new Set(), further: new Map(), persons: new Map() }

/**
 * What of a case's new facts came too late to lift a told card by itself (C5). A void lifts none by itself, nor what stands
 * again, nor an edition that ends one that stood: what lifts there is that something told before no longer holds (I14).
 */
const lateOf = (
  projectNo: string,
  touched: Touched,
  before: CaseBefore,
  at: Judging & Pick<Touching, 'persons'> & { view: PlanView },
): Late => {
  if (!before.cards.some(({ level }) => level >= 2)) return NOTHING_LATE
  const { fresh, voids, revived } = touched
  const hasEditions = fresh.some(({ fact }) => fact.edition !== null)
  const stood = hasEditions ? standing(at.view.facts.get(projectNo) ?? [], at.view.said) : []
  const inTime = fresh.filter(
    ({ fact }) => fact.type !== 'VOID' && isWithinUsualLag(fact, at.now, at.law) && !endsEditionOf(fact, stood),
  )
  const late = fresh.filter((kept) => !inTime.includes(kept))
  const ground = (fact: Fact, kind: 'fact' | 'void'): LiftGround =>
    groundOf(fact, kind, at.persons.get(factKey(fact.source, fact.eventId)) ?? null)
  const grounds = [
    ...voids.map((fact) => ground(fact, 'void')),
    ...late.map(({ fact }) => ground(fact, fact.type === 'VOID' ? 'void' : 'fact')),
    ...revived.map((fact) => ground(fact, 'fact')),
    ...(at.lifts ?? []),
  ]
  if (inTime.length === 0) return { grounds }
  const timely = (limitAt: Instant): CaseState | null => {
    const done = inTime.filter(({ fact }) => fact.at <= limitAt)
    const refold = done.some(({ fact }) => fact.edition !== null)
    return nextState(projectNo, { fresh: done, refold }, before, { ...NONE_TOUCHED, view: at.view, law: at.law })
  }
  const after = (limitAt: Instant): LiftGround[] =>
    inTime.filter(({ fact }) => fact.at > limitAt).map(({ fact }) => ground(fact, 'fact'))
  return { grounds, timely, after }
}

/** Round one for facts: what they change in their cases. `handed` in the order of arrival. Stops after each case (I5). */
export function* planFactsSteps(view: PlanView, handed: readonly Handed[], judging: Judging): Steps<FactsPlan> {
  const sorted = sortOut(handed, view)
  const { outcomes, accepted, further } = sorted
  const touching = touch(
    sorted,
    accepted.map((index) => handed[index] as Handed),
    view,
  )
  const changes: CaseChange[] = []
  for (const [projectNo, touched] of touching.cases) {
    yield
    const before = view.cases.get(projectNo) ?? EMPTY
    const work = function* (): Steps<CaseChange> {
      const state = nextState(projectNo, touched, before, { ...touching, view, law: judging.law })
      yield
      const late = lateOf(projectNo, touched, before, { ...judging, view, persons: touching.persons })
      return yield* changeSteps(projectNo, state, before, { ...judging, late })
    }
    changes.push(yield* guardedSteps(projectNo, before, work))
  }
  return { outcomes, accepted, further, changes }
}

/** The same at a stretch. */
export const planFacts = (view: PlanView, handed: readonly Handed[], judging: Judging): FactsPlan =>
  atOnce(planFactsSteps(view, handed, judging))

/** Round one for the clock and for a new law: the same state judged afresh. */
export const planAfresh = (cases: ReadonlyMap<string, CaseBefore>, judging: Judging): CaseChange[] =>
  [...cases].map(([projectNo, before]) =>
    guarded(projectNo, before, () => changeOf(projectNo, before.state, before, judging)),
  )

/** Facts of cases as they are kept, and what was said of them. */
export interface KeptFacts {
  readonly of: ReadonlyMap<string, readonly Kept[]>
  readonly said: Said
}

/**
 * Round one for a store of another engine, a case set apart, or something said of facts: folded again from its facts, then
 * judged. Stops after each case (I5).
 */
export function* planRefoldSteps(
  cases: ReadonlyMap<string, CaseBefore>,
  facts: KeptFacts,
  judging: Judging,
): Steps<CaseChange[]> {
  const changes: CaseChange[] = []
  for (const [projectNo, before] of cases) {
    yield
    const work = function* (): Steps<CaseChange> {
      const valid = standing(facts.of.get(projectNo) ?? [], facts.said)
      const late = { grounds: judging.lifts ?? [] }
      const state = foldCase(valid, projectNo, foldingUnder(judging.law, facts.said, projectNo))
      yield
      return yield* changeSteps(projectNo, state, before, { ...judging, late })
    }
    changes.push(yield* guardedSteps(projectNo, before, work))
  }
  return changes
}

/** The same at a stretch. */
export const planRefold = (...asked: Parameters<typeof planRefoldSteps>): CaseChange[] =>
  atOnce(planRefoldSteps(...asked))

/** The sums that the changes add to the totals. */
export const deltasOf = (changes: readonly CaseChange[]): Deltas => {
  const deltas: Deltas = new Map()
  for (const change of changes) addDifference(deltas, change.flowsBefore, change.flows)
  return deltas
}
