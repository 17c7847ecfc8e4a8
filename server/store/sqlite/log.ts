// The log of a ledger's file (SQLite's WAL), kept bounded (A6): what is committed lies in it until it is brought over into the
// file, in pauses and before it grows past a bound. Whoever reads one state for long holds it: it grows on as long as there
// is room on the disk for the log and for bringing it over; then nothing more is committed, for a log that cannot be brought
// over any more would never give its room back. Once nobody holds it, it falls back to its size.

import { statfsSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { StoreError } from '../trouble.ts'
import { type Connection, LEDGER_FILE } from './open.ts'

export interface LogBounds {
  /** Pages of the log, brought over or not, from which on a commit brings it over and begins it anew. */
  readonly pages: number
  /** Bytes to which its file falls back. */
  readonly keptBytes: number
  /** Bytes that are left for others when a held log grows. */
  readonly spareBytes: number
  /** Bytes free on the disk of a folder. */
  readonly freeBytes: (folder: string) => number
}

const MB = 1024 * 1024
const PAGE_BYTES = 4_096

export const LOG_BOUNDS: LogBounds = {
  pages: (64 * MB) / PAGE_BYTES,
  keptBytes: 128 * MB,
  spareBytes: 64 * MB,
  freeBytes: (folder) => {
    const { bavail, bsize } = statfsSync(folder)
    return bavail * bsize
  },
}

/** How long a reader that is about to end is waited for, in ms: those within the server take a few. */
const WAIT_MS = 20

/** Bytes that the log of a folder's ledger takes. */
export const logBytesOf = (folder: string): number =>
  statSync(join(folder, `${LEDGER_FILE.name}-wal`), { throwIfNoEntry: false })?.size ?? 0

export interface Log {
  /** Pages that are not yet in the file. */
  waiting(): number
  /** Before a commit: throws StoreError where the log is held and the disk has no room to bring it over as well. */
  check(): void
  /** After a commit: a log past its bound is brought over and begun anew, if nobody holds it. */
  bound(): void
  /** In a pause: what waits is brought over from so many pages on, and a file that has grown is cut back. */
  rest(least: number): void
  close(): void
}

export function openLog(db: Connection, bounds: LogBounds, busyMs: number): Log {
  db.pragma(`journal_size_limit = ${bounds.keptBytes}`)
  const state = (): { log: number; checkpointed: number } => {
    const [found] = db.pragma('wal_checkpoint(NOOP)') as [{ log: number; checkpointed: number }]
    return found
  }
  const waiting = (): number => {
    const { log, checkpointed } = state()
    return log - checkpointed
  }
  /** What is committed lies safely in the log: that it cannot be brought over harms nothing yet (A6). */
  const bringOver = (how: 'PASSIVE' | 'RESTART' | 'TRUNCATE'): void => {
    db.pragma(`busy_timeout = ${WAIT_MS}`)
    try {
      db.pragma(`wal_checkpoint(${how})`)
    } catch {
      // the disk has no room, or somebody reads: tried again in the next pause
    } finally {
      db.pragma(`busy_timeout = ${busyMs}`)
    }
  }
  /** Pages at which bringing it over was last tried: a reader who stays is not waited for at every commit. */
  let triedAt = 0
  const hasRoom = (): boolean => bounds.freeBytes(dirname(db.name)) >= waiting() * PAGE_BYTES + bounds.spareBytes
  return {
    waiting,
    check() {
      if (waiting() <= bounds.pages || hasRoom()) return
      bringOver('PASSIVE')
      if (waiting() <= bounds.pages || hasRoom()) return
      throw new StoreError(
        'store_full',
        `The log of ${db.name} has ${Math.ceil((waiting() * PAGE_BYTES) / MB)} MB that cannot be brought over while somebody reads one state of it for long (audit, verify, a copy), and the disk has no room for more; nothing of this commit was kept. It goes on by itself when that reader has ended, or there is room.`,
      )
    },
    bound() {
      const { log } = state()
      if (log < triedAt) triedAt = 0
      if (log <= bounds.pages || log < triedAt + bounds.pages / 16) return
      triedAt = log
      bringOver('RESTART')
    },
    rest(least) {
      const { log, checkpointed } = state()
      if (log - checkpointed > least) bringOver('PASSIVE')
      if (log * PAGE_BYTES > bounds.keptBytes) bringOver('TRUNCATE')
    },
    close: () => bringOver('TRUNCATE'),
  }
}
