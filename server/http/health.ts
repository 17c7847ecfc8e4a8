// /health and /ready (A5, J5): what the line is doing, in words a monitor and a person can read. No personal data.

import type { FastifyPluginAsync } from 'fastify'
import { problemText } from '../contract/problems.ts'
import { instantIn } from '../present/words.ts'
import type { Supervisor } from '../supervision/supervisor.ts'

export interface HealthParts {
  readonly supervisor: Supervisor
  readonly screens: () => number
}

/** A step back of a clock that is set right now and then is no trouble. */
const BEHIND_TOLD_S = 60

export const healthRoutes =
  (parts: HealthParts): FastifyPluginAsync =>
  async (app) => {
    app.get('/health', async (_, reply) => {
      const state = parts.supervisor.state()
      const { broken, withheld, apart, queued, rejudging, rejudgingFor, rebuilding } = state
      const { longestSliceMs, nextTurnAt, clockBehindMs } = state
      const calendar = parts.supervisor.law.homeCalendar
      // a clock set back to before the last entry stands still there: what it says of today is not today's (M9)
      const clockBehindS = Math.floor(clockBehindMs / 1_000)
      const impaired = apart > 0 || rebuilding || clockBehindS >= BEHIND_TOLD_S ? 'degraded' : 'ok'
      const status = broken !== null ? 'broken' : (withheld ?? impaired)
      reply.code(broken === null && withheld === null ? 200 : 503)
      return {
        status,
        now: instantIn(calendar, parts.supervisor.now()),
        next_turn_at: instantIn(calendar, nextTurnAt),
        clock_behind_s: clockBehindS,
        queued_events: queued,
        cases_apart: apart,
        rejudging,
        rejudging_for: rejudgingFor,
        rebuilding,
        longest_slice_ms: longestSliceMs,
        law: parts.supervisor.law.version,
        screens: parts.screens(),
        broken,
        storage: withheld === null ? null : problemText(withheld, {}),
      }
    })
    app.get('/ready', async (_, reply) => {
      const { broken, withheld, rebuilding } = parts.supervisor.state()
      const ready = broken === null && withheld === null
      reply.code(ready ? 200 : 503)
      return { ready, rebuilding }
    })
  }
