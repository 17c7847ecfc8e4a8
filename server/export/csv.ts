// A table as CSV (X1): UTF-8 with its mark, CRLF, a header line, cells as the screen prints them. A text that a
// spreadsheet would take for a formula is neutralised with an apostrophe; figures are ours and stay figures.

import { stringify } from 'csv-stringify/sync'
import { type Column, type Lang, printCell, type Row, type Table } from './table.ts'

/** Signs that begin a formula, half and full width, also after blanks; a tab or line break opens a cell of its own. */
const FORMULA = /^(?:\s*[=+\-@＝＋－＠]|[\t\r\n])/

const safe = (text: string): string => (FORMULA.test(text) ? `'${text}` : text)

const written = (row: Row, column: Column, lang: Lang): string => {
  const text = printCell(row, column, lang)
  return column.type === 'text' ? safe(text) : text
}

export const tableCsv = (table: Table, lang: Lang): string =>
  stringify(
    [
      table.columns.map((column) => safe(column[lang])),
      ...table.rows.map((row) => table.columns.map((column) => written(row, column, lang))),
    ],
    { bom: true, record_delimiter: '\r\n' },
  )
