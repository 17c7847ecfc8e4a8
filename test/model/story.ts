// The model's case (F1–F5, T6): one list of standing events in order, read from the top to the bottom. Voids first, then
// twins, then the end of the case, then what opens and closes what.

import type { Fact } from '../../server/core/case/event.ts'
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

/** The end that holds: a refusal to accept is taken back by a later ACCEPT, with all that came in between (F5). */
const conclusionOf = (
  facts: readonly Fact[],
): Pick<Story, 'conclusion' | 'reopenings'> & { readonly noEnds: ReadonlySet<Fact> } => {
  let conclusion: Fact | null = null
  const reopenings: Fact[] = []
  const noEnds = new Set<Fact>()
  let since: Fact[] = []
  for (const fact of facts) {
    if (ENDS.has(fact.type)) conclusion ??= fact
    if (ENDS.has(fact.type)) since.push(fact)
    // of a bare day and a stamp of it neither is after (I15), and takes nothing back
    if (fact.type !== 'ACCEPT' || conclusion?.type !== 'REFUSE_ACCEPT' || !isAfter(fact, conclusion)) continue
    conclusion = null
    for (const end of since) noEnds.add(end)
    since = []
    reopenings.push(fact)
    hit('F5 refusal taken back by an acceptance')
  }
  return { conclusion, reopenings, noEnds }
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
  const { conclusion: end, reopenings, noEnds } = conclusionOf(facts)
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
    steps: stepsOf(facts, dispatches),
    item:
      telling.item ??
      (all.map((fact) => fact.payload.task_code ?? fact.item).find((code) => code !== null) as string | null),
    region: all.map((fact) => fact.region).find((code) => code !== null) ?? null,
  }
}
