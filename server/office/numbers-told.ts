// What people and sources have said of the numbers of a case by an instant (I11): who said that it is one case, and which
// joinings were proposed. Reads entries, decides nothing.

import type { AliasProposal, Collision } from '../contract/numbers.ts'
import type { Law } from '../core/law/law.ts'
import { asInstant, type Instant } from '../core/time/instant.ts'
import { instantIn } from '../present/words.ts'
import type { InputEntry, Records } from '../store/port.ts'
import { readProposals } from '../supervision/proposals.ts'
import { oneCaseOf } from '../supervision/said.ts'
import type { Supervisor } from '../supervision/supervisor.ts'
import { proposalView } from './proposals.ts'

/** Who said last that a number is one case; null: nobody, or it was taken back. */
export const oneCaseSaid = (entries: readonly InputEntry[], projectNo: string, law: Law): Collision['one_case'] => {
  const last = entries.findLast((entry) => oneCaseOf(entry).project_no === projectNo)
  if (last === undefined || !oneCaseOf(last).one_case) return null
  return { by: last.by, at: instantIn(law.homeCalendar, asInstant(last.at)) ?? '', why: oneCaseOf(last).why }
}

export interface NumbersTold {
  readonly oneCase: Collision['one_case']
  readonly proposals: AliasProposal[]
}

export const numbersToldOf = async (
  { records, supervisor }: { readonly records: Records; readonly supervisor: Pick<Supervisor, 'law' | 'numbers'> },
  projectNo: string,
  at: Instant,
): Promise<NumbersTold> => {
  const { law, numbers } = supervisor
  const said = (await records.inputs('one_case')).filter((entry) => entry.at <= at)
  const own = new Set([projectNo, ...numbers.aliasesOf(projectNo)])
  const asked = (await readProposals(records)).filter(({ step, at: since }) => {
    return since <= at && (own.has(step.alias) || own.has(step.home))
  })
  const proposals = asked.map((each) => proposalView(supervisor, each))
  return { oneCase: oneCaseSaid(said, projectNo, law), proposals }
}
