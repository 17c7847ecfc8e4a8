// What a ledger of format 1 may hold besides: moves that nothing comes of any more, signatures within names, rows that have left
// the quarantine, events that today's intake would refuse. Kept, told, or refused as a whole; never lost in silence.

import { rmSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, describe, expect, it } from 'vitest'
import { auditFolder, verifyFolder } from '../../server/office/proof.ts'
import { bringUp } from '../../server/office/upgrade.ts'
import { openRecords } from '../../server/store/sqlite/records.ts'
import { openDisk } from '../audit/ledger.ts'
import { mingjing } from '../cli/run.ts'
import { openSupervisorOn } from '../supervision/house.ts'
import { now, UPGRADED_AT } from './former.ts'
import { layResealed } from './resealed.ts'

const folders: string[] = []
const laid = (...sql: readonly string[]): string => {
  const folder = layResealed(...sql)
  folders.push(folder)
  return folder
}
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

const clean = async (folder: string): Promise<void> => {
  expect(await verifyFolder(folder)).toMatchObject({ count: 0 })
  expect(await auditFolder(folder)).toMatchObject({ count: 0, replay: { foreign: 0, findings: [] } })
}

const read = (folder: string, sql: string): unknown[] => {
  const db = new Database(join(folder, 'ledger.sqlite'), { readonly: true })
  try {
    return db.prepare(sql).all()
  } finally {
    db.close()
  }
}

const CLOSING = `kind = 'move' AND body LIKE '%"move":"close"%'`

describe('what format 1 may hold besides', () => {
  it('sealed again and otherwise unchanged, is the ledger that it was', async () => {
    const folder = laid()
    expect((await bringUp(folder, { now }))?.upgraded).toMatchObject({ moot: [] })
    await clean(folder)
  })

  it('C4 A4: a move on a card that is not there is kept as it was said, and told', async () => {
    const folder = laid(`UPDATE entry SET body = replace(body, 'T-02.case.A1', 'T-02.case.NONE') WHERE ${CLOSING}`)
    const [{ seq }] = read(folder, `SELECT seq FROM entry WHERE ${CLOSING}`) as [{ seq: number }]
    const told = await mingjing(['upgrade', '--data', folder, '--clock', `${UPGRADED_AT}x0`])
    expect(told.code).toBe(0)
    expect(told.out).toContain(`Entry ${seq} has no effect any more`)
    const [kept] = read(folder, `SELECT body FROM entry WHERE seq = ${seq}`) as [{ body: string }]
    expect(JSON.parse(kept.body)).toMatchObject({ card_id: 'T-02.case.NONE.promise', move: 'close', why: '说明成立' })
    const records = openRecords(folder)
    const card = await records.card('T-02.case.A1.promise')
    await records.close()
    // it was explained, and never closed
    expect(card?.card.state).toBe('explained')
    await clean(folder)
  })

  it('T12 C4: who signed and who moved, written as one name then, are two', async () => {
    const by = '"by":"陈局 (监督员甲)"'
    const folder = laid(`UPDATE entry SET body = replace(body, '"by":"监督员甲"', '${by}') WHERE ${CLOSING}`)
    await bringUp(folder, { now })
    const [move] = read(folder, `SELECT body FROM entry WHERE ${CLOSING.replace('close', 'close%')}`) as [
      { body: string },
    ]
    expect(JSON.parse(move.body)).toMatchObject({ by: '监督员甲', signed_by: '陈局' })
    await clean(folder)
  })

  it('I11 A4: an alias that joins nothing is kept as it was said, and joins nothing', async () => {
    const folder = laid(
      `UPDATE entry SET body = replace(body, '"project_no":"A5"', '"project_no":"A9"') WHERE kind = 'alias'`,
    )
    const { moot } = (await bringUp(folder, { now }))?.upgraded ?? { moot: [] }
    expect(moot).toHaveLength(2)
    const records = openRecords(folder)
    expect(await records.aliases()).toEqual([])
    await records.close()
    await clean(folder)
  })

  it('I5 I6: refused rows that have left keep their numbers from being given again', async () => {
    const folder = laid('DELETE FROM quarantine WHERE id = 1')
    await bringUp(folder, { now })
    expect(read(folder, 'SELECT id FROM quarantine ORDER BY id')).toEqual([{ id: 2 }])
    const disk = openDisk(folder)
    const house = await openSupervisorOn(disk.store, UPGRADED_AT)
    const refused = { code: 'bad_json', at: '', detail: '', eventId: 'r', projectNo: null } as const
    await house.supervisor.ingest([refused], ['{'], { source: 'east', by: 'east' })
    expect((await disk.store.quarantineCounts()).map(({ source, rows }) => [source, rows])).toEqual([['east', 2]])
    await house.close()
    await disk.close()
    expect(read(folder, 'SELECT id FROM quarantine ORDER BY id')).toEqual([{ id: 2 }, { id: 3 }])
    await clean(folder)
  })

  it('I15 I2: an event that today’s door refuses stays as it was accepted', async () => {
    const folder = laid(
      `UPDATE entry SET body = replace(body, '"occurred_at":', '"occurred_at":-2208988800000,"was":') WHERE event_id = 'e7'`,
    )
    await bringUp(folder, { now })
    const [fact] = read(folder, `SELECT body FROM entry WHERE event_id = 'e7'`) as [{ body: string }]
    expect(JSON.parse(fact.body)).toMatchObject({ occurred_at: -2_208_988_800_000 })
    await verifyFolder(folder)
    expect(await verifyFolder(folder)).toMatchObject({ count: 0 })
    // no calendar has a day for it: its case is set apart, as it would be today, and nothing else
    const audit = await auditFolder(folder)
    expect(audit.recount?.findings.filter(({ what }) => what !== 'apart')).toEqual([])
    expect(audit.replay?.findings).toEqual([])
  })

  it('I2: what is sent again in today’s words is known', async () => {
    const folder = laid(
      `UPDATE entry SET body = replace(body, '"org_code":"D1"', '"org_code":" D1 "') WHERE event_id = 'e1'`,
    )
    await bringUp(folder, { now })
    const disk = openDisk(folder)
    const house = await openSupervisorOn(disk.store, UPGRADED_AT)
    const payload = { task_code: 'five', applicant_name: '赵某某', phone: '13800000000', apply_type: '1' }
    const again = {
      ...house.event('RECEIVE', 'A1', { task_code: 'five', payload, occurred_at: '2026-09-14T09:10:00+08:00' }),
      event_id: 'e1',
    }
    expect((await house.take(again)).map(({ outcome }) => outcome)).toEqual(['known'])
    await house.close()
    await disk.close()
  })

  it('A6: a law that is refused today ends it, with its place, the ledger as it was', async () => {
    const folder = laid(
      `UPDATE entry SET body = '{"catalogue":"坏","regions":[{"name":"自含","parent":"R1","region_code":"R1"}],"valid_from":"2026-01-01"}' WHERE seq = 1`,
    )
    const told = await mingjing(['upgrade', '--data', folder, '--clock', `${UPGRADED_AT}x0`])
    expect(told.code).toBe(3)
    expect(told.err).toContain('旧账本中有一处不能转入新格式')
    expect(told.err).toContain('commit 1')
    expect(read(folder, 'PRAGMA user_version')).toEqual([{ user_version: 3 }])
  })
})
