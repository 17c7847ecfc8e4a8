// NDJSON as rows (I8): one object a line. Its members are cells, those of inner objects under `outer/inner`.
// A line that is no object is told with its number and the others go on; memory holds one line.

import type { Source } from '../../files/bytes.ts'
import { decoded, encodingText, findEncoding } from '../../files/encoding.ts'
import type { Cell, Read, Unread } from '../../files/row.ts'
import { wholeDigits } from '../../files/text.ts'
import { twiceIn } from '../../members.ts'
import type { ReadOptions, Table } from '../reader.ts'

/** Past this a line is not an event. */
const LINE_CHARS = 262_144
const DEEPEST = 8

const flatten = (cells: Record<string, Cell>, prefix: string, value: object, depth: number): void => {
  for (const [key, member] of Object.entries(value)) {
    const name = prefix === '' ? key : `${prefix}/${key}`
    if (typeof member === 'object' && member !== null) {
      if (depth < DEEPEST) flatten(cells, name, member, depth + 1)
    } else cells[name] = typeof member === 'number' ? wholeDigits(member) : (member as Cell)
  }
}

const unread = (line: number, detail: string, text: string): Unread => ({
  kind: 'unread',
  place: { line },
  code: 'bad_line',
  detail,
  cells: [text],
})

const readLine = (text: string, line: number): Read | null => {
  if (text.trim() === '') return null
  if (text.length > LINE_CHARS) return unread(line, `≤ ${LINE_CHARS} characters`, text)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return unread(line, 'not JSON', text)
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return unread(line, 'not an object', text)
  const [twice] = twiceIn(text, value)
  if (twice !== undefined) return unread(line, `the same member twice: ${twice}`, text)
  const cells: Record<string, Cell> = Object.create(null)
  flatten(cells, '', value, 0)
  return { kind: 'row', place: { line }, cells, value }
}

async function* linesOf(texts: AsyncIterable<string>, at: { line: number }): AsyncGenerator<Read[]> {
  let held = ''
  for await (const text of texts) {
    const parts = (held + text).split('\n')
    held = parts.pop() ?? ''
    const rows: Read[] = []
    for (const part of parts) {
      const row = readLine(part, at.line++)
      if (row !== null) rows.push(row)
    }
    // what is past the bound can no longer become a line: its end alone is of interest
    if (held.length > LINE_CHARS * 2) held = held.slice(0, LINE_CHARS + 1)
    if (rows.length > 0) yield rows
  }
  const last = readLine(held, at.line)
  if (last !== null) yield [last]
}

export const openLines = async (source: Source, options: ReadOptions): Promise<Table> => {
  const encoding = await findEncoding(() => source.open(), options.encoding)
  const at = { line: 1 }
  return {
    columns: null,
    encoding: encodingText(encoding),
    rows: () =>
      linesOf(
        decoded(source.open(), encoding.name, () => at.line),
        at,
      ),
  }
}
