// GET /api/v1/catalogue/{table}, /catalogue/unlisted, /calendars, /calendars/{id} (SPEC 11, I9, T1, D-05): what the catalogue
// holds, with every version, and what it lacks. Names of operators are staff data and stand behind the same permission.

import type { FastifyPluginAsync } from 'fastify'
import type { MasterFlagName, MasterTable } from '../contract/master.ts'
import { parseDay, ymdOf } from '../core/time/civil.ts'
import { asInstant, type Day } from '../core/time/instant.ts'
import { MASTER_TABLES, masterList } from '../present/master.ts'
import { calendarLines, calendarView, YEARS } from '../present/master-calendar.ts'
import { unlistedPage, unlistedView } from '../present/master-unlisted.ts'
import type { Records } from '../store/port.ts'
import { PAGE, type PageQuery, pageOf, TEXT } from './answers.ts'
import { need } from './auth.ts'
import type { CatalogueSource } from './catalogue-source.ts'
import { Refusal } from './problems.ts'

export interface ListParts {
  readonly source: CatalogueSource
  readonly reader: Pick<Records, 'daily' | 'cardsOf'>
}

interface TableQuery extends PageQuery {
  readonly q?: string
  readonly department?: string
  readonly region?: string
  readonly flag?: MasterFlagName
  readonly code?: string
  readonly as_of?: string
}

const FLAGS = ['promise_later', 'undated', 'statute_of_law', 'no_department', 'no_region', 'no_window'] as const

const TABLE_QUERY = {
  type: 'object',
  properties: { ...PAGE, q: TEXT, department: TEXT, region: TEXT, flag: { enum: FLAGS }, code: TEXT, as_of: TEXT },
} as const

const UNLISTED_QUERY = {
  type: 'object',
  properties: { ...PAGE, kind: { enum: ['item', 'window', 'department'] } },
} as const

const YEAR_QUERY = {
  type: 'object',
  properties: { year: { type: 'integer', minimum: YEARS.first, maximum: YEARS.last } },
} as const

/** Every civil day a flow may lie on. */
const EVER = 1_000_000

const dayAsked = (source: CatalogueSource, asOf: string | undefined): Day => {
  if (asOf === undefined) return source.law().homeCalendar.dayOf(asInstant(source.now()))
  const day = parseDay(asOf)
  if (day === null) throw new Refusal('bad_field', { at: '/as_of', detail: asOf })
  return day
}

export const catalogueListRoutes =
  ({ source, reader }: ListParts): FastifyPluginAsync =>
  async (app) => {
    const onRequest = need('catalogue.read')
    for (const table of MASTER_TABLES) {
      app.get<{ Querystring: TableQuery }>(
        `/api/v1/catalogue/${table satisfies MasterTable}`,
        { onRequest, schema: { querystring: TABLE_QUERY } },
        async ({ query }) => {
          const on = dayAsked(source, query.as_of)
          const { limit, after = null } = pageOf(query)
          const { q = null, department = null, region = null, flag = null, code = null } = query
          const flagging = { law: source.law(), on, oddsOf: source.oddsOf() }
          const asked = { table, on, q, department, region, flag, code, after, limit }
          return masterList(await source.index(), asked, flagging)
        },
      )
    }
    app.get<{ Querystring: PageQuery & { kind?: 'item' | 'window' | 'department' } }>(
      '/api/v1/catalogue/unlisted',
      { onRequest, schema: { querystring: UNLISTED_QUERY } },
      async ({ query }) => {
        const { limit, after = null } = pageOf(query)
        const days = await reader.daily('code', null, ['unlisted'], -EVER, EVER)
        const found = unlistedPage(days, { kind: query.kind ?? null, after, limit })
        const codes = found.page.map(([key]) => key)
        return unlistedView(found, codes.length === 0 ? [] : await reader.cardsOf('code', codes))
      },
    )
    app.get('/api/v1/calendars', { onRequest }, async () => ({
      items: calendarLines(source.law(), await source.index()),
      next: null,
    }))
    app.get<{ Params: { id: string }; Querystring: { year?: number } }>(
      '/api/v1/calendars/:id',
      { onRequest, schema: { querystring: YEAR_QUERY } },
      async ({ params, query }) => {
        const law = source.law()
        const calendar = law.calendars.get(params.id)
        if (calendar === undefined) throw new Refusal('not_found')
        const year = query.year ?? ymdOf(dayAsked(source, undefined)).year
        return calendarView(calendar, year, law, await source.index())
      },
    )
  }
