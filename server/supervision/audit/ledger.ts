// The whole audit of a ledger's file (M7, A4): the recount of each case from its facts, which knows nothing of how the rows
// were made, and the replay of every step, which leaves no column unread. Both are told of one unchanging state of the file;
// but steps never change, so that they are taken beforehand, a little at a time: whoever holds one state for long holds the
// writer's log. What cannot be read is a finding as well, with the place where it stopped.

import { join } from 'node:path'
import { type Frozen, openFrozen } from '../../store/sqlite/frozen.ts'
import { isNoRoom, LEDGER_FILE } from '../../store/sqlite/open.ts'
import { openScratch } from '../../store/sqlite/scratch.ts'
import { StoreError } from '../../store/trouble.ts'
import { type AuditReport, auditStore } from '../audit.ts'
import { type OpenReplay, openReplay, type ReplayReport } from './replay.ts'

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

/** Real ms for which one state is held while steps are taken beforehand. */
const SPAN_MS = 5_000

/** Takes the steps that are there now, each span of time on a state of its own. */
const followSteps = async (
  folder: string,
  replay: OpenReplay,
  onCommits?: (commits: number) => void,
): Promise<void> => {
  for (let isLeft = true; isLeft; ) {
    const frozen = openFrozen(folder)
    const end = performance.now() + SPAN_MS
    try {
      isLeft = await replay.follow(frozen, () => performance.now() < end, onCommits)
    } finally {
      frozen.close()
    }
  }
}

/** What an audit tells of what cannot be read; want of room and the like are thrown. */
const partOf =
  (folder: string, unreadable: string[]) =>
  async <T>(name: string, read: () => Promise<T>): Promise<T | null> => {
    try {
      return await read()
    } catch (error) {
      if (!isDamage(error, folder)) throw error
      unreadable.push(`${name}: ${error instanceof Error ? error.message : String(error)}`)
      return null
    }
  }

const auditOn = async (
  frozen: Frozen,
  part: ReturnType<typeof partOf>,
  { replay, onCases, onCommits }: LedgerAuditOptions & { readonly replay: OpenReplay | null },
): Promise<Pick<LedgerAudit, 'recount' | 'replay'>> => {
  const { records } = frozen
  const asked = onCases === undefined ? { records } : { records, onProgress: onCases }
  const recount = await part('recount', () => auditStore(asked))
  const replayed = replay === null ? null : await part('replay', () => replay.catchUp(frozen, onCommits))
  return { recount, replay: replayed }
}

export const auditLedger = async (folder: string, options: LedgerAuditOptions = {}): Promise<LedgerAudit> => {
  const unreadable: string[] = []
  const found = openTo(folder, unreadable)
  if (found === null) return { recount: null, replay: null, unreadable, count: unreadable.length }
  found.close()
  const part = partOf(folder, unreadable)
  const scratch = options.quick === true ? null : openScratch()
  try {
    let replay = scratch === null ? null : openReplay(scratch)
    const ahead = replay
    if (
      ahead !== null &&
      (await part('replay', async () => followSteps(folder, ahead, options.onCommits).then(() => true))) === null
    )
      replay = null
    const frozen = openFrozen(folder)
    try {
      const { recount, replay: replayed } = await auditOn(frozen, part, { ...options, replay })
      const count = (recount?.count ?? 0) + (replayed?.count ?? 0) + unreadable.length
      return { recount, replay: replayed, unreadable, count }
    } finally {
      frozen.close()
    }
  } finally {
    scratch?.close()
  }
}
