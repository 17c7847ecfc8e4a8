// Joinings that wait for a person (I11, C5): a source has asked for one, and a counted card stands on what it touches. Asked,
// declined and accepted are entries of the ledger; what has become of each is read from them and stands nowhere else. What
// was declined may still be accepted, what was accepted be parted again.

import { canonicalize } from '../intake/canonical.ts'
import type { InputEntry, Records } from '../store/port.ts'
import { joinNumbers, type Said } from './acts.ts'
import type { Line } from './line.ts'
import { type AliasStep, aliasFault } from './numbers.ts'
import { type Actor, named } from './said.ts'

export interface ProposedStep extends AliasStep {
  readonly source: string
}

export interface Decided {
  readonly by: string
  readonly at: number
  readonly why: string
}

export interface Proposal {
  /** The entry that asks. */
  readonly seq: number
  readonly at: number
  readonly by: string
  readonly why: string
  readonly step: ProposedStep
  readonly state: 'waiting' | 'accepted' | 'declined'
  /** null: nobody has. */
  readonly decided: Decided | null
}

interface AskedBody {
  readonly actor?: Actor
  readonly act: 'asked'
  readonly alias: string
  readonly project_no: string
  readonly joined: boolean
  readonly source: string
  readonly why: string
}

interface DeclinedBody {
  readonly actor?: Actor
  readonly act: 'declined'
  readonly proposal: number
  readonly why: string
}

const decisionOf = ({ by, at }: InputEntry, why: string): Decided => ({ by, at, why })

/** What has become of every proposal, the newest first. */
export const readProposals = async (records: Pick<Records, 'inputs' | 'aliases'>): Promise<Proposal[]> => {
  const found = new Map<number, Proposal>()
  const entries = [...(await records.inputs('proposal')), ...(await records.aliases())].sort((a, b) => a.seq - b.seq)
  for (const entry of entries) {
    const body = JSON.parse(entry.body) as
      | AskedBody
      | DeclinedBody
      | { act?: undefined; proposal?: number; why: string }
    if (body.act === 'asked') {
      const { alias, project_no: home, joined, source, why } = body
      const { seq, at, by } = entry
      found.set(seq, { seq, at, by, why, step: { alias, home, joined, source }, state: 'waiting', decided: null })
      continue
    }
    const asked = found.get(body.proposal ?? 0)
    const state = body.act === 'declined' ? 'declined' : 'accepted'
    if (asked !== undefined) found.set(asked.seq, { ...asked, state, decided: decisionOf(entry, body.why) })
  }
  return [...found.values()].reverse()
}

const isSame = (a: AliasStep, b: AliasStep): boolean =>
  a.alias === b.alias && a.home === b.home && a.joined === b.joined

export type Refused = { readonly refused: string; readonly detail?: string }

/** Keeps it for a person; asked again while it waits it is the same one. */
export const proposeAlias = async (
  line: Line,
  step: ProposedStep,
  { by, actor, why }: Said,
): Promise<Refused | { proposal: number }> => {
  const fault = aliasFault(line.numbers, step)
  if (fault !== null) return { refused: 'bad_alias', detail: fault }
  const known = (await readProposals(line.records)).find((each) => isSame(each.step, step))
  if (known?.state === 'waiting') return { proposal: known.seq }
  if (known?.state === 'declined') return { refused: 'proposal_declined', detail: String(known.seq) }
  const { alias, home, joined, source } = step
  const body = canonicalize({
    ...named(actor),
    act: 'asked',
    alias,
    project_no: home,
    joined,
    source,
    why,
  } satisfies AskedBody)
  return { proposal: await line.record([{ kind: 'proposal', by, body }]) }
}

export interface Deciding extends Said {
  readonly proposal: number
  readonly accept: boolean
}

export const decideProposal = async (
  line: Line,
  { proposal, accept, by, actor, why }: Deciding,
): Promise<Refused | { state: Proposal['state']; home: string }> => {
  const asked = (await readProposals(line.records)).find(({ seq }) => seq === proposal)
  if (asked === undefined) return { refused: 'not_found' }
  const { step, state } = asked
  if (state === 'accepted' || (state === 'declined' && !accept)) return { refused: 'proposal_decided', detail: state }
  if (!accept) {
    const body = canonicalize({ ...named(actor), act: 'declined', proposal, why } satisfies DeclinedBody)
    await line.record([{ kind: 'proposal', by, body }])
    return { state: 'declined', home: line.numbers.homeOf(step.alias) }
  }
  const joined = await joinNumbers(line, step, { by, ...named(actor), why, proposal })
  return 'refused' in joined ? { refused: 'bad_alias', detail: joined.refused } : { state: 'accepted', ...joined }
}
