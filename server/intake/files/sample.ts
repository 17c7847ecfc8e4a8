// The beginning of a file looked at (I8): its first rows, its columns with what stands in them, the shape of that, and the
// formats its dates may be in. Bounded in rows and in text. Guesses nothing of what a column means.

import type { ColumnShape, ImportColumn } from '../../contract/imports.ts'
import type { Table } from '../readers/reader.ts'
import { type Format, formatFrom } from './moment.ts'
import { type Cell, type FileCode, FileRefused, type Place, type Read } from './row.ts'
import { plainText } from './text.ts'

export interface Sample {
  readonly encoding: string
  readonly delimiter: string | null
  readonly sheets: readonly string[]
  /** Heads of a table, and what stands in the file beside it. */
  readonly heads: Pick<Table, 'columns' | 'others'>
  readonly columns: readonly ImportColumn[]
  readonly rows: readonly Read[]
  readonly more: boolean
  readonly refused: { readonly code: FileCode; readonly place: Place; readonly detail: string } | null
}

const MOST_ROWS = 200
const MOST_CHARS = 1_000_000
const MOST_SAMPLES = 5
const MOST_COLUMNS = 500
const SHOWN_CHARS = 120

const charsOf = (row: Read): number =>
  row.kind === 'unread' ? 10 : Object.values(row.cells).reduce<number>((sum, cell) => sum + 8 + String(cell).length, 0)

/** The first rows of a table; reading stops behind them. */
const firstRows = async (table: Table): Promise<Pick<Sample, 'rows' | 'more' | 'refused'>> => {
  const rows: Read[] = []
  let chars = 0
  try {
    for await (const batch of table.rows())
      for (const row of batch) {
        if (rows.length >= MOST_ROWS || chars > MOST_CHARS) return { rows, more: true, refused: null }
        rows.push(row)
        chars += charsOf(row)
      }
    return { rows, more: false, refused: null }
  } catch (error) {
    if (!(error instanceof FileRefused)) throw error
    const { code, place, detail } = error
    return { rows, more: false, refused: { code, place, detail } }
  }
}

/** In the order in which they are tried; the first that fits all is proposed. */
const DATE_FORMATS = [
  'iso',
  'yyyy/M/d H:m:s.S',
  'yyyy/M/d H:m:s',
  'yyyy/M/d H:m',
  'yyyy/M/d',
  'yyyy-M-d H:m:s',
  'yyyy-M-d H:m',
  'yyyy-M-d',
  'yyyy.M.d H:m:s',
  'yyyy.M.d H:m',
  'yyyy.M.d',
  'yyyy年M月d日 H时m分s秒',
  'yyyy年M月d日 H时m分',
  'yyyy年M月d日 H:m:s',
  'yyyy年M月d日 H:m',
  'yyyy年M月d日',
  'yyyyMMddHHmmss',
  'yyyyMMdd',
  'M/d/yyyy h:m:s a',
  'M/d/yyyy h:m a',
  'M/d/yyyy H:m:s',
  'M/d/yyyy H:m',
  'M/d/yyyy',
  'd/M/yyyy H:m:s',
  'd/M/yyyy H:m',
  'd/M/yyyy',
  'd/M/yy H:m',
  'd.M.yyyy H:m:s',
  'd.M.yyyy H:m',
  'd.M.yyyy',
  'd-M-yyyy H:m:s',
  'd-M-yyyy H:m',
  'd-M-yyyy',
  'd-M-yyyy:H.m',
  'epoch_ms',
  'epoch_s',
] as const

const FORMATS = DATE_FORMATS.flatMap((name) => {
  const format = formatFrom(name)
  return format === null ? [] : [{ name, format }]
})

/** Numbers that could be anything are dates only where they say a year of our time. */
const FIRST_DAY = 3_652
const LAST_DAY = 36_525

const readsAs = (format: Format, cell: Cell): boolean => {
  const written = cell instanceof Date ? null : format(cell)
  return (
    cell instanceof Date ||
    (written !== null && (written.day as number) >= FIRST_DAY && (written.day as number) <= LAST_DAY)
  )
}

/** A column that is called one of dates may hold a few that are none: 不详, 待定. */
const MOST_READ = 0.8

/** The formats that read the most cells of a column, and how many they read. */
export const datesIn = (cells: readonly Cell[]): { formats: string[]; read: number } => {
  const counted = FORMATS.map(({ name, format }) => ({
    name,
    count: cells.filter((cell) => readsAs(format, cell)).length,
  }))
  const read = Math.max(...counted.map(({ count }) => count))
  return { formats: counted.filter(({ count }) => count === read).map(({ name }) => name), read }
}

/** Whether so many of a column say what the rest of it is taken for. */
export const isMajority = (count: number, of: number): boolean => count * 2 > of

const FLAG = /^(?:true|false|yes|no|y|n|是|否|有|无)$/i

const shapeOf = (cells: readonly Cell[], dates: readonly string[]): ColumnShape => {
  if (cells.length === 0) return 'empty'
  // a long number may be counted seconds, and may be anything else
  if (dates.some((name) => !name.startsWith('epoch')) || cells.every((cell) => cell instanceof Date)) return 'date'
  if (cells.every((cell) => typeof cell === 'boolean' || FLAG.test(plainText(cell)))) return 'flag'
  return cells.every((cell) => /^-?\d+(?:[.,]\d+)?$/.test(plainText(cell))) ? 'number' : 'text'
}

const isFilled = (cell: Cell): boolean => (typeof cell === 'string' ? cell.trim() !== '' : cell !== null)

const shown = (cell: Cell): string => {
  const text = plainText(cell)
  return text.length > SHOWN_CHARS ? `${text.slice(0, SHOWN_CHARS)}…` : text
}

const columnOf = (name: string, of: ImportColumn['of'], cells: readonly Cell[]): ImportColumn => {
  const filled = cells.filter(isFilled)
  const isSheets = filled.length > 0 && filled.every((cell) => cell instanceof Date)
  const { formats, read } = datesIn(filled)
  const dates = isSheets || !isMajority(read, filled.length) ? [] : formats
  const shape = shapeOf(filled, read < filled.length * MOST_READ ? [] : dates)
  const samples = [...new Set(filled.map(shown))].slice(0, MOST_SAMPLES)
  return { name, of, shape, filled: filled.length, samples, dates }
}

/** What stands in a column of the sample, without its empty cells; attributes of a trace once. */
export const cellsOf = (rows: readonly Read[], { name, of }: Pick<ImportColumn, 'name' | 'of'>): Cell[] =>
  rows.flatMap((row) => {
    if (row.kind === 'unread' || (of === 'case' && row.kind !== 'case')) return []
    const cell = row.cells[name] ?? null
    return isFilled(cell) ? [cell] : []
  })

const FEW_SAMPLES = 3

/** The first different ones of some cells, as they are shown. */
export const samplesOf = (cells: readonly Cell[]): string[] => [...new Set(cells.map(shown))].slice(0, FEW_SAMPLES)

const columnsOf = (named: readonly string[] | null, rows: readonly Read[]): ImportColumn[] => {
  const cells = new Map<string, { of: ImportColumn['of']; cells: Cell[] }>(
    (named ?? []).slice(0, MOST_COLUMNS).map((name) => [name, { of: 'row', cells: [] }]),
  )
  for (const row of rows) {
    if (row.kind === 'unread') continue
    for (const [name, cell] of Object.entries(row.cells)) {
      // attributes of a trace are told once, on its own row
      const ofCase = row.kind !== 'row' && name.startsWith('case:')
      if (ofCase && row.kind === 'event') continue
      const of = row.kind === 'row' ? 'row' : ofCase ? 'case' : 'event'
      const column = cells.get(name) ?? { of, cells: [] }
      column.cells.push(cell)
      if (cells.size < MOST_COLUMNS) cells.set(name, column)
    }
  }
  return [...cells].map(([name, column]) => columnOf(name, column.of, column.cells))
}

export const takeSample = async (table: Table): Promise<Sample> => {
  const first = await firstRows(table)
  return {
    ...first,
    encoding: table.encoding,
    delimiter: table.delimiter ?? null,
    sheets: table.sheets ?? [],
    heads: { columns: table.columns, ...(table.others === undefined ? {} : { others: table.others }) },
    columns: columnsOf(table.columns, first.rows),
  }
}
