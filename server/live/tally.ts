// The sums a board shows, in memory: loaded once from the totals, then moved by the differences of each commit.
// Values of today, of two quarters, stocks, and what falls due on coming days, by department, window and hour.
// Can be dropped and loaded again at any time; a new day does just that. Rules: M1, M3, L1.

import { type FlowKind, STOCK_KINDS, type TotalDelta } from '../core/measure/flows.ts'
import { previousQuarter, quarterOf } from '../core/measure/period.ts'
import type { Calendar } from '../core/time/calendar.ts'
import { weekdayOf } from '../core/time/civil.ts'
import { asDay, type Day, type Instant } from '../core/time/instant.ts'
import type { WaitingRows } from '../store/held.ts'
import type { Records } from '../store/port.ts'
import type { Published } from '../supervision/publish.ts'
import { loadCards, type ShownCards } from './shown.ts'

/** Days ahead for which what falls due is kept. */
export const AHEAD_DAYS = 45
const USUAL_WEEKS = 8

/** Counts under a text key; absent is 0. */
class Counts {
  readonly #n = new Map<string, number>()
  add(key: string, n: number): void {
    this.#n.set(key, (this.#n.get(key) ?? 0) + n)
  }
  of(key: string): number {
    return this.#n.get(key) ?? 0
  }
}

const join = (...parts: (string | number)[]): string => parts.join('\n')

export interface SourceSeen {
  readonly source: string
  readonly lastAt: Instant
  readonly lastEventAt: Instant
}

export interface Tally {
  readonly today: Day
  /** Departments that have any sum. */
  readonly departments: ReadonlySet<string>
  /** A movement of today, of this quarter or the former, or a stock, of one department. */
  onDay(department: string, kind: FlowKind): number
  inQuarter(department: string, kind: FlowKind): number
  inPreviousQuarter(department: string, kind: FlowKind): number
  stock(department: string, kind: FlowKind): number
  /** Cases in hand of a department (or window) due on a day, and those of them already warned or late. */
  due(department: string, on: Day): number
  risk(department: string, on: Day): number
  windowInHand(window: string): number
  windowDue(window: string, on: Day): number
  hour(department: string, hour: number, kind: FlowKind): number
  usual(hour: number): number | null
  readonly cards: ShownCards
  readonly sources: ReadonlyMap<string, SourceSeen>
  /** Rows of files that wait, by source and unit (I15). */
  readonly waiting: readonly WaitingRows[]
  /** They may be others than when they were read. */
  readonly isWaitingStale: boolean
  readWaiting(from: Pick<Records, 'waitingRows'>): Promise<void>
  take(published: Published): void
}

interface Sums {
  readonly counts: Counts
  readonly departments: Set<string>
  readonly today: Day
  readonly quarter: { from: Day; to: Day }
  readonly previous: { from: Day; to: Day }
}

const addDepartment = (sums: Sums, department: string, kind: FlowKind, on: Day, n: number): void => {
  const { counts, today, quarter, previous } = sums
  sums.departments.add(department)
  if (STOCK_KINDS.has(kind)) counts.add(join('stock', department, kind), n)
  if (kind === 'due' || kind === 'risk') counts.add(join(kind, department, on), n)
  if (on === today) counts.add(join('day', department, kind), n)
  if (on >= quarter.from && on <= quarter.to) counts.add(join('quarter', department, kind), n)
  if (on >= previous.from && on <= previous.to) counts.add(join('previous', department, kind), n)
}

const addWindow = (sums: Sums, window: string, kind: FlowKind, on: Day, n: number): void => {
  if (kind === 'in_hand') sums.counts.add(join('window', window), n)
  if (kind === 'due') sums.counts.add(join('window due', window, on), n)
}

const CONCLUDED: ReadonlySet<FlowKind> = new Set(['on_time', 'late', 'undated', 'excluded'])

const addDelta = (sums: Sums, delta: TotalDelta): void => {
  const { dimension, key, department, kind, on, n } = delta
  if (dimension === 'department') addDepartment(sums, department, kind, on, n)
  else if (dimension === 'window') addWindow(sums, key, kind, on, n)
  else if (dimension === 'hour' && on === sums.today) {
    sums.counts.add(join('hour', department, Number(key), CONCLUDED.has(kind) ? 'concluded' : kind), n)
  }
}

const loadSums = async (records: Records, sums: Sums): Promise<void> => {
  const { today, quarter, previous } = sums
  const put = (of: string, rows: readonly { department: string; kind: FlowKind; n: number }[]): void => {
    for (const { department, kind, n } of rows) {
      sums.departments.add(department)
      if (STOCK_KINDS.has(kind) === (of === 'stock')) sums.counts.add(join(of, department, kind), n)
    }
  }
  const day = await records.totals('department', today, today)
  put('day', day)
  put('stock', day)
  put('quarter', await records.totals('department', quarter.from, quarter.to))
  put('previous', await records.totals('department', previous.from, previous.to))
  const ahead = asDay(today + AHEAD_DAYS)
  for (const row of await records.daily('department', null, ['due', 'risk'], today - 400, ahead)) {
    sums.counts.add(join(row.kind, row.key, row.on), row.n)
  }
  for (const row of await records.totals('window', today, today)) {
    if (row.kind === 'in_hand') sums.counts.add(join('window', row.key), row.n)
  }
  for (const row of await records.daily('window', null, ['due'], today, ahead)) {
    sums.counts.add(join('window due', row.key, row.on), row.n)
  }
  for (const row of await records.totals('hour', today, today)) {
    sums.counts.add(
      join('hour', row.department, Number(row.key), CONCLUDED.has(row.kind) ? 'concluded' : row.kind),
      row.n,
    )
  }
}

/** What was accepted on the earlier days of today's weekday, by hour; late events move it too. */
interface Usual {
  readonly days: Map<number, number>
  readonly hours: Map<number, number>
}

const addUsual = (usual: Usual, today: Day, delta: { key: string; kind: FlowKind; on: number; n: number }): void => {
  const { key, kind, on, n } = delta
  if (kind !== 'accepted' || on >= today || on < today - 7 * USUAL_WEEKS) return
  if (weekdayOf(asDay(on)) !== weekdayOf(today)) return
  usual.days.set(on, (usual.days.get(on) ?? 0) + n)
  usual.hours.set(Number(key), (usual.hours.get(Number(key)) ?? 0) + n)
}

const loadUsual = async (records: Records, today: Day): Promise<Usual> => {
  const usual: Usual = { days: new Map(), hours: new Map() }
  const rows = await records.daily('hour', null, ['accepted'], today - 7 * USUAL_WEEKS, today - 1)
  for (const row of rows) addUsual(usual, today, row)
  return usual
}

/** Mean accepted in an hour over the earlier days of this weekday on which anything was accepted; null without one. */
const usualAt = (usual: Usual, hour: number): number | null => {
  let days = 0
  for (const n of usual.days.values()) if (n > 0) days += 1
  return days === 0 ? null : (usual.hours.get(hour) ?? 0) / days
}

/** Loads the sums of the day that `now` falls on. */
export const loadTally = async (records: Records, calendar: Calendar, now: Instant): Promise<Tally> => {
  const today = calendar.dayOf(now)
  const since = calendar.startOf(today)
  const counts = new Counts()
  const departments = new Set<string>()
  const sums: Sums = { counts, departments, today, quarter: quarterOf(today), previous: previousQuarter(today) }
  await loadSums(records, sums)
  const usual = await loadUsual(records, today)
  const cards = await loadCards(records, since)
  const sources = new Map<string, SourceSeen>((await records.sources()).map((seen) => [seen.source, seen]))
  let waiting: readonly WaitingRows[] = await records.waitingRows()
  let isWaitingStale = false
  return {
    today,
    departments,
    get waiting() {
      return waiting
    },
    get isWaitingStale() {
      return isWaitingStale
    },
    async readWaiting(from) {
      isWaitingStale = false
      try {
        waiting = await from.waitingRows()
      } catch (error) {
        isWaitingStale = true
        throw error
      }
    },
    onDay: (department, kind) => counts.of(join('day', department, kind)),
    inQuarter: (department, kind) => counts.of(join('quarter', department, kind)),
    inPreviousQuarter: (department, kind) => counts.of(join('previous', department, kind)),
    stock: (department, kind) => counts.of(join('stock', department, kind)),
    due: (department, on) => counts.of(join('due', department, on)),
    risk: (department, on) => counts.of(join('risk', department, on)),
    windowInHand: (window) => counts.of(join('window', window)),
    windowDue: (window, on) => counts.of(join('window due', window, on)),
    hour: (department, hour, kind) =>
      counts.of(join('hour', department, hour, CONCLUDED.has(kind) ? 'concluded' : kind)),
    usual: (hour) => usualAt(usual, hour),
    cards,
    sources,
    take(published) {
      // a row that waits may come right by any fact of its source
      const mayComeRight = published.sources.some(({ source }) => waiting.some((row) => row.source === source))
      if (published.quarantined === true || mayComeRight) isWaitingStale = true
      for (const delta of published.totals) {
        addDelta(sums, delta)
        if (delta.dimension === 'hour') addUsual(usual, today, delta)
      }
      for (const card of published.cards) cards.put(card)
      for (const seen of published.sources) {
        const known = sources.get(seen.source)
        const lastEventAt =
          known !== undefined && known.lastEventAt > seen.lastEventAt ? known.lastEventAt : seen.lastEventAt
        sources.set(seen.source, { ...seen, lastEventAt })
      }
    },
  }
}
