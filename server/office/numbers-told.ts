// What people and sources have said of the numbers of a case by an instant (I11): who said that it is one case, and which
// joinings were proposed. Reads entries, decides nothing.

import type { AliasProposal, Collision } from '../contract/numbers.ts'
import type { Law } from '../core/law/law.ts'
import { asInstant, type Instant } from '../core/time/instant.ts'
import { instantIn, sourceName } from '../present/words.ts'
import type { InputEntry, Records } from '../store/port.ts'
import { type Proposal, readProposals } from '../supervision/proposals.ts'
import { oneCaseOf } from '../supervision/said.ts'
import type { Supervisor } from '../supervision/supervisor.ts'

/** Who said last that a number is one case; null: nobody, or it was taken back. */
export const oneCaseSaid = (entries: readonly InputEntry[], projectNo: string, law: Law): Collision['one_case'] => {
  const last = entries.findLast((entry) => oneCaseOf(entry).project_no === projectNo)
  if (last === undefined || !oneCaseOf(last).one_case) return null
  return { by: last.by, at: instantIn(law.homeCalendar, asInstant(last.at)) ?? '', why: oneCaseOf(last).why }
}

/** A joining that a source proposes, as a person sees it. */
export const proposalView = (
  { law, numbers }: Pick<Supervisor, 'law' | 'numbers'>,
  { seq, at, step, why, state, decided }: Proposal,
): AliasProposal => {
  const when = (instant: number): string => instantIn(law.homeCalendar, asInstant(instant)) ?? ''
  return {
    proposal: seq,
    asked_at: when(at),
    source: step.source,
    source_name: sourceName(law, step.source),
    alias: step.alias,
    project_no: step.home,
    joined: step.joined,
    why,
    state,
    stands: numbers.homes.get(step.alias) === step.home,
    decided_at: decided === null ? null : when(decided.at),
    decided_by: decided?.by ?? null,
    decided_why: decided?.why ?? null,
  }
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
