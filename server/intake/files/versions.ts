// Rows of a register that a file says twice, and differently (I14): the later line holds where both are as of one instant, and
// whoever exported it is told, for which of the two is meant nobody else knows. Counts by digests alone, as Seen does.

import { createHash } from 'node:crypto'
import type { WireEvent } from '../../contract/ingest.ts'
import { Seen } from './seen.ts'

const digestOf = (said: unknown): string => createHash('sha256').update(JSON.stringify(said)).digest('hex')

/** What a row says of its case, whichever line it is on. */
const wordsOf = ({ event_id: _, register, ...said }: WireEvent): unknown => ({ ...said, as_of: register?.as_of })

export class Versions {
  readonly #cases = new Seen()
  readonly #contents = new Seen()

  /** Whether a row of the register said something else of this case before. */
  isAnother(events: readonly WireEvent[]): boolean {
    const register = events.find((event) => event.register != null)?.register
    if (register === undefined || register === null) return false
    const isKnownCase = this.#cases.note(digestOf([register.name, events[0]?.project_no]))
    return !this.#contents.note(digestOf(events.map(wordsOf))) && isKnownCase
  }
}
