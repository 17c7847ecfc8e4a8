// A ledger watched from outside while its server writes: how many commits and entries it has, and how far its log has grown.
// For whoever measures; it holds one state, so that the log is not begun anew meanwhile, and writes nothing. Any format.

import { closeSync, openSync, readSync } from 'node:fs'
import { endianness } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { LEDGER_FILE } from './open.ts'

export interface Watched {
  /** Commits and entries so far. */
  stand(): { readonly commits: number; readonly entries: number }
  /** Keeps the log from being begun anew until `free`. */
  hold(): void
  free(): void
  /** Pages that the log has, as its index says; grows by those of each commit while it is held. */
  logPages(): number
  close(): void
}

/** mxFrame of the index of the log (SQLite, "WAL-Index File Format"). */
const FRAMES_AT = 16

/** @param folder of a server that has its ledger open */
export const watchLedger = (folder: string): Watched => {
  const path = join(folder, LEDGER_FILE.name)
  const db = new Database(path, { readonly: true })
  const stand = db.prepare('SELECT commit_no AS commits, seq AS entries FROM stand')
  const index = openSync(`${path}-shm`, 'r')
  const word = Buffer.alloc(4)
  return {
    stand: () => stand.get() as { commits: number; entries: number },
    hold() {
      db.exec('BEGIN')
      stand.get()
    },
    free: () => void db.exec('COMMIT'),
    logPages() {
      readSync(index, word, 0, 4, FRAMES_AT)
      return endianness() === 'LE' ? word.readUInt32LE() : word.readUInt32BE()
    },
    close() {
      closeSync(index)
      db.close()
    },
  }
}
