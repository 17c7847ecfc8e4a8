// A ledger of a former format, read to be upgraded: its entries, links and what else of it is input, as the present format
// says them, and the instants at which its clock had moved cards. Never writes to it. Knows its tables; judges nothing of them.

import { statSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { Instant } from '../../core/time/instant.ts'
import type { QuarantineRow } from '../held.ts'
import type { EntryRow, LinkRow, Trail } from '../trail.ts'
import { StoreError } from '../trouble.ts'
import { asTrouble, BUSY_MS, type Connection, type FormerFormat, formerFormat, LEDGER_FILE } from './open.ts'
import { readTile } from './tip.ts'
import { trailOf } from './trail.ts'

export interface FormerStand {
  readonly commit: number
  readonly seq: number
  readonly link: Uint8Array
  readonly at: Instant | null
  readonly turnedTo: Instant | null
}

export interface Refused extends QuarantineRow {
  readonly id: number
}

export interface ClockMark {
  readonly at: Instant
  /** Of a card that the clock moved then, something else moved it again at the very same instant: the clock went first. */
  readonly isFirst: number
}

const MARKS = `SELECT at, max(EXISTS (SELECT 1 FROM card_move b
    WHERE b.card_id = a.card_id AND b.n > a.n AND b.at = a.at AND b.by_whom <> 'clock')) AS isFirst
  FROM card_move a WHERE by_whom = 'clock' GROUP BY at ORDER BY at`

export interface Former {
  readonly format: FormerFormat
  readonly path: string
  readonly stand: FormerStand
  /** Its evidence, as the present format says it; of format 1 a link has no step. */
  readonly trail: Trail
  /** Refused rows by number, from the one after `id` on. */
  refusedAfter(id: number, limit: number): Refused[]
  refused(id: number): Refused | null
  /** The instants at which its clock had moved cards, each once, in their order. */
  clockMarks(): ClockMark[]
  close(): void
}

const CACHE_MEGABYTES = 64

const ENTRIES_1 = `SELECT seq, kind, at, source, event_id AS eventId, project_no AS projectNo, occurred_at AS occurredAt, voids,
    NULL AS voidsToo, NULL AS importNo, NULL AS historical, body, personal, salt, personal_digest AS personalDigest
  FROM entry WHERE seq > ? ORDER BY seq LIMIT ?`
const LINKS_1 = `SELECT commit_no AS "commit", first_seq AS firstSeq, count, at, hash, prev, link, leaves
  FROM commit_link WHERE commit_no > ? ORDER BY commit_no LIMIT ?`

const NO_STEP = { kind: 'facts', by: '', law: 0, engine: 0, params: '{}' } as const

function trailOfFormat1(db: Connection): Trail {
  const entries = db.prepare(ENTRIES_1)
  const links = db.prepare(LINKS_1)
  const stand = db.prepare(
    'SELECT commit_no AS "commit", seq, link, at, (SELECT count(*) FROM tile) AS tiles FROM stand',
  )
  const none = new Uint8Array(0)
  return {
    entries: async (afterSeq, limit) => entries.all(afterSeq, limit) as EntryRow[],
    links: async (afterCommit, limit) =>
      (links.all(afterCommit, limit) as Omit<LinkRow, 'step' | 'rejects'>[]).map((row) => ({
        ...row,
        step: NO_STEP,
        rejects: none,
      })),
    tile: async (level, index) => readTile(db, level, index),
    stand: async () => stand.get() as Awaited<ReturnType<Trail['stand']>>,
    async close() {},
  }
}

const REFUSED = `SELECT id, at, source, event_id AS eventId, project_no AS projectNo, code, field, message, raw,
    NULL AS importNo, NULL AS rowNo
  FROM quarantine`

function formerOn(db: Connection, format: FormerFormat): Former {
  const after = db.prepare(`${REFUSED} WHERE id > ? ORDER BY id LIMIT ?`)
  const one = db.prepare(`${REFUSED} WHERE id = ?`)
  const stand = db.prepare('SELECT commit_no AS "commit", seq, link, at, turned_to AS turnedTo FROM stand')
  return {
    format,
    path: db.name,
    stand: stand.get() as FormerStand,
    trail: format === 1 ? trailOfFormat1(db) : { ...trailOf(db), close: async () => undefined },
    refusedAfter: (id, limit) => after.all(id, limit) as Refused[],
    refused: (id) => (one.get(id) as Refused | undefined) ?? null,
    clockMarks: () => db.prepare(MARKS).all() as ClockMark[],
    close: () => db.close(),
  }
}

/** Bytes of a ledger's file and its log. */
export function ledgerBytes(path: string): number {
  const size = (name: string): number => statSync(name, { throwIfNoEntry: false })?.size ?? 0
  return size(path) + size(`${path}-wal`)
}

/** The schema version of a folder's ledger; null: there is none, or nothing in it. */
export function ledgerVersion(folder: string): number | null {
  const path = join(folder, LEDGER_FILE.name)
  if (ledgerBytes(path) === 0) return null
  let db: Connection | null = null
  try {
    db = new Database(path, { readonly: true, timeout: BUSY_MS })
    return db.pragma('user_version', { simple: true }) as number
  } catch (error) {
    throw asTrouble(error, path)
  } finally {
    db?.close()
  }
}

/** Opens a ledger of a former format to read one unchanging state of it. Throws StoreError where it is of none. */
export function openFormer(path: string): Former {
  let db: Connection | null = null
  try {
    db = new Database(path, { readonly: true, timeout: BUSY_MS })
    db.pragma(`cache_size = ${-1024 * CACHE_MEGABYTES}`)
    db.exec('BEGIN')
    const version = db.pragma('user_version', { simple: true }) as number
    const format = formerFormat(version)
    if (format === null)
      throw new StoreError('store_version', `${path} has schema ${version}, which is no former format.`)
    return formerOn(db, format)
  } catch (error) {
    db?.close()
    throw asTrouble(error, path)
  }
}
