// Numbers that sources give several items (I11, 疑似撞号), over HTTP: the list, a person's word of one, and whose the numbers of a
// source are.

import type { FastifyPluginAsync } from 'fastify'
import { type CollisionParts, listCollisions, sayNumbers, sayOneCase } from '../office/collisions.ts'
import { NUMBERED_PAGE, type PageQuery, pageOf, TEXT } from './answers.ts'
import { callerOf, need } from './auth.ts'

const STATES = ['waiting', 'one_case'] as const
type Query = PageQuery & { readonly state: (typeof STATES)[number] }
const QUERY = {
  type: 'object',
  properties: {
    ...NUMBERED_PAGE,
    limit: { type: 'integer', minimum: 1, maximum: 50, default: 20 },
    state: { type: 'string', enum: STATES, default: 'waiting' },
  },
} as const
const BODY = {
  type: 'object',
  required: ['one_case', 'why'],
  additionalProperties: false,
  properties: { one_case: { type: 'boolean' }, why: TEXT },
} as const
const NUMBERS = {
  type: 'object',
  required: ['numbers', 'why'],
  additionalProperties: false,
  properties: { numbers: { type: 'string', enum: ['own', 'shared'] }, why: TEXT },
} as const

export const collisionRoutes =
  (parts: CollisionParts): FastifyPluginAsync =>
  async (app) => {
    app.get<{ Querystring: Query }>(
      '/api/v1/collisions',
      { onRequest: need('cases.read'), schema: { querystring: QUERY } },
      async (request) =>
        listCollisions(parts, callerOf(request), { ...pageOf(request.query), collision: request.query.state }),
    )
    app.post<{ Params: { project_no: string }; Body: { one_case: boolean; why: string } }>(
      '/api/v1/collisions/:project_no',
      { onRequest: need('aliases.write'), schema: { body: BODY } },
      async (request) => {
        const { one_case: oneCase, why } = request.body
        return sayOneCase(parts, callerOf(request), { projectNo: request.params.project_no, oneCase, why })
      },
    )
    app.post<{ Params: { source: string }; Body: { numbers: 'own' | 'shared'; why: string } }>(
      '/api/v1/sources/:source/numbers',
      { onRequest: need('catalogue.write'), schema: { body: NUMBERS } },
      async (request, reply) => {
        const said = await sayNumbers(parts, callerOf(request), { source: request.params.source, ...request.body })
        reply.code(201)
        return said
      },
    )
  }
