// A ledger of a former format brought into the present one (A4, A6): verified as it was sealed, its entries replayed into a new
// file beside it, and the new one put in its place; the former one is kept. A stop at any instant is gone on from. The new
// chain begins anew; its last entry says which ledger it was made from, with the link and root that end that one and the
// digest of the kept file.

import { ENGINE_VERSION } from '../../core/case/fold.ts'
import type { Instant } from '../../core/time/instant.ts'
import { hex } from '../../evidence/digest.ts'
import { FORMAT_1 } from '../../evidence/former.ts'
import { type Verdict, verifyStore } from '../../evidence/verify.ts'
import { canonicalize } from '../../intake/canonical.ts'
import { finishedFrom } from '../../store/sqlite/finished.ts'
import { type Former, ledgerVersion, openFormer } from '../../store/sqlite/former.ts'
import { formerFormat } from '../../store/sqlite/open.ts'
import { dropRewrite, openRewrite, type Rewrite } from '../../store/sqlite/rewrite.ts'
import { digestOf, freeBytes, keptName, needRoom, settleLog, swap, upgradeFiles } from '../../store/sqlite/swap.ts'
import { StoreError } from '../../store/trouble.ts'
import { BEGINNING, type Place, timelineOf } from './timeline.ts'
import { type Moot, Walk } from './walk.ts'

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
  readonly free?: (folder: string) => number
  /** Entries and items after which what was done is kept, so that a stop does not lose it. */
  readonly keepEvery?: { readonly entries: number; readonly items: number }
  /** Hears after each item, and between the acts at the end: a stop may come at any of these. */
  readonly onStep?: (step: UpgradeStep) => void
}

export interface Upgraded {
  readonly format: number
  /** Name of the former ledger in the folder. */
  readonly kept: string
  readonly entries: number
  /** Entries of people of which nothing came any more. */
  readonly moot: readonly Moot[]
}

interface Mark {
  readonly former: string
  readonly engine: number
  readonly place: Place
  readonly moot: readonly Moot[]
}

const KEEP_EVERY = { entries: 20_000, items: 2_000 }

const nameOf = ({ format, stand }: Former): string => `${format}/${stand.commit}/${stand.seq}/${hex(stand.link)}`

const verified = async (former: Former, told: (entries: number) => void): Promise<Verdict> => {
  const verdict = await verifyStore(former.trail, { onProgress: told }, former.format === 1 ? FORMAT_1 : undefined)
  const [found] = verdict.findings
  if (found === undefined) return verdict
  throw new StoreError(
    'upgrade_damaged',
    `${former.path} is not as it was sealed: ${found.kind}, entry ${found.seq} (${found.detail}); ${verdict.count} findings. Nothing was changed: put it back from a backup.`,
  )
}

/** What lies there; null: nothing that can be gone on with. */
const reopened = (path: string): Rewrite | null => {
  try {
    return openRewrite(path)
  } catch (error) {
    if (error instanceof StoreError && error.code === 'store_full') throw error
    return null
  }
}

/** The file to go on with: of the same ledger and engine, else a new one. */
const openNew = (path: string, former: Former): { rewrite: Rewrite; mark: Mark } => {
  const fresh: Mark = { former: nameOf(former), engine: ENGINE_VERSION, place: BEGINNING, moot: [] }
  const rewrite = reopened(path)
  const said = rewrite?.mark() ?? null
  const mark = said === null ? null : (JSON.parse(said) as Mark)
  if (rewrite !== null && mark !== null && mark.former === fresh.former && mark.engine === fresh.engine)
    return { rewrite, mark }
  rewrite?.close()
  dropRewrite(path)
  return { rewrite: openRewrite(path), mark: fresh }
}

const replayInto = async (
  former: Former,
  { rewrite, mark, verdict }: { rewrite: Rewrite; mark: Mark; verdict: Verdict },
  { told, keepEvery = KEEP_EVERY, onStep }: UpgradeOptions,
): Promise<Walk> => {
  const walk = new Walk({ former, rewrite, hash: verdict.hash }, { refused: mark.place.refused, moot: mark.moot })
  let kept = { seq: rewrite.seq, items: 0 }
  let { place } = mark
  const keep = (): void => {
    rewrite.keep(JSON.stringify({ ...mark, place, moot: walk.moot }))
    kept = { seq: rewrite.seq, items: 0 }
    told?.({ phase: 'replaying', entries: rewrite.seq, of: former.stand.seq })
  }
  for await (const item of timelineOf(former, place)) {
    await walk.take(item)
    place = item.after
    kept.items += 1
    if (rewrite.seq - kept.seq >= keepEvery.entries || kept.items >= keepEvery.items) keep()
    onStep?.('item')
  }
  await walk.end(former.stand.turnedTo)
  keep()
  return walk
}

/** What the last entry of an upgraded ledger says. */
const signature = (
  former: Former,
  verdict: Verdict,
  kept: string,
  more: { sha256: string; moot: readonly Moot[] },
) => ({
  format: former.format,
  engine: ENGINE_VERSION,
  commit: former.stand.commit,
  entries: former.stand.seq,
  link: hex(former.stand.link),
  root: hex(verdict.root),
  kept,
  ...more,
})

const upgradeFrom = async (former: Former, options: UpgradeOptions): Promise<Upgraded> => {
  const { folder, told, onStep } = options
  const { ledger, rewritten } = upgradeFiles(folder)
  const { format, stand } = former
  const of = stand.seq
  const finished = finishedFrom(rewritten, { format, link: hex(stand.link) })
  if (finished !== null) {
    swap(folder, finished.kept)
    return { format, entries: of, kept: finished.kept, moot: finished.moot }
  }
  const verdict = await verified(former, (entries) => told?.({ phase: 'checking', entries, of }))
  const { rewrite, mark } = openNew(rewritten, former)
  try {
    const walk = await replayInto(former, { rewrite, mark, verdict }, options)
    told?.({ phase: 'finishing', entries: of, of })
    former.close()
    settleLog(ledger)
    onStep?.('settled')
    const kept = keptName(folder, `format-${format}`)
    const said = signature(former, verdict, kept, { sha256: await digestOf(ledger), moot: walk.moot })
    await walk.sign(options.now(), canonicalize(said))
    rewrite.finish()
    onStep?.('finished')
    swap(folder, kept)
    onStep?.('swapped')
    return { format, entries: of, kept, moot: walk.moot }
  } finally {
    rewrite.close()
  }
}

/** Whether the ledger of a folder is to be upgraded before anything is written. */
export const needsUpgrade = (folder: string): boolean => {
  const version = ledgerVersion(folder)
  return version !== null && formerFormat(version) !== null
}

/**
 * Upgrades the ledger of a folder, whose writer's lock the caller holds; null: there is nothing to upgrade. Throws StoreError:
 * upgrade_no_room, upgrade_damaged, upgrade_busy, upgrade_failed, store_full; the ledger is then as it was.
 */
export const upgradeLedger = async (options: UpgradeOptions): Promise<Upgraded | null> => {
  const { folder, free = freeBytes } = options
  if (!needsUpgrade(folder)) return null
  needRoom(folder, free)
  const former = openFormer(upgradeFiles(folder).ledger)
  try {
    return await upgradeFrom(former, options)
  } finally {
    former.close()
  }
}
