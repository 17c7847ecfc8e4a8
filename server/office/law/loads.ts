// A load of law taken back in one logged act, with its reason (T1a); asked for a trial it tells first what that would move.
// The load stays in the ledger and on the list; the law is as without it.

import type { LawMoves } from '../../contract/law-moves.ts'
import { canonicalize } from '../../intake/canonical.ts'
import type { Records } from '../../store/port.ts'
import type { Supervisor } from '../../supervision/supervisor.ts'
import { weighLaw } from '../../supervision/weigh-law.ts'
import { type Caller, needAll } from '../caller.ts'
import { Refusal } from '../refusal.ts'
import type { CatalogueSource } from './catalogue.ts'
import { personBehind } from './enact.ts'
import { weighTakingBack } from './weigh.ts'

export interface LoadParts {
  readonly supervisor: Pick<Supervisor, 'loadCatalogue' | 'inPieces' | 'now'>
  readonly source: CatalogueSource
  readonly reader: Records
}

export interface TakeBackAsked {
  /** Number of the load's entry. */
  readonly entry: number
  readonly why: string
  /** The person behind the key; null: nobody is named. */
  readonly who: string | null
  readonly dryRun: boolean
}

export interface TakenBack {
  /** Of the taking back; null: a trial. */
  readonly entry: number | null
  readonly moves: LawMoves | null
}

/** Throws Refusal where there is no such load, it is taken back, a later one contains it, or the law without it does not stand. */
export const takeBackLoad = async (
  { supervisor, source, reader }: LoadParts,
  caller: Caller,
  { entry, why, who, dryRun }: TakeBackAsked,
): Promise<TakenBack> => {
  needAll(caller, 'catalogue.write')
  const weighed = await supervisor.inPieces(weighTakingBack(entry, why.trim(), await source.index()))
  if (weighed === 'not_found') throw new Refusal('load_not_found', { at: '/entry', detail: String(entry) })
  if (weighed === 'taken_back') throw new Refusal('load_taken_back', { at: '/entry', detail: String(entry) })
  if ('contained' in weighed) {
    const { calendarId, entry: later } = weighed.contained
    throw new Refusal('load_contained', { at: '/entry', detail: `${calendarId} → ${later}` }, { contained_in: later })
  }
  if ('code' in weighed) throw new Refusal('bad_catalogue', { at: weighed.field, detail: weighed.en })
  const { document, laws } = weighed
  if (dryRun) return { entry: null, moves: await weighLaw({ records: reader, ...laws, now: supervisor.now() }) }
  const enacted = await supervisor.loadCatalogue(document, canonicalize(document), personBehind(caller, who))
  return { entry: enacted.entry, moves: null }
}
