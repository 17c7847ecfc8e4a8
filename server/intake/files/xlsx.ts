// XLSX as rows (I8), through hucre and nowhere else in this room: one sheet, streamed row by row out of the file's
// bytes. A date comes as the wall time the sheet shows; its zone is the mapping's. The file is held compressed; its size
// and what it says it unfolds to are bounded here, memory and time by the thread that hosts this reader.

import { streamXlsxRows } from 'hucre/xlsx'
import type { Source } from './bytes.ts'
import type { ReadOptions, Table } from './reader.ts'
import { type Cell, cellsUnder, columnNames, FileRefused, type Read } from './row.ts'
import { partsOf, smallText, type ZipPart } from './zip.ts'

const MOST_BYTES = 64 * 1024 * 1024
const BATCH = 500

const bytesOf = async (source: Source): Promise<Buffer> => {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of source.open()) {
    bytes += chunk.length
    if (bytes > MOST_BYTES) throw new FileRefused('too_large', { line: 1 }, `≤ ${MOST_BYTES} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

const cellOf = (value: unknown): Cell => {
  if (value === undefined || value === null || value === '') return null
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value
  return value instanceof Date ? value : String(value)
}

interface SheetRow {
  readonly index: number
  readonly values: readonly Cell[]
}

/** Rows that hold anything. Throws FileRefused. */
async function* sheetRows(bytes: Uint8Array, sheet: string | number): AsyncGenerator<SheetRow> {
  let line = 1
  try {
    for await (const { index, values } of streamXlsxRows(bytes, { sheet })) {
      line = index + 2
      const cells = values.map(cellOf)
      if (cells.some((cell) => cell !== null)) yield { index, values: cells }
    }
  } catch (error) {
    if (error instanceof FileRefused) throw error
    if (error instanceof RangeError) throw new FileRefused('too_deep', { line }, error.message)
    throw new FileRefused('broken_file', { line }, error instanceof Error ? error.message : String(error))
  }
}

interface Sheet {
  readonly columns: readonly string[]
  readonly rows: AsyncGenerator<SheetRow>
  readonly name: string
}

interface RowRead {
  readonly values: readonly Cell[]
  readonly columns: readonly string[]
  readonly place: Read['place']
}

const readOf = ({ values, columns, place }: RowRead): Read => {
  const cells = cellsUnder(columns, values, false)
  if (cells !== null) return { kind: 'row', place, cells }
  return { kind: 'unread', place, code: 'wrong_columns', detail: `${values.length} > ${columns.length}` }
}

async function* rowsOf({ columns, rows, name }: Sheet): AsyncGenerator<Read[]> {
  let batch: Read[] = []
  for await (const { index, values } of rows) {
    const place = { line: index + 1, sheet: name }
    batch.push(readOf({ values, columns, place }))
    if (batch.length < BATCH) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}

const SHEET_LIST_BYTES = 1024 * 1024

const unescaped = (text: string): string =>
  text.replace(/&(lt|gt|amp|quot|apos);/g, (_, name: keyof typeof ENTITIES) => ENTITIES[name])
const ENTITIES = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" } as const

/** Names of the sheets in their order; none where the list cannot be found, for that is the reader's business to say. */
const sheetNames = (bytes: Buffer, parts: ReadonlyMap<string, ZipPart>): string[] => {
  const part = parts.get('xl/workbook.xml')
  const text = part === undefined ? null : smallText(bytes, part, SHEET_LIST_BYTES)
  const tags = text?.matchAll(/<(?:\w+:)?sheet\s[^>]*?\bname="([^"]*)"/g) ?? []
  return [...tags].map(([, name = '']) => unescaped(name))
}

export const openXlsx = async (source: Source, options: ReadOptions): Promise<Table> => {
  const bytes = await bytesOf(source)
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b)
    throw new FileRefused('broken_file', { line: 1 }, 'not a workbook (.xlsx is a ZIP file)')
  const sheets = sheetNames(bytes, partsOf(bytes))
  // sheets are numbered from 1 for people
  const sheet = typeof options.sheet === 'number' ? options.sheet - 1 : (options.sheet ?? 0)
  const name = typeof sheet === 'string' ? sheet : `sheet ${sheet + 1}`
  const rows = sheetRows(bytes, sheet)
  let { columns } = options
  for (let above = options.skipRows + (columns === null ? 1 : 0); above > 0; above--) {
    const { done, value } = await rows.next()
    if (done === true) throw new FileRefused('empty_file', { line: 1, sheet: name }, 'no header, or no such sheet')
    if (above === 1 && columns === null) columns = columnNames(value.values)
  }
  const named = columns ?? []
  return { columns: named, encoding: 'xlsx', sheets, rows: () => rowsOf({ columns: named, rows, name }) }
}
