// Files from outside read in a thread of their own under bounds of memory and time (I8): what swells, nests without end or
// stands still is refused with a code and the last place reached, and whoever asked lives on. Rows come a batch ahead of
// the one in hand and no more. Workbooks and logs are always read so; lines of text only where it is asked.

import { MAPPING_CHARS, type MappingTexts, readDocument, writeDocument } from '../intake/files/mapping-text.ts'
import { type FileCode, FileRefused, type Place, type Read } from '../intake/files/row.ts'
import type { Format, OpenTable, ReadOptions, Table } from '../intake/readers/reader.ts'
import { openTable, readerOf } from '../intake/readers/registry.ts'
import { parseYaml } from '../intake/yaml.ts'
import { startThread, type Thread } from './rpc.ts'

export interface ParseBounds {
  /** Of the thread's own heap. */
  readonly memoryMb: number
  /** Neither a byte read nor an answer for so long. */
  readonly stallMs: number
  /** The thread's time on one file, all together; the time of whoever takes the rows is not in it. */
  readonly ceilingMs: number
}

export const PARSE_BOUNDS: ParseBounds = { memoryMb: 512, stallMs: 20_000, ceilingMs: 900_000 }

export interface Parser extends MappingTexts {
  /** Guards formats that unfold or nest; reads lines of text as they come. */
  readonly open: OpenTable
  /** Guards every format. */
  readonly openGuarded: OpenTable
  /** The value of a YAML or JSON text. Throws an Error with its words where it is none, or takes too much to read. */
  readYaml(text: string): Promise<unknown>
  close(): Promise<void>
}

/** Characters of a text that are read on the spot: some 10 ms. */
const SHORT_TEXT = 4_096

interface Refused {
  readonly refused: { readonly code: FileCode; readonly place: Place; readonly detail: string }
}

type Opened = Pick<Table, 'columns' | 'encoding' | 'delimiter' | 'sheets' | 'others'>
type Batch = { readonly rows: readonly Read[] } | null

const isRefused = (answer: object | null): answer is Refused => answer !== null && 'refused' in answer

const isOutOfMemory = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'

/** One thread, and what is known of how it fares. */
class Guarded {
  readonly #thread: Thread
  readonly #bounds: ParseBounds
  readonly #readBytes = new Float64Array(new SharedArrayBuffer(8))
  #place: Place = { line: 1 }
  #spentMs = 0
  isDead = false

  constructor(bounds: ParseBounds) {
    this.#bounds = bounds
    const died = (): void => {
      this.isDead = true
    }
    const limits = { maxOldGenerationSizeMb: bounds.memoryMb, maxYoungGenerationSizeMb: 64, stackSizeMb: 4 }
    this.#thread = startThread('parse-thread', { readBytes: this.#readBytes.buffer }, died, limits)
  }

  readBytes(): number {
    return this.#readBytes[0] ?? 0
  }

  async open(path: string, format: Format, options: ReadOptions): Promise<Opened> {
    this.#place = { line: 1 }
    this.#spentMs = 0
    return this.#ask<Opened>('open', [path, format, options])
  }

  async next(): Promise<readonly Read[] | null> {
    const batch = await this.#ask<Batch>('next', [])
    const last = batch?.rows.at(-1)
    if (last !== undefined) this.#place = last.place
    // a clone has the members of every object; columns of a file are not to be looked for among those
    for (const row of batch?.rows ?? []) if (row.kind !== 'unread') Object.setPrototypeOf(row.cells, null)
    return batch?.rows ?? null
  }

  /** One question about a text. */
  text<T extends object>(method: 'readMapping' | 'writeMapping' | 'readYaml', of: unknown): Promise<T> {
    this.#place = { line: 1 }
    this.#spentMs = 0
    return this.#ask<T>(method, [of])
  }

  async kill(): Promise<void> {
    this.isDead = true
    await this.#thread.kill()
  }

  async #ask<T extends object | null>(method: string, args: readonly unknown[]): Promise<T> {
    const started = performance.now()
    const watch = this.#watch(started)
    try {
      const answer = await this.#thread.call<T | Refused>(method, args)
      if (isRefused(answer)) {
        const { code, place, detail } = answer.refused
        throw new FileRefused(code, place, detail)
      }
      if (watch.why() !== null) throw new Error('killed')
      return answer
    } catch (error) {
      throw this.#told(error, watch.why())
    } finally {
      watch.end()
      this.#spentMs += performance.now() - started
    }
  }

  #told(error: unknown, why: string | null): unknown {
    if (error instanceof FileRefused) return error
    if (why !== null) return new FileRefused('stalled', this.#place, why)
    if (isOutOfMemory(error)) return new FileRefused('too_heavy', this.#place, `≤ ${this.#bounds.memoryMb} MB`)
    return error
  }

  /** Looks after a call: ends the thread when it stands still, or has had its time. */
  #watch(started: number): { why(): string | null; end(): void } {
    const { stallMs, ceilingMs } = this.#bounds
    const everyMs = Math.max(1, Math.min(stallMs, 4_000) / 4)
    let why: string | null = null
    let bytes = this.readBytes()
    let looked = started
    let stillMs = 0
    const pastCeiling = (): string | null =>
      this.#spentMs + performance.now() - started > ceilingMs ? `> ${ceilingMs / 1000} s` : null
    const look = (): void => {
      const at = performance.now()
      // a look that comes late, for the machine slept or was busy, says nothing of the time before it
      stillMs = this.readBytes() === bytes ? stillMs + Math.min(at - looked, everyMs * 2) : 0
      bytes = this.readBytes()
      looked = at
      why ??= stillMs > stallMs ? `${stallMs / 1000} s` : pastCeiling()
      if (why !== null && !this.isDead) void this.kill()
    }
    const timer = setInterval(look, everyMs)
    return { why: () => why ?? pastCeiling(), end: () => clearInterval(timer) }
  }
}

const IDLE_MS = 30_000

class Threads implements Parser {
  readonly #bounds: ParseBounds
  readonly #all = new Set<Guarded>()
  #texts: Promise<unknown> = Promise.resolve()
  #idle: Guarded | null = null
  #idleTimer: NodeJS.Timeout | null = null

  constructor(bounds: ParseBounds) {
    this.#bounds = bounds
  }

  readonly open: OpenTable = (source, format, options) =>
    readerOf(format)?.unfolds === true ? this.openGuarded(source, format, options) : openTable(source, format, options)

  readonly openGuarded: OpenTable = async (source, format, options) => {
    const guarded = this.#take()
    try {
      const opened = await guarded.open(source.path, format, options)
      const end = (): Promise<void> => this.#end(guarded)
      return { ...opened, readBytes: () => guarded.readBytes(), rows: () => this.#rows(guarded), drop: end }
    } catch (error) {
      await this.#end(guarded)
      throw error
    }
  }

  async read(text: string): ReturnType<MappingTexts['read']> {
    if (text.length <= SHORT_TEXT || text.length > MAPPING_CHARS) return readDocument(text)
    try {
      return await this.#asked((guarded) =>
        guarded.text<Awaited<ReturnType<MappingTexts['read']>>>('readMapping', text),
      )
    } catch (error) {
      if (error instanceof FileRefused) return { faults: [{ at: '/', detail: `${error.code} ${error.detail}` }] }
      throw error
    }
  }

  async write(document: unknown): Promise<string> {
    if (JSON.stringify(document).length <= SHORT_TEXT) return writeDocument(document)
    return (await this.#asked((guarded) => guarded.text<{ text: string }>('writeMapping', document))).text
  }

  async readYaml(text: string): Promise<unknown> {
    if (text.length <= SHORT_TEXT) return parseYaml(text)
    const said = await this.#asked((guarded) => guarded.text<{ document: unknown } | { bad: string }>('readYaml', text))
    if ('bad' in said) throw new Error(said.bad)
    return said.document
  }

  /** One question after the other, each to a thread that rests afterwards. */
  #asked<T>(ask: (guarded: Guarded) => Promise<T>): Promise<T> {
    const answer = this.#texts.then(() => this.#askOne(ask))
    this.#texts = answer.catch(() => undefined)
    return answer
  }

  async #askOne<T>(ask: (guarded: Guarded) => Promise<T>): Promise<T> {
    const guarded = this.#take()
    try {
      const answer = await ask(guarded)
      this.#rest(guarded)
      return answer
    } catch (error) {
      await this.#end(guarded)
      throw error
    }
  }

  async close(): Promise<void> {
    if (this.#idleTimer !== null) clearTimeout(this.#idleTimer)
    this.#idle = null
    await Promise.all([...this.#all].map((guarded) => this.#end(guarded)))
  }

  /** One batch is read ahead while the one before is in hand. */
  async *#rows(guarded: Guarded): AsyncGenerator<readonly Read[]> {
    let whole = false
    let coming = guarded.next()
    try {
      for (let rows = await coming; rows !== null; rows = await coming) {
        coming = guarded.next()
        // told when it is awaited
        coming.catch(() => undefined)
        yield rows
      }
      whole = true
    } finally {
      if (whole) this.#rest(guarded)
      else await this.#end(guarded)
    }
  }

  #take(): Guarded {
    const idle = this.#idle
    this.#idle = null
    if (this.#idleTimer !== null) clearTimeout(this.#idleTimer)
    if (idle !== null && !idle.isDead) return idle
    const guarded = new Guarded(this.#bounds)
    this.#all.add(guarded)
    return guarded
  }

  /** A thread that read its file to the end may read another; it is not kept long. */
  #rest(guarded: Guarded): void {
    if (this.#idle !== null || !this.#all.has(guarded)) {
      void this.#end(guarded)
      return
    }
    this.#idle = guarded
    this.#idleTimer = setTimeout(() => {
      if (this.#idle === guarded) this.#idle = null
      void this.#end(guarded)
    }, IDLE_MS).unref()
  }

  async #end(guarded: Guarded): Promise<void> {
    this.#all.delete(guarded)
    await guarded.kill()
  }
}

/** Reads nothing and starts no thread until a file is opened. */
export const openParser = (bounds: ParseBounds = PARSE_BOUNDS): Parser => new Threads(bounds)
