// The generator's day as facts, and the law of its city: what the suites of fold, judge and plan run over.

import { makeCity } from '../../fixtures/city/catalogue.ts'
import { generatorDay } from '../../fixtures/city/day.ts'
import type { SourceRow } from '../../server/contract/catalogue.ts'
import { EVENT_TYPES, type Fact, factKey, voidsOf } from '../../server/core/case/event.ts'
import { buildLaw } from '../../server/core/law/build.ts'
import type { Law } from '../../server/core/law/law.ts'
import type { Taken } from '../../server/core/plan.ts'
import { parseDay } from '../../server/core/time/civil.ts'
import type { Day, Instant } from '../../server/core/time/instant.ts'
import { isTaken, toFact } from '../../server/intake/fact.ts'

export const DAY = parseDay('2026-09-16') as Day

export interface CityDay {
  readonly taken: readonly Taken[]
  /** When each was sent, beside it. */
  readonly sentAt: readonly Instant[]
  readonly catalogue: Readonly<Record<string, unknown>>
  readonly law: Law
  readonly endAt: Instant
}

/** One system uploads in batches (I13), and one cannot send notices or deliveries (I12). */
const declared = (row: SourceRow): SourceRow => {
  if (row.source === 'construction') return { ...row, mode: 'batch', delivers_at: ['02:00'] }
  const unsaid = new Set(['DELIVER', 'CORRECT_NOTICE'])
  if (row.source !== 'social-security') return row
  return { ...row, sends: EVENT_TYPES.filter((type) => !unsaid.has(type)) }
}

export const cityDay = (seed: number, aheadMs = 600_000): CityDay => {
  const { events, endAt } = generatorDay(seed, DAY)
  const taken = events.map(({ source, event }): Taken => {
    const read = toFact(event, { source, now: endAt, aheadMs, historical: null })
    if (!isTaken(read)) throw new Error(`${read.code} at ${read.at}`)
    return read
  })
  const made = makeCity(seed).catalogue
  const catalogue = { ...made, sources: made.sources?.map(declared) } as unknown as Readonly<Record<string, unknown>>
  const law = buildLaw([{ entry: 1, body: catalogue }])
  return { taken, sentAt: events.map(({ sendAt }) => sendAt), catalogue, law, endAt }
}

/** Valid facts by case: what is void is left out (F3). */
export const factsByCase = (taken: readonly Taken[]): Map<string, Fact[]> => {
  const gone = new Set<string>()
  for (const { fact } of taken) {
    for (const named of voidsOf(fact)) gone.add(factKey(fact.source, named))
  }
  const cases = new Map<string, Fact[]>()
  for (const { fact } of taken) {
    if (fact.projectNo === null || fact.type === 'VOID' || gone.has(factKey(fact.source, fact.eventId))) continue
    const known = cases.get(fact.projectNo)
    if (known === undefined) cases.set(fact.projectNo, [fact])
    else known.push(fact)
  }
  return cases
}

/** A seeded generator of numbers in [0, 1), for shuffles and draws that every run repeats. */
export const seeded = (seed: number): (() => number) => {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

export const shuffled = <T>(rows: readonly T[], seed: number): T[] => {
  const random = seeded(seed)
  const out = rows.slice()
  for (let i = out.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1))
    const row = out[i] as T
    out[i] = out[j] as T
    out[j] = row
  }
  return out
}

/**
 * A part of a day: about so many cases with all their events, every case that a void reaches across to, and those
 * decided without acceptance.
 */
export const someCases = (taken: readonly Taken[], most: number): Taken[] => {
  const caseOf = new Map(taken.map(({ fact }) => [factKey(fact.source, fact.eventId), fact.projectNo]))
  const across = taken.flatMap(({ fact }) => {
    const targets = voidsOf(fact).map((named) => caseOf.get(factKey(fact.source, named)))
    return targets.flatMap((target) =>
      target === undefined || target === fact.projectNo ? [] : [[fact.projectNo, target] as const],
    )
  })
  const typesOf = new Map<string | null, Set<string>>()
  for (const { fact } of taken) typesOf.set(fact.projectNo, (typesOf.get(fact.projectNo) ?? new Set()).add(fact.type))
  const unaccepted = [...typesOf].filter(([, types]) => types.has('DECIDE') && !types.has('ACCEPT')).map(([no]) => no)
  const chosen = new Set<string | null>([...across.flat(), ...unaccepted])
  for (const { fact } of taken) {
    if (chosen.size >= most) break
    chosen.add(fact.projectNo)
  }
  return taken.filter(({ fact }) => chosen.has(fact.projectNo))
}
