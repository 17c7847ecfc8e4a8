// GET /api/v1/measures as JSON, CSV or XLSX (SPEC 11, M1–M3, X1). The files hold the rows of the page, made by the same view.

import type { FastifyPluginAsync } from 'fastify'
import { measureFile } from '../export/measures.ts'
import { type MeasureParts, showMeasures } from '../office/measures.ts'
import { MEASURE_DIMENSIONS, type MeasureDimension } from '../present/measures.ts'
import { TEXT } from './answers.ts'
import { callerOf, need } from './auth.ts'
import { handOut } from './files.ts'

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
        const { format, lang, as_of: asOf, ...asked } = request.query
        const view = await showMeasures(parts, callerOf(request), {
          ...asked,
          ...(asOf === undefined ? {} : { asOf }),
        })
        return format === 'json' ? view : handOut(reply, () => measureFile(view, format, lang))
      },
    )
  }
