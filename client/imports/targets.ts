// The places of the form in their groups, which columns may fill each, and constants in the shape the wire wants. Pure.

import type { ImportColumn } from '../../server/contract/imports.ts'
import type { Words } from '../i18n/words.ts'
import { columnIn, type MappingDocument, type Target, type Value, valueAt } from './document.ts'

type Group = keyof Words['imports']['sources']
type Name = keyof Words['imports']['target']

export interface Place {
  readonly name: Name
  readonly target: Target
  /** A value that is the same for all rows makes sense here. */
  readonly constant: boolean
  readonly kind: 'text' | 'instant' | 'limit'
}

const field = (name: Name): Place => ({
  name,
  target: { of: 'field', key: name },
  constant: name !== 'project_no',
  kind: 'text',
})
const instant = (name: 'RECEIVE' | 'ACCEPT' | 'DECIDE' | 'COMPLETE'): Place => ({
  name,
  target: { of: 'case', key: name },
  constant: false,
  kind: 'instant',
})
const limit = (name: Name, kind: Place['kind']): Place => ({
  name,
  target: { of: 'payload', type: 'ACCEPT', key: name },
  constant: kind === 'limit',
  kind,
})
const step = (name: 'activity' | 'at' | 'start' | 'complete' | 'lifecycle'): Place => ({
  name,
  target: { of: 'step', key: name },
  constant: false,
  kind: name === 'activity' || name === 'lifecycle' ? 'text' : 'instant',
})

export const PLACES: Readonly<Record<Exclude<Group, 'file'>, readonly Place[]>> = {
  case: [field('project_no')],
  instants: [
    instant('RECEIVE'),
    instant('ACCEPT'),
    instant('DECIDE'),
    { name: 'result', target: { of: 'payload', type: 'DECIDE', key: 'result' }, constant: true, kind: 'text' },
    instant('COMPLETE'),
  ],
  limits: [
    limit('promise_due_at', 'instant'),
    limit('legal_due_at', 'instant'),
    limit('promise_limit', 'limit'),
    limit('legal_limit', 'limit'),
  ],
  unit: [
    field('org_code'),
    field('window_no'),
    field('operator_id'),
    field('operator_name'),
    field('task_code'),
    field('region_code'),
  ],
  steps: [step('activity'), step('at'), step('start'), step('complete'), step('lifecycle')],
}

const ALL = Object.values(PLACES).flat()

/** Names of the places a column fills. */
export const usesOf = (doc: MappingDocument, column: string): Name[] =>
  ALL.filter(({ target }) => {
    const value = valueAt(doc, target)
    return (target.of === 'step' && target.key === 'lifecycle' ? value : columnIn(value)) === column
  }).map(({ name }) => name)

/** Columns a place may be filled from: a case's own facts in a log come from its trace. */
export const columnsFor = ({ target, kind }: Place, columns: readonly ImportColumn[]): readonly ImportColumn[] => {
  const fitting = columns.filter(({ of }) => {
    if (of === 'row') return true
    if (target.of === 'case') return of === 'case'
    return target.of === 'step' ? of === 'event' : true
  })
  if (kind !== 'instant') return fitting
  // dates first; a stamp in a form nobody knows may still be one
  return [...fitting].sort((a, b) => Number(b.shape === 'date') - Number(a.shape === 'date'))
}

const LIMIT = /^(?:(\d{1,5})(WD|ND|M|H)|0)$/i

/** What was typed for a constant; null: nothing. A limit becomes what the wire calls one. */
export const constantFrom = (kind: Place['kind'], typed: string): Value | null => {
  const text = typed.trim()
  if (text === '') return null
  const limit = kind === 'limit' ? LIMIT.exec(text) : null
  if (limit === null) return { const: text }
  return { const: { value: Number(limit[1] ?? 0), unit: (limit[2] ?? '0').toUpperCase() } }
}

export const constantText = (value: Value | undefined): string | null => {
  if (value === undefined || typeof value === 'string' || !('const' in value)) return null
  const said = value.const
  if (typeof said === 'object' && said !== null && 'unit' in said) {
    const { value: n, unit } = said as { value: unknown; unit: unknown }
    return unit === '0' ? '0' : `${n}${unit}`
  }
  return typeof said === 'string' ? said : JSON.stringify(said)
}
