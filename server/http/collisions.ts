// Numbers that sources give several items (I11, 疑似撞号): the list of those that wait for a person, and a person's word that
// such a number is one case after all, which can be taken back. The other ways out are a declaration that a source's numbers
// are its own (declare.ts) and a joining of numbers (aliases.ts).

import type { FastifyPluginAsync } from 'fastify'
import type { Collision } from '../contract/numbers.ts'
import type { CaseState } from '../core/case/state.ts'
import { calendarOf, dayAt, type Law } from '../core/law/law.ts'
import { asInstant } from '../core/time/instant.ts'
import { collisionView } from '../present/collision.ts'
import { instantIn } from '../present/words.ts'
import type { CaseRow, InputEntry, Records } from '../store/port.ts'
import { oneCaseOf } from '../supervision/said.ts'
import type { Supervisor } from '../supervision/supervisor.ts'
import { factsThen } from '../supervision/then.ts'
import { NUMBERED_PAGE, type PageQuery, pageOf, TEXT } from './answers.ts'
import { actorOf, callerOf, need } from './auth.ts'
import { declareNumbers } from './declare.ts'
import { Refusal } from './problems.ts'

export interface CollisionParts {
  readonly supervisor: Pick<Supervisor, 'law' | 'now' | 'numbers' | 'said' | 'sayOneCase' | 'loadCatalogue'>
  /** For lists. */
  readonly reader: Records
}

const STATES = ['waiting', 'one_case'] as const
type Query = PageQuery & { readonly state: (typeof STATES)[number] }
const QUERY = {
  type: 'object',
  properties: {
    ...NUMBERED_PAGE,
    limit: { type: 'integer', minimum: 1, maximum: 50, default: 20 },
    state: { type: 'string', enum: STATES, default: 'waiting' },
  },
} as const
const BODY = {
  type: 'object',
  required: ['one_case', 'why'],
  additionalProperties: false,
  properties: { one_case: { type: 'boolean' }, why: TEXT },
} as const
const NUMBERS = {
  type: 'object',
  required: ['numbers', 'why'],
  additionalProperties: false,
  properties: { numbers: { type: 'string', enum: ['own', 'shared'] }, why: TEXT },
} as const

/** Who said last that a number is one case; null: nobody, or it was taken back. */
export const oneCaseSaid = (entries: readonly InputEntry[], projectNo: string, law: Law): Collision['one_case'] => {
  const last = entries.findLast((entry) => oneCaseOf(entry).project_no === projectNo)
  if (last === undefined || !oneCaseOf(last).one_case) return null
  return { by: last.by, at: instantIn(law.homeCalendar, asInstant(last.at)) ?? '', why: oneCaseOf(last).why }
}

const CARDS_LOOKED = 200

const lineOf = async (
  { supervisor, reader }: CollisionParts,
  row: CaseRow,
  entries: readonly InputEntry[],
): Promise<Collision> => {
  const { law, numbers } = supervisor
  const { projectNo, department, status } = row
  const facts = await factsThen(reader, numbers, { projectNo, at: supervisor.now() })
  const { rows } = await reader.listCards({ projectNo, limit: CARDS_LOOKED })
  const waiting = rows.filter(({ card }) => card.state === 'to_confirm' && card.contested !== null)
  const calendar = calendarOf(law, row.region, dayAt(law, row.judgedAt))
  const said = { waitingCards: waiting.length, oneCase: oneCaseSaid(entries, projectNo, law) }
  return collisionView({ projectNo, department, calendar, status, facts, ...said }, law)
}

export const collisionRoutes =
  (parts: CollisionParts): FastifyPluginAsync =>
  async (app) => {
    const { supervisor, reader } = parts
    app.get<{ Querystring: Query }>(
      '/api/v1/collisions',
      { onRequest: need('cases.read'), schema: { querystring: QUERY } },
      async ({ query }) => {
        const { rows, next } = await reader.listCases({ ...pageOf(query), collision: query.state })
        const entries = await reader.inputs('one_case')
        const items: Collision[] = []
        for (const row of rows) items.push(await lineOf(parts, row, entries))
        return { items, next }
      },
    )
    app.post<{ Params: { project_no: string }; Body: { one_case: boolean; why: string } }>(
      '/api/v1/collisions/:project_no',
      { onRequest: need('aliases.write'), schema: { body: BODY } },
      async (request) => {
        const { one_case: oneCase, why } = request.body
        const projectNo = supervisor.numbers.homeOf(request.params.project_no)
        const row = (await reader.cases([projectNo])).get(projectNo)?.row
        if (row === undefined || row.state === '') throw new Refusal('not_found')
        const { collision } = JSON.parse(row.state) as CaseState
        if (collision.length === 0 && oneCase) throw new Refusal('no_collision')
        const done = await supervisor.sayOneCase({
          projectNo,
          oneCase,
          why,
          by: callerOf(request).name,
          actor: actorOf(request),
        })
        if ('refused' in done) throw new Refusal('no_collision')
        return { project_no: done.project_no, one_case: oneCase }
      },
    )
    app.post<{ Params: { source: string }; Body: { numbers: 'own' | 'shared'; why: string } }>(
      '/api/v1/sources/:source/numbers',
      { onRequest: need('catalogue.write'), schema: { body: NUMBERS } },
      async (request, reply) => {
        const { source } = request.params
        const { numbers, why } = request.body
        const entry = await declareNumbers(supervisor, { source, numbers, why, by: callerOf(request).name })
        if (entry === null) throw new Refusal('numbers_stand', { detail: source })
        reply.code(201)
        return { source, numbers, entry }
      },
    )
  }
