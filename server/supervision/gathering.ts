// Gathering for a set of facts (the only reading before planning): the store's view, and over it what is cached and what is
// on its way there; then what the view alone cannot give: cases set apart, joined numbers, facts that are brought again,
// and counts of large cases. Decides nothing about facts. Rules: I2, I5, I11, I14, F3.

import { factKey, voidsOf } from '../core/case/event.ts'
import { changesBy } from '../core/case/standing.ts'
import { type Handed, heldKey, type PlanView, type Taken, wayOf } from '../core/plan.ts'
import type { FactRow, StoredFact, View } from '../store/port.ts'
import type { Flight } from './flights.ts'
import type { Line } from './line.ts'
import { type CaseNumbers, factsByHome, homeOfPlace } from './numbers.ts'
import { factRowOf, mustRefold } from './rows.ts'
import type { Cached } from './world.ts'

export interface PlanGround {
  readonly view: View
  readonly cached: ReadonlyMap<string, Cached>
}

export const landAll = async (flights: readonly Flight[]): Promise<void> => {
  await Promise.all(flights.map(({ landed }) => landed))
}

/** The fact as planning sees it: under the home number of its case. Its text stays as it came. */
export const atHome = <T extends Taken>(numbers: CaseNumbers, taken: T): T => {
  const { projectNo, source } = taken.fact
  if (projectNo === null) return taken
  const home = numbers.caseOf(source, projectNo)
  return home === projectNo ? taken : { ...taken, fact: { ...taken.fact, projectNo: home } }
}

/** A case set apart, or of another engine, is folded again from all its facts, even when the new one is the newest. */
const gatherApart = async (line: Line, view: View): Promise<void> => {
  const wanted = [...view.cases].filter(([no, stored]) => mustRefold(stored.row, line.law) && !view.facts.has(no))
  if (wanted.length === 0) return
  for (const [no, rows] of await factsByHome(
    line.records,
    line.numbers,
    wanted.map(([no]) => no),
  ))
    view.facts.set(no, rows)
}

const asKept = ({ source, eventId, body, personal, way }: FactRow, at: Flight['at']): StoredFact => ({
  seq: 0,
  enteredAt: at,
  source,
  eventId,
  body,
  personal,
  erased: false,
  ways: [{ ...way, at }],
  voiders: [],
})

/** What planning must know of batches that have not landed: their facts are as good as stored. */
const overlay = (view: View, flights: readonly Flight[], touched: ReadonlySet<string>): void => {
  for (const { facts, at } of flights) {
    for (const row of facts) {
      const { source, eventId, projectNo } = row
      const kept = asKept(row, at)
      view.known.set(factKey(source, eventId), kept)
      if (projectNo === null || !touched.has(projectNo)) continue
      const others = view.facts.get(projectNo) ?? []
      // a batch may land while the store is read
      if (!others.some((fact) => fact.source === source && fact.eventId === eventId)) others.push(kept)
      view.facts.set(projectNo, others)
    }
  }
}

/**
 * Facts that came under other numbers of a touched case belong to it, and those of another's own number do not (I11): what
 * the store has read by the number alone is read anew.
 */
const gatherAliases = async (line: Line, view: View, touched: ReadonlySet<string>): Promise<void> => {
  const { numbers } = line
  for (const [key, place] of view.targets) view.targets.set(key, { projectNo: homeOfPlace(numbers, key, place) })
  const homes = [...touched].filter((home) => numbers.aliasesOf(home).length > 0 || view.again.has(home))
  for (const { projectNo } of view.targets.values()) if (projectNo !== null) homes.push(projectNo)
  view.facts.clear()
  for (const [home, rows] of await factsByHome(line.records, numbers, homes)) view.facts.set(home, rows)
  const unread = [...new Set(homes)].filter((home) => !view.cases.has(home))
  for (const [home, stored] of await line.records.cases(unread)) view.cases.set(home, stored)
}

/** Known facts whose further way changes what stands: their cases and those of what they name are folded again (I14). */
const gatherRevived = async (line: Line, view: View, revived: readonly Handed[]): Promise<void> => {
  const { records, numbers } = line
  const named = revived.flatMap(({ fact }) => voidsOf(fact).map((eventId) => ({ source: fact.source, eventId })))
  for (const [key, { projectNo }] of await records.placesOf(named))
    view.targets.set(key, { projectNo: homeOfPlace(numbers, key, { projectNo }) })
  const places = [...revived.map(({ fact }) => fact), ...named.map((one) => view.targets.get(keyOf(one)))]
  const homes = [...new Set(places.flatMap((place) => place?.projectNo ?? []))]
  for (const [home, rows] of await factsByHome(records, numbers, homes)) view.facts.set(home, rows)
  const unread = homes.filter((home) => !view.cases.has(home))
  for (const [home, stored] of await records.cases(unread)) view.cases.set(home, stored)
}

const keyOf = ({ source, eventId }: { readonly source: string; readonly eventId: string }): string =>
  factKey(source, eventId)

/** Cases of fewer facts are not counted: none of them can be near a bound. */
const COUNTED_FROM = 100

/** Counts of the cases that may come near the bound of facts (I5). */
export const countLarge = async (
  line: Line,
  handed: readonly Handed[],
  { cases, facts }: PlanView,
): Promise<ReadonlyMap<string, number>> => {
  const coming = new Map<string, number>()
  for (const { fact } of handed)
    if (fact.projectNo !== null) coming.set(fact.projectNo, (coming.get(fact.projectNo) ?? 0) + 1)
  const heldOf = (home: string): number => Math.max(cases.get(home)?.state?.facts ?? 0, facts.get(home)?.length ?? 0)
  const large = [...coming].filter(([home, n]) => n + heldOf(home) >= COUNTED_FROM).map(([home]) => home)
  const counts = new Map<string, number>()
  if (large.length === 0) return counts
  // counted are facts that have landed, and they alone
  await landAll(line.flights.underWay())
  const said = new Set(large.flatMap(line.numbers.sayings))
  for (const { projectNo, source, n } of await line.records.factCounts([...said])) {
    const key = heldKey(line.numbers.caseOf(source, projectNo), source)
    counts.set(key, (counts.get(key) ?? 0) + n)
  }
  return counts
}

const isRevived = (line: Line, view: View, handed: Handed): boolean => {
  const known = view.known.get(keyOf(handed.fact))
  return known !== undefined && changesBy(known.ways, wayOf(handed), line.said)
}

/** The view for a set of facts, under their home numbers. */
export const gatherOver = async (
  line: Line,
  handed: readonly Handed[],
  flights: readonly Flight[],
): Promise<PlanGround> => {
  const rows = handed.map(factRowOf)
  const hasAliases = line.numbers.homes.size + line.numbers.own.size > 0
  const isHard = rows.some(({ voids, isEdition }) => voids !== null || isEdition)
  const mustLand = hasAliases || isHard || flights.some(({ alone }) => alone)
  if (mustLand) await landAll(flights)
  const touched = new Set(rows.flatMap(({ projectNo }) => projectNo ?? []))
  const cached = line.world.find(touched)
  const lastAts = new Map([...cached].map(([projectNo, { lastAt }]) => [projectNo, lastAt]))
  const view = await line.records.gather({ facts: rows, cached: lastAts })
  if (hasAliases) await gatherAliases(line, view, touched)
  await gatherApart(line, view)
  if (!mustLand) overlay(view, flights, touched)
  const revived = handed.filter((one) => isRevived(line, view, one))
  if (revived.length > 0) {
    await landAll(flights)
    await gatherRevived(line, view, revived)
  }
  return { view, cached }
}
