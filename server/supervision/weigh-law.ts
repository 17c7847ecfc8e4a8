// What a law would move before it is taken (T1a, J6): every stored case judged under the law in force and under the one to
// come, at one instant, in slices that let others in between. Writes nothing. Bounded: past the bound it says how many of
// how many it looked at, and guesses at none of the rest.

import type { LawMoves } from '../contract/master.ts'
import type { Finding } from '../core/card/card.ts'
import { ENGINE_VERSION } from '../core/case/fold.ts'
import { type Judgement, judgeCase } from '../core/case/judge.ts'
import type { CaseState } from '../core/case/state.ts'
import type { Law } from '../core/law/law.ts'
import { printDay } from '../core/time/civil.ts'
import type { Instant } from '../core/time/instant.ts'
import type { Records } from '../store/port.ts'
import { deliveredIn } from './waiting.ts'

export interface WeighParts {
  readonly records: Records
  readonly before: Law
  readonly after: Law
  readonly now: Instant
  /** Cases at most; the rest is told as not looked at. */
  readonly most?: number
}

const SLICE = 100
export const MOST_WEIGHED = 100_000
const EXAMPLES = 20

const dueOf = ({ main }: Judgement): string | null =>
  main === null ? null : `${printDay(main.due.dueOn)}${main.due.provisional ? ' ~' : ''}`

const cardKey = ({ rule, occasion }: Finding): string => `${rule} ${occasion}`

const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

const put = (moves: LawMoves, projectNo: string, before: Judgement, after: Judgement): void => {
  const [was, is] = [before.main?.due, after.main?.due]
  const dueMoved = was?.dueAt !== is?.dueAt
  const had = new Set(before.findings.map(cardKey))
  const has = new Set(after.findings.map(cardKey))
  const raised = [...has].filter((key) => !had.has(key))
  const lifted = [...had].filter((key) => !has.has(key))
  if (dueMoved) moves.due_moved++
  if (was?.provisional === true && is?.provisional === false) moves.certain++
  if (was?.provisional === false && is?.provisional === true) moves.provisional++
  if (before.verdict !== after.verdict) moves.verdicts_moved++
  moves.cards_raised += raised.length
  moves.cards_lifted += lifted.length
  if (moves.examples.length >= EXAMPLES || (!dueMoved && raised.length + lifted.length === 0)) return
  const rules = (keys: readonly string[]): string[] => keys.map((key) => key.slice(0, key.indexOf(' ')))
  moves.examples.push({
    project_no: projectNo,
    due_before: dueOf(before),
    due_after: dueOf(after),
    raised: rules(raised),
    lifted: rules(lifted),
  })
}

/** Counts of what would move, with the first cases of it. */
export const weighLaw = async (parts: WeighParts): Promise<LawMoves> => {
  const { records, before, after, now, most = MOST_WEIGHED } = parts
  const delivered = await deliveredIn(records)
  const moves: LawMoves = {
    looked: 0,
    cases: (await records.head()).cases,
    due_moved: 0,
    certain: 0,
    provisional: 0,
    verdicts_moved: 0,
    cards_raised: 0,
    cards_lifted: 0,
    examples: [],
  }
  for (let last = ''; moves.looked < most; ) {
    // no case is of law −1: asking for those of another gives all, in order
    const rows = await records.stale(-1, -1, last, Math.min(SLICE, most - moves.looked))
    const end = rows[rows.length - 1]
    if (end === undefined) break
    for (const { row } of rows) {
      moves.looked++
      // what another engine folded is not read, and a case without facts is judged by nothing
      if (row.engine !== ENGINE_VERSION || row.apart !== null || row.status === 'void') continue
      const state = JSON.parse(row.state) as CaseState
      put(moves, row.projectNo, judgeCase(state, before, now, delivered), judgeCase(state, after, now, delivered))
    }
    last = end.row.projectNo
    await breathe()
  }
  return moves
}
