// A table or a view made into a file of one format (X1): its bytes, its type, and a name for people and for machines.
// Knows no HTTP and no kind of report.

import { tableCsv } from './csv.ts'
import type { InWords, Lang, Table } from './table.ts'
import { tableText } from './text.ts'
import { tableXlsx } from './xlsx.ts'

export const FILE_FORMATS = ['json', 'csv', 'xlsx', 'text'] as const
export type FileFormat = (typeof FILE_FORMATS)[number]

export interface MadeFile {
  /** Readable name for a person, and one of plain letters for whatever cannot take the first. */
  readonly name: string
  readonly plainName: string
  readonly type: string
  readonly body: string | Uint8Array
}

const TYPES: Readonly<Record<FileFormat, string>> = {
  json: 'application/json; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  text: 'text/plain; charset=utf-8',
}

export interface Report {
  readonly name: InWords
  readonly period: string
  /** What JSON gives out; the others are its table. */
  readonly view: unknown
  readonly table: Table
}

const bodyOf = async ({ view, table }: Report, format: FileFormat, lang: Lang): Promise<string | Uint8Array> => {
  if (format === 'json') return `${JSON.stringify(view)}\n`
  if (format === 'csv') return tableCsv(table, lang)
  return format === 'text' ? tableText(table, lang) : tableXlsx(table, lang)
}

export const fileOf = async (report: Report, format: FileFormat, lang: Lang): Promise<MadeFile> => {
  const ending = format === 'text' ? 'txt' : format
  return {
    name: `${report.name[lang]} ${report.period}.${ending}`,
    plainName: `${report.name.en}-${report.period}.${ending}`,
    type: TYPES[format],
    body: await bodyOf(report, format, lang),
  }
}
