// What a law would move in the cases before it is taken (T1a): asked of a server's records, or of a folder at the console.

import type { LawMoves } from '../../contract/law-moves.ts'
import type { Law } from '../../core/law/law.ts'
import type { Instant } from '../../core/time/instant.ts'
import { type MasterIndex, masterIndex } from '../../present/master.ts'
import { documentsAfter } from '../../supervision/laws.ts'
import { weighLaw } from '../../supervision/weigh-law.ts'
import { inFolderIfAny } from '../folder.ts'

export interface Laws {
  readonly before: Law
  readonly after: Law
}

/** The catalogue of a data folder; an empty one where there is none yet. */
export const catalogueIn = async (folder: string): Promise<MasterIndex> =>
  (await inFolderIfAny(folder, async ({ records }) => masterIndex(await documentsAfter(records, 0)))) ?? masterIndex([])

/** What a load would move in the cases of a folder; null: there is none yet. Writes nothing. */
export const movesIn = (folder: string, laws: Laws, now: Instant): Promise<LawMoves | null> =>
  inFolderIfAny(folder, ({ records }) => weighLaw({ records, ...laws, now }))
