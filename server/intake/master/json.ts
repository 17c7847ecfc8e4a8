// JSON documents as master data (I9): the catalogue's own shape whole, or a list somewhere in a foreign one as rows.
// Bounded, for a document is held whole. Throws FileRefused.

import type { InPieces } from '../../core/steps.ts'
import type { Source } from '../files/bytes.ts'
import { type Cell, FileRefused, type Read } from '../files/row.ts'
import { NotJson, parseSteps, TooDeep } from '../json-steps.ts'
import { DEEPEST, deeperSteps } from '../nesting.ts'
import type { Table } from '../readers/reader.ts'

/** Larger than any city's catalogue is written; held whole, and its value beside it (I5). */
const MOST_BYTES = 8 * 1024 * 1024

/** The parsed document. */
export const readDocument = async (source: Source, inPieces: InPieces): Promise<unknown> => {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of source.open()) {
    bytes += chunk.length
    if (bytes > MOST_BYTES) throw new FileRefused('too_large', { line: 1 }, `≤ ${MOST_BYTES} bytes`)
    chunks.push(chunk)
  }
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks))
  } catch {
    throw new FileRefused('not_text', { line: 1 }, 'not utf-8')
  }
  let document: unknown
  try {
    document = await inPieces(parseSteps(text))
  } catch (error) {
    if (error instanceof TooDeep) throw new FileRefused('too_deep', { line: 1 }, `≤ ${DEEPEST}`)
    if (error instanceof NotJson) throw new FileRefused('broken_file', { line: 1 }, error.message)
    throw error
  }
  // a half of a character is told where it stands, by whoever judges the document or its rows
  if (await inPieces(deeperSteps(document))) throw new FileRefused('too_deep', { line: 1 }, `≤ ${DEEPEST}`)
  return document
}

const memberAt = (document: unknown, pointer: string): unknown => {
  let at = document
  for (const name of pointer.split('/').filter((part) => part !== ''))
    at = typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[name] : undefined
  return at
}

const rowOf = (value: unknown, index: number): Read => {
  // members stand in no line of their own: the number of the row in its list tells where to look
  const place = { line: index + 1 }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { kind: 'unread', place, code: 'bad_line', detail: 'not an object', cells: [JSON.stringify(value)] }
  const cells: Record<string, Cell> = Object.create(null)
  for (const [name, cell] of Object.entries(value))
    cells[name] = typeof cell === 'object' && cell !== null ? JSON.stringify(cell) : (cell as Cell)
  return { kind: 'row', place, cells, value }
}

/** Rows handed on at a time. */
const BATCH = 500

/** The list under `rows` of a JSON document. */
export const openList = async (source: Source, rows: string, inPieces: InPieces): Promise<Table> => {
  const list = memberAt(await readDocument(source, inPieces), rows)
  if (!Array.isArray(list)) throw new FileRefused('broken_file', { line: 1 }, `no list at ${rows === '' ? '/' : rows}`)
  return {
    columns: null,
    encoding: 'utf-8',
    async *rows() {
      for (let from = 0; from < list.length; from += BATCH)
        yield list.slice(from, from + BATCH).map((value, i) => rowOf(value, from + i))
    },
  }
}
