// A writer of the memory store: what it commits is kept whole or not at all, under its own lease.

import { Holding } from '../lease.ts'
import type { Ledger } from '../port.ts'
import { keep, type Rows } from './rows.ts'

/** One writer of the rows; its lease is its own. */
export function writerOf(rows: Rows): Pick<Ledger, 'lease' | 'commit'> {
  const holding = new Holding()
  return {
    lease: async () => holding.lease(rows.epoch, rows.commit),
    commit: async (batch, claim) => {
      if (claim === undefined) return keep(rows, batch)
      const refusal = holding.refusal(claim, { marked: rows.epoch, commit: rows.commit })
      if (refusal !== null) return refusal
      const committed = keep(rows, batch)
      rows.epoch = holding.toMark ?? rows.epoch
      holding.taken()
      return committed
    },
  }
}
