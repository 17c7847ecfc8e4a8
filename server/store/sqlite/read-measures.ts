// Reading figures: sums of totals, the heads of windows, what falls due, the cases behind a figure, and the audit.
// A period is one range of the totals and the tail that is not rolled up yet; heads and forecasts are ranges of an index. Never scans the cases.

import { DIMENSIONS, type Dimension, FLOW_KINDS, type FlowKind, STOCK_KINDS } from '../../core/measure/flows.ts'
import type { Instant } from '../../core/time/instant.ts'
import { cursorAtName, nameIn } from '../cursor.ts'
import type { AuditDifference, BehindQuery, TotalRow, WindowHead } from '../port.ts'
import { KIND_NO } from './flow-text.ts'
import type { Connection } from './open.ts'
import { prepareTail, type Sum } from './roll.ts'
import { UNDATED } from './write-cases.ts'

const LEVELS = [3, 2, 1, 0] as const
/** Before any civil day. */
const EVER = -1_000_000_000
/** Up to this many days, keys are sought day by day; over more, the range is read and the keys picked out. */
const SEEK_DAYS = 62

const kindNo = (kind: FlowKind): number => KIND_NO[kind] as number
const dimensionNo = (dimension: Dimension): number => DIMENSIONS.indexOf(dimension)

type DailyRow = { key: string; kind: FlowKind; on: number; n: number }

export function prepareTotalReads(db: Connection) {
  const sums = (more: string) =>
    db
      .prepare(
        `SELECT key, department, sum(n) FROM total WHERE dimension = ? AND kind = ? AND on_day BETWEEN ? AND ? ${more}
         GROUP BY key, department HAVING sum(n) <> 0`,
      )
      .raw()
  const sumsOfAll = sums('')
  const sumsOfOne = sums('AND department = ?')
  const dailyRange = db
    .prepare(
      `SELECT key, on_day, sum(n) FROM total
       WHERE dimension = ? AND kind = ? AND on_day BETWEEN ? AND ?
       GROUP BY on_day, key HAVING sum(n) <> 0`,
    )
    .raw()
  const dailySeek = db
    .prepare(
      `WITH RECURSIVE day(d, last) AS (SELECT ?, ? UNION ALL SELECT d + 1, last FROM day WHERE d < last)
       SELECT t.key, t.on_day, sum(t.n) FROM day CROSS JOIN json_each(?) j CROSS JOIN total t
       ON t.dimension = ? AND t.kind = ? AND t.on_day = day.d AND t.key = j.value
       GROUP BY t.on_day, t.key HAVING sum(t.n) <> 0`,
    )
    .raw()
  const dailyCode = db
    .prepare(
      `SELECT t.key, t.on_day, sum(t.n) FROM json_each(?) j CROSS JOIN total t INDEXED BY total_code
       ON t.key = j.value AND t.kind = ? AND t.on_day BETWEEN ? AND ? AND t.dimension = 7
       GROUP BY t.on_day, t.key HAVING sum(t.n) <> 0`,
    )
    .raw()

  const daysOf = (dimension: Dimension, keys: readonly string[] | null, kind: FlowKind, from: number, to: number) => {
    const [d, k] = [dimensionNo(dimension), kindNo(kind)]
    if (keys !== null && dimension === 'code') return dailyCode.all(JSON.stringify(keys), k, from, to)
    if (keys !== null && to - from < SEEK_DAYS) return dailySeek.all(from, to, JSON.stringify(keys), d, k)
    return dailyRange.all(d, k, from, to)
  }
  const tail = prepareTail(db)
  /** Adds the tail to what is rolled up; rows that come to nothing go. */
  const withTail = <Row extends { n: number }>(
    rows: readonly Row[],
    more: readonly Sum[],
    made: (sum: Sum) => Row,
    idOf: (row: Row) => string,
  ): Row[] => {
    if (more.length === 0) return [...rows]
    const all = new Map(rows.map((row) => [idOf(row), row]))
    for (const sum of more) {
      const row = made(sum)
      const known = all.get(idOf(row))
      if (known === undefined) all.set(idOf(row), row)
      else known.n += row.n
    }
    return [...all.values()].filter(({ n }) => n !== 0)
  }
  const kindSet = (kinds: readonly FlowKind[]): ReadonlySet<number> => new Set(kinds.map(kindNo))

  const totals = (dimension: Dimension, from: number, to: number, department?: string): TotalRow[] => {
    const rows = FLOW_KINDS.flatMap((kind) => {
      const range = [dimensionNo(dimension), kindNo(kind), STOCK_KINDS.has(kind) ? EVER : from, to]
      const found = department === undefined ? sumsOfAll.all(...range) : sumsOfOne.all(...range, department)
      return (found as [string, string, number][]).map(([key, dept, n]) => ({ key, department: dept, kind, n }))
    })
    const more = tail.of(dimensionNo(dimension), kindSet(FLOW_KINDS)).filter(({ kind, on, department: dept }) => {
      const isAfter = STOCK_KINDS.has(FLOW_KINDS[kind] as FlowKind) || on >= from
      return isAfter && on <= to && (department === undefined || dept === department)
    })
    return withTail<TotalRow>(
      rows,
      more,
      ({ key, department: dept, kind, n }) => ({ key, department: dept, kind: FLOW_KINDS[kind] as FlowKind, n }),
      ({ key, department: dept, kind }) => `${kind}\n${key}\n${dept}`,
    )
  }

  const daily = (
    dimension: Dimension,
    keys: readonly string[] | null,
    kinds: readonly FlowKind[],
    from: number,
    to: number,
  ): DailyRow[] => {
    const wanted = keys === null ? null : new Set(keys)
    const isWanted = ({ key }: { key: string }): boolean => wanted === null || wanted.has(key)
    const rows = kinds.flatMap((kind) =>
      (daysOf(dimension, keys, kind, from, to) as [string, number, number][])
        .map(([key, on, n]) => ({ key, kind, on, n }))
        .filter(isWanted),
    )
    const more = tail
      .of(dimensionNo(dimension), kindSet(kinds))
      .filter((sum) => sum.on >= from && sum.on <= to && isWanted(sum))
    return withTail<DailyRow>(
      rows,
      more,
      ({ key, kind, on, n }) => ({ key, kind: FLOW_KINDS[kind] as FlowKind, on, n }),
      ({ key, kind, on }) => `${kind} ${on}\n${key}`,
    )
  }
  // sums and their tail are read in one state of the store, whatever is rolled up meanwhile
  return { totals: db.transaction(totals), daily: db.transaction(daily) }
}

export function prepareHeads(db: Connection) {
  const first = db
    .prepare(
      `SELECT project_no, due_at FROM cases INDEXED BY case_head
       WHERE in_hand = 1 AND window = ? AND level = ? AND due_at > ? ORDER BY due_at LIMIT 1`,
    )
    .raw()
  const within = db
    .prepare(
      `SELECT count(*) FROM cases INDEXED BY case_head
       WHERE in_hand = 1 AND window = ? AND level = ? AND due_at > ? AND due_at <= ?`,
    )
    .pluck()
  const between = (more: string) =>
    db
      .prepare(
        `SELECT count(*), count(*) FILTER (WHERE level > 0) FROM cases INDEXED BY case_due
         WHERE in_hand = 1 AND due_at > ? AND due_at <= ? ${more}`,
      )
      .raw()
  const betweenAll = between('')
  const betweenOne = between('AND department = ?')

  const head = (window: string, now: Instant, untils: readonly Instant[]): WindowHead => {
    let worst: WindowHead['worst'] = null
    let nextDueAt: Instant | null = null
    const dueWithin = untils.map(() => 0)
    for (const level of LEVELS) {
      const found: unknown = worst === null ? first.get(window, level, 0) : undefined
      if (found !== undefined) {
        const [projectNo, dueAt] = found as [string, Instant]
        worst = { projectNo, level, dueAt: dueAt === UNDATED ? null : dueAt }
      }
      const next = first.get(window, level, now) as [string, Instant] | undefined
      if (next === undefined || next[1] === UNDATED) continue
      if (nextDueAt === null || next[1] < nextDueAt) nextDueAt = next[1]
      untils.forEach((until, i) => {
        if (next[1] <= until) dueWithin[i] = (dueWithin[i] ?? 0) + (within.get(window, level, now, until) as number)
      })
    }
    return { window, worst, nextDueAt, dueWithin }
  }
  return {
    heads: (windows: readonly string[], now: Instant, untils: readonly Instant[]) =>
      windows.map((window) => head(window, now, untils)),
    dueBetween: (bounds: readonly Instant[], department?: string) =>
      bounds.slice(1).map((to, i) => {
        const from = bounds[i] as Instant
        const row = department === undefined ? betweenAll.get(from, to) : betweenOne.get(from, to, department)
        const [due, warned] = row as [number, number]
        return { due, warned }
      }),
  }
}

/** How a flow `f` at its place `p` counts in each dimension: the condition and the key, as core/measure/count.ts spreads it. */
const SPREAD: Readonly<Record<Dimension, { where: string; key: string }>> = {
  region: { where: "f.code = '' AND f.member = 0", key: 'p.region' },
  department: { where: "f.code = ''", key: 'p.department' },
  window: { where: "f.code = ''", key: 'p.window' },
  operator: { where: "f.code = ''", key: 'p.operator' },
  item: { where: "f.code = ''", key: 'p.item' },
  source: { where: "f.code = ''", key: 'p.source' },
  hour: { where: "f.code = '' AND f.member = 0 AND f.hour >= 0", key: "printf('%02d', f.hour)" },
  code: { where: "f.code <> ''", key: 'f.code' },
  member_department: { where: "f.code = '' AND f.member = 1", key: 'p.department' },
  member_region: { where: "f.code = '' AND f.member = 1", key: 'p.region' },
  member_hour: { where: "f.code = '' AND f.member = 1 AND f.hour >= 0", key: "printf('%02d', f.hour)" },
}

export function prepareAudit(db: Connection) {
  const differ = (dimension: Dimension) => {
    const { where, key } = SPREAD[dimension]
    return db
      .prepare(
        `SELECT key, department, kind, on_day, sum(stored), sum(counted) FROM (
           SELECT key, department, kind, on_day, n AS stored, 0 AS counted FROM total WHERE dimension = ?
           UNION ALL
           SELECT ${key}, p.department, f.kind, f.on_day, 0, sum(f.n) FROM flow f JOIN place p ON p.id = f.place
           WHERE f.id <= (SELECT rolled FROM stand) AND ${where} GROUP BY 1, 2, 3, 4
         ) GROUP BY key, department, kind, on_day HAVING sum(stored) <> sum(counted) LIMIT ?`,
      )
      .raw()
  }
  return {
    /** M7: GROUP BY of flows against totals, dimension by dimension. */
    auditFlows(limit: number): AuditDifference[] {
      const out: AuditDifference[] = []
      for (const dimension of DIMENSIONS) {
        const rows = differ(dimension).all(dimensionNo(dimension), limit - out.length)
        for (const [key, department, kind, on, stored, counted] of rows as [
          string,
          string,
          number,
          number,
          number,
          number,
        ][])
          out.push({ dimension, key, department, kind: FLOW_KINDS[kind] as FlowKind, on, stored, counted })
        if (out.length >= limit) break
      }
      return out
    },
    casesBehind(query: BehindQuery): { cases: { projectNo: string; n: number }[]; next: string | null } {
      const day = 'kind = ? AND on_day BETWEEN ? AND ?'
      // those whose days can be looked up, then the tail
      const ids = query.kinds.flatMap(() => [
        `SELECT flow_id FROM flow_day WHERE ${day}`,
        `SELECT id FROM flow WHERE id > (SELECT rolled FROM stand) AND ${day}`,
      ])
      const values: (string | number)[] = query.kinds.flatMap((kind) => {
        const span = [kindNo(kind), STOCK_KINDS.has(kind) ? EVER : query.from, query.to]
        return [...span, ...span]
      })
      const where = ['f.project_no > ?']
      values.push(nameIn(query.after) ?? '')
      if (query.key !== null) {
        where.push(`${SPREAD[query.dimension].key} = ?`)
        values.push(query.key)
      }
      if (query.departments !== undefined) {
        where.push('p.department IN (SELECT value FROM json_each(?))')
        values.push(JSON.stringify(query.departments))
      }
      if (query.member !== undefined) where.push(`f.member = ${query.member ? 1 : 0}`)
      const rows = db
        .prepare(
          `SELECT f.project_no AS projectNo, sum(f.n) AS n FROM (${ids.join(' UNION ALL ')}) i
           CROSS JOIN flow f ON f.id = i.flow_id CROSS JOIN place p ON p.id = f.place WHERE ${where.join(' AND ')}
           GROUP BY f.project_no HAVING sum(f.n) <> 0 ORDER BY f.project_no LIMIT ?`,
        )
        .all(...values, query.limit + 1) as { projectNo: string; n: number }[]
      const cases = rows.slice(0, query.limit)
      const last = cases.at(-1)
      return { cases, next: rows.length > query.limit && last !== undefined ? cursorAtName(last.projectNo) : null }
    },
  }
}
