// The replay over a ledger with something of everything in it: clean as it was written, whole tables alike.

import { rmSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { auditLedger } from '../../server/supervision/audit/ledger.ts'
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
})
