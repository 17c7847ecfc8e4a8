// What whole imports brought, over plain maps: how many facts, and which cases of former exports one of them leaves out (I14).

import type { AbsentQuery } from '../port.ts'
import { waysOf } from './gather.ts'
import type { Rows } from './rows.ts'

export const importCounts = (rows: Rows, importNo: number): { first: number; again: number } => {
  const kept = [...rows.facts.values()]
  const first = kept.filter(({ fact }) => fact.way.importNo === importNo).length
  const all = kept.map((one) => waysOf(rows, one).filter((way) => way.importNo === importNo).length)
  return { first, again: all.reduce((sum, n) => sum + n, 0) - first }
}

const fileIn = (raw: string): unknown => {
  try {
    return (JSON.parse(raw) as { register?: { file?: unknown } }).register?.file
  } catch {
    return undefined
  }
}

export const absentCases = (rows: Rows, query: AbsentQuery): { cases: string[]; next: string | null } => {
  const { former, present, source, file, after, limit } = query
  const broughtBy = new Map<string, Set<number | null>>()
  for (const kept of rows.facts.values()) {
    const { projectNo } = kept.fact
    if (projectNo === null) continue
    const ways = waysOf(rows, kept).map(({ importNo }) => importNo)
    broughtBy.set(projectNo, new Set([...(broughtBy.get(projectNo) ?? []), ...ways]))
  }
  const waits = new Set(
    rows.quarantine
      .filter((row) => row.source === source && row.code === 'row_waits' && file !== null && fileIn(row.raw) === file)
      .map(({ projectNo }) => projectNo),
  )
  const looked = [...broughtBy.keys()]
    .filter((no) => no > after)
    .sort()
    .slice(0, limit)
  const isIn = (no: string, imports: readonly number[]): boolean => imports.some((n) => broughtBy.get(no)?.has(n))
  const cases = looked.filter((no) => isIn(no, former) && !isIn(no, present) && !waits.has(no))
  return { cases, next: looked.length < limit ? null : (looked.at(-1) ?? null) }
}
