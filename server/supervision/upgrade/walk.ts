// A former ledger taken over (A4): its entries handed to today's line in their order, at their instants, over a new file. The
// clock is taken anew: turns fall due as today's law has them, and are taken when the former house had looked, which its moved
// cards tell; a new law is judged in full before what came after it. Every commit of the new file is a step like any other,
// so that the ledger afterwards replays as if it had been written today.

import { asInstant, type Instant } from '../../core/time/instant.ts'
import type { QuarantineRow } from '../../store/held.ts'
import type { Batch, InputRow } from '../../store/port.ts'
import type { Former, Refused } from '../../store/sqlite/former.ts'
import type { Rewrite } from '../../store/sqlite/rewrite.ts'
import type { LinkRow } from '../../store/trail.ts'
import { NotTaken, takeAgain } from '../audit/steps.ts'
import type { Line } from '../line.ts'
import { type FormerStep, formerStep, isOfClock } from './former-steps.ts'
import type { Fresh } from './fresh.ts'
import type { Item } from './timeline.ts'

/** An entry of which nothing came any more, and why. */
export interface Moot {
  readonly seq: number
  readonly why: string
}

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
  readonly #fresh: Fresh
  #refused: number

  constructor(
    over: { former: Former; rewrite: Rewrite; fresh: Fresh },
    so: { refused: number; moot: readonly Moot[] },
  ) {
    this.#former = over.former
    this.#rewrite = over.rewrite
    this.#fresh = over.fresh
    this.#refused = so.refused
    this.moot = [...so.moot]
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

  async #takeStep(line: Line, step: FormerStep, { commit, firstSeq, count }: LinkRow): Promise<void> {
    const at = line.now()
    const { gone = [], resolved = [] } = step.params
    this.#fresh.salts = step.entries.filter(({ kind }) => kind === 'fact').map(({ salt }) => salt)
    this.#fresh.filled = { quarantine: this.#rejectedIn(step, at), steps: { gone, resolved } }
    try {
      await takeAgain(line, { ...step, commit, at: asInstant(at) })
      if (count > 0 && this.#rewrite.seq < firstSeq) await this.#keepMoot(line, step, firstSeq, 'nothing to do')
    } catch (error) {
      if (!(error instanceof NotTaken)) throw error
      await this.#keepMoot(line, step, firstSeq, error.message)
    }
    if (this.#rewrite.seq !== firstSeq + count - 1)
      throw new Error(`entries ${firstSeq} to ${firstSeq + count - 1} became ${this.#rewrite.seq - firstSeq + 1}`)
  }

  async #takeItem(item: Item): Promise<void> {
    const fresh = this.#fresh
    const step = item.kind === 'commit' ? formerStep(this.#former, item.link, item.entries) : null
    // what was in force until now is judged under it at the instant it came, before the clock goes on
    if (step?.kind !== 'law') await fresh.judgeStale()
    fresh.clock.set(item.at)
    if (item.kind === 'clock') await fresh.turn(item.at)
    const line = await fresh.line()
    if (item.kind === 'refused') await this.#bringRefused(line, item.rows, item.at)
    if (step === null || item.kind !== 'commit' || isOfClock(step)) return
    await this.#takeStep(line, step, item.link)
    if (step.kind === 'law') fresh.isStale = true
    await fresh.deliver()
  }

  take(item: Item): Promise<void> {
    const where = item.kind === 'commit' ? `commit ${item.link.commit}` : item.kind
    return this.#fresh.told(`${this.#former.path}, ${where}`, () => this.#takeItem(item))
  }
}
