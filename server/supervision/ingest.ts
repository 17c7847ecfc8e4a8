// Facts on the line: several requests of the queue as one batch. gather → plan → commit, then one outcome an event.
// One bad event never harms its neighbours; what is rejected goes to quarantine in the same commit. Rules: I2–I7, F3.

import { type ProblemCode, problemLines } from '../contract/problems.ts'
import { factKey } from '../core/case/event.ts'
import { ENGINE_VERSION } from '../core/case/fold.ts'
import {
  type CaseBefore,
  type CaseChange,
  type FactsPlan,
  type Handed,
  type Outcome,
  type PlanView,
  planAfresh,
  planFactsSteps,
  planRefold,
  type Taken,
} from '../core/plan.ts'
import type { Instant } from '../core/time/instant.ts'
import { canonicalize } from '../intake/canonical.ts'
import { rawOf } from '../intake/raw.ts'
import type { QuarantineRow } from '../store/held.ts'
import type { Batch, BringingBody, FactRow, View } from '../store/port.ts'
import type { Step } from '../store/step.ts'
import type { Flight } from './flights.ts'
import { atHome, countLarge, gatherOver, landAll } from './gathering.ts'
import type { Line } from './line.ts'
import { emptyBatch, factRowOf, keptOfCases, touchedBy, viewOf } from './rows.ts'
import { stepsFor, waitingAlready } from './waiting-again.ts'

/** Who hands events over: their source, or each event names its own; whose key; the import or person they come by. */
export interface HandedBy {
  readonly source: string | null
  readonly by: string
  readonly importNo?: number | null
  readonly person?: string | null
}

/** An event that never became a fact: kept in quarantine with its place and raw text (I6). */
export interface Refused {
  readonly code: ProblemCode
  readonly at: string
  readonly detail: string
  readonly eventId: string | null
  readonly projectNo: string | null
  /** Number of its row in a file, whose other events wait with it (I15); absent: it is of none. */
  readonly rowNo?: number
}

export interface IngestOutcome {
  readonly outcome: 'accepted' | 'known' | 'rejected'
  readonly code: ProblemCode | null
  readonly field: string | null
  readonly detail: string | null
  /** Of an accepted event: what it asks for and does not get (F3). */
  readonly warning?: { readonly code: ProblemCode; readonly field: string; readonly detail: string }
}

/** One request's events, in order; `raws` bears the text of those that are refused. */
export interface Job {
  readonly items: readonly (Taken | Refused)[]
  readonly raws: readonly (string | null)[]
  /** For the quarantine: the source, or who handed it in. */
  readonly from: string
  /** Entry number of the import that brings them; absent: they come live. */
  readonly importNo?: number | null
  /** The person who hands them in by hand; absent: their source does, or an import brings them. */
  readonly person?: string | null
}

export const isTaken = (item: Taken | Refused): item is Taken => 'fact' in item

const ACCEPTED = { outcome: 'accepted', code: null, field: null, detail: null } as const
const KNOWN = { outcome: 'known', code: null, field: null, detail: null } as const

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

const quarantined = (at: Instant, job: Job, why: Refused, raw: string | null): QuarantineRow => ({
  at,
  source: job.from,
  importNo: job.importNo ?? null,
  rowNo: why.rowNo ?? null,
  eventId: why.eventId,
  projectNo: why.projectNo,
  code: why.code,
  field: why.at,
  message: problemLines(why.code, { at: why.at, detail: why.detail }),
  raw: raw ?? '',
})

/** A changed case as the next plan finds it. */
const after = ({ projectNo, state, flows, cards }: CaseChange): [string, CaseBefore] => [
  projectNo,
  { state, flows, cards, apart: false },
]

/**
 * Cases that the slices of a new law have not reached are judged under it before the new facts are: what is lifted then
 * is lifted by the law, and not by a fact that had nothing to do with it (J6).
 */
const lawFirst = (line: Line, view: View, before: PlanView['cases'], at: Instant): CaseChange[] => {
  const stale = [...before].filter(([no]) => {
    const row = view.cases.get(no)?.row
    // of another engine, or set apart: folded again with the new facts
    return row !== undefined && row.law !== line.law.version && row.apart === null && row.engine === ENGINE_VERSION
  })
  const afresh = new Map(stale.filter(([, { apart }]) => !apart))
  const refold = new Map(stale.filter(([, { apart }]) => apart))
  const judging = line.judging('law', at)
  const kept = { of: keptOfCases(view.facts), said: line.said }
  const changes = [...planAfresh(afresh, judging), ...planRefold(refold, kept, judging)]
  // what cannot be judged is set apart with its facts, or not at all
  return changes.filter(({ apart }) => apart === null)
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
  const refused = batch.quarantine
  const known = await waitingAlready(line, refused)
  const fresh = refused.filter((_, i) => known[i] === null)
  const { kept: keptFresh, gone } = await line.room.take(fresh)
  const steps = stepsFor(line, refused, { known, gone })
  if (steps !== null) batch.quarantineSteps = steps
  batch.quarantine = fresh.filter((_, i) => keptFresh[i])
  if (keptFresh.every((isKept) => isKept)) return answers
  let next = 0
  const kept = known.map((id) => id !== null || keptFresh[next++] === true)
  let n = 0
  const told = (outcome: IngestOutcome): IngestOutcome =>
    outcome.outcome !== 'rejected' || kept[n++] === true
      ? outcome
      : { ...outcome, code: 'quarantine_full', detail: outcome.code }
  return answers.map((job) => job.map(told))
}

/** Further ways of known facts, an entry for each way (I8, I14): not in silence. */
const putFurther = (batch: Batch, further: FactsPlan['further'], by: string): void => {
  const bodies = new Map<string, BringingBody>()
  for (const { source, eventId, way } of further) {
    const { importNo, historical } = way
    const key = `${importNo} ${historical}`
    const body = bodies.get(key) ?? { import: importNo, historical, facts: [] }
    body.facts.push([source, eventId])
    bodies.set(key, body)
  }
  for (const body of bodies.values()) batch.inputs.push({ kind: 'bringing', by, body: canonicalize(body) })
}

const isEmpty = ({ facts, inputs, quarantine, quarantineSteps }: Batch): boolean =>
  facts.length + inputs.length + quarantine.length === 0 && quarantineSteps === undefined

interface Answering {
  readonly batch: Batch
  readonly outcomes: readonly Outcome[]
}

/** The outcome of each event of each request; what is rejected goes into the batch's quarantine. */
const answersOf = (jobs: readonly Job[], { batch, outcomes }: Answering): IngestOutcome[][] => {
  let next = 0
  const answerOf = (job: Job, item: Taken | Refused, index: number): IngestOutcome => {
    if (!isTaken(item)) {
      batch.quarantine.push(quarantined(batch.at, job, item, job.raws[index] ?? null))
      return { outcome: 'rejected', code: item.code, field: item.at, detail: item.detail }
    }
    const outcome = outcomes[next++]
    if (outcome === undefined) throw new Error('a fact without an outcome')
    if (outcome.outcome === 'known') return KNOWN
    if (outcome.outcome === 'accepted')
      return outcome.warning === null ? ACCEPTED : { ...ACCEPTED, warning: outcome.warning }
    const { code, field, detail } = outcome
    const { eventId, projectNo } = item.fact
    batch.quarantine.push(quarantined(batch.at, job, { code, at: field, detail, eventId, projectNo }, rawOf(item)))
    return { outcome: 'rejected', code, field, detail }
  }
  return jobs.map((job) => job.items.map((item, index) => answerOf(job, item, index)))
}

/** Who brought an event is known: who imported it, or handed it in by hand; else its source did (C5). */
const handedIn = (jobs: readonly Job[], importedBy: ReadonlyMap<number, string>): Handed[] =>
  jobs.flatMap(({ items, importNo = null, person: byHand = null }) => {
    const person = byHand ?? (importNo === null ? null : (importedBy.get(importNo) ?? null))
    return items.flatMap((item) => (isTaken(item) ? [{ ...item, importNo, person }] : []))
  })

/** What no entry says: who handed in by hand which of the events that an entry is made of, once each. */
const byHandIn = (jobs: readonly Job[], entered: ReadonlySet<string>): Step['params'] => {
  const named = new Map<string, [source: string, eventId: string, person: string]>()
  for (const { items, person = null } of jobs)
    for (const item of items) {
      if (person === null || !isTaken(item)) continue
      const { source, eventId } = item.fact
      const key = factKey(source, eventId)
      if (entered.has(key) && !named.has(key)) named.set(key, [source, eventId, person])
    }
  return named.size === 0 ? {} : { by_hand: [...named.values()] }
}

/** From so many facts of a case on the others have their turn between reading and planning (I5). */
const MANY_FACTS = 500

/** Takes several requests through the line, up to the launch of their batch. */
export const ingestJobs = async (line: Line, jobs: readonly Job[]): Promise<Ingested> => {
  const at = line.now()
  const flights = line.flights.underWay()
  const by = [...new Set(jobs.map(({ from }) => from))].join(' ')
  const batch = emptyBatch(at, 'facts', by)
  const handed = handedIn(jobs, line.importedBy)
  const homed = handed.map((item) => atHome(line.numbers, item))
  const { view, cached } = await gatherOver(line, homed, flights)
  if ([...view.facts.values()].some(({ length }) => length >= MANY_FACTS)) await line.slices.rest()
  const known = viewOf(view, touchedBy(homed, view), cached, line)
  const counts = await countLarge(line, homed, known)
  const lawChanges = lawFirst(line, view, known.cases, at)
  const cases = new Map([...known.cases, ...lawChanges.map(after)])
  const bounded = { ...known, cases, counts, bound: line.factBound }
  const plan = await line.slices.run(planFactsSteps(bounded, homed, line.judging('facts', at)))
  putFacts(batch, handed.map(factRowOf), plan.accepted)
  putFurther(batch, plan.further, by)
  const entered = [...batch.facts, ...plan.further].map(({ source, eventId }) => factKey(source, eventId))
  batch.step.params = byHandIn(jobs, new Set(entered))
  const answers = await withinRoom(line, batch, answersOf(jobs, { batch, outcomes: plan.outcomes }))
  if (isEmpty(batch)) {
    // a known fact may be one that is still on its way
    await landAll(flights)
    return { answers, flight: null }
  }
  // what was named before it came, or came in a further way: only the store can tell the next plan so
  const isNamed = batch.facts.some(({ source, eventId }) => view.voiders.has(factKey(source, eventId)))
  const isAlone = isNamed || plan.further.length > 0
  return { answers, flight: await line.launch(batch, [...lawChanges, ...plan.changes], 'facts', isAlone) }
}
