// A ledger that an earlier engine wrote, rebuilt (A4, J6): its steps taken again by this one into a new file, entries, links and
// tree taken over to the byte, everything derived made anew. So the chain goes on unbroken, a checkpoint kept elsewhere holds,
// and a replay can prove every table again. What is due or of another law at the end is judged in further steps; the last
// entry says up to which commit the steps were taken again. The file as it was is kept.

import { ENGINE_VERSION } from '../../core/case/fold.ts'
import { asInstant } from '../../core/time/instant.ts'
import type { Verdict } from '../../evidence/verify.ts'
import { canonicalize } from '../../intake/canonical.ts'
import { type LedgerEngine, ledgerEngine } from '../../store/sqlite/engine.ts'
import { finishedFrom } from '../../store/sqlite/finished.ts'
import { openRecorded } from '../../store/sqlite/frozen.ts'
import { packBatch } from '../../store/sqlite/pack.ts'
import type { Rewrite } from '../../store/sqlite/rewrite.ts'
import { digestOf, freeBytes, keptName, needRoom, settleLog, swap, upgradeFiles } from '../../store/sqlite/swap.ts'
import type { LinkRow } from '../../store/trail.ts'
import { StoreError } from '../../store/trouble.ts'
import { NOTHING_TAKEN, type RetakeFinding, type Retaken, Retaker } from '../audit/retake.ts'
import type { Rebuilt } from '../rebuilt.ts'
import { Unstored } from '../unstored.ts'
import { Fresh } from './fresh.ts'
import { keeper, openNew, type UpgradeOptions, verified } from './work.ts'

export interface RebuiltLedger {
  readonly from: number
  readonly kept: string
  readonly entries: number
}

const PAGE = 200

/** A step that is not what its entries and its law say it is: the ledger was tampered with. */
const refuse =
  (path: string) =>
  (found: RetakeFinding): never => {
    const said = found.what === 'step' ? `commit ${found.commit}: ${found.detail}` : `${found.table} ${found.key}`
    throw new StoreError('upgrade_damaged', `${path} is not what its steps say: ${said}. Nothing was changed.`)
  }

type Open = ReturnType<typeof openRecorded>

const retakeOne = async (retaker: Retaker, recorded: Open, link: LinkRow): Promise<void> => {
  try {
    await retaker.take(recorded, link, true)
  } catch (error) {
    // want of room and damage are told as such
    if (error instanceof StoreError || error instanceof Unstored) throw error
    const said = error instanceof Error ? error.message : String(error)
    throw new StoreError('upgrade_failed', `commit ${link.commit} (${link.step.kind}): ${said}`, error)
  }
}

const retakeInto = async (
  recorded: Open,
  { rewrite, at, ledger, engine }: { rewrite: Rewrite; at: Retaken; ledger: string; engine: LedgerEngine },
  options: UpgradeOptions,
): Promise<void> => {
  const commit: ConstructorParameters<typeof Retaker>[0]['commit'] = async (batch, link) =>
    rewrite.writeCopied(packBatch(batch), link)
  const retaker = new Retaker({ records: rewrite.records, commit }, at, refuse(ledger))
  const keeping = keeper<Retaken>({ rewrite, former: nameOf(engine), of: engine.seq }, options)
  const linksAfter = () => recorded.trail.links(retaker.commits, PAGE)
  for (let page = await linksAfter(); page.length > 0; page = await linksAfter())
    for (const link of page) {
      await retakeOne(retaker, recorded, link)
      keeping.done({ commits: retaker.commits, refused: retaker.refused })
    }
  keeping.keep({ commits: retaker.commits, refused: retaker.refused })
}

const nameOf = ({ engine, commit, seq, link }: LedgerEngine): string => `engine ${engine}/${commit}/${seq}/${link}`

const rebuildFrom = async (recorded: Open, engine: LedgerEngine, options: UpgradeOptions): Promise<RebuiltLedger> => {
  const { folder, told, onStep } = options
  const { ledger, rewritten } = upgradeFiles(folder)
  const of = engine.seq
  const checked = (entries: number): void => told?.({ phase: 'checking', entries, of })
  const verdict: Verdict = await verified({ path: ledger, trail: recorded.trail }, checked)
  const begun = { former: nameOf(engine), at: NOTHING_TAKEN, copied: ledger }
  const { rewrite, at } = openNew<Retaken>(rewritten, begun)
  try {
    await retakeInto(recorded, { rewrite, at, ledger, engine }, options)
    told?.({ phase: 'finishing', entries: of, of })
    rewrite.copyTree()
    const fresh = new Fresh(rewrite, verdict.hash)
    const kept = keptName(folder, `engine-${engine.engine}`)
    await fresh.told(`${ledger}, its end`, async () => {
      await fresh.judgeStale()
      if (engine.turnedTo !== null) await fresh.turn(asInstant(engine.turnedTo))
      await fresh.deliver()
      const { commit, link } = engine
      const sha256 = await digestOf(ledger)
      const said = { engine: ENGINE_VERSION, from: engine.engine, commit, link, kept, sha256 } satisfies Rebuilt
      await fresh.say({ kind: 'rebuild', by: 'mingjing', body: canonicalize(said) }, options.now())
    })
    onStep?.('settled')
    recorded.close()
    rewrite.finish()
    onStep?.('finished')
    swap(folder, kept)
    onStep?.('swapped')
    return { from: engine.engine, kept, entries: of }
  } finally {
    rewrite.close()
  }
}

/** The engine of a ledger of the present format that is not this one; null: there is none. Throws StoreError `store_engine`. */
export const otherEngine = (folder: string): LedgerEngine | null => {
  const found = ledgerEngine(folder)
  if (found === null || found.engine === ENGINE_VERSION) return null
  if (found.engine < ENGINE_VERSION) return found
  throw new StoreError(
    'store_engine',
    `The ledger in ${folder} was judged by a newer Mingjing (engine ${found.engine}, this one ${ENGINE_VERSION}). It was left alone.`,
  )
}

/**
 * Rebuilds the ledger of a folder, whose writer's lock the caller holds; null: this engine wrote it. Throws StoreError as an
 * upgrade does, and `store_engine`; the ledger is then as it was.
 */
export const rebuildLedger = async (options: UpgradeOptions): Promise<RebuiltLedger | null> => {
  const { folder, free = freeBytes } = options
  const engine = otherEngine(folder)
  if (engine === null) return null
  const { ledger, rewritten } = upgradeFiles(folder)
  const finished = finishedFrom(rewritten, 'rebuild', { engine: ENGINE_VERSION, link: engine.link })
  if (finished !== null) {
    swap(folder, finished.kept)
    return { from: engine.engine, kept: finished.kept, entries: engine.seq }
  }
  needRoom(folder, free)
  settleLog(ledger)
  const recorded = openRecorded(ledger)
  try {
    return await rebuildFrom(recorded, engine, options)
  } finally {
    recorded.close()
  }
}
