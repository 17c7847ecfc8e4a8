// POST /api/v1/catalogue (I9): a catalogue document in, enacted as a law entry of the ledger. GET law shows what holds.

import type { FastifyPluginAsync } from 'fastify'
import type { CatalogueSource } from '../office/law/catalogue.ts'
import { loadDocument, noticeChoice } from '../office/law/enact.ts'
import { showLaw } from '../office/law/lists.ts'
import { callerOf, need } from './auth.ts'

/** Larger than any city's catalogue is written; held whole, and its value beside it (I5). */
const MOST_BYTES = 8 * 1024 * 1024

const QUERY = {
  type: 'object',
  properties: {
    notice: { type: 'string' },
    shrinks: { type: 'string', enum: ['1'] },
    skip_faulty: { type: 'string', enum: ['1'] },
  },
} as const

interface Asked {
  notice?: string
  shrinks?: '1'
  skip_faulty?: '1'
}

export type CatalogueParts = Parameters<typeof loadDocument>[0] & { readonly source: CatalogueSource }

export const catalogueRoutes =
  (parts: CatalogueParts): FastifyPluginAsync =>
  async (app) => {
    app.post<{ Querystring: Asked }>(
      '/api/v1/catalogue',
      { onRequest: need('catalogue.write'), bodyLimit: MOST_BYTES, schema: { querystring: QUERY } },
      async (request, reply) => {
        const { notice, shrinks, skip_faulty } = request.query
        const yes = { notice: noticeChoice(notice), shrinks: shrinks === '1', skipFaulty: skip_faulty === '1' }
        const loaded = await loadDocument(parts, callerOf(request), { document: request.body, ...yes })
        reply.code(201)
        return loaded
      },
    )
    app.get('/api/v1/law', { onRequest: need('catalogue.read') }, async (request) => showLaw(parts, callerOf(request)))
  }
