// POST /api/v1/aliases (I11): joins two numbers into one case, or undoes it; what sources propose of that, listed and decided.

import type { FastifyPluginAsync } from 'fastify'
import { type AliasParts, decideProposal, joinNumbers, listProposals } from '../office/joinings.ts'
import { TEXT } from './answers.ts'
import { callerOf, need } from './auth.ts'

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

export const aliasRoutes =
  (parts: AliasParts): FastifyPluginAsync =>
  async (app) => {
    app.post<{ Body: Body }>(
      '/api/v1/aliases',
      { onRequest: need('aliases.write', { own: true }), schema: { body: BODY } },
      async (request, reply) => {
        const { project_no: projectNo, ...asked } = request.body
        const done = await joinNumbers(parts, callerOf(request), { projectNo, ...asked })
        if (done.state === 'waiting') reply.code(202)
        return done
      },
    )
    app.get<{ Querystring: { state?: string; project_no?: string } }>(
      '/api/v1/aliases/proposals',
      { onRequest: need('cases.read'), schema: { querystring: STATE } },
      async (request) => {
        const { project_no: projectNo, ...asked } = request.query
        const of = projectNo === undefined ? {} : { projectNo }
        return { items: await listProposals(parts, callerOf(request), { ...asked, ...of }), next: null }
      },
    )
    app.post<{ Params: { proposal: string }; Body: { accept: boolean; why: string } }>(
      '/api/v1/aliases/proposals/:proposal',
      { onRequest: need('aliases.write'), schema: { body: DECISION } },
      async (request) => {
        const proposal = Number(request.params.proposal)
        return decideProposal(parts, callerOf(request), { proposal, ...request.body })
      },
    )
  }
