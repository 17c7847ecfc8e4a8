// A real supervisor over a store, as the F2 suite sends to it, and all that must come out the same whatever the order.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { Card } from '../../server/core/card/card.ts'
import { addFlow, type Deltas } from '../../server/core/measure/count.ts'
import { DIMENSIONS, FLOW_KINDS, type Flow, type FlowKind, type TotalDelta } from '../../server/core/measure/flows.ts'
import type { FactBound, Taken } from '../../server/core/plan.ts'
import type { Instant } from '../../server/core/time/instant.ts'
import { verifyStore } from '../../server/evidence/verify.ts'
import { openMemory } from '../../server/store/memory/store.ts'
import type { CaseRow, Ledger, Records } from '../../server/store/port.ts'
import { openTrail } from '../../server/store/sqlite/trail.ts'
import { auditLedger } from '../../server/supervision/audit/ledger.ts'
import { type AuditReport, auditStore } from '../../server/supervision/audit.ts'
import { handClock } from '../../server/supervision/clock.ts'
import type { IngestOutcome } from '../../server/supervision/ingest.ts'
import { DEFAULT_LIMITS } from '../../server/supervision/limits.ts'
import { FACT_BOUND } from '../../server/supervision/line.ts'
import { openSupervisor, type Supervisor } from '../../server/supervision/supervisor.ts'
import { openThreads } from '../../server/supervision/threads.ts'

export interface TestOffice {
  readonly supervisor: Supervisor
  readonly records: Records
  readonly ledger: Ledger
  readonly clock: ReturnType<typeof handClock>
  /** One request after the other, each waiting for its receipts. */
  send(requests: readonly (readonly Taken[])[]): Promise<IngestOutcome[]>
  /** All requests under way together: batches are planned while those before are on their way to the disk. */
  sendAtOnce(requests: readonly (readonly Taken[])[]): Promise<IngestOutcome[]>
  audit(): Promise<AuditReport>
  /** What the evidence says against the file; nothing over memory, which keeps none. */
  verify(): Promise<readonly string[]>
  /** What a replay of every step finds otherwise; nothing over memory. */
  replay(): Promise<readonly unknown[]>
  close(): Promise<void>
}

interface Parts {
  readonly ledger: Ledger
  readonly records: Records
  readonly done: () => void
  readonly verify: () => Promise<readonly string[]>
  readonly replay: () => Promise<readonly unknown[]>
}

const inMemory = (): Parts => {
  const store = openMemory()
  return { ledger: store, records: store, done: () => undefined, verify: async () => [], replay: async () => [] }
}

const onDisk = async (): Promise<Parts> => {
  const folder = mkdtempSync(join(tmpdir(), 'mingjing-plan-'))
  const { ledger, reader } = await openThreads(folder, (error) => {
    throw error
  })
  const verify = async (): Promise<readonly string[]> => {
    const trail = openTrail(folder)
    const { findings } = await verifyStore(trail)
    await trail.close()
    return findings.map(({ kind, seq, detail }) => `${kind} ${seq} ${detail}`)
  }
  const replay = async (): Promise<readonly unknown[]> => (await auditLedger(folder)).replay?.findings ?? []
  return { ledger, records: reader, done: () => rmSync(folder, { recursive: true, force: true }), verify, replay }
}

export const openOffice = async (
  catalogue: Readonly<Record<string, unknown>>,
  at: Instant,
  kind: 'memory' | 'sqlite' = 'memory',
  limits: Partial<typeof DEFAULT_LIMITS> = {},
  factBound: FactBound = FACT_BOUND,
): Promise<TestOffice> => {
  const parts = kind === 'memory' ? inMemory() : await onDisk()
  const clock = handClock(at)
  const onBroken = (error: Error): void => console.error(`the supervisor stopped: ${error.message}`)
  const { ledger, records } = parts
  const supervisor = await openSupervisor({
    ledger,
    records,
    clock,
    limits: { ...DEFAULT_LIMITS, ...limits },
    onBroken,
    factBound,
  })
  await supervisor.loadCatalogue(catalogue, JSON.stringify(catalogue), 'test')
  return {
    supervisor,
    records,
    ledger,
    clock,
    async send(requests) {
      const outcomes: IngestOutcome[] = []
      for (const request of requests) {
        const raws = request.map(() => null)
        outcomes.push(...(await supervisor.ingest(request, raws, { source: null, by: 'test' })))
      }
      await supervisor.settled()
      return outcomes
    },
    async sendAtOnce(requests) {
      const from = { source: null, by: 'test' }
      const answers = await Promise.all(
        requests.map((each) =>
          supervisor.ingest(
            each,
            each.map(() => null),
            from,
          ),
        ),
      )
      await supervisor.settled()
      return answers.flat()
    },
    audit: () => auditStore({ records }),
    verify: parts.verify,
    replay: parts.replay,
    async close() {
      await supervisor.close()
      parts.done()
    },
  }
}

/** Overdue is overdue in any order; whether its card is confirmed yet hangs on held cards (M1, F2). */
const asFound = (kind: FlowKind): FlowKind => (kind === 'overdue_unconfirmed' ? 'overdue' : kind)

const flowLine = (flow: Flow): string => JSON.stringify(Object.entries({ ...flow, kind: asFound(flow.kind) }).sort())

/** What cards add hangs on notifications too: a card that was told before a late fact came counts on (C5, F2). */
const OF_CARDS: ReadonlySet<string> = new Set(['warning', 'yellow', 'red', 'to_lift'])

/**
 * Whether and by whom a case is late hangs on a card of its limit that stands as told against the facts: one that somebody
 * is asked to lift, or has kept (C5). Such figures equal a replay of the entries (F2), which the audit asks.
 */
const LATE_RULES: ReadonlySet<string> = new Set(['T-02', 'T-03', 'T-03p'])
const OF_LATENESS: ReadonlySet<FlowKind> = new Set([
  'on_time',
  'late',
  'undated',
  'excluded',
  'granted',
  'refused',
  'withdrawn',
  'overdue',
  'overdue_unconfirmed',
])
const standsAsTold = ({ rule, state, lift }: Card): boolean =>
  LATE_RULES.has(rule) && (state === 'to_lift' || (lift?.decided === 'keep' && state !== 'overtaken'))

/** A case row without the instant of judging, and without its level: that hangs on held cards, told before or not (C5). */
const rowOf = ({ judgedAt: _judgedAt, level: _level, flows, state, ...row }: CaseRow): unknown => ({
  ...row,
  state: JSON.parse(state),
  flows: flows
    .filter(({ kind }) => !OF_CARDS.has(kind))
    .map(flowLine)
    .sort(),
})

/** What judging found of a card; null: it finds it no more. */
const foundOf = (card: Card): unknown => {
  const { raisedAt, state, stood, replyDueAt, confirmed, downgradedTo, lift, declined = [], moves, ...found } = card
  return state === 'lifted' || state === 'revoked' || lift !== null || declined.length > 0 ? null : found
}

export interface Standing {
  readonly cases: ReadonlyMap<string, unknown>
  readonly cards: ReadonlyMap<string, unknown>
  readonly totals: ReadonlyMap<string, number>
  /** What of each case hangs on being late or in time. */
  readonly lateness: ReadonlyMap<string, readonly Flow[]>
  /** Cases of which a card of the limit stands as told. */
  readonly told: ReadonlySet<string>
  /** Those of which no fact that stands receives or accepts the case: all their figures stand by that card (F3, C5). */
  readonly struck: ReadonlySet<string>
  /** Cards somebody is or was asked about while tellings differ (F5): found or not, they stay as they were told. */
  readonly doubted: ReadonlySet<string>
}

const EVER = 1_000_000

const totalKeys = ({ dimension, key, department, kind, on }: Omit<TotalDelta, 'n'>): string[] => {
  const named = `${dimension} ${key}`
  return [`${named} ${asFound(kind)} ${on}`, `${named} ${department} ${asFound(kind)}`]
}

const addTo = (totals: Map<string, number>, key: string, n: number): void => {
  const sum = (totals.get(key) ?? 0) + n
  if (sum === 0) totals.delete(key)
  else totals.set(key, sum)
}

/** Where a case stands in the list: where its figures stand (C5). */
const PLACE = { inHand: 0, region: 0, department: 0, item: 0, source: 0, window: 0 }

/** A standing without what hangs, in these cases, on being late or in time; of struck ones without where they stand. */
const without = (told: Iterable<string>, of: Standing, struck: ReadonlySet<string>): Standing => {
  const totals = new Map(of.totals)
  const cases = new Map(of.cases)
  for (const no of told) {
    const flows = of.lateness.get(no) ?? []
    const deltas: Deltas = new Map()
    for (const flow of flows) addFlow(deltas, flow, -1)
    for (const { n, ...delta } of deltas.values()) for (const key of totalKeys(delta)) addTo(totals, key, n)
    const row = cases.get(no) as { readonly flows: readonly string[] } | undefined
    const gone = new Set(flows.map(flowLine))
    const place = struck.has(no) ? PLACE : {}
    if (row !== undefined) cases.set(no, { ...row, ...place, flows: row.flows.filter((line) => !gone.has(line)) })
  }
  const sorted = new Map([...totals].sort())
  return { ...of, cases, totals: sorted }
}

/** Without what hangs on cards that stand as told in either of them, two standings are the same in any order (F2). */
export const expectAlike = (is: Standing, should: Standing): void => {
  const told = new Set([...is.told, ...should.told])
  const struck = new Set([...is.struck, ...should.struck])
  const [a, b] = [without(told, is, struck), without(told, should, struck)]
  expect([...a.cases.keys()]).toEqual([...b.cases.keys()])
  for (const [projectNo, row] of a.cases) expect(row).toEqual(b.cases.get(projectNo))
  const doubted = new Set([...is.doubted, ...should.doubted])
  const found = ({ cards }: Standing) => new Map([...cards].filter(([cardId]) => !doubted.has(cardId)))
  expect(found(a)).toEqual(found(b))
  expect(a.totals).toEqual(b.totals)
}

const totalsOf = async (records: Records): Promise<Map<string, number>> => {
  const totals = new Map<string, number>()
  for (const dimension of DIMENSIONS) {
    for (const { key, kind, on, n } of await records.daily(dimension, null, FLOW_KINDS, -EVER, EVER)) {
      if (n !== 0 && !OF_CARDS.has(kind)) addTo(totals, `${dimension} ${key} ${asFound(kind)} ${on}`, n)
    }
    for (const { key, department, kind, n } of await records.totals(dimension, -EVER, EVER)) {
      if (n !== 0 && !OF_CARDS.has(kind)) addTo(totals, `${dimension} ${key} ${department} ${asFound(kind)}`, n)
    }
  }
  return new Map([...totals].sort())
}

/** Folded cases, judgements, found cards and the totals that hang on no card of a store (F2). */
export const standingOf = async (records: Records): Promise<Standing> => {
  const stored = await records.stale(-1, -1, '', EVER)
  // a row without a state is no case: it only keeps the cards of one that lost its last fact
  const folded = stored.filter(({ row }) => row.status !== 'void')
  const cases = new Map(folded.map(({ row }) => [row.projectNo, rowOf(row)]))
  const cards = new Map<string, unknown>()
  const told = new Set<string>()
  const struck = new Set<string>()
  const doubted = new Set<string>()
  for (let after: string | undefined; ; ) {
    const page = await records.listCards({ limit: 5_000, ...(after === undefined ? {} : { after }) })
    for (const { card } of page.rows) {
      if (standsAsTold(card) && card.projectNo !== null) told.add(card.projectNo)
      if (standsAsTold(card) && card.projectNo !== null && card.lift?.counted !== undefined) struck.add(card.projectNo)
      if (card.lift !== null && card.contested !== null) doubted.add(card.cardId)
      const found = foundOf(card)
      if (found !== null) cards.set(card.cardId, found)
    }
    if (page.next === null) break
    after = page.next
  }
  // of a case without a fact that begins it all that stands stands by a card that is asked about, or kept (F3, C5)
  const isStruck = ({ projectNo, status }: CaseRow): boolean => status === 'void' || struck.has(projectNo)
  const ofLateness = (row: CaseRow): Flow[] =>
    row.flows.filter(({ kind }) => (isStruck(row) ? !OF_CARDS.has(kind) && kind !== 'unlisted' : OF_LATENESS.has(kind)))
  return {
    cases: new Map([...cases].sort()),
    cards: new Map([...cards].sort()),
    totals: await totalsOf(records),
    lateness: new Map(stored.map(({ row }) => [row.projectNo, ofLateness(row)])),
    told,
    struck,
    doubted,
  }
}

/** What suites of stories do with an office, whichever stands open: send, move the clock, look at cards. */
export const deskOf = (office: () => TestOffice, read: (story: string) => readonly Taken[]) => ({
  send: (story: string) => office().send([read(story)]),
  async moveTo(now: Instant): Promise<void> {
    office().clock.set(now)
    await office().supervisor.settled()
  },
  cardsOf: (projectNo = 'P1') => office().records.cardsOf('case', [projectNo]),
  /** Ends a test: nothing that happened may have left the figures wrong. */
  async close(): Promise<unknown[]> {
    const { findings } = await office().audit()
    await office().close()
    return [...findings]
  },
})
