// The catalogue as the ledger has it, for the routes that show it: read once a version of the law, kept until the next.
// Reads on the reader's thread; decides nothing.

import { MASTER_TABLES, type Tables } from '../../contract/tables/registry.ts'
import type { Item, Law } from '../../core/law/law.ts'
import type { LaterOdds } from '../../core/law/odds.ts'
import { atOnce, type InPieces, type Steps } from '../../core/steps.ts'
import { indexSteps, type LawEntry, type MasterIndex } from '../../present/master.ts'
import { oddsUnder } from '../../present/master-flags.ts'
import type { InputEntry } from '../../store/port.ts'

/** Law entries of a ledger, their documents read. Stops after each (I5). */
function* entrySteps(laws: readonly InputEntry[]): Steps<LawEntry[]> {
  const entries: LawEntry[] = []
  for (const { seq, at, by, body } of laws) {
    entries.push({ entry: seq, at, by, body: JSON.parse(body) as LawEntry['body'] })
    yield
  }
  return entries
}

export const lawEntries = (laws: readonly InputEntry[]): LawEntry[] => atOnce(entrySteps(laws))

export interface CatalogueSource {
  readonly law: () => Law
  readonly now: () => number
  readonly index: () => Promise<MasterIndex>
  readonly oddsOf: () => (item: Item) => LaterOdds | null
  /** What tables there are. */
  readonly tables: Tables
}

export interface SourceParts {
  readonly supervisor: { readonly law: Law; now(): number; readonly inPieces: InPieces }
  readonly reader: { laws(): Promise<InputEntry[]> }
  /** Absent: those that ship. */
  readonly tables?: Tables
}

export const catalogueSource = ({ supervisor, reader, tables = MASTER_TABLES }: SourceParts): CatalogueSource => {
  let held: MasterIndex | null = null
  let odds: { law: Law; of: (item: Item) => LaterOdds | null } | null = null
  return {
    tables,
    law: () => supervisor.law,
    now: () => supervisor.now(),
    async index() {
      const known = held
      if (known !== null && known.version === supervisor.law.version) return known
      const entries = await supervisor.inPieces(entrySteps(await reader.laws()))
      const read = await supervisor.inPieces(indexSteps(entries, tables))
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
