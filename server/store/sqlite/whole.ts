// Two ledgers compared whole (A4, M7): every table but the sealed ones, every row both ways, every column that the schema
// has. Tables and columns are read from the file itself, so a new column is checked by existing. Memory follows nothing:
// both sides are walked in the order of their key.

import type { Connection } from './open.ts'

export interface RowDifference {
  readonly table: string
  /** The key of the row, as text. */
  readonly key: string
  /** The column at odds; '*' where the row is on one side alone, 'sql' where the table itself is another. */
  readonly column: string
  readonly stored: string | null
  readonly replayed: string | null
}

/** Tables that verifying proves against the chain; a replay has none of their digests. */
const SEALED: ReadonlySet<string> = new Set(['entry', 'commit_link', 'tile'])
/** The end of the chain, which verifying proves. */
const UNSEALED: Readonly<Record<string, readonly string[]>> = { stand: ['link'] }
/** What names a row, where its number does not say it. */
const NAMED: Readonly<Record<string, readonly string[]>> = { cases: ['project_no'], card: ['card_id'] }

type Value = bigint | number | string | Buffer | null
type Row = Readonly<Record<string, Value>>

interface Column {
  readonly name: string
  readonly pk: number
}

const SCHEMA = `SELECT type || ' ' || name AS name, coalesce(sql, '') AS sql FROM sqlite_schema
  WHERE name NOT LIKE 'sqlite_%' ORDER BY type, name`

export const tablesOf = (db: Connection): string[] =>
  db
    .prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name`)
    .pluck()
    .all() as string[]

export const columnsOf = (db: Connection, table: string): Column[] =>
  db.prepare(`SELECT name, pk FROM pragma_table_info(?) ORDER BY cid`).all(table) as Column[]

const keyOf = (table: string, columns: readonly Column[]): readonly string[] =>
  NAMED[table] ??
  columns
    .filter(({ pk }) => pk > 0)
    .sort((a, b) => a.pk - b.pk)
    .map(({ name }) => name)

const shown = (value: Value): string | null => {
  if (value === null) return null
  const text = Buffer.isBuffer(value) ? value.toString('hex') : String(value)
  return text.length > 200 ? `${text.slice(0, 200)}…` : text
}

/** SQLite's own order: nothing, numbers, text by its bytes. */
function compareValues(a: Value, b: Value): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? -1 : 1
  if (typeof a === 'string' && typeof b === 'string') return Buffer.compare(Buffer.from(a), Buffer.from(b))
  if (Buffer.isBuffer(a) && Buffer.isBuffer(b)) return Buffer.compare(a, b)
  if (typeof a === 'string' || Buffer.isBuffer(a)) return 1
  if (typeof b === 'string' || Buffer.isBuffer(b)) return -1
  return a < b ? -1 : a > b ? 1 : 0
}

function* rowsOf(db: Connection, table: string, key: readonly string[]): Generator<Row, void> {
  const order = key.map((name) => `"${name}"`).join(', ')
  yield* db.prepare(`SELECT * FROM "${table}" ORDER BY ${order}`).safeIntegers().iterate() as IterableIterator<Row>
}

function* compareTable(table: string, stored: Connection, replayed: Connection): Generator<RowDifference, void> {
  const columns = columnsOf(replayed, table)
  const key = keyOf(table, columns)
  const skipped = UNSEALED[table] ?? []
  const checked = columns.map(({ name }) => name).filter((name) => !skipped.includes(name))
  const nameOf = (row: Row): string => key.map((name) => shown(row[name] ?? null)).join(' ')
  const [left, right] = [rowsOf(stored, table, key), rowsOf(replayed, table, key)]
  try {
    let [a, b] = [left.next(), right.next()]
    while (a.done !== true || b.done !== true) {
      const [x, y] = [a.done === true ? null : a.value, b.done === true ? null : b.value]
      const order = x === null ? 1 : y === null ? -1 : compareKeys(x, y, key)
      if (x !== null && order < 0) yield { table, key: nameOf(x), column: '*', stored: 'row', replayed: null }
      if (y !== null && order > 0) yield { table, key: nameOf(y), column: '*', stored: null, replayed: 'row' }
      if (x !== null && y !== null && order === 0) yield* compareRows(x, y, checked, { table, key: nameOf(x) })
      if (order <= 0) a = left.next()
      if (order >= 0) b = right.next()
    }
  } finally {
    // a statement that was not read to its end keeps its file open
    left.return()
    right.return()
  }
}

const compareKeys = (a: Row, b: Row, key: readonly string[]): number => {
  for (const name of key) {
    const order = compareValues(a[name] ?? null, b[name] ?? null)
    if (order !== 0) return order
  }
  return 0
}

function* compareRows(
  a: Row,
  b: Row,
  columns: readonly string[],
  place: { readonly table: string; readonly key: string },
): Generator<RowDifference, void> {
  for (const column of columns) {
    const [x, y] = [a[column] ?? null, b[column] ?? null]
    if (compareValues(x, y) !== 0) yield { ...place, column, stored: shown(x), replayed: shown(y) }
  }
}

/** Where the shape of one file is not that of the other: tables, indexes, triggers. */
export function* compareShapes(stored: Connection, fresh: Connection): Generator<RowDifference, void> {
  const shapeOf = (db: Connection): Map<string, string> =>
    new Map((db.prepare(SCHEMA).all() as { name: string; sql: string }[]).map(({ name, sql }) => [name, sql]))
  const [is, should] = [shapeOf(stored), shapeOf(fresh)]
  for (const name of new Set([...is.keys(), ...should.keys()])) {
    const [a, b] = [is.get(name) ?? null, should.get(name) ?? null]
    if (a !== b) yield { table: name, key: '', column: 'sql', stored: shown(a), replayed: shown(b) }
  }
}

/** All that a stored ledger says otherwise than its replay. */
export function* compareWhole(stored: Connection, replayed: Connection): Generator<RowDifference, void> {
  yield* compareShapes(stored, replayed)
  const there = new Set(tablesOf(stored))
  for (const table of tablesOf(replayed))
    if (there.has(table) && !SEALED.has(table)) yield* compareTable(table, stored, replayed)
}
