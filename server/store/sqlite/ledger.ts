// Sealing and writing as one act: each batch is sealed on the tip of the one before. The sealing itself is handed in,
// for the store knows evidence only as bytes. The same for the ledger thread and for a ledger without a thread.

import { type Batch, type Claim, type Committed, isLost, type Lease, type Ledger, type Lost } from '../port.ts'
import type { Sealed, Tip } from '../trail.ts'
import { type PackedBatch, packBatch } from './pack.ts'
import type { Writer } from './writer.ts'

export type Sealing = (batch: PackedBatch, tip: Tip) => { sealed: Sealed; tip: Tip }

export interface Sealer {
  lease(): Lease
  commit(batch: PackedBatch, claim?: Claim): Committed | Lost
}

/** Seals and commits, batch after batch; one that fails or is lost leaves the tip where it was. */
export function sealInto(writer: Writer, seal: Sealing): Sealer {
  let tip = writer.tip()
  return {
    lease() {
      const lease = writer.lease()
      tip = writer.tip()
      return lease
    },
    commit(batch, claim) {
      const next = seal(batch, tip)
      const answer = writer.commit(batch, next.sealed, claim)
      if (!isLost(answer)) tip = next.tip
      return answer
    },
  }
}

export function ledgerOver(writer: Writer, seal: Sealing): Ledger {
  const sealer = sealInto(writer, seal)
  return {
    lease: async () => sealer.lease(),
    commit: async (batch: Batch, claim?: Claim) => sealer.commit(packBatch(batch), claim),
    async close() {
      writer.close()
    },
  }
}
