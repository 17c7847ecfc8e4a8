// What becomes of cases when somebody has said something of their facts: an import taken back (I14), a fact made void (F3).
// The same plan whether it is carried out or only weighed. Reads and plans; writes nothing.

import type { Said } from '../core/case/standing.ts'
import { type CaseChange, type Judging, planRefold } from '../core/plan.ts'
import type { Instant } from '../core/time/instant.ts'
import type { Records } from '../store/port.ts'
import { type CaseNumbers, factsByHome } from './numbers.ts'
import { beforeOf, keptOfCases } from './rows.ts'

export interface Saying {
  readonly kind: 'withdraw' | 'void'
  readonly by: string
  /** What it names, for who is asked about a card that it would lift: the number of an import, an event id. */
  readonly ref: string
}

/** What of the line a plan is made on. */
interface On {
  readonly records: Pick<Records, 'cases' | 'factsOfMany'>
  readonly numbers: CaseNumbers
  judging(by: Judging['by'], at: Instant): Judging
}

/** The changes of these cases under what is then said. What it would lift is asked about, and not of whoever said it (C5). */
export const planSaying = async (
  line: On,
  { kind, by, ref }: Saying,
  to: { readonly said: Said; readonly touched: readonly string[]; readonly at: Instant },
): Promise<CaseChange[]> => {
  const { said, touched, at } = to
  const stored = await line.records.cases(touched)
  const befores = new Map(touched.map((no) => [no, beforeOf(stored.get(no) ?? null)]))
  const facts = { of: keptOfCases(await factsByHome(line.records, line.numbers, touched)), said }
  const about = kind === 'void' ? 'void' : 'withdrawal'
  const lifts = [{ kind: about, source: null, ref, type: null, at: null, by }] as const
  return planRefold(befores, facts, { ...line.judging('facts', at), lifts })
}
