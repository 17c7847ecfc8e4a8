// A Ledger over the writer: each batch is sealed on the tip of the one before. The sealing itself is handed in, for the
// store knows evidence only as bytes. The same for the ledger thread, for a command without a server, and for tests.

import type { Batch, Ledger } from '../port.ts'
import type { Sealed, Tip } from '../trail.ts'
import { packBatch } from './pack.ts'
import type { Writer } from './writer.ts'

export type Sealing = (batch: Batch, tip: Tip) => { sealed: Sealed; tip: Tip }

export function ledgerOver(writer: Writer, seal: Sealing): Ledger {
  let tip = writer.tip()
  return {
    async commit(batch) {
      const next = seal(batch, tip)
      const committed = writer.commit(packBatch(batch), next.sealed)
      tip = next.tip
      return committed
    },
    async close() {
      writer.close()
    },
  }
}
