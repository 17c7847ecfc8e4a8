// The parse thread: reads one file at a time for whoever guards it, a bounded batch of rows for each that is asked.
// What is wrong with a file is an answer, not a throw. Tells how far it is in a number both sides see. Maps nothing,
// stores nothing.

import { parentPort, workerData } from 'node:worker_threads'
import { openSource, type Source } from '../intake/files/bytes.ts'
import { readDocument, writeDocument } from '../intake/files/mapping-text.ts'
import { FileRefused, type Place, type Read } from '../intake/files/row.ts'
import type { Format, ReadOptions, Table } from '../intake/readers/reader.ts'
import { openTable } from '../intake/readers/registry.ts'
import { parseYaml } from '../intake/yaml.ts'
import { serveThread } from './rpc.ts'

const readBytes = new Float64Array((workerData as { readBytes: SharedArrayBuffer }).readBytes)

/** Of one answer: attributes of a trace stand on each of its events, so rows alone bound nothing. */
const MOST_CELLS = 20_000
const MOST_ROWS = 500

async function* tapped(source: Source): AsyncGenerator<Buffer> {
  for await (const chunk of source.open()) {
    readBytes[0] = source.readBytes()
    yield chunk
  }
}

interface Reading {
  readonly batches: AsyncIterator<readonly Read[]>
  held: readonly Read[]
  from: number
}

let reading: Reading | null = null

/** What a refused file or a break in it is told as. */
const refusal = (error: unknown): { refused: { code: string; place: Place; detail: string } } => {
  if (error instanceof FileRefused) {
    const { code, place, detail } = error
    return { refused: { code, place, detail } }
  }
  // a parser that calls itself for each level of a document has run out of stack
  if (error instanceof RangeError)
    return { refused: { code: 'too_deep', place: { line: 1 }, detail: error.message.slice(0, 200) } }
  throw error
}

const open = async (path: string, format: Format, options: ReadOptions): Promise<unknown> => {
  try {
    const source = openSource(path)
    readBytes[0] = 0
    const table: Table = await openTable({ ...source, open: () => tapped(source) }, format, options)
    reading = { batches: table.rows()[Symbol.asyncIterator](), held: [], from: 0 }
    const { columns, encoding, delimiter, sheets, others } = table
    return { columns, encoding, delimiter, sheets, others }
  } catch (error) {
    return refusal(error)
  }
}

const cellsOf = (row: Read): number => {
  let count = 1
  if (row.kind !== 'unread') for (const _ in row.cells) count++
  return count
}

/** The next rows of those held, as many as the bounds let through. */
const taken = (from: Reading): readonly Read[] => {
  let to = from.from
  for (let cells = 0; to < from.held.length && to - from.from < MOST_ROWS && cells < MOST_CELLS; to++)
    cells += cellsOf(from.held[to] as Read)
  const rows = from.held.slice(from.from, to)
  from.from = to
  return rows
}

/** Rows; null at the end of the file. */
const next = async (): Promise<unknown> => {
  if (reading === null) return null
  try {
    if (reading.from >= reading.held.length) {
      const { done, value } = await reading.batches.next()
      if (done === true) {
        reading = null
        return null
      }
      reading.held = value
      reading.from = 0
    }
    return { rows: taken(reading) }
  } catch (error) {
    reading = null
    return refusal(error)
  }
}

/** Texts of mappings, whose reading takes long. */
const texts = {
  readMapping: (text: string) => readDocument(text),
  writeMapping: (document: unknown) => ({ text: writeDocument(document) }),
  readYaml: (text: string) => {
    try {
      return { document: parseYaml(text) }
    } catch (error) {
      return { bad: error instanceof Error ? error.message : 'YAML' }
    }
  },
}

if (parentPort !== null) serveThread(parentPort, { open, next, ...texts, close: () => true })
