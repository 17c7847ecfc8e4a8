// By which names a file was let in before (I15): kept with the entry of its import, so that the same file makes the same events
// again, whatever the catalogue says since. An import that was withdrawn binds nobody. Reads entries, writes none.

import type { NamePair } from '../contract/import-names.ts'
import type { InputEntry } from '../store/port.ts'
import { importedIn } from './said.ts'

export interface KeptAsked {
  /** Digest of the file; null: it cannot be read to its end. */
  readonly digest: string | null
  readonly mapping: string
}

/** Of the last import of the file by the mapping that stands; null: there is none. */
export const namesKeptIn = (
  imports: readonly InputEntry[],
  withdrawn: ReadonlySet<number>,
  { digest, mapping }: KeptAsked,
): readonly NamePair[] | null => {
  if (digest === null) return null
  for (const entry of imports.toReversed()) {
    if (withdrawn.has(entry.seq) || !entry.body.includes(digest)) continue
    const said = importedIn(entry)
    if (said.digest === digest && said.names?.mapping === mapping) return said.names.pairs
  }
  return null
}
