// The replay over a ledger with something of everything in it: clean as it was written, whole tables alike.

import { rmSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openFrozen } from '../../server/store/sqlite/frozen.ts'
import { openScratch } from '../../server/store/sqlite/scratch.ts'
import { auditLedger } from '../../server/supervision/audit/ledger.ts'
import { openReplay } from '../../server/supervision/audit/replay.ts'
import { writeLedger } from './ledger.ts'

let folder: string
beforeAll(async () => {
  folder = await writeLedger()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the audit by replay', () => {
  it('A4, M7: finds nothing in what the supervisor wrote', async () => {
    const audit = await auditLedger(folder)
    expect(audit.recount?.findings).toEqual([])
    expect(audit.replay?.findings).toEqual([])
    expect(audit.replay?.commits).toBeGreaterThan(20)
  })

  it('A4, A6: takes the steps a few at a time, each few on a state of its own, and compares all of it at the end', async () => {
    const scratch = openScratch()
    try {
      const replay = openReplay(scratch)
      let spans = 0
      for (let isLeft = true; isLeft; spans++) {
        const frozen = openFrozen(folder)
        let taken = 0
        isLeft = await replay.follow(frozen, () => taken++ < 3)
        frozen.close()
      }
      expect(spans).toBeGreaterThan(6)
      const frozen = openFrozen(folder)
      const report = await replay.catchUp(frozen)
      frozen.close()
      expect(report).toMatchObject({ count: 0, findings: [], foreign: 0 })
      expect(report.commits).toBe((await auditLedger(folder)).replay?.commits)
    } finally {
      scratch.close()
    }
  })
})
