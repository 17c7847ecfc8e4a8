// GET /api/v1/measures as JSON, CSV or XLSX (SPEC 11, M1–M3, X1): a period by one dimension, as sums of the totals, with
// their sum. The files hold the rows of the page, made by the same view.

import type { FastifyPluginAsync } from 'fastify'
import { type Period, parsePeriod } from '../core/measure/period.ts'
import { measureFile } from '../export/measures.ts'
import { MEASURE_DIMENSIONS, type MeasureDimension, measuresView } from '../present/measures.ts'
import type { Records } from '../store/port.ts'
import type { Supervisor } from '../supervision/supervisor.ts'
import { TEXT } from './answers.ts'
import { need } from './auth.ts'
import { handOut } from './files.ts'
import { readMeasured } from './measured.ts'
import { Refusal } from './problems.ts'
import { ownDepartment } from './scope.ts'

export interface MeasureParts {
  readonly supervisor: Pick<Supervisor, 'law' | 'now'>
  readonly reader: Records
}

interface Query {
  readonly as_of?: string
  readonly period: string
  readonly by: MeasureDimension
  readonly region?: string
  readonly department?: string
  readonly format: 'json' | 'csv' | 'xlsx'
  readonly lang: 'zh' | 'en'
}

const QUERY = {
  type: 'object',
  required: ['period'],
  properties: {
    period: TEXT,
    by: { enum: MEASURE_DIMENSIONS, default: 'department' },
    region: TEXT,
    department: TEXT,
    as_of: TEXT,
    format: { enum: ['json', 'csv', 'xlsx'], default: 'json' },
    lang: { enum: ['zh', 'en'], default: 'zh' },
  },
} as const

export const measureRoutes =
  (parts: MeasureParts): FastifyPluginAsync =>
  async (app) => {
    app.get<{ Querystring: Query }>(
      '/api/v1/measures',
      { onRequest: need('measures.read', { own: true }), schema: { querystring: QUERY } },
      async (request, reply) => {
        const { by, format, lang, region = null } = request.query
        const { department = null } = ownDepartment(request, request.query.department)
        const period: Period | null = parsePeriod(request.query.period)
        if (period === null) throw new Refusal('bad_period', { at: '/period', detail: request.query.period })
        // figures of a past instant take a background recount; the present ones under that name would be a lie
        if (request.query.as_of !== undefined) throw new Refusal('not_offered', { at: '/as_of', detail: 'as_of' })
        const { law } = parts.supervisor
        const sums = await readMeasured(parts.reader, { by, period, department })
        const now = parts.supervisor.now()
        const view = measuresView({ by, period, scope: { region, department }, ...sums, law, now })
        return format === 'json' ? view : handOut(reply, await measureFile(view, format, lang))
      },
    )
  }
