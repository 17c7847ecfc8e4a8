// Another hand in the file of a ledger: values changed by their type, rows taken away, doubled, swapped; every table and
// column by reflection. And what finds it: verify, then the whole comparison with a replay.

import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { verifyFolder } from '../../server/office/proof.ts'
import { openFrozen } from '../../server/store/sqlite/frozen.ts'
import type { Scratch } from '../../server/store/sqlite/scratch.ts'

export type Db = Database.Database
type Value = bigint | number | string | Buffer | null

export interface Column {
  readonly table: string
  readonly name: string
  readonly type: string
  readonly pk: number
}

export const columnsIn = (db: Db): Column[] =>
  db
    .prepare(
      `SELECT t.name AS "table", c.name, c.type, c.pk FROM sqlite_schema t JOIN pragma_table_info(t.name) c
       WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' ORDER BY t.name, c.cid`,
    )
    .all() as Column[]

export const tablesIn = (db: Db): string[] => [...new Set(columnsIn(db).map(({ table }) => table))]

/** A copy of a ledger for another hand; gone when the work is done. */
export const inCopy = async <T>(folder: string, work: (copy: string) => Promise<T>): Promise<T> => {
  const copy = mkdtempSync(join(tmpdir(), 'mingjing-forged-'))
  cpSync(folder, copy, { recursive: true })
  try {
    return await work(copy)
  } finally {
    rmSync(copy, { recursive: true, force: true })
  }
}

export const openFile = (folder: string, name = 'ledger.sqlite'): Db => {
  const db = new Database(join(folder, name))
  db.pragma('ignore_check_constraints = on')
  return db
}

/** Other values that a column could hold instead of this one. */
const others = (value: Value, type: string): Value[] => {
  if (Buffer.isBuffer(value)) {
    const flipped = Buffer.from(value)
    flipped[0] = (flipped[0] ?? 0) ^ 1
    return [value.length === 0 ? Buffer.alloc(32) : flipped]
  }
  if (typeof value === 'bigint') return [value + 1n, value + 1_000n, value + 1_000_000_007n]
  if (typeof value === 'string') return [`${value}x`, `${value}xy`]
  return type === 'TEXT' ? ['x'] : type === 'BLOB' ? [Buffer.alloc(32)] : [1n]
}

type RowValues = Record<string, Value>

const rowsOf = (db: Db, table: string): RowValues[] =>
  db.prepare(`SELECT * FROM "${table}"`).safeIntegers().all() as RowValues[]

const keysOf = (columns: readonly Column[]): string[] => columns.filter(({ pk }) => pk > 0).map(({ name }) => name)

const where = (keys: readonly string[]): string => keys.map((name) => `"${name}" = ?`).join(' AND ')
const at = (row: RowValues, keys: readonly string[]): Value[] => keys.map((name) => row[name] ?? null)

/** The row in the middle: neither end of a table is special. */
const middle = <T>(rows: readonly T[]): T | undefined => rows[Math.floor(rows.length / 2)]

const tried = (values: readonly Value[], run: (value: Value) => void): boolean =>
  values.some((value) => {
    try {
      run(value)
      return true
    } catch {
      // it would not be unique: another value
      return false
    }
  })

/** Changes one value of a column; false: the table has no row. */
export const changeValue = (db: Db, column: Column): boolean => {
  const keys = keysOf(columnsIn(db).filter(({ table }) => table === column.table))
  const rows = rowsOf(db, column.table)
  const row = middle(rows.filter((each) => each[column.name] !== null)) ?? middle(rows)
  if (row === undefined) return false
  const update = db.prepare(`UPDATE "${column.table}" SET "${column.name}" = ? WHERE ${where(keys)}`)
  return tried(others(row[column.name] ?? null, column.type), (value) => update.run(value, ...at(row, keys)))
}

export const deleteRow = (db: Db, table: string): boolean => {
  const keys = keysOf(columnsIn(db).filter((column) => column.table === table))
  const row = middle(rowsOf(db, table))
  if (row === undefined) return false
  db.prepare(`DELETE FROM "${table}" WHERE ${where(keys)}`).run(...at(row, keys))
  return true
}

/** Puts a row in a second time, under another key where it must have one. */
export const doubleRow = (db: Db, table: string): boolean => {
  const columns = columnsIn(db).filter((column) => column.table === table)
  const row = middle(rowsOf(db, table))
  if (row === undefined) return false
  const names = columns.map(({ name }) => name)
  const insert = db.prepare(
    `INSERT INTO "${table}" (${names.map((name) => `"${name}"`).join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
  )
  // one column after the other is made another, until what is unique is unique
  const copy = { ...row }
  const unique = columns.filter(
    ({ name, pk }) => pk > 0 || ['event_id', 'project_no', 'card_id', 'operator'].includes(name),
  )
  for (const { name, type } of unique) {
    const made = others(row[name] ?? null, type).at(-1) ?? null
    copy[name] = row[name] === null ? null : made
    try {
      insert.run(...at(copy, names))
      return true
    } catch {
      // not unique yet
    }
  }
  throw new Error(`no row of ${table} could be doubled`)
}

/** Gives two rows each other's content under their own keys. */
export const swapRows = (db: Db, table: string): boolean => {
  const columns = columnsIn(db).filter((column) => column.table === table)
  const keys = keysOf(columns)
  const rest = columns.map(({ name }) => name).filter((name) => !keys.includes(name))
  const rows = rowsOf(db, table)
  const [a, b] = [rows[0], rows.find((row) => rest.some((name) => String(row[name]) !== String(rows[0]?.[name])))]
  if (a === undefined || b === undefined || rest.length === 0) return false
  const update = db.prepare(
    `UPDATE "${table}" SET ${rest.map((name) => `"${name}" = ?`).join(', ')} WHERE ${where(keys)}`,
  )
  const remove = db.prepare(`DELETE FROM "${table}" WHERE ${where(keys)}`)
  const names = columns.map(({ name }) => name)
  const insert = db.prepare(
    `INSERT INTO "${table}" (${names.map((name) => `"${name}"`).join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
  )
  try {
    update.run(...at(b, rest), ...at(a, keys))
    update.run(...at(a, rest), ...at(b, keys))
  } catch {
    for (const row of [a, b]) remove.run(...at(row, keys))
    for (const [of, by] of [
      [a, b],
      [b, a],
    ] as const)
      insert.run(...names.map((name) => (keys.includes(name) ? of : by)[name] ?? null))
  }
  return true
}

/** What verify and, where it is silent, the comparison with a replay of the same steps find; the first of each. */
export const finds = async (folder: string, replayed: Scratch): Promise<string[]> => {
  const { findings } = await verifyFolder(folder)
  const first = findings[0]
  if (first !== undefined) return [`${first.kind} ${first.seq} ${first.detail}`]
  const frozen = openFrozen(folder)
  try {
    for (const { table, key, column } of frozen.differences(replayed)) return [`${table} ${key} ${column}`]
    return []
  } finally {
    frozen.close()
  }
}

/** Every value of every table of a file, as one text. */
export const dumpOf = (folder: string, name = 'ledger.sqlite'): string => {
  const db = new Database(join(folder, name), { readonly: true })
  try {
    return tablesIn(db)
      .map((table) =>
        [table, ...db.prepare(`SELECT * FROM "${table}"`).safeIntegers().raw().all()]
          .map((row) =>
            JSON.stringify(row, (_, value) =>
              typeof value === 'bigint' ? `${value}n` : Buffer.isBuffer(value) ? value.toString('hex') : value,
            ),
          )
          .sort()
          .join('\n'),
      )
      .join('\n')
  } finally {
    db.close()
  }
}
