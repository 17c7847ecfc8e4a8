// The quarantine's rows and sums: kept, resolved, withdrawn with their import, made room of, listed newest first. The sums move in
// the same transaction as the rows, so they are never told wrong. Rules: I5, I6, I14, I15.

import { factKey } from '../../core/case/event.ts'
import type { Instant } from '../../core/time/instant.ts'
import { cursorAtPlace, placeIn } from '../cursor.ts'
import type { BroughtRow, KeptRefusal, QuarantineCount, QuarantineReads, WaitingEvent, WaitingRows } from '../held.ts'
import { countWaiting, saidBy, type Waiting } from '../waiting.ts'
import type { Connection } from './open.ts'
import type { PackedBatch } from './pack.ts'
import { prepareFactReads } from './read-facts.ts'

const BYTES = 'length(CAST(raw AS BLOB))'

export function prepareQuarantine(db: Connection) {
  const insert = db
    .prepare(
      `INSERT INTO quarantine (at, source, event_id, project_no, code, field, message, raw, import_no, row_no)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING ${BYTES}`,
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
  const again = db.prepare('INSERT OR IGNORE INTO quarantine_again (id, import_no, row_no) VALUES (?, ?, ?)')
  const forget = db.prepare('DELETE FROM quarantine_again WHERE id = ?')
  const withdraw = db
    .prepare(
      `WITH gone AS MATERIALIZED (
         SELECT json_extract(body, '$.import') AS no FROM entry WHERE event_id IS NULL AND kind = 'withdraw'
         UNION SELECT @importNo)
       UPDATE quarantine AS q SET resolved_at = @at, resolution = 'withdrawn'
       WHERE q.resolved_at IS NULL AND q.import_no IN (SELECT no FROM gone)
         AND q.id IN (SELECT id FROM quarantine WHERE import_no = @importNo AND resolved_at IS NULL
           UNION SELECT id FROM quarantine_again WHERE import_no = @importNo)
         AND NOT EXISTS (SELECT 1 FROM quarantine_again a WHERE a.id = q.id AND a.import_no NOT IN (SELECT no FROM gone))
       RETURNING source`,
    )
    .pluck()
  return (batch: PackedBatch): void => {
    for (const { source, from, upTo, code, how } of batch.quarantineSteps?.resolved ?? []) {
      const { changes } = resolve.run(batch.at, how, source, from, upTo, code, code)
      if (changes > 0) held.run(source, 0, 0, changes)
    }
    for (const id of batch.quarantineSteps?.gone ?? []) {
      const gone = remove.get(id) as [string, number] | undefined
      if (gone === undefined) continue
      held.run(gone[0], -1, -gone[1], -1)
      forget.run(id)
    }
    for (const q of batch.quarantine) {
      const { importNo, rowNo } = q
      const said = [q.at, q.source, q.eventId, q.projectNo, q.code, q.field, q.message, q.raw] as const
      held.run(q.source, 1, insert.get(...said, importNo, rowNo) as number, 0)
    }
    for (const { id, importNo, rowNo } of batch.quarantineSteps?.again ?? []) again.run(id, importNo, rowNo)
    for (const importNo of batch.quarantineSteps?.withdrawn ?? []) {
      const counts = new Map<string, number>()
      for (const source of withdraw.all({ importNo, at: batch.at }) as string[])
        counts.set(source, (counts.get(source) ?? 0) + 1)
      for (const [source, n] of counts) held.run(source, 0, 0, n)
    }
  }
}

const COLUMNS = `q.id, q.at, q.source, q.event_id AS eventId, q.project_no AS projectNo, q.code, q.field, q.message, q.raw,
  q.import_no AS importNo, q.row_no AS rowNo, q.resolved_at AS resolvedAt, q.resolution`

type Kept = KeptRefusal & { at: Instant }

/** Every further row on which what waits was brought. */
const AGAIN = `(SELECT json_group_array(json_object('importNo', a.import_no, 'rowNo', a.row_no))
  FROM quarantine_again a WHERE a.id = q.id)`

export function prepareQuarantineReads(db: Connection) {
  const facts = prepareFactReads(db)
  const inputs = db.prepare('SELECT body FROM entry WHERE event_id IS NULL AND kind = ?').pluck()
  const waiting = db.prepare(
    `SELECT ${COLUMNS}, ${AGAIN} AS again FROM quarantine q
     WHERE q.resolved_at IS NULL AND q.code = 'row_waits' ORDER BY q.id`,
  )
  const mended = db.prepare(
    `SELECT source, event_id AS eventId FROM quarantine
     WHERE resolved_at IS NOT NULL AND resolution = 'resubmitted' AND event_id IS NOT NULL`,
  )
  const under = db.prepare(
    `SELECT q.id, q.source, q.event_id AS eventId, q.code, q.raw FROM json_each(?) j
     JOIN quarantine q ON q.event_id = j.value ->> 1 AND q.source = j.value ->> 0
     WHERE q.resolved_at IS NULL AND q.event_id IS NOT NULL ORDER BY q.id`,
  )
  const unnumbered = db
    .prepare(
      `WITH no AS MATERIALIZED (SELECT value AS no FROM json_each(@imports)),
       brought AS MATERIALIZED (
         SELECT q.id FROM no JOIN quarantine q ON q.import_no = no.no AND q.row_no IS NOT NULL
         UNION SELECT a.id FROM quarantine_again a WHERE a.import_no IN (SELECT no FROM no))
       SELECT min(q.raw) FROM brought b JOIN quarantine q ON q.id = b.id
       WHERE q.code = 'row_waits' AND q.project_no IS NULL GROUP BY q.import_no, q.row_no ORDER BY min(q.id) LIMIT @limit`,
    )
    .pluck()
  const beside = db.prepare(
    `WITH way AS MATERIALIZED (
       SELECT import_no, row_no FROM quarantine WHERE id = @id AND import_no IS NOT NULL AND row_no IS NOT NULL
       UNION SELECT import_no, row_no FROM quarantine_again WHERE id = @id),
     same AS MATERIALIZED (
       SELECT @id AS id
       UNION SELECT q.id FROM way JOIN quarantine q ON q.import_no = way.import_no AND q.row_no = way.row_no
         WHERE q.row_no IS NOT NULL
       UNION SELECT a.id FROM way JOIN quarantine_again a ON a.import_no = way.import_no AND a.row_no = way.row_no)
     SELECT ${COLUMNS} FROM same JOIN quarantine q ON q.id = same.id
     WHERE q.resolved_at IS NULL OR q.resolution = 'dismissed' ORDER BY q.id`,
  )
  const OF_CASE = `FROM json_each(@nos) j JOIN quarantine q ON q.project_no = j.value
     WHERE q.project_no IS NOT NULL AND q.at <= @at AND (q.resolved_at IS NULL OR q.resolved_at > @at)`
  const ofCase = db.prepare(`SELECT ${COLUMNS} ${OF_CASE} ORDER BY q.id LIMIT @limit`)
  const countOfCase = db.prepare(`SELECT count(*) ${OF_CASE}`).pluck()
  const broughtBy = db
    .prepare(
      `SELECT import_no FROM quarantine WHERE id = @id AND import_no IS NOT NULL
       UNION SELECT import_no FROM quarantine_again WHERE id = @id ORDER BY 1`,
    )
    .pluck()
  const counts = db.prepare(
    'SELECT source, n AS rows, bytes, resolved FROM quarantine_held WHERE n > 0 ORDER BY source',
  )
  const oldest = db.prepare(
    // never the newest of all: its number would be given a second time
    `SELECT id, ${BYTES} AS bytes FROM quarantine WHERE source = ? AND resolved_at IS NOT NULL
       AND id < (SELECT max(id) FROM quarantine) ORDER BY id LIMIT ?`,
  )
  return {
    ofCase({ projectNos, at, limit }: Parameters<QuarantineReads['waitingOf']>[0]) {
      const asked = { nos: JSON.stringify([...new Set(projectNos)]), at }
      const rows = ofCase.all({ ...asked, limit }) as KeptRefusal[]
      return { count: rows.length < limit ? rows.length : (countOfCase.get(asked) as number), rows }
    },
    counts: () => counts.all() as QuarantineCount[],
    waiting(): WaitingRows[] {
      const rows = waiting.all() as (Kept & { again: string })[]
      const said = saidBy((kind) => inputs.all(kind) as string[])
      const keys = rows.length === 0 ? [] : (mended.all() as { source: string; eventId: string }[])
      return countWaiting(
        rows.map((row): Waiting => ({ ...row, again: JSON.parse(row.again) as BroughtRow[] })),
        facts,
        { said, mended: new Set(keys.map(({ source, eventId }) => factKey(source, eventId))) },
      )
    },
    under: (events: readonly { source: string; eventId: string }[]) =>
      under.all(JSON.stringify(events.map(({ source, eventId }) => [source, eventId]))) as WaitingEvent[],
    unnumbered: (imports: readonly number[], limit: number) =>
      unnumbered.all({ imports: JSON.stringify(imports), limit }) as string[],
    beside: (id: number) => beside.all({ id }) as Kept[],
    broughtBy: (id: number) => broughtBy.all({ id }) as number[],
    oldestResolved: (source: string, limit: number) => oldest.all(source, limit) as { id: number; bytes: number }[],
    list(query: { code?: string; source?: string; after?: string; limit: number }) {
      const before = placeIn(query.after) ?? Number.MAX_SAFE_INTEGER
      const where = ['id < ?']
      const values: (string | number)[] = [before]
      for (const name of ['code', 'source'] as const) {
        const value = query[name]
        if (value === undefined) continue
        where.push(`${name} = ?`)
        values.push(value)
      }
      const rows = db
        .prepare(`SELECT ${COLUMNS} FROM quarantine q WHERE ${where.join(' AND ')} ORDER BY id DESC LIMIT ?`)
        .all(...values, query.limit + 1) as Kept[]
      const page = rows.slice(0, query.limit)
      const last = page.at(-1)
      return { rows: page, next: rows.length > query.limit && last !== undefined ? cursorAtPlace(last.id) : null }
    },
  }
}
