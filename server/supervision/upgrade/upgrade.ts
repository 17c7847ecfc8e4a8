// A ledger of a former format brought into the present one (A4, A6): verified as it was sealed, its entries replayed into a new
// file beside it, and the new one put in its place; the former one is kept. A stop at any instant is gone on from. The new
// chain begins anew; its last entry says which ledger it was made from, with the link and root that end that one and the
// digest of the kept file.

import { ENGINE_VERSION } from '../../core/case/fold.ts'
import { hex } from '../../evidence/digest.ts'
import { FORMAT_1 } from '../../evidence/former.ts'
import type { Verdict } from '../../evidence/verify.ts'
import { canonicalize } from '../../intake/canonical.ts'
import { finishedFrom } from '../../store/sqlite/finished.ts'
import { type Former, ledgerVersion, openFormer } from '../../store/sqlite/former.ts'
import { formerFormat } from '../../store/sqlite/open.ts'
import type { Rewrite } from '../../store/sqlite/rewrite.ts'
import { digestOf, freeBytes, keptName, needRoom, settleLog, swap, upgradeFiles } from '../../store/sqlite/swap.ts'
import { Fresh } from './fresh.ts'
import { BEGINNING, type Place, timelineOf } from './timeline.ts'
import { type Moot, Walk } from './walk.ts'
import { keeper, openNew, type UpgradeOptions, verified } from './work.ts'

export interface Upgraded {
  readonly format: number
  /** Name of the former ledger in the folder. */
  readonly kept: string
  readonly entries: number
  /** Entries of people of which nothing came any more. */
  readonly moot: readonly Moot[]
}

interface At {
  readonly place: Place
  readonly moot: readonly Moot[]
}

const nameOf = ({ format, stand }: Former): string => `${format}/${stand.commit}/${stand.seq}/${hex(stand.link)}`

const replayInto = async (
  former: Former,
  { rewrite, at, fresh }: { rewrite: Rewrite; at: At; fresh: Fresh },
  options: UpgradeOptions,
): Promise<readonly Moot[]> => {
  const walk = new Walk({ former, rewrite, fresh }, { refused: at.place.refused, moot: at.moot })
  const keeping = keeper<At>({ rewrite, former: nameOf(former), of: former.stand.seq }, options)
  let { place } = at
  for await (const item of timelineOf(former, place)) {
    await walk.take(item)
    place = item.after
    keeping.done({ place, moot: walk.moot })
  }
  const { turnedTo } = former.stand
  await fresh.told(`${former.path}, its end`, async () => {
    await fresh.judgeStale()
    if (turnedTo !== null) await fresh.turn(turnedTo)
  })
  keeping.keep({ place, moot: walk.moot })
  return walk.moot
}

/** What the last entry of an upgraded ledger says. */
const signature = (
  former: Former,
  verdict: Verdict,
  more: { kept: string; sha256: string; moot: readonly Moot[] },
) => ({
  format: former.format,
  engine: ENGINE_VERSION,
  commit: former.stand.commit,
  entries: former.stand.seq,
  link: hex(former.stand.link),
  root: hex(verdict.root),
  ...more,
})

const upgradeFrom = async (former: Former, options: UpgradeOptions): Promise<Upgraded> => {
  const { folder, told, onStep } = options
  const { ledger, rewritten } = upgradeFiles(folder)
  const { format, stand } = former
  const of = stand.seq
  const checked = (entries: number): void => told?.({ phase: 'checking', entries, of })
  const verdict = await verified(former, checked, former.format === 1 ? FORMAT_1 : undefined)
  const { rewrite, at } = openNew<At>(rewritten, { former: nameOf(former), at: { place: BEGINNING, moot: [] } })
  try {
    const fresh = new Fresh(rewrite, verdict.hash)
    const moot = await replayInto(former, { rewrite, at, fresh }, options)
    told?.({ phase: 'finishing', entries: of, of })
    former.close()
    settleLog(ledger)
    onStep?.('settled')
    const kept = keptName(folder, `format-${format}`)
    const said = canonicalize(signature(former, verdict, { kept, sha256: await digestOf(ledger), moot }))
    const sign = () => fresh.say({ kind: 'upgrade', by: 'mingjing', body: said }, options.now())
    await fresh.told(`${ledger}, its end`, sign)
    rewrite.finish()
    onStep?.('finished')
    swap(folder, kept)
    onStep?.('swapped')
    return { format, entries: of, kept, moot }
  } finally {
    rewrite.close()
  }
}

/** Whether the ledger of a folder is of a former format. */
export const isOfFormerFormat = (folder: string): boolean => {
  const version = ledgerVersion(folder)
  return version !== null && formerFormat(version) !== null
}

/**
 * Upgrades the ledger of a folder, whose writer's lock the caller holds; null: there is nothing to upgrade. Throws StoreError:
 * upgrade_no_room, upgrade_damaged, upgrade_busy, upgrade_failed, store_full; the ledger is then as it was.
 */
export const upgradeLedger = async (options: UpgradeOptions): Promise<Upgraded | null> => {
  const { folder, free = freeBytes } = options
  if (!isOfFormerFormat(folder)) return null
  const { ledger, rewritten } = upgradeFiles(folder)
  const former = openFormer(ledger)
  try {
    const { format, stand } = former
    const finished = finishedFrom(rewritten, 'upgrade', { format, link: hex(stand.link) })
    if (finished === null) {
      needRoom(folder, free)
      return await upgradeFrom(former, options)
    }
    swap(folder, finished.kept)
    return { format, entries: stand.seq, kept: finished.kept, moot: finished.moot ?? [] }
  } finally {
    former.close()
  }
}
