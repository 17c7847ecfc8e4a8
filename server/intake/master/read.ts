// A file of master data opened and read through (I9): CSV, XLSX and NDJSON, also zipped, and lists of a JSON document, by
// a mapping or by headers that are the field names; every sheet of a workbook. A JSON document of the catalogue's own
// shape comes as it stands. What cannot be read is among the faults, never thrown.

import type { MasterFault } from '../../contract/master.ts'
import type { Tables } from '../../contract/tables/registry.ts'
import { type InPieces, LOT_ROWS, lotsOf, type Steps } from '../../core/steps.ts'
import { bareSteps } from '../catalogue.ts'
import type { Source } from '../files/bytes.ts'
import { FileRefused, type Read } from '../files/row.ts'
import { type OpenTable, PLAIN_OPTIONS, type ReadOptions, type Table } from '../readers/reader.ts'
import { formatOf, readerOf } from '../readers/registry.ts'
import { masterFault } from './faults.ts'
import { openList, readDocument } from './json.ts'
import { documentFaults } from './judge.ts'
import type { MasterMappingFile, MasterTableFile } from './mapping.ts'
import { type MasterRead, MasterRows, type Rule } from './rows.ts'

/** `json`, or that of a reader. */
export type MasterFormat = string

const optionsOf = (file: MasterMappingFile | null, sheet: string | number | null): ReadOptions => ({
  ...PLAIN_OPTIONS,
  encoding: file?.encoding ?? null,
  delimiter: file?.delimiter ?? null,
  columns: file?.columns ?? null,
  skipRows: file?.skip_rows ?? 0,
  sheet,
})

/** Opens one sheet of the file; a file of text has one alone. null: there is no such sheet. */
type OpenSheet = (options: ReadOptions) => Promise<Table | null>

interface Reading {
  readonly source: Source
  readonly format: MasterFormat
  readonly mapping: MasterMappingFile | null
  /** The day from which rows hold that name none. */
  readonly validFrom: string | null
  /** The calendar upon which a clerk's table of holidays is laid. */
  readonly home: string
  /** Opens a table: here, or where what unfolds is guarded. */
  readonly open: OpenTable
  readonly inPieces: InPieces
  readonly tables: Tables
}

const isNoSheet = (error: unknown): boolean => error instanceof FileRefused && error.code === 'empty_file'

const opener = ({ source, format, mapping, open, inPieces }: Reading): OpenSheet => {
  if (format === 'json') return () => openList(source, mapping?.rows ?? '', inPieces)
  return async (options) => {
    try {
      return await open(source, format, options)
    } catch (error) {
      if (isNoSheet(error)) return null
      throw error
    }
  }
}

/** What is done with the rows of a sheet. */
type EachRow = (sheet: Table, take: (read: Read) => void) => Promise<void>

function* takeAll(batch: readonly Read[], take: (read: Read) => void): Steps<void> {
  const isFull = lotsOf(LOT_ROWS)
  for (const read of batch) {
    if (isFull()) yield
    take(read)
  }
}

const eachRowIn =
  (inPieces: InPieces): EachRow =>
  async (sheet, take) => {
    for await (const batch of sheet.rows()) await inPieces(takeAll(batch, take))
  }

interface Opened {
  readonly open: OpenSheet
  readonly eachRow: EachRow
}

const MOST_SHEETS = 40

/** Every sheet of a workbook; where their number is not known, two without a header in a row end it. */
const readByHeaders = async (file: MasterRows, { open, eachRow }: Opened, isBook: boolean): Promise<void> => {
  let empty = 0
  let known: number | null = null
  for (let n = 1; n <= (isBook ? (known ?? MOST_SHEETS) : 1) && (known !== null || empty < 2); n++) {
    const sheet = await open(optionsOf(null, isBook ? n : null))
    empty = sheet === null ? empty + 1 : 0
    if (sheet === null) continue
    known = sheet.sheets === undefined || sheet.sheets.length === 0 ? known : sheet.sheets.length
    file.encoding = sheet.encoding
    if (sheet.columns === null) {
      await eachRow(sheet, (read) => file.takeWhole(read))
      continue
    }
    const rule = file.ruleOfHeader(sheet.columns, isBook ? { line: 1, sheet: `sheet ${n}` } : { line: 1 })
    if (rule === null) await sheet.drop?.()
    else await eachRow(sheet, (read) => file.take(read, [rule]))
  }
}

const readByMapping = async (
  file: MasterRows,
  { open, eachRow }: Opened,
  mapping: MasterMappingFile,
): Promise<void> => {
  const sheets = new Map<string | number | null, MasterTableFile[]>()
  for (const rule of mapping.tables) {
    const sheet = rule.sheet ?? mapping.sheet ?? null
    sheets.set(sheet, [...(sheets.get(sheet) ?? []), rule])
  }
  for (const [name, tables] of sheets) {
    const sheet = await open(optionsOf(mapping, name))
    if (sheet === null) throw new FileRefused('empty_file', { line: 1 }, `no such sheet: ${name ?? 1}`)
    file.encoding = sheet.encoding
    const place = name === null ? { line: 1 } : { line: 1, sheet: String(name) }
    const rules: Rule[] = file.rulesOf(tables, sheet.columns, place)
    if (rules.length === 0) await sheet.drop?.()
    else await eachRow(sheet, (read) => file.take(read, rules))
  }
}

const wholeFile = (code: 'empty_file'): MasterFault => masterFault(code, { place: null, table: null, field: '' })

const refused = (error: unknown): MasterFault => {
  if (!(error instanceof FileRefused)) throw error
  return masterFault(error.code, { place: error.place, table: null, field: '' }, error.detail)
}

/** Reads rows of a file through a mapping, or by its headers. */
export const readRows = async (reading: Reading): Promise<MasterRead> => {
  const { mapping, format, validFrom, home, tables } = reading
  const file = new MasterRows(mapping, validFrom, home, tables)
  const opened = { open: opener(reading), eachRow: eachRowIn(reading.inPieces) }
  try {
    if (mapping === null) await readByHeaders(file, opened, readerOf(format)?.hasSheets === true)
    else await readByMapping(file, opened, mapping)
    if (file.rows === 0 && file.faults.count === 0) file.refuse(wholeFile('empty_file'))
  } catch (error) {
    file.refuse(refused(error))
  }
  return reading.inPieces(file.done())
}

/** A document of the catalogue's own shape, `over` laid upon it, with the faults it then has. */
export const readWhole = async (
  source: Source,
  over: Readonly<Record<string, unknown>>,
  { inPieces, tables }: Pick<Reading, 'inPieces' | 'tables'>,
): Promise<{ document: unknown; faults: MasterFault[] }> => {
  try {
    const own = await readDocument(source, inPieces)
    const isObject = typeof own === 'object' && own !== null && !Array.isArray(own)
    const document = await inPieces(bareSteps(isObject ? { ...own, ...over } : own))
    return { document, faults: await inPieces(documentFaults(document, tables)) }
  } catch (error) {
    return { document: null, faults: [refused(error)] }
  }
}

/** The format a mapping or the name of the file tells; JSON is taken here beside what events come in. */
export const masterFormatOf = (name: string, mapping: MasterMappingFile | null): MasterFormat => {
  if (mapping?.format !== undefined) return mapping.format
  if (/\.json(\.gz)?$/i.test(name)) return 'json'
  const format = formatOf(name)
  if (readerOf(format)?.eventsAlone === true)
    throw new FileRefused('unknown_format', { line: 1 }, `.${format}: JSON, NDJSON, CSV, XLSX`)
  return format
}
