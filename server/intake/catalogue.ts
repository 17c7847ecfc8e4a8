// A catalogue document checked where it comes in (I9): shape, dates, limits, double rows, each fault with its place.
// What passes is handed on as it is meant (I15), else as it was written; nothing is filled in or dropped. All of it stops
// after some rows, for a document may be as large as a city's (I5).

import type { MappingFault } from '../contract/imports.ts'
import { MASTER_TABLES, type Tables } from '../contract/tables/registry.ts'
import type { Fields } from '../contract/tables/shape.ts'
import { canBeOwn, canBeSource } from '../core/case/number.ts'
import { atOnce, LOT_ROWS, LOT_VALUES, lotsOf, type Steps } from '../core/steps.ts'
import { parseDay, parseInstant } from '../core/time/civil.ts'
import { parseLimit } from '../core/time/limit.ts'
import { faultsOfShape, NO_TEXT, type Row, rowKeysOf, rowsOf } from './catalogue-shape.ts'
import { bareCode } from './code.ts'
import { MOST_FAULTS } from './files/mapping-faults.ts'
import { DEEPEST, deeperSteps, unfitSteps } from './nesting.ts'

const limitFault = (row: Row, key: string, at: string): MappingFault[] =>
  typeof row[key] === 'string' && parseLimit(row[key]) === null
    ? [{ at: `${at}/${key}`, detail: `not a limit: ${row[key]}` }]
    : []

const dayFault = (row: Row, at: string): MappingFault[] =>
  typeof row.valid_from === 'string' && parseDay(row.valid_from) === null
    ? [{ at: `${at}/valid_from`, detail: `not a date: ${row.valid_from}` }]
    : []

/** Days of notices: the law lays them by their order, so that each must be one. */
const noticeFaults = (notice: Row, at: string): MappingFault[] => {
  const said = [
    ...['from', 'to'].map((field) => ({ at: `${at}/${field}`, on: notice[field] })),
    ...rowsOf(notice, 'days').map(({ on }, i) => ({ at: `${at}/days/${i}/on`, on })),
  ]
  const seen = new Set<unknown>()
  const named = rowsOf(notice, 'days').map(({ on }) => {
    const isAgain = seen.has(on)
    seen.add(on)
    return { on, isAgain }
  })
  return [
    ...said
      .filter(({ on }) => typeof on === 'string' && parseDay(on) === null)
      .map((one) => ({ at: one.at, detail: `not a date: ${one.on}` })),
    ...named.flatMap(({ on, isAgain }, i) =>
      isAgain ? [{ at: `${at}/days/${i}/on`, detail: `stands twice: ${on}` }] : [],
    ),
  ]
}

/** Fields that are limits, those of rows within the row as well. */
const limitFaults = (fields: Fields, row: Row, at: string): MappingFault[] =>
  Object.entries(fields).flatMap(([name, field]) => {
    if (field.kind === 'limit') return limitFault(row, name, at)
    if (field.kind !== 'rows') return []
    return rowsOf(row, name).flatMap((inner, n) => limitFaults(field.fields, inner, `${at}/${name}/${n}`))
  })

/** A full number is `source:serial` (I11), and the office has none of its own (T12). */
const sourceFaults = (row: Row, index: number): MappingFault[] => {
  const { source, numbers } = row as { source: string; numbers?: string }
  const at = `/sources/${index}`
  // one from before such names were refused may be said to share its numbers after all
  if (!canBeSource(source) && numbers !== 'shared')
    return [{ at: `${at}/source`, detail: `a colon in the name of a source: ${source}` }]
  if (numbers !== 'own' || canBeOwn(source)) return []
  return [{ at: `${at}/numbers`, detail: `this source has no numbers of its own: ${source}` }]
}

/** What is wrong within one row: dates, limits, days that stand twice. */
const faultsOfRow = (table: string, fields: Fields, row: Row, at: string): MappingFault[] => {
  const faults = dayFault(row, at)
  if (table === 'notices') faults.push(...noticeFaults(row, at))
  if (typeof row.legal_basis === 'string' && row.legal_basis.trim() === '')
    faults.push({ at: `${at}/legal_basis`, detail: NO_TEXT })
  faults.push(...limitFaults(fields, row, at))
  return faults
}

/** Faults that the shape cannot tell: dates, limits, the same row twice: a row without a day holds from the document's. */
function* faultsWithin(body: Row, tables: Tables): Steps<MappingFault[]> {
  const faults: MappingFault[] = dayFault(body, '')
  const isFull = lotsOf(LOT_ROWS)
  for (const [table, key] of Object.entries(rowKeysOf(tables))) {
    const fields = tables.find(({ name }) => name === table)?.fields ?? {}
    const seen = new Set<string>()
    for (const [index, row] of rowsOf(body, table).entries()) {
      if (isFull()) yield
      const at = `/${table}/${index}`
      const id = `${row[key]}\n${row.valid_from ?? body.valid_from}`
      if (seen.has(id)) faults.push({ at: `${at}/${key}`, detail: `stands twice: ${row[key]}` })
      seen.add(id)
      for (const fault of faultsOfRow(table, fields, row, at)) faults.push(fault)
      // its days are a lot by themselves
      if (table === 'notices') yield
    }
  }
  for (const [index, row] of rowsOf(body, 'sources').entries()) {
    if (isFull()) yield
    faults.push(...sourceFaults(row, index))
  }
  const from = (body.settings as Row | undefined)?.supervised_from
  if (typeof from === 'string' && parseInstant(from) === null) {
    faults.push({ at: '/settings/supervised_from', detail: `not an instant with an offset: ${from}` })
  }
  return faults
}

type Nested = Readonly<Record<string, unknown>> | readonly unknown[]
const isNested = (value: unknown): value is Nested => typeof value === 'object' && value !== null
const bareText = (value: unknown): unknown => (typeof value === 'string' ? bareCode(value) : value)

function* bareWithin(value: Nested, isFull: () => boolean): Steps<unknown> {
  const isList = Array.isArray(value)
  const bare: unknown[] = []
  for (const inner of isList ? value : Object.values(value)) {
    if (isFull()) yield
    bare.push(isNested(inner) ? yield* bareWithin(inner, isFull) : bareText(inner))
  }
  return isList ? bare : Object.fromEntries(Object.keys(value).map((key, i) => [key, bare[i]]))
}

/**
 * A document as it is meant (I15): outer blanks and invisible characters are no part of its codes and names, as over every
 * other door. Nothing else of it is changed; one nested past any bound is handed on for its faults. Stops after some values (I5).
 */
export function* bareSteps(body: unknown): Steps<unknown> {
  if (!isNested(body)) return bareText(body)
  return (yield* deeperSteps(body)) ? body : yield* bareWithin(body, lotsOf(LOT_VALUES))
}

export const bareCatalogue = (body: unknown): unknown => atOnce(bareSteps(body))

/** All faults of a document, at most fifty; none means that it may be enacted. Stops after some rows (I5). */
export function* faultSteps(body: unknown, tables: Tables = MASTER_TABLES): Steps<MappingFault[]> {
  const unfit = yield* unfitSteps(body)
  if (unfit?.kind === 'half') return [{ at: unfit.at, detail: 'lone surrogate' }]
  if (unfit !== null) return [{ at: '/', detail: `nested more than ${DEEPEST} deep` }]
  const faults = yield* faultsOfShape(body, tables)
  return faults.length > 0 ? faults : (yield* faultsWithin(body as Row, tables)).slice(0, MOST_FAULTS)
}

export const catalogueFaults = (body: unknown, tables: Tables = MASTER_TABLES): MappingFault[] =>
  atOnce(faultSteps(body, tables))
