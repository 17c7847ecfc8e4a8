// Cards over HTTP (SPEC 11, C4): lists by state, level, rule, window, department; one card; a person's move on it.

import type { FastifyPluginAsync } from 'fastify'
import { isWellFormed } from '../intake/canonical.ts'
import { type CardParts, listCards, moveCard, showCard } from '../office/cards.ts'
import { Refusal } from '../office/refusal.ts'
import { NUMBERED_PAGE, type PageQuery, pageOf, TEXT } from './answers.ts'
import { callerOf, need } from './auth.ts'

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

const askedIn = (query: ListQuery): Parameters<typeof listCards>[2] => ({
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

export const cardRoutes =
  (parts: CardParts): FastifyPluginAsync =>
  async (app) => {
    const onRequest = need('cards.read', { own: true })
    app.get<{ Querystring: ListQuery }>(
      '/api/v1/cards',
      { onRequest, schema: { querystring: QUERY } },
      async (request) => listCards(parts, callerOf(request), askedIn(request.query)),
    )
    app.get<{ Params: { card_id: string } }>('/api/v1/cards/:card_id', { onRequest }, async (request) =>
      showCard(parts, callerOf(request), request.params.card_id),
    )
    app.post<{ Params: { card_id: string }; Body: MoveBody }>(
      '/api/v1/cards/:card_id/moves',
      { onRequest: need('cards.move'), schema: { body: MOVE } },
      async (request) => {
        checkTexts(request.body)
        const { move, why, signed_by: signedBy = null, n = null, still_overdue: stillOverdue = false } = request.body
        const asked = { cardId: request.params.card_id, move, why, signedBy, n, stillOverdue }
        return moveCard(parts, callerOf(request), asked)
      },
    )
  }
