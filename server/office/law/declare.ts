// What is declared of a source, as a catalogue row of that source. What a file source can send (I12) is what its mapping fills
// in: declared before its first import, so that what no column bears is not known and never missing. A source that the
// catalogue knows as sending everything stays so, and so does one that has spoken otherwise than by imports: it can send
// everything, whatever one file of it bears. One that can send more than it declared declares the sum of both. Whose its
// numbers are (I11) is said here by a person who has seen two cases under one number.

import { canBeOwn } from '../../core/case/number.ts'
import { dayAt, declarationAt, type Law, newest, type Source } from '../../core/law/law.ts'
import { printDay } from '../../core/time/civil.ts'
import { asDay } from '../../core/time/instant.ts'
import type { Supervisor } from '../../supervision/supervisor.ts'
import { Refusal } from '../refusal.ts'
import { enactCatalogue } from './enact.ts'

/** What enacts a declaration. */
export type Declarer = Pick<Supervisor, 'law' | 'loadCatalogue' | 'inPieces'>

export interface Declaring {
  readonly source: string
  /** Event types and payload keys: `ACCEPT`, `SUSPEND.notice_at`. */
  readonly sends: readonly string[]
  readonly by: string
  /** Entry number of the import that declares it and takes it back when it is withdrawn (I14); null: of none. */
  readonly importNo: number | null
}

/** What a declaration is weighed by. */
export type Weighing = Pick<Supervisor, 'law' | 'now' | 'hasSpoken'>

/** What would be declared. */
export interface Declaration {
  readonly row: Source | null
  /** Event types and payload keys, in order. */
  readonly sends: readonly string[]
}

/** What a mapping would declare of a source; null: nothing new, or the source is none that imports declare. */
export const weighDeclaring = async (
  supervisor: Weighing,
  { source, sends }: Pick<Declaring, 'source' | 'sends'>,
): Promise<Declaration | null> => {
  const row = declarationAt(supervisor.law, source, supervisor.now())
  if (row !== null && row.sends === null) return null
  const all = [...new Set([...(row?.sends ?? []), ...sends])].sort()
  if (row !== null && all.length === row.sends?.size) return null
  return row === null && (await supervisor.hasSpoken(source)) ? null : { row, sends: all }
}

/** What a row says of a source, as a document says it. */
const rowOf = (row: Source | null, source: string, name: string): Record<string, unknown> => {
  if (row === null) return { source, name }
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

/** Declares it where that says something new; whether it did. What was declared before stays as it was for its days (T10). */
export const declareSource = async (
  supervisor: Declarer & Weighing,
  { source, sends, by, importNo }: Declaring,
): Promise<boolean> => {
  const declared = await weighDeclaring(supervisor, { source, sends })
  if (declared === null) return false
  const { law } = supervisor
  const { row } = declared
  const name = row?.name ?? newest(law.tables.sources.get(source))?.name ?? source
  const body = {
    catalogue: `文件导入申报：${source}`,
    ...(importNo === null ? {} : { declared_by: importNo }),
    // the first since ever, for what it brings is of the past; a further one is a version of its own, from today on
    valid_from: printDay(row === null ? asDay(0) : dayAt(law, supervisor.now())),
    sources: [{ ...rowOf(row, source, name), sends: declared.sends }],
  }
  await enactCatalogue(supervisor, body, by)
  return true
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
