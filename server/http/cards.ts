// Cards over HTTP (SPEC 11, C4): lists by state, level, rule, window, department; one card; a person's move on it.
// A move is the named caller's; who may not move gets a refusal, never a silent nothing.

import type { FastifyPluginAsync } from 'fastify'
import type { ExplainView } from '../contract/api.ts'
import type { ProblemCode } from '../contract/problems.ts'
import type { Card } from '../core/card/card.ts'
import { isWellFormed } from '../intake/canonical.ts'
import { cardView } from '../present/card.ts'
import { clockOfCard, explainView } from '../present/explain.ts'
import type { CardQuery, Records } from '../store/port.ts'
import type { Supervisor } from '../supervision/supervisor.ts'
import { caseThen, type LawsThen } from '../supervision/then.ts'
import { NUMBERED_PAGE, type PageQuery, pageOf, TEXT } from './answers.ts'
import { callerOf, need } from './auth.ts'
import { Refusal } from './problems.ts'
import { ownDepartment, scopeOf } from './scope.ts'

export interface CardParts {
  readonly supervisor: Pick<Supervisor, 'law' | 'move'>
  readonly records: Records
  readonly reader: Records
  readonly laws: LawsThen
}

interface ListQuery extends PageQuery {
  readonly state?: string
  readonly level?: number
  readonly rule?: string
  readonly window?: string
  readonly department?: string
  readonly project_no?: string
  readonly waiting?: boolean
}

const QUERY = {
  type: 'object',
  properties: {
    ...NUMBERED_PAGE,
    state: TEXT,
    level: { type: 'integer', minimum: 1, maximum: 3 },
    rule: TEXT,
    window: TEXT,
    department: TEXT,
    project_no: TEXT,
    waiting: { type: 'boolean' },
  },
} as const

const storeQuery = (query: ListQuery): CardQuery => ({
  ...pageOf(query),
  ...(query.state === undefined ? {} : { state: query.state }),
  ...(query.level === undefined ? {} : { level: query.level }),
  ...(query.rule === undefined ? {} : { rule: query.rule }),
  ...(query.window === undefined ? {} : { window: query.window }),
  ...(query.department === undefined ? {} : { department: query.department }),
  ...(query.project_no === undefined ? {} : { projectNo: query.project_no }),
  ...(query.waiting === undefined ? {} : { waiting: query.waiting }),
})

interface MoveBody {
  readonly move: string
  readonly why: string
  readonly signed_by?: string
  /** Number that this move is to have: one more than the caller has seen. */
  readonly n?: number
  /** Said twice: its case is overdue still, and the card is closed all the same. */
  readonly still_overdue?: boolean
}

const MOVE = {
  type: 'object',
  required: ['move', 'why'],
  additionalProperties: false,
  properties: {
    move: TEXT,
    why: { type: 'string', maxLength: 4_000 },
    signed_by: TEXT,
    n: { type: 'integer', minimum: 1 },
    still_overdue: { type: 'boolean' },
  },
} as const

/** What is kept for good is kept as text: half a character is none (S16). */
const checkTexts = (body: MoveBody): void => {
  for (const key of ['move', 'why', 'signed_by'] as const)
    if (!isWellFormed(body[key] ?? '')) throw new Refusal('bad_field', { at: `/${key}`, detail: 'lone surrogate' })
}

/** The explanation of the moment at which the card was raised, by what was known then (C3, T14). */
const explainThen = async (parts: CardParts, card: Card): Promise<ExplainView | null> => {
  if (card.projectNo === null) return null
  const then = await caseThen(parts, card.projectNo, card.raisedAt)
  const clock = then === null ? null : clockOfCard(card, then.judgement)
  return then === null || clock === null ? null : explainView(clock, then.judgement, then.law, card.raisedAt)
}

/** Cards that wait as 待撤, of one department or of all: a unit is told nothing of the others (A1). */
const toLiftOf = async (reader: Records, department: string | null): Promise<number> => {
  if (department === null) return reader.countCards('to_lift')
  let count = 0
  for (let after: string | null | undefined; after !== null; ) {
    const asked = { department, state: 'to_lift', limit: 500, ...(after === undefined ? {} : { after }) }
    const { rows, next } = await reader.listCards(asked)
    count += rows.length
    after = next
  }
  return count
}

export const cardRoutes =
  (parts: CardParts): FastifyPluginAsync =>
  async (app) => {
    const onRequest = need('cards.read', { own: true })
    app.get<{ Querystring: ListQuery }>(
      '/api/v1/cards',
      { onRequest, schema: { querystring: QUERY } },
      async (request) => {
        const { rows, next } = await parts.reader.listCards(
          storeQuery({ ...request.query, ...ownDepartment(request, request.query.department) }),
        )
        const items = rows.map(({ card, moves }) => cardView(card, moves, parts.supervisor.law))
        // of all cards the caller may read, whatever was asked for: what somebody has to decide no filter hides (C5)
        return { items, next, to_lift: await toLiftOf(parts.reader, scopeOf(request)) }
      },
    )
    app.get<{ Params: { card_id: string } }>('/api/v1/cards/:card_id', { onRequest }, async (request) => {
      const found = await parts.records.card(request.params.card_id)
      const scope = scopeOf(request)
      if (found === null || (scope !== null && found.card.department !== scope)) throw new Refusal('not_found')
      const view = cardView(found.card, found.moves, parts.supervisor.law)
      return { ...view, explain: await explainThen(parts, found.card) }
    })
    app.post<{ Params: { card_id: string }; Body: MoveBody }>(
      '/api/v1/cards/:card_id/moves',
      { onRequest: need('cards.move'), schema: { body: MOVE } },
      async (request) => {
        checkTexts(request.body)
        const { move, why, signed_by: signedBy = null, n = null, still_overdue: stillOverdue = false } = request.body
        const by = callerOf(request).name
        const asked = { cardId: request.params.card_id, move, why, by, signedBy, n, stillOverdue }
        const moved = await parts.supervisor.move(asked)
        if ('refused' in moved) throw new Refusal(moved.refused as ProblemCode, { detail: move })
        return { card_id: request.params.card_id, state: moved.state }
      },
    )
  }
