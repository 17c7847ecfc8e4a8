// Writing what was derived: rows of cases with their flows, totals, cards and their moves. An UPDATE names only the
// columns that changed: SQLite rewrites the entries of every index of which it names a column, changed or not.

import { DIMENSIONS } from '../../core/measure/flows.ts'
import { windowOfCard } from '../port.ts'
import { flowChange, KIND_NO } from './flow-text.ts'
import type { Connection } from './open.ts'
import type { PackedBatch, PackedCase } from './pack.ts'

/** due_at of an undated case: it sorts after every date. */
export const UNDATED = Number.MAX_SAFE_INTEGER

const DIMENSION_NO: Readonly<Record<string, number>> = Object.fromEntries(DIMENSIONS.map((name, i) => [name, i]))

/** Columns that stand under an index, in the order of `indexedOf`. */
const INDEXED = [
  'in_hand',
  'level',
  'due_at',
  'next_turn_at',
  'window',
  'department',
  'engine',
  'law',
  'apart',
] as const

type Indexed = readonly [
  inHand: number,
  level: number,
  dueAt: number,
  turn: number | null,
  window: string,
  department: string,
  engine: number,
  law: number,
  apart: string | null,
]
/** The columns under an index stand from the third place on. */
type Before = [id: number, flows: string, ...Indexed]

const BODY = 'last_at = ?, judged_at = ?, status = ?, region = ?, item = ?, source = ?, flows = ?, state = ?'

const bodyOf = (c: PackedCase) =>
  [c.lastAt, c.judgedAt, c.status, c.region, c.item, c.source, c.flows, c.state] as const

const indexedOf = (c: PackedCase): Indexed => [
  c.inHand ? 1 : 0,
  c.level,
  c.dueAt ?? UNDATED,
  c.nextTurnAt,
  c.window,
  c.department,
  c.engine,
  c.law,
  c.apart,
]

/** UPDATEs that name the body and just these columns under an index, one bit a column; each prepared at its first use. */
function prepareUpdates(db: Connection) {
  const prepared = new Map<number, ReturnType<Connection['prepare']>>()
  const updateOf = (changed: number) => {
    const known = prepared.get(changed)
    if (known !== undefined) return known
    const columns = INDEXED.filter((_, i) => (changed & (1 << i)) !== 0).map((column) => `${column} = ?, `)
    const made = db.prepare(`UPDATE cases SET ${columns.join('')}${BODY} WHERE id = ?`)
    prepared.set(changed, made)
    return made
  }
  return (before: Before, row: PackedCase): void => {
    const indexed = indexedOf(row)
    const values: Indexed[number][] = []
    let changed = 0
    for (let i = 0; i < indexed.length; i++) {
      const value = indexed[i] as Indexed[number]
      if (value === before[i + 2]) continue
      changed |= 1 << i
      values.push(value)
    }
    updateOf(changed).run(...values, ...bodyOf(row), before[0])
  }
}

function prepareFlows(db: Connection) {
  const add = db.prepare(
    `INSERT INTO flow (kind, on_day, hour, n, project_no, region, department, window, operator, item, source, code)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  return (projectNo: string, before: string, after: string): void => {
    if (before === after) return
    for (const f of flowChange(before, after))
      add.run(f[0], f[1], f[2], f[10], projectNo, f[3], f[4], f[5], f[6], f[7], f[8], f[9])
  }
}

/** Returns the writer of case rows; it answers by how much the number of cases changed. */
export function prepareCases(db: Connection) {
  const find = db
    .prepare(
      `SELECT id, flows, in_hand, level, due_at, next_turn_at, window, department, engine, law, apart
       FROM cases WHERE project_no = ?`,
    )
    .raw()
  const insert = db.prepare(
    `INSERT INTO cases (project_no, in_hand, level, due_at, next_turn_at, window, department, engine, law, apart,
       last_at, judged_at, status, region, item, source, flows, state)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const update = prepareUpdates(db)
  const remove = db.prepare('DELETE FROM cases WHERE id = ?')
  const setFlows = prepareFlows(db)

  const put = (row: PackedCase): number => {
    const before = find.get(row.projectNo) as Before | undefined
    if (before === undefined) insert.run(row.projectNo, ...indexedOf(row), ...bodyOf(row))
    else update(before, row)
    setFlows(row.projectNo, before === undefined ? '' : before[1], row.flows)
    return before === undefined ? 1 : 0
  }
  const drop = (projectNo: string): number => {
    const before = find.get(projectNo) as Before | undefined
    if (before === undefined) return 0
    remove.run(before[0])
    setFlows(projectNo, before[1], '')
    return -1
  }
  return (batch: PackedBatch): number => {
    let change = 0
    for (const projectNo of batch.casesGone) change += drop(projectNo)
    for (const row of batch.cases) change += put(row)
    return change
  }
}

export function prepareTotals(db: Connection) {
  const add = db.prepare(
    `INSERT INTO total (dimension, kind, on_day, key, department, n) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET n = n + excluded.n`,
  )
  return (batch: PackedBatch): void => {
    for (const t of batch.totals) add.run(DIMENSION_NO[t.dimension], KIND_NO[t.kind], t.on, t.key, t.department, t.n)
  }
}

export function prepareCards(db: Connection) {
  const put = db.prepare(
    `INSERT INTO card (card_id, project_no, subject_kind, subject, rule, level, state, window, department, body)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (card_id) DO UPDATE SET level = excluded.level, state = excluded.state, window = excluded.window,
       department = excluded.department, body = excluded.body`,
  )
  const move = db.prepare(
    `INSERT INTO card_move (card_id, n, at, move, state, by_whom, why) VALUES (?, ?, ?, ?, ?, ?, ?)`,
  )
  return (batch: PackedBatch): void => {
    for (const c of batch.cards) {
      const keys = [c.subjectKind, c.subject, c.rule, c.level, c.state, windowOfCard(c), c.department] as const
      put.run(c.cardId, c.projectNo, ...keys, JSON.stringify(c))
    }
    for (const m of batch.moves) move.run(m.cardId, m.n, m.at, m.move, m.state, m.by, m.why)
  }
}
