// Which facts stand, and how: the one place that answers it; plan, audit and every page ask it. A fact stands while one of
// the ways it came stands, no standing fact of its source names it (F3), no administrator has made it void, and no later
// edition of its row stands (I14). Whether it is of a past record hangs on those ways too (I8). Pure: folds nothing.

import { asInstant, type Instant } from '../time/instant.ts'
import { ANYTHING, type Bearing, bearingBoth } from './ability.ts'
import { type Edition, type Fact, factKey } from './event.ts'

/** One way a fact came. */
export interface Bringing {
  /** Entry number of the import that brought it; null: it came live, and nobody takes that back. */
  readonly importNo: number | null
  /** Limits before it are of record (I8); null: it was not declared a past record. */
  readonly historical: Instant | null
}

export const LIVE: Bringing = { importNo: null, historical: null }

/** What people said of facts. */
export interface Said {
  /** Entry numbers of imports that were withdrawn. */
  readonly withdrawn: ReadonlySet<number>
  /** Facts that an administrator made void, by factKey. */
  readonly voided: ReadonlySet<string>
  /** Numbers of which a person has said that they are one case, whatever items they are given (I11). */
  readonly oneCase: ReadonlySet<string>
  /** What the mapping of each import bears (I12), by the number of its entry; of one without a mapping nothing is said. */
  readonly bears: ReadonlyMap<number, Bearing>
}

export const NOTHING_SAID: Said = { withdrawn: new Set(), voided: new Set(), oneCase: new Set(), bears: new Map() }

/** A fact with what stands beside it. */
export interface Kept {
  readonly fact: Fact
  readonly ways: readonly Bringing[]
  /** The ways of each fact of its source that names it. */
  readonly voiders: readonly (readonly Bringing[])[]
}

/** Those of its ways that hold: what was withdrawn neither stands nor makes void nor supersedes. */
const holding = (ways: readonly Bringing[], { withdrawn }: Said): readonly Bringing[] =>
  withdrawn.size === 0 ? ways : ways.filter(({ importNo }) => importNo === null || !withdrawn.has(importNo))

/** Whether a fact that came in these ways is brought by one of them still. */
export const isBrought = (ways: readonly Bringing[], said: Said): boolean => holding(ways, said).length > 0

/** The declared instant of a fact with these ways: one of them live makes it live, else the earliest (I8). */
export const historicalOf = (ways: readonly Bringing[], said: Said = NOTHING_SAID): Instant | null => {
  let earliest: Instant | null = null
  for (const { historical } of holding(ways, said)) {
    if (historical === null) return null
    earliest = asInstant(Math.min(earliest ?? historical, historical))
  }
  return earliest
}

/** What could come the ways a fact came (I12): one of them live, or of no mapping, and it is everything; else what they bear. */
export const bearsOf = (ways: readonly Bringing[], said: Said): Bearing => {
  let all: Bearing | null = null
  for (const { importNo } of holding(ways, said)) {
    const bears = importNo === null ? undefined : said.bears.get(importNo)
    if (bears === undefined) return ANYTHING
    all = all === null ? bears : bearingBoth(all, bears)
  }
  return all ?? ANYTHING
}

export const isSameWay = (a: Bringing, b: Bringing): boolean =>
  a.importNo === b.importNo && a.historical === b.historical

/** Whether a fact that was brought so already says something new by coming in this way, too. */
export const isNewWay = (ways: readonly Bringing[], way: Bringing): boolean =>
  // live and undeclared wins for good: nothing that comes after it says more
  !ways.some((known) => isSameWay(known, way) || isSameWay(known, LIVE))

/** Whether the further way changes what the case is folded from. */
export const changesBy = (ways: readonly Bringing[], way: Bringing, said: Said): boolean => {
  const all = [...ways, way]
  if (isBrought(ways, said) !== isBrought(all, said) || historicalOf(ways, said) !== historicalOf(all, said))
    return true
  return String(bearsOf(ways, said)) !== String(bearsOf(all, said))
}

/** Whether a fact is void: by a fact of its own source that is brought, void itself or not, or by an administrator (F3). */
export const isVoid = (
  of: { readonly source: string; readonly eventId: string; readonly voiders: Kept['voiders'] },
  said: Said,
): boolean => said.voided.has(factKey(of.source, of.eventId)) || of.voiders.some((ways) => isBrought(ways, said))

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Positive where the first is the later of two editions; of one line the id decides, so that every order of arrival agrees. */
export const compareEditions = (a: Fact, b: Fact): number => {
  if (a.edition === null || b.edition === null) return 0
  const [x, y] = [a.edition, b.edition]
  return x.asOf - y.asOf || compareText(x.file, y.file) || x.line - y.line || compareText(a.eventId, b.eventId)
}

const editionKey = (source: string, { register, caseNo, key }: Edition): string =>
  JSON.stringify([source, register, caseNo, key])

/** Whether an edition ends what one of these told of its row: it moves it, or empties the cell. */
export const endsEditionOf = (one: Fact, stood: readonly Fact[]): boolean => {
  const { edition, source } = one
  if (edition === null) return false
  const key = editionKey(source, edition)
  return stood.some(
    (other) =>
      other.edition !== null && editionKey(other.source, other.edition) === key && compareEditions(one, other) > 0,
  )
}

/** Of each row and key the greatest edition, void or not: what superseded another goes on doing so. */
const greatestOf = (brought: readonly Kept[]): ReadonlySet<Kept> => {
  const greatest = new Map<string, Kept>()
  for (const kept of brought) {
    const { edition, source } = kept.fact
    if (edition === null) continue
    const key = editionKey(source, edition)
    const best = greatest.get(key)
    if (best === undefined || compareEditions(kept.fact, best.fact) > 0) greatest.set(key, kept)
  }
  return new Set(greatest.values())
}

/** The facts of one case that it is folded from, each of the past record it is of. A VOID tells nothing of the case. */
export const standing = (kept: readonly Kept[], said: Said): Fact[] => {
  const brought = kept.filter(({ ways }) => isBrought(ways, said))
  const hasEditions = brought.some(({ fact }) => fact.edition !== null)
  const greatest = hasEditions ? greatestOf(brought) : null
  const facts: Fact[] = []
  for (const one of brought) {
    const { fact, ways, voiders } = one
    if (fact.type === 'VOID' || (fact.edition !== null && greatest?.has(one) !== true)) continue
    if (isVoid({ source: fact.source, eventId: fact.eventId, voiders }, said)) continue
    const historical = historicalOf(ways, said)
    const bears = bearsOf(ways, said)
    const isAsRead = historical === fact.historical && bears === (fact.bears ?? ANYTHING)
    facts.push(isAsRead ? fact : { ...fact, historical, bears })
  }
  return facts
}
