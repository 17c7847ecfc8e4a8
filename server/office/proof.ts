// Proving a data folder (A4, M7): that what is sealed stands as it was sealed, and that every derived row equals what its
// facts and steps make it. Reads alone, beside a server or without one: damage is a finding, not a failure.

import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Finding } from '../evidence/finding.ts'
import { type Verdict, type VerifyOptions, verifyStore } from '../evidence/verify.ts'
import { damageOf, isThere } from '../store/sqlite/integrity.ts'
import { ACCESS_FILE, isNoRoom, LEDGER_FILE } from '../store/sqlite/open.ts'
import { openTrail } from '../store/sqlite/trail.ts'
import { StoreError } from '../store/trouble.ts'
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

/** Want of room is no finding: what could not be read is neither damaged nor sound (A6). */
const checking = async <T>(folder: string, check: () => Promise<T>): Promise<T> => {
  try {
    return await check()
  } catch (error) {
    const isFull = error instanceof StoreError && error.code === 'store_full'
    if (!isFull && !isNoRoom(error, join(folder, LEDGER_FILE.name))) throw error
    throw new StoreError(
      'check_no_room',
      `There is no room on the disk of ${folder}, or where temporary files lie (${tmpdir()}), for what checking writes. Nothing was checked and nothing is said of the ledger: make room and check again.`,
      error,
    )
  }
}

const verifyBoth = async (folder: string, asked: VerifyOptions): Promise<FolderVerdict> => {
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

/** Verifies both files of a data folder. Throws StoreError only where there is nothing to verify, or no room to. */
export const verifyFolder = (folder: string, asked: VerifyOptions = {}): Promise<FolderVerdict> =>
  checking(folder, () => verifyBoth(folder, asked))

/** Audits a data folder on one state of it. Throws StoreError only where there is nothing to audit, or no room to. */
export const auditFolder = (folder: string, asked: LedgerAuditOptions = {}): Promise<LedgerAudit> =>
  checking(folder, () => auditLedger(folder, asked))
