// A file opened for reading: its columns where it has a header, and its rows in batches (I8).
// The format is the mapping's word, else the file name's. Chooses the reader, reads nothing itself.

import { openCsv } from './csv.ts'
import { openLines } from './lines.ts'
import type { Format, OpenTable } from './reader.ts'
import { FileRefused } from './row.ts'
import { openXes } from './xes.ts'
import { openXlsx } from './xlsx.ts'

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

const OPEN = {
  ndjson: openLines,
  csv: openCsv,
  xlsx: openXlsx,
  xes: openXes,
} as const

/** Opens a file: encoding found, header read. Throws FileRefused. Unguarded: a file from outside is opened in a thread. */
export const openTable: OpenTable = (source, format, options) => OPEN[format](source, options)
