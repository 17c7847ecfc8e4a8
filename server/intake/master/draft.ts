// What a file of master data comes to (I9): a catalogue document that may be enacted, or the faults for which it may not.
// By default one fault refuses the whole file; rows are left out only where that was asked for. Reads no law: calendars in
// force, upon which a notice is laid, are handed in.

import type { CalendarFile } from '../../contract/catalogue.ts'
import type { CalendarCoverage, MasterFault, NoticeChoice } from '../../contract/master.ts'
import type { Tables } from '../../contract/tables/registry.ts'
import type { InPieces } from '../../core/steps.ts'
import { parseDay } from '../../core/time/civil.ts'
import type { Source } from '../files/bytes.ts'
import { FileRefused } from '../files/row.ts'
import type { OpenTable } from '../readers/reader.ts'
import { weighDocument } from './calendar-document.ts'
import { calendarsFrom } from './calendar-laid.ts'
import type { InForce } from './calendar-weighed.ts'
import { type FaultList, masterFault } from './faults.ts'
import { documentFaults } from './judge.ts'
import type { MasterMappingFile } from './mapping.ts'
import { type MasterFormat, masterFormatOf, readRows, readWhole } from './read.ts'
import type { PlaceOf } from './referred.ts'
import type { MasterRead, Noted, Skipped } from './rows.ts'
import type { TableCount } from './table-rows.ts'

export interface DraftAsked {
  /** Its name tells its format; `source.path` may be of another name. */
  readonly file: string
  readonly mapping: MasterMappingFile | null
  /** Before what the mapping says, which stands before what the file is called. */
  readonly catalogue: string | null
  readonly validFrom: string | null
  /** The calendar in force under an id, as its document wrote it. */
  readonly calendar: (id: string) => CalendarFile | null
  /** The calendar upon which a table of days is laid that names none. */
  readonly home: string
  /** How far the file's notice reaches, where it does not say so itself; null: nothing is said (T1a). */
  readonly coversTo: string | null
  /** Whether its notice replaces days in force that it does not name, or adds to them; null: nothing is said. */
  readonly notice: NoticeChoice | null
  /** A calendar may cover less than the one in force. */
  readonly shrinks: boolean
  /** Opens a table: here, or where what unfolds is guarded. */
  readonly open: OpenTable
  readonly inPieces: InPieces
  /** The tables a catalogue has. */
  readonly tables: Tables
}

export interface MasterDraft {
  readonly format: MasterFormat | null
  readonly encoding: string | null
  readonly catalogue: string
  readonly validFrom: string | null
  readonly rows: number
  readonly tables: readonly TableCount[]
  readonly skipped: readonly Skipped[]
  readonly notes: readonly Noted[]
  readonly faults: readonly MasterFault[]
  readonly faultCount: number
  /** Nothing of it can be taken, whatever is left out. */
  readonly fatal: boolean
  /** How far its calendars reach, and by what. */
  readonly coverage: readonly CalendarCoverage[]
  /** What can be taken of it; null where it is fatal. */
  readonly document: Record<string, unknown> | null
  /** Where a row of a table of the document stands in the file. */
  readonly placeOf: PlaceOf
}

type Rows = Readonly<Record<string, unknown>>

const bare = (name: string): string => name.replace(/^.*[\\/]/, '').replace(/(\.[a-z0-9]+){1,2}$/i, '')

const NOWHERE = { place: null, table: null } as const

const refusedDraft = (asked: DraftAsked, faults: readonly MasterFault[], format: MasterFormat | null): MasterDraft => ({
  format,
  encoding: null,
  catalogue: asked.catalogue ?? bare(asked.file),
  validFrom: asked.validFrom,
  rows: 0,
  tables: [],
  skipped: [],
  notes: [],
  faults,
  faultCount: faults.length,
  fatal: true,
  coverage: [],
  document: null,
  placeOf: () => null,
})

const inForceFor = ({ calendar, coversTo, notice, shrinks }: DraftAsked): InForce => ({
  current: calendar,
  coversTo,
  notice,
  shrinks,
})

/** A JSON document stands as it is written; a day and a name that were asked for go before its own. */
const wholeDraft = async (source: Source, asked: DraftAsked): Promise<MasterDraft> => {
  const over = {
    ...(asked.catalogue === null ? {} : { catalogue: asked.catalogue }),
    ...(asked.validFrom === null ? {} : { valid_from: asked.validFrom }),
  }
  const { document, faults } = await readWhole(source, over, asked)
  if (faults.length > 0) return refusedDraft(asked, faults, 'json')
  const weighed = await asked.inPieces(weighDocument(document as Record<string, unknown>, inForceFor(asked)))
  const { body, coverage, kept } = weighed
  const told = [...weighed.faults, ...kept]
  const fatal = weighed.faults.length > 0
  const listed = ['calendars', 'notices', ...asked.tables.map(({ name }) => name)]
  const tables = listed
    .filter((table) => Array.isArray(body[table]))
    .map((table) => ({
      table,
      taken: (body[table] as unknown[]).length,
      repeated: 0,
      skipped: 0,
      faulty: 0,
    }))
  return {
    ...refusedDraft(asked, [], 'json'),
    encoding: 'utf-8',
    catalogue: String(body.catalogue),
    validFrom: String(body.valid_from),
    rows: tables.reduce((sum, { taken }) => sum + taken, 0),
    tables,
    faults: told,
    faultCount: told.length,
    fatal,
    coverage,
    document: fatal ? null : body,
  }
}

/** The day that was asked for, else the mapping's. */
const dayAsked = ({ validFrom, mapping }: DraftAsked): string | null => validFrom ?? mapping?.valid_from ?? null

/** The day from which rows hold that name none; the first of theirs where none was asked for and all name one. */
const dayOf = (asked: DraftAsked, { body, calendars }: MasterRead): string | null => {
  const given = dayAsked(asked)
  if (given !== null) return given
  const rows = Object.values(body).flat() as Rows[]
  const days = rows.map((row) => row.valid_from)
  if (days.some((day) => typeof day !== 'string')) return null
  // a calendar has no day of its own: it names its days
  const named = days.length > 0 ? (days as string[]) : calendars.all().flatMap((calendar) => [...calendar.days.keys()])
  return named.reduce((first, day) => (day < first ? day : first), named[0] ?? '1970-01-01')
}

const rowsDraft = async (source: Source, format: MasterFormat, asked: DraftAsked): Promise<MasterDraft> => {
  const { mapping, open, inPieces, home, tables: known } = asked
  const reading = { source, format, mapping, validFrom: dayAsked(asked), home, open, inPieces, tables: known }
  const read = await readRows(reading)
  const faults: FaultList = read.faults
  let { fatal } = read
  const refuse = (fault: MasterFault): void => {
    fatal = true
    faults.add(fault)
  }
  const made = calendarsFrom(read.calendars, inForceFor(asked))
  for (const fault of made.faults) refuse(fault)
  for (const fault of made.kept) faults.add(fault)
  const validFrom = dayOf(asked, read)
  if (validFrom === null) refuse(masterFault('no_valid_from', { ...NOWHERE, field: 'valid_from' }))
  else if (parseDay(validFrom) === null)
    refuse(masterFault('not_a_day', { ...NOWHERE, field: 'valid_from' }, validFrom))
  const catalogue = asked.catalogue ?? mapping?.catalogue ?? mapping?.mapping ?? bare(asked.file)
  const calendars = made.calendars.length === 0 ? {} : { calendars: made.calendars }
  const notices = made.notices.length === 0 ? {} : { notices: made.notices }
  const document = { catalogue, valid_from: validFrom ?? '', ...calendars, ...notices, ...read.body }
  // the last word on what is left is the judge's
  if (!fatal) for (const fault of await inPieces(documentFaults(document, known))) refuse(fault)
  const { encoding, rows, tables, skipped, notes } = read
  const { coverage } = made
  const told = { faults: faults.sorted(), faultCount: faults.count, fatal, coverage }
  const said = { format, encoding, catalogue, validFrom, rows, tables, skipped, notes }
  const placeOf: PlaceOf = (table, at) => read.placed.get(table)?.[at]?.place ?? null
  return { ...said, ...told, document: fatal ? null : document, placeOf }
}

/** Reads a file of master data and says what it comes to. Never throws for what the file says. */
export const draftMaster = async (source: Source, asked: DraftAsked): Promise<MasterDraft> => {
  try {
    const format = masterFormatOf(asked.file, asked.mapping)
    if (format === 'json' && asked.mapping === null) return await wholeDraft(source, asked)
    return await rowsDraft(source, format, asked)
  } catch (error) {
    if (!(error instanceof FileRefused)) throw error
    return refusedDraft(asked, [masterFault(error.code, { place: error.place, ...NO_FIELD }, error.detail)], null)
  }
}

const NO_FIELD = { table: null, field: '' } as const
