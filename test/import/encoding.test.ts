// The encoding of a text file (I8): found by lines, whatever the chunks in which the bytes come; the first line that is no text is
// told, before one behind it that has no end.

import { describe, expect, it } from 'vitest'
import { findEncoding } from '../../server/intake/files/encoding.ts'
import { FileRefused } from '../../server/intake/files/row.ts'

/** GB18030 of 办件. */
const GB = [0xb0, 0xec, 0xbc, 0xfe]
/** Begins no character of UTF-8, and none of GB18030. */
const BAD = 0xff
const ENDLESS = Buffer.alloc(4 * 1024 * 1024 + 1, 0x61)

const bytesOf = (...parts: readonly (string | number | readonly number[] | Buffer)[]): Buffer =>
  Buffer.concat(parts.map((part) => (typeof part === 'number' ? Buffer.from([part]) : Buffer.from(part as string))))

async function* inChunks(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

const found = async (bytes: Buffer, size: number, named: string | null = null): Promise<string> => {
  try {
    return (await findEncoding(() => inChunks(bytes, size), named)).name
  } catch (error) {
    if (!(error instanceof FileRefused)) throw error
    return `line ${error.place.line}: ${error.detail}`
  }
}

const BOTH = 'not utf-8 (line 2), not gb18030 (line 2): name the encoding in the mapping'

describe('the encoding of a file', () => {
  const TABLE: readonly [title: string, bytes: Buffer, named: string | null, said: string][] = [
    ['nothing', bytesOf(''), null, 'utf-8'],
    ['a last line without an end', bytesOf('a\n办件'), null, 'utf-8'],
    ['GB18030 on its last line alone', bytesOf('a\nb\n', GB), null, 'gb18030'],
    ['a line that is neither', bytesOf('a\nb', BAD, '\nc\n'), null, `line 2: ${BOTH}`],
    [
      'one damaged byte in UTF-8',
      bytesOf('办\n件\n收', BAD, '\n'),
      null,
      'line 3: not UTF-8 in 1 of 3 lines with more than ASCII: mend it, or name the encoding in the mapping',
    ],
    ['named, and not it on the third line', bytesOf('a\nb\n', GB, '\nc'), 'utf-8', 'line 3: not utf-8'],
    ['named, and not it on a last line', bytesOf('a\n\n', GB), 'utf-8', 'line 3: not utf-8'],
    ['a line without an end', bytesOf('a\nb\n', ENDLESS), 'utf-8', 'line 3: a line of more than 4194304 bytes'],
    ['no text before a line without an end', bytesOf('a\n', BAD, '\n', ENDLESS), 'utf-8', 'line 2: not utf-8'],
  ]
  it.each(TABLE)('I8: %s', async (_, bytes, named, said) => {
    for (const size of bytes.length < 100 ? [1, 2, 3, 7, 1_000] : [65_536, bytes.length])
      expect(await found(bytes, size, named), `in chunks of ${size}`).toBe(said)
  })
})
