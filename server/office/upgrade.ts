// A data folder whose ledger is of a former format or engine, brought up before anything is written there: at the start of a
// server and by a command of its own. The writer's lock is held throughout, so that two never do it at once (A6).

import { takeWriterLock } from '../store/sqlite/lock.ts'
import { StoreError } from '../store/trouble.ts'
import { otherEngine, type RebuiltLedger, rebuildLedger } from '../supervision/upgrade/rebuild.ts'
import { isOfFormerFormat, type Upgraded, upgradeLedger } from '../supervision/upgrade/upgrade.ts'
import type { UpgradeOptions } from '../supervision/upgrade/work.ts'

export type { UpgradeTold } from '../supervision/upgrade/work.ts'

export interface BroughtUp {
  /** From a former format; null: it was of the present one. */
  readonly upgraded: Upgraded | null
  /** From an earlier engine; null: it was of this one. */
  readonly rebuilt: RebuiltLedger | null
}

const lockOf = (folder: string): ReturnType<typeof takeWriterLock> => {
  try {
    return takeWriterLock(folder)
  } catch (error) {
    if (!(error instanceof StoreError) || error.code !== 'writer_locked') throw error
    throw new StoreError('upgrade_running', `Another Mingjing is at work on the ledger in ${folder}.`, error)
  }
}

/** Whether the ledger of a folder is of a former format or engine. Throws StoreError where a newer Mingjing wrote it. */
export const needsBringingUp = (folder: string): boolean => isOfFormerFormat(folder) || otherEngine(folder) !== null

/** Brings a folder's ledger up; null: there is nothing to do. Throws StoreError, the ledger as it was. */
export const bringUp = async (
  folder: string,
  asked: Pick<UpgradeOptions, 'now' | 'told'>,
): Promise<BroughtUp | null> => {
  if (!needsBringingUp(folder)) return null
  const lock = lockOf(folder)
  try {
    return { upgraded: await upgradeLedger({ folder, ...asked }), rebuilt: await rebuildLedger({ folder, ...asked }) }
  } finally {
    lock.release()
  }
}
