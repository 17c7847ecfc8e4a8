// What waits of a case (I15), under each of its numbers, told with it: as it stands, and as it was at a past instant.

import type { CaseWaiting } from '../contract/case-waiting.ts'
import type { Instant } from '../core/time/instant.ts'
import { ownNumberView } from '../present/collision.ts'
import { waitingView } from '../present/waiting.ts'
import type { Records } from '../store/port.ts'
import type { CaseNumbers } from '../supervision/numbers.ts'
import type { Supervisor } from '../supervision/supervisor.ts'

export interface WaitingParts {
  readonly records: Pick<Records, 'waitingOf'>
  readonly supervisor: Pick<Supervisor, 'law'>
}

const MOST_TOLD = 20

/** A number of a source's own is sent as that source says it. */
export const waitingToldOf = async (
  { records, supervisor: { law } }: WaitingParts,
  numbers: Pick<CaseNumbers, 'numbersOf'>,
  { projectNo, at }: { readonly projectNo: string; readonly at: Instant },
): Promise<CaseWaiting> => {
  const own = ownNumberView(law, projectNo)
  if (own === null) {
    const projectNos = numbers.numbersOf(projectNo)
    return waitingView(await records.waitingOf({ projectNos, at, limit: MOST_TOLD }), law)
  }
  const { rows } = await records.waitingOf({ projectNos: [own.said], at, limit: 1_000 })
  const its = rows.filter(({ source }) => source === own.source)
  return waitingView({ count: its.length, rows: its.slice(0, MOST_TOLD) }, law)
}
