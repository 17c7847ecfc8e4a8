// What the memory store holds: plain maps and lists of what was committed, in the order it came. Nothing is indexed;
// every reading looks at everything. Obviously right before fast.

import type { Card, CardMove } from '../../core/card/card.ts'
import { factKey } from '../../core/case/event.ts'
import { addDifference, type Deltas } from '../../core/measure/count.ts'
import type { TotalDelta } from '../../core/measure/flows.ts'
import type { Instant } from '../../core/time/instant.ts'
import type { BroughtRow, KeptRefusal } from '../held.ts'
import type { KeyRow } from '../keys.ts'
import type { Batch, CaseRow, Committed, FactRow, InputRow, SubjectRow } from '../port.ts'
import { type StoredStep, stepOf } from '../step.ts'
import { StoreError } from '../trouble.ts'

export interface KeptFact {
  seq: number
  at: Instant
  fact: FactRow
}

export interface KeptInput {
  seq: number
  at: Instant
  input: InputRow
}

export interface KeptStep {
  commit: number
  at: Instant
  firstSeq: number
  count: number
  step: StoredStep
}

export interface Rows {
  steps: KeptStep[]
  facts: Map<string, KeptFact>
  inputs: KeptInput[]
  cases: Map<string, CaseRow>
  subjects: Map<string, SubjectRow>
  cards: Map<string, Card>
  moves: CardMove[]
  totals: Map<string, TotalDelta>
  quarantine: KeptRefusal[]
  /** Further rows of files on which what waits was brought. */
  again: (BroughtRow & { id: number })[]
  /** Number of the last row of the quarantine. */
  refused: number
  sources: Map<string, { source: string; lastAt: Instant; lastEventAt: Instant }>
  keys: Map<string, KeyRow>
  seq: number
  commit: number
  at: Instant | null
  turnedTo: Instant | null
  /** Of the lease. */
  epoch: number
}

const nameOf = ({ kind, key }: SubjectRow): string => `${kind}\n${key}`
export const byKindAndKey = (a: SubjectRow, b: SubjectRow): number => (nameOf(a) < nameOf(b) ? -1 : 1)

export const noRows = (): Rows => ({
  steps: [],
  facts: new Map(),
  inputs: [],
  cases: new Map(),
  subjects: new Map(),
  cards: new Map(),
  moves: [],
  totals: new Map(),
  quarantine: [],
  again: [],
  refused: 0,
  sources: new Map(),
  keys: new Map(),
  seq: 0,
  commit: 0,
  at: null,
  turnedTo: null,
  epoch: 0,
})

/** Everything that can make a batch fail is looked at before anything is kept, so a refused batch leaves nothing. */
function checkBatch(rows: Rows, batch: Batch): void {
  if (rows.at !== null && batch.at < rows.at)
    throw new StoreError('clock_backwards', `A commit at ${batch.at} cannot follow one at ${rows.at}.`)
  const ids = new Set(rows.facts.keys())
  for (const fact of batch.facts) {
    const key = factKey(fact.source, fact.eventId)
    if (ids.has(key)) throw new StoreError('store_broken', `Fact ${fact.eventId} of ${fact.source} is held already.`)
    ids.add(key)
  }
  const moves = new Set(rows.moves.map((move) => `${move.cardId} ${move.n}`))
  for (const { cardId, n } of batch.moves) {
    if (moves.has(`${cardId} ${n}`)) throw new StoreError('store_broken', `Move ${n} of ${cardId} is held already.`)
    moves.add(`${cardId} ${n}`)
  }
}

function keepEntries(rows: Rows, batch: Batch): Committed {
  const firstSeq = rows.seq + 1
  for (const fact of batch.facts) {
    rows.seq += 1
    rows.facts.set(factKey(fact.source, fact.eventId), { seq: rows.seq, at: batch.at, fact })
  }
  for (const input of batch.inputs) {
    rows.seq += 1
    rows.inputs.push({ seq: rows.seq, at: batch.at, input })
  }
  rows.commit += 1
  rows.steps.push({ commit: rows.commit, at: batch.at, firstSeq, count: rows.seq - firstSeq + 1, step: stepOf(batch) })
  if (rows.seq < firstSeq) return { commit: rows.commit, firstSeq: 0, lastSeq: 0 }
  return { commit: rows.commit, firstSeq, lastSeq: rows.seq }
}

/** The rows of cases, and what they move in the sums. */
function keepCases(rows: Rows, batch: Batch): void {
  const deltas: Deltas = new Map()
  for (const projectNo of batch.casesGone) {
    addDifference(deltas, rows.cases.get(projectNo)?.flows ?? [], [])
    rows.cases.delete(projectNo)
  }
  for (const row of batch.cases) {
    addDifference(deltas, rows.cases.get(row.projectNo)?.flows ?? [], row.flows)
    rows.cases.set(row.projectNo, row)
  }
  for (const [id, delta] of deltas) rows.totals.set(id, { ...delta, n: delta.n + (rows.totals.get(id)?.n ?? 0) })
}

function keepQuarantine(rows: Rows, batch: Batch): void {
  const { gone = [], resolved = [], again = [] } = batch.quarantineSteps ?? {}
  for (const { source, from, upTo, code, how } of resolved) {
    const isMeant = (row: KeptRefusal): boolean =>
      row.source === source && row.id >= from && row.id <= upTo && (code === null || row.code === code)
    rows.quarantine = rows.quarantine.map((row) =>
      row.resolvedAt === null && isMeant(row) ? { ...row, resolvedAt: batch.at, resolution: how } : row,
    )
  }
  rows.quarantine = rows.quarantine.filter(({ id, resolvedAt }) => resolvedAt === null || !gone.includes(id))
  for (const refused of batch.quarantine) {
    rows.refused += 1
    rows.quarantine.push({ ...refused, id: rows.refused, resolvedAt: null, resolution: null })
  }
  rows.again = rows.again.filter(({ id }) => rows.quarantine.some((row) => row.id === id))
  rows.again.push(...again)
}

/** What was brought by imports that are all withdrawn waits no more (I14). */
function withdrawWaiting(rows: Rows, { at, quarantineSteps }: Batch): void {
  const gone = new Set(quarantineSteps?.withdrawn ?? [])
  if (gone.size === 0) return
  const said = rows.inputs.flatMap(({ input }) =>
    input.kind === 'withdraw' ? [(JSON.parse(input.body) as { import: number }).import] : [],
  )
  const withdrawn = new Set([...said, ...gone])
  rows.quarantine = rows.quarantine.map((row) => {
    const imports = [row.importNo, ...rows.again.filter(({ id }) => id === row.id).map(({ importNo }) => importNo)]
    const isMeant = row.resolvedAt === null && imports.some((no) => no !== null && gone.has(no))
    const stands = imports.some((no) => no === null || !withdrawn.has(no))
    return isMeant && !stands ? { ...row, resolvedAt: at, resolution: 'withdrawn' } : row
  })
}

/** Keeps a copy of the batch, so that what a caller changes later changes nothing here. */
export function keep(rows: Rows, given: Batch): Committed {
  const batch = structuredClone(given)
  checkBatch(rows, batch)
  const committed = keepEntries(rows, batch)
  keepCases(rows, batch)
  for (const row of batch.subjects ?? []) rows.subjects.set(JSON.stringify([row.kind, row.key]), row)
  for (const card of batch.cards) rows.cards.set(card.cardId, card)
  rows.moves.push(...batch.moves)
  keepQuarantine(rows, batch)
  withdrawWaiting(rows, batch)
  for (const s of batch.sources) {
    const known = rows.sources.get(s.source) ?? s
    const later = (a: Instant, b: Instant): Instant => (a > b ? a : b)
    rows.sources.set(s.source, {
      source: s.source,
      lastAt: later(s.lastAt, known.lastAt),
      lastEventAt: later(s.lastEventAt, known.lastEventAt),
    })
  }
  rows.at = batch.at
  rows.turnedTo = batch.turnedTo ?? rows.turnedTo
  return committed
}
