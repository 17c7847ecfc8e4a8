// SQLite keeps the law book of the store port, and what only a file can break: locks, versions, damage, restarts.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sealBatch } from '../../server/evidence/seal.ts'
import type { Ledger } from '../../server/store/port.ts'
import { openKeys } from '../../server/store/sqlite/keys.ts'
import { ledgerOver } from '../../server/store/sqlite/ledger.ts'
import { takeWriterLock } from '../../server/store/sqlite/lock.ts'
import { LEDGER_FILE, openToWrite } from '../../server/store/sqlite/open.ts'
import { packBatch } from '../../server/store/sqlite/pack.ts'
import { openRecords } from '../../server/store/sqlite/records.ts'
import { openWriter } from '../../server/store/sqlite/writer.ts'
import { describeStore } from './contract.ts'
import { at, batch, caseRow, fact } from './rows.ts'

const newFolder = () => mkdtempSync(join(tmpdir(), 'mingjing-store-'))

describeStore('SQLite', async () => {
  const folder = newFolder()
  const ledger = ledgerOver(openWriter(folder), sealBatch)
  const [records, keys] = [openRecords(folder), openKeys(folder)]
  const others: Ledger[] = []
  return {
    ledger,
    records,
    keys,
    second() {
      const other = ledgerOver(
        openWriter(folder, {}, () => ({ release: () => undefined })),
        sealBatch,
      )
      others.push(other)
      return other
    },
    async close() {
      for (const other of others) await other.close()
      await Promise.all([records.close(), keys.close()])
      await ledger.close()
      rmSync(folder, { recursive: true })
    },
  }
})

describe('a folder of SQLite files', () => {
  let folder: string
  beforeEach(() => {
    folder = newFolder()
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  it('A6: a second writer on the same folder is refused until the first is gone; reading is not', async () => {
    const first = openWriter(folder)
    expect(() => openWriter(folder)).toThrow(expect.objectContaining({ code: 'writer_locked' }))
    expect(() => takeWriterLock(folder)).toThrow(expect.objectContaining({ code: 'writer_locked' }))
    await openRecords(folder).close()
    first.close()
    openWriter(folder).close()
  })

  it('I4: the writing connection syncs its log in full and checkpoints only when told', () => {
    const connection = openToWrite(folder, LEDGER_FILE, 1)
    const pragmas = ['journal_mode', 'synchronous', 'wal_autocheckpoint']
    expect(pragmas.map((name) => connection.pragma(name, { simple: true }))).toEqual(['wal', 2, 0])
    connection.close()
    const writer = openWriter(folder)
    const { sealed } = sealBatch(packBatch(batch({ facts: [fact('e1')] })), writer.tip())
    writer.commit(packBatch(batch({ facts: [fact('e1')] })), sealed)
    expect(writer.logPages()).toBeGreaterThan(0)
    writer.rest({ flows: 1, pages: 0 })
    expect(writer.logPages()).toBe(0)
    writer.close()
  })

  it('A4: after a restart the chain goes on where it ended, over the edge of a tile too', async () => {
    const ids = Array.from({ length: 300 }, (_, i) => fact(`e${i}`))
    let ledger = ledgerOver(openWriter(folder), sealBatch)
    const first = await ledger.commit(batch({ facts: ids.slice(0, 200) }))
    await ledger.commit(batch({ facts: ids.slice(200) }))
    await ledger.close()
    const writer = openWriter(folder)
    expect(writer.tip()).toMatchObject({ seq: 300 })
    expect(writer.tip().frontier.map((hashes) => hashes.length / 32)).toEqual([44, 1])
    ledger = ledgerOver(writer, sealBatch)
    expect(first).toEqual({ commit: 1, firstSeq: 1, lastSeq: 200 })
    expect(await ledger.commit(batch({ facts: [fact('z')] }))).toEqual({ commit: 3, firstSeq: 301, lastSeq: 301 })
    await ledger.close()
  })

  it('A4: a batch sealed on another tip is refused and leaves nothing', () => {
    const writer = openWriter(folder)
    const one = batch({ facts: [fact('e1')], cases: [caseRow('P1')] })
    const { sealed } = sealBatch(packBatch(one), { commit: 0, seq: 0, link: new Uint8Array(32).fill(1), frontier: [] })
    expect(() => writer.commit(packBatch(one), sealed)).toThrow(expect.objectContaining({ code: 'chain_mismatch' }))
    expect(writer.head()).toMatchObject({ commit: 0, seq: 0, cases: 0 })
    writer.close()
  })

  it('A6: a missing, a newer and a damaged file are each refused by name', () => {
    expect(() => openRecords(folder)).toThrow(expect.objectContaining({ code: 'store_missing' }))
    openWriter(folder).close()
    const file = new Database(join(folder, 'ledger.sqlite'))
    file.pragma('user_version = 999')
    file.close()
    expect(() => openWriter(folder)).toThrow(expect.objectContaining({ code: 'store_version' }))
    expect(() => openRecords(folder)).toThrow(expect.objectContaining({ code: 'store_version' }))
    writeFileSync(join(folder, 'ledger.sqlite'), 'x'.repeat(8192))
    expect(() => openWriter(folder)).toThrow(expect.objectContaining({ code: 'store_corrupt' }))
    rmSync(join(folder, 'ledger.sqlite'))
    openWriter(folder).close()
  })

  it('A6: records cannot write, whatever they are asked', async () => {
    const writer = openWriter(folder)
    const records = openRecords(folder)
    const odd = { limit: 5, after: '1; DELETE FROM cases; --' }
    await expect(records.listCases(odd)).rejects.toThrow('no cursor')
    expect((await records.head()).at).toBeNull()
    const { sealed, tip } = sealBatch(packBatch(batch({ at: at(1) })), writer.tip())
    writer.commit(packBatch(batch({ at: at(1) })), sealed)
    expect([(await records.head()).at, tip.seq]).toEqual([at(1), 0])
    await records.close()
    writer.close()
  })
})
