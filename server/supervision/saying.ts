// What becomes of cases when somebody has said something of their facts or numbers: an import taken back (I14), a fact made
// void (F3), numbers that are a source's own or of one case (I11).
// The same plan whether it is carried out or only weighed. Reads and plans; writes nothing.

import type { Said } from '../core/case/standing.ts'
import type { Law } from '../core/law/law.ts'
import { type CaseBefore, type CaseChange, type Judging, planRefoldSteps } from '../core/plan.ts'
import type { Instant } from '../core/time/instant.ts'
import type { Records } from '../store/port.ts'
import { type CaseNumbers, factsByHome } from './numbers.ts'
import { beforeOf, keptOfCases } from './rows.ts'
import type { Slices } from './slices.ts'

export interface Saying {
  readonly kind: 'withdraw' | 'void' | 'renumber' | 'one_case'
  readonly by: string
  /** What it names, for who is asked about a card that it would lift: the number of an import, an event id, a source. */
  readonly ref: string
}

const ABOUT = { withdraw: 'withdrawal', void: 'void', renumber: 'numbers', one_case: 'numbers' } as const

/** What of the line a plan is made on. */
interface On {
  readonly records: Pick<Records, 'cases' | 'factsOfMany'>
  readonly numbers: CaseNumbers
  readonly slices: Pick<Slices, 'run'>
  readonly law: Law
  judging(by: Judging['by'], at: Instant): Judging
}

/** Cases read at a time: a read cannot be cut. */
const READ_CASES = 25

interface SaidThen {
  readonly said: Said
  readonly touched: readonly string[]
  readonly at: Instant
}

/** A case as it is stored, and as it becomes under what is then said. */
export interface Become {
  readonly before: CaseBefore
  readonly after: CaseChange
}

/**
 * What becomes of these cases under what is then said. What it would lift is asked about, and not of whoever said it (C5).
 * Read a few at a time and planned in pieces: whoever else asks has his turn in between (I5).
 */
export const trySaying = async (line: On, { kind, by, ref }: Saying, to: SaidThen): Promise<Become[]> => {
  const { said, touched, at } = to
  const lifts = [{ kind: ABOUT[kind], source: null, ref, type: null, at: null, by }] as const
  const judging = { ...line.judging('facts', at), lifts }
  const become: Become[] = []
  for (let from = 0; from < touched.length; from += READ_CASES) {
    const some = touched.slice(from, from + READ_CASES)
    const stored = await line.records.cases(some)
    const kept = keptOfCases(await factsByHome(line.records, line.numbers, some))
    const there = some.filter((no) => stored.has(no) || kept.has(no))
    const befores = new Map(there.map((no) => [no, beforeOf(stored.get(no) ?? null, line.law)]))
    for (const after of await line.slices.run(planRefoldSteps(befores, { of: kept, said }, judging)))
      become.push({ before: befores.get(after.projectNo) as CaseBefore, after })
  }
  return become
}

/** The changes alone. */
export const planSaying = async (...asked: Parameters<typeof trySaying>): Promise<CaseChange[]> =>
  (await trySaying(...asked)).map(({ after }) => after)
