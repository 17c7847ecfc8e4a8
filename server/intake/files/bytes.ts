// The bytes of a file as a stream, unzipped where its name ends in .gz, with the count of what has been read of it.
// Opens as often as it is asked; holds a chunk at a time.

import { createHash } from 'node:crypto'
import { accessSync, constants, createReadStream, statSync } from 'node:fs'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { FileRefused } from './row.ts'

export interface Source {
  readonly path: string
  readonly bytes: number
  readonly modifiedMs: number
  /** Bytes of the file as it lies on the disk that the last opened stream has read. */
  readBytes(): number
  open(): AsyncIterable<Buffer>
}

const FIRST = { line: 1 } as const

/** What a chunk of a zipped file unfolds to is many times its size: progress would jump. */
const ZIPPED_CHUNK = 16_384
const PLAIN_CHUNK = 65_536

async function* counted(chunks: AsyncIterable<Buffer>, count: (bytes: number) => void): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) {
    count(chunk.length)
    yield chunk
  }
}

/** A table or log of text folds to a fiftieth at the very best; what folds better than this is made to swell. */
const MOST_RATIO = 200
const RATIO_FROM_BYTES = 64 * 1024 * 1024

async function* unzipped(chunks: AsyncIterable<Buffer>, folded: () => number): AsyncGenerator<Buffer> {
  const gunzip = createGunzip()
  // its error comes out of the loop below
  pipeline(chunks, gunzip, () => undefined)
  let unfolded = 0
  try {
    for await (const chunk of gunzip) {
      unfolded += (chunk as Buffer).length
      if (unfolded > RATIO_FROM_BYTES && unfolded > folded() * MOST_RATIO)
        throw new FileRefused('bomb', FIRST, `gzip: ${folded()} → ${unfolded} bytes and more`)
      yield chunk as Buffer
    }
  } catch (error) {
    if (error instanceof FileRefused) throw error
    throw new FileRefused('broken_file', FIRST, `gzip: ${error instanceof Error ? error.message : error}`)
  }
}

export const isZipped = (path: string): boolean => path.toLowerCase().endsWith('.gz')

const TROUBLES: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such folder',
  EACCES: 'not permitted',
  EPERM: 'not permitted',
  EROFS: 'not permitted',
  EISDIR: 'not a file',
  ENOSPC: 'the disk is full',
}

/** What the system has against a file, in words; what is not among them says itself. */
export const troubleOf = (error: unknown): string => {
  const { code = '', message = String(error) } = error as NodeJS.ErrnoException
  return TROUBLES[code] ?? message
}

/** Throws FileRefused where there is no such file, or none that may be read. */
export const openSource = (path: string): Source => {
  let bytes: number
  let modifiedMs: number
  try {
    const stat = statSync(path)
    if (!stat.isFile()) throw new Error('not a file')
    accessSync(path, constants.R_OK)
    bytes = stat.size
    modifiedMs = Math.floor(stat.mtimeMs)
  } catch (error) {
    throw new FileRefused('no_file', FIRST, troubleOf(error))
  }
  let read = 0
  return {
    path,
    bytes,
    modifiedMs,
    readBytes: () => read,
    open() {
      read = 0
      const chunks = counted(
        createReadStream(path, { highWaterMark: isZipped(path) ? ZIPPED_CHUNK : PLAIN_CHUNK }) as AsyncIterable<Buffer>,
        (n) => {
          read += n
        },
      )
      return isZipped(path) ? unzipped(chunks, () => read) : chunks
    },
  }
}

const DIGEST_CHARS = 32

/** What a file is, whatever it is called: 128 bits of the digest of what it holds. */
export const digestOf = async (source: Source): Promise<string> => {
  const hash = createHash('sha256')
  for await (const chunk of source.open()) hash.update(chunk)
  return hash.digest('hex').slice(0, DIGEST_CHARS)
}

/** Of a file that may be broken; null: it cannot be read to its end. */
export const wholeDigestOf = async (source: Source): Promise<string | null> => {
  try {
    return await digestOf(source)
  } catch (error) {
    if (error instanceof FileRefused) return null
    throw error
  }
}
