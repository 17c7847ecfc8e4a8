// POST /api/v1/catalogue/loads/{entry}/take-back (T1a): a load of law is taken back, or weighed for it.

import type { FastifyPluginAsync } from 'fastify'
import { type LoadParts, takeBackLoad } from '../office/law/loads.ts'
import { callerOf, need } from './auth.ts'

const BODY = {
  type: 'object',
  additionalProperties: false,
  required: ['why'],
  properties: {
    why: { type: 'string', minLength: 1, maxLength: 500, pattern: '\\S' },
    who: { type: 'string', maxLength: 60 },
    dry_run: { type: 'boolean' },
  },
} as const

const PARAMS = {
  type: 'object',
  properties: { entry: { type: 'integer', minimum: 1, maximum: Number.MAX_SAFE_INTEGER } },
} as const

interface Asked {
  Params: { entry: number }
  Body: { why: string; who?: string; dry_run?: boolean }
}

export const catalogueTakeBackRoutes =
  (parts: LoadParts): FastifyPluginAsync =>
  async (app) => {
    app.post<Asked>(
      '/api/v1/catalogue/loads/:entry/take-back',
      { onRequest: need('catalogue.write'), schema: { params: PARAMS, body: BODY } },
      async (request, reply) => {
        const { why, who = null, dry_run: dryRun = false } = request.body
        const asked = { entry: request.params.entry, why, who, dryRun }
        const taken = await takeBackLoad(parts, callerOf(request), asked)
        if (!dryRun) reply.code(201)
        return taken
      },
    )
  }
