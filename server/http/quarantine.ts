// The quarantine over HTTP (I6): a person looks, mends and sends again, or sets rows down.

import type { FastifyInstance, FastifyPluginAsync, FastifyRequest } from 'fastify'
import { countRejects, dismissRejects, listRejects, resubmit, showReject } from '../office/rejects.ts'
import type { QuarantineParts, QuarantineQuery } from '../office/rejects-kept.ts'
import { NUMBERED_PAGE, type PageQuery, pageOf, TEXT } from './answers.ts'
import { callerOf, need } from './auth.ts'

type Asked = PageQuery & Pick<QuarantineQuery, 'code' | 'source'>

const QUERY = {
  type: 'object',
  properties: {
    ...NUMBERED_PAGE,
    code: { type: 'string', maxLength: 64 },
    source: { type: 'string', maxLength: 64 },
  },
}
const PARAMS = { type: 'object', required: ['id'], properties: { id: { type: 'integer', minimum: 1 } } }

const queryOf = ({ code, source, ...page }: Asked): QuarantineQuery => ({
  ...pageOf(page),
  ...(code === undefined ? {} : { code }),
  ...(source === undefined ? {} : { source }),
})

const idOf = (request: FastifyRequest): number => (request.params as { id: number }).id

interface DismissBody {
  readonly source_system: string
  readonly from: number
  readonly up_to: number
  readonly code?: string
  readonly why: string
}

const NUMBER = { type: 'integer', minimum: 1, maximum: Number.MAX_SAFE_INTEGER } as const
const DISMISS = {
  type: 'object',
  required: ['source_system', 'up_to', 'why'],
  additionalProperties: false,
  properties: { source_system: TEXT, from: { ...NUMBER, default: 1 }, up_to: NUMBER, code: TEXT, why: TEXT },
} as const

const addRoutes = (app: FastifyInstance, parts: QuarantineParts): void => {
  const read = need('quarantine.read')
  const write = need('quarantine.write')
  app.get('/api/v1/quarantine', { onRequest: read, schema: { querystring: QUERY } }, (request) =>
    listRejects(parts, callerOf(request), queryOf(request.query as Asked)),
  )
  app.get('/api/v1/quarantine/counts', { onRequest: read }, async (request) => ({
    items: await countRejects(parts, callerOf(request)),
    next: null,
  }))
  app.post('/api/v1/quarantine/dismiss', { onRequest: write, schema: { body: DISMISS } }, (request) => {
    const { source_system: source, from, up_to: upTo, code = null, why } = request.body as DismissBody
    return dismissRejects(parts, callerOf(request), { source, from, upTo, code, why })
  })
  app.get('/api/v1/quarantine/:id', { onRequest: read, schema: { params: PARAMS } }, (request) =>
    showReject(parts, callerOf(request), idOf(request)),
  )
  app.post('/api/v1/quarantine/:id/resubmit', { onRequest: write, schema: { params: PARAMS } }, (request) =>
    resubmit(parts, callerOf(request), { id: idOf(request), mended: request.body }),
  )
}

export const quarantineRoutes =
  (parts: QuarantineParts): FastifyPluginAsync =>
  async (app) =>
    addRoutes(app, parts)
