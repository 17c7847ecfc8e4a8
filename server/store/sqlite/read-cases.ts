// Reading rows of cases with their cards. Every statement is prepared once; many keys go in one statement
// as a JSON array, for a call into SQLite costs more than a probe. Reads only what is asked for by index.

import type { Card } from '../../core/card/card.ts'
import type { Instant } from '../../core/time/instant.ts'
import { cursorAtPlace, placeIn } from '../cursor.ts'
import type { CaseQuery, CaseRow, StoredCase } from '../port.ts'
import { textToFlows } from './flow-text.ts'
import type { Connection } from './open.ts'
import { namedIn } from './scope.ts'
import { UNDATED } from './write-cases.ts'

const CASE_COLUMNS = `c.id, c.project_no, c.in_hand, c.level, c.due_at, c.next_turn_at, c.window, c.department, c.engine,
  c.law, c.last_at, c.judged_at, c.status, c.region, c.item, c.source, c.apart, c.flows, c.state`

type CaseTuple = [
  id: number,
  projectNo: string,
  inHand: number,
  level: number,
  dueAt: Instant,
  nextTurnAt: Instant | null,
  window: string,
  department: string,
  engine: number,
  law: number,
  lastAt: Instant,
  judgedAt: Instant,
  status: string,
  region: string,
  item: string,
  source: string,
  apart: string | null,
  flows: string,
  state: string,
]

function toRow(t: CaseTuple): CaseRow {
  const [, projectNo, inHand, level, dueAt, nextTurnAt, window, department, engine, law, lastAt, judgedAt] = t
  const [status, region, item, source, apart, flows, state] = t.slice(12) as [...string[]] as [
    string,
    string,
    string,
    string,
    string | null,
    string,
    string,
  ]
  return {
    projectNo,
    state,
    engine,
    law,
    judgedAt,
    nextTurnAt,
    inHand: inHand === 1,
    status,
    level,
    region,
    department,
    item,
    source,
    window,
    dueAt: dueAt === UNDATED ? null : dueAt,
    lastAt,
    apart,
    flows: textToFlows(flows),
  }
}

export function prepareCaseReads(db: Connection) {
  const some = db
    .prepare(`SELECT ${CASE_COLUMNS} FROM json_each(?) j CROSS JOIN cases c ON c.project_no = j.value`)
    .raw()
  const cards = db
    .prepare(
      `SELECT k.project_no, k.body FROM json_each(?) j CROSS JOIN card k ON k.project_no = j.value ORDER BY k.id`,
    )
    .raw()
  const due = db
    .prepare(`SELECT ${CASE_COLUMNS} FROM cases c WHERE c.next_turn_at <= ? ORDER BY c.next_turn_at, c.id LIMIT ?`)
    .raw()
  const nextTurn = db.prepare('SELECT min(next_turn_at) FROM cases WHERE next_turn_at IS NOT NULL').pluck()
  const idOf = db.prepare('SELECT id FROM cases WHERE project_no = ?').pluck()
  const nextLaw = db.prepare('SELECT engine, law FROM cases WHERE engine = ? AND law > ? ORDER BY law LIMIT 1').raw()
  const nextEngine = db.prepare('SELECT engine, law FROM cases WHERE engine > ? ORDER BY engine, law LIMIT 1').raw()
  const group = db
    .prepare(`SELECT ${CASE_COLUMNS} FROM cases c WHERE c.engine = ? AND c.law = ? AND c.id > ? ORDER BY c.id LIMIT ?`)
    .raw()

  const withCards = (tuples: CaseTuple[]): StoredCase[] => {
    const found = new Map<string, StoredCase>()
    for (const t of tuples) found.set(t[1], { row: toRow(t), cards: [] })
    if (found.size > 0)
      for (const [projectNo, body] of cards.all(JSON.stringify([...found.keys()])) as [string, string][])
        found.get(projectNo)?.cards.push(JSON.parse(body) as Card)
    return [...found.values()]
  }
  /**
   * The pairs (engine, law) that occur, by a seek or two each: DISTINCT would read the whole index, and so would
   * `(engine, law) > (?, ?)`, which steps over every row that is equal.
   */
  const groups = (): [number, number][] => {
    const found: [number, number][] = []
    for (let at: [number, number] | undefined = [-1, -1]; at !== undefined; ) {
      at = (nextLaw.get(...at) ?? nextEngine.get(at[0])) as [number, number] | undefined
      if (at !== undefined) found.push(at)
    }
    return found
  }
  return {
    cases(projectNos: readonly string[]): Map<string, StoredCase> {
      const tuples = projectNos.length === 0 ? [] : (some.all(JSON.stringify(projectNos)) as CaseTuple[])
      return new Map(withCards(tuples).map((each) => [each.row.projectNo, each]))
    },
    due: (at: Instant, limit: number) => withCards(due.all(at, limit) as CaseTuple[]),
    nextTurnAt: () => nextTurn.get() as Instant | null,
    /** A few groups of (engine, law) exist at a time; each is one range of an index that ends in id. */
    stale(law: number | null, engine: number, after: string, limit: number): StoredCase[] {
      const from = after === '' ? 0 : ((idOf.get(after) as number | undefined) ?? 0)
      const rows: CaseTuple[] = []
      for (const [e, l] of groups())
        if (e !== engine || (law !== null && l !== law)) rows.push(...(group.all(e, l, from, limit) as CaseTuple[]))
      return withCards(rows.sort((a, b) => a[0] - b[0]).slice(0, limit))
    },
  }
}

/** Lists of cases, the newest first; the cursor is the place of the last row. */
export function prepareCaseLists(db: Connection) {
  return (query: CaseQuery): { rows: CaseRow[]; next: string | null } => {
    // a row of status void keeps the cards of a case that lost its last fact, and is no case unless one of them counts (C5)
    const where: string[] = ['c.id < ?', `(c.status <> 'void' OR c.flows <> '')`]
    const values: (string | number)[] = [placeIn(query.after) ?? Number.MAX_SAFE_INTEGER]
    const want = (sql: string, value: string | number | undefined): void => {
      if (value === undefined) return
      where.push(sql)
      values.push(value)
    }
    want('c.window = ?', query.window)
    want('c.department = ?', query.department)
    want('c.department IN (SELECT value FROM json_each(?))', namedIn(query.within))
    want('c.level = ?', query.level)
    if (query.inHand !== undefined) where.push(`c.in_hand = ${query.inHand ? 1 : 0}`)
    if (query.apart !== undefined) where.push(`c.apart IS ${query.apart ? 'NOT ' : ''}NULL`)
    // both are found by an index over the very text of the state (schema 0002)
    if (query.collision !== undefined) where.push(`instr(c.state, '"collision":[{') > 0`)
    if (query.collision !== undefined)
      where.push(`instr(c.state, '"oneCase":true') ${query.collision === 'waiting' ? '=' : '>'} 0`)
    const sql = `SELECT ${CASE_COLUMNS} FROM cases c WHERE ${where.join(' AND ')} ORDER BY c.id DESC LIMIT ?`
    const tuples = db
      .prepare(sql)
      .raw()
      .all(...values, query.limit + 1) as CaseTuple[]
    const page = tuples.slice(0, query.limit)
    const last = page.at(-1)
    return {
      rows: page.map(toRow),
      next: tuples.length > query.limit && last !== undefined ? cursorAtPlace(last[0]) : null,
    }
  }
}
