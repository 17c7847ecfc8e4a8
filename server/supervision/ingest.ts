// Facts on the line: several requests of the queue as one batch. gather → plan → commit, then one outcome an event.
// One bad event never harms its neighbours; what is rejected goes to quarantine in the same commit. Rules: I2–I7, F3.

import { type ProblemCode, problemLine } from '../contract/problems.ts'
import { planFacts, type Taken } from '../core/plan.ts'
import type { Instant } from '../core/time/instant.ts'
import { rawOf } from '../intake/raw.ts'
import type { Batch, FactRow, QuarantineRow, View } from '../store/port.ts'
import type { Line } from './line.ts'
import { emptyBatch, factRowOf, touchedBy, viewOf } from './rows.ts'

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

/** A case set apart is folded again from all its facts: they are needed even when the new one is the newest. */
const gatherApart = async (line: Line, view: View): Promise<void> => {
  const wanted = [...view.cases].filter(([no, stored]) => stored.row.apart !== null && !view.facts.has(no))
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
  message: problemLine(why.code, { at: why.at, detail: why.detail }),
  raw: raw ?? '',
})

/** Takes several requests through the line; the outcomes of each, once everything accepted is durable. */
export const ingestJobs = async (line: Line, jobs: readonly Job[]): Promise<IngestOutcome[][]> => {
  const at = line.now()
  const batch = emptyBatch(at)
  const taken: Taken[] = []
  for (const job of jobs) for (const item of job.items) if (isTaken(item)) taken.push(item)
  const rows = taken.map(factRowOf)
  const view = await line.records.gather({ facts: rows, cached: line.world.lastAts })
  await gatherApart(line, view)
  const plan = planFacts(viewOf(view, touchedBy(taken, view), line.world), taken, line.judging('facts', at))
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
  const answers = jobs.map((job) => job.items.map((item, index) => answerOf(job, item, index)))
  if (batch.facts.length > 0 || batch.quarantine.length > 0) await line.finish(batch, plan.changes, 'facts')
  return answers
}
