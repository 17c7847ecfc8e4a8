// Places of flows (region, department, window, operator, item, source), each stored once. Knows what it has seen, which is
// little: a ledger has some thousands of them.

import type { Connection } from './open.ts'

export type PlaceWords = readonly [
  region: string,
  department: string,
  window: string,
  operator: string,
  item: string,
  source: string,
]

const MOST_KNOWN = 100_000

export interface Places {
  /** The number of a place, given to it now if it has none. */
  of(words: PlaceWords): number
  /** After a transaction that was taken back: numbers it gave stand for nothing. */
  forget(): void
}

export function preparePlaces(db: Connection): Places {
  const find = db
    .prepare(
      `SELECT id FROM place
       WHERE region = ? AND department = ? AND window = ? AND operator = ? AND item = ? AND source = ?`,
    )
    .pluck()
  const add = db.prepare(
    'INSERT INTO place (region, department, window, operator, item, source) VALUES (?, ?, ?, ?, ?, ?)',
  )
  const known = new Map<string, number>()
  return {
    of(words) {
      const key = words.join('\n')
      const seen = known.get(key)
      if (seen !== undefined) return seen
      const id = (find.get(...words) as number | undefined) ?? Number(add.run(...words).lastInsertRowid)
      if (known.size >= MOST_KNOWN) known.clear()
      known.set(key, id)
      return id
    },
    forget: () => known.clear(),
  }
}
