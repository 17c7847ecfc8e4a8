// A cell of a ranking or of measures as text, and where its figure leads. Pure. Rates print from their two exact counts (M3).

import type { RankingRow, TableColumn } from '../../server/contract/ranking.ts'
import type { Words } from '../i18n/words.ts'
import { cautiousText, countText, NOTHING } from '../lib/figures.ts'

/** A row of any report that carries its own columns. */
interface Keyed {
  key: string
}

const valueIn = (row: Keyed, key: string): unknown => (row as unknown as Record<string, unknown>)[key]

const wholeIn = (row: Keyed, key: string | undefined): number | null => {
  const value = key === undefined ? undefined : valueIn(row, key)
  return typeof value === 'number' ? value : null
}

const rateIn = (row: Keyed, column: TableColumn): string => {
  const value = valueIn(row, column.key)
  if (typeof value !== 'number') return NOTHING
  const [part, of] = [wholeIn(row, column.part), wholeIn(row, column.of)]
  // a bound has no two counts behind it: its share of one prints alike
  const rate = part !== null && of !== null ? { on_time: part, late: of - part } : { on_time: value, late: 1 - value }
  return `${cautiousText(rate, wholeIn(row, column.unless) ?? 0)}%`
}

export const cellText = (t: Words, row: Keyed, column: TableColumn): string => {
  if (column.type === 'rate') return rateIn(row, column)
  const twin = t.lang === 'en' && column.type === 'text' ? valueIn(row, `${column.key}_en`) : undefined
  const value = twin ?? valueIn(row, column.key)
  if (value === null || value === undefined) return NOTHING
  return typeof value === 'number' && column.key !== 'place' ? countText(value) : String(value)
}

/** The names in the address under which a report is asked for: period, dimension and filters. */
export const FRAME = ['period', 'by', 'region', 'department'] as const

/** What the figures of one report share: period, dimension and filters. */
export interface Frame {
  period: string
  by: string
  scope: { region: string | null; department: string | null }
  /** The page the figures stand on, to which the list behind them leads back; the ranking unless told. */
  page?: 'measures'
}

export const frameQuery = (frame: Frame): URLSearchParams => {
  const query = new URLSearchParams({ period: frame.period, by: frame.by })
  for (const [name, value] of Object.entries(frame.scope)) if (value !== null) query.set(name, value)
  return query
}

/** A row of the dimension, the sum of all, or the members of joint handlings that the sum leaves out (M1). */
export type RowKind = 'row' | 'sum' | 'members'

/** The cases behind a figure of a row, of the sum or of what stands beside it; null where there are none to show. */
export const casesHref = (frame: Frame, row: Keyed, column: TableColumn, kind: RowKind = 'row'): string | null => {
  const value = valueIn(row, column.key)
  if (column.figure === undefined || typeof value !== 'number' || value === 0) return null
  const query = frameQuery(frame)
  if (kind === 'row') query.set('key', row.key)
  if (kind === 'members') query.set('only', kind)
  query.set('kind', column.figure)
  if (frame.page !== undefined) query.set('page', frame.page)
  return `/rankings/cases?${query}`
}

/** The least whole ten per cent at which every interval still fits: all rows are drawn on one scale. */
export const scaleFrom = (rows: readonly RankingRow[]): number => {
  const lows = rows.flatMap(({ adjusted }) => (adjusted === null ? [] : [adjusted]))
  return Math.min(0.9, Math.floor(Math.min(1, ...lows) * 10) / 10)
}
