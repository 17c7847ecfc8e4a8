// What a mapping makes of the first rows of a file (I8): the events of each with their instants and payloads, what the
// door would say to them, and why a row makes none. By the same functions as the import itself. Stores nothing.

import type { PreviewCounts } from '../../contract/import-cells.ts'
import type { ImportColumn, ImportPreview, PreviewEvent, PreviewRow, Suggestion } from '../../contract/imports.ts'
import { EVENT_FIELDS, type WireEvent } from '../../contract/ingest.ts'
import { isTaken } from '../fact.ts'
import type { DoorContext } from '../rating.ts'
import type { Format, ReadOptions } from '../readers/reader.ts'
import { readerOf } from '../readers/registry.ts'
import { takeIn } from '../take-in.ts'
import { besideIn } from './beside.ts'
import { cutNumbersIn } from './cut-numbers.ts'
import { isEncoding } from './encoding.ts'
import { doorIssue, fileIssue } from './issue.ts'
import { compileMapping, type Mapping } from './map.ts'
import { MAPPING_CHARS, type MappingTexts, type readDocument, tooLong } from './mapping-text.ts'
import type { Names } from './names.ts'
import type { Place, Read } from './row.ts'
import type { Sample } from './sample.ts'
import { suggest } from './suggest.ts'
import { plainText } from './text.ts'
import { noneIn, unreadIn } from './unread.ts'

const FIRST_ROWS = 30
const MORE_REFUSED = 20
const MOST_ACTIVITIES = 60
const SHOWN_CHARS = 200

const shownCells = (row: Read): Record<string, string> => {
  const shown: Record<string, string> = {}
  if (row.kind === 'unread') return shown
  for (const [name, cell] of Object.entries(row.cells))
    if (cell !== null) shown[name] = plainText(cell).slice(0, SHOWN_CHARS)
  return shown
}

const fieldsOf = (event: WireEvent): Record<string, string> =>
  Object.fromEntries(
    EVENT_FIELDS.flatMap((name) => (name === 'project_no' || event[name] == null ? [] : [[name, String(event[name])]])),
  )

interface Looking {
  readonly context: DoorContext
  readonly names: Names | null
  /** As of when a register was stated to be. */
  readonly asOf: string | null
  readonly seen: Set<string>
}

const eventOf = (wire: unknown, place: Place, { context, seen }: Looking): PreviewEvent => {
  const event = (typeof wire === 'object' && wire !== null ? wire : {}) as WireEvent
  const { intake } = takeIn({ wire, envelope: 'plain', fault: null, raw: null }, context)
  const outcome = { outcome: 'rejected' as const, field: null, detail: null, code: null }
  const id = String(event.event_id)
  const repeated = isTaken(intake) && seen.has(id)
  seen.add(id)
  return {
    event_type: String(event.event_type ?? ''),
    occurred_at: String(event.occurred_at ?? ''),
    project_no: event.project_no ?? null,
    fields: fieldsOf(event),
    payload: { ...event.payload },
    repeated,
    issue: isTaken(intake)
      ? null
      : doorIssue(place, { ...outcome, code: intake.code, field: intake.at, detail: intake.detail }, intake.code),
  }
}

/** The row would wait whole, by the words of the door that keeps it. */
const waitsIssue = (place: Place, code: string, detail: string): PreviewRow['notes'][number] => {
  const why = [code, detail].filter((text) => text !== '').join(' ')
  return doorIssue(place, { outcome: 'rejected', code: 'row_waits', field: null, detail: why }, 'row_waits')
}

/** No event that is shown bears it. */
const ANY_FILE = '-'

const rowOf = (row: Read, mapping: Mapping | null, looking: Looking): PreviewRow => {
  const { kind, place } = row
  const shown = { place, kind, cells: shownCells(row), events: [], left_out: false, issue: null, notes: [] }
  if (row.kind === 'unread') return { ...shown, issue: fileIssue(place, row.code, row.detail) }
  if (mapping === null) return { ...shown, events: [eventOf(row.value, place, looking)] }
  const mapped = mapping.map(row, { names: looking.names, from: { file: ANY_FILE, asOf: looking.asOf } })
  if ('code' in mapped) {
    const waits = mapped.waiting.length === 0 ? [] : [waitsIssue(place, mapped.code, mapped.detail)]
    const notes = [...mapped.more.map(({ code, column }) => fileIssue(place, code, column)), ...waits]
    return { ...shown, issue: fileIssue(place, mapped.code, mapped.detail), notes }
  }
  const events = [...mapped.caseEvents, ...mapped.events].map((event) => eventOf(event, place, looking))
  const notes = mapped.notes.map(({ code, column }) => fileIssue(place, code, column))
  return { ...shown, events, left_out: mapped.leftOut, notes }
}

/** Something is told of it: not taken, or taken with a word. */
const isRefusedRow = ({ issue, events, notes }: PreviewRow): boolean =>
  issue !== null || notes.length > 0 || events.some((event) => event.issue !== null)

const countsOf = (rows: readonly PreviewRow[]): PreviewCounts => ({
  rows: rows.length,
  events: rows.reduce((sum, { events }) => sum + events.filter(({ repeated }) => !repeated).length, 0),
  skipped: rows.filter(({ issue }) => issue !== null).length,
  rejected: rows.reduce((sum, { events }) => sum + events.filter(({ issue }) => issue !== null).length, 0),
  left_out: rows.filter((row) => row.left_out).length,
  waiting: rows.filter(({ notes }) => notes.some(({ code }) => code === 'row_waits')).length,
})

/** Values of a column, the most frequent first. */
const valuesIn = (sample: Sample, column: string): { value: string; count: number }[] => {
  const counts = new Map<string, number>()
  for (const row of sample.rows) {
    const cell = row.kind === 'unread' ? null : (row.cells[column] ?? null)
    if (cell === null || cell === '') continue
    const value = plainText(cell).trim()
    counts.set(value, (counts.get(value) ?? 0) + 1)
  }
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count)
    .slice(0, MOST_ACTIVITIES)
}

const WIRE = ['event_id', 'event_type', 'occurred_at'] as const

/** Lines that bear the fields of the wire are events already. */
export const isWire = (format: Format, columns: readonly ImportColumn[]): boolean =>
  readerOf(format)?.speaksWire === true && WIRE.every((name) => columns.some((column) => column.name === name))

export const suggestionFor = (name: string, format: Format, sayFormat: boolean, sample: Sample): Suggestion =>
  suggest({
    name,
    format,
    sayFormat,
    columns: sample.columns,
    rows: sample.rows,
    valuesOf: (column) => valuesIn(sample, column).map(({ value }) => value),
  })

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)

/** What a document says of the file itself, even while the rest of it has faults: a mapping in the making is read by it. */
export const readingIn = (document: unknown): { format: Format | null; options: ReadOptions } => {
  const said = (typeof document === 'object' && document !== null ? document : {}) as Record<string, unknown>
  const { columns, skip_rows: skip, sheet } = said
  const encoding = text(said.encoding)
  const names = Array.isArray(columns) && columns.every((name) => typeof name === 'string') ? columns : null
  const options = {
    encoding: encoding !== null && isEncoding(encoding) ? encoding : null,
    delimiter: text(said.delimiter)?.slice(0, 4) ?? null,
    columns: names,
    skipRows: typeof skip === 'number' && Number.isInteger(skip) && skip >= 0 && skip <= 100 ? skip : 0,
    sheet: typeof sheet === 'number' && Number.isInteger(sheet) && sheet >= 1 ? sheet : text(sheet),
  }
  return { format: readerOf(typeof said.format === 'string' ? said.format : null)?.format ?? null, options }
}

/** A document of so many characters and no more, for its text is bounded. */
const boundedDocument = (document: unknown): ReturnType<typeof readDocument> =>
  (JSON.stringify(document) ?? '').length > MAPPING_CHARS ? tooLong() : { document }

/** A mapping as it was sent: YAML text, JSON text, or the document. */
export const mappingAsked = async (
  asked: unknown,
  texts: MappingTexts,
): Promise<Pick<ImportPreview, 'mapping' | 'faults'> & { compiled: Mapping | null }> => {
  const read = typeof asked === 'string' ? await texts.read(asked) : boundedDocument(asked)
  if ('faults' in read) {
    const text = typeof asked === 'string' ? asked : ''
    return { mapping: { text, document: null }, faults: [...read.faults], compiled: null }
  }
  const { document } = read
  const text = typeof asked === 'string' ? asked : await texts.write(document)
  const compiled = compileMapping(document)
  const mapping = { text, document }
  if ('faults' in compiled) return { mapping, faults: [...compiled.faults], compiled: null }
  return { mapping, faults: [], compiled: compiled.mapping }
}

type Shown = Pick<
  ImportPreview,
  'counts' | 'told' | 'rows' | 'unread' | 'none' | 'asks' | 'names' | 'activities' | 'sends'
>

/** Rows without a mapping that holds, or of a register of no instant, are shown as they stand, and make nothing. */
export const showRows = (
  sample: Sample,
  mapping: Mapping | null,
  isWired: boolean,
  by: Omit<Looking, 'seen'>,
): Shown => {
  const looking = { ...by, seen: new Set<string>() }
  const asks = mapping?.register?.saysAsOf === false && by.asOf === null ? 'as_of' : null
  const isJudged = asks === null && (mapping !== null || isWired)
  const rows = sample.rows.map((row): PreviewRow => {
    if (isJudged || row.kind === 'unread') return rowOf(row, mapping, looking)
    return {
      place: row.place,
      kind: row.kind,
      cells: shownCells(row),
      events: [],
      left_out: false,
      issue: null,
      notes: [],
    }
  })
  const first = rows.slice(0, FIRST_ROWS)
  return {
    counts: countsOf(rows),
    told: [...besideIn(sample.heads, mapping), ...cutNumbersIn(sample, mapping)].map(({ place, code, detail }) =>
      fileIssue(place, code, detail),
    ),
    rows: [...first, ...rows.slice(FIRST_ROWS).filter(isRefusedRow).slice(0, MORE_REFUSED)],
    unread: isWired ? [] : unreadIn(sample, mapping),
    none: isWired ? [] : noneIn(sample, mapping),
    asks,
    names: by.names?.found() ?? null,
    activities: mapping?.activity == null ? [] : valuesIn(sample, mapping.activity),
    sends: [...(mapping?.sends ?? [])],
  }
}
