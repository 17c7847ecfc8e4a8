// A file opened for reading: its columns where it has a header, and its rows in batches (I8).
// The format is the mapping's word, else the file name's. Chooses the reader, reads nothing itself.

import type { Source } from './bytes.ts'
import { openCsv } from './csv.ts'
import { openLines } from './lines.ts'
import type { ReadOptions, Table } from './reader.ts'
import { FileRefused } from './row.ts'
import { openXes } from './xes.ts'
import { openXlsx } from './xlsx.ts'

export const FORMATS = ['ndjson', 'csv', 'xlsx', 'xes'] as const
export type Format = (typeof FORMATS)[number]

const ENDINGS: Readonly<Record<string, Format>> = {
  ndjson: 'ndjson',
  jsonl: 'ndjson',
  csv: 'csv',
  tsv: 'csv',
  xlsx: 'xlsx',
  xlsm: 'xlsx',
  xes: 'xes',
}

export const formatOf = (path: string): Format => {
  const name = path.toLowerCase().replace(/\.gz$/, '')
  const ending = /\.([a-z0-9]+)$/.exec(name)?.[1] ?? ''
  const format = Object.hasOwn(ENDINGS, ending) ? ENDINGS[ending] : undefined
  if (format === undefined)
    throw new FileRefused('unknown_format', { line: 1 }, `.${ending}: NDJSON, CSV, XLSX, XES, and .gz of them`)
  return format
}

const OPEN: Readonly<Record<Format, (source: Source, options: ReadOptions) => Promise<Table>>> = {
  ndjson: openLines,
  csv: openCsv,
  xlsx: openXlsx,
  xes: openXes,
}

/** Opens a file: encoding found, header read. Throws FileRefused. */
export const openTable = (source: Source, format: Format, options: ReadOptions): Promise<Table> =>
  OPEN[format](source, options)
