// A file of master data weighed against the law in force (I9): read, judged, compared, and tried on as law, all before
// anything is enacted. The same for the upload and for the command. Changes nothing.

import type { MappingFault } from '../../contract/imports.ts'
import type { MasterFault, MasterLoad } from '../../contract/master.ts'
import { MASTER_TABLES, type Tables } from '../../contract/tables/registry.ts'
import { afterSteps, buildSteps } from '../../core/law/build.ts'
import { type Contained, containedIn } from '../../core/law/contained.ts'
import { takenBack, takesBack } from '../../core/law/documents.ts'
import { LawError } from '../../core/law/fault.ts'
import type { Law } from '../../core/law/law.ts'
import { regionSteps } from '../../core/law/regions.ts'
import type { InPieces, Steps } from '../../core/steps.ts'
import { CalendarError } from '../../core/time/calendar-source.ts'
import type { Source } from '../../intake/files/bytes.ts'
import { draftMaster, type MasterDraft } from '../../intake/master/draft.ts'
import { masterFault } from '../../intake/master/faults.ts'
import { type MasterMappingFile, masterMappingFaults } from '../../intake/master/mapping.ts'
import { type ReferredNames, referredSteps, withoutRows } from '../../intake/master/referred.ts'
import type { OpenTable } from '../../intake/readers/reader.ts'
import type { MasterIndex } from '../../present/master.ts'
import { calendarFileOf } from '../../present/master-calendar.ts'
import { compareWithLaw } from '../../present/master-changes.ts'
import type { LoadYes } from './enact.ts'

export interface LoadAsked extends LoadYes {
  /** As people call it; its ending tells the format. */
  readonly file: string
  readonly mapping: MasterMappingFile | null
  readonly catalogue: string | null
  readonly validFrom: string | null
  /** How far a notice of the file reaches, where it does not say so itself (T1a). */
  readonly coversTo: string | null
  readonly open: OpenTable
  readonly inPieces: InPieces
}

export interface Weighed {
  readonly load: MasterLoad
  /** What would be enacted; null: it is refused, whole. */
  readonly document: Record<string, unknown> | null
  /** The law in force and the one that would be; null where nothing would be enacted. */
  readonly laws: { readonly before: Law; readonly after: Law } | null
}

/** A mapping of a parsed document, or its faults. */
export const masterMapping = (
  document: unknown,
  tables: Tables = MASTER_TABLES,
): { mapping: MasterMappingFile } | { faults: MappingFault[] } => {
  const faults = masterMappingFaults(document, tables)
  return faults.length > 0 ? { faults } : { mapping: document as MasterMappingFile }
}

/** The calendar upon which a clerk's holiday table is laid: the centre's, or that ancestor of it which keeps statutory days. */
const noticeCalendarOf = (law: Law, index: MasterIndex): string => {
  const home = law.homeCalendar.id
  for (let id: string | undefined = home; id !== undefined; ) {
    const file = calendarFileOf(index, id)
    if (typeof file?.statutory === 'string') return id
    id = file?.parent
  }
  return home
}

/** The law with the document, or what the law itself has against it: a parent that is none, a calendar with a day twice. */
function* tried(document: Record<string, unknown>, before: Law, index: MasterIndex): Steps<Law | MasterFault> {
  const next = { entry: index.version + 1, body: document }
  try {
    const law = yield* afterSteps(before, next)
    yield* regionSteps(law)
    return law
  } catch (error) {
    if (!(error instanceof LawError) && !(error instanceof CalendarError)) throw error
    const code = error instanceof CalendarError ? 'bad_calendar' : 'bad_law'
    const zh = code === 'bad_calendar' ? `日历不能成立：${error.message}` : `法不能成立：${error.message}`
    const table = code === 'bad_calendar' ? 'calendars' : null
    return { line: null, sheet: null, table, field: error.at, code, zh, en: error.message }
  }
}

const NO_CHANGE = { added: 0, changed: 0, same: 0 } as const

function* loadOf(draft: MasterDraft, asked: LoadAsked, index: MasterIndex): Steps<MasterLoad> {
  const compared = draft.document === null ? null : yield* compareWithLaw(draft.document, index)
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
    notes: [...draft.notes],
    faults: [...draft.faults],
    fault_count: draft.faultCount,
    fatal: draft.fatal,
    changes: compared?.changes ?? [],
    change_count: compared?.count ?? 0,
    coverage: [...draft.coverage],
    names: [],
    moves: null,
    law: index.version,
    entry: null,
  }
}

/** What a document may say beside tables: settings, rules, the centre's own name (L18). */
const saysMore = (document: Readonly<Record<string, unknown>>): boolean =>
  ['settings', 'rules', 'centre'].some((key) => document[key] !== undefined)

/** Refused, and told why: there is nothing in it that could be enacted. */
const sayingNothing = (load: MasterLoad): MasterLoad => {
  const fault = masterFault('empty_file', { place: null, table: null, field: '/' })
  return { ...load, faults: [fault], fault_count: 1, fatal: true }
}

/** The draft with codes where names stood; rows whose names say no one code are faults, and no part of what may be taken. */
function* withCodes(
  draft: MasterDraft,
  law: Law,
  shapes: Tables,
): Steps<{ draft: MasterDraft; names: ReferredNames['names'] }> {
  if (draft.document === null) return { draft, names: [] }
  const { body, names, faulty, faults } = yield* referredSteps(draft.document, law.tables, shapes, draft.placeOf)
  const tables = draft.tables.map((count) => {
    const left = faulty.get(count.table)?.size ?? 0
    return left === 0 ? count : { ...count, taken: count.taken - left, faulty: count.faulty + left }
  })
  const told = {
    tables,
    faults: [...draft.faults, ...faults],
    faultCount: draft.faultCount + [...faulty.values()].reduce((sum, rows) => sum + rows.size, 0),
  }
  return { draft: { ...draft, ...told, document: withoutRows(body, faulty) }, names }
}

export const weighFile = async (source: Source, asked: LoadAsked, index: MasterIndex): Promise<Weighed> => {
  const calendar = (id: string) => calendarFileOf(index, id)
  const { skipFaulty: _, ...said } = asked
  const { inPieces } = asked
  const before = await inPieces(buildSteps(index.entries))
  const home = noticeCalendarOf(before, index)
  const read = await draftMaster(source, { ...said, calendar, home, tables: index.shapes })
  const { draft, names } = await inPieces(withCodes(read, before, index.shapes))
  const load = { ...(await inPieces(loadOf(draft, asked, index))), names: [...names] }
  const { document } = draft
  if (document === null) return { load, document: null, laws: null }
  const after = await inPieces(tried(document, before, index))
  if ('code' in after) {
    const told = { faults: [after, ...load.faults], fault_count: load.fault_count + 1, fatal: true }
    return { load: { ...load, ...told }, document: null, laws: null }
  }
  const isTaken = load.fault_count === 0 || asked.skipFaulty
  const isAnything = load.tables.some(({ taken }) => taken > 0) || saysMore(document)
  if (isTaken && isAnything) return { load, document, laws: { before, after } }
  return { load: isTaken && load.fault_count === 0 ? sayingNothing(load) : load, document: null, laws: null }
}

type TakingBack =
  | { document: Record<string, unknown>; laws: NonNullable<Weighed['laws']> }
  | 'not_found'
  | 'taken_back'
  | { contained: Contained }
  | MasterFault

/** A document that takes a load back (T1a), with both laws; or why it cannot be taken back. Stops after some rows (I5). */
export function* weighTakingBack(entry: number, why: string, index: MasterIndex): Steps<TakingBack> {
  const load = index.entries.find((one) => one.entry === entry)
  if (load === undefined || takesBack(load) !== null) return 'not_found'
  if (takenBack(index.entries).has(entry)) return 'taken_back'
  const contained = yield* containedIn(index.standing, entry)
  if (contained !== null) return { contained }
  const name = typeof load.body.catalogue === 'string' ? load.body.catalogue : String(entry)
  const document = { catalogue: `撤回：${name}`, takes_back: entry, why }
  const before = yield* buildSteps(index.entries)
  const after = yield* tried(document, before, index)
  return 'code' in after ? after : { document, laws: { before, after } }
}
