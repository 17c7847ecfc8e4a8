// A line over the new file of an upgrade or a rebuild, sealed as it goes: what it commits is a step of today. Its clock is set by
// who walks; turns and a new law are taken in full when they are asked for. Rules: A4, J4, J6.

import { randomBytes } from 'node:crypto'
import { ENGINE_VERSION } from '../../core/case/fold.ts'
import { asInstant, type Instant } from '../../core/time/instant.ts'
import type { HashName } from '../../evidence/digest.ts'
import { SALT_BYTES } from '../../evidence/entry.ts'
import { sealBatch } from '../../evidence/seal.ts'
import type { QuarantineSteps } from '../../store/held.ts'
import { ownLease } from '../../store/lease.ts'
import type { Batch, InputRow, Ledger } from '../../store/port.ts'
import { type PackedBatch, packBatch } from '../../store/sqlite/pack.ts'
import type { Rewrite } from '../../store/sqlite/rewrite.ts'
import { StoreError } from '../../store/trouble.ts'
import { takeSlice, takeSubjects, takeTurns } from '../afresh.ts'
import { handClock } from '../clock.ts'
import { judgeDelivered } from '../delivered.ts'
import { DEFAULT_LIMITS } from '../limits.ts'
import { type Line, NO_BOUND, openLine } from '../line.ts'

/** Cases judged in one commit. */
const CASES = 1_000

/** What of the next batch no entry of its step says. */
export type Filled = Pick<Batch, 'quarantine'> & { readonly steps: Pick<QuarantineSteps, 'gone' | 'resolved'> }

const withFilled = (batch: Batch, { quarantine, steps }: Filled): Batch => ({
  ...batch,
  quarantine: [...batch.quarantine, ...quarantine],
  quarantineSteps: { ...batch.quarantineSteps, ...steps },
})

export class Fresh {
  readonly clock = handClock(asInstant(0))
  /** For the next batch. */
  filled: Filled | null = null
  /** Of the facts that are taken: theirs are kept. */
  salts: readonly (Uint8Array | null)[] = []
  /** A law is in force under which not every case is judged yet. */
  isStale = true
  readonly #rewrite: Rewrite
  readonly #hash: HashName
  #tip: ReturnType<Rewrite['tip']>
  #line: Line | null = null
  /** What a commit met: the line tells it in its own words. */
  #trouble: unknown = null

  constructor(rewrite: Rewrite, hash: HashName) {
    this.#rewrite = rewrite
    this.#hash = hash
    this.#tip = rewrite.tip()
  }

  #saltsOf({ facts, inputs }: PackedBatch): Uint8Array {
    const salts = new Uint8Array((facts.length + inputs.length) * SALT_BYTES)
    for (const [i, { personal }] of facts.entries())
      if (personal !== null) salts.set(this.salts[i] ?? randomBytes(SALT_BYTES), i * SALT_BYTES)
    return salts
  }

  #ledger(): Ledger {
    return {
      lease: ownLease,
      commit: async (batch) => {
        try {
          const packed = packBatch(this.filled === null ? batch : withFilled(batch, this.filled))
          this.filled = null
          const { sealed, tip } = sealBatch(packed, this.#tip, this.#hash, this.#saltsOf(packed))
          const committed = this.#rewrite.write(packed, sealed)
          this.#tip = tip
          return committed
        } catch (error) {
          this.#trouble = error
          throw error
        }
      },
      close: async () => undefined,
    }
  }

  async line(): Promise<Line> {
    const parts = { ledger: this.#ledger(), records: this.#rewrite.records, clock: this.clock }
    this.#line ??= await openLine({ ...parts, cachedCases: DEFAULT_LIMITS.cachedCases, factBound: NO_BOUND })
    return this.#line
  }

  /** Judges every case that another law or engine judged. */
  async judgeStale(): Promise<void> {
    if (!this.isStale) return
    const line = await this.line()
    for (let after = ''; ; ) {
      const rows = await line.records.stale(line.law.version, ENGINE_VERSION, after, CASES)
      const last = rows.at(-1)
      if (last === undefined) break
      await takeSlice(line, rows)
      after = last.row.projectNo
    }
    while ((await takeSubjects(line, CASES)) > 0);
    this.isStale = false
  }

  /** Takes every turn that is due at the instant of the clock. */
  async turn(at: Instant): Promise<void> {
    this.clock.set(at)
    const line = await this.line()
    while ((await takeTurns(line, CASES)) === CASES);
  }

  async deliver(): Promise<void> {
    const line = await this.line()
    while (line.deliveries.hasReady) await judgeDelivered(line, CASES)
  }

  /** Records what is said, and nothing that follows from it. */
  async say(input: InputRow, at: Instant): Promise<void> {
    this.clock.set(at)
    await (await this.line()).record([input])
  }

  /** Does something, and tells what goes wrong with its place; a store's own trouble as it is. */
  async told<T>(where: string, does: () => Promise<T>): Promise<T> {
    try {
      return await does()
    } catch (error) {
      if (this.#trouble instanceof StoreError) throw this.#trouble
      if (error instanceof StoreError) throw error
      const said = error instanceof Error ? error.message : String(error)
      throw new StoreError('upgrade_failed', `${where}: ${said}`, error)
    }
  }
}
