// The quarantine's rows and sums: kept, resolved, made room of, listed newest first. The sums move in the same
// transaction as the rows, so they are never told wrong. Rules: I5, I6.

import type { Instant } from '../../core/time/instant.ts'
import type { KeptRefusal, QuarantineCount, WaitingRows } from '../held.ts'
import type { Connection } from './open.ts'
import type { PackedBatch } from './pack.ts'

const BYTES = 'length(CAST(raw AS BLOB))'

export function prepareQuarantine(db: Connection) {
  const insert = db
    .prepare(
      `INSERT INTO quarantine (at, source, event_id, project_no, code, field, message, raw)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING ${BYTES}`,
    )
    .pluck()
  const resolve = db.prepare(
    `UPDATE quarantine SET resolved_at = ?, resolution = ?
     WHERE source = ? AND id BETWEEN ? AND ? AND resolved_at IS NULL AND (? IS NULL OR code = ?)`,
  )
  const remove = db
    .prepare(`DELETE FROM quarantine WHERE id = ? AND resolved_at IS NOT NULL RETURNING source, ${BYTES}`)
    .raw()
  const held = db.prepare(
    `INSERT INTO quarantine_held (source, n, bytes, resolved) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET n = n + excluded.n, bytes = bytes + excluded.bytes, resolved = resolved + excluded.resolved`,
  )
  return (batch: PackedBatch): void => {
    for (const { source, from, upTo, code, how } of batch.quarantineSteps?.resolved ?? []) {
      const { changes } = resolve.run(batch.at, how, source, from, upTo, code, code)
      if (changes > 0) held.run(source, 0, 0, changes)
    }
    for (const id of batch.quarantineSteps?.gone ?? []) {
      const gone = remove.get(id) as [string, number] | undefined
      if (gone !== undefined) held.run(gone[0], -1, -gone[1], -1)
    }
    for (const q of batch.quarantine) {
      const bytes = insert.get(q.at, q.source, q.eventId, q.projectNo, q.code, q.field, q.message, q.raw) as number
      held.run(q.source, 1, bytes, 0)
    }
  }
}

const IN_RAW = (path: string): string => `CASE WHEN json_valid(q.raw) THEN json_extract(q.raw, '$.${path}') END`

const AS_OF = "json_extract(e.body, '$.register.as_of')"
/** One that could not be read is no unit. */
const UNIT = `CASE WHEN NOT json_valid(q.raw) THEN '' WHEN json_type(q.raw, '$.org_code') = 'text' THEN json_extract(q.raw, '$.org_code') ELSE '' END`
const WAITS_AS_OF = `1000 * unixepoch(${IN_RAW('register.as_of')})`

/** A fact of a later edition of the row that waits, or of the same export brought again. */
const LATER_EDITION = `json_extract(e.body, '$.register.name') = ${IN_RAW('register.name')}
  AND (${AS_OF} >= ${WAITS_AS_OF} + 1000
    OR (e.at > q.at AND (${AS_OF} >= ${WAITS_AS_OF} OR ${IN_RAW('register.as_of')} = '')))`

/** An event that could not be read bears no id that it will come under: one of its type that came since is taken for it. */
const MENDED = `instr(q.raw, '{"unread":') > 0 AND e.at > q.at
  AND json_extract(e.body, '$.event_type') = ${IN_RAW('event_type')}`

export function prepareQuarantineReads(db: Connection) {
  const waiting = db.prepare(
    `SELECT q.source, ${UNIT} AS unit, count(DISTINCT q.project_no) AS rows FROM quarantine q
     WHERE q.resolved_at IS NULL AND q.code = 'row_waits' AND q.project_no IS NOT NULL
       AND NOT EXISTS (SELECT 1 FROM entry e WHERE e.event_id = q.event_id AND e.source = q.source)
       AND NOT EXISTS (SELECT 1 FROM entry e WHERE e.project_no = q.project_no AND e.source = q.source
         AND ((${LATER_EDITION}) OR (${MENDED})))
     GROUP BY 1, 2 ORDER BY 1, 2`,
  )
  const counts = db.prepare(
    'SELECT source, n AS rows, bytes, resolved FROM quarantine_held WHERE n > 0 ORDER BY source',
  )
  const oldest = db.prepare(
    // never the newest of all: its number would be given a second time
    `SELECT id, ${BYTES} AS bytes FROM quarantine WHERE source = ? AND resolved_at IS NOT NULL
       AND id < (SELECT max(id) FROM quarantine) ORDER BY id LIMIT ?`,
  )
  return {
    counts: () => counts.all() as QuarantineCount[],
    waiting: () => waiting.all() as WaitingRows[],
    oldestResolved: (source: string, limit: number) => oldest.all(source, limit) as { id: number; bytes: number }[],
    list(query: { code?: string; source?: string; after?: string; limit: number }) {
      const before = query.after === undefined ? Number.MAX_SAFE_INTEGER : Number(query.after)
      const where = ['id < ?']
      const values: (string | number)[] = [before]
      for (const name of ['code', 'source'] as const) {
        const value = query[name]
        if (value === undefined) continue
        where.push(`${name} = ?`)
        values.push(value)
      }
      const rows = db
        .prepare(
          `SELECT id, at, source, event_id AS eventId, project_no AS projectNo, code, field, message, raw,
                  resolved_at AS resolvedAt, resolution
           FROM quarantine WHERE ${where.join(' AND ')} ORDER BY id DESC LIMIT ?`,
        )
        .all(...values, query.limit + 1) as (KeptRefusal & { at: Instant })[]
      const page = rows.slice(0, query.limit)
      const last = page.at(-1)
      return { rows: page, next: rows.length > query.limit && last !== undefined ? String(last.id) : null }
    },
  }
}
