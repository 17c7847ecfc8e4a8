// GET /api/v1/windows and /api/v1/windows/{no}: the tiles as the wall shows them, and one window with its cases in hand
// and its cards. The tile comes from the same board as the screens', so a page and a wall cannot disagree.

import type { FastifyPluginAsync } from 'fastify'
import type { Board } from '../contract/live.ts'
import { cardView } from '../present/card.ts'
import type { Records } from '../store/port.ts'
import type { Supervisor } from '../supervision/supervisor.ts'
import { need } from './auth.ts'
import { caseLine } from './cases.ts'
import { Refusal } from './problems.ts'

export interface WindowParts {
  readonly supervisor: Pick<Supervisor, 'law' | 'now'>
  readonly reader: Records
  /** The board of everything, as last sent to the screens. */
  readonly board: () => Board
}

const SHOWN = 200

export const windowRoutes =
  (parts: WindowParts): FastifyPluginAsync =>
  async (app) => {
    const onRequest = need('cases.read')
    app.get('/api/v1/windows', { onRequest }, async () => ({ items: parts.board().tiles, next: null }))
    app.get<{ Params: { window_no: string } }>('/api/v1/windows/:window_no', { onRequest }, async (request) => {
      const { window_no: window } = request.params
      const tile = parts.board().tiles.find((row) => row.window_no === window) ?? null
      const cases = await parts.reader.listCases({ window, inHand: true, limit: SHOWN })
      const cards = await parts.reader.listCards({ window, limit: SHOWN })
      if (tile === null && cases.rows.length === 0 && cards.rows.length === 0) throw new Refusal('not_found')
      return {
        window: tile,
        cases: cases.rows.map((row) => caseLine(row, parts)),
        cases_next: cases.next,
        cards: cards.rows.map(({ card, moves }) => cardView(card, moves, parts.supervisor.law)),
        cards_next: cards.next,
      }
    })
  }
