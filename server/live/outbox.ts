// The chain of one scope: the board as last sent, and the patches that led to it, each naming the one before (L1).
// A patch carries whole values of what changed. The log is bounded; an older cursor gets a snapshot. A screen may ask for
// some panels: it gets the same chain, link by link, and of each link what is of its panels.

import type { Board, WallPatch, WallSnapshot } from '../contract/live.ts'
import type { Drawn, DrawnBoard } from './board.ts'
import type { AnyPanel } from './panels/panel.ts'

const LOG_PATCHES = 240
const LOG_CHARS = 1_000_000

/** Names of panels; null: all. */
export type Shown = ReadonlySet<string> | null

export interface Outbox {
  snapshot(shown?: Shown): WallSnapshot
  /** The patches after a cursor, oldest first; null: unknown or too old. */
  since(cursor: string, shown?: Shown): WallPatch[] | null
  /** Takes the next board; the patch that leads to it, or null when nothing changed. */
  advance(board: DrawnBoard, asOf: string): WallPatch | null
  /** As last taken. */
  readonly board: DrawnBoard
  readonly cursor: string
}

/** Where a patch names the rows of a panel that left. */
const goneFrom = (panel: string): string => `${panel}_gone`

type Changed = Record<string, unknown>

const addRows = (
  changed: Changed,
  { name, keyOf }: AnyPanel,
  before: ReadonlyMap<string, string>,
  next: Drawn,
): void => {
  const told = next.told as ReadonlyMap<string, string>
  const key = keyOf as (row: unknown) => string
  const rows = (next.value as readonly unknown[]).filter((row) => before.get(key(row)) !== told.get(key(row)))
  if (rows.length > 0) changed[name] = rows
  const gone = [...before.keys()].filter((id) => !told.has(id))
  if (gone.length > 0) changed[goneFrom(name)] = gone
}

/** What changed from one board to the next, panel by panel. */
const changedBetween = (panels: readonly AnyPanel[], before: DrawnBoard, next: DrawnBoard): Changed => {
  const changed: Changed = {}
  for (const panel of panels) {
    const held = before.get(panel.name)
    const drawn = next.get(panel.name)
    if (drawn === undefined || drawn === held) continue
    if (typeof drawn.told !== 'string') addRows(changed, panel, (held?.told ?? new Map()) as Map<string, string>, drawn)
    else if (held?.told !== drawn.told) changed[panel.name] = drawn.value
  }
  return changed
}

/** As much of a patch as is of these panels; without any of them a bare link of the chain. */
export const narrowed = (patch: WallPatch, shown: Shown): WallPatch => {
  if (shown === null) return patch
  const { from, cursor, as_of } = patch
  const names = [...shown].flatMap((name) => [name, goneFrom(name)])
  const kept = Object.entries(patch).filter(([name]) => names.includes(name))
  return { from, cursor, as_of, ...Object.fromEntries(kept) }
}

export const makeOutbox = (
  start: string,
  panels: readonly AnyPanel[],
  first: { readonly board: DrawnBoard; readonly asOf: string },
): Outbox => {
  let n = 0
  let { board, asOf: at } = first
  const log: { patch: WallPatch; chars: number }[] = []
  let logged = 0
  const cursorOf = (number: number): string => `${start}.${number}`

  return {
    get cursor() {
      return cursorOf(n)
    },
    get board() {
      return board
    },
    snapshot(shown = null) {
      const drawn = [...board].filter(([name]) => shown === null || shown.has(name))
      const values = Object.fromEntries(drawn.map(([name, { value }]) => [name, value]))
      return { cursor: cursorOf(n), as_of: at, board: values as unknown as Board }
    },
    since(cursor, shown = null) {
      if (cursor === cursorOf(n)) return []
      const index = log.findIndex(({ patch }) => patch.from === cursor)
      return index < 0 ? null : log.slice(index).map(({ patch }) => narrowed(patch, shown))
    },
    advance(next, asOfNext) {
      const changed = changedBetween(panels, board, next)
      at = asOfNext
      board = next
      if (Object.keys(changed).length === 0) return null
      const patch: WallPatch = { from: cursorOf(n), cursor: cursorOf(n + 1), as_of: asOfNext, ...changed }
      n += 1
      const chars = JSON.stringify(patch).length
      log.push({ patch, chars })
      logged += chars
      while (log.length > LOG_PATCHES || logged > LOG_CHARS) logged -= log.shift()?.chars ?? 0
      return patch
    },
  }
}
