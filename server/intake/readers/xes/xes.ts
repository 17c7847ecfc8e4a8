// XES as rows (I8), through saxes: a row for the attributes of each trace and one for each event, the trace's attributes
// on it under `case:`. All versions, with or without extensions; nested attributes, lists and containers under
// `outer/inner`. Strict about XML, patient about XES: unknown elements are passed over, odd orders are read.

import { SaxesParser, type SaxesTagPlain } from 'saxes'
import type { Source } from '../../files/bytes.ts'
import { decoded, isEncoding, markOf } from '../../files/encoding.ts'
import { type Cell, FileRefused, type Read } from '../../files/row.ts'
import { wholeDigits } from '../../files/text.ts'
import type { ReadOptions, Table } from '../reader.ts'

const TYPES: ReadonlySet<string> = new Set(['string', 'date', 'int', 'float', 'boolean', 'id', 'list', 'container'])
/** Declarations: what stands in them is about attributes and is none. */
const DECLARING: ReadonlySet<string> = new Set(['global', 'extension', 'classifier'])
/** Events held until their trace is at its end; in a longer trace, late attributes miss the first of them. */
const HELD = 5_000
/** Elements within elements: a log with lists of lists has ten. */
const DEEPEST = 64
/** Attributes of one trace or event, nested ones too. */
const MOST_ATTRIBUTES = 2_000

type Cells = Record<string, Cell>

const numberOf = (value: string): Cell => {
  const number = Number(value)
  // more digits than a double holds stay the text they are
  return value.trim() !== '' && Math.abs(number) <= Number.MAX_SAFE_INTEGER ? wholeDigits(number) : value
}

const cellOf = (type: string, value: string): Cell => {
  if (type === 'int' || type === 'float') return numberOf(value)
  if (type === 'boolean')
    return value === 'true' || value === '1' ? true : value === 'false' || value === '0' ? false : value
  return value
}

interface Unit {
  readonly cells: Cells
  readonly line: number
  count: number
}

const unit = (line: number): Unit => ({ cells: Object.create(null) as Cells, line, count: 0 })

/** Reads tags as they come and leaves finished rows in `ready`. */
class LogReader {
  ready: Read[] = []
  traces = 0
  #isLog = false
  #trace: Unit | null = null
  #events: Unit[] = []
  #event: Unit | null = null
  /** Events of this trace, held ones and those already handed on. */
  #seen = 0
  #strays = 0
  #declaring = 0
  #depth = 0
  /** Names of the open attributes, outermost first. */
  readonly #open: string[] = []

  opened(tag: SaxesTagPlain, line: number): void {
    if (++this.#depth > DEEPEST) throw new FileRefused('too_deep', { line }, `≤ ${DEEPEST}`)
    const name = tag.name.slice(tag.name.indexOf(':') + 1)
    if (!this.#isLog) {
      if (name !== 'log') throw new FileRefused('broken_file', { line }, `not an XES log: <${tag.name}>`)
      this.#isLog = true
    } else if (this.#declaring > 0 || DECLARING.has(name)) this.#declaring++
    else if (name === 'trace') this.#startTrace(line)
    else if (name === 'event') this.#startEvent(line)
    else if (TYPES.has(name)) this.#attribute(name, tag, line)
  }

  closed(tagName: string): void {
    this.#depth--
    const name = tagName.slice(tagName.indexOf(':') + 1)
    if (this.#declaring > 0) this.#declaring--
    else if (name === 'event') this.#endEvent()
    else if (name === 'trace') this.#endTrace()
    else if (TYPES.has(name)) this.#open.pop()
  }

  #startTrace(line: number): void {
    if (this.#trace !== null) this.#endTrace()
    this.traces++
    this.#trace = unit(line)
    this.#events = []
    this.#seen = 0
  }

  #startEvent(line: number): void {
    this.#event = unit(line)
    this.#open.length = 0
  }

  #attribute(type: string, { attributes }: SaxesTagPlain, line: number): void {
    this.#open.push(attributes.key ?? '')
    const holder = this.#event ?? this.#trace
    const { value } = attributes
    if (holder === null || value === undefined) return
    if (++holder.count > MOST_ATTRIBUTES)
      throw new FileRefused('too_large', { line }, `≤ ${MOST_ATTRIBUTES} attributes of one trace or event`)
    const path = this.#open.join('/')
    let name = path
    for (let n = 2; Object.hasOwn(holder.cells, name); n++) name = `${path}#${n}`
    holder.cells[name] = cellOf(type, value)
  }

  #endEvent(): void {
    const event = this.#event
    this.#event = null
    this.#open.length = 0
    if (event === null) return
    this.#seen++
    if (this.#trace === null) {
      this.ready.push({ kind: 'event', place: { line: event.line, event: ++this.#strays }, cells: event.cells })
      return
    }
    this.#events.push(event)
    if (this.#events.length >= HELD) this.#handOn(this.#trace)
  }

  #handOn(trace: Unit): void {
    const shared = Object.entries(trace.cells)
    let event = this.#seen - this.#events.length
    for (const { cells, line } of this.#events) {
      for (const [key, value] of shared) cells[`case:${key}`] = value
      this.ready.push({ kind: 'event', place: { line, trace: this.traces, event: ++event }, cells })
    }
    this.#events = []
  }

  #endTrace(): void {
    const trace = this.#trace
    this.#trace = null
    this.#open.length = 0
    if (trace === null) return
    const cells: Cells = Object.create(null)
    for (const [key, value] of Object.entries(trace.cells)) cells[`case:${key}`] = value
    const place = { line: trace.line, trace: this.traces }
    this.ready.push({ kind: 'case', place, cells, ...(this.#seen === 0 ? { empty: true as const } : {}) })
    this.#handOn(trace)
  }
}

async function* rowsOf(source: Source, name: string): AsyncGenerator<Read[]> {
  const parser = new SaxesParser({ xmlns: false })
  const reader = new LogReader()
  parser.on('opentag', (tag) => reader.opened(tag as SaxesTagPlain, parser.line))
  parser.on('closetag', (tag) => reader.closed(tag.name))
  const take = (): Read[] => reader.ready.splice(0)
  const step = (act: () => void): void => {
    try {
      act()
    } catch (error) {
      if (error instanceof FileRefused) throw error
      const said = error instanceof Error ? error.message.replace(/^\d+:\d+: /, '') : String(error)
      throw new FileRefused('broken_file', { line: parser.line }, `XML: ${said}`)
    }
  }
  try {
    for await (const text of decoded(source.open(), name, () => parser.line)) {
      step(() => parser.write(text))
      if (reader.ready.length > 0) yield take()
    }
    step(() => parser.close())
  } catch (error) {
    // whole events before the break are good
    if (reader.ready.length > 0) yield take()
    throw error
  }
  if (reader.ready.length > 0) yield take()
}

const PROLOG = /^<\?xml[^>]*encoding\s*=\s*["']([A-Za-z0-9._-]+)["']/

/** Mapping, byte order mark, prolog, else UTF-8 (XML 1.0, appendix F). */
const encodingOf = async (source: Source, named: string | null): Promise<string> => {
  if (named !== null) return named
  let start = Buffer.alloc(0)
  for await (const chunk of source.open()) {
    start = Buffer.concat([start, chunk])
    if (start.length > 1024) break
  }
  const said = markOf(start) ?? PROLOG.exec(start.toString('latin1').trimStart())?.[1] ?? 'utf-8'
  if (!isEncoding(said)) throw new FileRefused('not_text', { line: 1 }, `unknown encoding ${said}`)
  return said
}

export const openXes = async (source: Source, options: ReadOptions): Promise<Table> => {
  const encoding = await encodingOf(source, options.encoding)
  return { columns: null, encoding, rows: () => rowsOf(source, encoding) }
}
