// The encoding of a text file (I8): what the mapping names, else a byte order mark, else UTF-8 if every byte of the file
// is UTF-8, else GB18030 if every byte is that and its lines do not speak for UTF-8 (most of those with more than ASCII are it,
// and one has a damaged byte), else the file is refused with the place of the first bad byte.
// Windows code pages cannot be told apart by looking, nor always from GB18030: they must be named. What was found by the
// bytes alone is told as such, and characters of private use are no Chinese text.

import { FileRefused } from './row.ts'

export interface Encoding {
  readonly name: string
  readonly from: 'mapping' | 'mark' | 'bytes'
}

export const isEncoding = (name: string): boolean => {
  try {
    new TextDecoder(name)
    return true
  } catch {
    return false
  }
}

/** A table whose line is longer than this is none. */
const LINE_BYTES = 4 * 1024 * 1024

interface BadText {
  readonly line: number
  readonly detail: string
}

/** Text of another code page read as GB18030 mostly runs into these. */
const PRIVATE_USE = /\p{Co}/u

interface Reading {
  readonly name: string
  readonly decoder: TextDecoder
  readonly guessed: boolean
}

const readable = ({ decoder, guessed }: Reading, bytes: Buffer): boolean => {
  try {
    const text = decoder.decode(bytes)
    return !guessed || !PRIVATE_USE.test(text)
  } catch {
    return false
  }
}

/** Lines of a block, without their ends. 0x0a is never a part of a longer character in what is tried here. */
function* linesOf(block: Buffer): Generator<Buffer> {
  let from = 0
  for (let end = block.indexOf(10); end >= 0; end = block.indexOf(10, from)) {
    yield block.subarray(from, end)
    from = end + 1
  }
  if (from < block.length) yield block.subarray(from)
}

const newlines = (bytes: Buffer): number => {
  let count = 0
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) count++
  return count
}

/**
 * The lines of a stream, as many together as have come whole. A line without an end is none, and is not read to its end: it ends
 * the walk, told as `endless`.
 */
async function* wholeLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer | 'endless'> {
  let held: Buffer = Buffer.alloc(0)
  for await (const chunk of chunks) {
    const block = held.length === 0 ? chunk : Buffer.concat([held, chunk])
    const end = block.lastIndexOf(10) + 1
    if (end > 0) yield block.subarray(0, end)
    held = block.subarray(end)
    if (held.length > LINE_BYTES) {
      yield 'endless'
      return
    }
  }
  if (held.length > 0) yield held
}

const firstBad = async (chunks: AsyncIterable<Buffer>, name: string, guessed: boolean): Promise<BadText | null> => {
  const reading = { name, guessed, decoder: new TextDecoder(name, { fatal: true }) }
  let line = 1
  for await (const block of wholeLines(chunks)) {
    if (block === 'endless') return { line, detail: `a line of more than ${LINE_BYTES} bytes` }
    if (readable(reading, block)) {
      line += newlines(block)
      continue
    }
    for (const one of linesOf(block)) {
      if (!readable(reading, one)) break
      line++
    }
    return { line, detail: `not ${name}` }
  }
  return null
}

/** Lines that hold more than ASCII: so many that are UTF-8, so many that are not; up to a line that has no end. */
const linesInUtf8 = async (chunks: AsyncIterable<Buffer>): Promise<{ are: number; areNot: number }> => {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const reading = { name: 'utf-8', guessed: false, decoder }
  const counts = { are: 0, areNot: 0 }
  for await (const block of wholeLines(chunks)) {
    if (block === 'endless') return counts
    for (const line of linesOf(block)) {
      if (!line.some((byte) => byte > 0x7f)) continue
      if (readable(reading, line)) counts.are++
      else counts.areNot++
    }
  }
  return counts
}

const MARKS: readonly (readonly [string, readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
]

export const markOf = (start: Buffer): string | null =>
  MARKS.find(([, mark]) => mark.every((byte, i) => start[i] === byte))?.[0] ?? null

const startOf = async (chunks: AsyncIterable<Buffer>): Promise<Buffer> => {
  for await (const chunk of chunks) if (chunk.length > 0) return chunk
  return Buffer.alloc(0)
}

/** `utf-8`; another one that nobody named is marked so. */
export const encodingText = ({ name, from }: Encoding): string =>
  from === 'bytes' && name !== 'utf-8' ? `${name} (by its bytes)` : name

/** Reads the whole file once or twice. Throws FileRefused `not_text`. */
export const findEncoding = async (open: () => AsyncIterable<Buffer>, named: string | null): Promise<Encoding> => {
  const mark = named === null ? markOf(await startOf(open())) : null
  if (mark?.startsWith('utf-16') || named?.toLowerCase().startsWith('utf-16'))
    return { name: named ?? mark ?? '', from: named === null ? 'mark' : 'mapping' }
  if (named !== null || mark !== null) {
    const name = named ?? mark ?? ''
    const bad = await firstBad(open(), name, false)
    if (bad !== null) throw new FileRefused('not_text', { line: bad.line }, bad.detail)
    return { name, from: named === null ? 'mark' : 'mapping' }
  }
  const notUtf8 = await firstBad(open(), 'utf-8', false)
  if (notUtf8 === null) return { name: 'utf-8', from: 'bytes' }
  const notGb = await firstBad(open(), 'gb18030', true)
  const { are, areNot } = await linesInUtf8(open())
  if (are > 0 && are >= areNot) {
    const most = `not UTF-8 in ${areNot} of ${are + areNot} lines with more than ASCII: mend it, or name the encoding in the mapping`
    throw new FileRefused('not_text', { line: notUtf8.line }, most)
  }
  if (notGb === null) return { name: 'gb18030', from: 'bytes' }
  const detail = `${notUtf8.detail} (line ${notUtf8.line}), ${notGb.detail} (line ${notGb.line}): name the encoding in the mapping`
  throw new FileRefused('not_text', { line: notUtf8.line }, detail)
}

/** Text of a stream of bytes, its byte order mark taken off. Throws FileRefused where bytes are not of the encoding. */
export async function* decoded(
  chunks: AsyncIterable<Buffer>,
  name: string,
  line: () => number,
): AsyncGenerator<string> {
  const decoder = new TextDecoder(name, { fatal: true })
  const text = (bytes?: Buffer): string => {
    try {
      return decoder.decode(bytes, { stream: bytes !== undefined })
    } catch {
      throw new FileRefused('not_text', { line: line() }, `not ${name}`)
    }
  }
  for await (const chunk of chunks) yield text(chunk)
  yield text()
}
