// GET /api/v1/cases and /api/v1/cases/{project_no} (SPEC 11): lists of cases, and where one stands.

import type { FastifyPluginAsync } from 'fastify'
import type { CaseParts } from '../office/case-told.ts'
import { type CaseAsked, listCases, showCase } from '../office/cases.ts'
import { NUMBERED_PAGE, type PageQuery, pageOf, TEXT } from './answers.ts'
import { callerOf, need } from './auth.ts'

/** Yes and no as people and programs write them in an address. */
const FLAGS = ['1', '0', 'true', 'false'] as const
type Flag = (typeof FLAGS)[number]
const isYes = (flag: Flag): boolean => flag === '1' || flag === 'true'
const FLAG = { type: 'string', enum: FLAGS } as const

interface ListQuery extends PageQuery {
  readonly window?: string
  readonly department?: string
  readonly level?: number
  readonly in_hand?: Flag
  readonly apart?: Flag
}

const QUERY = {
  type: 'object',
  properties: {
    ...NUMBERED_PAGE,
    window: TEXT,
    department: TEXT,
    level: { type: 'integer', minimum: 0, maximum: 3 },
    in_hand: FLAG,
    apart: FLAG,
  },
} as const

const askedIn = (query: ListQuery): Parameters<typeof listCases>[2] => ({
  ...pageOf(query),
  ...(query.window === undefined ? {} : { window: query.window }),
  ...(query.department === undefined ? {} : { department: query.department }),
  ...(query.level === undefined ? {} : { level: query.level }),
  ...(query.in_hand === undefined ? {} : { inHand: isYes(query.in_hand) }),
  ...(query.apart === undefined ? {} : { apart: isYes(query.apart) }),
})

/** `as`: how that instant is read (M9): as due unless it is said. */
const AS_OF = { type: 'object', properties: { as_of: TEXT, as: { type: 'string', enum: ['shown', 'due'] } } } as const

export const caseRoutes =
  (parts: CaseParts): FastifyPluginAsync =>
  async (app) => {
    const onRequest = need('cases.read', { own: true })
    app.get<{ Params: { project_no: string }; Querystring: { as_of?: string; as?: CaseAsked['as'] } }>(
      '/api/v1/cases/:project_no',
      { onRequest, schema: { querystring: AS_OF } },
      async (request) => {
        const { as_of: asOf = null, as = 'due' } = request.query
        return showCase(parts, callerOf(request), { projectNo: request.params.project_no, asOf, as })
      },
    )
    app.get<{ Querystring: ListQuery }>(
      '/api/v1/cases',
      { onRequest, schema: { querystring: QUERY } },
      async (request) => listCases(parts, callerOf(request), askedIn(request.query)),
    )
  }
