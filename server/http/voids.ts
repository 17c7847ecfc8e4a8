// POST /api/v1/voids (F3): an administrator makes an event of any source void, with a reason. An entry of the ledger; what a
// card would lose by it is asked of somebody else (C5).

import type { FastifyPluginAsync } from 'fastify'
import type { Supervisor } from '../supervision/supervisor.ts'
import { TEXT } from './answers.ts'
import { actorOf, need } from './auth.ts'
import { Refusal } from './problems.ts'

interface Body {
  readonly source: string
  readonly event_id: string
  readonly why: string
}

const BODY = {
  type: 'object',
  required: ['source', 'event_id', 'why'],
  additionalProperties: false,
  properties: { source: TEXT, event_id: TEXT, why: TEXT },
} as const

export const voidRoutes =
  (parts: { readonly supervisor: Pick<Supervisor, 'voidFact'> }): FastifyPluginAsync =>
  async (app) => {
    const onRequest = need('voids.write')
    app.post<{ Body: Body }>('/api/v1/voids', { onRequest, schema: { body: BODY } }, async (request) => {
      const { source, event_id: eventId, why } = request.body
      const actor = actorOf(request)
      const done = await parts.supervisor.voidFact({ source, eventId, by: actor.name, actor, why })
      if ('refused' in done) throw new Refusal('not_found')
      return { source, event_id: eventId, project_no: done.project_no }
    })
  }
