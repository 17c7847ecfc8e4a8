// When a former ledger is not brought up, or not yet: each time one sentence in both languages with a code, and the ledger as it
// was to the byte. A ledger of a later Mingjing is left alone as well.

import { createHash } from 'node:crypto'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, describe, expect, it } from 'vitest'
import { explainTrouble } from '../../server/cli/trouble.ts'
import { openAlone } from '../../server/office/alone.ts'
import { bringUp } from '../../server/office/upgrade.ts'
import { takeWriterLock } from '../../server/store/sqlite/lock.ts'
import { beginLedger } from '../../server/store/sqlite/open.ts'
import { openRecords } from '../../server/store/sqlite/records.ts'
import { simulatedClock } from '../../server/supervision/clock.ts'
import { mingjing } from '../cli/run.ts'
import { bring, FORMERS, layFormer, now, Stopped, UPGRADED_AT, upgraded, upgradeUntil } from './former.ts'

const folders: string[] = []
const laid = (folder: string): string => {
  folders.push(folder)
  return folder
}
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

const ledgerOf = (folder: string): string => join(folder, 'ledger.sqlite')
const digestOf = (folder: string): string =>
  createHash('sha256')
    .update(readFileSync(ledgerOf(folder)))
    .digest('hex')

const MEGABYTE = 1024 * 1024

const change = (folder: string, sql: string): void => {
  const db = new Database(ledgerOf(folder))
  try {
    db.exec(sql)
  } finally {
    db.close()
  }
}

const refused = async (does: () => Promise<unknown>) => {
  const error: unknown = await does().then(
    () => null,
    (thrown: unknown) => thrown,
  )
  const { text, code } = explainTrouble(error)
  return { code: (error as { code?: string } | null)?.code, text, exit: code }
}

describe.each(FORMERS)('A6: a former ledger, %s', (name) => {
  it('is not begun upon where the disk has no room for the new one beside it', async () => {
    const folder = laid(layFormer(name))
    const before = digestOf(folder)
    const told = await refused(() => bring({ folder, now, free: () => MEGABYTE }))
    expect(told).toMatchObject({ code: 'upgrade_no_room', exit: 3 })
    expect(told.text).toContain('磁盘空间不足')
    expect(told.text).toMatch(/needs \d+ MB on its disk, and 1 MB are free/)
    expect(digestOf(folder)).toBe(before)
    expect(existsSync(join(folder, 'ledger.upgrade.sqlite'))).toBe(false)
  })

  it('asks for no more room when the new one is whole and has only to take its place', async () => {
    const folder = laid(layFormer(name))
    const onStep = (step: string): void => {
      if (step === 'finished') throw new Stopped()
    }
    await expect(bring({ folder, now, onStep })).rejects.toThrow(Stopped)
    expect(await bring({ folder, now, free: () => 0 })).not.toBeNull()
    expect(await bringUp(folder, { now })).toBeNull()
  })

  it.each([
    ['an entry says something else', `UPDATE entry SET body = replace(body, '"A1"', '"A3"') WHERE seq = 2`],
    ['an entry is gone', 'DELETE FROM entry WHERE seq = 3'],
    ['an entry has another source', `UPDATE entry SET source = 'north' WHERE seq = 4`],
    ['a link is another', 'UPDATE commit_link SET prev = zeroblob(32) WHERE commit_no = 5'],
    ['its end was cut', 'UPDATE stand SET seq = seq - 1'],
  ])('is refused where it is not as it was sealed: %s', async (_, sql) => {
    const folder = laid(layFormer(name))
    change(folder, sql)
    const before = digestOf(folder)
    const told = await refused(() => bringUp(folder, { now }))
    expect(told).toMatchObject({ code: 'upgrade_damaged', exit: 3 })
    expect(told.text).toContain('旧账本与其存证不符')
    expect(digestOf(folder)).toBe(before)
  })

  it('is brought up by one alone: who holds the folder is told of', async () => {
    const folder = laid(layFormer(name))
    const lock = takeWriterLock(folder)
    const told = await refused(() => bringUp(folder, { now }))
    lock.release()
    expect(told).toMatchObject({ code: 'upgrade_running', exit: 3 })
    expect(await bringUp(folder, { now })).not.toBeNull()
    expect(await bringUp(folder, { now })).toBeNull()
  })

  it('is told of by commands that only read, with what brings it up', async () => {
    const folder = laid(layFormer(name))
    const told = await refused(async () => openRecords(folder))
    expect(told).toMatchObject({ code: name === 'engine-6' ? 'store_version' : 'store_format', exit: 3 })
    expect(told.text).toContain('mingjing upgrade')
  })

  it('is brought up by `mingjing upgrade`, which has nothing to do the second time', async () => {
    const folder = laid(layFormer(name))
    const asked = ['upgrade', '--data', folder, '--clock', `${UPGRADED_AT}x0`]
    const first = await mingjing(asked)
    expect(first.code).toBe(0)
    expect(first.out).toMatch(/The ledger was (?:upgraded from format [12]|judged by engine 6)/)
    expect((await mingjing(asked)).out).toContain('there is nothing to upgrade')
    expect((await mingjing(['audit', '--data', folder])).code).toBe(0)
  })
})

describe('A6: a former ledger that somebody reads', () => {
  it('waits with taking its place while somebody reads the former one, and goes on when asked again', async () => {
    const folder = laid(layFormer('format-1'))
    // given a log beside the ledger, and somebody in the middle of reading
    change(folder, 'PRAGMA journal_mode = wal')
    const reading = new Database(ledgerOf(folder), { readonly: true })
    reading.exec('BEGIN')
    reading.prepare('SELECT count(*) FROM entry').get()
    change(folder, 'PRAGMA wal_autocheckpoint = 0; CREATE TABLE passing (n INTEGER); DROP TABLE passing')
    const told = await refused(() => bringUp(folder, { now }))
    reading.close()
    expect(told).toMatchObject({ code: 'upgrade_busy', exit: 3 })
    expect(await bringUp(folder, { now })).not.toBeNull()
  })
})

describe('A6: a ledger of a later Mingjing', () => {
  it('is refused in a sentence and left alone', async () => {
    const folder = laid(layFormer('format-1'))
    rmSync(ledgerOf(folder))
    beginLedger(folder)
    change(folder, 'PRAGMA user_version = 399')
    const before = digestOf(folder)
    const told = await refused(async () => beginLedger(folder))
    expect(told).toMatchObject({ code: 'store_version', exit: 3 })
    expect(told.text).toContain('newer Mingjing')
    expect(digestOf(folder)).toBe(before)
  })
})

describe('A6: a ledger that a newer engine judged', () => {
  it('is refused in a sentence by whoever would write, and left alone', async () => {
    const folder = laid(await upgraded('format-1'))
    change(folder, 'UPDATE commit_link SET engine = 999')
    const before = digestOf(folder)
    for (const does of [() => bringUp(folder, { now }), () => openAlone(folder, simulatedClock(now(), 0))]) {
      const told = await refused(does)
      expect(told).toMatchObject({ code: 'store_engine', exit: 3 })
      expect(told.text).toContain('engine 999')
    }
    expect(digestOf(folder)).toBe(before)
  })

  it('of an earlier one is opened by none that would write before it is brought up', async () => {
    const folder = laid(layFormer('engine-6'))
    const told = await refused(() => openAlone(folder, simulatedClock(now(), 0)))
    expect(told).toMatchObject({ code: 'store_version', exit: 3 })
    expect(told.text).toContain('mingjing upgrade')
  })
})

describe.each(FORMERS)('A6: keys beside a former ledger, %s', (name) => {
  it('are given without touching it', async () => {
    const folder = laid(layFormer(name))
    const before = digestOf(folder)
    const added = await mingjing(['key', 'add', '--data', folder, '--source', 'east', '--json'])
    expect(added.code).toBe(0)
    expect(digestOf(folder)).toBe(before)
  })
})

describe('A6: what stays after a stop', () => {
  it('takes no other room than was asked for, and none when it is done', async () => {
    const folder = laid(layFormer('format-1'))
    await upgradeUntil(folder, { after: 12, items: 2 })
    expect(existsSync(join(folder, 'ledger.upgrade.sqlite'))).toBe(true)
    await bringUp(folder, { now })
    expect(existsSync(join(folder, 'ledger.upgrade.sqlite'))).toBe(false)
  })
})
