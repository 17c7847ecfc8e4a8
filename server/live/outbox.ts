// The chain of one scope: the board as last sent, and the patches that led to it, each naming the one before (L1).
// A patch carries whole values of what changed. The log is bounded; an older cursor gets a snapshot.

import type { Board, SourceLag, Tile, WallPatch, WallSnapshot } from '../contract/live.ts'

const LOG_PATCHES = 240
const LOG_CHARS = 1_000_000

type Part = 'day' | 'figures' | 'hours' | 'forecast'
const PARTS: readonly Part[] = ['day', 'figures', 'hours', 'forecast']

export interface Outbox {
  snapshot(): WallSnapshot
  /** The patches after a cursor, oldest first; null: unknown or too old. */
  since(cursor: string): WallPatch[] | null
  /** Takes the next board; the patch that leads to it, or null when nothing changed. */
  advance(board: Board, asOf: string): WallPatch | null
  readonly cursor: string
}

/** A lag grows by itself; only news from a source is a change, and a new day, by whose hours a screen carries it on. */
const sourcesText = (sources: readonly SourceLag[]): string =>
  JSON.stringify(sources.map(({ lag_ms: _, office_lag_ms: __, ...rest }) => rest))

const texts = <T>(rows: readonly T[], key: (row: T) => string): Map<string, string> =>
  new Map(rows.map((row) => [key(row), JSON.stringify(row)]))

const changed = <T>(rows: readonly T[], before: ReadonlyMap<string, string>, key: (row: T) => string): T[] =>
  rows.filter((row) => before.get(key(row)) !== JSON.stringify(row))

export const makeOutbox = (start: string, first: Board, asOf: string): Outbox => {
  let n = 0
  let board = first
  let at = asOf
  let parts = new Map<string, string>(PARTS.map((part) => [part, JSON.stringify(first[part])]))
  let lags = sourcesText(first.sources)
  let tiles = texts(first.tiles, (tile) => tile.window_no)
  let cards = texts(first.cards, (card) => card.card_id)
  const log: { n: number; patch: WallPatch; chars: number }[] = []
  let logged = 0
  const cursorOf = (number: number): string => `${start}.${number}`

  const diff = (next: Board): Omit<WallPatch, 'from' | 'cursor' | 'as_of'> => {
    const patch: Omit<WallPatch, 'from' | 'cursor' | 'as_of'> = {}
    if (parts.get('day') !== JSON.stringify(next.day)) patch.day = next.day
    if (parts.get('figures') !== JSON.stringify(next.figures)) patch.figures = next.figures
    if (parts.get('hours') !== JSON.stringify(next.hours)) patch.hours = next.hours
    if (parts.get('forecast') !== JSON.stringify(next.forecast)) patch.forecast = next.forecast
    if (lags !== sourcesText(next.sources) || patch.day !== undefined) patch.sources = next.sources
    const newTiles: Tile[] = changed(next.tiles, tiles, (tile) => tile.window_no)
    if (newTiles.length > 0) patch.tiles = newTiles
    const newCards = changed(next.cards, cards, (card) => card.card_id)
    if (newCards.length > 0) patch.cards = newCards
    const here = new Set(next.cards.map((card) => card.card_id))
    const gone = [...cards.keys()].filter((id) => !here.has(id))
    if (gone.length > 0) patch.cards_gone = gone
    return patch
  }

  return {
    get cursor() {
      return cursorOf(n)
    },
    snapshot: () => ({ cursor: cursorOf(n), as_of: at, board }),
    since(cursor) {
      if (cursor === cursorOf(n)) return []
      const index = log.findIndex(({ patch }) => patch.from === cursor)
      return index < 0 ? null : log.slice(index).map(({ patch }) => patch)
    },
    advance(next, asOfNext) {
      const patch = diff(next)
      at = asOfNext
      board = next
      if (Object.keys(patch).length === 0) return null
      const full: WallPatch = { from: cursorOf(n), cursor: cursorOf(n + 1), as_of: asOfNext, ...patch }
      n += 1
      parts = new Map(PARTS.map((part) => [part, JSON.stringify(next[part])]))
      lags = sourcesText(next.sources)
      tiles = texts(next.tiles, (tile) => tile.window_no)
      cards = texts(next.cards, (card) => card.card_id)
      const chars = JSON.stringify(full).length
      log.push({ n, patch: full, chars })
      logged += chars
      while (log.length > LOG_PATCHES || logged > LOG_CHARS) logged -= log.shift()?.chars ?? 0
      return full
    },
  }
}
