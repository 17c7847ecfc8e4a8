// The model's case (F1–F5, T6): one list of standing events in order, read from the top to the bottom. Voids first, then
// twins, then the end of the case, then what opens and closes what.

import type { Fact } from '../../server/core/case/event.ts'
import { dayOf } from './days.ts'
import { dispatchesOf, stepsOf, type ToldDispatch, type ToldStep } from './spans.ts'
import { standingOf } from './standing.ts'
import { pausesOf, type ToldPause } from './stops.ts'
import { hit } from './tally.ts'
import { inOrder, isAfter, isBare, isOnDayOf, isTwin, kindOf, memberOf, resumedKind, type Told } from './told.ts'

const ENDS = new Set(['DECIDE', 'COMPLETE', 'REFUSE_ACCEPT', 'WITHDRAW', 'TERMINATE'])

const TWIN_KEYS: Readonly<Record<string, (fact: Fact) => string>> = {
  EXTEND: () => '',
  JOINT_DISPATCH: (fact) => memberOf(fact) ?? '',
  JOINT_REPLY: (fact) => memberOf(fact) ?? '',
  SUSPEND: (fact) => kindOf(fact),
  CORRECT_NOTICE: () => '',
  COMPLAIN: () => '',
  FEE: () => '',
}

/** Each thing once, with who else told it. */
const onceTold = (facts: readonly Fact[]): Told[] => {
  const told: Told[] = []
  const keys: typeof TWIN_KEYS = { ...TWIN_KEYS, RESUME: (fact) => resumedKind(facts, fact) || fact.eventId }
  for (const fact of facts) {
    const key = keys[fact.type]
    const first = told.find(
      (one) =>
        key !== undefined &&
        one.fact.type === fact.type &&
        key(one.fact) === key(fact) &&
        [one.fact, ...one.twins].every(({ source }) => source !== fact.source) &&
        isTwin(one.fact, fact),
    )
    if (first === undefined) told.push({ fact, twins: [] })
    else {
      hit(`F5 twin of ${fact.type}`)
      first.twins.push(fact)
    }
  }
  return told
}

export interface ToldNotice {
  readonly fact: Fact
  done: Fact | null
}

export interface Story {
  readonly facts: readonly Fact[]
  readonly told: readonly Told[]
  readonly first: Fact
  readonly conclusion: Fact | null
  /** The acceptances that took a refusal back. */
  readonly reopenings: readonly Fact[]
  readonly received: Fact | null
  readonly accepted: Fact | null
  readonly decided: Fact | null
  readonly refusals: readonly Fact[]
  readonly notices: readonly ToldNotice[]
  readonly pauses: readonly ToldPause[]
  readonly resumesOfNothing: readonly Fact[]
  readonly extensions: readonly Fact[]
  readonly dispatches: readonly ToldDispatch[]
  readonly steps: readonly ToldStep[]
  readonly item: string | null
  readonly region: string | null
}

/** A refusal to accept and an acceptance of one day, one of them bare: either may have come first (I15). */
export interface EitherOrder {
  readonly refusal: Fact
  readonly acceptance: Fact
}

interface Ends {
  /** In order, without those that an acceptance took back. */
  readonly ends: readonly Fact[]
  readonly noEnds: ReadonlySet<Fact>
  readonly reopenings: readonly Fact[]
  readonly either: readonly EitherOrder[]
}

const isRefusal = ({ type }: Fact): boolean => type === 'REFUSE_ACCEPT'

const isSame = (a: Fact, b: Fact): boolean => a.source === b.source && a.eventId === b.eventId

/**
 * What ended the case: a refusal to accept is taken back by an ACCEPT after it, with all that came in between (F5); from one
 * of them on only by what is after it for sure.
 */
const endsOf = (facts: readonly Fact[], sureFrom: Fact | null = null): Ends => {
  let ends: Fact[] = []
  const noEnds = new Set<Fact>()
  const reopenings: Fact[] = []
  const either: EitherOrder[] = []
  const isOneDay = (a: Fact, b: Fact): boolean => (isBare(a) || isBare(b)) && dayOf(a.at) === dayOf(b.at)
  let isSureAlone = false
  for (const [n, fact] of facts.entries()) {
    isSureAlone ||= sureFrom !== null && isSame(fact, sureFrom)
    const i = ends.findIndex((end) => isRefusal(end) && (!isSureAlone || isAfter(fact, end)))
    if (fact.type === 'ACCEPT' && i >= 0) {
      const refusal = ends[i] as Fact
      for (const end of ends.slice(i)) noEnds.add(end)
      ends = ends.slice(0, i)
      reopenings.push(fact)
      hit('F5 refusal taken back by an acceptance')
      if (!isAfter(fact, refusal)) either.push({ refusal, acceptance: fact })
    }
    if (isRefusal(fact) && !ends.some(isRefusal)) {
      const acceptance = facts.slice(0, n).findLast((one) => one.type === 'ACCEPT' && isOneDay(one, fact))
      if (acceptance !== undefined) either.push({ refusal: fact, acceptance })
    }
    if (ENDS.has(fact.type)) ends.push(fact)
  }
  return { ends, noEnds, reopenings, either }
}

/** Of whom the case tells in the other order of the two: the acceptance before the refusal, or after it. */
const endsInOtherOrder = (facts: readonly Fact[], { refusal, acceptance }: EitherOrder): Ends => {
  const placeIn = (one: Fact): number => facts.findIndex((fact) => isSame(fact, one))
  const [one, two] = [placeIn(refusal), placeIn(acceptance)]
  // read after the refusal it is not after it for sure
  if (one < two) return endsOf(facts, acceptance)
  return endsOf(facts.toSpliced(one, 1).toSpliced(two, 0, facts[one] as Fact))
}

/** The pairs of one day in whose other order the case has other ends: of one the case is judged both ways (F5). Of several
 * it is not asked what hangs on which. */
export const eitherOrdersOf = ({ facts }: Pick<Story, 'facts'>): readonly EitherOrder[] => {
  const { ends, either } = endsOf(facts)
  if (either.length > 1) return either
  return either.filter((pair) => {
    const other = endsInOtherOrder(facts, pair).ends
    return ends.length !== other.length || ends.some((end, i) => end !== other[i])
  })
}

/** Which of differing firsts a telling follows, and what is then as though it had not been said (F5). */
export interface Telling {
  readonly received?: Fact
  readonly accepted?: Fact
  readonly decided?: Fact
  readonly unsaid: ReadonlySet<Fact>
  /** What it says in full, where it is silent on something that another one says. */
  readonly retold?: ReadonlyMap<Fact, Fact>
  /** The item it names. */
  readonly item?: string
  readonly otherwise?: EitherOrder
}

const AS_TOLD: Telling = { unsaid: new Set() }

/** The case as its events tell it, or null where none of them stands. */
export const storyOf = (given: readonly Fact[], telling: Telling = AS_TOLD): Story | null => {
  const all = standingOf(given).sort(inOrder)
  const first = all[0]
  if (first === undefined) return null
  const facts =
    telling.unsaid.size === 0
      ? all
      : all.filter((fact) => !telling.unsaid.has(fact)).map((fact) => telling.retold?.get(fact) ?? fact)
  const { otherwise } = telling
  const { ends, reopenings, noEnds } = otherwise === undefined ? endsOf(facts) : endsInOtherOrder(facts, otherwise)
  const end = ends[0] ?? null
  // an extension that names no days lengthens nothing and asks for nothing
  const told = onceTold(facts.filter(({ type, payload }) => type !== 'EXTEND' || typeof payload.days === 'number'))
  const inTime = (fact: Fact | null | undefined): Fact | null =>
    fact !== null && fact !== undefined && !isAfter(fact, end) ? fact : null
  // the first of all, if it is in time: what a bare day tells later of it is not asked
  const firstOf = (type: string): Fact | null => inTime(facts.find((fact) => fact.type === type && !noEnds.has(fact)))
  const live = told.filter(({ fact }) => !isAfter(fact, end))
  const factsOf = (type: string): Fact[] => live.filter(({ fact }) => fact.type === type).map(({ fact }) => fact)
  /** What was handed in: on the bare day of the notice before it was read, else after it. */
  const handedIn = (notice: Fact): Fact | null => {
    const i = facts.indexOf(notice)
    const before = facts.slice(0, i).findLast((one) => one.type === 'CORRECT_DONE' && isOnDayOf(notice, one))
    if (before !== undefined) hit('I15 notice answered on its bare day')
    return before ?? facts.slice(i).find((one) => one.type === 'CORRECT_DONE') ?? null
  }
  const dispatches = dispatchesOf(told)
  if (facts.some((fact) => isAfter(fact, end))) hit('F5 event after the end')
  if (facts.some(isBare)) hit('I15 event of day precision')
  for (const { type } of facts) hit(`I1 ${type}`)
  if (new Set(given.map(({ projectNo }) => projectNo)).size > 1) hit('I11 two numbers of one case')
  return {
    facts,
    told,
    first,
    conclusion: end,
    reopenings,
    received: telling.received === undefined ? firstOf('RECEIVE') : inTime(telling.received),
    accepted: telling.accepted === undefined ? firstOf('ACCEPT') : inTime(telling.accepted),
    decided: telling.decided === undefined ? firstOf('DECIDE') : inTime(telling.decided),
    refusals: factsOf('REFUSE_ACCEPT'),
    notices: factsOf('CORRECT_NOTICE').map((fact) => ({ fact, done: inTime(handedIn(fact)) })),
    ...pausesOf(told, end),
    extensions: factsOf('EXTEND'),
    dispatches,
    steps: stepsOf(facts, dispatches, (fact) => !isAfter(fact, end)),
    item:
      telling.item ??
      (all.map((fact) => fact.payload.task_code ?? fact.item).find((code) => code !== null) as string | null),
    region: all.map((fact) => fact.region).find((code) => code !== null) ?? null,
  }
}
