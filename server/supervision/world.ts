// The world: a bounded cache of planned cases over the stored rows, and the next turn. Nothing here is the truth:
// every entry can be dropped and read again. Adopts only what is committed (L2). Memory does not follow open cases.

import type { CaseBefore, CaseChange } from '../core/plan.ts'
import type { Instant } from '../core/time/instant.ts'

interface Cached {
  readonly before: CaseBefore
  readonly lastAt: Instant
}

export interface World {
  /** Cached cases among these, newest use last. */
  find(projectNo: string): Cached | null
  readonly lastAts: ReadonlyMap<string, Instant>
  adopt(changes: readonly CaseChange[]): void
  forget(projectNo: string): void
  clear(): void
}

/** @param most cases kept; the longest unused go first */
export const makeWorld = (most: number): World => {
  const cases = new Map<string, Cached>()
  const lastAts = new Map<string, Instant>()
  const put = (change: CaseChange): void => {
    cases.delete(change.projectNo)
    lastAts.delete(change.projectNo)
    // what is gone or set apart is read from its facts the next time
    if (change.state === null || change.apart !== null) return
    const before = { state: change.state, flows: change.flows, cards: change.cards, apart: false }
    const lastAt = change.state.last[0]
    cases.set(change.projectNo, { before, lastAt })
    lastAts.set(change.projectNo, lastAt)
  }
  return {
    lastAts,
    find(projectNo) {
      const found = cases.get(projectNo)
      if (found === undefined) return null
      cases.delete(projectNo)
      cases.set(projectNo, found)
      return found
    },
    adopt(changes) {
      for (const change of changes) put(change)
      for (const key of cases.keys()) {
        if (cases.size <= most) break
        cases.delete(key)
        lastAts.delete(key)
      }
    },
    forget(projectNo) {
      cases.delete(projectNo)
      lastAts.delete(projectNo)
    },
    clear() {
      cases.clear()
      lastAts.clear()
    },
  }
}
