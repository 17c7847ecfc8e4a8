// The whole audit of a ledger's file (M7, A4): the recount of each case from its facts, which knows nothing of how the rows
// were made, and the replay of every step, which leaves no column unread. Both on one unchanging state of the file. What
// cannot be read is a finding as well, with the place where it stopped.

import { join } from 'node:path'
import { type Frozen, openFrozen } from '../../store/sqlite/frozen.ts'
import { isNoRoom, LEDGER_FILE } from '../../store/sqlite/open.ts'
import { StoreError } from '../../store/trouble.ts'
import { type AuditReport, auditStore } from '../audit.ts'
import { type ReplayReport, replayLedger } from './replay.ts'

export interface LedgerAudit {
  /** null: it could not be read to the end; `unreadable` says why. */
  readonly recount: AuditReport | null
  /** null: it could not be read to the end, or only the recount was asked for. */
  readonly replay: ReplayReport | null
  readonly unreadable: readonly string[]
  readonly count: number
}

export interface LedgerAuditOptions {
  /** The recount alone. */
  readonly quick?: boolean
  readonly onCases?: (cases: number) => void
  readonly onCommits?: (commits: number) => void
}

/** Damage is found and told; that there is nothing to audit, nothing of this format or no room to, is said by who asked. */
const isDamage = (error: unknown, folder: string): boolean =>
  error instanceof StoreError
    ? ['store_corrupt', 'store_broken', 'store_version'].includes(error.code)
    : !isNoRoom(error, join(folder, LEDGER_FILE.name))

const openTo = (folder: string, unreadable: string[]): Frozen | null => {
  try {
    return openFrozen(folder)
  } catch (error) {
    if (!isDamage(error, folder)) throw error
    unreadable.push(error instanceof Error ? error.message : String(error))
    return null
  }
}

export const auditLedger = async (folder: string, options: LedgerAuditOptions = {}): Promise<LedgerAudit> => {
  const { quick = false, onCases, onCommits } = options
  const unreadable: string[] = []
  const frozen = openTo(folder, unreadable)
  if (frozen === null) return { recount: null, replay: null, unreadable, count: unreadable.length }
  const part = async <T>(name: string, read: () => Promise<T>): Promise<T | null> => {
    try {
      return await read()
    } catch (error) {
      if (!isDamage(error, folder)) throw error
      unreadable.push(`${name}: ${error instanceof Error ? error.message : String(error)}`)
      return null
    }
  }
  try {
    const { records } = frozen
    const asked = onCases === undefined ? { records } : { records, onProgress: onCases }
    const recount = await part('recount', () => auditStore(asked))
    const replay = quick ? null : await part('replay', () => replayLedger(frozen, onCommits))
    return { recount, replay, unreadable, count: (recount?.count ?? 0) + (replay?.count ?? 0) + unreadable.length }
  } finally {
    frozen.close()
  }
}
