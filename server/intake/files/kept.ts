// A row that is no event, kept as it is written (I6): a line of too many cells, quotes that do not match, a row whose events
// cannot even be told. It waits in the quarantine until a person has mended it, and counts as waiting (I15).

import { shown, TEXT_CHARS } from './half.ts'
import { idOf } from './map.ts'
import type { Cell, FileCode } from './row.ts'
import type { SentMark } from './sent.ts'

/** Characters kept of a row that is no event: the quarantine cuts longer texts, and a cut one tells nothing. */
const ROW_CHARS = 8_000

/** A row of which no event can be made (I6): its cells as they are written, to be kept until a person has mended it. */
const keptRow = (cells: readonly Cell[]): Readonly<Record<string, unknown>> => {
  const texts: string[] = []
  let room = ROW_CHARS
  for (const cell of cells) {
    const text = shown(cell).slice(0, Math.min(TEXT_CHARS, room))
    room -= text.length
    texts.push(text)
  }
  return { row: { unread: texts.join(',') }, cells: texts }
}

/** Where it stands: of a register the digest of its file and as of when it is. */
interface At {
  readonly file: string | null
  readonly as_of: string | null
  readonly line: number
}

/** The same with an id of its own: two such rows are two, and the same row brought again is one. */
export const keptEvent = (cells: readonly Cell[], at: At): Readonly<Record<string, unknown>> => {
  const kept = keptRow(cells)
  return { event_id: idOf({ ...kept, ...at }), ...kept }
}

/** Codes of rows that can be read, and say nothing that is an event. */
export const SAYS_NONE: ReadonlySet<string> = new Set<FileCode>([
  'no_event',
  'empty_trace',
  'unmapped_activity',
  'unmapped_lifecycle',
])

export interface Why {
  readonly code: FileCode
  readonly detail: string
}

export const waitsFor = ({ code, detail }: Why): SentMark['waits'] => ({
  code: 'row_waits',
  detail: [code, detail].filter((text) => text !== '').join(' '),
})
