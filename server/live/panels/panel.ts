// A panel of the wall (L1, L4): its name on the wire, what moves it, how it is drawn, and what names its rows. One diff makes
// the patches of all of them (outbox.ts); whatever is shown is a panel, and a board knows none of them by name.

import type { BoardGround } from '../ground.ts'

/**
 * What may move a panel between two patches: the sums of the day, cards, what lights the windows, what sources said, rows
 * that wait, the clock (drawn anew for every patch). New law and a new day move them all.
 */
export type Feed = 'sums' | 'cards' | 'heads' | 'sources' | 'waiting' | 'clock'

export interface Panel<Shown = unknown> {
  /** The member of a board and of a patch under which it travels; `from`, `cursor`, `as_of` and `…_gone` are taken. */
  readonly name: string
  readonly feeds: readonly Feed[]
  /** Pure; whole values, persons masked (L7). */
  readonly draw: (ground: BoardGround) => Shown
  /**
   * Of a panel of rows: what names a row. Its patches carry changed rows whole and, under `NAME_gone`, the keys of rows that
   * left. Absent: one value, sent whole.
   */
  readonly keyOf?: Shown extends readonly (infer Row)[] ? (row: Row) => string : undefined
  /** What of it must differ to be sent again; absent: all of it. */
  readonly told?: (shown: Shown, ground: BoardGround) => unknown
}

/** A panel of whatever kind, as the pump and the outbox know it. */
export interface AnyPanel {
  readonly name: string
  readonly feeds: readonly Feed[]
  readonly draw: (ground: BoardGround) => unknown
  readonly keyOf?: ((row: never) => string) | undefined
  readonly told?: ((shown: never, ground: BoardGround) => unknown) | undefined
}
