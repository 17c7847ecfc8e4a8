// One writer a data folder (A6). The lock is SQLite's own on a file beside the ledger, held by an open transaction:
// the operating system releases it when the process ends, kill -9 included, so a stale lock cannot exist.

import { join } from 'node:path'
import Database from 'better-sqlite3'
import { StoreError } from '../trouble.ts'
import { makeFolder } from './folder.ts'
import { asTrouble } from './open.ts'
import { makePrivate } from './private.ts'

export interface WriterLock {
  release(): void
}

/** Throws StoreError `writer_locked` while another process, thread or connection holds the folder. */
export function takeWriterLock(folder: string): WriterLock {
  const path = join(folder, 'writer.lock')
  let db: Database.Database | null = null
  try {
    makeFolder(folder)
    makePrivate(path)
    db = new Database(path, { timeout: 0 })
    db.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    db?.close()
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY'))
      throw new StoreError('writer_locked', `Another Mingjing is writing in ${folder}; only one may.`, error)
    throw asTrouble(error, path)
  }
  const held = db
  return {
    release() {
      held.close()
    },
  }
}
