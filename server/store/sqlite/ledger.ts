// Sealing and writing as one act: each batch is sealed on the tip of the one before. The sealing itself is handed in,
// for the store knows evidence only as bytes. The same for the ledger thread and for a ledger without a thread.

import { inEpochs } from '../epochs.ts'
import type { Batch, Committed, Ledger } from '../port.ts'
import type { Sealed, Tip } from '../trail.ts'
import { type PackedBatch, packBatch } from './pack.ts'
import type { Writer } from './writer.ts'

export type Sealing = (batch: PackedBatch, tip: Tip) => { sealed: Sealed; tip: Tip }

/** Seals and commits, batch after batch; one that fails leaves the tip where it was. */
export function sealInto(writer: Writer, seal: Sealing): (batch: PackedBatch) => Committed {
  let tip = writer.tip()
  return inEpochs((batch: PackedBatch) => {
    const next = seal(batch, tip)
    const committed = writer.commit(batch, next.sealed)
    tip = next.tip
    return committed
  })
}

export function ledgerOver(writer: Writer, seal: Sealing): Ledger {
  const commit = sealInto(writer, seal)
  return {
    commit: async (batch: Batch) => commit(packBatch(batch)),
    async close() {
      writer.close()
    },
  }
}
