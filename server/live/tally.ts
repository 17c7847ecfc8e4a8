// The sums a board shows, in memory: loaded once from the totals, then moved by the differences of each commit.
// Values of today, of two quarters, stocks, and what falls due on coming days, by department, window and hour.
// Can be dropped and loaded again at any time; a new day does just that. What a stock gains or loses on a day to come – a
// pause that runs out then – is no part of today's. Rules: M1, M3, L1.

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

/** Sums of single departments. */
export interface DepartmentSums {
  /** A movement of today, of this quarter or the former, or a stock, of one department; of the former quarter a stock is as at its end. */
  onDay(department: string, kind: FlowKind): number
  inQuarter(department: string, kind: FlowKind): number
  inPreviousQuarter(department: string, kind: FlowKind): number
  stock(department: string, kind: FlowKind): number
  /** Cases in hand of a department (or window) due on a day, and those of them already warned or late. */
  due(department: string, on: Day): number
  risk(department: string, on: Day): number
  hour(department: string, hour: number, kind: FlowKind): number
}

export interface Tally extends DepartmentSums {
  readonly today: Day
  /** Departments that have any sum. */
  readonly departments: ReadonlySet<string>
  /** What members of joint handlings add to them, which no sum across departments bears (M1). */
  readonly members: DepartmentSums
  windowInHand(window: string): number
  windowDue(window: string, on: Day): number
  /** Across all departments. */
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

/** Before the key of what members add; what all add has nothing before it. */
const MEMBER = 'member '
type Of = '' | typeof MEMBER

interface Moved {
  readonly department: string
  readonly kind: FlowKind
  readonly on: Day
  readonly n: number
}

const addDepartment = (sums: Sums, of: Of, { department, kind, on, n }: Moved): void => {
  const { counts, today, quarter, previous } = sums
  sums.departments.add(department)
  if (STOCK_KINDS.has(kind) && on <= today) counts.add(join(`${of}stock`, department, kind), n)
  if (kind === 'due' || kind === 'risk') counts.add(join(of + kind, department, on), n)
  if (on === today) counts.add(join(`${of}day`, department, kind), n)
  if (on >= quarter.from && on <= quarter.to) counts.add(join(`${of}quarter`, department, kind), n)
  const isBefore = STOCK_KINDS.has(kind) || on >= previous.from
  if (isBefore && on <= previous.to) counts.add(join(`${of}previous`, department, kind), n)
}

const addWindow = (sums: Sums, window: string, kind: FlowKind, on: Day, n: number): void => {
  if (kind === 'in_hand' && on <= sums.today) sums.counts.add(join('window', window), n)
  if (kind === 'due') sums.counts.add(join('window due', window, on), n)
}

const CONCLUDED: ReadonlySet<FlowKind> = new Set(['on_time', 'late', 'undated', 'excluded'])

/** What members do in an hour is part of what all do in it. */
const addHour = ({ counts }: Sums, of: Of, row: Pick<TotalDelta, 'key' | 'department' | 'kind' | 'n'>): void => {
  const { key, department, kind, n } = row
  const told = join('hour', department, Number(key), CONCLUDED.has(kind) ? 'concluded' : kind)
  counts.add(told, n)
  if (of !== '') counts.add(of + told, n)
}

const addDelta = (sums: Sums, delta: TotalDelta): void => {
  const { dimension, key, kind, on, n } = delta
  if (dimension === 'department') addDepartment(sums, '', delta)
  else if (dimension === 'member_department') addDepartment(sums, MEMBER, delta)
  else if (dimension === 'window') addWindow(sums, key, kind, on, n)
  else if (dimension === 'hour' && on === sums.today) addHour(sums, '', delta)
  else if (dimension === 'member_hour' && on === sums.today) addHour(sums, MEMBER, delta)
}

const loadDepartments = async (records: Records, sums: Sums, of: Of): Promise<void> => {
  const { today, quarter, previous, counts } = sums
  const dimension = of === '' ? 'department' : 'member_department'
  const put = (span: string, rows: readonly { department: string; kind: FlowKind; n: number }[]): void => {
    for (const { department, kind, n } of rows) {
      sums.departments.add(department)
      // what stood at the end of the former quarter is read with its movements
      if (span === 'previous' || STOCK_KINDS.has(kind) === (span === 'stock'))
        counts.add(join(of + span, department, kind), n)
    }
  }
  const day = await records.totals(dimension, today, today)
  put('day', day)
  put('stock', day)
  put('quarter', await records.totals(dimension, quarter.from, quarter.to))
  put('previous', await records.totals(dimension, previous.from, previous.to))
  for (const row of await records.daily(dimension, null, ['due', 'risk'], today - 400, today + AHEAD_DAYS))
    counts.add(join(of + row.kind, row.key, row.on), row.n)
}

const loadSums = async (records: Records, sums: Sums): Promise<void> => {
  const { today, counts } = sums
  for (const of of ['', MEMBER] as const) await loadDepartments(records, sums, of)
  for (const row of await records.totals('window', today, today)) {
    if (row.kind === 'in_hand') counts.add(join('window', row.key), row.n)
  }
  for (const row of await records.daily('window', null, ['due'], today, today + AHEAD_DAYS)) {
    counts.add(join('window due', row.key, row.on), row.n)
  }
  for (const row of await records.totals('hour', today, today)) addHour(sums, '', row)
  for (const row of await records.totals('member_hour', today, today)) addHour(sums, MEMBER, row)
}

const sumsOf = (counts: Counts, of: Of): DepartmentSums => ({
  onDay: (department, kind) => counts.of(join(`${of}day`, department, kind)),
  inQuarter: (department, kind) => counts.of(join(`${of}quarter`, department, kind)),
  inPreviousQuarter: (department, kind) => counts.of(join(`${of}previous`, department, kind)),
  stock: (department, kind) => counts.of(join(`${of}stock`, department, kind)),
  due: (department, on) => counts.of(join(`${of}due`, department, on)),
  risk: (department, on) => counts.of(join(`${of}risk`, department, on)),
  hour: (department, hour, kind) =>
    counts.of(of + join('hour', department, hour, CONCLUDED.has(kind) ? 'concluded' : kind)),
})

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
    ...sumsOf(counts, ''),
    members: sumsOf(counts, MEMBER),
    windowInHand: (window) => counts.of(join('window', window)),
    windowDue: (window, on) => counts.of(join('window due', window, on)),
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
