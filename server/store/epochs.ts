// Batches come planned one upon the other. When one fails, those already on their way were planned on what never came to
// be: they are refused, every batch of the same epoch, until the line has been opened again from the store (A6).

import type { Batch } from './port.ts'
import { StoreError } from './trouble.ts'

/** The commit, refusing what follows on a failed batch of the same epoch. A batch that names none follows on nothing. */
export function inEpochs<B extends Pick<Batch, 'epoch'>, R>(commit: (batch: B) => R): (batch: B) => R {
  let lost = 0
  return (batch) => {
    const { epoch = Number.POSITIVE_INFINITY } = batch
    if (epoch <= lost) throw new StoreError('store_dropped', `A batch before this one failed; it was not written.`)
    try {
      return commit(batch)
    } catch (error) {
      if (epoch < Number.POSITIVE_INFINITY) lost = epoch
      throw error
    }
  }
}
