// Facts on the line: several requests of the queue as one batch. gather → plan → commit, then one outcome an event.
// One bad event never harms its neighbours; what is rejected goes to quarantine in the same commit. Rules: I2–I7, F3.

import { type ProblemCode, problemLines } from '../contract/problems.ts'
import { factKey } from '../core/case/event.ts'
import { type CaseBefore, type CaseChange, type PlanView, planAfresh, planFacts, type Taken } from '../core/plan.ts'
import type { Instant } from '../core/time/instant.ts'
import { rawOf } from '../intake/raw.ts'
import type { QuarantineRow } from '../store/held.ts'
import type { Batch, FactRow, View } from '../store/port.ts'
import type { Flight } from './flights.ts'
import type { Line } from './line.ts'
import { type CaseNumbers, factsByHome } from './numbers.ts'
import { emptyBatch, factRowOf, mustRefold, touchedBy, viewOf } from './rows.ts'
import type { Cached } from './world.ts'

/** An event that never became a fact: kept in quarantine with its place and raw text (I6). */
export interface Refused {
  readonly code: ProblemCode
  readonly at: string
  readonly detail: string
  readonly eventId: string | null
  readonly projectNo: string | null
}

export interface IngestOutcome {
  readonly outcome: 'accepted' | 'known' | 'rejected'
  readonly code: ProblemCode | null
  readonly field: string | null
  readonly detail: string | null
}

/** One request's events, in order; `raws` bears the text of those that are refused. */
export interface Job {
  readonly items: readonly (Taken | Refused)[]
  readonly raws: readonly (string | null)[]
  /** For the quarantine: the source, or who handed it in. */
  readonly from: string
}

export const isTaken = (item: Taken | Refused): item is Taken => 'fact' in item

const ACCEPTED = { outcome: 'accepted', code: null, field: null, detail: null } as const
const KNOWN = { outcome: 'known', code: null, field: null, detail: null } as const

/** A case set apart, or of another engine, is folded again from all its facts, even when the new one is the newest. */
const gatherApart = async (line: Line, view: View): Promise<void> => {
  const wanted = [...view.cases].filter(([no, stored]) => mustRefold(stored.row) && !view.facts.has(no))
  if (wanted.length === 0) return
  for (const [no, rows] of await line.records.factsOfMany(wanted.map(([no]) => no))) view.facts.set(no, rows)
}

const putFacts = (batch: Batch, rows: readonly FactRow[], accepted: readonly number[]): void => {
  const seen = new Map<string, Batch['sources'][number]>()
  for (const index of accepted) {
    const row = rows[index] as FactRow
    batch.facts.push(row)
    const known = seen.get(row.source)
    const lastEventAt = known !== undefined && known.lastEventAt > row.at ? known.lastEventAt : row.at
    seen.set(row.source, { source: row.source, lastAt: batch.at, lastEventAt })
  }
  batch.sources.push(...seen.values())
}

const quarantined = (at: Instant, from: string, why: Refused, raw: string | null): QuarantineRow => ({
  at,
  source: from,
  eventId: why.eventId,
  projectNo: why.projectNo,
  code: why.code,
  field: why.at,
  message: problemLines(why.code, { at: why.at, detail: why.detail }),
  raw: raw ?? '',
})

/** What planning must know of batches that have not landed: their facts are as good as stored. */
const overlay = (view: View, flights: readonly Flight[], touched: ReadonlySet<string>): void => {
  for (const { facts, at } of flights) {
    for (const { source, eventId, projectNo, body, personal, way } of facts) {
      const kept = { seq: 0, enteredAt: at, source, eventId, body, personal, erased: false, ways: [way] }
      view.known.set(factKey(source, eventId), kept)
      if (projectNo === null || !touched.has(projectNo)) continue
      const others = view.facts.get(projectNo) ?? []
      // a batch may land while the store is read
      if (!others.some((fact) => fact.source === source && fact.eventId === eventId)) others.push(kept)
      view.facts.set(projectNo, others)
    }
  }
}

/** The fact as planning sees it: under the home number of its case. Its text stays as it came. */
const atHome = (numbers: CaseNumbers, taken: Taken): Taken => {
  const { projectNo } = taken.fact
  if (projectNo === null || !numbers.homes.has(projectNo)) return taken
  return { ...taken, fact: { ...taken.fact, projectNo: numbers.homeOf(projectNo) } }
}

/** A changed case as the next plan finds it. */
const after = ({ projectNo, state, flows, cards }: CaseChange): [string, CaseBefore] => [
  projectNo,
  { state, flows, cards, apart: false },
]

const landAll = async (flights: readonly Flight[]): Promise<void> => {
  await Promise.all(flights.map(({ landed }) => landed))
}

/** Facts under other numbers of a touched case belong to it (I11); whoever touches such a case folds it from all. */
const gatherAliases = async (line: Line, view: View, touched: ReadonlySet<string>): Promise<void> => {
  const { numbers } = line
  for (const [key, target] of view.targets) {
    if (target.projectNo !== null) view.targets.set(key, { projectNo: numbers.homeOf(target.projectNo) })
  }
  const homes = [...touched].filter((home) => numbers.aliasesOf(home).length > 0)
  for (const { projectNo } of view.targets.values()) {
    if (projectNo !== null && (numbers.aliasesOf(projectNo).length > 0 || !view.facts.has(projectNo)))
      homes.push(projectNo)
  }
  for (const [home, rows] of await factsByHome(line.records, numbers, homes)) view.facts.set(home, rows)
  const unread = homes.filter((home) => !view.cases.has(home))
  for (const [home, stored] of await line.records.cases(unread)) view.cases.set(home, stored)
}

/** The view for a set of facts: the store's, and over it what is cached and what is on its way there. */
const gatherOver = async (line: Line, rows: readonly FactRow[], flights: readonly Flight[]): Promise<PlanGround> => {
  const hasAliases = line.numbers.homes.size > 0
  const mustLand = hasAliases || flights.some(({ alone }) => alone) || rows.some(({ voids }) => voids !== null)
  if (mustLand) await landAll(flights)
  const touched = new Set(rows.flatMap(({ projectNo }) => projectNo ?? []))
  const cached = line.world.find(touched)
  const lastAts = new Map([...cached].map(([projectNo, { lastAt }]) => [projectNo, lastAt]))
  const view = await line.records.gather({ facts: rows.slice(), cached: lastAts })
  await gatherApart(line, view)
  if (hasAliases) await gatherAliases(line, view, touched)
  if (!mustLand) overlay(view, flights, touched)
  return { view, cached }
}

/**
 * Cases that the slices of a new law have not reached are judged under it before the new facts are: what is lifted then
 * is lifted by the law, and not by a fact that had nothing to do with it (J6).
 */
const lawFirst = (line: Line, view: View, before: PlanView['cases'], at: Instant): CaseChange[] => {
  const stale = [...before].filter(([no]) => {
    const row = view.cases.get(no)?.row
    return row !== undefined && row.law !== line.law.version && !mustRefold(row)
  })
  // what cannot be judged is set apart with its facts, or not at all
  return planAfresh(new Map(stale), line.judging('law', at)).filter(({ apart }) => apart === null)
}

interface PlanGround {
  readonly view: View
  readonly cached: ReadonlyMap<string, Cached>
}

export interface Ingested {
  /** The outcomes of each request; to be told when the flight has landed. */
  readonly answers: readonly IngestOutcome[][]
  /** null: nothing was to be written. */
  readonly flight: Flight | null
}

/** Leaves out of the quarantine what has no room there, and tells its sender so (I5, I6). */
const withinRoom = async (line: Line, batch: Batch, answers: IngestOutcome[][]): Promise<IngestOutcome[][]> => {
  if (batch.quarantine.length === 0) return answers
  const { kept, gone } = await line.room.take(batch.quarantine)
  if (gone.length > 0) batch.quarantineSteps = { gone, resolved: [] }
  if (kept.every((isKept) => isKept)) return answers
  batch.quarantine = batch.quarantine.filter((_, i) => kept[i])
  let n = 0
  const told = (outcome: IngestOutcome): IngestOutcome =>
    outcome.outcome !== 'rejected' || kept[n++] === true
      ? outcome
      : { ...outcome, code: 'quarantine_full', detail: outcome.code }
  return answers.map((job) => job.map(told))
}

/** Takes several requests through the line, up to the launch of their batch. */
export const ingestJobs = async (line: Line, jobs: readonly Job[]): Promise<Ingested> => {
  const at = line.now()
  const flights = line.flights.underWay()
  const batch = emptyBatch(at, 'facts', [...new Set(jobs.map(({ from }) => from))].join(' '))
  const taken: Taken[] = []
  for (const job of jobs) for (const item of job.items) if (isTaken(item)) taken.push(item)
  const rows = taken.map(factRowOf)
  const homed = taken.map((item) => atHome(line.numbers, item))
  const { view, cached } = await gatherOver(line, homed.map(factRowOf), flights)
  const known = viewOf(view, touchedBy(homed, view), cached)
  const lawChanges = lawFirst(line, view, known.cases, at)
  const cases = new Map([...known.cases, ...lawChanges.map(after)])
  const plan = planFacts({ ...known, cases }, homed, line.judging('facts', at))
  putFacts(batch, rows, plan.accepted)
  let next = 0
  const answerOf = (job: Job, item: Taken | Refused, index: number): IngestOutcome => {
    if (!isTaken(item)) {
      batch.quarantine.push(quarantined(at, job.from, item, job.raws[index] ?? null))
      return { outcome: 'rejected', code: item.code, field: item.at, detail: item.detail }
    }
    const outcome = plan.outcomes[next++]
    if (outcome === undefined) throw new Error('a fact without an outcome')
    if (outcome.outcome !== 'rejected') return outcome.outcome === 'known' ? KNOWN : ACCEPTED
    const { code, field, detail } = outcome
    const { eventId, projectNo } = item.fact
    batch.quarantine.push(quarantined(at, job.from, { code, at: field, detail, eventId, projectNo }, rawOf(item)))
    return { outcome: 'rejected', code, field, detail }
  }
  const asPlanned = jobs.map((job) => job.items.map((item, index) => answerOf(job, item, index)))
  const answers = await withinRoom(line, batch, asPlanned)
  if (batch.facts.length === 0 && batch.quarantine.length === 0 && batch.quarantineSteps === undefined) {
    // a known fact may be one that is still on its way
    await landAll(flights)
    return { answers, flight: null }
  }
  // what was void before it came stands in no case: only the store can tell the next plan so
  const hasVoid = batch.facts.some(({ source, eventId }) => view.voided.has(factKey(source, eventId)))
  return { answers, flight: await line.launch(batch, [...lawChanges, ...plan.changes], 'facts', hasVoid) }
}
