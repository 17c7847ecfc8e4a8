// M9 as known then: a case at a past instant, from the entries up to it and the law known at it.

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parseInstant } from '../../server/core/time/civil.ts'
import type { Instant } from '../../server/core/time/instant.ts'
import { canonicalize } from '../../server/intake/canonical.ts'
import { toFact } from '../../server/intake/fact.ts'
import { openMemory } from '../../server/store/memory/store.ts'
import { handClock } from '../../server/supervision/clock.ts'
import { DEFAULT_LIMITS } from '../../server/supervision/limits.ts'
import { openSupervisor, type Supervisor } from '../../server/supervision/supervisor.ts'
import { caseThen, openLawsThen } from '../../server/supervision/then.ts'

const at = (text: string): Instant => {
  const found = parseInstant(`${text}+08:00`)
  if (found === null) throw new Error(text)
  return found
}

const catalogue = (promise: string) => ({
  catalogue: `目录 ${promise}`,
  valid_from: '2026-01-01',
  departments: [{ org_code: 'MR', name: '市监局', region_code: '99' }],
  windows: [{ window_no: 'A01', name: '食品', org_code: 'MR' }],
  items: [{ task_code: 'FOOD', name: '食品经营许可', org_code: 'MR', item_type: '01', promise, statute: '20WD' }],
})

let store: ReturnType<typeof openMemory>
let clock: ReturnType<typeof handClock>
let supervisor: Supervisor

beforeEach(async () => {
  store = openMemory()
  clock = handClock(at('2026-03-02T08:00:00'))
  const onBroken = (error: Error): never => {
    throw error
  }
  supervisor = await openSupervisor({ ledger: store, records: store, clock, limits: DEFAULT_LIMITS, onBroken })
  await enact('10WD')
})
afterEach(async () => {
  await supervisor.close()
})

const enact = async (promise: string): Promise<void> => {
  await supervisor.loadCatalogue(catalogue(promise), canonicalize(catalogue(promise)), 'test')
  await supervisor.settled()
}

let last = 0

/** An event of case P, told at `toldAt`. */
const tell = async (
  type: string,
  occurred: string,
  toldAt: string,
  more: Record<string, unknown> = {},
): Promise<string> => {
  clock.set(at(toldAt))
  last += 1
  const wire = {
    event_id: `e${last}`,
    event_type: type,
    project_no: 'P',
    occurred_at: `${occurred}+08:00`,
    org_code: 'MR',
    window_no: 'A01',
    task_code: 'FOOD',
    ...more,
  }
  const taken = toFact(wire, { source: 's', now: supervisor.now(), aheadMs: 600_000, historical: null })
  const [outcome] = await supervisor.ingest([taken], [null], { source: 's', by: 's' })
  expect(outcome?.outcome).toBe('accepted')
  await supervisor.settled()
  return `e${last}`
}

const then = async (instant: string) => {
  const parts = { records: store, laws: openLawsThen(store) }
  const found = await caseThen(parts, { projectNo: 'P', at: at(instant), as: 'due' })
  if (found === null) return null
  const { judgement, cards } = found
  return {
    status: judgement.status,
    due: judgement.promise?.limit.value ?? null,
    verdict: judgement.verdict,
    cards: cards.map(({ card }) => `${card.rule} ${card.state}`).sort(),
  }
}

describe('a case as it was known then', () => {
  it('M9: before it was told of there is no case; afterwards each instant shows what was known at it', async () => {
    await tell('ACCEPT', '2026-03-02T10:00:00', '2026-03-02T10:00:00')
    // the promise of ten working days runs out on 16 March; the decision of the 13th is told on the 18th
    clock.set(at('2026-03-17T09:00:00'))
    await supervisor.settled()
    await tell('DECIDE', '2026-03-13T16:00:00', '2026-03-18T09:00:00', { payload: { result: 'granted' } })

    expect(await then('2026-03-02T09:59:59')).toBeNull()
    expect(await then('2026-03-03T09:00:00')).toEqual({ status: 'accepted', due: 10, verdict: null, cards: [] })
    const disputed = await then('2026-03-17T12:00:00')
    expect(disputed).toEqual({
      status: 'accepted',
      due: 10,
      verdict: null,
      cards: ['T-01 overtaken', 'T-02 notified'],
    })
    const now = await then('2026-03-18T09:00:00')
    expect(now).toMatchObject({ status: 'concluded', verdict: 'on_time' })
    // told before it came: a person decides (C5)
    expect(now?.cards).toContain('T-02 to_lift')
  })

  it('M9 J7: the law of then is the law that had been entered by then', async () => {
    await tell('ACCEPT', '2026-03-02T10:00:00', '2026-03-02T10:00:00')
    clock.set(at('2026-03-05T09:00:00'))
    await enact('5WD')
    expect((await then('2026-03-04T09:00:00'))?.due).toBe(10)
    expect((await then('2026-03-05T10:00:00'))?.due).toBe(5)
  })

  it('M9 F3: a fact made void later still stood then', async () => {
    await tell('ACCEPT', '2026-03-02T10:00:00', '2026-03-02T10:00:00')
    const decided = await tell('DECIDE', '2026-03-03T10:00:00', '2026-03-03T10:00:00', {
      payload: { result: 'granted' },
    })
    await tell('VOID', '2026-03-04T10:00:00', '2026-03-04T10:00:00', { payload: { target: decided, reason: '误报' } })
    expect((await then('2026-03-03T12:00:00'))?.status).toBe('concluded')
    expect((await then('2026-03-04T12:00:00'))?.status).toBe('accepted')
  })
})
