// POST /api/v1/cases/{project_no}/urge (T12): the office urges a case.

import type { FastifyPluginAsync } from 'fastify'
import { type UrgeParts, urgeCase } from '../office/urges.ts'
import { TEXT } from './answers.ts'
import { callerOf, need } from './auth.ts'

interface Body {
  readonly by_name: string
  readonly why: string
}

const BODY = {
  type: 'object',
  required: ['by_name', 'why'],
  additionalProperties: false,
  properties: { by_name: { ...TEXT, minLength: 1 }, why: { type: 'string', minLength: 1, maxLength: 4_000 } },
} as const

export const urgeRoutes =
  (parts: UrgeParts): FastifyPluginAsync =>
  async (app) => {
    app.post<{ Params: { project_no: string }; Body: Body }>(
      '/api/v1/cases/:project_no/urge',
      { onRequest: need('cases.urge'), schema: { body: BODY } },
      async (request, reply) => {
        const { by_name: name, why } = request.body
        const urged = await urgeCase(parts, callerOf(request), { projectNo: request.params.project_no, name, why })
        reply.code(201)
        return urged
      },
    )
  }
