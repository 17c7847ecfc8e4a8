// A mapping compiled: faults of meaning with their places, or a function from rows to wire events (I8). A row is mapped
// whole or skipped whole. Without an id an event is known by the digest of what it says: equal rows are one event.

import { createHash } from 'node:crypto'
import type { MappingFault } from '../../contract/imports.ts'
import type { WireEvent } from '../../contract/ingest.ts'
import { type Zone, zoneOf } from '../../core/time/zone.ts'
import { canonicalize, NotCanonical } from '../canonical.ts'
import type { ReadOptions } from '../readers/reader.ts'
import { READERS, type Readers, readerOf, readersText } from '../readers/registry.ts'
import { type Compiling, fieldFaults, type Use } from './compiling.ts'
import type { EditionFrom, Keyed } from './edition.ts'
import { isEncoding } from './encoding.ts'
import type { Made } from './making.ts'
import { type MappingFile, mappingFaults } from './mapping.ts'
import { formatFrom } from './moment.ts'
import type { Names } from './names.ts'
import { editedIn, type Registered, registeredOf } from './registered.ts'
import type { FileCode, Note, Row } from './row.ts'
import { type Cut, caseRule, eventRule, type Rule } from './rules.ts'
import { sendsOf } from './sends.ts'
import { Unmapped } from './value.ts'

/** A row of which something cannot be read. */
export interface Skipped {
  readonly code: FileCode
  readonly detail: string
  /** What else cannot be read in it. */
  readonly more: readonly Note[]
  /** What it says besides: it waits until the row is whole (I15). */
  readonly waiting: readonly WireEvent[]
}

export interface Mapped {
  /** Facts of the case, which tables repeat on each of its rows. */
  readonly caseEvents: readonly WireEvent[]
  readonly events: readonly WireEvent[]
  /** The mapping asks to leave the row out. */
  readonly leftOut: boolean
  /** Told of a row that is taken. */
  readonly notes: readonly Note[]
}

export interface Mapping {
  readonly name: string
  readonly source: string | null
  readonly format: MappingFile['format'] | null
  readonly options: ReadOptions
  /** Columns a table must have. */
  readonly columns: readonly string[]
  /** What its columns are used as, each with how it is read. */
  readonly uses: readonly Use[]
  /** Of the whole document: another mapping is another import. */
  readonly digest: string
  /** Tokens of what it can send: `TYPE`, `TYPE.key`. */
  readonly sends: readonly string[]
  /** The column of activities, where rows are told apart by one. */
  readonly activity: string | null
  /** The register the file is an export of; null: it is none. */
  readonly register: { readonly name: string; readonly saysAsOf: boolean } | null
  /** Whether it fills in codes that a catalogue lists: then names may stand there (I15). */
  readonly isNaming: boolean
  map(row: Row, beside?: Beside): Mapped | Skipped
}

export const sha256 = (text: string | Uint8Array): string => createHash('sha256').update(text).digest('hex')

export const ID_CHARS = 32

/** The id of an event that has none: 128 bits of the digest of its canonical text. */
export const idOf = (event: Readonly<Record<string, unknown>>): string => sha256(canonicalize(event)).slice(0, ID_CHARS)

/** How its scale was said is no part of what an event says. */
const withId = ({ event: made, isScaled }: Made): WireEvent => {
  const { event_id, ...event } = made
  const scale = isScaled ? ({ rate_scale: 'best_first' } as const) : {}
  return { ...event, event_id: event_id ?? idOf(event), ...scale }
}

const EMPTY: Mapped = { caseEvents: [], events: [], leftOut: false, notes: [] }

/** What rules made of a row, each by itself: one that cannot be read keeps the others waiting. */
interface Tried {
  readonly keyed: Keyed[]
  readonly faults: Note[]
  leftOut: boolean
}

/** What the mapping does not list was read, and is no event of it. */
const UNLISTED: ReadonlySet<string> = new Set<FileCode>(['unmapped_activity', 'unmapped_lifecycle'])

/** The columns that a row ends before. */
const cutOf =
  ({ cut = [] }: Row): Cut =>
  (column) =>
    cut.includes(column)

const tryRules = (rules: readonly Rule[], row: Row, names: Names | null): Tried => {
  const { cells, place } = row
  const isCut = cutOf(row)
  const tried: Tried = { keyed: [], faults: [], leftOut: false }
  const named = (one: Made): Made => (names === null ? one : { ...one, event: names.resolve(one.event, place) })
  for (const rule of rules)
    try {
      const made = rule.make(cells, isCut)
      if (made === null) tried.leftOut = true
      tried.keyed.push({ key: rule.key, made: (made ?? []).map(named), isCut: rule.isSilent(isCut) })
    } catch (error) {
      if (!(error instanceof Unmapped)) throw error
      tried.faults.push({ code: error.code, column: error.detail })
      const half = UNLISTED.has(error.code) ? null : rule.half(cells)
      if (half !== null) tried.keyed.push({ key: rule.key, made: [named(half)], isCut: false })
    }
  return tried
}

const madeIn = ({ keyed }: Tried): Made[] => keyed.flatMap(({ made }) => made)

const skippedOf = (faults: readonly Note[], waiting: readonly WireEvent[]): Skipped => {
  const told = new Map(faults.map((fault) => [`${fault.code}\n${fault.column}`, fault]))
  const [first, ...more] = told.values()
  return { code: first?.code ?? 'no_event', detail: first?.column ?? '', more, waiting }
}

/** What is known beside the row: of a register, which export it stands in; the catalogue's codes for names. */
export interface Beside {
  readonly from?: EditionFrom | null
  readonly names?: Names | null
}

interface Ruled {
  readonly cases: readonly Rule[]
  readonly rules: readonly Rule[]
  readonly register: Registered | null
}

const mapRow = (row: Row, { cases, rules, register }: Ruled, beside: Beside): Mapped | Skipped => {
  const { from = null, names = null } = beside
  const ofCase = tryRules(row.kind === 'event' ? [] : cases, row, names)
  const ofRow = tryRules(row.kind === 'case' ? [] : rules, row, names)
  const leftOut = ofCase.leftOut || ofRow.leftOut
  const isRead = ofCase.faults.length + ofRow.faults.length === 0
  const nothing = isRead && madeIn(ofCase).length + madeIn(ofRow).length === 0 && !leftOut
  if (nothing && row.empty === true) return skippedOf([{ code: 'empty_trace', column: '' }], [])
  // the attributes of a trace may make nothing: its events speak for themselves
  if (nothing && row.kind === 'case') return EMPTY
  if (nothing && register === null) return skippedOf([{ code: 'no_event', column: '' }], [])
  const onCase = register === null ? madeIn(ofCase) : editedIn(row, ofCase, { of: register, from })
  const onRow = madeIn(ofRow)
  const faults = [...ofCase.faults, ...ofRow.faults]
  if (faults.length > 0) return skippedOf(faults, [...onCase, ...onRow].map(withId))
  return {
    caseEvents: onCase.map(withId),
    events: onRow.map(withId),
    leftOut: leftOut && onRow.length === 0,
    notes: [],
  }
}

const zoneFrom = (name: string | undefined, faults: MappingFault[]): Zone | null => {
  if (name === undefined) return null
  try {
    return zoneOf(name)
  } catch {
    faults.push({ at: '/zone', detail: `not an IANA zone: ${name}` })
    return null
  }
}

const compilingOf = (file: MappingFile, notes: Note[]): Compiling => {
  const faults: MappingFault[] = []
  const formats = (file.dates ?? ['iso']).map((name, i) => {
    const format = formatFrom(name)
    if (format === null) faults.push({ at: `/dates/${i}`, detail: `names no year, month and day: ${name}` })
    return format ?? (() => null)
  })
  if (file.encoding !== undefined && !isEncoding(file.encoding))
    faults.push({ at: '/encoding', detail: `unknown encoding ${file.encoding}` })
  faults.push(...fieldFaults(file.fields, ''))
  if ((file.case ?? []).length + (file.events ?? []).length === 0)
    faults.push({ at: '/', detail: 'neither case nor events' })
  const note = (code: FileCode, column: string): void => void notes.push({ code, column })
  return {
    stamps: { formats, zone: zoneFrom(file.zone, faults), note },
    fields: file.fields,
    none: new Set(file.none ?? []),
    scale: file.rate_scale ?? null,
    faults,
    columns: new Set(),
    uses: [],
    named: new Set(),
  }
}

const SHORT: Note = { code: 'short_row', column: '' }

const activityOf = ({ events }: MappingFile): string | null => {
  const value = events?.find(({ activity }) => activity !== undefined)?.activity
  if (value === undefined || typeof value === 'string') return value ?? null
  return 'column' in value ? value.column : null
}

/** The mapping of a document (parsed YAML or JSON), or its faults. */
export const compileMapping = (
  document: unknown,
  readers: Readers = READERS,
): { mapping: Mapping } | { faults: readonly MappingFault[] } => {
  const faults = mappingFaults(document)
  if (faults.length > 0) return { faults }
  const file = document as MappingFile
  // of the row in hand
  const notes: Note[] = []
  const to = compilingOf(file, notes)
  const cases = (file.case ?? []).map((rule, i) => caseRule(to, rule, `/case/${i}`))
  const rules = (file.events ?? []).map((rule, i) => eventRule(to, rule, `/events/${i}`))
  const register = registeredOf(to, file)
  if (file.format !== undefined && readerOf(file.format, readers) === null)
    to.faults.push({ at: '/format', detail: `no such format: ${file.format}; ${readersText(readers)}` })
  if (to.faults.length > 0) return { faults: to.faults }
  const options: ReadOptions = {
    encoding: file.encoding ?? null,
    delimiter: file.delimiter ?? null,
    columns: file.columns ?? null,
    skipRows: file.skip_rows ?? 0,
    sheet: file.sheet ?? null,
  }
  const mapping: Mapping = {
    name: file.mapping,
    source: file.source ?? null,
    format: file.format ?? null,
    options,
    columns: [...to.columns],
    uses: to.uses,
    digest: sha256(JSON.stringify(document)),
    sends: sendsOf(file),
    activity: activityOf(file),
    register: register === null ? null : { name: register.name, saysAsOf: file.as_of !== undefined },
    isNaming: to.named.size > 0,
    map(row, beside = {}) {
      notes.length = 0
      const isShort = row.kind !== 'event' && row.cut !== undefined
      const noted = (isTold: boolean): readonly Note[] => (isShort && !isTold ? [SHORT, ...notes] : [...notes])
      try {
        const mapped = mapRow(row, { cases, rules, register }, beside)
        if (!('code' in mapped)) return { ...mapped, notes: noted(false) }
        return { ...mapped, more: [...mapped.more, ...noted(mapped.code === 'short_row')] }
      } catch (error) {
        if (error instanceof Unmapped) return skippedOf([{ code: error.code, column: error.detail }], [])
        if (error instanceof NotCanonical) return skippedOf([{ code: 'bad_value', column: error.at }], [])
        throw error
      }
    },
  }
  return { mapping }
}
