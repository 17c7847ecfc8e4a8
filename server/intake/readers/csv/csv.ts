// CSV as rows (I8), through csv-parse: delimiter named or found in the first line, line ends of all kinds, quotes as
// they come. A line with more cells than the header is told and passed over; one with fewer is read, and told. A quote that is never closed
// would swallow what follows: it is told with the lines it took, and past a bound the rest of the file is refused.

import { pipeline } from 'node:stream'
import { type Info, parse } from 'csv-parse'
import type { Source } from '../../files/bytes.ts'
import { cellsUnder, columnNames } from '../../files/columns.ts'
import { decoded, encodingText, findEncoding } from '../../files/encoding.ts'
import { FileRefused, type Read } from '../../files/row.ts'
import type { ReadOptions, Table } from '../reader.ts'

const RECORD_BYTES = 1024 * 1024
const BATCH = 500
const DELIMITERS = [',', ';', '\t', '|']

interface Parsed {
  readonly record: readonly string[]
  readonly info: Info
  /** Its text in the file. */
  readonly raw: string
}

/** The delimiter that stands most often, outside quotes, in the first line that is not blank. */
export const delimiterIn = (start: string): string => {
  const line = start.split(/\r\n|\n|\r/).find((text) => text.trim() !== '') ?? ''
  const bare = line.replace(/"(?:[^"]|"")*"/g, '')
  let best = ','
  let most = 0
  for (const delimiter of DELIMITERS) {
    const count = bare.split(delimiter).length - 1
    if (count > most) [best, most] = [delimiter, count]
  }
  return best
}

/** A first line by which a spreadsheet program is told the delimiter (`sep=;`): no row, and no header. */
const saidDelimiter = (start: string): string | null =>
  /^\ufeff?"?sep=([,;|\t])"?[,;|\t]*(?:\r|\n|$)/i.exec(start)?.[1] ?? null

const firstText = async (texts: AsyncIterable<string>): Promise<string> => {
  let start = ''
  for await (const text of texts) {
    start += text
    if (start.length > 65_536) break
  }
  return start
}

async function* recordsOf(texts: AsyncIterable<string>, delimiter: string): AsyncGenerator<Parsed> {
  const parser = parse({
    delimiter,
    info: true,
    raw: true,
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: true,
    record_delimiter: ['\r\n', '\n', '\r'],
    max_record_size: RECORD_BYTES,
  })
  // its error comes out of the loop below
  pipeline(texts, parser, () => undefined)
  for await (const parsed of parser) yield parsed as Parsed
}

const countIn = (record: readonly string[], wanted: string): number => {
  let count = 0
  for (const cell of record) for (let at = cell.indexOf(wanted); at >= 0; at = cell.indexOf(wanted, at + 1)) count++
  return count
}

/** Whether a cell that begins with a quote stands in the text as a cell of that content is written. */
const isWrittenSo = (cell: string, raw: string): boolean => raw.includes(`"${cell.replaceAll('"', '""')}"`)

/**
 * A cell that was read leniently: quotes within it written with a backslash, or bare. What stands between its outer quotes
 * is its content; null: its quotes do not match, and where it ends is not known.
 */
const mended = (cell: string): string | null =>
  cell.length > 1 && cell.endsWith('"') ? cell.slice(1, -1).replaceAll('\\"', '"').replaceAll('""', '"') : null

/** The cells as they are meant; null: quotes do not match. */
const meantCells = ({ record, raw }: Parsed): readonly string[] | null => {
  const isOdd = record.some((cell, i) => cell.startsWith('"') || (cell.endsWith('\\') && record[i + 1]?.endsWith('"')))
  if (!isOdd) return record
  const out: string[] = []
  for (const [i, cell] of record.entries()) {
    const isBroken = cell.startsWith('"') && !isWrittenSo(cell, raw)
    // a quote that its backslash was to keep inside has ended the cell
    const isCut = cell.endsWith('\\') && record[i + 1]?.endsWith('"') === true && raw.includes('\\"')
    const meant = isBroken ? mended(cell) : cell
    if (meant === null || isCut) return null
    out.push(meant)
  }
  return out
}

/** `last`: the physical line on which the record ends. */
const rowOf = (parsed: Parsed, last: number, columns: readonly string[]): Read => {
  const { record } = parsed
  const more = countIn(record, '\n')
  const place = { line: last - more }
  // read leniently, a quote that was not closed still stands at the head of the cell that took the next lines
  if (more > 0 && record.some((cell) => cell.startsWith('"') && cell.includes('\n')))
    return { kind: 'unread', place, code: 'broken_quotes', detail: `${place.line}–${last}`, cells: record }
  const meant = meantCells(parsed)
  if (meant === null) return { kind: 'unread', place, code: 'broken_quotes', detail: '', cells: record }
  const cells = cellsUnder(columns, meant)
  // a sheet saved as text leaves out the delimiters behind the last cell that holds something
  if (cells !== null && record.length < columns.length)
    return { kind: 'row', place, cells, cut: columns.slice(record.length) }
  if (cells !== null) return { kind: 'row', place, cells }
  return { kind: 'unread', place, code: 'wrong_columns', detail: `${record.length} ≠ ${columns.length}`, cells: meant }
}

const asRefused = (error: unknown, line: number): unknown => {
  if (error instanceof FileRefused || !(error instanceof Error) || !('code' in error)) return error
  const said = error.code === 'CSV_QUOTE_NOT_CLOSED' ? 'a quote is not closed' : error.message
  const detail = error.code === 'CSV_MAX_RECORD_SIZE' ? `a record of more than ${RECORD_BYTES} bytes` : said
  return new FileRefused('broken_file', { line }, detail)
}

interface Opened {
  readonly columns: readonly string[]
  readonly records: AsyncGenerator<Parsed>
  readonly at: { line: number }
}

async function* rowsOf({ columns, records, at }: Opened): AsyncGenerator<Read[]> {
  let batch: Read[] = []
  // the parser counts a line end of two characters twice where it stands between quotes
  let twice = 0
  try {
    for await (const parsed of records) {
      twice += countIn(parsed.record, '\r\n')
      const last = parsed.info.lines - twice
      at.line = last + 1
      batch.push(rowOf(parsed, last, columns))
      if (batch.length < BATCH) continue
      yield batch
      batch = []
    }
  } catch (error) {
    if (batch.length > 0) yield batch
    throw asRefused(error, at.line)
  }
  if (batch.length > 0) yield batch
}

export const openCsv = async (source: Source, options: ReadOptions): Promise<Table> => {
  const encoding = await findEncoding(() => source.open(), options.encoding)
  const at = { line: 1 }
  const texts = () => decoded(source.open(), encoding.name, () => at.line)
  const start = await firstText(texts())
  const said = saidDelimiter(start)
  const delimiter = options.delimiter ?? said ?? delimiterIn(start)
  const records = recordsOf(texts(), delimiter)
  let columns = options.columns
  try {
    // a mapping that passes over rows has counted that line
    const skipped = said === null ? options.skipRows : Math.max(1, options.skipRows)
    for (let above = skipped + (columns === null ? 1 : 0); above > 0; above--) {
      const { done, value } = await records.next()
      if (done === true) throw new FileRefused('empty_file', { line: at.line }, 'no header')
      at.line = value.info.lines + 1
      if (above === 1 && columns === null) columns = columnNames(value.record)
    }
  } catch (error) {
    await records.return(undefined)
    throw asRefused(error, at.line)
  }
  const named = columns ?? []
  return {
    columns: named,
    encoding: encodingText(encoding),
    delimiter,
    rows: () => rowsOf({ columns: named, records, at }),
  }
}
