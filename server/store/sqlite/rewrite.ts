// The new file that a replay of a ledger's entries writes (A4): beside the ledger, on one connection that reads what it has
// written. Many commits lie in one transaction; with each `keep` it is closed, together with a mark that says how far the
// replay is, so that a stop at any instant loses what came after the last keep and nothing else. Whole and synced when
// `finish` returns; it takes the ledger's place by a rename (swap.ts).

import { rmSync } from 'node:fs'
import Database from 'better-sqlite3'
import type { Committed, Records } from '../port.ts'
import type { LinkRow, Sealed, Tip } from '../trail.ts'
import { asTrouble, type Connection, LEDGER_FILE, migrate } from './open.ts'
import type { PackedBatch } from './pack.ts'
import { makePrivate } from './private.ts'
import { recordsOn } from './records.ts'
import { prepareRoller } from './roll.ts'
import { readTip } from './tip.ts'
import { columnsOf } from './whole.ts'
import { prepareWays } from './write-entries.ts'
import { prepareCommit, readStand } from './writer.ts'

const CACHE_MEGABYTES = 256
/** Pages of the log after which it is brought into the file. */
const LOG_PAGES = 25_000
/** Flows for which rolling up is worth it. */
const WORTH_ROLLING = 20_000

const MARK = `CREATE TABLE IF NOT EXISTS main.upgrade (id INTEGER PRIMARY KEY CHECK (id = 1), mark TEXT NOT NULL) STRICT`

export interface Rewrite {
  readonly records: Records
  /** The last entry written. */
  readonly seq: number
  tip(): Tip
  write(batch: PackedBatch, sealed: Sealed): Committed
  /** Writes what a commit of the copied ledger brings about; its entries and its link are taken over as they lie there. */
  writeCopied(batch: PackedBatch, link: LinkRow): Committed
  /** The tree of the copied ledger, when all its commits are there. */
  copyTree(): void
  /** What was last kept; null: nothing yet. */
  mark(): string | null
  /** All that was written up to here stands, with this mark beside it. */
  keep(mark: string): void
  /** Sums rolled up, mark gone, everything in the one file and on the disk. Closes it. */
  finish(): void
  /** What was not kept is gone. */
  close(): void
}

function openFile(path: string, copied: string | null): Connection {
  makePrivate(path)
  const db = new Database(path)
  db.pragma('main.journal_mode = wal')
  // a stop of the machine may lose what was kept last, and leaves a file to go on with
  db.pragma('main.synchronous = normal')
  db.pragma('main.locking_mode = exclusive')
  db.pragma(`wal_autocheckpoint = ${LOG_PAGES}`)
  db.pragma(`cache_size = ${-1024 * CACHE_MEGABYTES}`)
  db.pragma('temp_store = memory')
  migrate(db, LEDGER_FILE)
  db.exec(MARK)
  if (copied !== null) db.prepare('ATTACH ? AS copied').run(copied)
  return db
}

/** Takes away a file that is not to be gone on with. */
export function dropRewrite(path: string): void {
  for (const name of [path, `${path}-wal`, `${path}-shm`, `${path}-journal`]) rmSync(name, { force: true })
}

function finishFile(db: Connection, roll: () => void): void {
  roll()
  db.exec('DROP TABLE main.upgrade')
  db.exec('COMMIT')
  db.pragma('main.synchronous = full')
  db.pragma('main.wal_checkpoint(TRUNCATE)')
  db.close()
}

const NONE = new Uint8Array(0)

/** A link that was sealed, as what sealing adds to a batch. */
const sealedOf = ({ hash, commit, firstSeq, count, prev, link, leaves, rejects }: LinkRow): Sealed => ({
  ...{ hash, commit, firstSeq, count, prev, link, leaves, rejects },
  salts: NONE,
  tiles: [],
})

/** Takes entries and links over from the ledger that is attached, to the byte. */
function prepareCopying(db: Connection): (batch: PackedBatch, sealed: Sealed) => void {
  const taken = (table: string): string => {
    const names = columnsOf(db, table)
      .map(({ name }) => `"${name}"`)
      .join(', ')
    return `INSERT INTO main.${table} (${names}) SELECT ${names} FROM copied.${table}`
  }
  const entries = db.prepare(`${taken('entry')} WHERE seq BETWEEN ? AND ?`)
  const link = db.prepare(`${taken('commit_link')} WHERE commit_no = ?`)
  const putWays = prepareWays(db)
  return ({ at, inputs, facts }, { firstSeq, count, commit }) => {
    entries.run(firstSeq, firstSeq + count - 1)
    link.run(commit)
    for (const [i, { kind, body }] of inputs.entries())
      if (kind === 'bringing') putWays(firstSeq + facts.length + i, at, body)
  }
}

/** Opens the file at a path, or begins it; `copied`: the ledger whose entries and links are taken over. Throws StoreError. */
export function openRewrite(path: string, copied: string | null = null): Rewrite {
  const trouble = <T>(does: () => T): T => {
    try {
      return does()
    } catch (error) {
      throw asTrouble(error, path)
    }
  }
  const db = trouble(() => openFile(path, copied))
  const mostWaiting = Number.POSITIVE_INFINITY
  const run = prepareCommit(db, { mostWaiting })
  const runCopied = copied === null ? null : prepareCommit(db, { mostWaiting, putSealed: prepareCopying(db) })
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
    writeCopied(batch, link) {
      if (runCopied === null) throw new Error('no ledger to copy from was named')
      stand = trouble(() => runCopied(stand, batch, sealedOf(link)))
      const { commit, firstSeq, count } = link
      return count === 0 ? { commit, firstSeq: 0, lastSeq: 0 } : { commit, firstSeq, lastSeq: stand.seq }
    },
    copyTree: () => trouble(() => db.exec('INSERT OR IGNORE INTO main.tile SELECT * FROM copied.tile')),
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
