// By which engine a ledger of the present format was judged: that of its last rebuild, else of its first commit, for engines only
// grow. Read without opening it for anything else, whatever its derived tables look like.

import { join } from 'node:path'
import Database from 'better-sqlite3'
import { ledgerVersion } from './former.ts'
import { asTrouble, BUSY_MS, type Connection, formerFormat, LEDGER_FILE } from './open.ts'

export interface LedgerEngine {
  readonly engine: number
  /** Where it ends. */
  readonly commit: number
  readonly seq: number
  /** In hex. */
  readonly link: string
  readonly turnedTo: number | null
}

const REBUILT = `SELECT body FROM entry WHERE event_id IS NULL AND kind = 'rebuild' ORDER BY seq DESC LIMIT 1`
const FIRST = 'SELECT engine FROM commit_link ORDER BY commit_no LIMIT 1'
const STAND = 'SELECT commit_no AS "commit", seq, hex(link) AS link, turned_to AS turnedTo FROM stand'

/** null: there is no ledger of this format, or nothing in it. */
export function ledgerEngine(folder: string): LedgerEngine | null {
  const version = ledgerVersion(folder)
  const isPresent =
    version !== null && version > LEDGER_FILE.base && version <= LEDGER_FILE.base + LEDGER_FILE.steps.length
  if (!isPresent || formerFormat(version) !== null) return null
  const path = join(folder, LEDGER_FILE.name)
  let db: Connection | null = null
  try {
    db = new Database(path, { readonly: true, timeout: BUSY_MS })
    const rebuilt = db.prepare(REBUILT).pluck().get() as string | undefined
    const first = db.prepare(FIRST).pluck().get() as number | undefined
    const engine = rebuilt === undefined ? first : (JSON.parse(rebuilt) as { engine: number }).engine
    if (engine === undefined) return null
    const stand = db.prepare(STAND).get() as Omit<LedgerEngine, 'engine'>
    return { ...stand, engine, link: stand.link.toLowerCase() }
  } catch (error) {
    throw asTrouble(error, path)
  } finally {
    db?.close()
  }
}
