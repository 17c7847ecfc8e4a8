// A ledger for a replay: written and read on one connection over a temporary file, gone when it is closed. Nothing in it
// is durable and nothing is sealed: its links are blank, for what is replayed is what is derived (A4, M7).

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { Batch, Committed, Records } from '../port.ts'
import type { Sealed } from '../trail.ts'
import { asTrouble, type Connection, LEDGER_FILE, migrate } from './open.ts'
import { type PackedBatch, packBatch } from './pack.ts'
import { recordsOn } from './records.ts'
import { prepareRoller } from './roll.ts'
import { SALT_BYTES } from './write-entries.ts'
import { prepareCommit, readStand, type Stand } from './writer.ts'

const BLANK = new Uint8Array(32)
const NONE = new Uint8Array(0)
const CACHE_MEGABYTES = 64

export interface Scratch {
  readonly ledger: { commit(batch: Batch): Promise<Committed> }
  readonly records: Records
  readonly db: Connection
  /** Rolls sums up to a flow, as the stored ledger has it. */
  rollTo(flow: number): void
  close(): void
}

function unsealed(stand: Stand, batch: PackedBatch): Sealed {
  const count = batch.facts.length + batch.inputs.length
  return {
    hash: '',
    commit: stand.commit + 1,
    firstSeq: stand.seq + 1,
    count,
    prev: BLANK,
    link: BLANK,
    leaves: NONE,
    rejects: NONE,
    salts: new Uint8Array(count * SALT_BYTES),
    tiles: [],
  }
}

function openFile(path: string): Connection {
  const db = new Database(path)
  db.pragma('journal_mode = off')
  db.pragma('synchronous = off')
  db.pragma('locking_mode = exclusive')
  db.pragma(`cache_size = ${-1024 * CACHE_MEGABYTES}`)
  db.pragma('temp_store = memory')
  migrate(db, LEDGER_FILE)
  return db
}

export function openScratch(): Scratch {
  // mkdtemp makes a folder of its owner's alone
  const folder = mkdtempSync(join(tmpdir(), 'mingjing-replay-'))
  try {
    const db = openFile(join(folder, LEDGER_FILE.name))
    // rolled up as far as the ledger that it is compared with
    const run = prepareCommit(db, { mostWaiting: Number.POSITIVE_INFINITY })
    const roller = prepareRoller(db)
    let stand = readStand(db)
    const ledger: Scratch['ledger'] = {
      async commit(batch) {
        try {
          const packed = packBatch(batch)
          const first = stand.seq + 1
          stand = run(stand, packed, unsealed(stand, packed))
          const wrote = stand.seq >= first
          return { commit: stand.commit, firstSeq: wrote ? first : 0, lastSeq: wrote ? stand.seq : 0 }
        } catch (error) {
          throw asTrouble(error, db.name)
        }
      },
    }
    const rollTo = db.transaction((flow: number): void => roller.roll(flow))
    const close = (): void => {
      db.close()
      rmSync(folder, { recursive: true, force: true })
    }
    return { ledger, records: { ...recordsOn(db), close: async () => undefined }, db, rollTo, close }
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    throw error
  }
}
