// A ranking as a neutral table and as a file: its own columns and rows, untouched, with the chart of what was ranked
// (X1, R1). Page, API and files therefore cannot disagree.

import type { Ranking, RankingRow } from '../contract/ranking.ts'
import { tableCsv } from './csv.ts'
import type { InWords, Lang, Row, Table } from './table.ts'
import { tableText } from './text.ts'
import { tableXlsx } from './xlsx.ts'

const rowOf = (row: RankingRow): Row => {
  const { red_flag: flag, ...cells } = row
  return { ...cells, red_flag: flag ? 1 : 0 }
}

const NAMES = {
  window: { zh: '窗口效能排名', en: 'ranking-windows' },
  department: { zh: '部门效能排名', en: 'ranking-departments' },
}

/** A window goes by its number and its name: there may be many of one name. */
const labelOf = ({ window_no: no, name, name_en: nameEn }: RankingRow): InWords => {
  const before = no === null || no === name ? '' : `${no} `
  return { zh: before + name, en: before + nameEn }
}

export const rankingTable = (view: Ranking): Table => {
  const ranked = view.rows.filter(({ place }) => place !== null)
  return {
    name: NAMES[view.by],
    title: { zh: view.title, en: view.title_en },
    notes: view.notes,
    columns: view.columns,
    rows: view.rows.map(rowOf),
    chart: ranked.length === 0 ? null : { value: 'timeliness', labels: ranked.map(labelOf) },
  }
}

export const RANKING_FORMATS = ['json', 'csv', 'xlsx', 'text'] as const
export type RankingFormat = (typeof RANKING_FORMATS)[number]

export interface MadeFile {
  /** Readable name for a person, and one of plain letters for whatever cannot take the first. */
  readonly name: string
  readonly plainName: string
  readonly type: string
  readonly body: string | Uint8Array
}

const TYPES: Readonly<Record<RankingFormat, string>> = {
  json: 'application/json; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  text: 'text/plain; charset=utf-8',
}

const bodyOf = async (view: Ranking, format: RankingFormat, lang: Lang): Promise<string | Uint8Array> => {
  if (format === 'json') return `${JSON.stringify(view)}\n`
  const table = rankingTable(view)
  if (format === 'csv') return tableCsv(table, lang)
  return format === 'text' ? tableText(table, lang) : tableXlsx(table, lang)
}

/** The ranking as a file of one format. JSON is the view itself; the others are its table. */
export const rankingFile = async (view: Ranking, format: RankingFormat, lang: Lang): Promise<MadeFile> => {
  const ending = format === 'text' ? 'txt' : format
  return {
    name: `${NAMES[view.by][lang]} ${view.period}.${ending}`,
    plainName: `${NAMES[view.by].en}-${view.period}.${ending}`,
    type: TYPES[format],
    body: await bodyOf(view, format, lang),
  }
}
