// I11: a source may say that its numbers are its own. Short serials of two departments are then two cases, whatever was said
// before the declaration; taken back, they are one again. After every step the ledger verifies, replays and recounts.

import { rmSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { canonicalize } from '../../server/intake/canonical.ts'
import { toFact } from '../../server/intake/fact.ts'
import { openMemory } from '../../server/store/memory/store.ts'
import { openFrozen } from '../../server/store/sqlite/frozen.ts'
import { replayLedger } from '../../server/supervision/audit/replay.ts'
import { caseThen, openLawsThen } from '../../server/supervision/then.ts'
import { type Disk, openDisk } from '../audit/ledger.ts'
import { openSupervisorOn, SMALL, type SupervisorHouse } from '../supervision/house.ts'

let disk: Disk
let house: SupervisorHouse

const SOURCES = [
  { source: 'gov', name: '住建系统' },
  { source: 'tax', name: '税务系统' },
]

const load = (body: object): Promise<{ entry: number }> =>
  house.supervisor.loadCatalogue(body as Record<string, unknown>, canonicalize(body as never), 'admin')

const declare = (numbers: 'own' | 'shared', source = 'gov'): Promise<{ entry: number }> =>
  load({ catalogue: '编号', valid_from: '2026-01-01', sources: [{ source, name: '住建系统', numbers }] })

beforeEach(async () => {
  disk = openDisk()
  house = await openSupervisorOn(disk.store, '2026-04-20T09:00:00+08:00')
  await load({ ...SMALL, sources: SOURCES })
})
afterEach(async () => {
  await house.close()
  await disk.close()
  rmSync(disk.folder, { recursive: true })
})

const tell = async (source: string, event: Record<string, unknown>, into = house): Promise<void> => {
  const context = { source, now: into.supervisor.now(), aheadMs: 600_000, historical: null }
  const [outcome] = await into.supervisor.ingest([toFact(event, context)], [null], { source, by: source })
  expect(outcome?.outcome).toBe('accepted')
}
const accept = (no: string) => house.event('ACCEPT', no, { task_code: 'five' })

/** Case number → how many facts are folded into it. */
const cases = async (store = disk.store): Promise<Record<string, number>> => {
  const { rows } = await store.listCases({ limit: 100 })
  return Object.fromEntries(
    rows.map(({ projectNo, state }) => [projectNo, (JSON.parse(state) as { facts: number }).facts]),
  )
}

const clean = async (): Promise<void> => {
  await house.supervisor.settled()
  expect((await house.audit()).findings).toEqual([])
  const frozen = openFrozen(disk.folder)
  expect((await replayLedger(frozen)).findings).toEqual([])
  frozen.close()
}

describe('a source whose numbers are its own', () => {
  it('I11: the same serial of another source is another case; late facts, voids and restarts agree', async () => {
    await declare('own')
    const second = house.event('STEP_START', '7', { payload: { step_code: 'SC' } })
    await tell('gov', accept('7'))
    await tell('tax', accept('7'))
    await tell('gov', second)
    expect(await cases()).toEqual({ 7: 1, 'gov:7': 2 })
    await clean()
    await tell('gov', house.event('RECEIVE', '7', { occurred_at: '2026-04-17T10:00:00+08:00' }))
    await tell('gov', house.event('VOID', '7', { payload: { target: second.event_id } }))
    expect(await cases()).toEqual({ 7: 1, 'gov:7': 2 })
    await clean()
    await house.close()
    house = await openSupervisorOn(disk.store, '2026-04-20T09:00:00+08:00')
    await tell('gov', house.event('DECIDE', '7', { event_id: 'after', payload: { result: 'granted' } }))
    expect(await cases()).toEqual({ 7: 1, 'gov:7': 3 })
    await clean()
  })

  it('I11: what it said before the declaration is of its own cases as well, and of shared ones again when taken back', async () => {
    await tell('gov', accept('7'))
    await tell('tax', accept('7'))
    await tell('gov', accept('8'))
    expect(await cases()).toEqual({ 7: 2, 8: 1 })
    const { entry } = await declare('own')
    expect(await cases()).toEqual({ 7: 1, 'gov:7': 1, 'gov:8': 1 })
    await clean()
    // a row that says nothing of numbers leaves them as they were
    await load({ catalogue: '来源', valid_from: '2026-02-01', sources: SOURCES })
    expect(await cases()).toEqual({ 7: 1, 'gov:7': 1, 'gov:8': 1 })
    await load({ catalogue: '收回', takes_back: entry, why: '误报' })
    expect(await cases()).toEqual({ 7: 2, 8: 1 })
    await clean()
  })

  it('I11: in many slices, and over a stop between them, none is left behind', async () => {
    for (let i = 1; i <= 12; i++) await tell('gov', accept(String(i)))
    const attends = Array.from({ length: 1_100 }, (_, i) => {
      const { project_no: _none, ...event } = house.event('ATTEND', `W${i}`)
      return toFact(event, { source: 'tax', now: house.supervisor.now(), aheadMs: 600_000, historical: null })
    })
    const raws = attends.map(() => null)
    await house.supervisor.ingest(attends, raws, { source: 'tax', by: 'tax' })
    await tell('gov', accept('last'))
    const declared = declare('own')
    // the process ends before the slices do
    await house.supervisor.between(async () => undefined)
    await house.close().catch(() => undefined)
    await declared.catch(() => undefined)
    house = await openSupervisorOn(disk.store, '2026-04-20T09:00:00+08:00')
    // what the stop cut short is gone on with by itself
    while ((await cases()).last !== undefined) await new Promise((done) => setImmediate(done))
    expect(Object.keys(await cases()).every((no) => no.startsWith('gov:'))).toBe(true)
    expect(Object.keys(await cases())).toHaveLength(13)
    await clean()
  })

  it('I11 F2: told after the declaration or before it, the cases are the same', async () => {
    const told: [string, Record<string, unknown>][] = [
      ['gov', accept('7')],
      ['tax', accept('7')],
      ['tax', house.event('STEP_START', 'gov:7', { payload: { step_code: 'SC' } })],
      ['gov', house.event('DECIDE', '7', { payload: { result: 'granted' } })],
    ]
    for (const [source, event] of told.slice(0, 2)) await tell(source, event)
    await declare('own')
    for (const [source, event] of told.slice(2)) await tell(source, event)
    const other = openMemory()
    const fresh = await openSupervisorOn(other, '2026-04-20T09:00:00+08:00')
    const body = { ...SMALL, sources: [{ ...SOURCES[0], numbers: 'own' }, SOURCES[1]] }
    await fresh.supervisor.loadCatalogue(body as never, canonicalize(body as never), 'admin')
    for (const [source, event] of told.toReversed()) await tell(source, event, fresh)
    await fresh.supervisor.settled()
    const states = async (store: typeof disk.store) =>
      Object.fromEntries((await store.listCases({ limit: 9 })).rows.map(({ projectNo, state }) => [projectNo, state]))
    expect(await states(disk.store)).toEqual(await states(other))
    expect(await cases()).toEqual({ 7: 1, 'gov:7': 3 })
    await fresh.close()
  })

  it('I11: numbers it has joined while they were shared are one case of its own, and can be parted', async () => {
    await tell('gov', accept('7'))
    await tell('gov', house.event('DECIDE', '8', { payload: { result: 'granted' } }))
    const said = { by: 'gov', why: '同一件' }
    const step = { alias: '8', home: '7', joined: true, source: 'gov' }
    expect(await house.supervisor.join(step, said)).toEqual({ home: '7' })
    await declare('own')
    expect(await cases()).toEqual({ 'gov:7': 2 })
    await clean()
    await house.supervisor.join({ alias: 'gov:8', home: 'gov:7', joined: false, source: 'gov' }, said)
    expect(await cases()).toEqual({ 'gov:7': 1, 'gov:8': 1 })
    await clean()
  })

  it('I11 M9: before the declaration was entered the two were one', async () => {
    await tell('gov', accept('7'))
    await tell('tax', accept('7'))
    const before = house.supervisor.now()
    await house.moveTo('2026-04-20T10:00:00+08:00')
    await declare('own')
    const parts = { records: disk.store, laws: openLawsThen(disk.store) }
    expect((await caseThen(parts, { projectNo: '7', at: before, as: 'due' }))?.state.facts).toBe(2)
    expect((await caseThen(parts, { projectNo: '7', at: house.supervisor.now(), as: 'due' }))?.state.facts).toBe(1)
    expect((await caseThen(parts, { projectNo: 'gov:7', at: before, as: 'due' }))?.state.facts).toBeUndefined()
    expect((await caseThen(parts, { projectNo: 'gov:7', at: house.supervisor.now(), as: 'due' }))?.state.facts).toBe(1)
  })

  it('I11 I14: an import withdrawn, an event made void: of its own cases', async () => {
    await declare('own')
    const { supervisor } = house
    const asked = { file: 'a.csv', digest: null, mapping: null, source: 'gov', by: 'admin', asOf: null }
    const importNo = await supervisor.beginImport({ ...asked, id: 'one', historical: null })
    const context = { source: 'gov', now: supervisor.now(), aheadMs: 600_000, historical: null }
    const facts = [toFact(accept('7'), context), toFact(accept('8'), context)]
    await supervisor.ingest(facts, [null, null], { source: 'gov', by: 'admin', importNo })
    await tell('tax', accept('7'))
    const live = accept('9')
    await tell('gov', live)
    await supervisor.withdraw({ id: 'one', by: 'admin', why: '导错' })
    expect(await cases()).toEqual({ 7: 1, 'gov:9': 1 })
    await clean()
    const done = await supervisor.voidFact({ source: 'gov', eventId: String(live.event_id), by: 'admin', why: '误报' })
    expect(done).toEqual({ project_no: 'gov:9' })
    expect(await cases()).toEqual({ 7: 1 })
    await clean()
  })
})
