// XLSX as rows (I8), through hucre and nowhere else in this room: one sheet, streamed row by row out of the file's
// bytes. A date comes as the wall time the sheet shows; its zone is the mapping's. The file is held compressed; its size
// is bounded here, what it may unfold to is the business of the thread that hosts this reader (STACK pitfall 23).

import { streamXlsxRows } from 'hucre/xlsx'
import type { Source } from './bytes.ts'
import type { ReadOptions, Table } from './reader.ts'
import { type Cell, cellsUnder, columnNames, FileRefused, type Read } from './row.ts'

const MOST_BYTES = 64 * 1024 * 1024
const BATCH = 500

const bytesOf = async (source: Source): Promise<Uint8Array> => {
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
    throw new FileRefused('broken_file', { line }, error instanceof Error ? error.message : String(error))
  }
}

interface Sheet {
  readonly columns: readonly string[]
  readonly rows: AsyncGenerator<SheetRow>
  readonly name: string
}

async function* rowsOf({ columns, rows, name }: Sheet): AsyncGenerator<Read[]> {
  let batch: Read[] = []
  for await (const { index, values } of rows) {
    const place = { line: index + 1, sheet: name }
    const cells = cellsUnder(columns, values, false)
    const tooMany = `${values.length} > ${columns.length}`
    batch.push(
      cells === null
        ? { kind: 'unread', place, code: 'wrong_columns', detail: tooMany }
        : { kind: 'row', place, cells },
    )
    if (batch.length < BATCH) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}

export const openXlsx = async (source: Source, options: ReadOptions): Promise<Table> => {
  const bytes = await bytesOf(source)
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b)
    throw new FileRefused('broken_file', { line: 1 }, 'not a workbook (.xlsx is a ZIP file)')
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
  return { columns: named, encoding: 'xlsx', rows: () => rowsOf({ columns: named, rows, name }) }
}
