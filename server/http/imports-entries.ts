// Imports as the ledger has them (I14), over HTTP: the list, what each changed in its register, and taking one back.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import {
  changesFile,
  type EntryParts,
  listEntries,
  showChanges,
  weighWithdrawal,
  withdrawImport,
} from '../office/imports/entries.ts'
import { NUMBERED_PAGE, type PageQuery, pageOf } from './answers.ts'
import { callerOf, need } from './auth.ts'

const ONE = { type: 'object', required: ['id'], properties: { id: { type: 'string', maxLength: 40 } } } as const
const WHY = {
  type: 'object',
  required: ['why'],
  additionalProperties: false,
  properties: { why: { type: 'string', minLength: 1, maxLength: 4000 } },
} as const

const idOf = (request: FastifyRequest): string => (request.params as { id: string }).id

const giveChanges = async (parts: EntryParts, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
  const { file, csv } = await changesFile(parts, callerOf(request), idOf(request))
  const name = encodeURIComponent(`${file}.changes.csv`.replace(/\p{Surrogate}/gu, '\uFFFD'))
  reply.header('content-disposition', `attachment; filename="changes.csv"; filename*=UTF-8''${name}`)
  return reply.type('text/csv; charset=utf-8').send(csv)
}

export const addEntryRoutes = (app: FastifyInstance, parts: EntryParts): void => {
  const onRequest = need('imports.read')
  const write = need('imports.write')
  const paged = { onRequest, schema: { querystring: { type: 'object', properties: NUMBERED_PAGE } } }
  const one = { onRequest, schema: { params: ONE } }
  app.get('/api/v1/imports/entries', paged, (request) =>
    listEntries(parts, callerOf(request), pageOf(request.query as PageQuery)),
  )
  app.get('/api/v1/imports/:id/changes', one, (request) => showChanges(parts, callerOf(request), idOf(request)))
  app.get('/api/v1/imports/:id/changes.csv', one, (request, reply) => giveChanges(parts, request, reply))
  app.get('/api/v1/imports/:id/withdrawal', one, (request) => weighWithdrawal(parts, callerOf(request), idOf(request)))
  app.post('/api/v1/imports/:id/withdraw', { onRequest: write, schema: { params: ONE, body: WHY } }, (request) =>
    withdrawImport(parts, callerOf(request), { id: idOf(request), ...(request.body as { why: string }) }),
  )
}
