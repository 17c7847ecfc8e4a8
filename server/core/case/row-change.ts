// What an export of a register changed (I14): each of its rows beside what the exports before it said, cell by cell. Says what
// the register says: a cell that a person made void since is a cell all the same. Pure; knows facts and the ways they came.

import type { Instant } from '../time/instant.ts'
import type { Fact, Json } from './event.ts'
import { type Bringing, compareEditions } from './standing.ts'

/** A fact with every way it came, and what it keeps apart. */
export interface Brought {
  readonly fact: Fact
  readonly ways: readonly (Bringing & { readonly at: Instant })[]
  /** Canonical text of its personal part; compared, never told. */
  readonly personal: string | null
}

/** The import whose rows are looked at, as it was when it began. */
export interface Export {
  readonly no: number
  readonly begunAt: Instant
  /** Imports that had been withdrawn by then. */
  readonly withdrawn: ReadonlySet<number>
}

export interface CellChange {
  readonly key: string
  readonly type: Fact['type']
  readonly what: 'changed' | 'added' | 'emptied'
  /** Name of the wire; of a changed personal part `personal`, which tells no value. */
  readonly field: string
  readonly was: Json
  readonly now: Json
  /** Which of the two instants is a bare day. */
  readonly days: readonly [was: boolean, now: boolean]
}

/** Two files as of one instant say different things of an event of the row: by the order of I14 one of them holds. */
export interface Tie {
  readonly key: string
  readonly line: number
  /** Digest and line of the other. */
  readonly other: { readonly file: string; readonly line: number }
  readonly holds: 'this' | 'other'
}

export interface RowChange {
  readonly source: string
  readonly register: string
  readonly caseNo: string
  readonly line: number
  /**
   * `older`: a later export holds where the two differ; `tied`: another file as of the same instant does. `dateless`: of a case that
   * the register did not have, and it says no date: nothing of it is taken in.
   */
  readonly what: 'new' | 'changed' | 'same' | 'older' | 'tied' | 'dateless'
  readonly cells: readonly CellChange[]
  readonly ties: readonly Tie[]
}

const wasBefore = ({ importNo, at }: Brought['ways'][number], { no, begunAt, withdrawn }: Export): boolean =>
  importNo === null ? at <= begunAt : importNo < no && !withdrawn.has(importNo)

/** What a fact says, by the names of the wire; what says which edition it is left out. */
const saidIn = ({ fact, personal }: Brought): Map<string, Json> => {
  const { type, at, org, window, operator, operatorName, item, region, supersedes, payload } = fact
  const fields: readonly [string, Json][] = [
    ['event_type', type],
    ['occurred_at', at],
    ['org_code', org],
    ['window_no', window],
    ['operator_id', operator],
    ['operator_name', operatorName],
    ['task_code', item],
    ['region_code', region],
    ['supersedes', supersedes],
    ...Object.entries(payload).filter(([key]) => key !== 'task_code'),
    ['personal', personal],
  ]
  return new Map(fields.filter(([, value]) => value !== null))
}

const isSame = (a: Json | undefined, b: Json | undefined): boolean => JSON.stringify(a) === JSON.stringify(b)

const isDay = ({ fact }: Brought): boolean => fact.precision === 'day'

const differences = (key: string, was: Brought, now: Brought): CellChange[] => {
  const [before, after] = [saidIn(was), saidIn(now)]
  const days = [isDay(was), isDay(now)] as const
  const { type } = now.fact
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((field): CellChange[] => {
    const [old, fresh] = [before.get(field), after.get(field)]
    const isEqual = isSame(old, fresh) && (field !== 'occurred_at' || days[0] === days[1])
    if (isEqual) return []
    const told = field === 'personal' ? { was: null, now: null } : { was: old ?? null, now: fresh ?? null }
    return [{ key, type, what: 'changed', field, ...told, days }]
  })
}

const tells = (brought: Brought | null): brought is Brought => brought !== null && brought.fact.type !== 'VOID'

const cellsOf = (key: string, was: Brought | null, now: Brought): CellChange[] => {
  const field = 'occurred_at'
  if (tells(was) && tells(now)) return differences(key, was, now)
  if (tells(was)) {
    const cell = { key, type: was.fact.type, what: 'emptied', field, was: was.fact.at, now: null } as const
    return [{ ...cell, days: [isDay(was), false] }]
  }
  if (!tells(now)) return []
  const cell = { key, type: now.fact.type, what: 'added', field, was: null, now: now.fact.at } as const
  return [{ ...cell, days: [false, isDay(now)] }]
}

interface RowOf {
  /** Of each key the greatest that this import brought, and the greatest that was there before. */
  readonly mine: Map<string, Brought>
  readonly before: Map<string, Brought>
}

const keepGreatest = (kept: Map<string, Brought>, key: string, one: Brought): void => {
  const best = kept.get(key)
  if (best === undefined || compareEditions(one.fact, best.fact) > 0) kept.set(key, one)
}

const rowsIn = (facts: readonly Brought[], by: Export): Map<string, RowOf> => {
  const rows = new Map<string, RowOf>()
  for (const one of facts) {
    const { edition, source } = one.fact
    if (edition === null) continue
    const of = JSON.stringify([source, edition.register, edition.caseNo])
    const row = rows.get(of) ?? { mine: new Map(), before: new Map() }
    rows.set(of, row)
    if (one.ways.some(({ importNo }) => importNo === by.no)) keepGreatest(row.mine, edition.key, one)
    if (one.ways.some((way) => wasBefore(way, by))) keepGreatest(row.before, edition.key, one)
  }
  return rows
}

const tiesOf = (key: string, was: Fact, now: Fact): Tie[] => {
  const [there, here] = [was.edition, now.edition]
  if (there === null || here === null || there.asOf !== here.asOf || there.file === here.file) return []
  const holds = compareEditions(was, now) > 0 ? 'other' : 'this'
  return [{ key, line: here.line, other: { file: there.file, line: there.line }, holds }]
}

const changeOf = ({ mine, before }: RowOf): RowChange | null => {
  const [first] = mine.values()
  if (first?.fact.edition == null) return null
  const { register, caseNo } = first.fact.edition
  const cells: CellChange[] = []
  const ties: Tie[] = []
  let isOlder = false
  let isTied = false
  for (const [key, now] of mine) {
    const was = before.get(key) ?? null
    const found = was?.fact.eventId === now.fact.eventId ? [] : cellsOf(key, was, now)
    if (was !== null && found.length > 0) ties.push(...tiesOf(key, was.fact, now.fact))
    if (was !== null && compareEditions(was.fact, now.fact) > 0) {
      const isAtOnce = was.fact.edition?.asOf === now.fact.edition?.asOf
      if (isAtOnce) isTied ||= found.length > 0
      else isOlder ||= found.length > 0
    } else cells.push(...found)
  }
  const known = cells.length > 0 ? 'changed' : isOlder ? 'older' : isTied ? 'tied' : 'same'
  const fresh = [...mine.values()].some(tells) ? 'new' : 'dateless'
  const what = before.size === 0 ? fresh : known
  const line = Math.max(...[...mine.values()].map(({ fact }) => fact.edition?.line ?? 0))
  return { source: first.fact.source, register, caseNo, line, what, cells: before.size === 0 ? [] : cells, ties }
}

/** The rows of one case that the import brought, each as what it changed. `facts`: all of the case. */
export const rowChanges = (facts: readonly Brought[], by: Export): RowChange[] =>
  [...rowsIn(facts, by).values()].flatMap((row) => changeOf(row) ?? [])
