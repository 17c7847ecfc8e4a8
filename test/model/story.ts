// The model's case (F1–F5, T6): one list of standing events in order, read from the top to the bottom. Voids first, then
// twins, then the end of the case, then what opens and closes what.

import type { Fact } from '../../server/core/case/event.ts'
import { dayOf, MS_DAY } from './days.ts'
import { standingOf } from './standing.ts'
import { hit } from './tally.ts'

const PHASES = [
  ...['RECEIVE', 'PRE_ACCEPT', 'CORRECT_NOTICE', 'CORRECT_DONE', 'ACCEPT', 'REFUSE_ACCEPT', 'STEP_START', 'HANDOVER'],
  ...['JOINT_DISPATCH', 'JOINT_REPLY', 'SUSPEND', 'RESUME', 'EXTEND', 'STEP_END', 'FEE', 'DECIDE', 'COMPLETE'],
  ...['WITHDRAW', 'TERMINATE', 'DELIVER', 'RATE', 'COMPLAIN', 'URGE', 'ATTEND', 'INSPECT', 'MATTER', 'VOID'],
]
const TWIN_MS = 600_000
const ENDS = new Set(['DECIDE', 'COMPLETE', 'REFUSE_ACCEPT', 'WITHDRAW', 'TERMINATE'])

export const isBare = (fact: Fact): boolean => fact.precision === 'day'
/** Where an event stands: those known by their day alone at its end (F1, I15). */
export const placeOf = (fact: Fact): number => (isBare(fact) ? fact.at + MS_DAY - 1 : fact.at)
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
const inOrder = (a: Fact, b: Fact): number =>
  placeOf(a) - placeOf(b) ||
  PHASES.indexOf(a.type) - PHASES.indexOf(b.type) ||
  compare(a.source, b.source) ||
  compare(a.eventId, b.eventId)

export interface Told {
  readonly fact: Fact
  /** The twins of other sources that tell the same thing (F5). */
  readonly twins: Fact[]
}

/** The member that an event names, else the org that sends it. */
const memberOf = (fact: Fact): string | null =>
  typeof fact.payload.member === 'string' ? fact.payload.member : fact.org

/** A pause that says no kind is of another kind than the law's. */
const kindOf = (fact: Fact): string => String(fact.payload.kind ?? 'other')

const TWIN_KEYS: Readonly<Record<string, (fact: Fact) => string>> = {
  EXTEND: () => '',
  JOINT_DISPATCH: (fact) => memberOf(fact) ?? '',
  JOINT_REPLY: (fact) => memberOf(fact) ?? '',
  SUSPEND: (fact) => kindOf(fact),
  CORRECT_NOTICE: () => '',
  COMPLAIN: () => '',
  FEE: () => '',
}

const isTwin = (first: Fact, fact: Fact): boolean =>
  isBare(first) || isBare(fact) ? dayOf(first.at) === dayOf(fact.at) : Math.abs(fact.at - first.at) <= TWIN_MS

/** The kind of what a RESUME ends, as it says or as the pause it names says; '' where it says neither. */
const resumedKind = (facts: readonly Fact[], { source, payload }: Fact): string => {
  if (typeof payload.pause !== 'string') return String(payload.kind ?? '')
  const named = facts.find((one) => one.type === 'SUSPEND' && one.source === source && one.eventId === payload.pause)
  return named === undefined ? String(payload.kind ?? '') : kindOf(named)
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

export interface ToldPause {
  readonly fact: Fact
  readonly ids: string[]
  resumed: Fact | null
}
export interface ToldNotice {
  readonly fact: Fact
  done: Fact | null
}
export interface ToldDispatch {
  readonly fact: Fact
  readonly member: string | null
  replied: Fact | null
}
export interface ToldStep {
  readonly fact: Fact
  readonly code: string
  readonly branch: string | null
  ended: Fact | null
  /** false: only its end was told. */
  readonly begun: boolean
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

/** Whether an event is stamped after the end of the case; a bare day is after it only if its day is. */
export const isAfter = (fact: Fact, end: Fact | null): boolean => {
  if (end === null || fact === end) return false
  if (isBare(fact) || isBare(end)) return dayOf(fact.at) > dayOf(end.at)
  return fact.at > end.at
}

/** The end that holds: a refusal to accept is taken back by a later ACCEPT, with all that came in between (F5). */
const conclusionOf = (facts: readonly Fact[]): Pick<Story, 'conclusion' | 'reopenings'> => {
  let conclusion: Fact | null = null
  const reopenings: Fact[] = []
  for (const fact of facts) {
    if (ENDS.has(fact.type)) conclusion ??= fact
    if (fact.type !== 'ACCEPT' || conclusion?.type !== 'REFUSE_ACCEPT') continue
    conclusion = null
    reopenings.push(fact)
    hit('F5 refusal taken back by an acceptance')
  }
  return { conclusion, reopenings }
}

/** A RESUME that ends nothing and says no kind, or says one where the other said none, may be the other's twin. */
const isToldBefore = (told: readonly Told[], fact: Fact): boolean => {
  const facts = told.flatMap((one) => [one.fact, ...one.twins])
  const kind = (one: Fact): string => resumedKind(facts, one)
  const first = told.find(
    (one) =>
      one.fact.type === 'RESUME' &&
      inOrder(one.fact, fact) < 0 &&
      // what joined another is no first
      !told.some(({ twins }) => twins.includes(one.fact)) &&
      (kind(one.fact) === '' || kind(fact) === '') &&
      [one.fact, ...one.twins].every(({ source }) => source !== fact.source) &&
      isTwin(one.fact, fact),
  )
  first?.twins.push(fact)
  return first !== undefined
}

const pausesOf = (told: readonly Told[], end: Fact | null): Pick<Story, 'pauses' | 'resumesOfNothing'> => {
  const pauses: ToldPause[] = []
  const resumesOfNothing: Fact[] = []
  for (const { fact, twins } of told) {
    const isLate = isAfter(fact, end)
    if (isLate && fact.type === 'SUSPEND') continue
    const open = pauses.filter(({ resumed }) => resumed === null)
    if (fact.type === 'SUSPEND') {
      const ids = [fact, ...twins].map((one) => `${one.source} ${one.eventId}`)
      const known = open.find((pause) => kindOf(pause.fact) === kindOf(fact))
      if (known !== undefined) hit('T6 second SUSPEND of an open kind')
      // it changes nothing, and a RESUME that names it means the pause that is open
      if (known === undefined) pauses.push({ fact, ids, resumed: null })
      else known.ids.push(...ids)
    }
    if (fact.type !== 'RESUME') continue
    const { pause, kind } = fact.payload
    const meant = open.filter((one) => {
      if (typeof pause === 'string') return one.ids.includes(`${fact.source} ${pause}`)
      return typeof kind === 'string' ? kindOf(one.fact) === kind : true
    })
    hit(`T6 RESUME by ${typeof pause === 'string' ? 'event' : typeof kind === 'string' ? 'kind' : 'nothing: all'}`)
    if (meant.length === 0 && !isLate && !isToldBefore(told, fact)) resumesOfNothing.push(fact)
    for (const one of meant) one.resumed = fact
  }
  return { pauses, resumesOfNothing }
}

/** A joint member at work has a branch of its own; everything else is the one of the lead (F5). */
const branchOf = (fact: Fact, dispatches: readonly ToldDispatch[]): string | null =>
  dispatches.some(({ fact: asked, member, replied }) => {
    if (member !== fact.org || placeOf(asked) > placeOf(fact)) return false
    return replied === null || placeOf(replied) > placeOf(fact)
  })
    ? fact.org
    : null

const stepsOf = (facts: readonly Fact[], dispatches: readonly ToldDispatch[]): ToldStep[] => {
  const steps: ToldStep[] = []
  for (const fact of facts) {
    const code = typeof fact.payload.step_code === 'string' ? fact.payload.step_code : ''
    if (fact.type === 'STEP_START') {
      const branch = branchOf(fact, dispatches)
      for (const step of steps) if (step.ended === null && step.branch === branch) step.ended = fact
      steps.push({ fact, code, branch, ended: null, begun: true })
    }
    if (fact.type !== 'STEP_END') continue
    const open = steps.findLast((step) => step.ended === null && (step.code === code || code === ''))
    if (open !== undefined) open.ended = fact
    else steps.push({ fact, code, branch: null, ended: fact, begun: false })
  }
  return steps
}

/** What members were asked; of several things that one was asked, a reply answers the first. */
const dispatchesOf = (told: readonly Told[]): ToldDispatch[] => {
  const dispatches: ToldDispatch[] = []
  for (const { fact } of told) {
    const member = memberOf(fact)
    if (fact.type === 'JOINT_DISPATCH') dispatches.push({ fact, member, replied: null })
    if (fact.type !== 'JOINT_REPLY') continue
    const open = dispatches.find((one) => one.member === member && one.replied === null)
    if (open !== undefined) open.replied = fact
  }
  return dispatches
}

/** Which of differing firsts a telling follows, and what is then as though it had not been said (F5). */
export interface Telling {
  readonly received?: Fact
  readonly accepted?: Fact
  readonly decided?: Fact
  readonly unsaid: ReadonlySet<Fact>
}

const AS_TOLD: Telling = { unsaid: new Set() }

/** The case as its events tell it, or null where none of them stands. */
export const storyOf = (given: readonly Fact[], telling: Telling = AS_TOLD): Story | null => {
  const all = standingOf(given).sort(inOrder)
  const first = all[0]
  if (first === undefined) return null
  const facts = telling.unsaid.size === 0 ? all : all.filter((fact) => !telling.unsaid.has(fact))
  const { conclusion: end, reopenings } = conclusionOf(facts)
  // an extension that names no days lengthens nothing and asks for nothing
  const told = onceTold(facts.filter(({ type, payload }) => type !== 'EXTEND' || typeof payload.days === 'number'))
  const inTime = (fact: Fact | null | undefined): Fact | null =>
    fact !== null && fact !== undefined && !isAfter(fact, end) ? fact : null
  // the first of all, if it is in time: what a bare day tells later of it is not asked
  const firstOf = (type: string): Fact | null => inTime(facts.find((fact) => fact.type === type))
  const live = told.filter(({ fact }) => !isAfter(fact, end))
  const factsOf = (type: string): Fact[] => live.filter(({ fact }) => fact.type === type).map(({ fact }) => fact)
  const later = (fact: Fact, type: string, same: (one: Fact) => boolean): Fact | null =>
    facts.slice(facts.indexOf(fact)).find((one) => one.type === type && same(one)) ?? null
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
    notices: factsOf('CORRECT_NOTICE').map((fact) => ({ fact, done: inTime(later(fact, 'CORRECT_DONE', () => true)) })),
    ...pausesOf(told, end),
    extensions: factsOf('EXTEND'),
    dispatches,
    steps: stepsOf(facts, dispatches),
    item: all.map((fact) => fact.payload.task_code ?? fact.item).find((code) => code !== null) as string | null,
    region: all.map((fact) => fact.region).find((code) => code !== null) ?? null,
  }
}
