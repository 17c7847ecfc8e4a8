// Single bits of the file of a ledger: found, or nothing reads otherwise; nothing throws (A4, S10).

import { rmSync } from 'node:fs'
import { expect, it } from 'vitest'
import { auditLedger } from '../../server/supervision/audit/ledger.ts'
import { flip, replayOf } from './flips.ts'
import { inCopy, openFile } from './forging.ts'
import { writeLedger } from './ledger.ts'

const USED = 80
const ANYWHERE = 20

it('A4: bits turned over one by one, where a page says something and anywhere: found, or every row reads as before [S10]', async () => {
  const folder = await writeLedger()
  const replayed = await replayOf(folder)
  try {
    const seed = 20_261_130
    const used = await flip(folder, replayed, { count: USED, seed, where: 'used' })
    expect(used).toMatchObject({ unseen: [], thrown: [] })
    expect(used.found + used.equal).toBe(USED)
    // the rest may be fragments of a few bytes between cells, which no list of the page tells
    expect(used.found).toBeGreaterThanOrEqual(USED * 0.97)
    const anywhere = await flip(folder, replayed, { count: ANYWHERE, seed, where: 'anywhere' })
    expect(anywhere).toMatchObject({ unseen: [], thrown: [] })
    expect(anywhere.found + anywhere.equal).toBe(ANYWHERE)
    // what the audit cannot read is told as damage, and never thrown
    const unread = await inCopy(folder, async (copy) => {
      const db = openFile(copy)
      db.prepare(`UPDATE cases SET state = '{' WHERE id = 1`).run()
      db.prepare(`UPDATE entry SET body = '{' WHERE seq = 2`).run()
      db.close()
      return auditLedger(copy)
    })
    expect(unread.count).toBeGreaterThan(0)
  } finally {
    replayed.close()
    rmSync(folder, { recursive: true, force: true })
  }
})
