// Applying a patch to what this screen shows (L1): whole values put in place, nothing added up.
// Pure. A patch that does not follow the standing cursor changes nothing and says so.

import type { Board, WallPatch, WallSnapshot } from '../../server/contract/live.ts'

export interface Standing {
  cursor: string
  /** Instant of the supervision clock the board shows, RFC 3339. */
  asOf: string
  /** The asOf with which the sources' lags came: they grow by the clock from there. */
  sourcesAsOf: string
  board: Board
}

export type Applied = { kind: 'applied'; standing: Standing } | { kind: 'known' } | { kind: 'gap' }

export const standingOf = (snapshot: WallSnapshot): Standing => ({
  cursor: snapshot.cursor,
  asOf: snapshot.as_of,
  sourcesAsOf: snapshot.as_of,
  board: snapshot.board,
})

/** Replaces in place by key and appends what is new: nothing that stays moves. */
const putInPlace = <T>(present: readonly T[], changed: readonly T[] | undefined, keyOf: (value: T) => string): T[] => {
  if (!changed || changed.length === 0) return present as T[]
  const news = new Map(changed.map((value) => [keyOf(value), value]))
  const kept = present.map((value) => {
    const key = keyOf(value)
    const replacement = news.get(key)
    news.delete(key)
    return replacement ?? value
  })
  return [...kept, ...news.values()]
}

const without = <T>(present: T[], gone: readonly string[] | undefined, keyOf: (value: T) => string): T[] => {
  const keys = new Set(gone ?? [])
  return keys.size === 0 ? present : present.filter((value) => !keys.has(keyOf(value)))
}

const withPatch = (board: Board, patch: WallPatch): Board => {
  const staying = without(board.cards, patch.cards_gone, (card) => card.card_id)
  const tiles = without(board.tiles, patch.tiles_gone, (tile) => tile.window_no)
  return {
    centre: patch.centre ?? board.centre,
    day: patch.day ?? board.day,
    figures: patch.figures ?? board.figures,
    hours: patch.hours ?? board.hours,
    forecast: patch.forecast ?? board.forecast,
    sources: patch.sources ?? board.sources,
    tiles: putInPlace(tiles, patch.tiles, (tile) => tile.window_no),
    cards: putInPlace(staying, patch.cards, (card) => card.card_id),
  }
}

export const applyPatch = (standing: Standing, patch: WallPatch): Applied => {
  if (patch.from !== standing.cursor) return patch.cursor === standing.cursor ? { kind: 'known' } : { kind: 'gap' }
  return {
    kind: 'applied',
    standing: {
      cursor: patch.cursor,
      asOf: patch.as_of,
      sourcesAsOf: patch.sources ? patch.as_of : standing.sourcesAsOf,
      board: withPatch(standing.board, patch),
    },
  }
}
