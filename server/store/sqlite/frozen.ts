// One unchanging state of a ledger for auditing: records, evidence and whole tables on one read-only connection inside one
// reading transaction, whatever is committed meanwhile. Never writes.

import type { Instant } from '../../core/time/instant.ts'
import type { QuarantineRow } from '../held.ts'
import type { Records } from '../port.ts'
import type { Trail } from '../trail.ts'
import { asTrouble, LEDGER_FILE, openToRead } from './open.ts'
import { recordsOn } from './records.ts'
import type { Scratch } from './scratch.ts'
import { trailOf } from './trail.ts'
import { compareWhole, type RowDifference } from './whole.ts'

export interface Frozen {
  readonly records: Records
  readonly trail: Trail
  /** The refused row of this number as it was when it came; null: it is not there. */
  refused(id: number): QuarantineRow | null
  differences(replayed: Scratch): Generator<RowDifference, void>
  close(): void
}

const CACHE_MEGABYTES = 64

export function openFrozen(folder: string): Frozen {
  const db = openToRead(folder, LEDGER_FILE, CACHE_MEGABYTES)
  try {
    db.exec('BEGIN')
    const refused = db.prepare(
      `SELECT at, source, event_id AS eventId, project_no AS projectNo, code, field, message, raw,
         import_no AS importNo, row_no AS rowNo
       FROM quarantine WHERE id = ?`,
    )
    return {
      records: recordsOn(db),
      trail: trailOf(db),
      refused: (id) => (refused.get(id) as (QuarantineRow & { at: Instant }) | undefined) ?? null,
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
