// The sums of the quarantine, and what was resolved (I5, I6): alike in both stores, and brought up from an older file.

import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, describe, expect, it } from 'vitest'
import { sealBatch } from '../../server/evidence/seal.ts'
import { openMemory } from '../../server/store/memory/store.ts'
import type { Ledger, Records } from '../../server/store/port.ts'
import { ledgerOver } from '../../server/store/sqlite/ledger.ts'
import { LEDGER_FILE } from '../../server/store/sqlite/open.ts'
import { openRecords } from '../../server/store/sqlite/records.ts'
import { openWriter } from '../../server/store/sqlite/writer.ts'
import { at, batch } from './rows.ts'

const closers: (() => Promise<unknown> | unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

const newFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'mingjing-held-'))
  closers.push(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

const openSqlite = (folder = newFolder()): { ledger: Ledger; records: Records } => {
  const ledger = ledgerOver(openWriter(folder), sealBatch)
  const records = openRecords(folder)
  closers.push(() => ledger.close())
  closers.push(() => records.close())
  return { ledger, records }
}

const STORES = [
  [
    'memory',
    () => {
      const store = openMemory()
      return { ledger: store as Ledger, records: store as Records }
    },
  ],
  ['SQLite', () => openSqlite()],
] as const

const refused = (source: string, raw: string, code = 'bad_json') => ({
  at: at(0),
  source,
  eventId: null,
  projectNo: null,
  code,
  field: null,
  message: 'm',
  raw,
  importNo: null,
  rowNo: null,
})

describe.each(STORES)('the quarantine kept by %s', (_, open) => {
  it('I6: resolves a range of one source and code, counts it, and lets only the resolved go', async () => {
    const { ledger, records } = open()
    const rows = [refused('a', '长'), refused('b', 'xx'), refused('a', 'y', 'bad_field'), refused('a', 'z')]
    await ledger.commit(batch({ quarantine: rows }))
    expect(await records.quarantineCounts()).toEqual([
      { source: 'a', rows: 3, bytes: 5, resolved: 0 },
      { source: 'b', rows: 1, bytes: 2, resolved: 0 },
    ])
    const resolved = [{ source: 'a', from: 1, upTo: 4, code: 'bad_json', how: 'dismissed' as const }]
    await ledger.commit(batch({ at: at(1), quarantineSteps: { gone: [], resolved } }))
    await ledger.commit(batch({ at: at(2), quarantineSteps: { gone: [], resolved } }))
    expect((await records.quarantineCounts())[0]).toEqual({ source: 'a', rows: 3, bytes: 5, resolved: 2 })
    // the newest of all is never offered, for its number would be given again
    expect(await records.quarantineOldest('a', 9)).toEqual([{ id: 1, bytes: 3 }])
    await ledger.commit(batch({ at: at(3), quarantineSteps: { gone: [1, 2, 3], resolved: [] } }))
    expect(await records.quarantineCounts()).toEqual([
      { source: 'a', rows: 2, bytes: 2, resolved: 1 },
      { source: 'b', rows: 1, bytes: 2, resolved: 0 },
    ])
    const kept = (await records.quarantine({ limit: 9 })).rows
    expect(kept.map(({ id, resolvedAt, resolution }) => [id, resolvedAt, resolution])).toEqual([
      [4, at(1), 'dismissed'],
      [3, null, null],
      [2, null, null],
    ])
    expect((await records.quarantine({ limit: 1, after: 'n4', source: 'a' })).rows.map(({ id }) => id)).toEqual([3])
  })
})

it('A6: a ledger of before what waits knew its import is brought up: its rows wait as rows of no import', async () => {
  const folder = newFolder()
  const db = new Database(join(folder, 'ledger.sqlite'))
  for (const sql of LEDGER_FILE.steps.slice(0, 2)) db.exec(sql)
  db.exec(`INSERT INTO quarantine (id, at, source, project_no, code, message, raw)
    VALUES (1, 0, 's', 'P1', 'row_waits', 'm', '{"org_code":"D1"}'), (2, 0, 's', 'P1', 'row_waits', 'm', '{"org_code":"D1"}')`)
  db.exec(`INSERT INTO quarantine_held VALUES ('s', 2, 34, 0)`)
  db.pragma(`user_version = ${LEDGER_FILE.base + 2}`)
  db.close()
  const { records } = openSqlite(folder)
  expect((await records.quarantine({ limit: 9 })).rows).toEqual([
    expect.objectContaining({ id: 2, importNo: null, rowNo: null }),
    expect.objectContaining({ id: 1, importNo: null, rowNo: null }),
  ])
  expect(await records.waitingRows()).toEqual([{ source: 's', unit: 'D1', rows: 1 }])
  expect((await records.waitingBeside(1)).map(({ id }) => id)).toEqual([1])
})

it('A6: a ledger of the former format is refused in a sentence, by who reads and by who writes, and left as it is', () => {
  const folder = join(newFolder(), 'old')
  mkdirSync(folder)
  const db = new Database(join(folder, 'ledger.sqlite'))
  db.exec('CREATE TABLE quarantine (id INTEGER PRIMARY KEY)')
  db.pragma('user_version = 3')
  db.close()
  for (const open of [openRecords, openWriter]) {
    expect(() => open(folder)).toThrow(expect.objectContaining({ code: 'store_format' }))
  }
  const after = new Database(join(folder, 'ledger.sqlite'))
  expect(after.pragma('user_version', { simple: true })).toBe(3)
  after.close()
})
