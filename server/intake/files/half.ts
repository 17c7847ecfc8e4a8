// What a row says of an event that cannot be read (I6, I15): what can be read of it, and the rest as it is written, as
// `{unread: text}` where a text should stand. So it is kept beside the row's others until a person has mended it, and no door
// takes it as it is. Never throws; makes nothing that could be a fact.

import type { EventField, WireEvent } from '../../contract/ingest.ts'
import type { Cell } from './row.ts'
import { plainText } from './text.ts'
import { type Cells, type Read, type ReadPayloadKey, type Stamps, stampFrom, Unmapped } from './value.ts'

/** An event without its id where the file has none: the digest is taken of it. */
export type Unnamed = Omit<WireEvent, 'event_id'> & { readonly event_id: string | null }

interface Half {
  readonly type: string
  readonly at: Read
  readonly fields: readonly [EventField, Read][]
  readonly payload: readonly [string, ReadPayloadKey][]
  readonly constant?: Readonly<Record<string, unknown>> | undefined
  readonly code: (name: EventField, read: Read, cells: Cells) => string | null
}

export const TEXT_CHARS = 200

export const shown = (cell: Cell): string => (cell === null ? '' : plainText(cell))

const asWritten = (cells: Cells, ...columns: readonly (string | null)[]): { unread: string } => {
  const texts = columns.map((column) => (column === null ? '' : shown(cells[column] ?? null)))
  return { unread: texts.join(' ').trim().slice(0, TEXT_CHARS) }
}

const readElse = <T>(read: () => T, otherwise: (error: Unmapped) => { unread: string }): T | { unread: string } => {
  try {
    return read()
  } catch (error) {
    if (error instanceof Unmapped) return otherwise(error)
    throw error
  }
}

/** A number of a case that cannot be read, or is none, is kept as it is written, too: who mends the row knows whose it is. */
export const halfEvent = (cells: Cells, stamps: Stamps, half: Half): Unnamed => {
  const when = readElse(
    () => stampFrom(half.at, cells, stamps),
    () => asWritten(cells, half.at.column, half.at.time),
  )
  const at = when !== null && 'unread' in when ? when : { unread: when?.at ?? '' }
  const event: Record<string, unknown> = { event_id: null, event_type: half.type, occurred_at: at }
  let isOtherwiseUnread = at === null || (when !== null && 'unread' in when)
  for (const [name, read] of half.fields) {
    const written = (): { unread: string } => asWritten(cells, read.column)
    const found = readElse(() => half.code(name, read, cells), written)
    const value = found === null && name === 'project_no' ? written() : found
    if (value !== null) event[name] = value
    isOtherwiseUnread ||= typeof value === 'object' && value !== null
  }
  const payload: Record<string, unknown> = { ...half.constant }
  for (const [name, read] of half.payload) {
    const value = readElse<unknown>(
      () => read(cells, stamps),
      ({ detail }) => asWritten(cells, detail),
    )
    if (value === null) continue
    payload[name] = value
    isOtherwiseUnread ||= typeof value === 'object' && 'unread' in value
  }
  if (Object.keys(payload).length > 0) event.payload = payload
  // what else is wrong shows in none of its members: its instant stands for it
  if (isOtherwiseUnread && when !== null && 'at' in when) {
    event.occurred_at = when.at
    if (when.isDay) event.precision = 'day'
  }
  return event as unknown as Unnamed
}

const MARK = '{"unread":'

/** Whether an event is such a one: then its row has been told already. */
export const isHalf = (event: unknown): boolean => JSON.stringify(event).includes(MARK)
