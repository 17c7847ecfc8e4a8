// The fixed baseline of `mingjing bench ingest`: plain inserts of the same rows by better-sqlite3, FULL sync, transactions of
// 500, a fresh file. It never changes, so that figures of different days and machines can be set beside each other.

import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import Database from 'better-sqlite3'
import type { Row } from './rows.ts'

const BASE_TABLE = `
  CREATE TABLE fact (seq INTEGER PRIMARY KEY, source TEXT, event_id TEXT, project_no TEXT, at INTEGER,
    received INTEGER, digest BLOB, body TEXT, UNIQUE (source, event_id));
  CREATE INDEX fact_project ON fact (project_no);`

const TRANSACTION = 500

/** Rows a second of `count` plain inserts; the rows given are taken over and over, each time under other names. */
export const baseline = (rows: readonly Row[], count: number): number => {
  const folder = mkdtempSync(join(tmpdir(), 'mingjing-bench-'))
  try {
    const db = new Database(join(folder, 'base.sqlite'))
    db.pragma('journal_mode = wal')
    db.pragma('synchronous = full')
    db.exec(BASE_TABLE)
    const insert = db.prepare(
      'INSERT OR IGNORE INTO fact (source, event_id, project_no, at, received, digest, body) VALUES (?, ?, ?, ?, ?, ?, ?)',
    )
    const digest = createHash('sha256').update('x').digest()
    const some = db.transaction((from: number, to: number) => {
      for (let i = from; i < to; i++) {
        const { source, eventId, projectNo, at, body } = rows[i % rows.length] as Row
        const lap = Math.floor(i / rows.length)
        insert.run(source, `${eventId}-${lap}`, `${projectNo}-${lap}`, at, at, digest, body)
      }
    })
    const from = performance.now()
    for (let i = 0; i < count; i += TRANSACTION) some(i, Math.min(count, i + TRANSACTION))
    const seconds = (performance.now() - from) / 1000
    db.close()
    return count / seconds
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
