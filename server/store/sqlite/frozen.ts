// One unchanging state of a ledger for auditing: records, evidence and whole tables on one read-only connection inside one
// reading transaction, whatever is committed meanwhile. Never writes.

import Database from 'better-sqlite3'
import type { Instant } from '../../core/time/instant.ts'
import type { QuarantineRow } from '../held.ts'
import type { Records } from '../port.ts'
import type { Trail } from '../trail.ts'
import { asTrouble, BUSY_MS, type Connection, LEDGER_FILE, openToRead } from './open.ts'
import { recordsOn } from './records.ts'
import type { Scratch } from './scratch.ts'
import { trailOf } from './trail.ts'
import { columnsOf, compareWhole, type RowDifference } from './whole.ts'

/** What a replay takes of a stored ledger: entries, links, and refused rows as they came. */
export interface Recorded {
  readonly trail: Trail
  /** The refused row of this number as it was when it came; null: it is not there. */
  refused(id: number): QuarantineRow | null
}

export interface Frozen extends Recorded {
  readonly records: Records
  differences(replayed: Scratch): Generator<RowDifference, void>
  close(): void
}

const CACHE_MEGABYTES = 64

/** Columns that earlier schemas of this format had not. */
const LATER = ['import_no', 'row_no']

function recordedOn(db: Connection): Recorded {
  const has = new Set(columnsOf(db, 'quarantine').map(({ name }) => name))
  const [importNo, rowNo] = LATER.map((name) => (has.has(name) ? name : 'NULL'))
  const refused = db.prepare(
    `SELECT at, source, event_id AS eventId, project_no AS projectNo, code, field, message, raw,
       ${importNo} AS importNo, ${rowNo} AS rowNo
     FROM quarantine WHERE id = ?`,
  )
  return {
    trail: trailOf(db),
    refused: (id) => (refused.get(id) as (QuarantineRow & { at: Instant }) | undefined) ?? null,
  }
}

/** The recorded steps of a ledger whose derived tables may be of an earlier schema, in one unchanging state. */
export function openRecorded(path: string): Recorded & { close(): void } {
  let db: Connection | null = null
  try {
    db = new Database(path, { readonly: true, timeout: BUSY_MS })
    db.pragma(`cache_size = ${-1024 * CACHE_MEGABYTES}`)
    db.exec('BEGIN')
    const opened = db
    return { ...recordedOn(opened), close: () => opened.close() }
  } catch (error) {
    db?.close()
    throw asTrouble(error, path)
  }
}

export function openFrozen(folder: string): Frozen {
  const db = openToRead(folder, LEDGER_FILE, CACHE_MEGABYTES)
  try {
    db.exec('BEGIN')
    return {
      records: recordsOn(db),
      ...recordedOn(db),
      *differences(replayed) {
        try {
          replayed.rollTo(db.prepare('SELECT rolled FROM stand').pluck().get() as number)
          yield* compareWhole(db, replayed.db)
        } catch (error) {
          throw asTrouble(error, db.name)
        }
      },
      close: () => db.close(),
    }
  } catch (error) {
    db.close()
    throw asTrouble(error, db.name)
  }
}
