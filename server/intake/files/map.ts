// A mapping compiled: faults of meaning with their places, or a function from rows to wire events (I8). A row is mapped
// whole or skipped whole. Without an id an event is known by the digest of what it says: equal rows are one event.

import { createHash } from 'node:crypto'
import type { MappingFault } from '../../contract/imports.ts'
import type { WireEvent } from '../../contract/ingest.ts'
import { type Zone, zoneOf } from '../../core/time/zone.ts'
import { canonicalize, NotCanonical } from '../canonical.ts'
import { type Compiling, fieldFaults, type Use } from './compiling.ts'
import { isEncoding } from './encoding.ts'
import { type MappingFile, mappingFaults } from './mapping.ts'
import { formatFrom } from './moment.ts'
import type { ReadOptions } from './reader.ts'
import type { FileCode, Row } from './row.ts'
import { caseRule, eventRule, type Made, type Rule } from './rules.ts'
import { sendsOf } from './sends.ts'
import { Unmapped } from './value.ts'

export interface Skipped {
  readonly code: FileCode
  readonly detail: string
}

export interface Mapped {
  /** Facts of the case, which tables repeat on each of its rows. */
  readonly caseEvents: readonly WireEvent[]
  readonly events: readonly WireEvent[]
  /** The mapping asks to leave the row out. */
  readonly leftOut: boolean
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
  map(row: Row): Mapped | Skipped
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

const ID_CHARS = 32

/** The id of an event that has none: 128 bits of the digest of its canonical text. */
export const idOf = (event: Readonly<Record<string, unknown>>): string => sha256(canonicalize(event)).slice(0, ID_CHARS)

const withId = (made: Made): WireEvent => {
  const { event_id, ...event } = made
  return { ...event, event_id: event_id ?? idOf(event) }
}

const EMPTY: Mapped = { caseEvents: [], events: [], leftOut: false }

const mapRow = (row: Row, cases: readonly Rule[], rules: readonly Rule[]): Mapped | Skipped => {
  const caseEvents = row.kind === 'event' ? [] : cases.flatMap((rule) => rule.make(row.cells) ?? [])
  let leftOut = false
  const events: Made[] = []
  for (const rule of row.kind === 'case' ? [] : rules) {
    const made = rule.make(row.cells)
    if (made === null) leftOut = true
    else events.push(...made)
  }
  const nothing = caseEvents.length === 0 && events.length === 0 && !leftOut
  if (nothing && row.empty === true) return { code: 'empty_trace', detail: '' }
  // the attributes of a trace may make nothing: its events speak for themselves
  if (nothing && row.kind === 'case') return EMPTY
  if (nothing) return { code: 'no_event', detail: '' }
  return { caseEvents: caseEvents.map(withId), events: events.map(withId), leftOut: leftOut && events.length === 0 }
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

const compilingOf = (file: MappingFile): Compiling => {
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
  return {
    stamps: { formats, zone: zoneFrom(file.zone, faults) },
    fields: file.fields,
    faults,
    columns: new Set(),
    uses: [],
  }
}

const activityOf = ({ events }: MappingFile): string | null => {
  const value = events?.find(({ activity }) => activity !== undefined)?.activity
  if (value === undefined || typeof value === 'string') return value ?? null
  return 'column' in value ? value.column : null
}

/** The mapping of a document (parsed YAML or JSON), or its faults. */
export const compileMapping = (document: unknown): { mapping: Mapping } | { faults: readonly MappingFault[] } => {
  const faults = mappingFaults(document)
  if (faults.length > 0) return { faults }
  const file = document as MappingFile
  const to = compilingOf(file)
  const cases = (file.case ?? []).map((rule, i) => caseRule(to, rule, `/case/${i}`))
  const rules = (file.events ?? []).map((rule, i) => eventRule(to, rule, `/events/${i}`))
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
    map(row) {
      try {
        return mapRow(row, cases, rules)
      } catch (error) {
        if (error instanceof Unmapped) return { code: error.code, detail: error.detail }
        if (error instanceof NotCanonical) return { code: 'bad_value', detail: error.at }
        throw error
      }
    },
  }
  return { mapping }
}
