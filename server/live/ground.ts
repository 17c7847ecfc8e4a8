// What a board is drawn from, and for whom (L4, A1): law, tally and heads of windows at an instant, within a named scope.
// Values only; reads no store.

import { dayAt, type Law } from '../core/law/law.ts'
import { departmentsWithin } from '../core/law/region.ts'
import { isWithin, type Scope, scopeOver } from '../core/scope.ts'
import type { Instant } from '../core/time/instant.ts'
import type { DepartmentSums, Tally } from './tally.ts'
import type { Head } from './tile.ts'

export interface BoardGround {
  readonly law: Law
  readonly tally: Tally
  readonly heads: ReadonlyMap<string, Head>
  readonly now: Instant
  readonly speed: number
  readonly scope: Scope
  /** Its figures are sums across departments: without members of joint handlings, which stand beside (M1). */
  readonly across: boolean
}

/** The scope that a screen names: 'all', 'region:CODE', 'department:CODE'; null: there is none such. */
export const scopeNamed = (name: string, law: Law, now: Instant): Scope | null => {
  if (name === 'all') return 'all'
  const split = name.indexOf(':')
  const kind = name.slice(0, split)
  const code = name.slice(split + 1)
  if (kind === 'department') return law.tables.departments.has(code) ? scopeOver([code]) : null
  if (kind !== 'region' || !law.tables.regions.has(code)) return null
  return scopeOver(departmentsWithin(law, code, dayAt(law, now)))
}

/** Whether the figures of a named scope are sums across departments. */
export const isAcross = (name: string): boolean => !name.startsWith('department:')

export const inScope = (ground: BoardGround, department: string): boolean => isWithin(ground.scope, department)

type SumOf = (sums: DepartmentSums, department: string) => number

/** Sums over the departments of the scope; `beside`: of the members alone that they leave out. */
export const summing = (ground: BoardGround) => {
  const { tally, across } = ground
  const inside = [...tally.departments].filter((department) => inScope(ground, department))
  const beside = (of: SumOf): number => (across ? inside.reduce((n, d) => n + of(tally.members, d), 0) : 0)
  const sum = (of: SumOf): number => inside.reduce((n, d) => n + of(tally, d), 0) - beside(of)
  return { sum, beside }
}
