// XLSX as rows (I8): one sheet, streamed row by row out of the file's bytes, values through hucre and nowhere else in this
// room; what it does not hand on of a cell is read beside it (xlsx-marks.ts) and laid over its row. A date comes as the wall time the sheet shows; its zone is the mapping's. The file is held compressed; its size
// and what it says it unfolds to are bounded here, memory and time by the thread that hosts this reader.

import { streamXlsxRows } from 'hucre/xlsx'
import type { Source } from '../../files/bytes.ts'
import { cellsUnder, columnNames } from '../../files/columns.ts'
import { type Cell, FileRefused, type Read } from '../../files/row.ts'
import type { ReadOptions, Table } from '../reader.ts'
import { type Mark, type MergedDown, markedRows, mergedDown } from './marks.ts'
import { otherSheets, sheetSeen } from './others.ts'
import { type BookParts, type BookSheet, bookParts } from './parts.ts'
import { partsOf } from './zip.ts'

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

/** A wall time as a cell of a date bears it; one with an offset is a text like others. */
const ISO_CELL = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?))?$/

const dayCell = (text: string): Cell => {
  const [, day, time = '00:00'] = ISO_CELL.exec(text) ?? []
  const at = day === undefined ? Number.NaN : Date.parse(`${day}T${time.slice(0, 12)}Z`)
  return Number.isNaN(at) ? text : new Date(at)
}

const UNKNOWN: Cell = { error: '单元格没有值 a cell without a value' }

const DAY_MS = 86_400_000
/** Day 0 of the two ways in which workbooks count. Whatever lies within a year of it was counted from it. */
const DAYS_ZERO = [Date.UTC(1899, 11, 31), Date.UTC(1904, 0, 1)]
const MOST_DAYS = 366

const twoDigits = (n: number): string => String(n).padStart(2, '0')

/** A time of day, or a duration, as hours, minutes and seconds: a date that its format hides is a date all the same. */
const clockCell = (cell: Cell): Cell => {
  const at = cell instanceof Date ? cell.getTime() : Number.NaN
  const zero = DAYS_ZERO.find((day) => at >= day - DAY_MS && at < day + MOST_DAYS * DAY_MS)
  if (zero === undefined) return cell
  const seconds = Math.round((at - zero) / 1000)
  const [whole, rest] = [Math.floor(Math.abs(seconds) / 3600), Math.abs(seconds) % 3600]
  const shown = `${seconds < 0 ? '-' : ''}${twoDigits(whole)}:${twoDigits(Math.floor(rest / 60))}:${twoDigits(rest % 60)}`
  return { seconds, shown }
}

const markedCell = (cell: Cell, mark: Mark): Cell => {
  if (mark.kind === 'blank') return null
  if (mark.kind === 'unknown') return UNKNOWN
  if (mark.kind === 'clock') return clockCell(cell)
  if (mark.kind === 'error') return { error: cell === null ? '#' : String(cell) }
  if (mark.kind === 'day') return dayCell(mark.text)
  const shown = typeof cell === 'number' ? mark.of(cell) : null
  return shown === null || typeof cell !== 'number' ? cell : { number: cell, shown }
}

/** Fills what is merged downwards with the value of its first row, row after row. */
class Filling {
  readonly #merged: readonly MergedDown[]
  #next = 0
  #open: { readonly column: number; readonly last: number; readonly cell: Cell }[] = []

  constructor(merged: readonly MergedDown[]) {
    this.#merged = merged
  }

  /** The cells of a row that holds something of its own. */
  fill(index: number, cells: Cell[]): void {
    this.#open = this.#open.filter(({ last }) => last >= index)
    for (const { column, cell } of this.#open) if (cell !== null) cells[column] ??= cell
    for (let one = this.#merged[this.#next]; one !== undefined && one.first <= index; one = this.#merged[++this.#next])
      if (one.first === index) this.#open.push({ ...one, cell: cells[one.column] ?? null })
  }
}

interface Reading {
  readonly bytes: Buffer
  readonly sheet: string | number
  readonly at: BookSheet | undefined
  readonly formats: BookParts['formats']
}

/** Rows that hold anything. Throws FileRefused. */
async function* sheetRows({ bytes, sheet, at, formats }: Reading): AsyncGenerator<SheetRow> {
  let line = 1
  try {
    const part = at?.part ?? null
    const filling = new Filling(part === null ? [] : await mergedDown(bytes, part))
    const beside = part === null ? null : markedRows(bytes, part, formats)
    for await (const { index, values } of streamXlsxRows(bytes, { sheet })) {
      line = index + 2
      const marked = (await beside?.next())?.value
      if (marked === undefined || marked.index !== index) throw new Error('the rows of the sheet cannot be told')
      const cells = values.map(cellOf)
      for (const [column, mark] of marked.marks ?? []) cells[column] = markedCell(cells[column] ?? null, mark)
      if (!cells.some((cell) => cell !== null)) continue
      filling.fill(index, cells)
      yield { index, values: Array.from(cells, (cell) => cell ?? null) }
    }
  } catch (error) {
    if (error instanceof FileRefused)
      throw error.place.line > 1 ? error : new FileRefused(error.code, { line }, error.detail)
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
  const cells = cellsUnder(columns, values)
  if (cells !== null) return { kind: 'row', place, cells }
  return { kind: 'unread', place, code: 'wrong_columns', detail: `${values.length} > ${columns.length}`, cells: values }
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

export const openXlsx = async (source: Source, options: ReadOptions): Promise<Table> => {
  const bytes = await bytesOf(source)
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b)
    throw new FileRefused('broken_file', { line: 1 }, 'not a workbook (.xlsx is a ZIP file)')
  const { sheets, formats } = bookParts({ bytes, parts: partsOf(bytes) })
  // sheets are numbered from 1 for people
  const sheet = typeof options.sheet === 'number' ? options.sheet - 1 : (options.sheet ?? sheetSeen(sheets))
  const name = typeof sheet === 'string' ? sheet : `sheet ${sheet + 1}`
  const at = typeof sheet === 'number' ? sheets[sheet] : sheets.find((one) => one.name === sheet)
  const rows = sheetRows({ bytes, sheet, at, formats })
  let { columns } = options
  for (let above = options.skipRows + (columns === null ? 1 : 0); above > 0; above--) {
    const { done, value } = await rows.next()
    if (done === true) throw new FileRefused('empty_file', { line: 1, sheet: name }, 'no header, or no such sheet')
    if (above === 1 && columns === null) columns = columnNames(value.values)
  }
  const named = columns ?? []
  return {
    columns: named,
    encoding: 'xlsx',
    sheets: sheets.map((one) => one.name),
    others: await otherSheets(bytes, sheets, at),
    rows: () => rowsOf({ columns: named, rows, name }),
  }
}
