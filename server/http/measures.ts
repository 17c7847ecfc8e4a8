// GET /api/v1/measures (SPEC 11, M1–M3): a period by one dimension, as sums of the totals, with their sum.

import type { FastifyPluginAsync } from 'fastify'
import { type Period, parsePeriod } from '../core/measure/period.ts'
import { MEASURE_DIMENSIONS, type MeasureDimension, measuresView } from '../present/measures.ts'
import type { Records } from '../store/port.ts'
import type { Supervisor } from '../supervision/supervisor.ts'
import { TEXT } from './answers.ts'
import { need } from './auth.ts'
import { Refusal } from './problems.ts'

export interface MeasureParts {
  readonly supervisor: Pick<Supervisor, 'law' | 'now'>
  readonly reader: Records
}

interface Query {
  readonly as_of?: string
  readonly period: string
  readonly by: MeasureDimension
  readonly department?: string
}

const QUERY = {
  type: 'object',
  required: ['period'],
  properties: { period: TEXT, by: { enum: MEASURE_DIMENSIONS, default: 'department' }, department: TEXT, as_of: TEXT },
} as const

export const measureRoutes =
  (parts: MeasureParts): FastifyPluginAsync =>
  async (app) => {
    app.get<{ Querystring: Query }>(
      '/api/v1/measures',
      { onRequest: need('measures.read'), schema: { querystring: QUERY } },
      async (request) => {
        const { by, department } = request.query
        const period: Period | null = parsePeriod(request.query.period)
        if (period === null) throw new Refusal('bad_period', { at: '/period', detail: request.query.period })
        // figures of a past instant take a background recount; the present ones under that name would be a lie
        if (request.query.as_of !== undefined) throw new Refusal('not_offered', { at: '/as_of', detail: 'as_of' })
        const totals = await parts.reader.totals(by, period.from, period.to, department)
        return measuresView({ by, period, totals, law: parts.supervisor.law, now: parts.supervisor.now() })
      },
    )
  }
