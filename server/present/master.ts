// Master data as lists (I9, J7): every version of every row as its catalogue wrote it, with the entry that brought it and
// the one in force marked. The index is made once a version of the law from the ledger's law entries; rows are shown as
// written, so that a field added to the catalogue is shown without a word here.

import type { MasterFlagName, MasterList, MasterRow, MasterTable, MasterVersion } from '../contract/master.ts'
import { MASTER_TABLES, type Tables } from '../contract/tables/registry.ts'
import type { MasterTableShape, Referred } from '../contract/tables/shape.ts'
import { type CalendarGrounds, calendarsAfter } from '../core/law/calendars.ts'
import { standingDocuments } from '../core/law/documents.ts'
import { type Law, newest } from '../core/law/law.ts'
import { regionsWithin } from '../core/law/region.ts'
import { atOnce, LOT_ROWS, lotsOf, type Steps } from '../core/steps.ts'
import { parseDay, printDay, printInstant } from '../core/time/civil.ts'
import { asDay, type Day, type Instant } from '../core/time/instant.ts'
import { type Flagging, flagsOf } from './master-flags.ts'

/** A law entry of the ledger, its document read. */
export interface LawEntry {
  readonly entry: number
  readonly at: Instant
  readonly by: string
  readonly body: Readonly<Record<string, unknown>>
}

type Row = Readonly<Record<string, unknown>>

export interface IndexedVersion {
  readonly validFrom: Day
  readonly from: LawEntry
  readonly row: Row
  replacedBy: number | null
}

export interface MasterIndex {
  /** The last entry it contains. */
  readonly version: number
  readonly entries: readonly LawEntry[]
  /** Those that make the law: none that was taken back (T1a). */
  readonly standing: readonly LawEntry[]
  /** What tables there are. */
  readonly shapes: Tables
  /** Calendars with the notices laid upon them (T1a). */
  readonly calendars: CalendarGrounds
  /** Codes in order; versions newest first. */
  readonly tables: ReadonlyMap<string, ReadonlyMap<string, readonly IndexedVersion[]>>
}

export const rowsIn = (body: Row, table: string): readonly Row[] =>
  Array.isArray(body[table]) ? (body[table] as Row[]) : []

const textOf = (row: Row, key: string): string | null => (typeof row[key] === 'string' ? (row[key] as string) : null)

export const codeOf = ({ key }: MasterTableShape, row: Row): string => textOf(row, key) ?? ''

export const dayOfRow = (row: Row, body: Row): Day =>
  parseDay(textOf(row, 'valid_from') ?? '') ?? parseDay(textOf(body, 'valid_from') ?? '') ?? asDay(0)

const put = (versions: IndexedVersion[], next: IndexedVersion): void => {
  for (const known of versions)
    if (known.validFrom === next.validFrom && known.replacedBy === null) known.replacedBy = next.from.entry
  versions.push(next)
}

function* tableOf(
  entries: readonly LawEntry[],
  table: MasterTableShape,
): Steps<ReadonlyMap<string, readonly IndexedVersion[]>> {
  const isFull = lotsOf(LOT_ROWS)
  const found = new Map<string, IndexedVersion[]>()
  for (const from of entries) {
    for (const row of rowsIn(from.body, table.name)) {
      if (isFull()) yield
      const code = codeOf(table, row)
      const versions = found.get(code) ?? []
      put(versions, { validFrom: dayOfRow(row, from.body), from, row, replacedBy: null })
      found.set(code, versions)
    }
  }
  for (const versions of found.values())
    versions.sort((a, b) => b.validFrom - a.validFrom || b.from.entry - a.from.entry)
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
}

/** Stops after some rows (I5). */
export function* indexSteps(entries: readonly LawEntry[], shapes: Tables = MASTER_TABLES): Steps<MasterIndex> {
  const standing = standingDocuments(entries)
  const tables = new Map<string, ReadonlyMap<string, readonly IndexedVersion[]>>()
  for (const table of shapes) {
    tables.set(table.name, yield* tableOf(standing, table))
    yield
  }
  return {
    version: entries[entries.length - 1]?.entry ?? 0,
    entries,
    standing,
    shapes,
    calendars: yield* calendarsAfter(standing),
    tables,
  }
}

export const masterIndex = (entries: readonly LawEntry[]): MasterIndex => atOnce(indexSteps(entries))

/** The version in force on a day; before the first, null. */
export const inForceOf = (versions: readonly IndexedVersion[], on: Day): IndexedVersion | null =>
  versions.find(({ validFrom, replacedBy }) => replacedBy === null && validFrom <= on) ?? null

export interface MasterQuery {
  readonly table: string
  readonly on: Day
  readonly q: string | null
  readonly department: string | null
  readonly region: string | null
  readonly flag: MasterFlagName | null
  readonly code: string | null
  readonly after: string | null
  readonly limit: number
}

const versionView = (version: IndexedVersion, held: IndexedVersion | null, law: Law): MasterVersion => ({
  valid_from: printDay(version.validFrom),
  entry: version.from.entry,
  entered_at: printInstant(version.from.at, law.homeCalendar.zone),
  by: version.from.by,
  catalogue: textOf(version.from.body, 'catalogue') ?? '',
  in_force: version === held,
  replaced_by: version.replacedBy,
  row: version.row,
})

/** What is said of a code now: the row in force, else the newest to come. */
const spoken = (versions: readonly IndexedVersion[], on: Day): Row =>
  (inForceOf(versions, on) ?? versions.find(({ replacedBy }) => replacedBy === null) ?? versions[0])?.row ?? {}

interface Called {
  readonly name: string
  readonly nameEn?: string
}
const REFERRED: Readonly<Record<Referred, (law: Law, code: string) => Called | null | undefined>> = {
  departments: (law, code) => newest(law.tables.departments.get(code)),
  regions: (law, code) => newest(law.tables.regions.get(code)),
  windows: (law, code) => newest(law.tables.windows.get(code)),
  calendars: (law, code) => law.calendars.get(code),
}

/** The code by which a row refers to another table; null: it does not. */
const referredIn = ({ fields }: MasterTableShape, row: Row, to: Referred): string | null => {
  const field = Object.entries(fields).find(([, shape]) => shape.kind === 'code' && shape.refers === to)?.[0]
  return field === undefined ? null : textOf(row, field)
}

const namesIn = ({ fields }: MasterTableShape, row: Row, law: Law): Pick<MasterRow, 'names' | 'names_en'> => {
  const [names, names_en]: [Record<string, string>, Record<string, string>] = [{}, {}]
  for (const [field, shape] of Object.entries(fields)) {
    if (shape.kind !== 'code' || shape.refers === undefined) continue
    const code = textOf(row, field)
    const called = code === null ? null : REFERRED[shape.refers](law, code)
    if (called === null || called === undefined) continue
    names[field] = called.name
    if (called.nameEn !== undefined) names_en[field] = called.nameEn
  }
  return { names, names_en }
}

function* rowView(
  table: MasterTableShape,
  [code, versions]: readonly [string, readonly IndexedVersion[]],
  on: Day,
  flagging: Flagging,
): Steps<MasterRow> {
  const row = spoken(versions, on)
  const held = inForceOf(versions, on)
  return {
    table: table.name as MasterTable,
    code,
    name: textOf(row, 'name') ?? code,
    name_en: textOf(row, 'name_en'),
    ...namesIn(table, row, flagging.law),
    versions: versions.map((version) => versionView(version, held, flagging.law)),
    flags: yield* flagsOf(table, code, row, flagging),
  }
}

const includes = (row: Row, code: string, q: string): boolean =>
  [code, textOf(row, 'name'), textOf(row, 'name_en'), textOf(row, 'short_name')].some(
    (text) => text?.toLowerCase().includes(q) === true,
  )

const orgOf = (table: MasterTableShape, code: string, row: Row): string | null =>
  table.name === 'departments' ? code : referredIn(table, row, 'departments')

const regionOf = (table: MasterTableShape, code: string, row: Row, law: Law): string | null => {
  if (table.name === 'regions') return code
  if (table.name === 'departments') return referredIn(table, row, 'regions')
  const org = orgOf(table, code, row)
  const versions = org === null ? undefined : law.tables.departments.get(org)
  return versions?.[versions.length - 1]?.region ?? null
}

const cursorOf = (code: string): string => Buffer.from(code, 'utf8').toString('base64url')
const codeFrom = (cursor: string): string => Buffer.from(cursor, 'base64url').toString('utf8')

/** Rows looked at before the others have their turn; what is odd about one may take a while to find out. */
const LOT = 200

/** A page of a table. The same order for every filter: by code. Stops after some rows, and after each that is shown (I5). */
export function* masterList(index: MasterIndex, query: MasterQuery, flagging: Flagging): Steps<MasterList> {
  const { on, department, region, flag, code: only } = query
  const table = index.shapes.find(({ name }) => name === query.table)
  if (table === undefined) throw new Error(`no such table: ${query.table}`)
  const q = query.q === null ? null : query.q.trim().toLowerCase()
  const regions = region === null ? null : regionsWithin(flagging.law, region, on)
  const isWanted = function* ([code, versions]: readonly [string, readonly IndexedVersion[]]): Steps<boolean> {
    if (only !== null && code !== only) return false
    const row = spoken(versions, on)
    if (department !== null && orgOf(table, code, row) !== department) return false
    if (regions !== null && !regions.has(regionOf(table, code, row, flagging.law) ?? '')) return false
    if (q !== null && q !== '' && !includes(row, code, q)) return false
    return flag === null || (yield* flagsOf(table, code, row, flagging)).some((one) => one.flag === flag)
  }
  const wanted: (readonly [string, readonly IndexedVersion[]])[] = []
  let looked = 0
  for (const entry of index.tables.get(table.name) ?? []) {
    if (yield* isWanted(entry)) wanted.push(entry)
    looked += 1
    if (flag !== null || looked % LOT === 0) yield
  }
  const after = query.after === null ? null : codeFrom(query.after)
  const start = after === null ? 0 : wanted.findIndex(([code]) => code > after)
  const page = start < 0 ? [] : wanted.slice(start, start + query.limit)
  const last = page[page.length - 1]
  const items: MasterRow[] = []
  for (const entry of page) {
    items.push(yield* rowView(table, entry, on, flagging))
    yield
  }
  const isMore = start >= 0 && start + page.length < wanted.length
  return {
    table: table.name as MasterTable,
    as_of: printDay(on),
    total: wanted.length,
    items,
    next: isMore && last !== undefined ? cursorOf(last[0]) : null,
  }
}
