// Figures over plain maps: what SQLite finds by index is found here by looking at everything. Rules: M1, M7.

import { DIMENSIONS, type Dimension, type Flow, type FlowKind, STOCK_KINDS } from '../../core/measure/flows.ts'
import type { Instant } from '../../core/time/instant.ts'
import { cursorAtName, nameIn } from '../cursor.ts'
import type { AuditDifference, BehindQuery, CaseRow, TotalRow, WindowHead } from '../port.ts'
import type { Rows } from './rows.ts'

/** Sums of n by the text of some keys, zeros left out. */
function sumBy<T extends { n: number }, K>(items: Iterable<T>, keyOf: (item: T) => K): (K & { n: number })[] {
  const sums = new Map<string, K & { n: number }>()
  for (const item of items) {
    const key = keyOf(item)
    const id = JSON.stringify(key)
    sums.set(id, { ...key, n: item.n + (sums.get(id)?.n ?? 0) })
  }
  return [...sums.values()].filter((sum) => sum.n !== 0)
}

export const totalsOf = (rows: Rows, asked: { dimension: Dimension; from: number; to: number; department?: string }) =>
  sumBy(
    [...rows.totals.values()].filter(
      (total) =>
        total.dimension === asked.dimension &&
        (STOCK_KINDS.has(total.kind) || total.on >= asked.from) &&
        total.on <= asked.to &&
        (asked.department === undefined || total.department === asked.department),
    ),
    ({ key, department, kind }): Omit<TotalRow, 'n'> => ({ key, department, kind }),
  )

export const dailyOf = (
  rows: Rows,
  asked: { dimension: Dimension; keys: readonly string[] | null; kinds: readonly FlowKind[]; from: number; to: number },
) =>
  sumBy(
    [...rows.totals.values()].filter(
      (total) =>
        total.dimension === asked.dimension &&
        asked.kinds.includes(total.kind) &&
        (asked.keys === null || asked.keys.includes(total.key)) &&
        total.on >= asked.from &&
        total.on <= asked.to,
    ),
    ({ key, kind, on }) => ({ key, kind, on: on as number }),
  )

const byDue = (a: CaseRow, b: CaseRow): number => (a.dueAt ?? Number.MAX_VALUE) - (b.dueAt ?? Number.MAX_VALUE)

export function headOf(rows: Rows, window: string, now: Instant, untils: readonly Instant[]): WindowHead {
  const inHand = [...rows.cases.values()].filter((row) => row.inHand && row.window === window)
  const worst = inHand.sort((a, b) => b.level - a.level || byDue(a, b))[0]
  const ahead = inHand
    .flatMap((row) => (row.dueAt !== null && row.dueAt > now ? [row.dueAt] : []))
    .sort((a, b) => a - b)
  return {
    window,
    worst: worst === undefined ? null : { projectNo: worst.projectNo, level: worst.level, dueAt: worst.dueAt },
    nextDueAt: ahead[0] ?? null,
    dueWithin: untils.map((until) => ahead.filter((dueAt) => dueAt <= until).length),
  }
}

export const dueBetween = (rows: Rows, bounds: readonly Instant[], department?: string) =>
  bounds.slice(1).map((to, i) => {
    const due = [...rows.cases.values()].filter(
      (row) =>
        row.inHand &&
        row.dueAt !== null &&
        row.dueAt > (bounds[i] as Instant) &&
        row.dueAt <= to &&
        (department === undefined || row.department === department),
    )
    return { due: due.length, warned: due.filter((row) => row.level > 0).length }
  })

const hourKey = ({ hour }: Flow): string | null => (hour === null ? null : String(hour).padStart(2, '0'))

/** The key under which a flow counts in a dimension, as core/measure/count.ts spreads it; null: it does not. */
function keyIn(dimension: Dimension, flow: Flow): string | null {
  if (dimension === 'code') return flow.code
  if (flow.code !== null) return null
  switch (dimension) {
    case 'hour':
      return flow.member ? null : hourKey(flow)
    case 'region':
      return flow.member ? null : flow.region
    case 'member_hour':
      return flow.member ? hourKey(flow) : null
    case 'member_region':
      return flow.member ? flow.region : null
    case 'member_department':
      return flow.member ? flow.department : null
    default:
      return flow[dimension]
  }
}

const flowsOfAll = (rows: Rows): { projectNo: string; flow: Flow }[] =>
  [...rows.cases.values()].flatMap((row) => row.flows.map((flow) => ({ projectNo: row.projectNo, flow })))

export function auditFlows(rows: Rows, limit: number): AuditDifference[] {
  const found = new Map<string, AuditDifference>()
  const at = (place: Omit<AuditDifference, 'stored' | 'counted'>): AuditDifference => {
    const id = JSON.stringify(place)
    const known = found.get(id) ?? { ...place, stored: 0, counted: 0 }
    found.set(id, known)
    return known
  }
  for (const { dimension, key, department, kind, on, n } of rows.totals.values())
    at({ dimension, key, department, kind, on }).stored += n
  for (const { flow } of flowsOfAll(rows))
    for (const dimension of DIMENSIONS) {
      const key = keyIn(dimension, flow)
      const { department, kind, on } = flow
      if (key !== null) at({ dimension, key, department, kind, on }).counted += flow.n
    }
  return [...found.values()].filter((each) => each.stored !== each.counted).slice(0, limit)
}

export function casesBehind(
  rows: Rows,
  query: BehindQuery,
): { cases: { projectNo: string; n: number }[]; next: string | null } {
  const after = nameIn(query.after) ?? ''
  const all = sumBy(
    flowsOfAll(rows)
      .filter(
        ({ flow, projectNo }) =>
          query.kinds.includes(flow.kind) &&
          (STOCK_KINDS.has(flow.kind) || flow.on >= query.from) &&
          flow.on <= query.to &&
          (query.key === null || flow[query.dimension] === query.key) &&
          (query.member === undefined || flow.member === query.member) &&
          (query.departments === undefined || query.departments.includes(flow.department)) &&
          projectNo > after,
      )
      .map(({ projectNo, flow }) => ({ projectNo, n: flow.n as number })),
    ({ projectNo }) => ({ projectNo }),
  ).sort((a, b) => (a.projectNo < b.projectNo ? -1 : 1))
  const cases = all.slice(0, query.limit)
  const last = cases.at(-1)
  return { cases, next: all.length > query.limit && last !== undefined ? cursorAtName(last.projectNo) : null }
}
