// One event of a row, made of its cells by what a mapping says (I8): fields, payload, id; or what can be read of it where it cannot
// be made (I15). Throws Unmapped.

import type { EventField } from '../../contract/ingest.ts'
import type { EventType } from '../../core/case/event.ts'
import { isNoNumber } from '../nothing.ts'
import { type RateScale, turnedLevel } from '../rating.ts'
import { type Compiling, columnReader, fieldReaders } from './compiling.ts'
import { halfEvent, type Unnamed } from './half.ts'
import type { CaseRuleFile, EventRuleFile } from './mapping.ts'
import {
  type Cells,
  codeFrom,
  columnsOf as columnsOfValue,
  type Read,
  type ReadPayloadKey,
  readerOf,
  type Stamp,
  type Stamps,
  textFrom,
  Unmapped,
} from './value.ts'

export interface Made {
  readonly event: Unnamed
  /** Of a rating: its level runs as the wire's, for the mapping says which way the file's runs. */
  readonly isScaled: boolean
}

export interface Shared {
  /** Columns of its fields: an event without what stands in them would be another. */
  readonly needs: readonly string[]
  readonly whenColumn: string | null
  readonly id: Read | null
  readonly fields: readonly [EventField, Read][]
  readonly personal: readonly [string, Read][]
  readonly when: (cells: Cells) => boolean
  readonly scale: RateScale | null
}

export const sharedOf = (to: Compiling, rule: CaseRuleFile | EventRuleFile, at: string): Shared => {
  const { when } = rule
  if (when !== undefined) to.columns.add(when.column)
  const wanted = when === undefined ? null : { read: readerOf(when.column, to.none), is: new Set(when.is) }
  const own = [...Object.values({ ...to.fields, ...rule.fields }), ...Object.values(rule.payload ?? {})]
  return {
    needs: own.flatMap(columnsOfValue),
    whenColumn: when?.column ?? null,
    id: rule.id === undefined ? null : columnReader(to, rule.id),
    fields: fieldReaders(to, rule.fields, at),
    personal: Object.entries(rule.personal ?? {}).map(([name, value]) => [name, columnReader(to, value)]),
    scale: rule.rate_scale ?? to.scale,
    when: (cells) => wanted === null || wanted.is.has(textFrom(wanted.read, cells) ?? ''),
  }
}

/** What an event is besides when it was. */
export interface Kind {
  readonly type: EventType
  readonly payload: readonly [string, ReadPayloadKey][]
  readonly constant?: Readonly<Record<string, unknown>>
  readonly idEnd?: string
}

export interface Making {
  readonly cells: Cells
  readonly shared: Shared
  readonly stamps: Stamps
}

/** A level that runs the other way is turned; of a scale that nobody named nothing is guessed (I15). */
const scaledLevel = (level: unknown, scale: RateScale | null): unknown =>
  scale === 'worst_first' && typeof level === 'number' ? turnedLevel(level) : level

const fieldFrom = (name: EventField, read: Read, cells: Cells): string | null =>
  codeFrom(read, cells, name === 'project_no' ? isNoNumber : undefined)

export const makeEvent = ({ cells, shared, stamps }: Making, kind: Kind, { at, isDay }: Stamp): Made => {
  const event: Record<string, unknown> = { event_id: null, event_type: kind.type, occurred_at: at }
  if (isDay) event.precision = 'day'
  for (const [name, reader] of shared.fields) {
    const text = fieldFrom(name, reader, cells)
    if (text !== null) event[name] = text
    else if (name === 'project_no') throw new Unmapped('missing_cell', reader.column)
  }
  const payload: Record<string, unknown> = { ...kind.constant }
  for (const [name, reader] of kind.payload) {
    const value = reader(cells, stamps)
    if (value !== null) payload[name] = name === 'level' ? scaledLevel(value, shared.scale) : value
  }
  for (const [name, reader] of shared.personal) {
    const text = textFrom(reader, cells)
    if (text !== null) payload[name] = text
  }
  if (Object.keys(payload).length > 0) event.payload = payload
  if (shared.id !== null) {
    const id = codeFrom(shared.id, cells, isNoNumber)
    if (id === null) throw new Unmapped('missing_cell', shared.id.column)
    event.event_id = `${id}${kind.idEnd ?? ''}`
  }
  return { event: event as unknown as Unnamed, isScaled: kind.type === 'RATE' && shared.scale !== null }
}

export const halfOf =
  (shared: Shared, stamps: Stamps, kind: Kind, at: Read | null): ((cells: Cells) => Made | null) =>
  (cells) => {
    try {
      if (at === null || !shared.when(cells)) return null
    } catch (error) {
      if (error instanceof Unmapped) return null
      throw error
    }
    const { type, payload, constant } = kind
    const event = halfEvent(
      cells,
      { ...stamps, note: () => undefined },
      { type, at, fields: shared.fields, payload, constant, code: fieldFrom },
    )
    return { event, isScaled: false }
  }
