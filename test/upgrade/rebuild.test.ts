// A ledger that an earlier engine wrote, rebuilt by taking its steps again: what is sealed is the same to the byte and goes on,
// what is derived is made anew by this engine, and the audit's replay proves all of it from the first step on.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ENGINE_VERSION } from '../../server/core/case/fold.ts'
import { auditFolder, verifyFolder } from '../../server/office/proof.ts'
import { bringUp } from '../../server/office/upgrade.ts'
import type { Batch, Ledger } from '../../server/store/port.ts'
import { emptyBatch } from '../../server/supervision/rows.ts'
import { openDisk } from '../audit/ledger.ts'
import { instant, openSupervisorOn } from '../supervision/house.ts'
import { stepsOf } from '../supervision/scene.ts'
import { wholeOf } from './former.ts'

const EARLIER = 1
const BEGUN_AT = '2026-09-14T10:00:00+08:00'
const REBUILT_AT = instant('2026-11-02T09:00:00+08:00')
const now = () => REBUILT_AT

let folder = ''
let before: ReturnType<typeof wholeOf>
let after: ReturnType<typeof wholeOf>

const SEALED = ['entry', 'commit_link', 'tile']
/** Moves with every commit, and more has come. */
const GOES_ON = ['stand']

/** Every kind of step, taken by this code under the number of an earlier engine. */
const writeEarlier = async (): Promise<void> => {
  const disk = openDisk(folder)
  const asEarlier = (batch: Batch): Batch => ({ ...batch, step: { ...batch.step, engine: EARLIER } })
  const ledger: Ledger = {
    lease: disk.store.lease,
    commit: (batch, claim) => disk.store.commit(asEarlier(batch), claim),
    close: async () => undefined,
  }
  const house = await openSupervisorOn(disk.store, BEGUN_AT, { ledger })
  for (const { act } of stepsOf(async () => 'T-02.case.C1.promise')) {
    await house.moveTo('2026-09-24T09:00:00+08:00')
    await act(house)
    await house.supervisor.settled()
  }
  const { version } = house.supervisor.law
  const at = house.supervisor.now()
  await house.close()
  // a move on a card that this engine does not find: what was said stays, and nothing comes of it
  const batch = emptyBatch(at, 'move', '王晓峰')
  const said = { at, by: '王晓峰', card_id: 'T-02.case.NONE.promise', move: 'explain', signed_by: null, why: '停电' }
  batch.inputs.push({ kind: 'move', by: '王晓峰', body: JSON.stringify({ ...said, n: 2, state: 'explained' }) })
  batch.step.law = version
  await ledger.commit(batch)
  await disk.close()
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mingjing-rebuild-'))
  await writeEarlier()
  before = wholeOf(folder)
  expect((await auditFolder(folder)).replay).toMatchObject({ foreign: 1 })
  expect((await bringUp(folder, { now }))?.rebuilt).toMatchObject({
    from: EARLIER,
    kept: `ledger.engine-${EARLIER}.sqlite`,
  })
  after = wholeOf(folder)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('a ledger of an earlier engine, rebuilt', () => {
  it('A4: bears every entry, link and hash as it bore them, and more behind them', () => {
    for (const table of SEALED) {
      const was = before[table] ?? []
      expect((after[table] ?? []).slice(0, was.length)).toEqual(was)
    }
    expect(after.commit_link?.length).toBeGreaterThan(before.commit_link?.length ?? 0)
  })

  it('M7: made by the same rules, everything derived is the same row by row, whatever was said of no card', () => {
    for (const [table, rows] of Object.entries(before))
      if (!SEALED.includes(table) && !GOES_ON.includes(table))
        expect({ table, rows: after[table] }).toEqual({ table, rows })
  })

  it('A4 M7: is verified whole, and replayed from its first step on', async () => {
    expect(await verifyFolder(folder)).toMatchObject({ count: 0 })
    const audit = await auditFolder(folder)
    expect(audit.replay).toMatchObject({ foreign: 0, findings: [], commits: after.commit_link?.length })
    expect(audit).toMatchObject({ count: 0 })
  })

  it('A4: holds against a checkpoint that was kept before it', async () => {
    const kept = join(folder, `ledger.engine-${EARLIER}.sqlite`)
    const db = new Database(kept, { readonly: true })
    const stand = db.prepare('SELECT commit_no AS "commit", seq, link FROM stand').get() as {
      commit: number
      seq: number
      link: Buffer
    }
    db.close()
    const { verdict } = await verifyFolder(folder)
    const chain = { commit: stand.commit, link: stand.link }
    const root = verdict?.root ?? new Uint8Array(0)
    const against = { size: verdict?.size ?? 0, root, chain }
    expect(await verifyFolder(folder, { against })).toMatchObject({ count: 0 })
    const other = { ...against, chain: { ...chain, link: Buffer.alloc(32) } }
    expect((await verifyFolder(folder, { against: other })).count).toBe(1)
  })

  it('A4: a row changed since is found, though an earlier engine took the step that made it', async () => {
    const db = new Database(join(folder, 'ledger.sqlite'))
    const { id, level } = db.prepare('SELECT id, level FROM card ORDER BY id LIMIT 1').get() as {
      id: number
      level: number
    }
    try {
      db.prepare('UPDATE card SET level = 0 WHERE id = ?').run(id)
      expect((await auditFolder(folder)).replay?.findings).toMatchObject([{ table: 'card', column: 'level' }])
    } finally {
      db.prepare('UPDATE card SET level = ? WHERE id = ?').run(level, id)
      db.close()
    }
  })

  it('J6: is this engine’s own now: there is nothing more to do', async () => {
    expect(ENGINE_VERSION).toBeGreaterThan(EARLIER)
    expect(await bringUp(folder, { now })).toBeNull()
  })
})
