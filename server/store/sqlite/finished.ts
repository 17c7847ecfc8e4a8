// Whether the new file of an upgrade or a rebuild is whole: a stop came between its last commit and its taking the ledger's place.

import { existsSync } from 'node:fs'
import Database from 'better-sqlite3'
import { BUSY_MS, type Connection } from './open.ts'

export interface Finished {
  readonly kept: string
  readonly moot?: readonly { readonly seq: number; readonly why: string }[]
}

/** What a whole new file says in its last entry of this kind, where that agrees with what is known of the former; else null. */
export function finishedFrom(
  path: string,
  kind: 'upgrade' | 'rebuild',
  known: Readonly<Record<string, unknown>>,
): Finished | null {
  if (!existsSync(path)) return null
  let db: Connection | null = null
  try {
    db = new Database(path, { readonly: true, timeout: BUSY_MS })
    const isUnderWay = db.prepare(`SELECT count(*) FROM sqlite_schema WHERE name = 'upgrade'`).pluck().get() !== 0
    if (isUnderWay) return null
    const body = db
      .prepare(`SELECT body FROM entry WHERE event_id IS NULL AND kind = ? ORDER BY seq DESC LIMIT 1`)
      .pluck()
      .get(kind) as string | undefined
    const signed = body === undefined ? null : (JSON.parse(body) as Finished & Record<string, unknown>)
    return signed !== null && Object.entries(known).every(([name, value]) => signed[name] === value) ? signed : null
  } catch {
    // not begun, or not readable as a ledger: it is made anew
    return null
  } finally {
    db?.close()
  }
}
