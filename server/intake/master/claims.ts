// What rows say under one key (I9): whether a row is the first to say something, says again what one before said, or
// contradicts it. Of rows that contradict each other none can be trusted, the first no more than the last. Keeps texts and
// places; what becomes of the rows is their tables' business.

import type { Place } from '../files/row.ts'

export type Claim =
  | { readonly kind: 'new' }
  | { readonly kind: 'again'; readonly before: Place }
  /** `first`: the row under this key that came first; `isFirst`: nothing contradicted it until now. */
  | { readonly kind: 'differs'; readonly first: Place; readonly isFirst: boolean }

const NEW: Claim = { kind: 'new' }

export class Claims {
  /** key → text → the line that said it first; texts stand in the order in which they came. */
  readonly #said = new Map<string, Map<string, Place>>()

  make(key: string, text: string, place: Place): Claim {
    const said = this.#said.get(key)
    if (said === undefined) {
      this.#said.set(key, new Map([[text, place]]))
      return NEW
    }
    const before = said.get(text)
    if (before !== undefined) return { kind: 'again', before }
    const [first = place] = said.values()
    said.set(text, place)
    return { kind: 'differs', first, isFirst: said.size === 2 }
  }
}

/** Where to look for the other row. */
export const whereIn = ({ line, sheet }: Place): string => (sheet === undefined ? `${line}` : `${sheet}!${line}`)
