// One table of the catalogue under construction (I9): its rows, each code and day once, and the counts of what became of
// the lines. A row that names no day holds from the file's, whether another spells that day out or not. Rows that
// contradict each other are all left out. Judges no shape.

import type { MasterTableCount } from '../../contract/master.ts'
import type { Tables } from '../../contract/tables/registry.ts'
import { canonicalize } from '../canonical.ts'
import type { Place } from '../files/row.ts'
import { Claims, whereIn } from './claims.ts'
import { Untaken } from './faults.ts'
import { keyOf } from './fields.ts'
import type { Placed } from './judge.ts'

export type TableCount = Omit<MasterTableCount, 'added' | 'changed' | 'same'>

export class TableRows {
  readonly count: TableCount
  readonly #rows = new Map<Place, Placed>()
  readonly #claims = new Claims()
  readonly #key: string
  readonly #validFrom: string | null

  /** `validFrom`: the day of the file; null: every row must name its own. */
  constructor(table: string, validFrom: string | null, tables: Tables) {
    this.#key = keyOf(tables, table)
    this.#validFrom = validFrom
    this.count = { table, taken: 0, repeated: 0, skipped: 0, faulty: 0 }
  }

  /** Rows to be taken, in the order of the file. */
  get rows(): Placed[] {
    return [...this.#rows.values()]
  }

  /** Takes in a row, or throws Untaken. `onDistrusted` hears of the row before that it contradicts. */
  add(placed: Placed, once: boolean, onDistrusted: (first: Place, why: Untaken) => void): void {
    const { row, place } = placed
    const code = row[this.#key]
    const from = row.valid_from ?? this.#validFrom ?? ''
    // rows without a code are not one and the same: each lacks its own
    const claim =
      code === undefined
        ? ({ kind: 'new' } as const)
        : this.#claims.make(`${code}\n${from}`, canonicalize({ ...row, valid_from: from }), place)
    if (claim.kind === 'new') {
      this.#rows.set(place, placed)
      return
    }
    if (claim.kind === 'differs') {
      const { first, isFirst } = claim
      this.#rows.delete(first)
      if (isFirst) onDistrusted(first, new Untaken('differs', this.#key, `${code}, ${whereIn(place)}`))
      throw new Untaken('differs', this.#key, `${code}, ${whereIn(first)}`)
    }
    if (!once) throw new Untaken('twice', this.#key, `${code}, ${whereIn(claim.before)}`)
    this.count.repeated++
  }
}
