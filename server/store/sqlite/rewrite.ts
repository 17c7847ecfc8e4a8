// The new file that a replay of a ledger's entries writes (A4): beside the ledger, on one connection that reads what it has
// written. Many commits lie in one transaction; with each `keep` it is closed, together with a mark that says how far the
// replay is, so that a stop at any instant loses what came after the last keep and nothing else. Whole and synced when
// `finish` returns; it takes the ledger's place by a rename (swap.ts).

import { rmSync } from 'node:fs'
import Database from 'better-sqlite3'
import type { Committed, Records } from '../port.ts'
import type { Sealed, Tip } from '../trail.ts'
import { asTrouble, type Connection, LEDGER_FILE, migrate } from './open.ts'
import type { PackedBatch } from './pack.ts'
import { makePrivate } from './private.ts'
import { recordsOn } from './records.ts'
import { prepareRoller } from './roll.ts'
import { readTip } from './tip.ts'
import { prepareCommit, readStand } from './writer.ts'

const CACHE_MEGABYTES = 256
/** Pages of the log after which it is brought into the file. */
const LOG_PAGES = 25_000
/** Flows for which rolling up is worth it. */
const WORTH_ROLLING = 20_000

const MARK = `CREATE TABLE IF NOT EXISTS upgrade (id INTEGER PRIMARY KEY CHECK (id = 1), mark TEXT NOT NULL) STRICT`

export interface Rewrite {
  readonly records: Records
  /** The last entry written. */
  readonly seq: number
  tip(): Tip
  write(batch: PackedBatch, sealed: Sealed): Committed
  /** What was last kept; null: nothing yet. */
  mark(): string | null
  /** All that was written up to here stands, with this mark beside it. */
  keep(mark: string): void
  /** Sums rolled up, mark gone, everything in the one file and on the disk. Closes it. */
  finish(): void
  /** What was not kept is gone. */
  close(): void
}

function openFile(path: string): Connection {
  makePrivate(path)
  const db = new Database(path)
  db.pragma('journal_mode = wal')
  // a stop of the machine may lose what was kept last, and leaves a file to go on with
  db.pragma('synchronous = normal')
  db.pragma('locking_mode = exclusive')
  db.pragma(`wal_autocheckpoint = ${LOG_PAGES}`)
  db.pragma(`cache_size = ${-1024 * CACHE_MEGABYTES}`)
  db.pragma('temp_store = memory')
  migrate(db, LEDGER_FILE)
  db.exec(MARK)
  return db
}

/** Takes away a file that is not to be gone on with. */
export function dropRewrite(path: string): void {
  for (const name of [path, `${path}-wal`, `${path}-shm`, `${path}-journal`]) rmSync(name, { force: true })
}

function finishFile(db: Connection, roll: () => void): void {
  roll()
  db.exec('DROP TABLE upgrade')
  db.exec('COMMIT')
  db.pragma('synchronous = full')
  db.pragma('wal_checkpoint(TRUNCATE)')
  db.close()
}

/** Opens the file at a path, or begins it. Throws StoreError. */
export function openRewrite(path: string): Rewrite {
  const trouble = <T>(does: () => T): T => {
    try {
      return does()
    } catch (error) {
      throw asTrouble(error, path)
    }
  }
  const db = trouble(() => openFile(path))
  const run = prepareCommit(db, { mostWaiting: Number.POSITIVE_INFINITY })
  const roller = prepareRoller(db)
  const mark = db.prepare('SELECT mark FROM upgrade').pluck()
  const put = db.prepare('INSERT INTO upgrade VALUES (1, ?) ON CONFLICT DO UPDATE SET mark = excluded.mark')
  let stand = readStand(db)
  db.exec('BEGIN IMMEDIATE')
  return {
    records: { ...recordsOn(db), close: async () => undefined },
    get seq() {
      return stand.seq
    },
    tip: () => readTip(db, stand),
    write(batch, sealed) {
      stand = trouble(() => run(stand, batch, sealed))
      const { commit, firstSeq, count } = sealed
      return count === 0 ? { commit, firstSeq: 0, lastSeq: 0 } : { commit, firstSeq, lastSeq: stand.seq }
    },
    mark: () => (mark.get() as string | undefined) ?? null,
    keep(said) {
      trouble(() => {
        if (roller.waiting() >= WORTH_ROLLING) roller.roll()
        put.run(said)
        db.exec('COMMIT')
        db.exec('BEGIN IMMEDIATE')
      })
    },
    finish: () => trouble(() => finishFile(db, () => roller.roll())),
    close: () => db.close(),
  }
}
