// A file of master data weighed against the law in force (I9): read, judged, compared, and tried on as law, all before
// anything is enacted. The same for the upload and for the command. Changes nothing.

import type { MappingFault } from '../contract/imports.ts'
import type { MasterFault, MasterLoad } from '../contract/master.ts'
import { buildLaw } from '../core/law/build.ts'
import { LawError } from '../core/law/fault.ts'
import { CalendarError } from '../core/time/calendar-source.ts'
import type { Source } from '../intake/files/bytes.ts'
import type { OpenTable } from '../intake/files/reader.ts'
import { draftMaster, type MasterDraft } from '../intake/master/draft.ts'
import { fieldsOfCatalogue } from '../intake/master/fields.ts'
import { type MasterMappingFile, masterMappingFaults } from '../intake/master/mapping.ts'
import type { MasterIndex } from '../present/master.ts'
import { calendarFileOf } from '../present/master-calendar.ts'
import { compareWithLaw } from '../present/master-changes.ts'

export interface LoadAsked {
  /** As people call it; its ending tells the format. */
  readonly file: string
  readonly mapping: MasterMappingFile | null
  readonly catalogue: string | null
  readonly validFrom: string | null
  readonly skipFaulty: boolean
  readonly open: OpenTable
}

export interface Weighed {
  readonly load: MasterLoad
  /** What would be enacted; null: it is refused, whole. */
  readonly document: Record<string, unknown> | null
}

/** A mapping of a parsed document, or its faults. */
export const masterMapping = (document: unknown): { mapping: MasterMappingFile } | { faults: MappingFault[] } => {
  const faults = masterMappingFaults(document, fieldsOfCatalogue())
  return faults.length > 0 ? { faults } : { mapping: document as MasterMappingFile }
}

/** What the law itself has against a document of good shape: a parent that is none, a calendar with a day twice. */
const lawFault = (document: Record<string, unknown>, index: MasterIndex): MasterFault | null => {
  const next = { entry: index.version + 1, body: document }
  try {
    buildLaw([...index.entries, next])
    return null
  } catch (error) {
    if (!(error instanceof LawError) && !(error instanceof CalendarError)) throw error
    const code = error instanceof CalendarError ? 'bad_calendar' : 'bad_law'
    const zh = code === 'bad_calendar' ? `日历不能成立：${error.message}` : `法不能成立：${error.message}`
    const table = code === 'bad_calendar' ? 'calendars' : null
    return { line: null, sheet: null, table, field: error.at, code, zh, en: error.message }
  }
}

const NO_CHANGE = { added: 0, changed: 0, same: 0 } as const

const loadOf = (draft: MasterDraft, asked: LoadAsked, index: MasterIndex): MasterLoad => {
  const compared = draft.document === null ? null : compareWithLaw(draft.document, index)
  return {
    file: asked.file,
    format: draft.format ?? '-',
    encoding: draft.encoding,
    mapping: asked.mapping?.mapping ?? null,
    catalogue: draft.catalogue,
    valid_from: draft.validFrom,
    rows: draft.rows,
    tables: draft.tables.map((table) => ({ ...table, ...NO_CHANGE, ...compared?.counts.get(table.table) })),
    skipped: [...draft.skipped],
    faults: [...draft.faults],
    fault_count: draft.faultCount,
    fatal: draft.fatal,
    changes: compared?.changes ?? [],
    change_count: compared?.count ?? 0,
    law: index.version,
    entry: null,
  }
}

export const weighFile = async (source: Source, asked: LoadAsked, index: MasterIndex): Promise<Weighed> => {
  const calendar = (id: string) => calendarFileOf(index, id)
  const { file, mapping, catalogue, validFrom, open } = asked
  const draft = await draftMaster(source, { file, mapping, catalogue, validFrom, calendar, open })
  const load = loadOf(draft, asked, index)
  const { document } = draft
  if (document === null) return { load, document: null }
  const fault = lawFault(document, index)
  if (fault !== null) {
    const told = { faults: [fault, ...load.faults], fault_count: load.fault_count + 1, fatal: true }
    return { load: { ...load, ...told }, document: null }
  }
  const isTaken = load.fault_count === 0 || asked.skipFaulty
  const isAnything = load.tables.some(({ taken }) => taken > 0)
  return { load, document: isTaken && isAnything ? document : null }
}
