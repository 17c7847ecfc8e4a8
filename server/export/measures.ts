// Measures as a neutral table and as a file: the view's own columns and rows, untouched, with their sum below
// them, and below it the members of joint handlings that it leaves out (X1, M1). Page, API and files therefore cannot disagree.

import type { MeasuredRow, MeasureTable } from '../contract/measures.ts'
import { type FileFormat, fileOf, type MadeFile } from './file.ts'
import type { InWords, Lang, Row, Table } from './table.ts'

const NAME: InWords = { zh: '办件统计', en: 'measures' }

const rowOf = (row: MeasuredRow): Row => ({ ...row })

/** The sum has no code of its own. */
const sumOf = (total: MeasuredRow): Row => ({ ...total, key: '' })

/** Members stand below the sum where there are any. */
const besideOf = ({ members, columns }: MeasureTable): Row[] => {
  const row = sumOf(members)
  return columns.some(({ key, figure }) => figure !== undefined && row[key] !== 0) ? [row] : []
}

/** A chart needs a rate in every row it draws. */
const chartOf = ({ rows }: MeasureTable): Table['chart'] =>
  rows.length === 0 || rows.some((row) => row.on_time_rate === null)
    ? null
    : { value: 'on_time_rate', labels: rows.map(({ name, name_en: nameEn }) => ({ zh: name, en: nameEn })) }

const measureTable = (view: MeasureTable): Table => ({
  name: NAME,
  title: { zh: view.title, en: view.title_en },
  notes: view.notes,
  columns: view.columns,
  rows: [...view.rows.map(rowOf), sumOf(view.total), ...besideOf(view)],
  chart: chartOf(view),
})

export const measureFile = (view: MeasureTable, format: FileFormat, lang: Lang): Promise<MadeFile> =>
  fileOf({ name: NAME, period: `${view.by} ${view.period}`, view, table: measureTable(view) }, format, lang)
