// Cases judged again without a new fact: those whose turn has come (J4), and, in slices, those of another law or
// engine (J6). Slices go between batches, at a pace that lets no request wait for the whole (pace.ts). What another
// engine has folded is never read: it is folded again from its facts, before all else.

import { ENGINE_VERSION } from '../core/case/fold.ts'
import { type CaseBefore, type CaseChange, planAfresh, planRefold } from '../core/plan.ts'
import type { Instant } from '../core/time/instant.ts'
import type { StoredCase } from '../store/port.ts'
import type { Clock } from './clock.ts'
import type { Line } from './line.ts'
import { factsByHome } from './numbers.ts'
import { makePace } from './pace.ts'
import { beforeOf, emptyBatch, keptOfCases, mustRefold } from './rows.ts'
import { subjectsOf } from './subjects.ts'

const befores = (rows: readonly StoredCase[], law: JudgedOn['law']): Map<string, CaseBefore> =>
  new Map(rows.map((stored) => [stored.row.projectNo, beforeOf(stored, law)]))

/** The step of judging cases again names them: which they were is nothing that a replay could know. */
export const casesOf = (rows: readonly StoredCase[]): { cases: string[] } => ({
  cases: rows.map(({ row }) => row.projectNo),
})

/** What judging again asks: a law, and what facts and numbers are read by. The line is one; so is a law that is weighed. */
export type JudgedOn = Pick<Line, 'law' | 'numbers' | 'said' | 'judging'> & { readonly records: FactReader }
type FactReader = Pick<Line['records'], 'factsOfMany'>

/** Judged again by the law or, where the row is of the law in force, by the clock: a card tells what lifted it. */
export const judgedAgain = async (line: JudgedOn, rows: readonly StoredCase[], at: Instant): Promise<CaseChange[]> => {
  const changes: CaseChange[] = []
  for (const by of ['law', 'clock'] as const) {
    const { version } = line.law
    const group = rows.filter(({ row }) => (row.law === version && row.engine === ENGINE_VERSION) === (by === 'clock'))
    const refold = group.filter(({ row }) => mustRefold(row, line.law))
    const afresh = group.filter(({ row }) => !mustRefold(row, line.law))
    changes.push(...planAfresh(befores(afresh, line.law), line.judging(by, at)))
    if (refold.length === 0) continue
    const homes = refold.map(({ row }) => row.projectNo)
    const facts = await factsByHome(line.records, line.numbers, homes)
    changes.push(
      ...planRefold(befores(refold, line.law), { of: keptOfCases(facts), said: line.said }, line.judging(by, at)),
    )
  }
  return changes
}

/** One commit of cases judged again for the law, or folded again where another engine folded them. */
export const takeSlice = async (line: Line, rows: readonly StoredCase[]): Promise<void> => {
  const at = line.now()
  const batch = emptyBatch(at, 'slice', 'law', casesOf(rows))
  await line.finish(batch, await judgedAgain(line, rows, at), 'law')
}

/** Subjects beside the cases that another law judged, at most so many, in one commit; how many there were. */
export const takeSubjects = async (line: Line, most: number): Promise<number> => {
  const ids = line.subjects.stale(line.law.version, most)
  if (ids.length === 0) return 0
  const at = line.now()
  const batch = emptyBatch(at, 'slice', 'law', { ...casesOf([]), ...subjectsOf(ids) })
  line.subjects.putAfresh(batch, ids, line.judging('law', at))
  await line.finish(batch, [], 'law')
  return ids.length
}

/** The next turn of anything; null: nothing has one. */
export const nextTurnOf = async ({
  records,
  subjects,
}: Pick<Line, 'records' | 'subjects'>): Promise<Instant | null> => {
  const [ofCases, ofSubjects] = [await records.nextTurnAt(), subjects.nextTurnAt()]
  if (ofCases === null || ofSubjects === null) return ofCases ?? ofSubjects
  return ofSubjects < ofCases ? ofSubjects : ofCases
}

/** Takes turns that are due now, at most so many, in one commit; how many there were. */
export const takeTurns = async (line: Line, most: number): Promise<number> => {
  const at = line.now()
  const due = await line.records.due(at, most)
  const ids = line.subjects.due(at, most - due.length)
  const taken = due.length + ids.length
  if (taken === 0) return 0
  const batch = emptyBatch(at, 'turns', 'clock', { ...casesOf(due), ...subjectsOf(ids) })
  if (taken < most) batch.turnedTo = at
  line.subjects.putAfresh(batch, ids, line.judging('clock', at))
  await line.finish(batch, await judgedAgain(line, due, at), 'clock')
  return taken
}

/** What was loaded: rules, items and calendars, or what a source can send and nothing else. */
export type RejudgedFor = 'law' | 'sources'

export interface AfreshState {
  readonly rejudging: boolean
  /** Why; null: no case is left to be judged again. */
  readonly rejudgingFor: RejudgedFor | null
  /** Rows of another engine are being folded again: what is shown of them is not to be trusted yet. */
  readonly rebuilding: boolean
  /** How long one slice held the line at most since the law last changed, ms: no request waits longer for it. */
  readonly longestSliceMs: number
}

export interface Afresh {
  /** Whether a slice is left to do. */
  isLeft(): boolean
  /** An event has come: slices make room for more of them. */
  heard(): void
  /** Somebody waits for the last slice, and none of them rests any more. */
  alone(): void
  /** Milliseconds until the next slice is to be done, so many events being queued; null: none is left. */
  restMs(queued: number): number | null
  state(): AfreshState
  /** A new law: from the first case again. */
  again(why: RejudgedFor): void
  slice(): Promise<void>
  /** Takes some of the due turns; the next one in the store. */
  turns(): Promise<Instant | null>
}

const NO_LAW = null

/** @param most cases at most in one slice */
export const openAfresh = async (line: Line, most: number, mono: Clock['mono']): Promise<Afresh> => {
  const pace = makePace(most, mono)
  const [old] = await line.records.stale(NO_LAW, ENGINE_VERSION, '', 1)
  let rebuilding = old !== undefined
  const isStale = async (): Promise<boolean> =>
    line.subjects.stale(line.law.version, 1).length > 0 ||
    (await line.records.stale(line.law.version, ENGINE_VERSION, '', 1)).length > 0
  /** The case after which judging again goes on; null: every case is of this law and engine. */
  let after: string | null = ''
  if (!rebuilding && !(await isStale())) after = null
  let why: RejudgedFor = 'law'

  let longestSliceMs = 0

  const paced = async (work: (cases: number) => Promise<number>): Promise<void> => {
    const from = mono()
    const count = await work(pace.cases())
    if (count > 0) pace.took(count, mono() - from)
  }
  const nextSlice = async (cases: number): Promise<number> => {
    // of another engine first, of another law afterwards
    const law = rebuilding ? NO_LAW : line.law.version
    const rows = await line.records.stale(law, ENGINE_VERSION, after ?? '', cases)
    const last = rows[rows.length - 1]
    if (last === undefined) {
      const subjects = rebuilding ? 0 : await takeSubjects(line, cases)
      if (subjects === cases) return subjects
      after = rebuilding ? '' : null
      rebuilding = false
      return 0
    }
    await takeSlice(line, rows)
    after = last.row.projectNo
    return rows.length
  }
  return {
    isLeft: () => after !== null,
    heard: () => pace.heard(),
    alone: () => pace.alone(),
    restMs: (queued) => (after === null ? null : pace.restMs(queued)),
    state: () => ({
      rejudging: after !== null,
      rejudgingFor: after === null ? null : why,
      rebuilding,
      longestSliceMs: Math.round(longestSliceMs),
    }),
    again(next) {
      // what is still being judged again for a law is not told as a mere matter of sources
      why = after !== null && why === 'law' ? 'law' : next
      after = ''
      longestSliceMs = 0
    },
    async slice() {
      const from = mono()
      await paced(nextSlice)
      longestSliceMs = Math.max(longestSliceMs, mono() - from)
    },
    async turns() {
      await paced((cases) => takeTurns(line, cases))
      return nextTurnOf(line)
    },
  }
}
