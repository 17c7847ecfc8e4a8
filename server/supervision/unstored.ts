// Said when a commit did not come to be (A6): nothing of what was handed over is kept, and memory says no more than the
// store. The front door turns it into 503 with Retry-After. Tells apart what passes by itself, as a full disk does, from
// a store that is broken.

import { ThreadDied } from './rpc.ts'

export class Unstored extends Error {
  readonly code: 'storage_full' | 'storage_failed'
  /** Real seconds after which trying again makes sense. */
  readonly retryAfterS: number
  constructor(code: Unstored['code'], said: string, retryAfterS = 5) {
    super(said)
    this.name = 'Unstored'
    this.code = code
    this.retryAfterS = retryAfterS
  }
}

/** After these nothing that the store says can be relied on: the line stops, aloud. */
const BROKEN: ReadonlySet<string> = new Set([
  'store_corrupt',
  'store_unsafe',
  'chain_mismatch',
  'writer_locked',
  'lease_lost',
])

/** A failed commit in the words of the line; null: the store itself is broken. */
export const unstoredBy = (error: Error & { readonly code?: unknown }): Unstored | null => {
  if (error instanceof Unstored) return error
  if (error instanceof ThreadDied || BROKEN.has(String(error.code))) return null
  return new Unstored(error.code === 'store_full' ? 'storage_full' : 'storage_failed', error.message)
}
