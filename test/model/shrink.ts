// The smallest case that still shows a difference: events, instants and payload keys are left out one by one.

import type { Fact, Json } from '../../server/core/case/event.ts'
import { type Difference, differences } from './differ.ts'
import type { GeneratedCase } from './generate.ts'
import type { Engine } from './product.ts'

type Shows = (difference: Difference) => boolean

const without = <T>(rows: readonly T[], index: number): T[] => rows.filter((_, i) => i !== index)

const smallerFacts = (facts: readonly Fact[]): Fact[][] => {
  const out = facts.length > 1 ? facts.map((_, i) => without(facts, i)) : []
  for (const [i, fact] of facts.entries())
    for (const key of Object.keys(fact.payload)) {
      const payload = Object.fromEntries(Object.entries(fact.payload).filter(([name]) => name !== key)) as Record<
        string,
        Json
      >
      out.push(facts.map((one, at) => (at === i ? { ...one, payload } : one)))
    }
  return out
}

export const shrunk = (engine: Engine, given: GeneratedCase, shows: Shows): GeneratedCase => {
  const isShown = (one: GeneratedCase): boolean => differences(engine, { ...one.centre, ...one }).some(shows)
  let smallest = given
  for (let moved = true; moved; ) {
    moved = false
    const candidates: GeneratedCase[] = [
      ...(smallest.instants.length > 1
        ? smallest.instants.map((_, i) => ({ ...smallest, instants: without(smallest.instants, i) }))
        : []),
      ...smallerFacts(smallest.facts).map((facts) => ({ ...smallest, facts })),
    ]
    const next = candidates.find(isShown)
    if (next === undefined) break
    smallest = next
    moved = true
  }
  return smallest
}
