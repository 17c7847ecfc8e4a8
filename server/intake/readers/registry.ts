// The formats that are read (I8), a folder each, in the order in which they are named and tried. A further one is a folder
// beside these and a line here: its endings, its first bytes, its guard and its place in a mapping follow.

import { FileRefused } from '../files/row.ts'
import { csv } from './csv/reader.ts'
import { ndjson } from './ndjson/reader.ts'
import type { Format, OpenTable, Reader } from './reader.ts'
import { xes } from './xes/reader.ts'
import { xlsx } from './xlsx/reader.ts'

export type Readers = readonly Reader[]

export const READERS: Readers = [ndjson, csv, xlsx, xes]

/** What is read, in words. */
export const readersText = (readers: Readers): string =>
  `${readers.map(({ called }) => called).join(', ')}, and .gz of them`

/** The reader of a format; null: there is none. */
export const readerOf = (format: Format | null, readers: Readers = READERS): Reader | null =>
  readers.find((reader) => reader.format === format) ?? null

const endingOf = (path: string): string => /\.([a-z0-9]+)$/.exec(path.toLowerCase().replace(/\.gz$/, ''))?.[1] ?? ''

/** The format that a name tells; null: none. */
export const formatNamed = (path: string, readers: Readers = READERS): Format | null =>
  readers.find(({ endings }) => endings.includes(endingOf(path)))?.format ?? null

/** The same, of a file that must tell it. Throws FileRefused. */
export const formatOf = (path: string, readers: Readers = READERS): Format => {
  const format = formatNamed(path, readers)
  if (format === null)
    throw new FileRefused('unknown_format', { line: 1 }, `.${endingOf(path)}: ${readersText(readers)}`)
  return format
}

/** Opens files by these readers. Unguarded: a file from outside is opened in a thread where it unfolds. */
export const openBy =
  (readers: Readers): OpenTable =>
  async (source, format, options) => {
    const reader = readerOf(format, readers)
    if (reader === null) throw new FileRefused('unknown_format', { line: 1 }, `${format}: ${readersText(readers)}`)
    return reader.open(source, options)
  }

export const openTable: OpenTable = openBy(READERS)
