// I11: two numbers, one case. Joined by a person or a source, undone again, every step an entry of the ledger.

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parseInstant } from '../../server/core/time/civil.ts'
import type { Instant } from '../../server/core/time/instant.ts'
import { toFact } from '../../server/intake/fact.ts'
import { openMemory } from '../../server/store/memory/store.ts'
import { auditStore } from '../../server/supervision/audit.ts'
import { handClock } from '../../server/supervision/clock.ts'
import { DEFAULT_LIMITS } from '../../server/supervision/limits.ts'
import { openSupervisor, type Supervisor } from '../../server/supervision/supervisor.ts'
import { caseThen, openLawsThen } from '../../server/supervision/then.ts'

const at = (text: string): Instant => {
  const found = parseInstant(`${text}+08:00`)
  if (found === null) throw new Error(text)
  return found
}

let store: ReturnType<typeof openMemory>
let clock: ReturnType<typeof handClock>
let supervisor: Supervisor

const open = async (): Promise<void> => {
  const onBroken = (error: Error): never => {
    throw error
  }
  supervisor = await openSupervisor({ ledger: store, records: store, clock, limits: DEFAULT_LIMITS, onBroken })
}

beforeEach(async () => {
  store = openMemory()
  clock = handClock(at('2026-03-02T08:00:00'))
  await open()
})
afterEach(async () => {
  await supervisor.close()
})

const tell = async (
  eventId: string,
  type: string,
  projectNo: string,
  occurred: string,
  payload = {},
): Promise<void> => {
  clock.set(at(occurred))
  const wire = {
    event_id: eventId,
    event_type: type,
    project_no: projectNo,
    occurred_at: `${occurred}+08:00`,
    window_no: 'A01',
    payload,
  }
  const taken = toFact(wire, { source: 's', now: supervisor.now(), aheadMs: 600_000, historical: null })
  const [outcome] = await supervisor.ingest([taken], [null], { source: 's', by: 's' })
  expect(outcome?.outcome).toBe('accepted')
}

const join = (alias: string, home: string, joined = true) =>
  supervisor.join({ alias, home, joined }, { by: '监督员', why: '同一办件' })

/** Case number → types folded into it: acceptance, decision. */
const cases = async (): Promise<Record<string, string>> => {
  await supervisor.settled()
  const { rows } = await store.listCases({ limit: 100 })
  return Object.fromEntries(
    rows.map(({ projectNo, state }) => {
      const folded = JSON.parse(state) as { accepted: unknown; ends: { type: string }[] }
      const parts = [folded.accepted === null ? '' : 'accepted', ...folded.ends.map(({ type }) => type)]
      return [projectNo, parts.filter((part) => part !== '').join(' ')]
    }),
  )
}

const clean = async (): Promise<void> => {
  const report = await auditStore({ records: store })
  expect(report.findings).toEqual([])
}

describe('two numbers of one case', () => {
  it('I11: joining folds both into the home; the alias is no case of its own; audit is clean', async () => {
    await tell('1', 'ACCEPT', 'CITY-1', '2026-03-02T10:00:00')
    await tell('2', 'DECIDE', 'PROVINCE-9', '2026-03-04T10:00:00', { result: 'granted' })
    expect(await cases()).toEqual({ 'CITY-1': 'accepted', 'PROVINCE-9': 'DECIDE' })
    expect(await join('PROVINCE-9', 'CITY-1')).toEqual({ home: 'CITY-1' })
    expect(await cases()).toEqual({ 'CITY-1': 'accepted DECIDE' })
    await clean()
  })

  it('I11 F2: facts told after the joining, late ones and voids too, go to the home', async () => {
    await tell('1', 'ACCEPT', 'CITY-1', '2026-03-03T10:00:00')
    await join('PROVINCE-9', 'CITY-1')
    await tell('2', 'DECIDE', 'PROVINCE-9', '2026-03-05T10:00:00', { result: 'granted' })
    await tell('3', 'RECEIVE', 'PROVINCE-9', '2026-03-02T10:00:00')
    expect(await cases()).toEqual({ 'CITY-1': 'accepted DECIDE' })
    await clean()
    await tell('4', 'VOID', 'PROVINCE-9', '2026-03-06T10:00:00', { target: '2', reason: '误报' })
    expect(await cases()).toEqual({ 'CITY-1': 'accepted' })
    await clean()
  })

  it('I11 F2: joined, no fact is told twice: nothing of one telling is raised as a second [L1]', async () => {
    await tell('1', 'RECEIVE', 'CITY-1', '2026-03-02T10:00:00')
    await tell('2', 'STEP_START', 'PROVINCE-9', '2026-03-03T10:00:00', { step_code: 'SC' })
    await tell('3', 'COMPLAIN', 'PROVINCE-9', '2026-03-04T10:00:00')
    await join('PROVINCE-9', 'CITY-1')
    await tell('4', 'STEP_END', 'PROVINCE-9', '2026-03-05T10:00:00', { step_code: 'SC' })
    await tell('5', 'VOID', 'CITY-1', '2026-03-06T10:00:00', { target: '4' })
    await supervisor.settled()
    const row = (await store.cases(['CITY-1'])).get('CITY-1')?.row
    expect(JSON.parse(row?.state ?? '{}')).toMatchObject({
      facts: 3,
      steps: [{ code: 'SC' }],
      complaints: [{ eventId: '3' }],
    })
    await clean()
  })

  it('I11: undone, each number is its own case again, after a restart too', async () => {
    await tell('1', 'ACCEPT', 'CITY-1', '2026-03-02T10:00:00')
    await tell('2', 'DECIDE', 'PROVINCE-9', '2026-03-04T10:00:00', { result: 'granted' })
    await join('PROVINCE-9', 'CITY-1')
    await supervisor.settled()
    await open()
    expect(supervisor.homeOf('PROVINCE-9')).toBe('CITY-1')
    expect(await join('PROVINCE-9', 'CITY-1', false)).toEqual({ home: 'PROVINCE-9' })
    expect(await cases()).toEqual({ 'CITY-1': 'accepted', 'PROVINCE-9': 'DECIDE' })
    await clean()
    expect((await store.aliases()).map(({ body }) => (JSON.parse(body) as { joined: boolean }).joined)).toEqual([
      true,
      false,
    ])
  })

  it('I11 M9: before the joining was entered the two were two', async () => {
    await tell('1', 'ACCEPT', 'CITY-1', '2026-03-02T10:00:00')
    await tell('2', 'DECIDE', 'PROVINCE-9', '2026-03-04T10:00:00', { result: 'granted' })
    clock.set(at('2026-03-05T10:00:00'))
    await join('PROVINCE-9', 'CITY-1')
    const parts = { records: store, laws: openLawsThen(store) }
    expect(
      (await caseThen(parts, { projectNo: 'CITY-1', at: at('2026-03-05T09:00:00'), as: 'due' }))?.judgement.status,
    ).toBe('accepted')
    expect(
      (await caseThen(parts, { projectNo: 'CITY-1', at: at('2026-03-05T11:00:00'), as: 'due' }))?.judgement.status,
    ).toBe('concluded')
  })

  it.each([
    ['to itself', 'A', 'A'],
    ['an alias of another', 'X', 'B'],
    ['to a number that is an alias', 'C', 'X'],
    ['a number that has aliases', 'HOME', 'B'],
  ])('I11: a number cannot be joined %s', async (_, alias, home) => {
    await join('X', 'HOME')
    expect(await join(alias, home)).toHaveProperty('refused')
  })
})
