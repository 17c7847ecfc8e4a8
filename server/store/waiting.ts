// Which rows of files wait (I14, I15): counted by source and unit, each row once, however many of its events wait and whichever
// imports brought it. A row has come right when its event was brought, when a later edition of it was, or when what could be
// read of it came with the rest – by an import that stands. One answer for every store. Pure.

import { PAYLOAD_KEYS, type PayloadShape } from '../contract/ingest.ts'
import { factKey } from '../core/case/event.ts'
import { isVoid, type Said } from '../core/case/standing.ts'
import { parseInstant } from '../core/time/civil.ts'
import type { EnteredWay, StoredFact } from './facts.ts'
import type { BroughtRow, KeptRefusal, WaitingRows } from './held.ts'

/** One that is not resolved, with every further row on which it was brought. */
export type Waiting = KeptRefusal & { readonly again: readonly BroughtRow[] }

type Raw = Readonly<Record<string, unknown>>

/** A raw text may have been cut. */
const read = (raw: string): Raw => {
  try {
    const value: unknown = JSON.parse(raw)
    return typeof value === 'object' && value !== null ? (value as Raw) : {}
  } catch {
    return {}
  }
}

const MARK = '{"unread":'

const importsOf = ({ importNo, again }: Waiting): ReadonlySet<number | null> =>
  new Set([importNo, ...again.map((one) => one.importNo)])

/** What people said of facts, by the bodies of their entries, as far as a row of a file can come right by them. */
export const saidBy = (bodies: (kind: 'withdraw' | 'void') => readonly string[]): Said => {
  const read = (kind: 'withdraw' | 'void') => bodies(kind).map((body) => JSON.parse(body))
  return {
    withdrawn: new Set(read('withdraw').map(({ import: no }) => no as number)),
    voided: new Set(read('void').map(({ source, event_id: id }) => factKey(source, id))),
    oneCase: new Set(),
  }
}

/** The ways of a fact that were not withdrawn. */
const standingWays = ({ ways }: StoredFact, { withdrawn }: Said): EnteredWay[] =>
  ways.filter(({ importNo }) => importNo === null || !withdrawn.has(importNo))

/** Whether it came after the row, and by another file than the row's. */
const cameSince = (row: Waiting, ways: readonly EnteredWay[]): boolean => {
  const own = importsOf(row)
  // imports are numbered in their order; the clock may stand
  return ways.some(({ importNo, at }) => {
    if (importNo === null || row.importNo === null) return at > row.at
    return importNo > row.importNo && !own.has(importNo)
  })
}

interface Edition {
  readonly name?: unknown
  readonly as_of?: unknown
  readonly file?: unknown
  readonly line?: unknown
}

const editionIn = (said: Raw): Edition | null =>
  typeof said.register === 'object' && said.register !== null ? said.register : null

/** Void or not: what superseded another edition goes on doing so (I14). */
const isLaterEdition = (row: Waiting, said: Raw, body: Raw, ways: readonly EnteredWay[]): boolean => {
  const [waits, later] = [editionIn(said), editionIn(body)]
  if (waits === null || later === null || later.name !== waits.name || typeof later.as_of !== 'number') return false
  const asOf = typeof waits.as_of === 'string' ? parseInstant(waits.as_of) : null
  if (asOf === null) return cameSince(row, ways)
  if (later.as_of !== asOf) return later.as_of > asOf
  const isBelow = later.file === waits.file && Number(later.line) > Number(waits.line)
  return isBelow || cameSince(row, ways)
}

/** Shapes of payload keys that say which one of its kind an event is. */
const NAMING: ReadonlySet<PayloadShape> = new Set(['code', 'id', 'choice', 'place'])
const FIELDS = ['event_type', 'org_code', 'window_no', 'operator_id', 'task_code', 'region_code'] as const

const isSaid = (value: unknown): value is string | number => typeof value === 'string' || typeof value === 'number'

/** What can be read of it is what the fact says: its step, its unit, its instant, whatever names it. */
const isSameEvent = (said: Raw, body: Raw): boolean => {
  const differs = (one: unknown, other: unknown): boolean => isSaid(one) && one !== '' && String(one) !== String(other)
  if (FIELDS.some((name) => differs(said[name], body[name]))) return false
  const at = typeof said.occurred_at === 'string' ? parseInstant(said.occurred_at) : null
  if (at !== null && at !== body.occurred_at) return false
  const [words, told] = [said.payload ?? {}, body.payload ?? {}] as [Raw, Raw]
  const keys = PAYLOAD_KEYS[said.event_type as keyof typeof PAYLOAD_KEYS] ?? []
  return !keys.some(
    ({ name, shape, class: of }) => of !== 'personal' && NAMING.has(shape) && differs(words[name], told[name]),
  )
}

/** The facts of its case that could be what it was to be. */
interface Came {
  readonly facts: readonly StoredFact[]
  readonly said: Said
}

const hasCome = (row: Waiting, { facts, said }: Came): boolean => {
  const raw = read(row.raw)
  return facts.some((fact) => {
    if (fact.source !== row.source) return false
    const ways = standingWays(fact, said)
    if (ways.length === 0) return false
    if (fact.eventId === row.eventId) return true
    const body = read(fact.body)
    if (isLaterEdition(row, raw, body, ways)) return true
    // an event that could not be read bears no id that it will come under; one that is void stands for nothing
    const isMended = row.raw.includes(MARK) && cameSince(row, ways) && isSameEvent(raw, body)
    const { source, eventId, voiders } = fact
    return isMended && !isVoid({ source, eventId, voiders: voiders.map((one) => one.ways) }, said)
  })
}

/** What an event that waits is of: rows that share one of these are one row. */
const rowsOf = (row: Waiting): string[] => {
  const { id, source, eventId, projectNo, importNo, rowNo, again } = row
  const brought = [...(importNo === null || rowNo === null ? [] : [{ importNo, rowNo }]), ...again]
  const keys = brought.map((one) => `row ${one.importNo} ${one.rowNo}`)
  if (eventId !== null) keys.push(`event ${factKey(source, eventId)}`)
  const register = editionIn(read(row.raw))?.name
  if (projectNo !== null && typeof register === 'string') keys.push(JSON.stringify([source, register, projectNo]))
  // of before its row was kept
  if (rowNo === null && projectNo !== null) keys.push(JSON.stringify([source, projectNo]))
  return keys.length === 0 ? [`one ${id}`] : keys
}

const unitOf = (row: Waiting): string => {
  const { org_code: unit } = read(row.raw)
  return typeof unit === 'string' ? unit : ''
}

interface Found {
  readonly source: string
  unit: string
}

/** Events of one row brought together: the row has the unit that one of them names. */
class Grouped {
  readonly #rows = new Map<string, { into: string } | Found>()

  add(row: Waiting): void {
    const unit = unitOf(row)
    const roots = [...new Set(rowsOf(row).map((key) => this.#rootOf(key)))]
    const [root = '', ...others] = roots
    const found = this.#at(root) ?? { source: row.source, unit: '' }
    if (found.unit === '') found.unit = unit
    this.#rows.set(root, found)
    for (const other of others) {
      const met = this.#at(other)
      if (found.unit === '' && met !== null) found.unit = met.unit
      this.#rows.set(other, { into: root })
    }
  }

  #rootOf(key: string): string {
    let at = key
    for (let next = this.#rows.get(at); next !== undefined && 'into' in next; next = this.#rows.get(at)) at = next.into
    return at
  }

  #at(root: string): Found | null {
    const found = this.#rows.get(root)
    return found === undefined || 'into' in found ? null : found
  }

  counted(): WaitingRows[] {
    const counts = new Map<string, WaitingRows>()
    for (const found of this.#rows.values()) {
      if ('into' in found) continue
      const { source, unit } = found
      const key = JSON.stringify([source, unit])
      counts.set(key, { source, unit, rows: (counts.get(key)?.rows ?? 0) + 1 })
    }
    return [...counts.values()].sort((a, b) =>
      a.source !== b.source ? (a.source < b.source ? -1 : 1) : a.unit < b.unit ? -1 : 1,
    )
  }
}

/** Cases whose facts are looked at together. */
const AT_ONCE = 100

interface Facts {
  ofCases(projectNos: readonly string[]): ReadonlyMap<string, readonly StoredFact[]>
  byIds(eventIds: readonly string[]): readonly StoredFact[]
}

/** Rows that wait still, counted. `waiting`: what is not resolved of code row_waits. */
export const countWaiting = (waiting: readonly Waiting[], facts: Facts, said: Said): WaitingRows[] => {
  const grouped = new Grouped()
  for (let from = 0; from < waiting.length; from += AT_ONCE) {
    const some = waiting.slice(from, from + AT_ONCE)
    const ofCases = facts.ofCases([...new Set(some.flatMap(({ projectNo }) => projectNo ?? []))])
    const byIds = facts.byIds(some.flatMap(({ projectNo, eventId }) => (projectNo === null ? (eventId ?? []) : [])))
    for (const row of some) {
      const ofRow = row.projectNo === null ? byIds : (ofCases.get(row.projectNo) ?? [])
      if (!hasCome(row, { facts: ofRow, said })) grouped.add(row)
    }
  }
  return grouped.counted()
}
