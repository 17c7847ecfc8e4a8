// Opening a database file: pragmas, the read-back of the sync level, the migrator, and one sentence for each trouble.
// A writing connection that does not sync its log at every commit is refused: it would lose answered events (I4).
// Never holds SQL of a table; that is in schema/ and beside each use. Rules: I4, A6, A7.

import { randomBytes } from 'node:crypto'
import { existsSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import Database from 'better-sqlite3'
import { StoreError } from '../trouble.ts'
import { makeFolder } from './folder.ts'
import { makePrivate } from './private.ts'
import { ACCESS_0001 } from './schema/0001_access.ts'
import { LEDGER_0001 } from './schema/0001_ledger.ts'
import { ACCESS_0002 } from './schema/0002_access_unit.ts'
import { LEDGER_0002 } from './schema/0002_ledger_collision.ts'
import { ACCESS_0003 } from './schema/0003_access_past.ts'
import { LEDGER_0003 } from './schema/0003_ledger_waiting.ts'
import { LEDGER_0004 } from './schema/0004_ledger_subject.ts'
import { LEDGER_0005 } from './schema/0005_ledger_waiting_case.ts'

export type Connection = Database.Database

/**
 * A file of the data folder and its schema. `base` is the version number of its format with nothing in it; `steps[i]` brings
 * version base + i to base + i + 1. Another format has another base: nothing here turns one into the other.
 */
export interface FileKind {
  readonly name: string
  readonly base: number
  readonly steps: readonly string[]
}

/** Schema versions of the formats that were. */
const FORMER = [
  { format: 1, from: 1, to: 3 },
  { format: 2, from: 201, to: 201 },
] as const

export type FormerFormat = (typeof FORMER)[number]['format']

/** The former format of a ledger's schema version; null: it is of none. */
export const formerFormat = (version: number): FormerFormat | null =>
  FORMER.find(({ from, to }) => version >= from && version <= to)?.format ?? null

export const LEDGER_FILE: FileKind = {
  name: 'ledger.sqlite',
  base: 300,
  steps: [LEDGER_0001, LEDGER_0002, LEDGER_0003, LEDGER_0004, LEDGER_0005],
}
export const ACCESS_FILE: FileKind = { name: 'access.sqlite', base: 0, steps: [ACCESS_0001, ACCESS_0002, ACCESS_0003] }

const SYNC_FULL = 2
/** How long a statement waits for another connection's lock, in milliseconds. */
export const BUSY_MS = 5_000

const codeOf = (error: unknown): string =>
  error instanceof Database.SqliteError ? error.code : error instanceof Error && 'code' in error ? `${error.code}` : ''

const isOutOfRoom = (error: unknown): boolean => /^(SQLITE_FULL|ENOSPC|EDQUOT)/.test(codeOf(error))

/** Bytes that SQLite writes beside a file whose log it opens, were it only to read it. */
const BESIDE_BYTES = 65_536

/** Whether the disk of a folder has no room for what SQLite writes beside a file; tried, for no figure of it can be relied on. */
function isFull(folder: string): boolean {
  const tried = join(folder, `.room-${process.pid}-${randomBytes(4).toString('hex')}`)
  try {
    writeFileSync(tried, Buffer.alloc(BESIDE_BYTES, 1), { mode: 0o600, flush: true })
    return false
  } catch (error) {
    return isOutOfRoom(error)
  } finally {
    rmSync(tried, { force: true })
  }
}

/**
 * Whether something failed for want of room on the disk of a file (A6): SQLite says so where it writes pages, and speaks of
 * an error of the disk alone where it cannot make the index of its log.
 */
export function isNoRoom(error: unknown, path: string): boolean {
  if (isOutOfRoom(error)) return true
  return /^SQLITE_(IOERR|CANTOPEN)/.test(codeOf(error)) && isFull(dirname(path))
}

/** Turns what SQLite or the file system says into a StoreError that a person can act on. */
export function asTrouble(error: unknown, path: string): StoreError {
  if (error instanceof StoreError) return error
  const code = codeOf(error)
  const said = error instanceof Error ? error.message : String(error)
  if (isNoRoom(error, path))
    return new StoreError('store_full', `No room left on the disk of ${path}; nothing of this commit was kept.`, error)
  if (code.startsWith('SQLITE_CORRUPT') || code.startsWith('SQLITE_NOTADB'))
    return new StoreError('store_corrupt', `${path} is damaged or no database of Mingjing (${said}).`, error)
  return new StoreError('store_broken', `${path}: ${said}`, error)
}

function versionOf(db: Connection): number {
  return db.pragma('user_version', { simple: true }) as number
}

/** A ledger of a former format is left as it is, until a server or `mingjing upgrade` brings it up. */
function refuseFormer(db: Connection, kind: FileKind, version: number): void {
  if (kind !== LEDGER_FILE || formerFormat(version) === null) return
  throw new StoreError(
    'store_format',
    `${db.name} is of a former format (schema ${version}); this Mingjing writes ${kind.base + kind.steps.length}. It was left alone: mingjing serve or mingjing upgrade brings it up.`,
  )
}

function refuseNewer(db: Connection, kind: FileKind): void {
  const version = versionOf(db)
  if (version > kind.base + kind.steps.length)
    throw new StoreError('store_version', `${db.name} was written by a newer Mingjing (schema ${version}).`)
}

export function migrate(db: Connection, kind: FileKind): void {
  const version = versionOf(db)
  refuseNewer(db, kind)
  refuseFormer(db, kind, version)
  // a file without our version number that holds something is somebody else's
  const isOthers = version === 0 && db.prepare('SELECT count(*) FROM sqlite_schema').pluck().get() !== 0
  if (isOthers)
    throw new StoreError('store_corrupt', `${db.name} is a database, but none of Mingjing; it was left alone.`)
  for (const [i, sql] of kind.steps.entries()) {
    if (kind.base + i < version) continue
    db.transaction(() => {
      db.exec(sql)
      db.pragma(`user_version = ${kind.base + i + 1}`)
    })()
  }
}

const isEmpty = (path: string): boolean => (statSync(path, { throwIfNoEntry: false })?.size ?? 0) === 0

/** How many keys the folder's access file has; it may not be there at all. */
function keysIn(folder: string): number {
  const path = join(folder, ACCESS_FILE.name)
  if (isEmpty(path)) return 0
  const db = new Database(path, { readonly: true, timeout: BUSY_MS })
  try {
    const isMade = db.prepare(`SELECT count(*) FROM sqlite_schema WHERE name = 'access_key'`).pluck().get() === 1
    return isMade ? (db.prepare('SELECT count(*) FROM access_key').pluck().get() as number) : 0
  } finally {
    db.close()
  }
}

/** Keys are given for a ledger: where they are and it is not, it was lost, and is not begun anew in silence (A6). */
function refuseBegun(folder: string, kind: FileKind): void {
  if (kind !== LEDGER_FILE || !isEmpty(join(folder, kind.name)) || keysIn(folder) === 0) return
  throw new StoreError(
    'ledger_gone',
    `${join(folder, kind.name)} is missing or empty, though ${ACCESS_FILE.name} beside it holds keys. Nothing was begun anew: put the ledger back from a backup, or take ${ACCESS_FILE.name} away as well to begin an empty one.`,
  )
}

/**
 * Makes an empty ledger where there is neither a ledger nor a key yet: keys are given for a ledger that is there. One that is
 * there is left as it is, of whichever format; that of a newer Mingjing is refused.
 */
export function beginLedger(folder: string): void {
  const path = join(folder, LEDGER_FILE.name)
  if (isEmpty(path)) {
    openToWrite(folder, LEDGER_FILE, 1).close()
    return
  }
  let db: Connection | null = null
  try {
    db = new Database(path, { readonly: true, timeout: BUSY_MS })
    refuseNewer(db, LEDGER_FILE)
  } catch (error) {
    throw asTrouble(error, path)
  } finally {
    db?.close()
  }
}

/** Sets a pragma and reads it back; anything but the wanted value is refused. */
function insist(db: Connection, pragma: string, value: string | number, wanted: string | number): void {
  db.pragma(`${pragma} = ${value}`)
  const got = db.pragma(pragma, { simple: true })
  if (got !== wanted)
    throw new StoreError('store_unsafe', `${db.name}: ${pragma} is ${got} and not ${wanted}; refusing to write.`)
}

/** The writing connection of a file, made and brought to the present schema where needed. */
export function openToWrite(folder: string, kind: FileKind, cacheMegabytes: number): Connection {
  const path = join(folder, kind.name)
  let db: Connection | null = null
  try {
    makeFolder(folder)
    refuseBegun(folder, kind)
    makePrivate(path)
    db = new Database(path, { timeout: BUSY_MS })
    insist(db, 'journal_mode', 'wal', 'wal')
    insist(db, 'synchronous', 'full', SYNC_FULL)
    insist(db, 'wal_autocheckpoint', 0, 0)
    db.pragma(`cache_size = ${-1024 * cacheMegabytes}`)
    db.pragma('temp_store = memory')
    migrate(db, kind)
    return db
  } catch (error) {
    db?.close()
    throw asTrouble(error, path)
  }
}

/** A connection that only reads. The file must be there and of the present schema. */
export function openToRead(folder: string, kind: FileKind, cacheMegabytes: number): Connection {
  const path = join(folder, kind.name)
  if (!existsSync(path)) throw new StoreError('store_missing', `There is no ${kind.name} in ${folder}.`)
  let db: Connection | null = null
  try {
    db = new Database(path, { readonly: true, timeout: BUSY_MS })
    db.pragma(`cache_size = ${-1024 * cacheMegabytes}`)
    db.pragma('temp_store = memory')
    const version = versionOf(db)
    if (version === 0) throw new StoreError('store_corrupt', `${path} is a database, but none of Mingjing.`)
    refuseFormer(db, kind, version)
    const wanted = kind.base + kind.steps.length
    if (version !== wanted)
      throw new StoreError(
        'store_version',
        `${path} has schema ${version}, this Mingjing ${wanted}; mingjing serve or mingjing upgrade brings an older one up.`,
      )
    return db
  } catch (error) {
    db?.close()
    throw asTrouble(error, path)
  }
}
