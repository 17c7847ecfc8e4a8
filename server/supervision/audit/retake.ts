// Recorded steps taken again (A4), each into a commit of its own with its own number: by the code that took it, from its entries
// and parameters. One that this engine has written must come out as it is recorded. One of another engine is taken as this
// engine would have taken it at that instant: the same entries, what is due now in a turn of then; what this engine does
// not let be done any more is kept as it was said, and nothing comes of it.

import { asInstant } from '../../core/time/instant.ts'
import { digester, HASH_BYTES, type HashName, sameBytes } from '../../evidence/digest.ts'
import { rejectDigests } from '../../evidence/step.ts'
import type { QuarantineRow } from '../../store/held.ts'
import { ownLease } from '../../store/lease.ts'
import type { Batch, Committed, InputRow, Ledger, Records } from '../../store/port.ts'
import type { Recorded as Stored } from '../../store/sqlite/frozen.ts'
import type { RowDifference } from '../../store/sqlite/whole.ts'
import type { StepParams } from '../../store/step.ts'
import type { EntryRow, LinkRow, Trail } from '../../store/trail.ts'
import { handClock } from '../clock.ts'
import { DEFAULT_LIMITS } from '../limits.ts'
import { type Line, NO_BOUND, openLine } from '../line.ts'
import { emptyBatch } from '../rows.ts'
import { subjectsOf } from '../subjects.ts'
import { inputOf, NotTaken, type Recorded, takeAgain } from './steps.ts'

export type RetakeFinding =
  | ({ readonly what: 'replay' } & RowDifference)
  | { readonly what: 'step'; readonly commit: number; readonly detail: string }

/** Where the steps are taken to. */
export interface Target {
  readonly records: Records
  commit(batch: Batch, link: LinkRow): Promise<Committed>
}

/** How far it is: commits taken, and the number of the last refused row. */
export interface Retaken {
  readonly commits: number
  readonly refused: number
}

export const NOTHING_TAKEN: Retaken = { commits: 0, refused: 0 }

/** Parameters that the store fills in, and not the code that takes the step. */
const FILLED: ReadonlySet<string> = new Set(['turned_to', 'rejected', 'gone', 'resolved', 'again', 'unheld'])
/** Turns of a recorded step of another engine, at most: what is left is due in the next one, or at the end. */
const MOST_TURNS = 5_000
const PAGE = 500

const ownParams = (params: StepParams): string =>
  JSON.stringify(
    Object.entries(params)
      .filter(([name]) => !FILLED.has(name))
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  )

/** The entries of a commit, in pages. Throws where some are missing. */
export const entriesOf = async (trail: Trail, { firstSeq, count }: LinkRow): Promise<EntryRow[]> => {
  const entries: EntryRow[] = []
  while (entries.length < count) {
    const page = await trail.entries(firstSeq - 1 + entries.length, Math.min(PAGE, count - entries.length))
    if (page.length === 0) throw new Error(`entries of the commit are missing from ${firstSeq + entries.length} on`)
    entries.push(...page)
  }
  return entries
}

const inputsIn = (entries: readonly EntryRow[]): InputRow[] =>
  entries.filter(({ kind }) => kind !== 'fact').map(inputOf)

export class Retaker {
  commits: number
  refused: number
  readonly #target: Target
  readonly #find: (finding: RetakeFinding) => void
  readonly #clock = handClock(asInstant(0))
  #line: Line | null = null
  #made: Batch[] = []
  #filled: Pick<Batch, 'quarantine' | 'quarantineSteps' | 'turnedTo'> | null = null
  #link: LinkRow | null = null
  /** Of another engine's step: its inputs as they were said. */
  #inputs: InputRow[] | null = null

  constructor(target: Target, from: Retaken, find: (finding: RetakeFinding) => void) {
    this.#target = target
    this.commits = from.commits
    this.refused = from.refused
    this.#find = find
  }

  /** What is input of a step and no entry is filled into its commit. */
  #ledger(): Ledger {
    return {
      lease: ownLease,
      commit: (batch) => {
        this.#made.push(batch)
        if (this.#link === null) throw new Error('a commit of no recorded step')
        const isFirst = this.#made.length === 1
        const filled = isFirst ? { ...batch, ...this.#filled } : batch
        const whole = isFirst && this.#inputs !== null ? { ...filled, inputs: this.#inputs } : filled
        return this.#target.commit(whole, this.#link)
      },
      close: async () => undefined,
    }
  }

  async #open(): Promise<Line> {
    const parts = { ledger: this.#ledger(), records: this.#target.records, clock: this.#clock }
    return openLine({ ...parts, cachedCases: DEFAULT_LIMITS.cachedCases, factBound: NO_BOUND })
  }

  /** The refused rows of a commit: as they stand where they are as sealed, else by their source and code alone. */
  #rejects(stored: Stored, link: LinkRow, params: StepParams): QuarantineRow[] {
    const digest = digester(link.hash as HashName)
    return (params.rejected ?? []).map(([source, code], i) => {
      this.refused += 1
      const row = stored.refused(this.refused)
      const at = asInstant(link.at)
      // it has left to make room, or the comparison will miss it
      const nothing = { eventId: null, projectNo: null, field: null, message: '', raw: '', importNo: null, rowNo: null }
      if (row === null) return { at, source, code, ...nothing }
      const sealed = link.rejects.subarray(i * HASH_BYTES, (i + 1) * HASH_BYTES)
      if (!sameBytes(rejectDigests(digest, [row]), sealed)) {
        const place = { table: 'quarantine', key: String(this.refused), column: 'sealed' }
        this.#find({ what: 'replay', ...place, stored: row.code, replayed: code })
      }
      return row
    })
  }

  /** The step as this engine would have taken it: what it names, and what is due by now besides. */
  async #asDue(line: Line, step: Recorded): Promise<Recorded> {
    if (step.kind !== 'turns') return step
    const named = step.params.cases as string[]
    const due = await line.records.due(line.now(), Math.max(named.length, MOST_TURNS))
    const cases = [...new Set([...named, ...due.map(({ row }) => row.projectNo)])]
    const subjects = line.subjects.due(line.now(), MOST_TURNS)
    return { ...step, params: { ...step.params, cases, ...subjectsOf(subjects) } }
  }

  async #takeAnew(line: Line, step: Recorded): Promise<void> {
    this.#inputs = inputsIn(step.entries)
    try {
      await takeAgain(line, await this.#asDue(line, step))
    } catch (error) {
      if (!(error instanceof NotTaken)) throw error
    }
    if (this.#made.length === 0) {
      const { kind, by, params } = step
      await line.finish(emptyBatch(line.now(), kind, by, params), [], 'facts')
    }
    const [made, ...more] = this.#made
    const facts = step.entries.length - this.#inputs.length
    if (made?.facts.length !== facts || more.length > 0)
      throw new Error(`of ${facts} facts ${made?.facts.length ?? 0} were taken again, in ${1 + more.length} commits`)
  }

  async #takeSame(line: Line, step: Recorded, link: LinkRow): Promise<void> {
    this.#inputs = null
    const { kind, params, commit } = step
    await takeAgain(line, step)
    const [made, ...more] = this.#made
    const isSame = made?.step.kind === kind && made.at === link.at && ownParams(made.step.params) === ownParams(params)
    if (!isSame || more.length > 0)
      this.#find({ what: 'step', commit, detail: `${kind}: taken again it is another step` })
  }

  /** Takes one step. @param anew it is of another engine */
  async take(stored: Stored, link: LinkRow, anew: boolean): Promise<void> {
    const entries = await entriesOf(stored.trail, link)
    this.#clock.set(asInstant(link.at))
    this.#line ??= await this.#open()
    const line = this.#line
    const params = JSON.parse(link.step.params) as StepParams
    const { gone = [], resolved = [], again = [], unheld = [] } = params
    this.#filled = {
      quarantine: this.#rejects(stored, link, params),
      quarantineSteps: { gone, resolved, again, withdrawn: unheld },
      turnedTo: params.turned_to === undefined ? null : asInstant(params.turned_to),
    }
    this.#made = []
    this.#link = link
    const { kind, by, law } = link.step
    const { commit } = link
    if (law !== line.law.version)
      this.#find({ what: 'step', commit, detail: `law ${law}, in force was ${line.law.version}` })
    const step = { commit, at: asInstant(link.at), kind, by, params, entries } as Recorded
    if (anew) await this.#takeAnew(line, step)
    else await this.#takeSame(line, step, link)
    this.commits = commit
  }
}
