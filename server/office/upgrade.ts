// A data folder whose ledger is of a former format, brought up before anything is written there: at the start of a server and
// by a command of its own. The writer's lock is held throughout, so that two never do it at once (A6).

import type { Instant } from '../core/time/instant.ts'
import { takeWriterLock } from '../store/sqlite/lock.ts'
import { StoreError } from '../store/trouble.ts'
import { needsUpgrade, type Upgraded, type UpgradeTold, upgradeLedger } from '../supervision/upgrade/upgrade.ts'

export type { Upgraded, UpgradeTold } from '../supervision/upgrade/upgrade.ts'

export interface BringUp {
  readonly now: () => Instant
  /** Hears how far it is; absent: nobody looks. */
  readonly told?: (told: UpgradeTold) => void
}

const lockOf = (folder: string): ReturnType<typeof takeWriterLock> => {
  try {
    return takeWriterLock(folder)
  } catch (error) {
    if (!(error instanceof StoreError) || error.code !== 'writer_locked') throw error
    throw new StoreError('upgrade_running', `Another Mingjing is upgrading the ledger in ${folder}.`, error)
  }
}

/** Brings a folder's ledger up; null: it is of the present format, or there is none. Throws StoreError, the ledger as it was. */
export const bringUp = async (folder: string, { now, told }: BringUp): Promise<Upgraded | null> => {
  if (!needsUpgrade(folder)) return null
  const lock = lockOf(folder)
  try {
    return await upgradeLedger({ folder, now, ...(told === undefined ? {} : { told }) })
  } finally {
    lock.release()
  }
}
