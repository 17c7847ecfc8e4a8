// The board of a scope (L1, L4): its panels drawn and ready to be compared. A panel is drawn anew only where what it is drawn
// from has moved. Knows no panel by name.

import type { Board } from '../contract/live.ts'
import type { BoardGround } from './ground.ts'
import type { AnyPanel, Feed } from './panels/panel.ts'
import { PANELS } from './panels/registry.ts'

/** A panel as drawn: its value, and what is compared of it: one text, or a text a row by its key. */
export interface Drawn {
  readonly value: unknown
  readonly told: string | ReadonlyMap<string, string>
}

/** By panel, in the order of a snapshot. */
export type DrawnBoard = ReadonlyMap<string, Drawn>

/** What has moved since a board was drawn; 'all': a new law or a new day. */
export type Moved = ReadonlySet<Feed> | 'all'

const drawPanel = ({ draw, keyOf, told }: AnyPanel, ground: BoardGround): Drawn => {
  const value = draw(ground)
  if (keyOf === undefined)
    return { value, told: JSON.stringify(told === undefined ? value : told(value as never, ground)) }
  const rows = value as readonly never[]
  const of = (row: never): unknown => (told === undefined ? row : told(row, ground))
  return { value, told: new Map(rows.map((row) => [keyOf(row), JSON.stringify(of(row))])) }
}

/** Draws what has moved; `before` is the board as last drawn on this ground, null: nothing was. */
export const drawBoard = (
  panels: readonly AnyPanel[],
  ground: BoardGround,
  before: DrawnBoard | null,
  moved: Moved,
): DrawnBoard => {
  const isMoved = ({ feeds }: AnyPanel): boolean =>
    moved === 'all' || feeds.some((feed) => feed === 'clock' || moved.has(feed))
  const drawn = panels.map((panel): [string, Drawn] => {
    const held = before?.get(panel.name)
    return [panel.name, held === undefined || isMoved(panel) ? drawPanel(panel, ground) : held]
  })
  return new Map(drawn)
}

/** The board that ships, whole. */
export const boardOf = (ground: BoardGround): Board =>
  Object.fromEntries(PANELS.map(({ name, draw }) => [name, draw(ground)])) as unknown as Board
