// The parent of a member of a joint handling (M1): the case its receipt names, as one number, and whether it is in the
// ledger. What a caller may not read it is not told of, and so not whether it is there (A1).

import type { CaseView } from '../contract/api.ts'
import type { Judgement } from '../core/case/judge.ts'
import type { Instant } from '../core/time/instant.ts'
import type { Records } from '../store/port.ts'
import type { CaseNumbers } from '../supervision/numbers.ts'
import { factsThen } from '../supervision/then.ts'

interface Asked {
  readonly numbers: CaseNumbers
  readonly at: Instant
  /** Whether this caller may read a case. */
  readonly mayRead: (projectNo: string) => Promise<boolean>
}

/** null: a case of its own. */
export const jointParentOf = async (
  records: Records,
  { received }: Judgement,
  { numbers, at, mayRead }: Asked,
): Promise<CaseView['joint_parent']> => {
  const said = received?.jointParent ?? null
  if (received === null || said === null) return null
  const projectNo = numbers.caseOf(received.source, said)
  if (!(await mayRead(projectNo))) return { said, project_no: projectNo, known: null }
  const facts = await factsThen(records, numbers, { projectNo, at })
  return { said, project_no: projectNo, known: facts.length > 0 }
}
