// Two numbers joined into one case, or parted (I11): by a person, or by a source for two numbers of which it has itself spoken,
// the joined one alone, in its own words. Where a counted card stands, what a source asks for is a proposal: kept, listed,
// accepted or declined by a person with a reason. All of it is entries of the ledger.

import type { AliasProposal } from '../contract/numbers.ts'
import { isCounted } from '../core/card/standing.ts'
import { numberSaid, sayingsOf } from '../core/case/number.ts'
import { actShown } from '../present/personal.ts'
import type { Records } from '../store/port.ts'
import type { Said } from '../supervision/acts.ts'
import { type Refused, readProposals } from '../supervision/proposals.ts'
import type { Supervisor } from '../supervision/supervisor.ts'
import { actorOf, type Caller, mayAll, needAll, scopeOrRefuse } from './caller.ts'
import { proposalView } from './numbers-told.ts'
import { Refusal } from './refusal.ts'

export interface AliasParts {
  readonly supervisor: Pick<Supervisor, 'join' | 'propose' | 'decide' | 'numbers' | 'law'>
  readonly records: Records
}

/** How many facts a source has told under a number, and how many others have. */
const toldOf = async (
  { records, supervisor }: AliasParts,
  projectNo: string,
  source: string,
): Promise<{ own: number; others: number }> => {
  const { own } = supervisor.numbers
  const told = { own: 0, others: 0 }
  for (const each of await records.factCounts([...sayingsOf(own, projectNo)])) {
    if (numberSaid(own, each.source, each.projectNo) !== projectNo) continue
    if (each.source === source) told.own += each.n
    else told.others += each.n
  }
  return told
}

interface Step {
  readonly alias: string
  readonly home: string
  readonly joined: boolean
}

/** A source joins what it has spoken of, and takes no case away from another: a number nobody has told is nobody's yet. */
const refuseForeign = async (parts: AliasParts, { alias, home }: Step, source: string): Promise<void> => {
  const [joined, kept] = await Promise.all([toldOf(parts, alias, source), toldOf(parts, home, source)])
  if (joined.own === 0 || joined.others > 0) throw new Refusal('not_yours', { detail: alias })
  if (kept.own === 0) throw new Refusal('not_yours', { detail: home })
}

/** Whether a card above 预警 counts on the cases of these numbers. */
const hasCounted = async ({ records, supervisor }: AliasParts, { alias, home }: Step): Promise<boolean> => {
  const { homeOf } = supervisor.numbers
  const stored = await records.cases([...new Set([alias, home, homeOf(alias), homeOf(home)])])
  return [...stored.values()].some(({ cards }) => cards.some((card) => card.level >= 2 && isCounted(card)))
}

const thrown = ({ refused, detail }: Refused): Refusal =>
  new Refusal(refused as 'bad_alias', detail === undefined ? {} : { detail })

/** What a source asks for, in its own words: done at once, or kept for a person. */
const asSource = async (parts: AliasParts, asked: Step & { source: string }, said: Said): Promise<number | null> => {
  await refuseForeign(parts, asked, asked.source)
  if (!(await hasCounted(parts, asked))) return null
  const proposed = await parts.supervisor.propose(asked, said)
  if ('refused' in proposed) throw thrown(proposed)
  return proposed.proposal
}

export interface JoinAsked {
  readonly alias: string
  readonly projectNo: string
  /** false: they are parted. */
  readonly joined: boolean
  readonly why: string
}

export interface Joined {
  readonly alias: string
  readonly project_no: string
  readonly joined: boolean
  /** Where it waits for a person: its number. */
  readonly proposal?: number
  readonly state?: 'waiting'
}

/** Joins or parts two numbers, or keeps it as a proposal. Throws Refusal where that cannot be, or is not the source's to say. */
export const joinNumbers = async (parts: AliasParts, caller: Caller, asked: JoinAsked): Promise<Joined> => {
  scopeOrRefuse(caller, 'aliases.write')
  const { supervisor } = parts
  const { source } = caller
  const { joined, why } = asked
  const full = (said: string): string => (source === null ? said : numberSaid(supervisor.numbers.own, source, said))
  const step = { alias: full(asked.alias), home: full(asked.projectNo), joined }
  const said = { by: caller.name, actor: actorOf(caller), why }
  const proposal = source === null ? null : await asSource(parts, { ...step, source }, said)
  if (proposal !== null) return { alias: step.alias, project_no: step.home, joined, state: 'waiting', proposal }
  const done = await supervisor.join({ ...step, source }, said)
  if ('refused' in done) throw new Refusal('bad_alias', { detail: done.refused })
  return { alias: step.alias, project_no: done.home, joined }
}

/** What sources have proposed, of a state and about a number where they are named. */
export const listProposals = async (
  { supervisor, records }: AliasParts,
  caller: Caller,
  { state, projectNo }: { readonly state?: string; readonly projectNo?: string },
): Promise<AliasProposal[]> => {
  needAll(caller, 'cases.read')
  const all = await readProposals(records)
  return all
    .filter(
      (each) =>
        (state ?? each.state) === each.state &&
        (projectNo === undefined || [each.step.alias, each.step.home].includes(projectNo)),
    )
    .map((each) => actShown(proposalView(supervisor, each), mayAll(caller, 'personal.read')))
}

/** A person accepts a proposal or declines it. Throws Refusal where there is none, or it is decided. */
export const decideProposal = async (
  { supervisor }: AliasParts,
  caller: Caller,
  { proposal, accept, why }: { readonly proposal: number; readonly accept: boolean; readonly why: string },
) => {
  needAll(caller, 'aliases.write')
  const done = await supervisor.decide({ proposal, accept, why, by: caller.name, actor: actorOf(caller) })
  if ('refused' in done) throw thrown(done)
  return { proposal, state: done.state, project_no: done.home }
}
