// Cases judged again without a new fact: those whose turn has come (J4), and, in slices, those of another law or
// engine (J6). Slices go between batches, so that no request waits for the whole.

import { ENGINE_VERSION } from '../core/case/fold.ts'
import { type CaseBefore, planAfresh, planRefold } from '../core/plan.ts'
import type { StoredCase } from '../store/port.ts'
import type { Line } from './line.ts'
import { factsByHome } from './numbers.ts'
import { beforeOf, emptyBatch, factsOfCases } from './rows.ts'

const befores = (rows: readonly StoredCase[]): Map<string, CaseBefore> =>
  new Map(rows.map((stored) => [stored.row.projectNo, beforeOf(stored)]))

/** Takes at most `most` due turns; whether all were taken. */
export const takeTurns = async (line: Line, most: number): Promise<boolean> => {
  const at = line.now()
  const due = await line.records.due(at, most)
  const all = due.length < most
  if (due.length > 0) {
    const batch = emptyBatch(at)
    if (all) batch.turnedTo = at
    await line.finish(batch, planAfresh(befores(due), line.judging('clock', at)), 'clock')
  }
  return all
}

/** Judges the next slice of cases of another law or engine; the case to go on after, or null when none is left. */
export const judgeSlice = async (line: Line, after: string, most: number): Promise<string | null> => {
  const rows = await line.records.stale(line.law.version, ENGINE_VERSION, after, most)
  const last = rows[rows.length - 1]
  if (last === undefined) return null
  const at = line.now()
  const refold = rows.filter(({ row }) => row.engine !== ENGINE_VERSION || row.apart !== null)
  const afresh = rows.filter(({ row }) => row.engine === ENGINE_VERSION && row.apart === null)
  const changes = planAfresh(befores(afresh), line.judging('law', at))
  if (refold.length > 0) {
    const homes = refold.map(({ row }) => row.projectNo)
    const facts = await factsByHome(line.records, line.numbers, homes)
    changes.push(...planRefold(befores(refold), factsOfCases(facts), line.judging('law', at)))
  }
  await line.finish(emptyBatch(at), changes, 'law')
  return last.row.projectNo
}
