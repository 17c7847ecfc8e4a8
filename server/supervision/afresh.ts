// Cases judged again without a new fact: those whose turn has come (J4), and, in slices, those of another law or
// engine (J6). Slices go between batches and are as large as a span of time allows, so that no request waits for the
// whole. What another engine has folded is never read: it is folded again from its facts, before all else.

import { ENGINE_VERSION } from '../core/case/fold.ts'
import { type CaseBefore, type CaseChange, planAfresh, planRefold } from '../core/plan.ts'
import type { Instant } from '../core/time/instant.ts'
import type { StoredCase } from '../store/port.ts'
import type { Clock } from './clock.ts'
import type { Line } from './line.ts'
import { factsByHome } from './numbers.ts'
import { beforeOf, emptyBatch, factsOfCases, mustRefold } from './rows.ts'

const befores = (rows: readonly StoredCase[]): Map<string, CaseBefore> =>
  new Map(rows.map((stored) => [stored.row.projectNo, beforeOf(stored)]))

/** Judged again by the law or, where the row is of the law in force, by the clock: a card tells what lifted it. */
export const judgedAgain = async (line: Line, rows: readonly StoredCase[], at: Instant): Promise<CaseChange[]> => {
  const changes: CaseChange[] = []
  for (const by of ['law', 'clock'] as const) {
    const { version } = line.law
    const group = rows.filter(({ row }) => (row.law === version && row.engine === ENGINE_VERSION) === (by === 'clock'))
    const refold = group.filter(({ row }) => mustRefold(row))
    const afresh = group.filter(({ row }) => !mustRefold(row))
    changes.push(...planAfresh(befores(afresh), line.judging(by, at)))
    if (refold.length === 0) continue
    const homes = refold.map(({ row }) => row.projectNo)
    const facts = await factsByHome(line.records, line.numbers, homes)
    changes.push(...planRefold(befores(refold), factsOfCases(facts), line.judging(by, at)))
  }
  return changes
}

/** A slice holds the line about so long: a request that comes meanwhile waits for what is left of it. */
const SLICE_MS = 12
/** Below this a slice is all commit: making it smaller spares nobody anything. */
const LEAST_CASES = 40
/** One slow slice says little, for the disk has its moods; many quick ones may grow again, by little each. */
const MOST_GROWTH = 1.25

/** How many cases the next slice holds, by the time the last one took. */
export const makePace = (most: number) => {
  let cases = Math.min(most, LEAST_CASES)
  return {
    cases: (): number => cases,
    took(count: number, ms: number): void {
      const fit = count * (SLICE_MS / Math.max(ms, 1))
      const grown = Math.min(fit, cases * MOST_GROWTH)
      // a short slice that took its time may have had little in it
      if (count >= cases || fit < cases) cases = Math.floor(Math.min(most, Math.max(LEAST_CASES, grown)))
    },
  }
}

/** A slice gives way to what is queued, but for no longer than this: judging again goes on under any load. */
const LONGEST_REST_MS = 60

export interface AfreshState {
  readonly rejudging: boolean
  /** Rows of another engine are being folded again: what is shown of them is not to be trusted yet. */
  readonly rebuilding: boolean
  /** How long one slice held the line at most since the law last changed, ms: no request waits longer for it. */
  readonly longestSliceMs: number
}

export interface Afresh {
  /** Whether a slice is left to do. */
  isLeft(): boolean
  /** Whether the next slice is to be done now, so many events being queued. */
  isWanted(queued: number): boolean
  state(): AfreshState
  /** A new law: from the first case again. */
  again(): void
  slice(): Promise<void>
  /** Takes some of the due turns; the next one in the store. */
  turns(): Promise<Instant | null>
}

const NO_LAW = null

/** @param most cases at most in one slice */
export const openAfresh = async (line: Line, most: number, mono: Clock['mono']): Promise<Afresh> => {
  const pace = makePace(most)
  const [old] = await line.records.stale(NO_LAW, ENGINE_VERSION, '', 1)
  let rebuilding = old !== undefined
  /** The case after which judging again goes on; null: every case is of this law and engine. */
  let after: string | null = ''

  let rested = mono()
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
      after = rebuilding ? '' : null
      rebuilding = false
      return 0
    }
    const at = line.now()
    await line.finish(emptyBatch(at), await judgedAgain(line, rows, at), 'law')
    after = last.row.projectNo
    return rows.length
  }
  const nextTurns = async (cases: number): Promise<number> => {
    const at = line.now()
    const due = await line.records.due(at, cases)
    if (due.length === 0) return 0
    const batch = emptyBatch(at)
    if (due.length < cases) batch.turnedTo = at
    await line.finish(batch, await judgedAgain(line, due, at), 'clock')
    return due.length
  }
  return {
    isLeft: () => after !== null,
    isWanted: (queued) => after !== null && (queued === 0 || mono() - rested >= LONGEST_REST_MS),
    state: () => ({ rejudging: after !== null, rebuilding, longestSliceMs: Math.round(longestSliceMs) }),
    again() {
      after = ''
      longestSliceMs = 0
    },
    async slice() {
      const from = mono()
      await paced(nextSlice)
      rested = mono()
      longestSliceMs = Math.max(longestSliceMs, rested - from)
    },
    async turns() {
      await paced(nextTurns)
      return line.records.nextTurnAt()
    },
  }
}
