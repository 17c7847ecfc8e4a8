// POST /api/v1/aliases (I11): joins two numbers into one case, or undoes it; by a person, or by a source for two numbers of
// which it has itself spoken, the joined one alone, in its own words. Where a counted card stands, what a source asks for is
// a proposal: kept, listed, accepted or declined by a person with a reason. All of it is entries of the ledger.

import type { FastifyPluginAsync } from 'fastify'
import type { AliasProposal } from '../contract/numbers.ts'
import { isCounted } from '../core/card/standing.ts'
import { numberSaid, sayingsOf } from '../core/case/number.ts'
import { asInstant } from '../core/time/instant.ts'
import { instantIn, sourceName } from '../present/words.ts'
import type { Records } from '../store/port.ts'
import type { Said } from '../supervision/acts.ts'
import { type Proposal, type Refused, readProposals } from '../supervision/proposals.ts'
import type { Supervisor } from '../supervision/supervisor.ts'
import { TEXT } from './answers.ts'
import { actorOf, callerOf, need } from './auth.ts'
import { Refusal } from './problems.ts'

export interface AliasParts {
  readonly supervisor: Pick<Supervisor, 'join' | 'propose' | 'decide' | 'numbers' | 'law'>
  readonly records: Records
}

interface Body {
  readonly alias: string
  readonly project_no: string
  readonly joined: boolean
  readonly why: string
}

/** A number in full form bears the name of its source. */
const NUMBER = { type: 'string', minLength: 1, maxLength: 193 } as const
const BODY = {
  type: 'object',
  required: ['alias', 'project_no', 'why'],
  additionalProperties: false,
  properties: { alias: NUMBER, project_no: NUMBER, joined: { type: 'boolean', default: true }, why: TEXT },
} as const
const DECISION = {
  type: 'object',
  required: ['accept', 'why'],
  additionalProperties: false,
  properties: { accept: { type: 'boolean' }, why: TEXT },
} as const
const STATES = ['waiting', 'accepted', 'declined'] as const
const STATE = { type: 'object', properties: { state: { type: 'string', enum: STATES }, project_no: NUMBER } } as const

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

interface Asked {
  readonly alias: string
  readonly home: string
  readonly joined: boolean
}

/** A source joins what it has spoken of, and takes no case away from another: a number nobody has told is nobody's yet. */
const refuseForeign = async (parts: AliasParts, { alias, home }: Asked, source: string): Promise<void> => {
  const [joined, kept] = await Promise.all([toldOf(parts, alias, source), toldOf(parts, home, source)])
  if (joined.own === 0 || joined.others > 0) throw new Refusal('not_yours', { detail: alias })
  if (kept.own === 0) throw new Refusal('not_yours', { detail: home })
}

/** Whether a card above 预警 counts on the cases of these numbers. */
const hasCounted = async ({ records, supervisor }: AliasParts, { alias, home }: Asked): Promise<boolean> => {
  const { homeOf } = supervisor.numbers
  const stored = await records.cases([...new Set([alias, home, homeOf(alias), homeOf(home)])])
  return [...stored.values()].some(({ cards }) => cards.some((card) => card.level >= 2 && isCounted(card)))
}

const thrown = ({ refused, detail }: Refused): Refusal =>
  new Refusal(refused as 'bad_alias', detail === undefined ? {} : { detail })

export const proposalView = (
  { supervisor }: { readonly supervisor: Pick<Supervisor, 'law' | 'numbers'> },
  asked: Proposal,
): AliasProposal => {
  const { law, numbers } = supervisor
  const { seq, at, step, why, state, decided } = asked
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

/** What a source asks for, in its own words: done at once, or kept for a person. */
const asSource = async (parts: AliasParts, asked: Asked & { source: string }, said: Said) => {
  await refuseForeign(parts, asked, asked.source)
  if (!(await hasCounted(parts, asked))) return null
  const proposed = await parts.supervisor.propose(asked, said)
  if ('refused' in proposed) throw thrown(proposed)
  return proposed.proposal
}

export const aliasRoutes =
  (parts: AliasParts): FastifyPluginAsync =>
  async (app) => {
    const { supervisor, records } = parts
    app.post<{ Body: Body }>(
      '/api/v1/aliases',
      { onRequest: need('aliases.write', { own: true }), schema: { body: BODY } },
      async (request, reply) => {
        const { source, name: by } = callerOf(request)
        const actor = actorOf(request)
        const { joined, why } = request.body
        const full = (said: string): string =>
          source === null ? said : numberSaid(supervisor.numbers.own, source, said)
        const step = { alias: full(request.body.alias), home: full(request.body.project_no), joined }
        const proposal = source === null ? null : await asSource(parts, { ...step, source }, { by, actor, why })
        if (proposal !== null) {
          reply.code(202)
          return { alias: step.alias, project_no: step.home, joined, state: 'waiting', proposal }
        }
        const done = await supervisor.join({ ...step, source }, { by, actor, why })
        if ('refused' in done) throw new Refusal('bad_alias', { detail: done.refused })
        return { alias: step.alias, project_no: done.home, joined }
      },
    )
    app.get<{ Querystring: { state?: string; project_no?: string } }>(
      '/api/v1/aliases/proposals',
      { onRequest: need('cases.read'), schema: { querystring: STATE } },
      async ({ query: { state, project_no: of } }) => {
        const all = await readProposals(records)
        const wanted = all.filter(
          (each) =>
            (state ?? each.state) === each.state &&
            (of === undefined || [each.step.alias, each.step.home].includes(of)),
        )
        return { items: wanted.map((each) => proposalView(parts, each)), next: null }
      },
    )
    app.post<{ Params: { proposal: string }; Body: { accept: boolean; why: string } }>(
      '/api/v1/aliases/proposals/:proposal',
      { onRequest: need('aliases.write'), schema: { body: DECISION } },
      async (request) => {
        const { accept, why } = request.body
        const proposal = Number(request.params.proposal)
        const done = await supervisor.decide({
          proposal,
          accept,
          why,
          by: callerOf(request).name,
          actor: actorOf(request),
        })
        if ('refused' in done) throw thrown(done)
        return { proposal, state: done.state, project_no: done.home }
      },
    )
  }
