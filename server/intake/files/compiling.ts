// What compiling a mapping gathers (I8): the readers of its values, and beside them the columns a header must have, what each
// column is used as, and the faults of the names in it. Makes no events.

import type { MappingFault } from '../../contract/imports.ts'
import { EVENT_FIELDS, type EventField } from '../../contract/ingest.ts'
import type { EventType } from '../../core/case/event.ts'
import type { RateScale } from '../rating.ts'
import type { MappingFile, ValueFile } from './mapping.ts'
import { isNamed } from './names.ts'
import {
  type Cells,
  columnsOf,
  isDated,
  payloadReader,
  type Read,
  type ReadPayloadKey,
  readerOf,
  type Stamps,
  stampFrom,
  textFrom,
  timeFrom,
} from './value.ts'

/** What compiling a mapping gathers. */
export interface Compiling {
  readonly stamps: Stamps
  readonly fields: MappingFile['fields']
  /** Words that mean nothing, in every column. */
  readonly none: ReadonlySet<string>
  /** Which way levels of satisfaction run in the file; null: nobody has said. */
  readonly scale: RateScale | null
  readonly faults: MappingFault[]
  /** Columns a header must have. */
  readonly columns: Set<string>
  readonly uses: Use[]
  /** Fields and keys it fills in whose codes a catalogue lists. */
  readonly named: Set<string>
}

/** What a column is used as: a field, a payload key, or the type whose instant it says. */
export interface Use {
  readonly column: string
  readonly field: string
  /** It is read as a date, where some words mean nothing. */
  readonly isDate: boolean
  /** Throws Unmapped where what stands there cannot be read as that. */
  readonly read: (cells: Cells) => unknown
}

export type Values = Readonly<Record<string, ValueFile>>

/** A value whose column the header must have. */
export const columnReader = (to: Compiling, value: ValueFile): Read => {
  for (const column of columnsOf(value)) to.columns.add(column)
  return readerOf(value, to.none)
}

/** Names under `fields` that are none. */
export const fieldFaults = (own: Values | undefined, at: string): MappingFault[] =>
  Object.keys(own ?? {})
    .filter((name) => !(EVENT_FIELDS as readonly string[]).includes(name))
    .map((name) => ({ at: `${at}/fields/${name}`, detail: `one of ${EVENT_FIELDS.join(' ')}` }))

/** A reader of a text, an instant or a payload key, noted under what it is used as. */
const noted = (to: Compiling, value: ValueFile, field: string, reader: (cells: Cells) => unknown): void => {
  const { column } = readerOf(value)
  if (column !== '') to.uses.push({ column, field, isDate: false, read: reader })
}

/** Of a value that is a date: the column of its time of day is looked at by itself. */
const notedDate = (to: Compiling, value: ValueFile, field: string, reader: (cells: Cells) => unknown): void => {
  const { column, time } = readerOf(value)
  if (column !== '') to.uses.push({ column, field, isDate: true, read: reader })
  if (time !== null)
    to.uses.push({ column: time, field, isDate: true, read: (cells) => timeFrom(cells, time, to.stamps) })
}

export const instantReader = (to: Compiling, value: ValueFile, field: string): Read => {
  const reader = columnReader(to, value)
  notedDate(to, value, field, (cells) => stampFrom(reader, cells, to.stamps))
  return reader
}

export const textReader = (to: Compiling, value: ValueFile, field: string): Read => {
  const reader = columnReader(to, value)
  if (reader.time !== null) to.faults.push({ at: `/${field}`, detail: 'date and time are of instants alone' })
  noted(to, value, field, (cells) => textFrom(reader, cells))
  return reader
}

export const fieldReaders = (to: Compiling, own: Values | undefined, at: string): [EventField, Read][] => {
  to.faults.push(...fieldFaults(own, at))
  const all: Values = { ...to.fields, ...own }
  for (const name of Object.keys(all)) if (isNamed(name)) to.named.add(name)
  return EVENT_FIELDS.filter((name) => Object.hasOwn(all, name)).map((name) => [
    name,
    textReader(to, all[name] as ValueFile, name),
  ])
}

export const payloadReaders = (
  to: Compiling,
  type: EventType,
  values: Values | undefined,
  at: string,
): [string, ReadPayloadKey][] => {
  const out: [string, ReadPayloadKey][] = []
  for (const [name, value] of Object.entries(values ?? {})) {
    columnReader(to, value)
    if (isNamed(name)) to.named.add(name)
    const reader = payloadReader(type, name, value, to.none)
    if (reader === null)
      to.faults.push({ at: `${at}/payload/${name}`, detail: `${type} lists no such key; see personal` })
    else {
      out.push([name, reader])
      const note = isDated(type, name) ? notedDate : noted
      note(to, value, name, (cells) => reader(cells, to.stamps))
    }
  }
  return out
}
