// The stored evidence in pages, on a read-only connection: what verifying and proving read (A4).

import type { StoredStep } from '../step.ts'
import type { EntryRow, LinkRow, Trail } from '../trail.ts'
import { type Connection, LEDGER_FILE, openToRead } from './open.ts'
import { readTile } from './tip.ts'

export function trailOf(db: Connection): Trail {
  const entries = db.prepare(
    `SELECT seq, kind, at, source, event_id AS eventId, project_no AS projectNo, occurred_at AS occurredAt, voids,
            voids_too AS voidsToo,
            import_no AS importNo, historical,
            body, personal, salt, personal_digest AS personalDigest
     FROM entry WHERE seq > ? ORDER BY seq LIMIT ?`,
  )
  const links = db.prepare(
    `SELECT commit_no AS "commit", first_seq AS firstSeq, count, at, kind, by_whom AS "by", law, engine, params, hash, prev,
            link, leaves, rejects
     FROM commit_link WHERE commit_no > ? ORDER BY commit_no LIMIT ?`,
  )
  const stand = db.prepare(
    'SELECT commit_no AS "commit", seq, link, at, (SELECT count(*) FROM tile) AS tiles FROM stand',
  )
  return {
    entries: async (afterSeq, limit) => entries.all(afterSeq, limit) as EntryRow[],
    links: async (afterCommit, limit) =>
      (links.all(afterCommit, limit) as (Omit<LinkRow, 'step'> & StoredStep)[]).map(
        ({ kind, by, law, engine, params, ...row }) => ({ ...row, step: { kind, by, law, engine, params } }),
      ),
    tile: async (level, index) => readTile(db, level, index),
    stand: async () => stand.get() as Awaited<ReturnType<Trail['stand']>>,
    async close() {
      db.close()
    },
  }
}

export const openTrail = (folder: string): Trail => trailOf(openToRead(folder, LEDGER_FILE, 16))
