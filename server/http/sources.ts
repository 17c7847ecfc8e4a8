// GET /api/v1/sources: how each source stands (I15, M6).

import type { FastifyPluginAsync } from 'fastify'
import { listSources, type SourceParts } from '../office/sources.ts'
import { callerOf, need } from './auth.ts'

export const sourceRoutes =
  (parts: SourceParts): FastifyPluginAsync =>
  async (app) => {
    app.get('/api/v1/sources', { onRequest: need('measures.read') }, async (request) => ({
      items: await listSources(parts, callerOf(request)),
      next: null,
    }))
  }
