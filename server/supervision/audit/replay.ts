// The replay (A4, M7): every recorded step taken again in its order into a scratch ledger, then every derived table compared
// whole, both ways. Whatever a table says that its entries and steps do not make it say is named by table, row, column.
// It proves what is derived; that entries and steps are the sealed ones is proved by verifying.

import { ENGINE_VERSION } from '../../core/case/fold.ts'
import { asInstant } from '../../core/time/instant.ts'
import { digester, HASH_BYTES, type HashName, sameBytes } from '../../evidence/digest.ts'
import { rejectDigests } from '../../evidence/step.ts'
import type { QuarantineRow } from '../../store/held.ts'
import type { Batch, Ledger } from '../../store/port.ts'
import type { Frozen } from '../../store/sqlite/frozen.ts'
import { openScratch, type Scratch } from '../../store/sqlite/scratch.ts'
import type { RowDifference } from '../../store/sqlite/whole.ts'
import type { StepParams } from '../../store/step.ts'
import type { EntryRow, LinkRow, Trail } from '../../store/trail.ts'
import { handClock } from '../clock.ts'
import { DEFAULT_LIMITS } from '../limits.ts'
import { type Line, NO_BOUND, openLine } from '../line.ts'
import { type Recorded, takeAgain } from './steps.ts'

export type ReplayFinding =
  | ({ readonly what: 'replay' } & RowDifference)
  | { readonly what: 'step'; readonly commit: number; readonly detail: string }

export interface ReplayReport {
  readonly commits: number
  readonly count: number
  readonly findings: readonly ReplayFinding[]
  /** The first commit of another engine (0: none): what it made cannot be made again by this one, and nothing is compared. */
  readonly foreign: number
}

const MOST = 100
const PAGE = 500

/** Parameters that the store fills in, and not the code that takes the step. */
const FILLED: ReadonlySet<string> = new Set(['turned_to', 'rejected', 'gone', 'resolved', 'again', 'unheld'])

const ownParams = (params: StepParams): string =>
  JSON.stringify(
    Object.entries(params)
      .filter(([name]) => !FILLED.has(name))
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  )

class Replay {
  count = 0
  commits = 0
  foreign = 0
  readonly findings: ReplayFinding[] = []
  readonly #scratch: Scratch
  readonly #clock = handClock(asInstant(0))
  #line: Line | null = null
  #stored: Frozen
  /** Number of the last refused row. */
  #refused = 0
  #made: Batch[] = []
  #filled: Pick<Batch, 'quarantine' | 'quarantineSteps' | 'turnedTo'> | null = null

  constructor(scratch: Scratch, stored: Frozen) {
    this.#stored = stored
    this.#scratch = scratch
  }

  add(finding: ReplayFinding): void {
    this.count += 1
    if (this.findings.length < MOST) this.findings.push(finding)
  }

  /** The scratch ledger, with what is input of a step and no entry filled into its commit. */
  ledger(): Ledger {
    return {
      commit: (batch) => {
        this.#made.push(batch)
        const whole = this.#made.length === 1 ? { ...batch, ...this.#filled } : batch
        return this.#scratch.ledger.commit(whole)
      },
      close: async () => undefined,
    }
  }

  /** The refused rows of a commit: as they stand where they are as sealed, else by their source and code alone. */
  #rejects(link: LinkRow, params: StepParams): QuarantineRow[] {
    const digest = digester(link.hash as HashName)
    return (params.rejected ?? []).map(([source, code], i) => {
      this.#refused += 1
      const row = this.#stored.refused(this.#refused)
      const at = asInstant(link.at)
      // it has left to make room, or the comparison will miss it
      const nothing = { eventId: null, projectNo: null, field: null, message: '', raw: '', importNo: null, rowNo: null }
      if (row === null) return { at, source, code, ...nothing }
      const sealed = link.rejects.subarray(i * HASH_BYTES, (i + 1) * HASH_BYTES)
      if (!sameBytes(rejectDigests(digest, [row]), sealed)) {
        const place = { table: 'quarantine', key: String(this.#refused), column: 'sealed' }
        this.add({ what: 'replay', ...place, stored: row.code, replayed: code })
      }
      return row
    })
  }

  async step(line: Line, link: LinkRow, entries: readonly EntryRow[]): Promise<void> {
    const params = JSON.parse(link.step.params) as StepParams
    const { gone = [], resolved = [], again = [], unheld = [] } = params
    this.#filled = {
      quarantine: this.#rejects(link, params),
      quarantineSteps: { gone, resolved, again, withdrawn: unheld },
      turnedTo: params.turned_to === undefined ? null : asInstant(params.turned_to),
    }
    this.#made = []
    const { kind, by, law } = link.step
    if (law !== line.law.version)
      this.add({ what: 'step', commit: link.commit, detail: `law ${law}, in force was ${line.law.version}` })
    await takeAgain(line, { commit: link.commit, at: asInstant(link.at), kind, by, params, entries } as Recorded)
    const [made, ...more] = this.#made
    const isSame = made?.step.kind === kind && made.at === link.at && ownParams(made.step.params) === ownParams(params)
    if (!isSame || more.length > 0)
      this.add({ what: 'step', commit: link.commit, detail: `${kind}: taken again it is another step` })
    this.commits = link.commit
  }

  async #open(): Promise<Line> {
    const parts = { ledger: this.ledger(), records: this.#scratch.records, clock: this.#clock }
    return openLine({ ...parts, cachedCases: DEFAULT_LIMITS.cachedCases, factBound: NO_BOUND })
  }

  /** Takes the steps that a later state of the ledger has beside those taken, and compares the whole. */
  async run(stored: Frozen, onProgress: (commit: number) => void): Promise<void> {
    this.#stored = stored
    this.#line ??= await this.#open()
    const { trail } = stored
    for (
      let page = await trail.links(this.commits, PAGE);
      page.length > 0;
      page = await trail.links(this.commits, PAGE)
    )
      for (const link of page) {
        if (link.step.engine !== ENGINE_VERSION) {
          this.foreign = link.commit
          return
        }
        this.#clock.set(asInstant(link.at))
        try {
          await this.step(this.#line, link, await entriesOf(trail, link))
        } catch (error) {
          const said = error instanceof Error ? error.message : String(error)
          this.add({
            what: 'step',
            commit: link.commit,
            detail: `${link.step.kind}: it cannot be taken again: ${said}`,
          })
          return
        }
        onProgress(link.commit)
      }
    for (const difference of stored.differences(this.#scratch)) this.add({ what: 'replay', ...difference })
  }

  report(): ReplayReport {
    const { commits, count, findings, foreign } = this
    return { commits, count, findings, foreign }
  }
}

const entriesOf = async (trail: Trail, { firstSeq, count }: LinkRow): Promise<EntryRow[]> => {
  const entries: EntryRow[] = []
  while (entries.length < count) {
    const page = await trail.entries(firstSeq - 1 + entries.length, Math.min(PAGE, count - entries.length))
    if (page.length === 0) throw new Error(`entries of the commit are missing from ${firstSeq + entries.length} on`)
    entries.push(...page)
  }
  return entries
}

export interface OpenReplay {
  /** The replay brought up to this state of the ledger, and compared with it whole. */
  catchUp(stored: Frozen, onProgress?: (commit: number) => void): Promise<ReplayReport>
}

/** A replay into an empty scratch, which may follow a ledger as it grows. */
export const openReplay = (scratch: Scratch): OpenReplay => {
  let replay: Replay | null = null
  return {
    async catchUp(stored, onProgress = () => undefined) {
      replay ??= new Replay(scratch, stored)
      await replay.run(stored, onProgress)
      return replay.report()
    },
  }
}

/** Replays a whole ledger beside the stored one. */
export const replayLedger = async (stored: Frozen, onProgress?: (commit: number) => void): Promise<ReplayReport> => {
  const scratch = openScratch()
  try {
    return await openReplay(scratch).catchUp(stored, onProgress)
  } finally {
    scratch.close()
  }
}
