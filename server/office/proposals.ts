// Joinings of two numbers that a source proposes (I11), as a person sees them. Decides nothing.

import type { AliasProposal } from '../contract/numbers.ts'
import { asInstant } from '../core/time/instant.ts'
import { instantIn, sourceName } from '../present/words.ts'
import type { Proposal } from '../supervision/proposals.ts'
import type { Supervisor } from '../supervision/supervisor.ts'

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
