// What an upgrade and a rebuild have in common (A4, A6): how they are asked for, the former ledger verified, the new file that is
// gone on with or begun anew, and what they say of how far they are.

import { ENGINE_VERSION } from '../../core/case/fold.ts'
import type { Instant } from '../../core/time/instant.ts'
import { type Format, type TrailPages, type Verdict, verifyStore } from '../../evidence/verify.ts'
import { dropRewrite, openRewrite, type Rewrite } from '../../store/sqlite/rewrite.ts'
import type { FreeBytes } from '../../store/sqlite/swap.ts'
import { StoreError } from '../../store/trouble.ts'

export interface UpgradeTold {
  readonly phase: 'checking' | 'replaying' | 'finishing'
  /** Entries done, of so many. */
  readonly entries: number
  readonly of: number
}

export type UpgradeStep = 'item' | 'settled' | 'finished' | 'swapped'

export interface UpgradeOptions {
  readonly folder: string
  /** The instant of the upgrade; it is never before the last one of the ledger. */
  readonly now: () => Instant
  readonly told?: (told: UpgradeTold) => void
  /** Free bytes of the folder's disk. */
  readonly free?: FreeBytes
  /** Entries and items after which what was done is kept, so that a stop does not lose it. */
  readonly keepEvery?: { readonly entries: number; readonly items: number }
  /** Hears after each item, and between the acts at the end: a stop may come at any of these. */
  readonly onStep?: (step: UpgradeStep) => void
}

const KEEP_EVERY = { entries: 20_000, items: 2_000 }

export const verified = async (
  { path, trail }: { readonly path: string; readonly trail: TrailPages },
  told: (entries: number) => void,
  format?: Format,
): Promise<Verdict> => {
  const verdict = await verifyStore(trail, { onProgress: told }, format)
  const [found] = verdict.findings
  if (found === undefined) return verdict
  throw new StoreError(
    'upgrade_damaged',
    `${path} is not as it was sealed: ${found.kind}, entry ${found.seq} (${found.detail}); ${verdict.count} findings. Nothing was changed: put it back from a backup.`,
  )
}

/** What is kept with the new file: which ledger it is made from, by which engine, and how far. */
export interface Mark<At> {
  readonly former: string
  readonly engine: number
  readonly at: At
}

/** What lies there; null: nothing that can be gone on with. */
const reopened = (path: string, copied: string | null): Rewrite | null => {
  try {
    return openRewrite(path, copied)
  } catch (error) {
    if (error instanceof StoreError && error.code === 'store_full') throw error
    return null
  }
}

/** The file to go on with: of the same ledger and engine, else a new one that begins at `at`. */
export const openNew = <At>(
  path: string,
  { former, at, copied = null }: { readonly former: string; readonly at: At; readonly copied?: string | null },
): { rewrite: Rewrite; at: At } => {
  const rewrite = reopened(path, copied)
  const said = rewrite?.mark() ?? null
  const mark = said === null ? null : (JSON.parse(said) as Mark<At>)
  if (rewrite !== null && mark !== null && mark.former === former && mark.engine === ENGINE_VERSION)
    return { rewrite, at: mark.at }
  rewrite?.close()
  dropRewrite(path)
  return { rewrite: openRewrite(path, copied), at }
}

/** Keeps what was done whenever enough was. */
export const keeper = <At>(
  { rewrite, former, of }: { readonly rewrite: Rewrite; readonly former: string; readonly of: number },
  { told, keepEvery = KEEP_EVERY, onStep }: UpgradeOptions,
): { done(at: At): void; keep(at: At): void } => {
  let kept = { seq: rewrite.seq, items: 0 }
  const keep = (at: At): void => {
    rewrite.keep(JSON.stringify({ former, engine: ENGINE_VERSION, at } satisfies Mark<At>))
    kept = { seq: rewrite.seq, items: 0 }
    told?.({ phase: 'replaying', entries: rewrite.seq, of })
  }
  return {
    keep,
    done(at) {
      kept.items += 1
      if (rewrite.seq - kept.seq >= keepEvery.entries || kept.items >= keepEvery.items) keep(at)
      onStep?.('item')
    },
  }
}
