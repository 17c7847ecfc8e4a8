// SQLite itself is full (A6): the real store on its real thread has room for no more pages. Every kind of step is refused with
// 503 storage_full, memory equals the store after it – as a screen sees it, against a fresh start over the same file –, the
// line goes on by itself when there is room, nothing that was answered is lost, and audit and verify find nothing.

import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { verifyStore } from '../../server/evidence/verify.ts'
import { buildApp } from '../../server/http/app.ts'
import { eventRoutes } from '../../server/http/events.ts'
import { DEFAULT_BOUNDS } from '../../server/intake/wired.ts'
import { PANELS } from '../../server/live/panels/registry.ts'
import { openPump } from '../../server/live/pump.ts'
import { enactCatalogue } from '../../server/office/law/enact.ts'
import { ownLease } from '../../server/store/lease.ts'
import type { Ledger, Records } from '../../server/store/port.ts'
import { openRecords } from '../../server/store/sqlite/records.ts'
import { openTrail } from '../../server/store/sqlite/trail.ts'
import { StoreError } from '../../server/store/trouble.ts'
import { auditLedger } from '../../server/supervision/audit/ledger.ts'
import { openThreads, type Threads } from '../../server/supervision/threads.ts'
import { Unstored } from '../../server/supervision/unstored.ts'
import { access, bearer } from '../http/house.ts'
import { OFTEN, openSupervisorOn, SMALL, SOURCE, type SupervisorHouse } from './house.ts'

const MONDAY = '2026-09-21T09:00:00+08:00'
const LATER = '2026-10-20T09:00:00+08:00'
/** Longer than what is left of any page: such an input is not stored without a new one. */
const WORDS = '停电'.repeat(1_900)
const ROOM = 1_000_000

/** A catalogue that fills some pages. */
const { items: [five] = [] } = SMALL
const LARGE = {
  ...SMALL,
  items: [
    ...(SMALL.items ?? []),
    ...Array.from({ length: 60 }, (_, n) => ({ ...five, task_code: `item-${n}`, name: `第${n}号事项` })),
  ],
} as typeof SMALL

interface Hall {
  readonly at: SupervisorHouse
  readonly records: Records
  readonly reader: Records
  /** What a screen gets that says hello now. */
  board(): unknown
  close(): Promise<void>
}

const openHall = async (store: Records & Ledger, reader: Records, ledger: Ledger, instant: string): Promise<Hall> => {
  const at = await openSupervisorOn(store, instant, { ledger, limits: { probeMs: 1 } })
  const { supervisor, clock } = at
  const pump = await openPump({
    supervisor,
    records: store,
    reader,
    clock,
    panels: PANELS,
    start: 'here',
    onPatch: () => undefined,
    onTrouble: () => undefined,
  })
  return {
    at,
    records: store,
    reader,
    board: () => pump.outbox('all')?.snapshot().board,
    async close() {
      pump.close()
      await at.close()
    },
  }
}

const NUMBERS = ['C1', 'C2', 'C3', 'C4', 'C9', 'X0', 'X1']

/** All that is told of a hall: cases, cards, figures, the wall. */
const toldOf = async ({ at, reader, board }: Hall): Promise<unknown> => {
  const stored = await reader.cases(NUMBERS)
  const cards = await reader.listCards({ limit: 500 })
  return {
    law: at.supervisor.law.version,
    homes: NUMBERS.map((no) => at.supervisor.homeOf(no)),
    apart: at.supervisor.state().apart,
    cases: [...stored].map(([no, { row }]) => [no, row.status, row.level, row.dueAt, row.flows]).sort(),
    cards: cards.rows.map(({ card, moves }) => [card.cardId, card.state, moves.length]),
    figures: (await reader.totals('department', 0, 40_000)).map((row) => JSON.stringify(row)).sort(),
    board: board(),
  }
}

const batchOf = (at: SupervisorHouse, prefix: string, count: number): Record<string, unknown>[] =>
  Array.from({ length: count }, (_, n) => ({
    ...at.event('ACCEPT', `${prefix}${n}`, { task_code: 'five' }),
    event_id: `${prefix}-${n}`,
    occurred_at: '2026-09-14T10:00:00+08:00',
    payload: { remark: '甲'.repeat(400) },
  }))

interface Step {
  readonly name: string
  readonly act: (hall: Hall) => Promise<unknown>
}

const taken = async (told: Promise<object>): Promise<void> => {
  const answer = await told
  if ('refused' in answer) throw new Error(String(answer.refused))
}

const NAMED = { file: 'a.csv', digest: 'd', mapping: null, source: SOURCE, by: 'admin', historical: null, asOf: null }
const IMPORTS: { no?: number } = {}

const cardOf = async ({ reader }: Hall): Promise<string> =>
  (await reader.listCards({ rule: 'T-02', projectNos: ['C1'], limit: 1 })).rows[0]?.card.cardId ?? ''

/** The same facts again, now brought by an import: a further way of each. */
const againBy = async (
  { at }: Hall,
  events: readonly Record<string, unknown>[],
  importNo: number,
): Promise<unknown> => {
  const { isTaken, toFact } = await import('../../server/intake/fact.ts')
  const context = { source: SOURCE, now: at.supervisor.now(), aheadMs: 600_000, historical: null }
  const items = events.map((event) => toFact(event, context)).filter(isTaken)
  return at.supervisor.ingest(
    items,
    items.map(() => null),
    { source: SOURCE, by: 'admin', importNo },
  )
}

/** Every kind of step; each writes more than a page has left, and can be done again when it was not taken. */
const STEPS: readonly Step[] = [
  {
    name: 'law',
    act: ({ at }) => enactCatalogue(at.supervisor, LARGE, 'test'),
  },
  { name: 'facts', act: ({ at }) => at.take(...batchOf(at, 'C', 40)) },
  {
    name: 'a declaration',
    async act(hall) {
      IMPORTS.no ??= await hall.at.supervisor.beginImport({ ...NAMED, id: `declared ${WORDS}` })
      await againBy(hall, batchOf(hall.at, 'C', 40), IMPORTS.no)
      await againBy(hall, batchOf(hall.at, 'X', 40), IMPORTS.no)
    },
  },
  {
    name: 'a move',
    async act(hall) {
      const asked = { move: 'explain', by: '王晓峰', why: WORDS, signedBy: null }
      await taken(hall.at.supervisor.move({ ...asked, cardId: await cardOf(hall) }))
    },
  },
  {
    name: 'an alias',
    act: ({ at }) => taken(at.supervisor.join({ alias: 'C9', home: 'C1', joined: true }, { by: '李明', why: WORDS })),
  },
  {
    name: 'a void',
    act: ({ at }) => taken(at.supervisor.voidFact({ source: SOURCE, eventId: 'C-3', by: 'admin', why: WORDS })),
  },
  {
    name: 'a withdrawal',
    act: ({ at }) => taken(at.supervisor.withdraw({ id: String(IMPORTS.no), by: 'admin', why: WORDS })),
  },
  { name: 'turns', act: ({ at }) => at.moveTo(LATER) },
]

describe('a disk that is full', () => {
  let folder = ''
  const copies: string[] = []
  afterEach(() => {
    for (const path of [folder, ...copies.splice(0)]) rmSync(path, { recursive: true, force: true })
  })

  /** A fresh start over the same file, on a copy of it, and what it tells. */
  const toldAfresh = async (instant: string): Promise<unknown> => {
    const copy = mkdtempSync(join(tmpdir(), 'mingjing-full-'))
    copies.push(copy)
    for (const name of ['ledger.sqlite', 'ledger.sqlite-wal']) cpSync(join(folder, name), join(copy, name))
    const threads = await openThreads(copy, () => undefined)
    const records = openRecords(copy)
    // on a disk as full as the other's: it takes no turn and no slice that the other could not take
    const still: Ledger = {
      lease: ownLease,
      commit: async () => {
        throw new StoreError('store_full', 'no room')
      },
      close: async () => undefined,
    }
    const hall = await openHall({ ...records, ...still }, threads.reader, still, instant)
    const told = await toldOf(hall)
    await threads.ledger.close()
    await threads.reader.close()
    await records.close()
    return told
  }

  /** Refuses the step while there is no room, compares, gives room, and does it again. */
  const metBy = async (hall: Hall, step: Step, threads: Threads): Promise<void> => {
    await threads.bound(1)
    const told = await step.act(hall).then(
      () => null,
      (error: unknown) => error,
    )
    expect([step.name, told instanceof Unstored ? told.code : told]).toEqual([step.name, 'storage_full'])
    const instant = step.name === 'turns' ? LATER : MONDAY
    const afresh = await toldAfresh(instant)
    await vi.waitFor(async () => expect(await toldOf(hall)).toEqual(afresh), OFTEN)
    await threads.bound(ROOM)
    await vi.waitFor(() => expect(hall.at.supervisor.state().withheld).toBeNull(), OFTEN)
    await step.act(hall)
    if (step.name !== 'turns') await hall.at.supervisor.settled()
  }

  it('A6, I4: each kind of step is refused whole, and goes on by itself when there is room [S5]', async () => {
    folder = mkdtempSync(join(tmpdir(), 'mingjing-full-'))
    const threads = await openThreads(folder, (error) => {
      throw error
    })
    const records = openRecords(folder)
    const hall = await openHall({ ...records, ...threads.ledger }, threads.reader, threads.ledger, MONDAY)
    for (const step of STEPS) await metBy(hall, step, threads)
    expect(hall.at.broken).toEqual([])
    const last = await toldOf(hall)
    await hall.close()
    await threads.ledger.close()
    await threads.reader.close()
    await records.close()
    expect((await auditLedger(folder, {})).count).toBe(0)
    const trail = openTrail(folder)
    expect((await verifyStore(trail)).findings).toEqual([])
    await trail.close()
    // nothing that was answered is lost: every event is known, and every act stands
    const kept = openRecords(folder)
    expect((await kept.factsOfMany(NUMBERS)).size).toBeGreaterThan(5)
    expect(
      (await kept.aliases()).length + (await kept.inputs('void')).length + (await kept.inputs('withdraw')).length,
    ).toBe(3)
    expect(last).toMatchObject({ law: expect.any(Number) })
    await kept.close()
  }, 110_000)

  it('A6: at the front door it is 503 storage_full with Retry-After, and reading goes on [S5]', async () => {
    folder = mkdtempSync(join(tmpdir(), 'mingjing-full-'))
    const threads = await openThreads(folder, () => undefined)
    const records = openRecords(folder)
    const store = { ...records, ...threads.ledger }
    const at = await openSupervisorOn(store, MONDAY, { ledger: threads.ledger, limits: { probeMs: 1 } })
    const clock = { now: () => at.supervisor.now(), mono: () => performance.now() }
    const routes = [
      eventRoutes({
        supervisor: at.supervisor,
        scaleOf: () => null,
        clock,
        limits: { ...DEFAULT_BOUNDS, aheadMs: 0 },
      }),
    ]
    const app = buildApp({
      access,
      anonymous: null,
      clientDir: null,
      mono: clock.mono,
      log: { level: 'silent' },
      routes,
    })
    const events = batchOf(at, 'C', 40)
    const send = () =>
      app.inject({ method: 'POST', url: '/api/v1/events', headers: bearer('source'), payload: events as object[] })
    await threads.bound(1)
    const refused = await send()
    expect([refused.statusCode, refused.json().code]).toEqual([503, 'storage_full'])
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
    expect((await records.listCases({ limit: 5 })).rows).toEqual([])
    await threads.bound(ROOM)
    await vi.waitFor(() => expect(at.supervisor.state().withheld).toBeNull(), OFTEN)
    expect((await send()).json()).toMatchObject({ accepted: 40, rejected: 0 })
    await app.close()
    await at.close()
    await threads.ledger.close()
    await threads.reader.close()
    await records.close()
  }, 60_000)
})
