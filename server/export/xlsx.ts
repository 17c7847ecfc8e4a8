// A table as a workbook (X1), through hucre and nowhere else in this room: typed cells, the lines above the table, a frozen
// header, widths that Chinese fits into, and a sheet with a real bar chart. A rate keeps its exact value; its format prints
// what the screen prints, so that 999.6 in a thousand never reads 100 %.

import {
  type CellStyle,
  type CellValue,
  colToLetter,
  type SheetChart,
  type Cell as Sheeted,
  type WriteSheet,
  writeXlsx,
} from 'hucre/xlsx'
import {
  type Column,
  cellOf,
  isDoubted,
  type Lang,
  NOTHING,
  printCell,
  type Row,
  rateTenths,
  type Table,
  widthOf,
} from './table.ts'

/** A font of every office machine; a cell with a style of its own does not take the workbook's. */
const FONT = { name: 'Microsoft YaHei', size: 10 } as const
const INK = '18212C'
const QUIET = '6B7786'
const RULE = 'C5CDD6'
const GROUND = 'EEF1F5'
const BAR = '2F7D95'

const TITLE: CellStyle = { font: { ...FONT, bold: true, size: 14, color: { rgb: INK } } }
const NOTE: CellStyle = { font: { ...FONT, size: 9, color: { rgb: QUIET } } }

const RIGHT = { horizontal: 'right' } as const
/** Set off from the figure before it. */
const LEFT = { horizontal: 'left', indent: 1 } as const

const headStyle = (column: Column): CellStyle => ({
  font: { ...FONT, bold: true, color: { rgb: INK } },
  fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: GROUND } },
  border: { bottom: { style: 'thin', color: { rgb: RULE } } },
  alignment: column.type === 'text' ? { ...LEFT, vertical: 'center' } : { ...RIGHT, vertical: 'center' },
})

/** `0.0%` rounds 99.96 % up to 100.0 %: where the screen says 99.9 or 100, the format says so. */
const rateFormat = (row: Row, column: Column): string => {
  if (isDoubted(row, column)) return `"${printCell(row, column, 'zh')}"`
  const tenths = rateTenths(row, column)
  if (tenths === 1000) return '0%'
  if (tenths === 999 || tenths === 1) return `"${printCell(row, column, 'zh')}"`
  return '0.0%'
}

const dateOf = (text: string): Date | null => {
  const at = Date.parse(`${text}T00:00:00Z`)
  return Number.isNaN(at) ? null : new Date(at)
}

interface Written {
  readonly value: CellValue
  readonly style: CellStyle
}

/** What XML does not allow: controls, halves of pairs, and what is no character. One of them and nobody opens the book. */
const NOT_OF_XML = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu

const inXml = (text: string): string => text.replace(NOT_OF_XML, '')

const writtenCell = (row: Row, column: Column, lang: Lang): Written => {
  const found = cellOf(row, column, lang)
  const cell = typeof found === 'string' ? inXml(found) : found
  const right: CellStyle = { font: FONT, alignment: RIGHT }
  const left: CellStyle = { font: FONT, alignment: LEFT }
  if (cell === null) return { value: NOTHING, style: column.type === 'text' ? left : right }
  if (column.type === 'rate') return { value: cell, style: { ...right, numFmt: rateFormat(row, column) } }
  if (column.type === 'integer') return { value: cell, style: { ...right, numFmt: '0' } }
  const date = column.type === 'date' ? dateOf(String(cell)) : null
  return date === null ? { value: cell, style: left } : { value: date, style: { ...right, numFmt: 'yyyy-mm-dd' } }
}

const MOST_WIDTH = 44

const columnWidth = (table: Table, column: Column, lang: Lang): number => {
  const texts = [column[lang], ...table.rows.map((row) => printCell(row, column, lang))]
  return Math.min(MOST_WIDTH, Math.max(...texts.map(widthOf)) + 4)
}

/** Sheet names bear no `[]:*?/\` and at most 31 characters. */
const sheetName = (text: string): string =>
  inXml(text)
    .replace(/[[\]:*?/\\]/g, ' ')
    .slice(0, 31)

const CHART = { zh: '图', en: 'chart' }
/** Rows of the sheet that one bar takes up, beside those of the title. */
const ROWS_A_BAR = 1.3
const ROWS_FOR_TITLE = 8
/** As the cells print: 100 % only for exactly all. */
const LABEL_FORMAT = '[<0.9995]0.0%;[<1]"99.9%";0%'

/** The chart on a sheet of its own, beside the labels and values it draws. */
const chartSheet = (table: Table, lang: Lang): WriteSheet | null => {
  const column = table.columns.find(({ key }) => key === table.chart?.value)
  if (table.chart === null || column === undefined) return null
  const labels = table.chart.labels.map((label) => inXml(label[lang]))
  const last = labels.length + 1
  const chart: SheetChart = {
    type: 'bar',
    title: inXml(`${table.title[lang]} · ${column[lang]}`),
    titleFontSize: 12,
    series: [{ name: column[lang], values: `$B$2:$B$${last}`, categories: `$A$2:$A$${last}`, color: BAR }],
    gapWidth: 45,
    legend: false,
    dataLabels: { showValue: true, position: 'outEnd', numberFormat: { formatCode: LABEL_FORMAT }, fontSize: 9 },
    axes: {
      x: { reverse: true, tickLblSkip: 1, labelFontSize: 9 },
      y: { scale: { min: 0, max: 1 }, numberFormat: { formatCode: '0%' } },
    },
    anchor: { from: { row: 0, col: 3 }, to: { row: Math.ceil(ROWS_FOR_TITLE + labels.length * ROWS_A_BAR), col: 16 } },
  }
  const shown = table.rows.slice(0, labels.length)
  const values = shown.map((row) => writtenCell(row, column, lang))
  const cells = new Map(values.map(({ style }, i): [string, Partial<Sheeted>] => [`${i + 1},1`, { style }]))
  return {
    name: sheetName(`${table.name[lang]} ${CHART[lang]}`),
    rows: [['', column[lang]], ...values.map(({ value }, i) => [labels[i] ?? '', value])],
    cells,
    columns: [{ width: Math.min(MOST_WIDTH, Math.max(...labels.map(widthOf)) + 2) }, { width: 9 }],
    charts: [chart],
    pageSetup: { paperSize: 'a4', orientation: 'portrait', fitToPage: true, fitToWidth: 1, fitToHeight: 1 },
  }
}

/** A workbook of one sheet, and one more for the chart where there is one. */
export const tableXlsx = async (table: Table, lang: Lang): Promise<Uint8Array> => {
  const cells = new Map<string, Partial<Sheeted>>()
  const rows: CellValue[][] = []
  const add = (line: readonly Written[]): void => {
    for (const [col, { style }] of line.entries()) cells.set(`${rows.length},${col}`, { style })
    rows.push(line.map(({ value }) => value))
  }
  add([{ value: inXml(table.title[lang]), style: TITLE }])
  for (const note of table.notes) add([{ value: inXml(note[lang]), style: NOTE }])
  const head = rows.length
  add(table.columns.map((column) => ({ value: column[lang], style: headStyle(column) })))
  for (const row of table.rows) add(table.columns.map((column) => writtenCell(row, column, lang)))
  const last = colToLetter(table.columns.length - 1)
  const sheet = {
    name: sheetName(table.name[lang]),
    rows,
    cells,
    columns: table.columns.map((column) => ({ width: columnWidth(table, column, lang) })),
    freezePane: { rows: head + 1 },
    autoFilter: { range: `A${head + 1}:${last}${head + 1 + table.rows.length}` },
    pageSetup: {
      paperSize: 'a4' as const,
      orientation: 'landscape' as const,
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      printTitlesRow: `$${head + 1}:$${head + 1}`,
    },
  }
  const chart = chartSheet(table, lang)
  return writeXlsx({
    sheets: chart === null ? [sheet] : [sheet, chart],
    defaultFont: FONT,
  })
}
