// What kind of file a file is (I8): by its first bytes where they are sure, else by its name, else by the look of its first
// character. Reads the beginning alone.

import type { Source } from '../files/bytes.ts'
import { markOf } from '../files/encoding.ts'
import { FileRefused } from '../files/row.ts'
import type { Format } from './reader.ts'
import { formatNamed, READERS, type Readers, readerOf, readersText } from './registry.ts'

const ENOUGH = 512

const headOf = async (source: Source): Promise<Buffer> => {
  let head = Buffer.alloc(0)
  for await (const chunk of source.open()) {
    head = Buffer.concat([head, chunk])
    if (head.length >= ENOUGH) break
  }
  return head
}

const SIGNS: readonly (readonly [string, string])[] = [
  ['504152', 'Parquet'],
  ['d0cf11e0', '.xls'],
  ['25504446', 'PDF'],
  ['526172', 'RAR'],
  ['377abcaf', '7z'],
]

const firstChar = (head: Buffer): string => {
  const name = markOf(head) ?? 'utf-8'
  return new TextDecoder(name).decode(head).trimStart()[0] ?? ''
}

export interface Sniffed {
  readonly format: Format
  /** The name says so too: a mapping need not. */
  readonly isNamed: boolean
}

/** Throws FileRefused: a kind that is not taken in. */
export const sniff = async (source: Source, name: string, readers: Readers = READERS): Promise<Sniffed> => {
  const head = await headOf(source)
  const other = SIGNS.find(([sign]) => head.toString('hex', 0, 8).startsWith(sign))
  if (other !== undefined) throw new FileRefused('unknown_format', { line: 1 }, `${other[1]}: ${readersText(readers)}`)
  const named = formatNamed(name, readers)
  const at = { bytes: head, char: firstChar(head) }
  const sure = readers.find(({ isSurely }) => isSurely?.(at) === true)
  if (sure !== undefined) return { format: sure.format, isNamed: sure.format === named }
  // a format whose first bytes tell it is not what the name says where they do not
  const isTold = named !== null && readerOf(named, readers)?.isSurely === undefined
  const format = isTold ? named : readers.find(({ mayBe }) => mayBe(at))?.format
  if (format === undefined) throw new FileRefused('unknown_format', { line: 1 }, readersText(readers))
  return { format, isNamed: format === named }
}
