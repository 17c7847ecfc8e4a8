// The whole audit of a ledger's file (M7, A4): the recount of each case from its facts, which knows nothing of how the rows
// were made, and the replay of every step, which leaves no column unread. Both on one unchanging state of the file.

import { openFrozen } from '../../store/sqlite/frozen.ts'
import { type AuditReport, auditStore } from '../audit.ts'
import { type ReplayReport, replayLedger } from './replay.ts'

export interface LedgerAudit {
  readonly recount: AuditReport
  /** null: only the recount was asked for. */
  readonly replay: ReplayReport | null
  readonly count: number
}

export interface LedgerAuditOptions {
  /** The recount alone. */
  readonly quick?: boolean
  readonly onCases?: (cases: number) => void
  readonly onCommits?: (commits: number) => void
}

export const auditLedger = async (folder: string, options: LedgerAuditOptions = {}): Promise<LedgerAudit> => {
  const { quick = false, onCases, onCommits } = options
  const frozen = openFrozen(folder)
  try {
    const recount = await auditStore({
      records: frozen.records,
      ...(onCases === undefined ? {} : { onProgress: onCases }),
    })
    const replay = quick ? null : await replayLedger(frozen, onCommits)
    return { recount, replay, count: recount.count + (replay?.count ?? 0) }
  } finally {
    frozen.close()
  }
}
