// A ranking as a neutral table and as a file: its own columns and rows, untouched, with the chart of what was ranked
// (X1, R1). Page, API and files therefore cannot disagree.

import type { Ranking, RankingRow } from '../contract/ranking.ts'
import { type FileFormat, fileOf, type MadeFile } from './file.ts'
import type { InWords, Lang, Row, Table } from './table.ts'

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

/** The ranking as a file of one format. JSON is the view itself; the others are its table. */
export const rankingFile = (view: Ranking, format: FileFormat, lang: Lang): Promise<MadeFile> =>
  fileOf({ name: NAMES[view.by], period: view.period, view, table: rankingTable(view) }, format, lang)
