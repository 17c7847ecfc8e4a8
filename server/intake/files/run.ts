// One file taken in (I8): rows read, mapped, handed over in slices and answered, with a count of everything and a word
// for every row that was not taken. Knows the door only as `deliver`. Holds one batch of rows and one slice of events.
// A run that was cut goes on behind the last row that was answered; were it to send more, ids make it harmless (I2).

import { createHash } from 'node:crypto'
import { setImmediate as othersTurn } from 'node:timers/promises'
import type { Outcome } from '../outcome.ts'
import { type Format, type OpenTable, PLAIN_OPTIONS, type Table } from '../readers/reader.ts'
import { formatOf, READERS, type Readers, readerOf } from '../readers/registry.ts'
import { besideIn } from './beside.ts'
import { digestOf, type Source } from './bytes.ts'
import type { EditionFrom } from './edition.ts'
import { isHalf } from './half.ts'
import { doorIssue, fileIssue, type Issue } from './issue.ts'
import { keptEvent, SAYS_NONE, type Why, waitsFor } from './kept.ts'
import type { Mapping } from './map.ts'
import type { Names } from './names.ts'
import { type Cell, type FileCode, FileRefused, type Place, type Read } from './row.ts'
import { Seen } from './seen.ts'
import { type SentMark, Waiting } from './sent.ts'
import { Versions } from './versions.ts'

export interface Answered {
  accepted: number
  known: number
  rejected: number
}

export interface FileReport extends Answered {
  readonly file: string
  readonly format: Format | null
  encoding: string | null
  rows: number
  events: number
  /** Rows that say exactly what a row before said: one event (I8). */
  identical_rows: number
  /** Rows the mapping asks to leave out. */
  left_out: number
  skipped: number
  /** Rows that wait whole, by the unit they are of ('' where they name none). */
  waiting: readonly { unit: string; rows: number }[]
  /** Rows whose events an earlier, cut run has already sent. */
  resumed_rows: number
  /** Why the file was refused, or from where on. */
  refused: Issue | null
}

/** What an earlier run left: the last row that was answered, and its answers. */
export interface Resumed {
  readonly rows: number
  readonly answered: Readonly<Answered>
  readonly rejections: readonly Issue[]
}

export interface RunParts {
  readonly mapping: Mapping | null
  /** How a file is opened: what unfolds is opened in a guarded thread. */
  readonly open: OpenTable
  /** What formats there are; absent: those that ship. */
  readonly readers?: Readers
  /** The door: one outcome an event, in order, once all are durable. */
  readonly deliver: (events: readonly unknown[], marks: readonly SentMark[]) => Promise<readonly Outcome[]>
  /** RFC 3339: as of when a register is that says it in no column. */
  readonly asOf?: string | null
  /** The catalogue's codes for names, looked up beforehand (I15); absent: names are taken as they stand. */
  readonly names?: Names | null
  readonly onIssue: (issue: Issue) => void
  /** Bytes read of the file as it lies on the disk; null where they tell nothing (a workbook is read at once). */
  readonly onProgress: (at: { bytes: number | null; rows: number }, report: Readonly<FileReport>) => void
  readonly resumed: Resumed | null
  /** Called after each slice: every row up to `rows` is answered. */
  readonly onAnswered: (state: Resumed) => void
  readonly sliceEvents?: number
}

const SLICE_EVENTS = 1_000
/** Mapping goes on for so long before whoever else is in this process has a turn: a server serves while it imports. */
const AT_ONCE_MS = 8
/** Facts of a case that stand on many rows of a table are sent once while they are among the last so many. */
const RECENT = 20_000
/** Rejections kept for a run that is cut; all of them are in the quarantine. */
const KEPT_REJECTIONS = 1_000

interface Sending {
  readonly event: unknown
  readonly place: Place
  readonly mark: SentMark
}

/** Kept for its row, which counts as skipped: no event. */
const isKept = ({ event, mark }: Sending): boolean => mark.waits !== null && isHalf(event)

const emptyReport = (file: string, format: Format | null): FileReport => {
  const counts = { rows: 0, events: 0, accepted: 0, known: 0, rejected: 0, identical_rows: 0, left_out: 0, skipped: 0 }
  return { file, format, encoding: null, ...counts, waiting: [], resumed_rows: 0, refused: null }
}

/** Of a file of which nothing was looked at but what refused it. */
export const refusedReport = (file: string, refused: Issue): FileReport => ({ ...emptyReport(file, null), refused })

class FileRun {
  readonly report: FileReport
  readonly #parts: RunParts
  readonly #seen = new Seen()
  readonly #versions = new Versions()
  readonly #recent = new Set<string>()
  readonly #rejections: Issue[] = []
  readonly #waiting = new Waiting()
  readonly #from: EditionFrom | null
  #slice: Sending[] = []
  #readBytes: () => number

  constructor(source: Source, format: Format | null, parts: RunParts, from: EditionFrom | null) {
    this.#from = from
    this.#readBytes = () => source.readBytes()
    this.#parts = parts
    const { resumed } = parts
    this.report = emptyReport(source.path, format)
    Object.assign(this.report, resumed?.answered, { resumed_rows: resumed?.rows ?? 0 })
    for (const issue of resumed?.rejections ?? []) {
      this.#rejections.push(issue)
      parts.onIssue(issue)
    }
  }

  async read(table: Table): Promise<void> {
    const { mapping, sliceEvents = SLICE_EVENTS } = this.#parts
    this.report.encoding = table.encoding
    if (table.readBytes !== undefined) this.#readBytes = table.readBytes
    const missing =
      table.columns === null ? [] : (mapping?.columns ?? []).filter((name) => !table.columns?.includes(name))
    if (missing.length > 0) {
      await table.drop?.()
      throw new FileRefused('missing_column', { line: 1 }, missing.join(', '))
    }
    for (const { place, code, detail } of besideIn(table, mapping)) this.#parts.onIssue(fileIssue(place, code, detail))
    let since = performance.now()
    for await (const rows of table.rows()) {
      for (const row of rows) {
        if (performance.now() - since > AT_ONCE_MS) {
          await othersTurn()
          since = performance.now()
        }
        this.report.rows++
        this.#take(row)
        if (this.#slice.length >= sliceEvents) await this.#flush()
      }
      this.#tell()
    }
    await this.#flush()
    if (this.report.rows === 0) throw new FileRefused('empty_file', { line: 1 }, '')
  }

  /** What stands in front of a break is whole and goes in. */
  async end(error: unknown): Promise<void> {
    if (!(error instanceof FileRefused)) throw error
    await this.#flush()
    this.report.refused = fileIssue(error.place, error.code, error.detail)
    this.#parts.onIssue(this.report.refused)
  }

  #skip(place: Place, code: FileCode, field: string): void {
    this.report.skipped++
    this.#parts.onIssue(fileIssue(place, code, field))
  }

  #take(row: Read): void {
    if (row.kind === 'unread') {
      this.#skip(row.place, row.code, row.detail)
      this.#keep(row.cells, row.place, row)
      return
    }
    const { mapping } = this.#parts
    if (mapping === null) {
      this.#note([row.value])
      this.#send([row.value], row.place)
      return
    }
    const mapped = mapping.map(row, { from: this.#from, names: this.#parts.names ?? null })
    if ('code' in mapped) {
      this.#skip(row.place, mapped.code, mapped.detail)
      for (const { code, column } of mapped.more) this.#parts.onIssue(fileIssue(row.place, code, column))
      if (mapped.waiting.length > 0) this.#send(mapped.waiting, row.place, waitsFor(mapped))
      else if (!SAYS_NONE.has(mapped.code)) this.#keep(Object.values(row.cells), row.place, mapped)
      return
    }
    for (const { code, column } of mapped.notes) this.#parts.onIssue(fileIssue(row.place, code, column))
    if (this.#versions.isAnother([...mapped.caseEvents, ...mapped.events]))
      this.#parts.onIssue(fileIssue(row.place, 'row_again', ''))
    if (mapped.leftOut) this.report.left_out++
    if (mapped.events.length > 0 || row.kind === 'row') this.#note([...mapped.caseEvents, ...mapped.events])
    this.#send(
      mapped.caseEvents.filter(({ event_id }) => this.#isNew(event_id)),
      row.place,
    )
    this.#send(mapped.events, row.place)
  }

  /** A row of which no event can be made waits as it is written (I6). */
  #keep(cells: readonly Cell[], place: Place, why: Why): void {
    const { file, asOf } = this.#from ?? { file: null, asOf: null }
    this.#send([keptEvent(cells, { file, as_of: asOf, line: place.line })], place, waitsFor(why))
  }

  #note(events: readonly unknown[]): void {
    if (events.length === 0) return
    const digest = createHash('sha256').update(JSON.stringify(events)).digest('hex')
    if (this.#seen.note(digest)) this.report.identical_rows++
  }

  #isNew(eventId: string): boolean {
    if (this.#recent.has(eventId)) return false
    if (this.#recent.size >= RECENT) {
      for (const oldest of this.#recent) {
        this.#recent.delete(oldest)
        break
      }
    }
    this.#recent.add(eventId)
    return true
  }

  #send(events: readonly unknown[], place: Place, waits: SentMark['waits'] = null): void {
    this.report.events += waits === null ? events.length : events.filter((event) => !isHalf(event)).length
    const { rows: row, resumed_rows: resumed } = this.report
    if (row <= resumed) return
    for (const event of events) this.#slice.push({ event, place, mark: { row, waits } })
  }

  async #flush(): Promise<void> {
    const [slice, report, rows] = [this.#slice, this.report, this.report.rows]
    this.#slice = []
    if (slice.length > 0) {
      const outcomes = await this.#parts.deliver(
        slice.map(({ event }) => event),
        slice.map(({ mark }) => mark),
      )
      this.#count(outcomes, slice)
      // what is answered stands, also where it can no longer be told
      this.#tell()
      for (const [i, sending] of slice.entries()) this.#answer(outcomes[i] as Outcome, sending)
    } else this.#tell()
    if (rows <= report.resumed_rows) return
    const { accepted, known, rejected } = report
    this.#parts.onAnswered({ rows, answered: { accepted, known, rejected }, rejections: this.#rejections })
  }

  #tell(): void {
    const { format, rows } = this.report
    // a workbook is opened whole before its first row is read
    const bytes = readerOf(format, this.#parts.readers ?? READERS)?.hasSheets === true ? null : this.#readBytes()
    this.#parts.onProgress({ bytes, rows }, this.report)
  }

  #count(outcomes: readonly Outcome[], sent: readonly Sending[]): void {
    if (outcomes.length !== sent.length) throw new Error('an event without an outcome')
    for (const [i, { outcome }] of outcomes.entries()) if (!isKept(sent[i] as Sending)) this.report[outcome]++
  }

  #answer(outcome: Outcome, { place, event, mark }: Sending): void {
    if (outcome.code === null) return
    if (outcome.code === 'row_waits') this.report.waiting = this.#waiting.note(event, mark.row)
    // why the row waits has been told of the very event that cannot be read
    if (isKept({ place, event, mark })) return
    const issue = doorIssue(place, outcome, outcome.code)
    if (this.#rejections.length < KEPT_REJECTIONS) this.#rejections.push(issue)
    this.#parts.onIssue(issue)
  }
}

/** Takes in one file. A file that cannot be read is a report, not a throw; what `deliver` throws passes through. */
export const importFile = async (source: Source, parts: RunParts): Promise<FileReport> => {
  const { mapping } = parts
  let run: FileRun | null = null
  try {
    const format = mapping?.format ?? formatOf(source.path, parts.readers ?? READERS)
    const from = mapping?.register == null ? null : { file: await digestOf(source), asOf: parts.asOf ?? null }
    run = new FileRun(source, format, parts, from)
    const speaksWire = readerOf(format, parts.readers ?? READERS)?.speaksWire === true
    if (mapping === null && !speaksWire) throw new FileRefused('needs_mapping', { line: 1 }, format)
    await run.read(await parts.open(source, format, mapping?.options ?? PLAIN_OPTIONS))
  } catch (error) {
    run ??= new FileRun(source, null, parts, null)
    await run.end(error)
  }
  return run.report
}
