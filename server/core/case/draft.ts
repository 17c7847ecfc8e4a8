// A state under construction: the rows of a case, and beside them where the open ones stand, so that folding a fact costs
// the same however many went before. The state it was opened on is never changed: its rows are copied before they are
// moved. Rules: F1, F2, F5.

import folding from '../law/data/folding.json' with { type: 'json' }
import { SHIPPED_TWIN_MINUTES } from '../law/twins.ts'
import type { Instant } from '../time/instant.ts'
import { factKey } from './event.ts'
import { standsAt } from './stands.ts'
import type { CaseState, Teller } from './state.ts'
import { openTwins, type Twins } from './twins.ts'

/** What folding takes from its settings. */
export interface Folding {
  /** Two sources that tell of one thing within this time of the first telling, which is at an instant, tell it once (F5). */
  readonly twinMsAt: (first: Instant) => number
  /** How many differing firsts are kept to be judged by; of more it is only known that there are more. */
  readonly rivalsKept: number
  /** A person has said that the items several sources give this number are of one case (I11). */
  readonly oneCase?: true
}

const SHIPPED_TWIN_MS = SHIPPED_TWIN_MINUTES * 60_000

/** As it ships. */
export const FOLDING: Folding = { twinMsAt: () => SHIPPED_TWIN_MS, rivalsKept: folding.rivals_kept }

/** Where open rows stand in their lists, by what names them. */
interface Open {
  /** Notices that wait for what they asked for. */
  readonly notices: number[]
  /** Of each branch the one step that runs. */
  readonly stepOf: Map<string | null, number>
  /** Steps that run, by code, the last begun last; closed ones are passed over when met. */
  readonly stepsOf: Map<string, number[]>
  readonly steps: number[]
  /** Of each kind the one pause that is open. */
  readonly pauseOf: Map<string, number>
  /** Of each kind the pause begun last, open or not. */
  readonly lastPauseOf: Map<string, number>
  /** Pauses by the events that told of them, with their source and without it. */
  readonly pauseBy: Map<string, number>
  readonly pausesNamed: Map<string, Set<number>>
  /** Further tellings of a pause that this draft has made its own. */
  readonly also: Map<number, Teller[]>
  /** Tasks of members still asked, in the order in which they were. */
  readonly asked: Map<string | null, number[]>
  /** STEP_ENDs that found no step of their code, by it. */
  readonly endsOf: Map<string, number[]>
  /** When a pause was ended last, and when all of them were. */
  endedAt: Instant | null
  endedAllAt: Instant | null
  /** By when the step that is being folded had surely begun; null: by where its fact stands. */
  begunBy: Instant | null
  readonly codes: Set<string>
  readonly twins: Twins
}

/** Lists, but not tuples. */
type Rows<T> = T extends readonly (infer Row)[] ? (number extends T['length'] ? Row[] : T) : T

export type Draft = { -readonly [K in keyof CaseState]: Rows<CaseState[K]> } & {
  readonly open: Open
  readonly folding: Folding
}

export const append = <K, V>(map: Map<K, V[]>, key: K, value: V): void => {
  const known = map.get(key)
  if (known === undefined) map.set(key, [value])
  else known.push(value)
}

const openSteps = (state: CaseState, open: Open): void => {
  for (const [i, { from, to, branch, code, precision, unsure }] of state.steps.entries()) {
    if (from === null && precision === null) append(open.endsOf, code, i)
    if (to !== null && unsure !== true) continue
    if (to === null) open.stepOf.set(branch, i)
    open.steps.push(i)
    append(open.stepsOf, code, i)
  }
}

/** From now on a pause may be named by an event that told of it (T6). */
export const namePause = ({ pauseBy, pausesNamed }: Open, { source, eventId }: Teller, i: number): void => {
  pauseBy.set(factKey(source, eventId), i)
  const named = pausesNamed.get(eventId)
  if (named === undefined) pausesNamed.set(eventId, new Set([i]))
  else named.add(i)
}

const later = (a: Instant | null, b: Instant | null): Instant | null => (a === null || (b !== null && b > a) ? b : a)

const openPauses = (state: CaseState, open: Open): void => {
  for (const [i, pause] of state.pauses.entries()) {
    if (pause.to === null) open.pauseOf.set(pause.kind, i)
    open.lastPauseOf.set(pause.kind, i)
    open.endedAt = later(open.endedAt, pause.to)
    if (pause.endedAll === true) open.endedAllAt = later(open.endedAllAt, pause.to)
    namePause(open, pause, i)
    for (const teller of pause.also) namePause(open, teller, i)
  }
}

const openOf = (state: CaseState, { twinMsAt }: Folding): Open => {
  const open: Open = {
    notices: [],
    stepOf: new Map(),
    stepsOf: new Map(),
    steps: [],
    pauseOf: new Map(),
    lastPauseOf: new Map(),
    pauseBy: new Map(),
    pausesNamed: new Map(),
    also: new Map(),
    asked: new Map(),
    endsOf: new Map(),
    endedAt: null,
    endedAllAt: null,
    begunBy: null,
    codes: new Set(state.codes.map(([code]) => code)),
    twins: openTwins(state.twins, twinMsAt),
  }
  for (const [i, { doneAt }] of state.notices.entries()) if (doneAt === null) open.notices.push(i)
  openSteps(state, open)
  openPauses(state, open)
  for (const [i, { repliedAt, member }] of state.joint.entries()) if (repliedAt === null) append(open.asked, member, i)
  return open
}

export const openDraft = (state: CaseState, folding: Folding): Draft => {
  const rows: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(state)) rows[key] = Array.isArray(value) ? value.slice() : value
  return { ...(rows as Omit<Draft, 'open' | 'folding'>), open: openOf(state, folding), folding }
}

export const closeDraft = ({ open, folding: _, ...rows }: Draft): CaseState => ({
  ...rows,
  // what the day of the last fact may still pair with, and no more
  replies: rows.replies.filter(({ at }) => standsAt({ at, precision: 'day' }) >= rows.last[0]),
  again: rows.again.filter(({ at }) => standsAt({ at, precision: 'day' }) >= rows.last[0]),
  twins: open.twins.still(rows.last[0]),
})
