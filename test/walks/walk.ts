// Walks (M7, A4, F2): steps that people, sources, the clock and the law can take, in a random seeded order, on a ledger's file.
// After every step the ledger verifies and its replay, caught up with the step, says the same in every column; at the end the
// recount is clean as well, and a fresh store fed the same facts in another order has the same cases.
// Steps stand in steps.ts, one maker a kind: a new kind of step is one row there.

import { rmSync } from 'node:fs'
import { readFact } from '../../server/core/case/read.ts'
import { asInstant } from '../../server/core/time/instant.ts'
import { verifyStore } from '../../server/evidence/verify.ts'
import { openMemory } from '../../server/store/memory/store.ts'
import type { CaseRow, Records } from '../../server/store/port.ts'
import { openFrozen } from '../../server/store/sqlite/frozen.ts'
import { openScratch } from '../../server/store/sqlite/scratch.ts'
import { openTrail } from '../../server/store/sqlite/trail.ts'
import type { EntryRow } from '../../server/store/trail.ts'
import { openReplay } from '../../server/supervision/audit/replay.ts'
import { auditStore } from '../../server/supervision/audit.ts'
import { openDisk } from '../audit/ledger.ts'
import { seeded } from '../plan/city.ts'
import { openSupervisorOn } from '../supervision/house.ts'
import { begin, STEPS, type Walker, type WalkStep } from './steps.ts'

export interface WalkResult {
  /** What was done, in order. */
  readonly steps: readonly string[]
  /** What was amiss and after which step; empty: nothing. */
  readonly findings: readonly string[]
}

const START = '2026-04-20T09:00:00+08:00'

const verified = async (folder: string): Promise<string[]> => {
  const trail = openTrail(folder)
  const { findings } = await verifyStore(trail)
  await trail.close()
  return findings.map(({ kind, seq, detail }) => `verify ${kind} ${seq} ${detail}`)
}

/** What of a case hangs on its facts alone. */
const factual = (row: CaseRow): string => {
  const { projectNo, state, status, dueAt, inHand, nextTurnAt, region, department, item, source, window } = row
  return JSON.stringify({
    projectNo,
    state,
    status,
    dueAt,
    inHand,
    nextTurnAt,
    region,
    department,
    item,
    source,
    window,
  })
}

const casesOf = async (records: Records): Promise<Map<string, string>> => {
  const rows = (await records.stale(-1, -1, '', 10_000)).filter(({ row }) => row.status !== 'void')
  return new Map(rows.map(({ row }) => [row.projectNo, factual(row)]))
}

const entriesOf = async (folder: string): Promise<EntryRow[]> => {
  const trail = openTrail(folder)
  const entries = await trail.entries(0, 100_000)
  await trail.close()
  return entries
}

/** A fresh store given the same law and joinings, and the facts in another order. */
const fresh = async (walker: Walker, folder: string): Promise<string[]> => {
  const store = openMemory()
  const house = await openSupervisorOn(store, START)
  const entries = await entriesOf(folder)
  house.clock.set(walker.house.supervisor.now())
  for (const { kind, body, source } of entries)
    if (kind === 'law') await house.supervisor.loadCatalogue(JSON.parse(body) as Record<string, unknown>, body, source)
  const facts = entries.filter(({ kind }) => kind === 'fact')
  for (let i = facts.length - 1; i > 0; i--) {
    const j = Math.floor(walker.random() * (i + 1))
    ;[facts[i], facts[j]] = [facts[j] as EntryRow, facts[i] as EntryRow]
  }
  for (const { source, body, personal, historical } of facts) {
    const fact = readFact(body, historical === null ? null : asInstant(historical))
    await house.supervisor.ingest([{ fact, body, personal }], [null], { source, by: source })
  }
  for (const { kind, body } of entries) {
    if (kind !== 'alias') continue
    const { alias, project_no: home, joined, by, why } = JSON.parse(body)
    await house.supervisor.join({ alias, home, joined }, { by, why })
  }
  await house.supervisor.settled()
  const [is, should] = [await casesOf(walker.disk.store), await casesOf(store)]
  await house.close()
  const odd = [...new Set([...is.keys(), ...should.keys()])].filter((no) => is.get(no) !== should.get(no))
  return odd.map((no) => `fresh ${no}: ${is.get(no) ?? 'no case'} ≠ ${should.get(no) ?? 'no case'}`)
}

/** A step by its weight. */
const drawn = (walker: Walker): WalkStep => {
  let left = walker.random() * STEPS.reduce((sum, { weight }) => sum + weight, 0)
  for (const step of STEPS) {
    left -= step.weight
    if (left < 0) return step
  }
  return STEPS[0] as WalkStep
}

/** Walks so many steps; stops at the first that leaves something amiss. */
export const walk = async (seed: number, count: number): Promise<WalkResult> => {
  const disk = openDisk()
  const walker: Walker = {
    random: seeded(seed),
    disk,
    house: await openSupervisorOn(disk.store, START),
    events: [],
    cases: [],
    n: 0,
  }
  const scratch = openScratch()
  const steps: string[] = []
  const findings: string[] = []
  try {
    await begin(walker)
    const replay = openReplay(scratch)
    for (let i = 0; i < count && findings.length === 0; i++) {
      const step = drawn(walker)
      steps.push(`${step.name}: ${(await step.take(walker)) ?? ''}`)
      await walker.house.supervisor.settled()
      findings.push(...(await verified(disk.folder)))
      const frozen = openFrozen(disk.folder)
      const { findings: found } = await replay.catchUp(frozen)
      frozen.close()
      findings.push(...found.map((each) => JSON.stringify(each)))
    }
    const { findings: recount } = await auditStore({ records: disk.store })
    findings.push(...recount.map((each) => JSON.stringify(each)))
    if (findings.length === 0) findings.push(...(await fresh(walker, disk.folder)))
  } catch (error) {
    findings.push(error instanceof Error ? (error.stack ?? error.message) : String(error))
  } finally {
    scratch.close()
    await walker.house.close()
    await disk.close()
    rmSync(disk.folder, { recursive: true, force: true })
  }
  return { steps, findings }
}
