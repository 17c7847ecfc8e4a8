// POST /api/v1/voids (F3): an administrator makes an event of any source void, with a reason.

import type { FastifyPluginAsync } from 'fastify'
import { type VoidParts, voidEvent } from '../office/voids.ts'
import { TEXT } from './answers.ts'
import { callerOf, need } from './auth.ts'

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
  (parts: VoidParts): FastifyPluginAsync =>
  async (app) => {
    const onRequest = need('voids.write')
    app.post<{ Body: Body }>('/api/v1/voids', { onRequest, schema: { body: BODY } }, async (request) => {
      const { source, event_id: eventId, why } = request.body
      return voidEvent(parts, callerOf(request), { source, eventId, why })
    })
  }
