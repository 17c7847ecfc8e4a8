// What whole imports brought, over plain maps: how many facts, which cases of former exports one of them leaves out (I14), and
// which rows of files wait (I15).

import { factKey } from '../../core/case/event.ts'
import type { KeptRefusal, WaitingRows } from '../held.ts'
import type { AbsentQuery } from '../port.ts'
import { waysOf } from './gather.ts'
import type { Rows } from './rows.ts'

export const importCounts = (rows: Rows, importNo: number): { first: number; again: number } => {
  const kept = [...rows.facts.values()]
  const first = kept.filter(({ fact }) => fact.way.importNo === importNo).length
  const all = kept.map((one) => waysOf(rows, one).filter((way) => way.importNo === importNo).length)
  return { first, again: all.reduce((sum, n) => sum + n, 0) - first }
}

interface Raw {
  /** An object where it could not be read. */
  readonly org_code?: unknown
  readonly event_type?: string
  readonly register?: { readonly name?: string; readonly file?: string; readonly as_of?: string }
}

/** A raw text may have been cut. */
const read = (raw: string): Raw => {
  try {
    return JSON.parse(raw) as Raw
  } catch {
    return {}
  }
}

interface Edition {
  readonly event_type?: string
  readonly register?: { readonly name: string; readonly as_of: number }
}

/** The event is held, or a later edition of its row is. */
const hasCome = (rows: Rows, { source, eventId, projectNo, at, raw }: KeptRefusal): boolean => {
  if (eventId !== null && rows.facts.has(factKey(source, eventId))) return true
  const { register, event_type: type } = read(raw)
  return [...rows.facts.values()].some((kept) => {
    if (kept.fact.source !== source || kept.fact.projectNo !== projectNo) return false
    const body = JSON.parse(kept.fact.body) as Edition
    // an event that could not be read bears no id that it will come under
    if (raw.includes('{"unread":') && kept.at > at && body.event_type === type) return true
    const later = body.register
    if (register?.as_of === undefined || later === undefined || later.name !== register.name) return false
    if (register.as_of === '') return kept.at > at
    const asOf = 1000 * Math.floor(Date.parse(register.as_of) / 1000)
    return later.as_of >= asOf + 1000 || (later.as_of >= asOf && kept.at > at)
  })
}

const unitIn = (raw: string): string => {
  const { org_code: unit } = read(raw)
  return typeof unit === 'string' ? unit : ''
}

export const waitingRows = (rows: Rows): WaitingRows[] => {
  const cases = new Map<string, Set<string>>()
  for (const one of rows.quarantine) {
    if (one.resolvedAt !== null || one.code !== 'row_waits' || one.projectNo === null || hasCome(rows, one)) continue
    const key = JSON.stringify([one.source, unitIn(one.raw)])
    cases.set(key, (cases.get(key) ?? new Set()).add(one.projectNo))
  }
  return [...cases].sort().map(([key, numbers]) => {
    const [source, unit] = JSON.parse(key) as [string, string]
    return { source, unit, rows: numbers.size }
  })
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
      .filter(
        (row) =>
          row.source === source && row.code === 'row_waits' && file !== null && read(row.raw).register?.file === file,
      )
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
