// Subjects beside the cases, as the line has them: states and cards of all of them at hand, for they are few and every commit
// of facts may speak to one. Part of what is known ahead of the store: dropped with it, read back from the store. Planning
// is core's (core/subject.ts); rows are made and read here. Rules: J4, J5, J6, L2.

import type { Card } from '../core/card/card.ts'
import { ENGINE_VERSION } from '../core/case/fold.ts'
import { readFact } from '../core/case/read.ts'
import {
  type AnySubjectKind,
  type Arrived,
  planSubjectAfresh,
  planSubjects,
  type SubjectBefore,
  type SubjectChange,
  type SubjectId,
  type SubjectJudging,
} from '../core/subject.ts'
import type { Instant } from '../core/time/instant.ts'
import type { Batch, FactRow, Records, SubjectRow } from '../store/port.ts'

interface Held extends SubjectBefore {
  readonly row: Omit<SubjectRow, 'state'>
}

export interface Subjects {
  /** Puts what the facts of a batch change in subjects into it. */
  putFacts(batch: Batch, judging: SubjectJudging): void
  /** Judges these afresh, into a batch. Throws where one is not known. */
  putAfresh(batch: Batch, ids: readonly SubjectId[], judging: SubjectJudging): void
  /** Those of these that there are. */
  known(ids: readonly SubjectId[]): SubjectId[]
  /** Whose turn has come, at most so many. */
  due(at: Instant, most: number): SubjectId[]
  nextTurnAt(): Instant | null
  /** Those that another law judged, at most so many. */
  stale(law: number, most: number): SubjectId[]
  /** Which could not be folded or judged (J5). */
  readonly apart: readonly SubjectId[]
  /** A batch is about to be committed: what is planned next is planned upon it. */
  launched(batch: Batch): void
}

const nameOf = ({ kind, key }: SubjectId): string => JSON.stringify([kind, key])

const cardNameOf = ({ subjectKind, subject }: Card): string => nameOf({ kind: subjectKind, key: subject })

const arrivedOf = ({ source, body, way }: FactRow): Arrived => ({
  source,
  live: way.importNo === null && way.historical === null,
  past: way.historical !== null,
  fact: () => readFact(body, way.historical),
})

const rowOf = (change: SubjectChange, { law, now }: SubjectJudging): SubjectRow => {
  const { kind, key, nextTurnAt, apart, state } = change
  return {
    kind,
    key,
    engine: ENGINE_VERSION,
    law: law.version,
    judgedAt: now,
    nextTurnAt,
    apart,
    state: JSON.stringify(state),
  }
}

const putChange = (batch: Batch, change: SubjectChange, judging: SubjectJudging): void => {
  batch.subjects ??= []
  batch.subjects.push(rowOf(change, judging))
  batch.cards.push(...change.cardsChanged)
  batch.moves.push(...change.moves)
}

/** Cards of these subjects, by the name of each. */
const readCards = async (
  records: Pick<Records, 'cardsOf'>,
  rows: readonly SubjectRow[],
): Promise<Map<string, Card[]>> => {
  const cards = new Map<string, Card[]>()
  for (const kind of new Set(rows.map((row) => row.kind))) {
    const keys = rows.filter((row) => row.kind === kind).map(({ key }) => key)
    for (const card of await records.cardsOf(kind as Card['subjectKind'], keys)) {
      const name = cardNameOf(card)
      cards.set(name, [...(cards.get(name) ?? []), card])
    }
  }
  return cards
}

const withCard = (cards: readonly Card[], card: Card): Card[] => {
  const isKnown = cards.some(({ cardId }) => cardId === card.cardId)
  return isKnown ? cards.map((each) => (each.cardId === card.cardId ? card : each)) : [...cards, card]
}

/** All subjects of a store. Kinds that are no more are left as they are. */
export const openSubjects = async (
  records: Pick<Records, 'subjects' | 'cardsOf'>,
  kinds: readonly AnySubjectKind[],
): Promise<Subjects> => {
  const named = new Set<string>(kinds.map(({ kind }) => kind))
  const rows = (await records.subjects()).filter(({ kind }) => named.has(kind))
  const cards = await readCards(records, rows)
  const held = new Map<string, Held>()
  for (const { state, ...row } of rows) {
    const name = nameOf(row)
    // a state of another engine may lack what this one reads; its ledger is rebuilt before it is opened
    const folded: unknown = row.engine === ENGINE_VERSION ? JSON.parse(state) : null
    held.set(name, { row, state: folded, cards: cards.get(name) ?? [] })
  }
  const wanted = (is: (row: Held['row']) => boolean, most: number): SubjectId[] =>
    [...held.values()]
      .filter(({ row }) => is(row))
      .slice(0, most)
      .map(({ row: { kind, key } }) => ({ kind, key }))
  return {
    putFacts(batch, judging) {
      const arrived = batch.facts.map(arrivedOf)
      for (const change of planSubjects(kinds, arrived, (id) => held.get(nameOf(id)) ?? null, judging))
        putChange(batch, change, judging)
    },
    putAfresh(batch, ids, judging) {
      for (const id of ids) {
        const before = held.get(nameOf(id))
        if (before === undefined) throw new Error(`no subject ${nameOf(id)}`)
        putChange(batch, planSubjectAfresh(kinds, id, before, judging), judging)
      }
    },
    known: (ids) => ids.filter((id) => held.has(nameOf(id))),
    due: (at, most) => wanted(({ nextTurnAt }) => nextTurnAt !== null && nextTurnAt <= at, most),
    nextTurnAt() {
      let next: Instant | null = null
      for (const { row } of held.values())
        if (row.nextTurnAt !== null && (next === null || row.nextTurnAt < next)) next = row.nextTurnAt
      return next
    },
    stale: (law, most) => wanted((row) => row.law !== law, most),
    get apart() {
      return wanted((row) => row.apart !== null, held.size)
    },
    launched(batch) {
      for (const { state, ...row } of batch.subjects ?? []) {
        const name = nameOf(row)
        held.set(name, { row, state: JSON.parse(state), cards: held.get(name)?.cards ?? [] })
      }
      for (const card of batch.cards) {
        const name = cardNameOf(card)
        const known = held.get(name)
        if (known !== undefined) held.set(name, { ...known, cards: withCard(known.cards, card) })
      }
    },
  }
}

/** The parameter of a step that names subjects judged again; none where there were none. */
export const subjectsOf = (ids: readonly SubjectId[]): { subjects?: [string, string][] } =>
  ids.length === 0 ? {} : { subjects: ids.map(({ kind, key }) => [kind, key]) }

/** The subjects that a step names. */
export const subjectsIn = (params: Readonly<Record<string, unknown>>): SubjectId[] =>
  ((params.subjects ?? []) as [string, string][]).map(([kind, key]) => ({ kind, key }))
