// A subject is what facts speak of and what has a clock and cards of its own. The case is the first, with rooms of its own
// (core/case, becoming.ts), for its facts come in any order and void each other; what is beside it is described here: how a
// fact names it, how it is folded, how it is judged. Planned like a case and by the same engine – folded, judged, carded, in
// the commit of what moved it, apart where that throws (J5) – and taken again by every replay. Pure. Rules: C2, J1, J4, J5.

import type { Card, CardMove, Finding, SubjectKind as SubjectName } from './card/card.ts'
import { changeCards } from './card/change.ts'
import { bareSubject } from './card/subject.ts'
import type { Fact } from './case/event.ts'
import type { Law } from './law/law.ts'
import type { Instant } from './time/instant.ts'

/** A fact as it came in, for whom it may concern beside its case. */
export interface Arrived {
  readonly source: string
  /** It came by the wire and not by a file. */
  readonly live: boolean
  /** It was declared a past record (I8). */
  readonly past: boolean
  /** What it says; read when it is asked for. */
  readonly fact: () => Fact
}

export interface SubjectJudged {
  readonly findings: readonly Finding[]
  /** The next instant at which anything changes if nothing comes; null: nothing will. */
  readonly nextTurnAt: Instant | null
}

/** A kind of subject. `State` is plain JSON: it is stored as such. */
export interface SubjectKind<State = unknown> {
  /** As cards name it. */
  readonly kind: Exclude<SubjectName, 'case' | 'code'>
  /** What names the subject that a fact speaks of; null: it speaks of none. */
  readonly keyOf: (arrived: Arrived) => string | null
  /**
   * What has happened, with what came at an instant; entry instants never go back. The state itself where nothing of it
   * changed: what says nothing new costs nothing. No law, no clock.
   */
  readonly fold: (state: State | null, arrived: readonly Arrived[], at: Instant) => State
  /** Findings and next turn under a law at an instant; the same for the same state, law and instant. */
  readonly judge: (state: State, key: string, law: Law, now: Instant) => SubjectJudged
}

/** A kind of whatever state, as the line knows it. */
export interface AnySubjectKind {
  readonly kind: SubjectKind['kind']
  readonly keyOf: SubjectKind['keyOf']
  readonly fold: (state: never, arrived: readonly Arrived[], at: Instant) => unknown
  readonly judge: (state: never, key: string, law: Law, now: Instant) => SubjectJudged
}

/** Which subject. */
export interface SubjectId {
  readonly kind: string
  readonly key: string
}

export interface SubjectBefore {
  /** null: nothing was folded yet. */
  readonly state: unknown
  readonly cards: readonly Card[]
}

export interface SubjectChange extends SubjectId {
  readonly state: unknown
  readonly nextTurnAt: Instant | null
  /** Set when fold or judge threw: the error's text; state and cards are then as they were. */
  readonly apart: string | null
  readonly cards: readonly Card[]
  readonly cardsChanged: readonly Card[]
  readonly moves: readonly CardMove[]
}

export interface SubjectJudging {
  readonly law: Law
  readonly now: Instant
  readonly by: 'facts' | 'clock' | 'law' | 'move'
}

const judged = (kind: AnySubjectKind, key: string, state: unknown, cards: readonly Card[], at: SubjectJudging) => {
  const { law, now, by } = at
  const { findings, nextTurnAt } = kind.judge(state as never, key, law, now)
  const ground = { subject: bareSubject(kind.kind, key, null), law, calendar: law.homeCalendar, now, by }
  const { cards: after, changed, moves } = changeCards(cards, findings, ground)
  return { kind: kind.kind, key, state, nextTurnAt, apart: null, cards: after, cardsChanged: changed, moves }
}

const setApart = (kind: AnySubjectKind, key: string, before: SubjectBefore, error: unknown): SubjectChange => ({
  kind: kind.kind,
  key,
  state: before.state,
  nextTurnAt: null,
  apart: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
  cards: before.cards,
  cardsChanged: [],
  moves: [],
})

const guarded = <Change extends SubjectChange | null>(
  kind: AnySubjectKind,
  key: string,
  before: SubjectBefore,
  work: () => Change,
): Change | SubjectChange => {
  try {
    return work()
  } catch (error) {
    return setApart(kind, key, before, error)
  }
}

const NOTHING: SubjectBefore = { state: null, cards: [] }

/** Facts by the subjects of a kind that they speak of. */
const byKey = (kind: AnySubjectKind, arrived: readonly Arrived[]): Map<string, Arrived[]> => {
  const spoken = new Map<string, Arrived[]>()
  for (const each of arrived) {
    const key = kind.keyOf(each)
    if (key === null) continue
    const known = spoken.get(key)
    if (known === undefined) spoken.set(key, [each])
    else known.push(each)
  }
  return spoken
}

/** What facts change in the subjects they speak of; one of which they say nothing new is not among the changes. */
export const planSubjects = (
  kinds: readonly AnySubjectKind[],
  arrived: readonly Arrived[],
  beforeOf: (id: SubjectId) => SubjectBefore | null,
  judging: SubjectJudging,
): SubjectChange[] => {
  const changes: SubjectChange[] = []
  for (const kind of arrived.length === 0 ? [] : kinds)
    for (const [key, facts] of byKey(kind, arrived)) {
      const before = beforeOf({ kind: kind.kind, key }) ?? NOTHING
      const change = guarded(kind, key, before, () => {
        const state = kind.fold(before.state as never, facts, judging.now)
        return state === before.state ? null : judged(kind, key, state, before.cards, judging)
      })
      if (change !== null) changes.push(change)
    }
  return changes
}

/** The same subject judged afresh: for the clock, and for a new law. */
export const planSubjectAfresh = (
  kinds: readonly AnySubjectKind[],
  { kind: name, key }: SubjectId,
  before: SubjectBefore,
  judging: SubjectJudging,
): SubjectChange => {
  const kind = kinds.find((each) => each.kind === name)
  if (kind === undefined) throw new Error(`no kind of subject is called ${name}`)
  return guarded(kind, key, before, () => judged(kind, key, before.state, before.cards, judging))
}
