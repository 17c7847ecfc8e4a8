// GET /api/v1/rankings as JSON, CSV or XLSX (R1–R3, X1), and GET /api/v1/measures/cases: exactly the cases behind a
// figure of measures and rankings (M1), to a unit behind its own ones (A1). Sums of totals and nothing more; whoever may not
// read cases gets no list of them.

import type { FastifyPluginAsync } from 'fastify'
import type { CasesBehind, Ranking } from '../contract/ranking.ts'
import { FIGURE_NAMES, FIGURES, type Figure } from '../core/appraisal/behind.ts'
import { schemeInForce } from '../core/appraisal/scheme.ts'
import type { Law } from '../core/law/law.ts'
import type { FlowKind } from '../core/measure/flows.ts'
import { type Period, parsePeriod, quarterOf } from '../core/measure/period.ts'
import { asDay, type Instant } from '../core/time/instant.ts'
import { rankingFile } from '../export/ranking.ts'
import { MEASURE_DIMENSIONS, MEMBERS, type MeasureDimension, nameIn } from '../present/measures.ts'
import { departmentsIn, RANKED_BY, type RankedBy, rankingView, type Scope } from '../present/ranking.ts'
import type { CaseRow, Records, TotalRow } from '../store/port.ts'
import type { Supervisor } from '../supervision/supervisor.ts'
import { PAGE, type PageQuery, pageOf, TEXT } from './answers.ts'
import { need } from './auth.ts'
import { caseLine } from './cases.ts'
import { handOut } from './files.ts'
import { readMeasured } from './measured.ts'
import { Refusal } from './problems.ts'
import { ownDepartment } from './scope.ts'

export interface RankingParts {
  readonly supervisor: Pick<Supervisor, 'law' | 'now'>
  readonly reader: Records
}

export interface RankingAsked {
  readonly period: Period
  readonly by: RankedBy
  readonly scope: Scope
}

/** The ranking of a period as the records stand. The scheme is the one in force when it ended, or now if it runs. */
export const readRanking = async (
  records: Pick<Records, 'totals'>,
  asked: RankingAsked,
  at: { readonly law: Law; readonly now: Instant },
): Promise<Ranking> => {
  const { period, by, scope } = asked
  const today = at.law.homeCalendar.dayOf(at.now)
  const scheme = schemeInForce(asDay(Math.min(period.to, today)))
  const totals = await records.totals(by, period.from, period.to, scope.department ?? undefined)
  return rankingView({ ...at, period, by, scope, scheme, totals })
}

interface ScopeQuery {
  readonly region?: string
  readonly department?: string
}

const scopeOf = ({
  region = null,
  department = null,
}: {
  region?: string | null
  department?: string | null
}): Scope => ({
  region,
  department,
})

const periodOf = (name: string): Period => {
  const period = parsePeriod(name)
  if (period === null) throw new Refusal('bad_period', { at: '/period', detail: name })
  return period
}

const SCOPE = { region: TEXT, department: TEXT } as const

interface RankingQuery extends ScopeQuery {
  readonly period?: string
  readonly by: RankedBy
  readonly format: 'json' | 'csv' | 'xlsx'
  readonly lang: 'zh' | 'en'
}

const RANKING_QUERY = {
  type: 'object',
  properties: {
    ...SCOPE,
    period: TEXT,
    by: { enum: RANKED_BY, default: 'window' },
    format: { enum: ['json', 'csv', 'xlsx'], default: 'json' },
    lang: { enum: ['zh', 'en'], default: 'zh' },
  },
} as const

interface BehindAsked extends ScopeQuery, PageQuery {
  readonly period: string
  readonly by: MeasureDimension
  readonly key?: string
  readonly kind: Figure
  /** The members of joint handlings that a sum across departments leaves out (M1). */
  readonly only?: 'members'
}

const BEHIND_QUERY = {
  type: 'object',
  required: ['period', 'kind'],
  properties: {
    ...PAGE,
    ...SCOPE,
    period: TEXT,
    by: { enum: MEASURE_DIMENSIONS, default: 'department' },
    key: TEXT,
    kind: { enum: FIGURE_NAMES },
    only: { enum: ['members'] },
  },
} as const

const figureOf = (
  totals: readonly TotalRow[],
  asked: { kinds: readonly FlowKind[]; key: string | null; departments: readonly string[] | null },
): number =>
  totals
    .filter(({ kind, key }) => asked.kinds.includes(kind) && (asked.key === null || key === asked.key))
    .filter(({ department }) => asked.departments === null || asked.departments.includes(department))
    .reduce((sum, { n }) => sum + n, 0)

const rowsOf = async (reader: Records, numbers: readonly string[]): Promise<Map<string, CaseRow>> => {
  const stored = await reader.cases(numbers)
  return new Map([...stored].map(([projectNo, { row }]) => [projectNo, row]))
}

/** Which cases count in the figure: a sum across departments, a region's row among them, leaves members out (M1). */
const membersIn = ({ only, by, key, department }: BehindAsked): { readonly member?: boolean } => {
  if (only !== undefined) return { member: true }
  return department === undefined && (key === undefined || by === 'region') ? { member: false } : {}
}

const figureAsked = async (reader: Records, asked: BehindAsked, of: Omit<Parameters<typeof figureOf>[1], 'key'>) => {
  const { by, key = null, department = null, only } = asked
  const { totals, members } = await readMeasured(reader, { by, period: periodOf(asked.period), department })
  if (only !== undefined) return figureOf(members, { ...of, key: null })
  const all = figureOf(totals, { ...of, key })
  return key === null && by !== 'region' ? all - figureOf(members, { ...of, key: null }) : all
}

const TOTAL = { name: '合计', nameEn: 'Total' } as const

const readBehind = async (parts: RankingParts, asked: BehindAsked): Promise<CasesBehind> => {
  const { reader, supervisor } = parts
  const { by, kind: figure } = asked
  const period = periodOf(asked.period)
  const key = asked.key ?? null
  // they stand beside a sum as one line
  if (asked.only !== undefined && (key !== null || asked.department !== undefined))
    throw new Refusal('bad_field', { at: '/only', detail: 'only' })
  const kinds = FIGURES[figure]
  const departments = departmentsIn(supervisor.law, scopeOf(asked), supervisor.now())
  const { cases, next } = await reader.casesBehind({
    ...pageOf(asked),
    kinds,
    from: period.from,
    to: period.to,
    dimension: by,
    key,
    ...membersIn(asked),
    ...(departments === null ? {} : { departments }),
  })
  const rows = await rowsOf(
    reader,
    cases.map(({ projectNo }) => projectNo),
  )
  const sum = asked.only === undefined ? TOTAL : MEMBERS
  const { name, nameEn } = key === null ? sum : nameIn(by, supervisor.law, key)
  return {
    figure,
    period: period.name,
    by,
    key: key ?? '',
    name,
    name_en: nameEn,
    value: await figureAsked(reader, asked, { kinds, departments }),
    items: cases.flatMap(({ projectNo, n }) => {
      const row = rows.get(projectNo)
      return row === undefined ? [] : [{ ...caseLine(row, parts), n } as CasesBehind['items'][number]]
    }),
    next,
  }
}

export const rankingRoutes =
  (parts: RankingParts): FastifyPluginAsync =>
  async (app) => {
    app.get<{ Querystring: RankingQuery }>(
      '/api/v1/rankings',
      { onRequest: need('measures.read'), schema: { querystring: RANKING_QUERY } },
      async (request, reply) => {
        const { law } = parts.supervisor
        const now = parts.supervisor.now()
        const { by, format, lang } = request.query
        const current = quarterOf(law.homeCalendar.dayOf(now))
        const period = request.query.period === undefined ? current : periodOf(request.query.period)
        const view = await readRanking(parts.reader, { period, by, scope: scopeOf(request.query) }, { law, now })
        if (format === 'json') return view
        const file = await rankingFile(view, format, lang)
        return handOut(reply, file)
      },
    )
    app.get<{ Querystring: BehindAsked }>(
      '/api/v1/measures/cases',
      { onRequest: need('cases.read', { own: true }), schema: { querystring: BEHIND_QUERY } },
      async (request) => readBehind(parts, { ...request.query, ...ownDepartment(request, request.query.department) }),
    )
  }
