// The files of an upgrade in a data folder: the ledger, the new one that is written beside it, and the former one that is
// kept. The new one takes the ledger's place in one act of the file system, so that at every instant there is a whole ledger
// under its name. Whether there is room for it is asked before anything is written (A6).

import { createHash } from 'node:crypto'
import {
  chmodSync,
  closeSync,
  constants,
  copyFileSync,
  createReadStream,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  renameSync,
  statfsSync,
  statSync,
} from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { StoreError } from '../trouble.ts'
import { ledgerBytes } from './former.ts'
import { asTrouble, BUSY_MS, type Connection, LEDGER_FILE } from './open.ts'
import { FILE_MODE } from './private.ts'

/**
 * Bytes that the new file is given for each of the former's, and beside them for its log. Measured: 1.04 for a million cases of
 * format 1, which has no steps.
 */
const SHARE = 1.5
const LOG = 256 * 1024 * 1024
const LEAST = 16 * 1024 * 1024

/** Bytes that the disk must have free for a ledger of so many. */
const bytesNeeded = (ledger: number): number => SHARE * ledger + Math.min(LOG, ledger) + LEAST

export interface UpgradeFiles {
  readonly ledger: string
  readonly rewritten: string
}

export const upgradeFiles = (folder: string): UpgradeFiles => ({
  ledger: join(folder, LEDGER_FILE.name),
  rewritten: join(folder, 'ledger.upgrade.sqlite'),
})

/** Free bytes of a folder's disk, for whoever may write there. */
export type FreeBytes = (folder: string) => number

export const freeBytes: FreeBytes = (folder) => {
  const { bavail, bsize } = statfsSync(folder)
  return bavail * bsize
}

/** Throws StoreError `upgrade_no_room` where the disk has no room for the new file beside the former one. */
export function needRoom(folder: string, free: FreeBytes): void {
  const { ledger, rewritten } = upgradeFiles(folder)
  const needed = bytesNeeded(ledgerBytes(ledger)) - ledgerBytes(rewritten)
  const has = free(folder)
  if (has >= needed) return
  const megabytes = (bytes: number): number => Math.ceil(bytes / 1024 / 1024)
  throw new StoreError(
    'upgrade_no_room',
    `Upgrading ${ledger} needs ${megabytes(needed)} MB on its disk, and ${megabytes(has)} MB are free. Nothing was begun; the ledger is as it was.`,
  )
}

/** Brings the log of a former ledger into its one file. Throws StoreError `upgrade_busy` while somebody reads it. */
export function settleLog(ledger: string): void {
  let db: Connection | null = null
  try {
    db = new Database(ledger, { timeout: BUSY_MS })
    const [{ busy } = { busy: 0 }] = db.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[]
    if (busy !== 0)
      throw new StoreError('upgrade_busy', `${ledger} is read by another process; end it and start again.`)
  } catch (error) {
    throw asTrouble(error, ledger)
  } finally {
    db?.close()
  }
}

/** SHA-256 of a file, in hex. */
export async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const piece of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(piece as Buffer)
  return hash.digest('hex')
}

/** The name under which the former ledger is kept: one that is free. */
export function keptName(folder: string, what: string): string {
  for (let n = 1; ; n++) {
    const name = `ledger.${what}${n === 1 ? '' : `.${n}`}.sqlite`
    if (!existsSync(join(folder, name))) return name
  }
}

function syncFolder(folder: string): void {
  const fd = openSync(folder, 'r')
  try {
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
}

const isSameFile = (a: string, b: string): boolean => {
  const [x, y] = [statSync(a, { throwIfNoEntry: false }), statSync(b, { throwIfNoEntry: false })]
  return x !== undefined && y !== undefined && x.ino === y.ino && x.dev === y.dev
}

/** The same file under a second name; where the file system knows no such thing, a copy. */
function keepAs(ledger: string, keep: string): void {
  if (isSameFile(ledger, keep)) return
  try {
    linkSync(ledger, keep)
  } catch {
    copyFileSync(ledger, keep, constants.COPYFILE_FICLONE)
  }
}

/** Keeps the former ledger under its name and puts the new one in its place. Can be done again after a stop at any instant. */
export function swap(folder: string, kept: string): void {
  const { ledger, rewritten } = upgradeFiles(folder)
  const keep = join(folder, kept)
  try {
    keepAs(ledger, keep)
    chmodSync(keep, FILE_MODE)
    syncFolder(folder)
    renameSync(rewritten, ledger)
    syncFolder(folder)
  } catch (error) {
    throw asTrouble(error, ledger)
  }
}
