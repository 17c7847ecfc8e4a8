// GET /api/v1/rankings as JSON, CSV or XLSX (R1–R3, X1), and GET /api/v1/measures/cases: exactly the cases behind a
// figure of measures and rankings (M1).

import type { FastifyPluginAsync } from 'fastify'
import { FIGURE_NAMES, type Figure } from '../core/appraisal/behind.ts'
import { rankingFile } from '../export/ranking.ts'
import { showBehind } from '../office/behind.ts'
import { type RankingParts, showRanking } from '../office/ranking.ts'
import { MEASURE_DIMENSIONS, type MeasureDimension } from '../present/measures.ts'
import { RANKED_BY, type RankedBy } from '../present/ranking.ts'
import { NAMED_PAGE, type PageQuery, pageOf, TEXT } from './answers.ts'
import { callerOf, need } from './auth.ts'
import { handOut } from './files.ts'

interface AreaQuery {
  readonly region?: string
  readonly department?: string
}

const AREA = { region: TEXT, department: TEXT } as const

interface RankingQuery extends AreaQuery {
  readonly period?: string
  readonly by: RankedBy
  readonly format: 'json' | 'csv' | 'xlsx'
  readonly lang: 'zh' | 'en'
}

const RANKING_QUERY = {
  type: 'object',
  properties: {
    ...AREA,
    period: TEXT,
    by: { enum: RANKED_BY, default: 'window' },
    format: { enum: ['json', 'csv', 'xlsx'], default: 'json' },
    lang: { enum: ['zh', 'en'], default: 'zh' },
  },
} as const

interface BehindQuery extends AreaQuery, PageQuery {
  readonly period: string
  readonly by: MeasureDimension
  readonly key?: string
  readonly kind: Figure
  readonly only?: 'members'
}

const BEHIND_QUERY = {
  type: 'object',
  required: ['period', 'kind'],
  properties: {
    ...NAMED_PAGE,
    ...AREA,
    period: TEXT,
    by: { enum: MEASURE_DIMENSIONS, default: 'department' },
    key: TEXT,
    kind: { enum: FIGURE_NAMES },
    only: { enum: ['members'] },
  },
} as const

export const rankingRoutes =
  (parts: RankingParts): FastifyPluginAsync =>
  async (app) => {
    app.get<{ Querystring: RankingQuery }>(
      '/api/v1/rankings',
      { onRequest: need('measures.read'), schema: { querystring: RANKING_QUERY } },
      async (request, reply) => {
        const { by, format, lang, period = null, region = null, department = null } = request.query
        const view = await showRanking(parts, callerOf(request), { period, by, scope: { region, department } })
        return format === 'json' ? view : handOut(reply, () => rankingFile(view, format, lang))
      },
    )
    app.get<{ Querystring: BehindQuery }>(
      '/api/v1/measures/cases',
      { onRequest: need('cases.read', { own: true }), schema: { querystring: BEHIND_QUERY } },
      async (request) => {
        const { cursor: _, after: __, ...asked } = request.query
        return showBehind(parts, callerOf(request), { ...asked, ...pageOf(request.query) })
      },
    )
  }
