// /health and /ready (A5, J5): what the line is doing; 503 while it takes nothing.

import type { FastifyPluginAsync } from 'fastify'
import { type HealthParts, healthOf, readinessOf } from '../office/health.ts'

export const healthRoutes =
  (parts: HealthParts): FastifyPluginAsync =>
  async (app) => {
    app.get('/health', async (_, reply) => {
      const health = healthOf(parts)
      reply.code(health.broken === null && health.storage === null ? 200 : 503)
      return health
    })
    app.get('/ready', async (_, reply) => {
      const readiness = readinessOf(parts)
      reply.code(readiness.ready ? 200 : 503)
      return readiness
    })
  }
