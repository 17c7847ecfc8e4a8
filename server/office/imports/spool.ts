// Files that were brought to be imported (I8): spooled to the data folder as they come, never held in memory, bounded each
// and together, dropped when they are imported, when nobody has asked for them for an hour, and when the server starts.
// Reads nothing of them but the first bytes, by which their kind is told.

import { randomBytes } from 'node:crypto'
import { createWriteStream, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { isZipped, openSource, type Source, wholeDigestOf } from '../../intake/files/bytes.ts'
import { FileRefused } from '../../intake/files/row.ts'
import type { Sample } from '../../intake/files/sample.ts'
import type { Format } from '../../intake/readers/reader.ts'
import { sniff } from '../../intake/readers/sniff.ts'
import { Refusal } from '../refusal.ts'

/** A file that is there. */
export interface Upload {
  readonly fileId: string
  readonly name: string
  readonly path: string
  readonly bytes: number
  readonly format: Format
  readonly isNamed: boolean
  /** The first rows as last read, under what they were read by. */
  sample: { readonly by: string; readonly sample: Sample } | null
  /** Rows of the whole file, once a run has counted them. */
  rows: number | null
  /** Of its bytes, once it was asked for. */
  digest: string | null
  /** Jobs that read it: while there are any it stays. */
  holds: number
}

export interface Spool {
  take(name: string, chunks: AsyncIterable<Buffer>): Promise<Upload>
  /** The file, kept another hour; null: it is not there. */
  find(fileId: string): Upload | null
  drop(fileId: string): void
  close(): void
}

const KEPT_MS = 3_600_000
const MOST_FILES = 16

/** Whole characters of a name, as many as are kept. */
const shortened = (name: string): string => name.slice(0, NAME_CHARS).replace(/\p{Surrogate}/gu, '')

const isSpooled = (name: string): boolean => /\.(?:part|csv|ndjson|xlsx|xes)(?:\.gz)?$/.test(name)

const NAME_CHARS = 200

class Uploads implements Spool {
  readonly #folder: string
  readonly #mostBytes: number
  readonly #files = new Map<string, { upload: Upload; timer: NodeJS.Timeout }>()

  constructor(folder: string, mostBytes: number) {
    this.#folder = folder
    this.#mostBytes = mostBytes
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    // what a server before this one left behind belongs to nobody
    for (const name of readdirSync(folder)) if (isSpooled(name)) rmSync(join(folder, name), { force: true })
  }

  async take(name: string, chunks: AsyncIterable<Buffer>): Promise<Upload> {
    this.#makeRoom()
    const fileId = randomBytes(9).toString('base64url')
    const zip = isZipped(name) ? '.gz' : ''
    const part = join(this.#folder, `${fileId}.part${zip}`)
    // made first and then written to: a stream that is given up early must not make it again behind its removal
    writeFileSync(part, '', { mode: 0o600 })
    try {
      await pipeline(this.#bounded(chunks), createWriteStream(part, { flags: 'r+' }))
      const source = openSource(part)
      const { format, isNamed } = await sniff(source, name)
      const path = join(this.#folder, `${fileId}.${format}${zip}`)
      renameSync(part, path)
      const { bytes } = source
      const upload = { fileId, name: shortened(name), path, bytes, format, isNamed }
      return this.#keep({ ...upload, sample: null, rows: null, digest: null, holds: 0 })
    } catch (error) {
      rmSync(part, { force: true })
      throw error
    }
  }

  find(fileId: string): Upload | null {
    const kept = this.#files.get(fileId)
    kept?.timer.refresh()
    return kept?.upload ?? null
  }

  drop(fileId: string): void {
    const kept = this.#files.get(fileId)
    if (kept === undefined) return
    clearTimeout(kept.timer)
    this.#files.delete(fileId)
    rmSync(kept.upload.path, { force: true })
  }

  close(): void {
    for (const fileId of [...this.#files.keys()]) this.drop(fileId)
  }

  #keep(upload: Upload): Upload {
    const old = (): void => {
      if (upload.holds > 0) timer.refresh()
      else this.drop(upload.fileId)
    }
    const timer = setTimeout(old, KEPT_MS).unref()
    this.#files.set(upload.fileId, { upload, timer })
    return upload
  }

  /** The one that came first goes, if no job reads it. */
  #makeRoom(): void {
    for (const { upload } of this.#files.values()) {
      if (this.#files.size < MOST_FILES) return
      if (upload.holds === 0) this.drop(upload.fileId)
    }
    if (this.#files.size >= MOST_FILES) throw new Refusal('imports_busy')
  }

  async *#bounded(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    let bytes = 0
    for await (const chunk of chunks) {
      bytes += chunk.length
      if (bytes > this.#mostBytes) throw tooLarge(this.#mostBytes)
      yield chunk
    }
    if (bytes === 0) throw new FileRefused('empty_file', { line: 1 }, '')
  }
}

/** Said before a byte is read where the length is told, else at the first byte too many. */
export const tooLarge = (mostBytes: number): Refusal =>
  new Refusal('upload_too_large', { detail: `${Math.floor(mostBytes / 1024 / 1024)} MB` })

export const openSpool = (folder: string, mostBytes: number): Spool => new Uploads(folder, mostBytes)

export const sourceOf = (upload: Upload): Source => openSource(upload.path)

export const digestIn = async (upload: Upload): Promise<string | null> => {
  upload.digest ??= await wholeDigestOf(sourceOf(upload))
  return upload.digest
}
