// A former ledger taken over (A4): its entries handed to today's line in their order, at their instants, over a new file. The
// clock is taken anew: turns fall due as today's law has them, and are taken when the former house had looked, which its moved
// cards tell; a new law is judged in full before what came after it. Every commit of the new file is a step like any other,
// so that the ledger afterwards replays as if it had been written today.

import { randomBytes } from 'node:crypto'
import { ENGINE_VERSION } from '../../core/case/fold.ts'
import { asInstant, type Instant } from '../../core/time/instant.ts'
import type { HashName } from '../../evidence/digest.ts'
import { SALT_BYTES } from '../../evidence/entry.ts'
import { sealBatch } from '../../evidence/seal.ts'
import type { QuarantineRow, QuarantineSteps } from '../../store/held.ts'
import type { Batch, InputRow, Ledger } from '../../store/port.ts'
import type { Former, Refused } from '../../store/sqlite/former.ts'
import { type PackedBatch, packBatch } from '../../store/sqlite/pack.ts'
import type { Rewrite } from '../../store/sqlite/rewrite.ts'
import type { EntryRow } from '../../store/trail.ts'
import { StoreError } from '../../store/trouble.ts'
import { takeSlice, takeTurns } from '../afresh.ts'
import { NotTaken, takeAgain } from '../audit/steps.ts'
import { handClock } from '../clock.ts'
import { judgeDelivered } from '../delivered.ts'
import { DEFAULT_LIMITS } from '../limits.ts'
import { type Line, NO_BOUND, openLine } from '../line.ts'
import { type FormerStep, formerStep, isOfClock } from './former-steps.ts'
import type { Item } from './timeline.ts'

/** Cases judged in one commit. */
const CASES = 1_000

/** An entry of which nothing came any more, and why. */
export interface Moot {
  readonly seq: number
  readonly why: string
}

type Filled = Pick<Batch, 'quarantine'> & { readonly steps: Pick<QuarantineSteps, 'gone' | 'resolved'> }

/** A batch with what no entry of its step says. */
const withFilled = (batch: Batch, { quarantine, steps }: Filled): Batch => ({
  ...batch,
  quarantine: [...batch.quarantine, ...quarantine],
  quarantineSteps: { ...batch.quarantineSteps, ...steps },
})

/** A row that has left a quarantine, where its number must not be given again. */
const left = (at: Instant): QuarantineRow => ({
  at,
  source: '-',
  eventId: null,
  projectNo: null,
  code: 'made_room',
  field: null,
  message: '',
  raw: '',
  importNo: null,
  rowNo: null,
})

/** Kinds that are read back from their entries as having come about: of one that did not, the text alone is kept. */
const READ_BACK: ReadonlySet<string> = new Set(['alias', 'withdraw', 'void'])

export class Walk {
  readonly moot: Moot[]
  readonly #former: Former
  readonly #rewrite: Rewrite
  readonly #hash: HashName
  readonly #clock = handClock(asInstant(0))
  #tip: ReturnType<Rewrite['tip']>
  #line: Line | null = null
  /** The entries of the step that is taken: their salts are theirs. */
  #entries: readonly EntryRow[] = []
  #filled: Filled | null = null
  #refused: number
  /** A law is in force under which not every case is judged yet. */
  #isStale = true
  #trouble: unknown = null

  constructor(
    over: { former: Former; rewrite: Rewrite; hash: HashName },
    so: { refused: number; moot: readonly Moot[] },
  ) {
    this.#former = over.former
    this.#rewrite = over.rewrite
    this.#hash = over.hash
    this.#tip = over.rewrite.tip()
    this.#refused = so.refused
    this.moot = [...so.moot]
  }

  #salts({ facts, inputs }: PackedBatch): Uint8Array {
    const salts = new Uint8Array((facts.length + inputs.length) * SALT_BYTES)
    for (const [i, { personal }] of facts.entries())
      if (personal !== null) salts.set(this.#entries[i]?.salt ?? randomBytes(SALT_BYTES), i * SALT_BYTES)
    return salts
  }

  #ledger(): Ledger {
    return {
      commit: async (batch) => {
        try {
          const packed = packBatch(this.#filled === null ? batch : withFilled(batch, this.#filled))
          this.#filled = null
          const { sealed, tip } = sealBatch(packed, this.#tip, this.#hash, this.#salts(packed))
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

  async #open(): Promise<Line> {
    const parts = { ledger: this.#ledger(), records: this.#rewrite.records, clock: this.#clock }
    return openLine({ ...parts, cachedCases: DEFAULT_LIMITS.cachedCases, factBound: NO_BOUND })
  }

  async #judgeStale(line: Line): Promise<void> {
    if (!this.#isStale) return
    for (let after = ''; ; ) {
      const rows = await line.records.stale(line.law.version, ENGINE_VERSION, after, CASES)
      const last = rows.at(-1)
      if (last === undefined) break
      await takeSlice(line, rows)
      after = last.row.projectNo
    }
    this.#isStale = false
  }

  async #turn(line: Line): Promise<void> {
    while ((await takeTurns(line, CASES)) === CASES);
  }

  /** Numbers of refused rows stay theirs: where some have left, so many come and go. */
  async #bringRefused(line: Line, rows: readonly Refused[], at: Instant): Promise<void> {
    const gone: number[] = []
    const quarantine: Batch['quarantine'] = []
    for (const { id, ...row } of rows) {
      for (; this.#refused + 1 < id; this.#refused++) {
        gone.push(this.#refused + 1)
        quarantine.push(left(at))
      }
      this.#refused = id
      quarantine.push(row)
    }
    await line.record([], (batch) => batch.quarantine.push(...quarantine))
    if (gone.length === 0) return
    const resolved = gone.map((id) => ({ source: '-', from: id, upTo: id, code: null, how: 'dismissed' as const }))
    await line.record([], (batch) => {
      batch.quarantineSteps = { gone, resolved }
    })
  }

  /** The refused rows that a step of format 2 brought. */
  #rejectedIn({ params }: FormerStep, at: Instant): Batch['quarantine'] {
    return (params.rejected ?? []).map(([source, code]) => {
      this.#refused += 1
      const row = this.#former.refused(this.#refused)
      if (row === null) return { ...left(at), source, code }
      const { id: _, ...rest } = row
      return rest
    })
  }

  async #keepMoot(line: Line, step: FormerStep, seq: number, why: string): Promise<void> {
    this.moot.push({ seq, why })
    const kind = READ_BACK.has(step.kind) ? 'setting' : (step.kind as InputRow['kind'])
    const inputs = step.entries.map(({ source, body }): InputRow => ({ kind, by: source, body }))
    await line.record(inputs, (batch) => {
      batch.step.params = { moot: why }
    })
  }

  async #takeStep(
    line: Line,
    step: FormerStep,
    link: { commit: number; firstSeq: number; count: number },
  ): Promise<void> {
    const { firstSeq, count, commit } = link
    const at = line.now()
    const { gone = [], resolved = [] } = step.params
    this.#entries = step.entries.filter(({ kind }) => kind === 'fact')
    this.#filled = { quarantine: this.#rejectedIn(step, at), steps: { gone, resolved } }
    const recorded = { ...step, commit, at: asInstant(at) }
    try {
      await takeAgain(line, recorded)
      if (count > 0 && this.#rewrite.seq < firstSeq) await this.#keepMoot(line, step, firstSeq, 'nothing to do')
    } catch (error) {
      if (!(error instanceof NotTaken)) throw error
      await this.#keepMoot(line, step, firstSeq, error.message)
    }
    if (this.#rewrite.seq !== firstSeq + count - 1)
      throw new Error(`entries ${firstSeq} to ${firstSeq + count - 1} became ${this.#rewrite.seq - firstSeq + 1}`)
  }

  async #takeItem(line: Line, item: Item): Promise<void> {
    const step = item.kind === 'commit' ? formerStep(this.#former, item.link, item.entries) : null
    // what was in force until now is judged under it at the instant it came, before the clock goes on
    if (step?.kind !== 'law') await this.#judgeStale(line)
    this.#clock.set(item.at)
    await this.#turn(line)
    if (item.kind === 'refused') await this.#bringRefused(line, item.rows, item.at)
    if (step === null || item.kind !== 'commit' || isOfClock(step)) return
    await this.#takeStep(line, step, item.link)
    if (step.kind === 'law') this.#isStale = true
    while (line.deliveries.hasReady) await judgeDelivered(line, CASES)
  }

  /** What went wrong, with its place; a store's own trouble as it is. */
  #told(error: unknown, where: string): StoreError {
    if (this.#trouble instanceof StoreError) return this.#trouble
    if (error instanceof StoreError) return error
    const said = error instanceof Error ? error.message : String(error)
    return new StoreError('upgrade_failed', `${this.#former.path}, ${where}: ${said}`, error)
  }

  async take(item: Item): Promise<void> {
    try {
      this.#line ??= await this.#open()
      await this.#takeItem(this.#line, item)
    } catch (error) {
      throw this.#told(error, item.kind === 'commit' ? `commit ${item.link.commit}` : item.kind)
    }
  }

  /** The clock up to where the former house had turned. */
  async end(turnedTo: Instant | null): Promise<void> {
    try {
      this.#line ??= await this.#open()
      await this.#judgeStale(this.#line)
      if (turnedTo === null) return
      this.#clock.set(turnedTo)
      await this.#turn(this.#line)
    } catch (error) {
      throw this.#told(error, 'its end')
    }
  }

  /** The last entry: what it was made from. */
  async sign(at: Instant, body: string): Promise<void> {
    try {
      this.#line ??= await this.#open()
      this.#clock.set(at)
      await this.#line.record([{ kind: 'upgrade', by: 'mingjing', body }])
    } catch (error) {
      throw this.#told(error, 'its end')
    }
  }
}
