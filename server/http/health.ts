// /health and /ready (A5, J5): what the line is doing, in words a monitor and a person can read. No personal data.

import type { FastifyPluginAsync } from 'fastify'
import { instantIn } from '../present/words.ts'
import type { Supervisor } from '../supervision/supervisor.ts'

export interface HealthParts {
  readonly supervisor: Supervisor
  readonly screens: () => number
}

export const healthRoutes =
  (parts: HealthParts): FastifyPluginAsync =>
  async (app) => {
    app.get('/health', async (_, reply) => {
      const { broken, apart, queued, rejudging, rebuilding, longestSliceMs, nextTurnAt } = parts.supervisor.state()
      const calendar = parts.supervisor.law.homeCalendar
      const status = broken !== null ? 'broken' : apart > 0 || rebuilding ? 'degraded' : 'ok'
      reply.code(broken === null ? 200 : 503)
      return {
        status,
        now: instantIn(calendar, parts.supervisor.now()),
        next_turn_at: instantIn(calendar, nextTurnAt),
        queued_events: queued,
        cases_apart: apart,
        rejudging,
        rebuilding,
        longest_slice_ms: longestSliceMs,
        law: parts.supervisor.law.version,
        screens: parts.screens(),
        broken,
      }
    })
    app.get('/ready', async (_, reply) => {
      const { broken, rebuilding } = parts.supervisor.state()
      reply.code(broken === null ? 200 : 503)
      return { ready: broken === null, rebuilding }
    })
  }
