// The catalogue as the ledger has it, for the routes that show it: read once a version of the law, kept until the next.
// Reads on the reader's thread; decides nothing.

import { MASTER_TABLES, type Tables } from '../../contract/tables/registry.ts'
import type { Law } from '../../core/law/law.ts'
import type { InPieces } from '../../core/steps.ts'
import { indexSteps, type MasterIndex } from '../../present/master.ts'
import { type OddsOf, oddsUnder } from '../../present/master-flags.ts'
import { documentsAfter, type LawRecords } from '../../supervision/laws.ts'

export interface CatalogueSource {
  readonly law: () => Law
  readonly now: () => number
  readonly index: () => Promise<MasterIndex>
  readonly oddsOf: () => OddsOf
  /** What tables there are. */
  readonly tables: Tables
}

export interface SourceParts {
  readonly supervisor: { readonly law: Law; now(): number; readonly inPieces: InPieces }
  readonly reader: LawRecords
  /** Absent: those that ship. */
  readonly tables?: Tables
}

export const catalogueSource = ({ supervisor, reader, tables = MASTER_TABLES }: SourceParts): CatalogueSource => {
  let held: MasterIndex | null = null
  let odds: { law: Law; of: OddsOf } | null = null
  return {
    tables,
    law: () => supervisor.law,
    now: () => supervisor.now(),
    async index() {
      const known = held
      if (known !== null && known.version === supervisor.law.version) return known
      const more = await documentsAfter(reader, known?.version ?? 0, (work) => supervisor.inPieces(work))
      const read = await supervisor.inPieces(indexSteps([...(known?.entries ?? []), ...more], tables))
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
