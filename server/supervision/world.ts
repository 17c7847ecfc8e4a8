// The world: a bounded cache of planned cases over the stored rows, and the next turn. Nothing here is the truth:
// every entry can be dropped and read again. Adopts only what is committed (L2). Memory does not follow open cases.

import type { CaseBefore, CaseChange } from '../core/plan.ts'
import type { Instant } from '../core/time/instant.ts'

export interface Cached {
  readonly before: CaseBefore
  readonly lastAt: Instant
}

export interface World {
  /** Those of these cases that are cached; the answer stays good whatever is dropped meanwhile. */
  find(projectNos: Iterable<string>): ReadonlyMap<string, Cached>
  /** Takes changed cases in; none of them is dropped before the returned release is called, once they are stored. */
  adopt(changes: readonly CaseChange[]): () => void
  forget(projectNo: string): void
  clear(): void
}

/** @param most cases kept; the longest unused go first */
export const makeWorld = (most: number): World => {
  const cases = new Map<string, Cached>()
  /** Cases under way to the store, and in how many batches: only here is their newest state. */
  const held = new Map<string, number>()
  const put = (change: CaseChange): void => {
    cases.delete(change.projectNo)
    // what is gone or set apart is read from its facts the next time
    if (change.state === null || change.apart !== null) return
    const before = { state: change.state, flows: change.flows, cards: change.cards, apart: false }
    const lastAt = change.state.last[0]
    cases.set(change.projectNo, { before, lastAt })
  }
  const trim = (): void => {
    for (const key of cases.keys()) {
      if (cases.size <= most) return
      if (held.has(key)) continue
      cases.delete(key)
    }
  }
  return {
    find(projectNos) {
      const found = new Map<string, Cached>()
      for (const projectNo of projectNos) {
        const cached = cases.get(projectNo)
        if (cached === undefined) continue
        // used last
        cases.delete(projectNo)
        cases.set(projectNo, cached)
        found.set(projectNo, cached)
      }
      return found
    },
    adopt(changes) {
      for (const change of changes) {
        put(change)
        held.set(change.projectNo, (held.get(change.projectNo) ?? 0) + 1)
      }
      trim()
      return () => {
        for (const { projectNo } of changes) {
          const left = (held.get(projectNo) ?? 1) - 1
          if (left === 0) held.delete(projectNo)
          else held.set(projectNo, left)
        }
        trim()
      }
    },
    forget(projectNo) {
      cases.delete(projectNo)
    },
    clear() {
      cases.clear()
    },
  }
}
