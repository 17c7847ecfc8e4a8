// Writing what was derived: rows of cases with their flows, cards and their moves. An UPDATE names only the
// columns that changed: SQLite rewrites the entries of every index of which it names a column, changed or not.

import type { Statement } from 'better-sqlite3'
import { windowOfCard } from '../port.ts'
import { flowChange } from './flow-text.ts'
import type { Connection } from './open.ts'
import type { PackedBatch, PackedCase } from './pack.ts'
import { preparePlaces } from './places.ts'

/** due_at of an undated case: it sorts after every date. */
export const UNDATED = Number.MAX_SAFE_INTEGER

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
  const prepared = new Map<number, Statement<unknown[]>>()
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
    `INSERT INTO flow (commit_no, kind, on_day, hour, n, project_no, place, member, code) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const places = preparePlaces(db)
  return {
    set(commit: number, projectNo: string, before: string, after: string): void {
      if (before === after) return
      for (const f of flowChange(before, after))
        add.run(
          commit,
          f[0],
          f[1],
          f[2],
          f[11],
          projectNo,
          places.of([f[3], f[4], f[5], f[6], f[7], f[8]]),
          f[10],
          f[9],
        )
    },
    forget: places.forget,
  }
}

export interface CaseWriter {
  /** Writes the case rows of a commit and the changes of their flows; by how much the number of cases changed. */
  write(batch: PackedBatch, commit: number): number
  /** After a commit that was taken back: what was known of it is known no more. */
  forget(): void
}

export function prepareCases(db: Connection): CaseWriter {
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
  const flows = prepareFlows(db)

  const put = (row: PackedCase, commit: number): number => {
    const before = find.get(row.projectNo) as Before | undefined
    if (before === undefined) insert.run(row.projectNo, ...indexedOf(row), ...bodyOf(row))
    else update(before, row)
    flows.set(commit, row.projectNo, before === undefined ? '' : before[1], row.flows)
    return before === undefined ? 1 : 0
  }
  const drop = (projectNo: string, commit: number): number => {
    const before = find.get(projectNo) as Before | undefined
    if (before === undefined) return 0
    remove.run(before[0])
    flows.set(commit, projectNo, before[1], '')
    return -1
  }
  return {
    write(batch, commit) {
      let change = 0
      for (const projectNo of batch.casesGone) change += drop(projectNo, commit)
      for (const row of batch.cases) change += put(row, commit)
      return change
    },
    forget: flows.forget,
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
