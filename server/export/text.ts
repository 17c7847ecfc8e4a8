// A table for a terminal: columns aligned by width on screen, Chinese counted double, figures to the right.

import { type Lang, printCell, type Table, widthOf } from './table.ts'

const GAP = '  '

const pad = (text: string, width: number, right: boolean): string => {
  const blank = ' '.repeat(Math.max(0, width - widthOf(text)))
  return right ? blank + text : text + blank
}

export const tableText = (table: Table, lang: Lang): string => {
  const { columns } = table
  const lines = [
    columns.map((column) => column[lang]),
    ...table.rows.map((row) => columns.map((column) => printCell(row, column, lang))),
  ]
  const widths = columns.map((_, i) => Math.max(...lines.map((line) => widthOf(line[i] ?? ''))))
  const body = lines.map((line) =>
    line
      .map((text, i) => pad(text, widths[i] ?? 0, columns[i]?.type === 'integer' || columns[i]?.type === 'rate'))
      .join(GAP)
      .trimEnd(),
  )
  return `${[table.title[lang], ...table.notes.map((note) => note[lang]), '', ...body].join('\n')}\n`
}
