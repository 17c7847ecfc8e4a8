// What could not be taken now and may be sent again (I5, A6): the words of the supervisor as a code and real seconds to
// wait. Tells apart what passes by itself from every other error.

import type { ProblemCode } from '../contract/problems.ts'
import { Busy, Stopping } from '../supervision/busy.ts'
import { Unstored } from '../supervision/unstored.ts'

export interface Later {
  readonly code: Extract<ProblemCode, 'busy' | 'stopping' | 'storage_full' | 'storage_failed'>
  /** Real seconds after which trying again makes sense. */
  readonly afterS: number
}

const AFTER_A_STOP_S = 5

/** null: an error of another kind, that does not pass. */
export const laterOf = (error: unknown): Later | null => {
  if (error instanceof Busy) return { code: 'busy', afterS: error.retryAfterS }
  if (error instanceof Stopping) return { code: 'stopping', afterS: AFTER_A_STOP_S }
  return error instanceof Unstored ? { code: error.code, afterS: error.retryAfterS } : null
}
