// A commit that fails (S1, A6): whatever commit it is, and at whatever point within it, nothing is left in memory that is
// not stored. Every commit of a short week fails in turn; each time the line afterwards knows what a fresh start on the
// same store knows, whoever waited is told, what was answered is kept, and service resumes by itself.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { verifyStore } from '../../server/evidence/verify.ts'
import { inEpochs } from '../../server/store/epochs.ts'
import { openMemory } from '../../server/store/memory/store.ts'
import type { Batch, Ledger, Records } from '../../server/store/port.ts'
import { openTrail } from '../../server/store/sqlite/trail.ts'
import { StoreError } from '../../server/store/trouble.ts'
import { openAhead } from '../../server/supervision/ahead.ts'
import { QUARANTINE_BOUNDS } from '../../server/supervision/room.ts'
import { openThreads } from '../../server/supervision/threads.ts'
import { Unstored } from '../../server/supervision/unstored.ts'
import { openSupervisorOn, type SupervisorHouse } from './house.ts'
import { stepsOf } from './scene.ts'

const MONDAY = '2026-09-21T09:00:00+08:00'
const NUMBERS = ['C1', 'C2', 'C3', 'C4', 'C9']

/** What the line knows, and what a fresh start on the same store knows. */
const known = ({ supervisor }: SupervisorHouse) => ({
  law: supervisor.law.version,
  homes: NUMBERS.map((no) => supervisor.homeOf(no)),
  delivered: [...supervisor.delivered],
  apart: supervisor.state().apart,
})
const knownAfresh = async (records: Records) => {
  const ahead = await openAhead(records, { cachedCases: 100, quarantine: QUARANTINE_BOUNDS })
  return {
    law: ahead.law.version,
    homes: NUMBERS.map((no) => ahead.numbers.homeOf(no)),
    delivered: [...ahead.deliveries.delivered],
    apart: ahead.apart.size,
  }
}

/** All that a store has of cases, cards and quarantine, without what history may tell otherwise. */
const contentOf = async (records: Records) => {
  const stored = await records.cases(NUMBERS)
  const cases = [...stored].map(([no, { row, cards }]) => [no, row.status, row.level, row.dueAt, row.flows, cards])
  const { rows } = await records.quarantine({ limit: 10 })
  return { cases, quarantine: rows.map(({ code, raw }) => [code, raw]), numbers: await records.aliases() }
}

const cardOfC1 = async (records: Records): Promise<string> => {
  const { rows } = await records.listCards({ rule: 'T-02', projectNos: ['C1'], limit: 1 })
  return rows[0]?.card.cardId ?? ''
}

interface Played {
  /** The steps that were not taken at first. */
  readonly failed: readonly string[]
}

/** Plays the week; a step that was not taken is done again once the store takes something. `mend` repairs the store. */
const play = async (at: SupervisorHouse, records: Records, mend: () => void): Promise<Played> => {
  const failed: string[] = []
  for (const { name, act } of stepsOf(() => cardOfC1(records))) {
    const told = await act(at).then(
      () => null,
      (error: unknown) => error,
    )
    if (told === null) continue
    expect(told).toBeInstanceOf(Unstored)
    failed.push(name)
    await at.supervisor.between(async () => expect(known(at)).toEqual(await knownAfresh(records)))
    expect(at.supervisor.state().withheld).toBe((told as Unstored).code)
    await expect(at.take(at.event('RECEIVE', 'C8'))).rejects.toMatchObject({ retryAfterS: 1 })
    mend()
    await vi.waitFor(() => expect(at.supervisor.state().withheld).toBeNull(), { timeout: 20_000 })
    await act(at)
  }
  await at.supervisor.settled()
  return { failed }
}

/** A memory store whose commit number `nth` fails; what is on its way behind it is then refused as by the real one. */
const failingAt = (nth: number) => {
  const store = openMemory()
  let n = 0
  let fails = nth
  const guarded = inEpochs((batch: Batch) => {
    n += 1
    if (n >= fails) throw new StoreError('store_full', 'no room')
    return store.commit(batch)
  })
  const ledger: Ledger = {
    commit: async (batch) => {
      await new Promise((done) => setImmediate(done))
      return guarded(batch)
    },
    close: async () => undefined,
  }
  const mend = (): void => {
    fails = Number.POSITIVE_INFINITY
  }
  return { store, ledger, mend }
}

const LIMITS = { batchEvents: 1, probeMs: 1 }

const playFailingAt = async (nth: number) => {
  const { store, ledger, mend } = failingAt(nth)
  const at = await openSupervisorOn(store, MONDAY, { ledger, limits: LIMITS })
  const { failed } = await play(at, store, mend)
  const report = await at.audit()
  await at.close()
  return { failed, content: await contentOf(store), findings: report.findings, broken: at.broken }
}

describe('each commit of a week fails in turn', () => {
  it('A6: the line then knows what the store knows, and the week ends as if nothing had been [S1]', async () => {
    const whole = await playFailingAt(Number.POSITIVE_INFINITY)
    expect(whole.failed).toEqual([])
    const kinds = new Set<string>()
    let nth = 1
    for (; ; nth++) {
      const { failed, content, findings, broken } = await playFailingAt(nth)
      for (const name of failed) kinds.add(name)
      expect({ nth, findings, broken }).toEqual({ nth, findings: [], broken: [] })
      expect({ nth, cases: content.cases, quarantine: content.quarantine }).toEqual({
        nth,
        cases: whole.content.cases,
        quarantine: whole.content.quarantine,
      })
      if (failed.length === 0) break
    }
    // every kind of step was met by a failure; before there is a case, a law has nothing to settle
    const all = stepsOf(async () => '').map(({ name }) => name)
    expect(all.filter((name) => !kinds.has(name))).toEqual(['settled'])
  }, 120_000)
})

describe('a step inside the transaction fails', () => {
  let folder = ''
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  /** Makes the ledger's own database refuse to write a table, from a connection beside the writer's. */
  const breaking = (db: Database.Database, table: string) => ({
    break: () =>
      db.exec(
        `CREATE TRIGGER broken_i BEFORE INSERT ON ${table} BEGIN SELECT RAISE(ABORT, 'broken'); END;
         CREATE TRIGGER broken_u BEFORE UPDATE ON ${table} BEGIN SELECT RAISE(ABORT, 'broken'); END;`,
      ),
    mend: () => db.exec('DROP TRIGGER IF EXISTS broken_i; DROP TRIGGER IF EXISTS broken_u'),
  })

  /** Tables that a request with facts writes, and what a rejection writes; a step is taken at the first it does not. */
  const WRITTEN = ['stand', 'source_seen', 'entry', 'commit_link', 'cases', 'flow', 'card', 'card_move']
  const tablesOf = (name: string): readonly string[] =>
    name === 'a rejection' ? ['quarantine', 'stand'] : name === 'law' ? ['stand', 'entry', 'commit_link'] : WRITTEN

  it('A6: whatever table it is, nothing of the commit is kept, and verify and audit find nothing [S1]', async () => {
    folder = mkdtempSync(join(tmpdir(), 'mingjing-unstored-'))
    const { ledger, reader } = await openThreads(folder, (error) => {
      throw error
    })
    const db = new Database(join(folder, 'ledger.sqlite'))
    const at = await openSupervisorOn({ ...reader, ...ledger }, MONDAY, { ledger, limits: LIMITS })
    const met: string[] = []
    for (const { name, act } of stepsOf(() => cardOfC1(reader))) {
      let told: unknown = null
      for (const table of tablesOf(name)) {
        const fault = breaking(db, table)
        fault.break()
        told = await act(at).then(
          () => null,
          (error: unknown) => error,
        )
        fault.mend()
        if (told === null) break
        expect(told).toBeInstanceOf(Unstored)
        met.push(table)
        await at.supervisor.between(async () => expect(known(at)).toEqual(await knownAfresh(reader)))
        await vi.waitFor(() => expect(at.supervisor.state().withheld).toBeNull(), { timeout: 20_000 })
      }
      if (told !== null) await act(at)
    }
    await at.supervisor.settled()
    expect([...new Set(met)].sort()).toEqual(['quarantine', ...WRITTEN].sort())
    expect((await at.audit()).findings).toEqual([])
    expect(at.broken).toEqual([])
    db.close()
    await at.close()
    await ledger.close()
    await reader.close()
    const trail = openTrail(folder)
    expect((await verifyStore(trail)).findings).toEqual([])
    await trail.close()
  }, 120_000)
})
