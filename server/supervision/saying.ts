// What becomes of cases when somebody has said something of their facts or numbers: an import taken back (I14), a fact made
// void (F3), numbers that are a source's own or of one case (I11).
// The same plan whether it is carried out or only weighed. Reads and plans; writes nothing.

import type { Said } from '../core/case/standing.ts'
import { type CaseChange, type Judging, planRefold } from '../core/plan.ts'
import type { Instant } from '../core/time/instant.ts'
import type { Records } from '../store/port.ts'
import { type CaseNumbers, factsByHome } from './numbers.ts'
import { beforeOf, keptOfCases } from './rows.ts'

export interface Saying {
  readonly kind: 'withdraw' | 'void' | 'renumber' | 'one_case'
  readonly by: string
  /** What it names, for who is asked about a card that it would lift: the number of an import, an event id; null: the law lifts it (I11). */
  readonly ref: string | null
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
  const kept = keptOfCases(await factsByHome(line.records, line.numbers, touched))
  const there = touched.filter((no) => stored.has(no) || kept.has(no))
  const befores = new Map(there.map((no) => [no, beforeOf(stored.get(no) ?? null)]))
  const facts = { of: kept, said }
  if (ref === null) return planRefold(befores, facts, line.judging('law', at))
  const about = kind === 'void' ? 'void' : 'withdrawal'
  const lifts = [{ kind: about, source: null, ref, type: null, at: null, by }] as const
  return planRefold(befores, facts, { ...line.judging('facts', at), lifts })
}
