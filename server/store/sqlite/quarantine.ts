// The quarantine's rows and sums: kept, resolved, withdrawn with their import, made room of. The sums move in
// the same transaction as the rows, so they are never told wrong. Rules: I5, I6, I14, I15.

import type { Connection } from './open.ts'
import type { PackedBatch } from './pack.ts'

export const BYTES = 'length(CAST(raw AS BLOB))'

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
