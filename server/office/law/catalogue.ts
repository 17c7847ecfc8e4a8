// The catalogue as the ledger has it, for the routes that show it: read once a version of the law, kept until the next.
// Reads on the reader's thread; decides nothing.

import type { Item, Law } from '../../core/law/law.ts'
import type { LaterOdds } from '../../core/law/odds.ts'
import { type LawEntry, type MasterIndex, masterIndex } from '../../present/master.ts'
import { oddsUnder } from '../../present/master-flags.ts'
import type { InputEntry } from '../../store/port.ts'

/** Law entries of a ledger, their documents read. */
export const lawEntries = (laws: readonly InputEntry[]): LawEntry[] =>
  laws.map(({ seq, at, by, body }) => ({ entry: seq, at, by, body: JSON.parse(body) as LawEntry['body'] }))

export interface CatalogueSource {
  readonly law: () => Law
  readonly now: () => number
  readonly index: () => Promise<MasterIndex>
  readonly oddsOf: () => (item: Item) => LaterOdds | null
}

export interface SourceParts {
  readonly supervisor: { readonly law: Law; now(): number }
  readonly reader: { laws(): Promise<InputEntry[]> }
}

export const catalogueSource = ({ supervisor, reader }: SourceParts): CatalogueSource => {
  let held: MasterIndex | null = null
  let odds: { law: Law; of: (item: Item) => LaterOdds | null } | null = null
  return {
    law: () => supervisor.law,
    now: () => supervisor.now(),
    async index() {
      const known = held
      if (known !== null && known.version === supervisor.law.version) return known
      const read = masterIndex(lawEntries(await reader.laws()))
      held = read
      return read
    },
    oddsOf() {
      const { law } = supervisor
      if (odds === null || odds.law !== law) odds = { law, of: oddsUnder(law) }
      return odds.of
    },
  }
}
