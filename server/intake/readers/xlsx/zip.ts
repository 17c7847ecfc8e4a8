// The directory of a ZIP file, read before anything in it is unfolded (I8): what each part says it unfolds to is bounded
// in itself and against what it is folded to, so that a bomb is refused for the price of reading its directory. A part
// that unfolds to more than it says is refused by whoever unfolds it. Unfolds small parts itself; knows no spreadsheet.

import { pipeline, Readable } from 'node:stream'
import { createInflateRaw, inflateRawSync } from 'node:zlib'
import { FileRefused } from '../../files/row.ts'

export interface ZipPart {
  readonly name: string
  readonly method: number
  readonly folded: number
  readonly unfolded: number
  readonly at: number
}

const END = 0x06054b50
const PART = 0x02014b50
const LOCAL = 0x04034b50
const END_BYTES = 22
const COMMENT_BYTES = 65_535
const MOST_PARTS = 10_000
/** In a sheet of a real workbook some 50 : 1 is much; below the bytes nobody is hurt by whatever it is. */
const MOST_RATIO = 200
const RATIO_FROM_BYTES = 16 * 1024 * 1024
const MOST_UNFOLDED = 1024 * 1024 * 1024
const UNKNOWN = 0xffffffff

const broken = (detail: string): FileRefused => new FileRefused('broken_file', { line: 1 }, detail)

const endOf = (bytes: Buffer): number => {
  const lowest = Math.max(0, bytes.length - END_BYTES - COMMENT_BYTES)
  for (let at = bytes.length - END_BYTES; at >= lowest; at--) if (bytes.readUInt32LE(at) === END) return at
  throw broken('not a workbook: no directory of a ZIP file')
}

const mb = (bytes: number): string => `${Math.ceil(bytes / 1024 / 1024)} MB`

const refuseBomb = ({ name, folded, unfolded }: ZipPart): void => {
  const isHuge = unfolded > MOST_UNFOLDED
  const swells = unfolded > RATIO_FROM_BYTES && unfolded > folded * MOST_RATIO
  if (!isHuge && !swells) return
  throw new FileRefused('bomb', { line: 1 }, `${name}: ${mb(folded)} → ${mb(unfolded)}`)
}

/** The parts of a ZIP file by their names. Throws FileRefused: no ZIP file, or a bomb. */
export const partsOf = (bytes: Buffer): ReadonlyMap<string, ZipPart> => {
  const end = endOf(bytes)
  const count = bytes.readUInt16LE(end + 10)
  let at = bytes.readUInt32LE(end + 16)
  // ZIP64 is for files larger than are taken in here
  if (count > MOST_PARTS || at === UNKNOWN) throw broken('ZIP64, or too many parts')
  const parts = new Map<string, ZipPart>()
  for (let n = 0; n < count; n++) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== PART)
      throw broken('the directory of the ZIP file is broken')
    const lengths = [28, 30, 32].map((offset) => bytes.readUInt16LE(at + offset))
    const [name = 0, extra = 0, comment = 0] = lengths
    const part = {
      name: bytes.toString('utf8', at + 46, at + 46 + name),
      method: bytes.readUInt16LE(at + 10),
      folded: bytes.readUInt32LE(at + 20),
      unfolded: bytes.readUInt32LE(at + 24),
      at: bytes.readUInt32LE(at + 42),
    }
    refuseBomb(part)
    parts.set(part.name, part)
    at += 46 + name + extra + comment
  }
  const sum = [...parts.values()].reduce((all, { unfolded }) => all + unfolded, 0)
  if (sum > MOST_UNFOLDED) throw new FileRefused('bomb', { line: 1 }, `${mb(bytes.length)} → ${mb(sum)}`)
  return parts
}

const foldedBytes = (bytes: Buffer, part: ZipPart): Buffer => {
  if (part.at + 30 > bytes.length || bytes.readUInt32LE(part.at) !== LOCAL) throw broken(`${part.name}: no such part`)
  const from = part.at + 30 + bytes.readUInt16LE(part.at + 26) + bytes.readUInt16LE(part.at + 28)
  return bytes.subarray(from, from + part.folded)
}

/** The bytes of a part as a stream. Throws FileRefused where it cannot be unfolded, or unfolds to more than it says. */
export async function* unfoldedPart(bytes: Buffer, part: ZipPart): AsyncGenerator<Buffer> {
  const folded = foldedBytes(bytes, part)
  if (part.method === 0) {
    yield folded
    return
  }
  const inflate = createInflateRaw()
  // its error comes out of the loop below
  pipeline(Readable.from([folded]), inflate, () => undefined)
  let count = 0
  try {
    for await (const chunk of inflate) {
      count += (chunk as Buffer).length
      if (count > part.unfolded) throw new FileRefused('bomb', { line: 1 }, `${part.name}: > ${mb(part.unfolded)}`)
      yield chunk as Buffer
    }
  } catch (error) {
    if (error instanceof FileRefused) throw error
    throw broken(`${part.name}: ${error instanceof Error ? error.message : error}`)
  }
}

/** A small part as text; null: it cannot be read within the bound. */
export const smallText = (bytes: Buffer, part: ZipPart, mostBytes: number): string | null => {
  try {
    const folded = foldedBytes(bytes, part)
    const whole = part.method === 0 ? folded : inflateRawSync(folded, { maxOutputLength: mostBytes })
    return whole.length > mostBytes ? null : whole.toString('utf8')
  } catch {
    return null
  }
}
