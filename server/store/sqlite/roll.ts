// Totals rolled up from flows (M7): in the writer's pauses, and in a commit itself where too many wait, so that a commit of
// one event touches none of their pages. Totals, the way from a day to its flows, and the mark of how far they are move in
// one transaction. What is not rolled up yet is read as a tail and added; a reader sees both in one state of the store.

import { DIMENSIONS, type Dimension } from '../../core/measure/flows.ts'
import type { Connection } from './open.ts'

/** Flows that may wait to be rolled up: more than a reader should have to add at every question. */
export const MOST_WAITING = 2_000
/** Flows for which a pause is worth it. */
export const WORTH_ROLLING = 500
/** Flows taken at once: memory does not follow the whole. */
const SLICE = 50_000

/** A flow with its place, as read: kind, day, hour (-1: none), n, code ('': none), member (1 or 0), the words of its place. */
type Row = readonly [
  kind: number,
  on: number,
  hour: number,
  n: number,
  code: string,
  member: number,
  region: string,
  department: string,
  window: string,
  operator: string,
  item: string,
  source: string,
]

const FLOWS = `SELECT f.kind, f.on_day, f.hour, f.n, f.code, f.member,
  p.region, p.department, p.window, p.operator, p.item, p.source FROM flow f JOIN place p ON p.id = f.place WHERE f.id > ? AND f.id <= ? ORDER BY f.id`

export interface Sum {
  readonly kind: number
  readonly on: number
  readonly key: string
  readonly department: string
  n: number
}

/** Sums under construction: of each dimension, by kind, day, key and department. */
type Sums = readonly Map<string, Sum>[]

const NO = Object.fromEntries(DIMENSIONS.map((dimension, i) => [dimension, i])) as Record<Dimension, number>
const emptySums = (): Sums => DIMENSIONS.map(() => new Map())

const addTo = (sums: Sums, dimension: number, key: string, [kind, on, , n, , , , department]: Row): void => {
  const of = sums[dimension] as Map<string, Sum>
  const id = `${kind} ${on}\n${key}\n${department}`
  const known = of.get(id)
  if (known === undefined) of.set(id, { kind, on, key, department, n })
  else if (known.n + n === 0) of.delete(id)
  else known.n += n
}

/** How a flow counts in each dimension: as core/measure/count.ts spreads it. */
const spread = (sums: Sums, row: Row): void => {
  const [, , hour, , code, member, region, department, window, operator, item, source] = row
  if (code !== '') {
    addTo(sums, NO.code, code, row)
    return
  }
  addTo(sums, member === 1 ? NO.member_region : NO.region, region, row)
  if (member === 1) addTo(sums, NO.member_department, department, row)
  addTo(sums, NO.department, department, row)
  addTo(sums, NO.window, window, row)
  addTo(sums, NO.operator, operator, row)
  addTo(sums, NO.item, item, row)
  addTo(sums, NO.source, source, row)
  if (hour >= 0) addTo(sums, member === 1 ? NO.member_hour : NO.hour, String(hour).padStart(2, '0'), row)
}

const lastFlow = (db: Connection) => db.prepare('SELECT coalesce(max(id), 0) FROM flow').pluck()

export interface Roller {
  /** Flows that wait to be rolled up. */
  waiting(): number
  /** Rolls up what waits, up to a flow; the caller has a transaction open. */
  roll(upTo?: number): void
}

export function prepareRoller(db: Connection): Roller {
  const rolled = db.prepare('SELECT rolled FROM stand').pluck()
  const last = lastFlow(db)
  const flows = db.prepare(FLOWS).raw()
  const days = db.prepare(
    'INSERT INTO flow_day SELECT kind, on_day, id FROM flow WHERE id > ? AND id <= ? ORDER BY kind, on_day, id',
  )
  const put = db
    .prepare(
      `INSERT INTO total (dimension, kind, on_day, key, department, n) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET n = n + excluded.n RETURNING n`,
    )
    .pluck()
  const drop = db.prepare(
    'DELETE FROM total WHERE dimension = ? AND kind = ? AND on_day = ? AND key = ? AND department = ?',
  )
  const mark = db.prepare('UPDATE stand SET rolled = ?')
  const rollSlice = (from: number, to: number): void => {
    const sums = emptySums()
    for (const row of flows.iterate(from, to)) spread(sums, row as Row)
    for (const [dimension, of] of sums.entries())
      for (const { kind, on, key, department, n } of of.values())
        if (put.get(dimension, kind, on, key, department, n) === 0) drop.run(dimension, kind, on, key, department)
    days.run(from, to)
    mark.run(to)
  }
  return {
    waiting: () => (last.get() as number) - (rolled.get() as number),
    roll(upTo = last.get() as number) {
      const end = Math.min(upTo, last.get() as number)
      for (let from = rolled.get() as number; from < end; from += SLICE) rollSlice(from, Math.min(from + SLICE, end))
    },
  }
}

export interface Tail {
  /** What is not in the totals yet, of one dimension and these kinds; the caller has a reading transaction open. */
  of(dimension: number, kinds: ReadonlySet<number>): Sum[]
}

/** The tail, kept from one question to the next: only what came since is read. */
export function prepareTail(db: Connection): Tail {
  const rolledNow = db.prepare('SELECT rolled FROM stand').pluck()
  const last = lastFlow(db)
  const flows = db.prepare(FLOWS).raw()
  let [rolled, read] = [-1, -1]
  let sums = emptySums()
  const bringUp = (): void => {
    const [start, end] = [rolledNow.get() as number, last.get() as number]
    if (start !== rolled || end < read) {
      sums = emptySums()
      rolled = start
      read = start
    }
    for (const row of flows.iterate(read, end)) spread(sums, row as Row)
    read = end
  }
  return {
    of(dimension, kinds) {
      bringUp()
      const of = sums[dimension] as Map<string, Sum>
      return [...of.values()].filter(({ kind }) => kinds.has(kind))
    },
  }
}
