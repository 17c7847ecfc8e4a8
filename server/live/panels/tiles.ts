// The window matrix (L4): a tile a window of the scope, in the order of the hall.

import type { Tile } from '../../contract/live.ts'
import { inScope } from '../ground.ts'
import { tileOf, tilePlaces } from '../tile.ts'
import type { Panel } from './panel.ts'

export const tiles: Panel<Tile[]> = {
  name: 'tiles',
  feeds: ['sums', 'heads', 'cards'],
  draw: (ground) =>
    tilePlaces(ground.law)
      .filter(({ window }) => inScope(ground, window.org))
      .map((place) => tileOf(place, ground.heads.get(place.window.code), ground)),
  keyOf: (tile) => tile.window_no,
}
