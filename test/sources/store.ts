// A real store in a folder of its own, as one object that reads and writes, for houses that close and open again over it.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sealBatch } from '../../server/evidence/seal.ts'
import type { Ledger, Records } from '../../server/store/port.ts'
import { ledgerOver } from '../../server/store/sqlite/ledger.ts'
import { openRecords } from '../../server/store/sqlite/records.ts'
import { openWriter } from '../../server/store/sqlite/writer.ts'

export interface TestStore {
  readonly store: Ledger & Records
  done(): Promise<void>
}

export const openTestStore = (): TestStore => {
  const folder = mkdtempSync(join(tmpdir(), 'mingjing-sources-'))
  const ledger = ledgerOver(openWriter(folder), sealBatch)
  const records = openRecords(folder)
  return {
    store: { ...records, ...ledger, close: async () => undefined },
    async done() {
      await records.close()
      await ledger.close()
      rmSync(folder, { recursive: true })
    },
  }
}
