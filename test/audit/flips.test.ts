// Single bits of the file of a ledger: found, or nothing reads otherwise; nothing throws (A4, S10).

import { rmSync } from 'node:fs'
import { expect, it } from 'vitest'
import { auditLedger } from '../../server/supervision/audit/ledger.ts'
import { flip, replayOf } from './flips.ts'
import { inCopy, openFile } from './forging.ts'
import { writeLedger } from './ledger.ts'

it('A4: sixty bits turned over one by one are each found, or every row reads as before [S10]', async () => {
  const folder = await writeLedger()
  const replayed = await replayOf(folder)
  try {
    const { found, equal, unseen, thrown } = await flip(folder, replayed, { count: 60, seed: 20_261_130 })
    expect({ unseen, thrown }).toEqual({ unseen: [], thrown: [] })
    expect(found + equal).toBe(60)
    // the rest are bits of free pages and unused bytes
    expect(found).toBeGreaterThan(20)
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
