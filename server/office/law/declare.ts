// Whose the numbers of a source are (I11), declared as a catalogue row of that source by a person who has seen two cases under one
// number. What a file can say (I12) is declared by no catalogue: it stands with the entry of its import.

import { canBeOwn } from '../../core/case/number.ts'
import { type Law, newest, type Source } from '../../core/law/law.ts'
import { printDay } from '../../core/time/civil.ts'
import { asDay } from '../../core/time/instant.ts'
import type { Supervisor } from '../../supervision/supervisor.ts'
import { Refusal } from '../refusal.ts'
import { enactCatalogue } from './enact.ts'

/** What enacts a declaration. */
export type Declarer = Pick<Supervisor, 'law' | 'loadCatalogue' | 'inPieces'>

/** What a row says of a source, as a document says it. */
const rowOf = (row: Source | null, source: string, name: string): Record<string, unknown> => {
  if (row === null || row.numbersOnly) return { source, name }
  const { batch, sends, usualLagMinutes: lag, rateScale } = row
  const mode =
    batch === null ? {} : { mode: 'batch', delivers_at: [...batch.deliversAt], grace_work_days: batch.graceWorkDays }
  const scale = rateScale === null ? {} : { rate_scale: rateScale }
  return {
    source,
    name,
    ...scale,
    ...(sends === null ? {} : { sends: [...sends].sort() }),
    ...mode,
    usual_lag_minutes: lag,
  }
}

const isOwn = ({ numbering }: Law, source: string): boolean => numbering.own.has(source)

/** Declares whose a source's numbers are; its entry, null: that is what stands. */
export const declareNumbers = async (
  supervisor: Declarer,
  { source, numbers, why, by }: { source: string; numbers: 'own' | 'shared'; why: string; by: string },
): Promise<number | null> => {
  if (numbers === 'own' && !canBeOwn(source)) throw new Refusal('not_own', { at: '/source', detail: source })
  if (isOwn(supervisor.law, source) === (numbers === 'own')) return null
  const row = newest(supervisor.law.tables.sources.get(source))
  const said = numbers === 'own' ? '自编' : '共用'
  const sources = [{ ...rowOf(row, source, row?.name ?? source), numbers }]
  // a title is one line of the catalogue's history
  const catalogue = `编号归属：${source} ${said}。${why}`.slice(0, 200)
  // in the place of the row that stands, else since ever
  const from = printDay(row?.validFrom ?? asDay(0))
  return (await enactCatalogue(supervisor, { catalogue, valid_from: from, sources }, by)).entry
}
