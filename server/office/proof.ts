// Proving a data folder (A4, M7): that what is sealed stands as it was sealed, and that every derived row equals what its
// facts and steps make it. Reads alone, beside a server or without one: damage is a finding, not a failure.

import type { Finding } from '../evidence/finding.ts'
import { type Verdict, type VerifyOptions, verifyStore } from '../evidence/verify.ts'
import { damageOf, isThere } from '../store/sqlite/integrity.ts'
import { ACCESS_FILE, LEDGER_FILE } from '../store/sqlite/open.ts'
import { openTrail } from '../store/sqlite/trail.ts'
import { auditLedger, type LedgerAudit, type LedgerAuditOptions } from '../supervision/audit/ledger.ts'

export type { LedgerAudit } from '../supervision/audit/ledger.ts'
export type { ReplayFinding } from '../supervision/audit/replay.ts'

const damage = (folder: string): Finding[] =>
  [LEDGER_FILE, ACCESS_FILE]
    .filter((kind) => kind === LEDGER_FILE || isThere(folder, kind))
    .flatMap((kind) => damageOf(folder, kind))
    .map(({ place, said }) => ({ kind: 'file', seq: 0, commit: null, detail: `${place}: ${said}` }))

export interface FolderVerdict {
  readonly findings: readonly Finding[]
  readonly count: number
  /** null: the ledger could not be opened at all. */
  readonly verdict: Verdict | null
}

/** Verifies both files of a data folder. Throws StoreError only where there is nothing to verify. */
export const verifyFolder = async (folder: string, asked: VerifyOptions = {}): Promise<FolderVerdict> => {
  const damaged = damage(folder)
  let trail: ReturnType<typeof openTrail>
  try {
    trail = openTrail(folder)
  } catch (error) {
    if (damaged.length === 0) throw error
    return { findings: damaged, count: damaged.length, verdict: null }
  }
  try {
    const verdict = await verifyStore(trail, asked)
    return { findings: [...damaged, ...verdict.findings], count: damaged.length + verdict.count, verdict }
  } finally {
    await trail.close()
  }
}

/** Audits a data folder on one state of it. Throws StoreError only where there is nothing to audit. */
export const auditFolder = (folder: string, asked: LedgerAuditOptions = {}): Promise<LedgerAudit> =>
  auditLedger(folder, asked)
