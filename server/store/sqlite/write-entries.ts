// Writing the ledger proper: entries, the chain link of their commit, the tiles, and what was refused at the door.
// Everything is prepared once and bound by place. Rules: A4, I6.

import type { BringingBody } from '../port.ts'
import type { Sealed } from '../trail.ts'
import type { Connection } from './open.ts'
import type { PackedBatch } from './pack.ts'
import { prepareQuarantine } from './quarantine.ts'

export const SALT_BYTES = 16

/** The further ways that an entry of kind bringing tells. */
export function prepareWays(db: Connection) {
  const bring = db.prepare(
    `INSERT INTO bringing (seq, entry_seq, import_no, historical, at)
     SELECT seq, ?, ?, ?, ? FROM entry WHERE event_id = ? AND source = ?`,
  )
  return (entrySeq: number, at: number, body: string): void => {
    const { import: importNo, historical, facts } = JSON.parse(body) as BringingBody
    for (const [source, eventId] of facts) bring.run(entrySeq, importNo, historical, at, eventId, source)
  }
}

export function prepareEntries(db: Connection) {
  const insert = db.prepare(
    `INSERT INTO entry (seq, kind, at, source, event_id, project_no, occurred_at, voids, voids_too, salt, personal, body,
       import_no, historical) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const putWays = prepareWays(db)
  return (batch: PackedBatch, sealed: Sealed): void => {
    let seq = sealed.firstSeq
    let salt = 0
    for (const f of batch.facts) {
      const kept = f.personal === null ? null : sealed.salts.subarray(salt, salt + SALT_BYTES)
      const { importNo, historical } = f.way
      insert.run(
        seq,
        'fact',
        batch.at,
        f.source,
        f.eventId,
        f.projectNo,
        f.at,
        f.voids,
        f.voidsToo,
        kept,
        f.personal,
        f.body,
        importNo,
        historical,
      )
      seq += 1
      salt += SALT_BYTES
    }
    for (const input of batch.inputs) {
      insert.run(seq, input.kind, batch.at, input.by, null, null, null, null, null, null, null, input.body, null, null)
      if (input.kind === 'bringing') putWays(seq, batch.at, input.body)
      seq += 1
    }
  }
}

export function prepareChain(db: Connection) {
  const link = db.prepare(
    `INSERT INTO commit_link (commit_no, first_seq, count, at, kind, by_whom, law, engine, params, hash, prev, link, leaves,
       rejects) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const tile = db.prepare(
    `INSERT INTO tile (level, tile_index, hashes) VALUES (?, ?, ?)
     ON CONFLICT DO UPDATE SET hashes = excluded.hashes`,
  )
  return ({ at, step }: PackedBatch, s: Sealed): void => {
    const said = [step.kind, step.by, step.law, step.engine, step.params] as const
    link.run(s.commit, s.firstSeq, s.count, at, ...said, s.hash, s.prev, s.link, s.leaves, s.rejects)
    for (const t of s.tiles) tile.run(t.level, t.index, t.hashes)
  }
}

export function prepareDoor(db: Connection) {
  const quarantine = prepareQuarantine(db)
  const seen = db.prepare(
    `INSERT INTO source_seen (source, last_at, last_event_at) VALUES (?, ?, ?)
     ON CONFLICT DO UPDATE SET last_at = max(last_at, excluded.last_at),
                               last_event_at = max(last_event_at, excluded.last_event_at)`,
  )
  return (batch: PackedBatch): void => {
    quarantine(batch)
    for (const s of batch.sources) seen.run(s.source, s.lastAt, s.lastEventAt)
  }
}
