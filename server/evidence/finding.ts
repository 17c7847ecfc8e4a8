// What verifying finds, each with its place. An entry at odds with the chain is told apart by where its leaf belongs:
// nowhere and its own borne nowhere → changed; elsewhere → reordered; nowhere though its own is borne → inserted.

export interface Finding {
  readonly kind:
    | 'changed'
    | 'removed'
    | 'inserted'
    | 'reordered'
    | 'columns'
    | 'erased'
    | 'chain'
    | 'tile'
    | 'head'
    | 'checkpoint'
    | 'file'
  /** Where: the entry's place in the ledger, or the first of its link. */
  readonly seq: number
  readonly commit: number | null
  /** What of it: the column, the field of the link, the tile, the place where the entry belongs. */
  readonly detail: string
}

interface Place {
  readonly seq: number
  /** Leaf that the chain has for this place; null: the chain ends before it. */
  readonly expected: string | null
  /** Leaf that the stored entry makes; null: there is none. */
  readonly made: string | null
}

const SHOWN = 100
/** Places kept for telling kinds apart; a store more broken than this is told of as changed. */
const KEPT = 100_000

export class Findings {
  readonly #found: Finding[] = []
  readonly #places: Place[] = []
  #count = 0

  add(finding: Finding): void {
    this.#count += 1
    if (this.#found.length < SHOWN) this.#found.push(finding)
  }

  place(seq: number, expected: string | null, made: string | null): void {
    if (this.#places.length < KEPT) this.#places.push({ seq, expected, made })
    else this.add({ kind: 'changed', seq, commit: null, detail: '' })
  }

  close(): { findings: readonly Finding[]; count: number } {
    const belongs = new Map<string, number>()
    const borne = new Set<string>()
    for (const { seq, expected, made } of this.#places) {
      if (expected !== null) belongs.set(expected, seq)
      if (made !== null) borne.add(made)
    }
    for (const { seq, expected, made } of this.#places) {
      const home = made === null ? undefined : belongs.get(made)
      const elsewhere = expected !== null && borne.has(expected)
      const add = (kind: Finding['kind'], detail = '') => this.add({ kind, seq, commit: null, detail })
      if (home !== undefined) add('reordered', `${home}`)
      if (expected !== null && !elsewhere && (made === null || home !== undefined)) add('removed')
      if (made !== null && home === undefined) add(expected === null || elsewhere ? 'inserted' : 'changed')
    }
    return { findings: this.#found.sort((a, b) => a.seq - b.seq), count: this.#count }
  }
}
