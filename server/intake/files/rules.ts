// The rules of a mapping made ready: a row in, wire events out (I8). A rule of the case makes one event where its
// instant stands; a rule of events makes what its table of types says of the row's activity. Throws Unmapped.

import { type Compiling, instantReader, payloadReaders, textReader } from './compiling.ts'
import { halfOf, type Kind, type Made, type Making, makeEvent, sharedOf } from './making.ts'
import type { ActivityFile, CaseRuleFile, EventRuleFile } from './mapping.ts'
import {
  type Cells,
  columnsOf as columnsOfValue,
  type Read,
  readerOf,
  type Stamp,
  type Stamps,
  stampFrom,
  textFrom,
  Unmapped,
} from './value.ts'

/** Whether a row ends before this column: what stands there is not known, which is not nothing (I14, I15). */
export type Cut = (column: string) => boolean

export interface Rule {
  /** Of a register: the name of its event among those of the row. */
  readonly key: string
  /** The events of a row; null: the mapping leaves this row out. Throws Unmapped, also where one is cut before its end. */
  make(cells: Cells, isCut: Cut): Made[] | null
  /** Of a row that is cut: whether it does not say if there is such an event. */
  isSilent(isCut: Cut): boolean
  /** Of a row that `make` cannot read: what stands there of its event, to be kept until it is mended; null: nothing. */
  half(cells: Cells): Made | null
}

/** Throws where the row ends before what the event says. */
const mustBeWhole = (columns: readonly string[], isCut: Cut): void => {
  const cut = columns.find(isCut)
  if (cut !== undefined) throw new Unmapped('short_row', cut)
}

export const caseRule = (to: Compiling, rule: CaseRuleFile, at: string): Rule => {
  const shared = sharedOf(to, rule, at)
  const when = instantReader(to, rule.at, rule.type)
  const kind = { type: rule.type, payload: payloadReaders(to, rule.type, rule.payload, at) }
  const { stamps } = to
  return {
    key: rule.key ?? rule.type,
    half: halfOf(shared, stamps, kind, when),
    isSilent: (isCut) => isCut(when.column) || (shared.whenColumn !== null && isCut(shared.whenColumn)),
    make(cells, isCut) {
      if (!shared.when(cells)) return []
      const stamp = stampFrom(when, cells, stamps)
      if (stamp === null) return []
      mustBeWhole([...shared.needs, ...columnsOfValue(rule.at)], isCut)
      return [makeEvent({ cells, shared, stamps }, kind, stamp)]
    },
  }
}

type Side = 'start' | 'complete'

interface Listed {
  readonly skip: boolean
  /** null: not a step. */
  readonly step: { readonly code: string | null } | null
  readonly kinds: Readonly<Record<Side, Kind>> | Kind
  readonly side: Side
  /** Columns of its own payload. */
  readonly needs: readonly string[]
}

const NO_STEP: Listed['step'] = null

const stepListed = (to: Compiling, code: string | null, rule: EventRuleFile, at: string): Listed => ({
  skip: false,
  step: { code },
  side: 'complete',
  needs: [],
  kinds: {
    start: { type: 'STEP_START', payload: payloadReaders(to, 'STEP_START', rule.payload, at), idEnd: '/start' },
    complete: { type: 'STEP_END', payload: payloadReaders(to, 'STEP_END', rule.payload, at), idEnd: '/end' },
  },
})

const NO_KIND: Kind = { type: 'STEP_END', payload: [] }
const SKIPPED: Listed = { skip: true, step: NO_STEP, side: 'complete', kinds: NO_KIND, needs: [] }

/** What an entry of the table of types asks for. The rule's own payload is that of its steps. */
const listedOf = (to: Compiling, entry: ActivityFile, rule: EventRuleFile, at: string): Listed => {
  if (entry === 'SKIP') return SKIPPED
  if (entry === 'STEP') return stepListed(to, null, rule, at)
  if (typeof entry === 'object' && 'step' in entry) return stepListed(to, entry.step, rule, at)
  const { type, at: side = 'complete', payload } = typeof entry === 'string' ? { type: entry } : entry
  const needs = Object.values(payload ?? {}).flatMap(columnsOfValue)
  return { skip: false, step: NO_STEP, side, kinds: { type, payload: payloadReaders(to, type, payload, at) }, needs }
}

const isStep = (entry: ActivityFile): boolean => entry === 'STEP' || (typeof entry === 'object' && 'step' in entry)

/** Activity → what it makes; `*` for any other. A rule of one type has that alone. */
const tableOf = (to: Compiling, rule: EventRuleFile, at: string): ReadonlyMap<string, Listed> => {
  const { type, payload } = rule
  if (type !== undefined) {
    const entry = { type, ...(payload === undefined ? {} : { payload }) }
    return new Map([['*', listedOf(to, entry, rule, at)]])
  }
  const entries: [string, ActivityFile][] = Object.entries(rule.types ?? { '*': 'STEP' })
  if (payload !== undefined && !entries.some(([, entry]) => isStep(entry)))
    to.faults.push({ at: `${at}/payload`, detail: 'is that of steps, and there are none: write it at the types' })
  return new Map(entries.map(([name, entry]) => [name, listedOf(to, entry, rule, `${at}/types/${name}`)]))
}

interface Columns {
  readonly at: Read | null
  readonly start: Read | null
  readonly complete: Read | null
  readonly lifecycle: Read | null
  readonly lifecycles: Readonly<Record<string, Side | 'skip'>>
}

const columnsOf = (to: Compiling, rule: EventRuleFile): Columns => {
  if (rule.lifecycle !== undefined) to.columns.add(rule.lifecycle)
  const lowered = Object.entries(rule.lifecycles ?? {}).map(([name, side]) => [name.toLowerCase(), side])
  return {
    at: rule.at === undefined ? null : instantReader(to, rule.at, rule.type ?? 'at'),
    start: rule.start === undefined ? null : instantReader(to, rule.start, 'start'),
    complete: rule.complete === undefined ? null : instantReader(to, rule.complete, 'complete'),
    lifecycle: rule.lifecycle === undefined ? null : readerOf(rule.lifecycle, to.none),
    lifecycles: { start: 'start', complete: 'complete', ...Object.fromEntries(lowered) },
  }
}

type Sides = Partial<Record<Side, Stamp>>

/** Which stamps a row bears: by its own two columns, or one by its lifecycle transition; null: left out. */
const stampsOfRow = (columns: Columns, cells: Cells, stamps: Stamps): Sides | null => {
  const out: Sides = {}
  for (const side of ['start', 'complete'] as const) {
    const column = columns[side]
    const stamp = column === null ? null : stampFrom(column, cells, stamps)
    if (stamp !== null) out[side] = stamp
  }
  if (columns.at !== null) {
    const transition = columns.lifecycle === null ? null : textFrom(columns.lifecycle, cells)?.toLowerCase()
    const side = transition === null || transition === undefined ? 'complete' : columns.lifecycles[transition]
    if (side === undefined) throw new Unmapped('unmapped_lifecycle', transition ?? '')
    if (side === 'skip') return null
    const stamp = stampFrom(columns.at, cells, stamps)
    if (stamp !== null) out[side] = stamp
  }
  if (out.start !== undefined || out.complete !== undefined) return out
  throw new Unmapped('missing_cell', (columns.at ?? columns.complete ?? columns.start)?.column ?? '')
}

const STEP_CODE_CHARS = 64

const stepsOf = (making: Making, listed: Listed, name: string, at: Sides): Made[] => {
  const code = listed.step?.code ?? name.slice(0, STEP_CODE_CHARS)
  const kinds = listed.kinds as Readonly<Record<Side, Kind>>
  return (['start', 'complete'] as const).flatMap((side) => {
    const stamp = at[side]
    return stamp === undefined ? [] : [makeEvent(making, { ...kinds[side], constant: { step_code: code } }, stamp)]
  })
}

/** null: there is none, or none that can be read. */
const nameIn = (activity: Read, cells: Cells): string | null => {
  try {
    return textFrom(activity, cells)
  } catch (error) {
    if (error instanceof Unmapped) return null
    throw error
  }
}

/** A row of one type, or by its activity. */
export const eventRule = (to: Compiling, rule: EventRuleFile, at: string): Rule => {
  const { stamps } = to
  const shared = sharedOf(to, rule, at)
  const columns = columnsOf(to, rule)
  if ((rule.type === undefined) === (rule.activity === undefined))
    to.faults.push({ at, detail: 'either type or activity' })
  if (rule.at === undefined && rule.start === undefined && rule.complete === undefined)
    to.faults.push({ at, detail: 'at, start or complete is needed' })
  const activity = rule.activity === undefined ? null : textReader(to, rule.activity, 'activity')
  const table = tableOf(to, rule, at)
  const ofOne = (listed: Listed | undefined, name: string): Rule['half'] => {
    if (listed === undefined || listed.skip) return () => null
    const step =
      listed.step === null ? {} : { constant: { step_code: listed.step.code ?? name.slice(0, STEP_CODE_CHARS) } }
    const kind =
      'type' in listed.kinds ? (listed.kinds as Kind) : (listed.kinds as Readonly<Record<Side, Kind>>).complete
    return halfOf(shared, stamps, { ...kind, ...step }, columns.at ?? columns.complete ?? columns.start)
  }
  return {
    key: '',
    half(cells) {
      const name = activity === null ? '' : nameIn(activity, cells)
      return name === null ? null : ofOne(table.get(name) ?? table.get('*'), name)(cells)
    },
    isSilent: () => false,
    make(cells, isCut) {
      if (!shared.when(cells)) return []
      const name = activity === null ? '' : textFrom(activity, cells)
      if (name === null) throw new Unmapped('missing_cell', activity?.column ?? '')
      const listed = table.get(name) ?? table.get('*')
      if (listed === undefined) throw new Unmapped('unmapped_activity', name.slice(0, 100))
      if (listed.skip) return null
      const stamped = stampsOfRow(columns, cells, stamps)
      if (stamped === null) return null
      mustBeWhole([...shared.needs, ...listed.needs], isCut)
      const making = { cells, shared, stamps }
      if (listed.step !== null) return stepsOf(making, listed, name, stamped)
      // a row that stamps the other end of the activity than the one that is meant
      const other = columns.lifecycle !== null && stamped[listed.side] === undefined
      if (other) return null
      const stamp = stamped[listed.side] ?? stamped.complete ?? stamped.start
      return stamp === undefined ? [] : [makeEvent(making, listed.kinds as Kind, stamp)]
    },
  }
}
