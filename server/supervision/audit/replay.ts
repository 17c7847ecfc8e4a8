// The replay (A4, M7): every recorded step taken again in its order into a scratch ledger, then every derived table compared
// whole, both ways. Whatever a table says that its entries and steps do not make it say is named by table, row, column.
// It proves what is derived; that entries and steps are the sealed ones is proved by verifying.

import { ENGINE_VERSION } from '../../core/case/fold.ts'
import type { Frozen } from '../../store/sqlite/frozen.ts'
import { openScratch, type Scratch } from '../../store/sqlite/scratch.ts'
import type { LinkRow } from '../../store/trail.ts'
import { rebuiltIn } from '../rebuilt.ts'
import { NOTHING_TAKEN, type RetakeFinding, Retaker } from './retake.ts'

export type ReplayFinding = RetakeFinding

export interface ReplayReport {
  readonly commits: number
  readonly count: number
  readonly findings: readonly ReplayFinding[]
  /** The first commit of another engine (0: none): what it made cannot be made again by this one, and nothing is compared. */
  readonly foreign: number
}

const MOST = 100
const PAGE = 500

class Replay {
  count = 0
  foreign = 0
  readonly findings: ReplayFinding[] = []
  readonly #scratch: Scratch
  readonly #retaker: Retaker
  /** A step was met that cannot be taken: nothing after it can, and nothing is compared. */
  #isStuck = false

  constructor(scratch: Scratch) {
    this.#scratch = scratch
    const { ledger, records } = scratch
    const target = { records, commit: ledger.commit }
    this.#retaker = new Retaker(target, NOTHING_TAKEN, (finding) => this.add(finding))
  }

  add(finding: ReplayFinding): void {
    this.count += 1
    if (this.findings.length < MOST) this.findings.push(finding)
  }

  /** Takes the steps that a later state of the ledger has beside those taken, while it may; whether some are left. */
  async follow(stored: Frozen, mayGoOn: () => boolean, onProgress: (commit: number) => void): Promise<boolean> {
    const { trail, records } = stored
    const retaker = this.#retaker
    // up to there this engine has taken the steps of another one again
    const rebuiltTo = rebuiltIn(await records.inputs('rebuild'))
    const linksAfter = () => (this.#isStuck ? [] : trail.links(retaker.commits, PAGE))
    for (let page = await linksAfter(); page.length > 0; page = await linksAfter())
      for (const link of page) {
        if (!mayGoOn()) return true
        if (!(await this.#take(stored, link, link.commit <= rebuiltTo))) return false
        onProgress(link.commit)
      }
    return false
  }

  /** Takes one step; whether those after it can be taken. */
  async #take(stored: Frozen, link: LinkRow, isRebuilt: boolean): Promise<boolean> {
    if (!isRebuilt && link.step.engine !== ENGINE_VERSION) {
      this.foreign = link.commit
      this.#isStuck = true
      return false
    }
    try {
      await this.#retaker.take(stored, link, isRebuilt)
      return true
    } catch (error) {
      const said = error instanceof Error ? error.message : String(error)
      const detail = `${link.step.kind}: it cannot be taken again: ${said}`
      this.add({ what: 'step', commit: link.commit, detail })
      this.#isStuck = true
      return false
    }
  }

  /** Takes what is left, and compares the whole. */
  async run(stored: Frozen, onProgress: (commit: number) => void): Promise<void> {
    await this.follow(stored, () => true, onProgress)
    if (this.#isStuck) return
    for (const difference of stored.differences(this.#scratch)) this.add({ what: 'replay', ...difference })
  }

  report(): ReplayReport {
    const { count, findings, foreign } = this
    return { commits: this.#retaker.commits, count, findings, foreign }
  }
}

export interface OpenReplay {
  /** The replay brought on towards this state of the ledger, while it may go on; whether steps are left. */
  follow(stored: Frozen, mayGoOn: () => boolean, onProgress?: (commit: number) => void): Promise<boolean>
  /** The replay brought up to this state of the ledger, and compared with it whole. */
  catchUp(stored: Frozen, onProgress?: (commit: number) => void): Promise<ReplayReport>
}

/** A replay into an empty scratch, which may follow a ledger as it grows. */
export const openReplay = (scratch: Scratch): OpenReplay => {
  const replay = new Replay(scratch)
  return {
    follow: (stored, mayGoOn, onProgress = () => undefined) => replay.follow(stored, mayGoOn, onProgress),
    async catchUp(stored, onProgress = () => undefined) {
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
