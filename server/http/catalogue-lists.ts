// GET /api/v1/catalogue/{table}, /catalogue/unlisted, /calendars, /calendars/{id} (SPEC 11, I9, T1, D-05): what the catalogue
// holds, and what it lacks.

import type { FastifyPluginAsync } from 'fastify'
import type { MasterFlagName } from '../contract/master.ts'
import { type ListParts, listCalendars, listTable, listUnlisted, showCalendar } from '../office/law/lists.ts'
import { YEARS } from '../present/master-calendar.ts'
import { PAGE, type PageQuery, pageOf, TEXT } from './answers.ts'
import { callerOf, need } from './auth.ts'

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

export const catalogueListRoutes =
  (parts: ListParts): FastifyPluginAsync =>
  async (app) => {
    const onRequest = need('catalogue.read')
    for (const { name: table } of parts.source.tables) {
      app.get<{ Querystring: TableQuery }>(
        `/api/v1/catalogue/${table}`,
        { onRequest, schema: { querystring: TABLE_QUERY } },
        async (request) => {
          const { as_of: asOf, cursor: _, after: __, ...asked } = request.query
          const on = asOf === undefined ? {} : { asOf }
          return listTable(parts, callerOf(request), { table, ...asked, ...on, ...pageOf(request.query) })
        },
      )
    }
    app.get<{ Querystring: PageQuery & { kind?: 'item' | 'window' | 'department' } }>(
      '/api/v1/catalogue/unlisted',
      { onRequest, schema: { querystring: UNLISTED_QUERY } },
      async (request) => {
        const { kind } = request.query
        const of = kind === undefined ? {} : { kind }
        return listUnlisted(parts, callerOf(request), { ...of, ...pageOf(request.query) })
      },
    )
    app.get('/api/v1/calendars', { onRequest }, async (request) => listCalendars(parts, callerOf(request)))
    app.get<{ Params: { id: string }; Querystring: { year?: number } }>(
      '/api/v1/calendars/:id',
      { onRequest, schema: { querystring: YEAR_QUERY } },
      async (request) => {
        const { year } = request.query
        const asked = { id: request.params.id, ...(year === undefined ? {} : { year }) }
        return showCalendar(parts, callerOf(request), asked)
      },
    )
  }
