// Windows as the wall shows them, and one window with its cases in hand and its cards. The tile comes from the same board
// as the screens', so a page and a wall cannot disagree.

import type { Board } from '../contract/live.ts'
import { cardView } from '../present/card.ts'
import { cardShown } from '../present/personal.ts'
import type { Records } from '../store/port.ts'
import type { Supervisor } from '../supervision/supervisor.ts'
import { type Caller, mayAll, needAll } from './caller.ts'
import { caseLine } from './case-line.ts'
import { Refusal } from './refusal.ts'

export interface WindowParts {
  readonly supervisor: Pick<Supervisor, 'law' | 'now'>
  readonly reader: Records
  /** The board of everything, as last sent to the screens. */
  readonly board: () => Board
}

const SHOWN = 200

export const listWindows = ({ board }: WindowParts, caller: Caller) => {
  needAll(caller, 'cases.read')
  return { items: board().tiles, next: null }
}

/** Throws Refusal where nothing is known of such a window. */
export const showWindow = async ({ supervisor, reader, board }: WindowParts, caller: Caller, window: string) => {
  needAll(caller, 'cases.read')
  const tile = board().tiles.find((row) => row.window_no === window) ?? null
  const cases = await reader.listCases({ window, inHand: true, limit: SHOWN })
  const cards = await reader.listCards({ window, limit: SHOWN })
  if (tile === null && cases.rows.length === 0 && cards.rows.length === 0) throw new Refusal('not_found')
  const mayPersonal = mayAll(caller, 'personal.read')
  return {
    window: tile,
    cases: cases.rows.map((row) => caseLine(row, supervisor.law)),
    cases_next: cases.next,
    cards: cards.rows.map(({ card, moves }) => cardShown(cardView(card, moves, supervisor.law), mayPersonal)),
    cards_next: cards.next,
  }
}
