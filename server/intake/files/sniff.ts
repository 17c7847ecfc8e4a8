// What kind of file a file is (I8): by its first bytes where they are sure, else by its name, else by the look of its first
// character. Reads the beginning alone.

import type { Source } from './bytes.ts'
import { markOf } from './encoding.ts'
import type { Format } from './reader.ts'
import { FileRefused } from './row.ts'
import { formatOf } from './table.ts'

const ENOUGH = 512

const headOf = async (source: Source): Promise<Buffer> => {
  let head = Buffer.alloc(0)
  for await (const chunk of source.open()) {
    head = Buffer.concat([head, chunk])
    if (head.length >= ENOUGH) break
  }
  return head
}

const formatByName = (name: string): Format | null => {
  try {
    return formatOf(name)
  } catch (error) {
    if (error instanceof FileRefused) return null
    throw error
  }
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
export const sniff = async (source: Source, name: string): Promise<Sniffed> => {
  const head = await headOf(source)
  const other = SIGNS.find(([sign]) => head.toString('hex', 0, 8).startsWith(sign))
  if (other !== undefined)
    throw new FileRefused('unknown_format', { line: 1 }, `${other[1]}: NDJSON, CSV, XLSX, XES, and .gz of them`)
  const named = formatByName(name)
  const char = firstChar(head)
  const format: Format =
    head[0] === 0x50 && head[1] === 0x4b
      ? 'xlsx'
      : char === '<'
        ? 'xes'
        : named !== null && named !== 'xlsx' && named !== 'xes'
          ? named
          : char === '{'
            ? 'ndjson'
            : 'csv'
  return { format, isNamed: format === named }
}
