// A data folder that no server runs on, opened for one act: a supervisor with the writer's lock, or the keys with it (A6).

import type { KeyStore } from '../store/keys.ts'
import { openKeys } from '../store/sqlite/keys.ts'
import { takeWriterLock } from '../store/sqlite/lock.ts'
import { beginLedger } from '../store/sqlite/open.ts'
import { openRecords } from '../store/sqlite/records.ts'
import { StoreError } from '../store/trouble.ts'
import type { Clock } from '../supervision/clock.ts'
import { DEFAULT_LIMITS } from '../supervision/limits.ts'
import { openSupervisor, type Supervisor } from '../supervision/supervisor.ts'
import { openThreads } from '../supervision/threads.ts'
import { needsBringingUp } from './upgrade.ts'

/** A supervisor on a folder that no server runs on. Throws StoreError where one does, or nothing can be opened. */
export const openAlone = async (folder: string, clock: Clock): Promise<Supervisor> => {
  if (needsBringingUp(folder))
    throw new StoreError(
      'store_version',
      `The ledger in ${folder} was written by an earlier Mingjing; mingjing serve or mingjing upgrade brings it up.`,
    )
  const { ledger, reader } = await openThreads(folder, () => undefined)
  await reader.close()
  const records = openRecords(folder)
  return openSupervisor({ ledger, records, clock, limits: DEFAULT_LIMITS, onBroken: () => undefined })
}

/** Does something with the keys of a folder while nobody else writes there. */
export const withKeysAlone = async <T>(folder: string, does: (keys: KeyStore) => Promise<T>): Promise<T> => {
  const lock = takeWriterLock(folder)
  try {
    // keys are given for a ledger: it is there before the first of them (A6)
    beginLedger(folder)
    const keys = openKeys(folder)
    try {
      return await does(keys)
    } finally {
      await keys.close()
    }
  } finally {
    lock.release()
  }
}
