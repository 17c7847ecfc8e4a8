// The claims of one opening of the line (A6): each batch follows on the one launched before it, whether that has landed or not.
// Where one fails, those behind it stand on what never came to be, and the ledger answers them lost.

import type { Claim, Ledger, Lost } from '../store/port.ts'
import { StoreError } from '../store/trouble.ts'

export interface Claims {
  /** Of the batch that is launched now. */
  next(): Claim
}

export const claimsOf = async (from: Pick<Ledger, 'lease'>): Promise<Claims> => {
  const { ledger, epoch, commit } = await from.lease()
  let launched = 0
  return {
    next() {
      launched += 1
      return { ledger, epoch, expectedCommit: commit + launched - 1 }
    },
  }
}

/** A batch that only followed on a failed one is dropped, and the line opened again; a lost lease ends the line, aloud. */
export const lostBy = ({ lost }: Lost): StoreError =>
  lost === 'commit'
    ? new StoreError('store_dropped', 'A batch before this one failed; it was not written.')
    : new StoreError(
        'lease_lost',
        'Another writer has taken this ledger; nothing of this batch was written, and nothing more is. What was answered is kept.',
      )
