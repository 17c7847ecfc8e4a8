// When a patch goes out (L1): cards and changes of a tile's level at once, counts coalesced, the first at once, and a
// pending count rides on whatever goes next. The pump over a memory store, its timers moved by hand.

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { makeCity } from '../../fixtures/city/catalogue.ts'
import type { WallPatch } from '../../server/contract/live.ts'
import { type Scope, scopeOver } from '../../server/core/scope.ts'
import { PANELS } from '../../server/live/panels/registry.ts'
import { openPump, type Pump } from '../../server/live/pump.ts'
import { enactCatalogue } from '../../server/office/law/enact.ts'
import { openMemory } from '../../server/store/memory/store.ts'
import { instant, openSupervisorOn, type SupervisorHouse } from '../supervision/house.ts'

const city = makeCity(3)
const matter = city.matters.find(({ row }) => row.promise === '5WD')
const other = city.desks.find(({ windowNo }) => windowNo !== matter?.desk.windowNo)
const COALESCED_MS = 250

describe('the pump', () => {
  let at: SupervisorHouse
  let pump: Pump
  let mono = 0
  let patches: WallPatch[] = []
  let troubles: unknown[] = []
  let failing = false

  const receive = (no: string) =>
    at.event('RECEIVE', no, { task_code: matter?.row.task_code, window_no: matter?.desk.windowNo })
  const acceptLongAgo = (no: string) =>
    at.event('ACCEPT', no, {
      task_code: matter?.row.task_code,
      window_no: matter?.desk.windowNo,
      occurred_at: '2026-08-03T09:00:00+08:00',
    })
  /** Lets real time pass by so much, timers and what hangs on them. */
  const pass = async (ms: number): Promise<void> => {
    mono += ms
    await vi.advanceTimersByTimeAsync(ms)
  }

  beforeEach(async () => {
    const store = openMemory()
    at = await openSupervisorOn(store, '2026-09-16T10:00:00+08:00')
    await enactCatalogue(at.supervisor, city.catalogue, 'test')
    await at.supervisor.settled()
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    mono = 100_000
    patches = []
    troubles = []
    failing = false
    pump = await openPump({
      supervisor: at.supervisor,
      records: {
        ...store,
        heads: (...asked) => (failing ? Promise.reject(new Error('unreadable')) : store.heads(...asked)),
      },
      reader: store,
      clock: { ...at.clock, mono: () => mono },
      panels: PANELS,
      start: 'here',
      onPatch: (_, patch) => patches.push(patch),
      onTrouble: (error) => troubles.push(error),
    })
    pump.outbox('all')
  })
  afterEach(async () => {
    pump.close()
    vi.useRealTimers()
    await at.close()
  })

  it('L1: the first count goes at once, the next within a quarter of a second, together', async () => {
    await at.take(receive('C1'))
    await pass(0)
    expect(patches.map((patch) => patch.figures?.received_today)).toEqual([1])
    await at.take(receive('C2'))
    await at.take(receive('C3'))
    await pass(COALESCED_MS - 10)
    expect(patches).toHaveLength(1)
    await pass(10)
    expect(patches.map((patch) => patch.figures?.received_today)).toEqual([1, 3])
    expect(patches[1]?.from).toBe(patches[0]?.cursor)
  })

  it('L1: a card and the level of its tile go at once, and the pending count rides with them', async () => {
    await at.take(receive('C1'))
    await pass(0)
    await at.take(receive('C2'))
    await at.take(acceptLongAgo('C3'))
    await pass(0)
    expect(patches).toHaveLength(2)
    const [, patch] = patches
    const lit = patch?.tiles?.find((tile) => tile.window_no === matter?.desk.windowNo)
    expect(lit?.level).toBeGreaterThanOrEqual(2)
    expect(patch?.cards?.map((card) => card.rule_id)).toContain(lit?.rule)
    expect(patch?.figures?.received_today).toBe(2)
    await pass(10 * COALESCED_MS)
    expect(patches).toHaveLength(2)
  })

  it('L1 F3 C5: a level that falls goes at once too; late still by a card that is asked about, it stays in hand', async () => {
    await at.take(acceptLongAgo('C1'))
    await pass(0)
    await at.take(at.event('VOID', 'C1', { payload: { target: at.lastId(), reason: '误录' } }))
    await pass(0)
    const tile = patches.at(-1)?.tiles?.find(({ window_no: no }) => no === matter?.desk.windowNo)
    expect(tile).toMatchObject({ level: 0, in_hand: 1, rule: null })
    expect(patches.at(-1)?.cards_gone?.length).toBeGreaterThan(0)
  })

  it('L2: heads that cannot be read cut the screens, and are read again with the next patch', async () => {
    failing = true
    await at.take(acceptLongAgo('C1'))
    await pass(0)
    expect(troubles).toHaveLength(1)
    expect(patches).toEqual([])
    failing = false
    await at.take(at.event('RECEIVE', 'C2', { task_code: matter?.row.task_code, window_no: other?.windowNo }))
    await pass(COALESCED_MS)
    const tile = patches.at(-1)?.tiles?.find(({ window_no: no }) => no === matter?.desk.windowNo)
    expect(tile?.level).toBeGreaterThanOrEqual(2)
  })

  it('M3: what is overdue burdens this quarter while it is in hand, and the former whose end it stood at [U2]', async () => {
    const quarters = () => {
      const { quarter, previous_quarter: previous } = pump.outbox('all')?.snapshot().board.figures ?? {}
      return [quarter, previous]
    }
    const since = { occurred_at: '2026-06-01T09:00:00+08:00' }
    await at.take(
      at.event('ACCEPT', 'C1', { task_code: matter?.row.task_code, window_no: matter?.desk.windowNo, ...since }),
    )
    await pass(COALESCED_MS)
    expect(quarters()).toEqual([
      { on_time: 0, late: 0, overdue: 1 },
      { on_time: 0, late: 0, overdue: 1 },
    ])
    await at.take(at.event('DECIDE', 'C1', { payload: { result: 'granted' } }))
    await pass(COALESCED_MS)
    expect(quarters()).toEqual([
      { on_time: 0, late: 1, overdue: 0 },
      { on_time: 0, late: 0, overdue: 1 },
    ])
  })

  it('M3: a board asked for as the day turns is of one day, head, counts and forecast, until the new sums are there', async () => {
    const department = `department:${city.catalogue.departments?.[0]?.org_code ?? ''}`
    await at.take(receive('C1'))
    await pass(0)
    at.clock.set(instant('2026-09-17T09:30:00+08:00'))
    const held = pump.outbox(department)?.snapshot()
    expect(held?.as_of).toBe('2026-09-16T23:59:59+08:00')
    expect(held?.board.day.on).toBe('2026-09-16')
    expect(held?.board.forecast[0]?.on).toBe('2026-09-16')
    await pass(COALESCED_MS)
    const next = pump.outbox(department)?.snapshot()
    expect(next?.board.day.on).toBe('2026-09-17')
    expect(next?.board.forecast[0]?.on).toBe('2026-09-17')
    expect(next?.board.figures.received_today).toBe(0)
  })

  it('M3: what is committed before the sums of a new day are read waits for them: no patch mixes two days', async () => {
    await at.take(receive('C1'))
    await pass(0)
    at.clock.set(instant('2026-09-17T09:30:00+08:00'))
    await at.take(receive('C2'))
    await pass(COALESCED_MS)
    expect(patches.map(({ day, figures }) => [day?.on, figures?.received_today])).toEqual([
      [undefined, 1],
      ['2026-09-17', 1],
    ])
  })

  it('A1 L1: who may see some departments gets no chain of more', () => {
    const [one = '', two = ''] = (city.catalogue.departments ?? []).map(({ org_code: code }) => code)
    const shown = (name: string, within: Scope): boolean => pump.outbox(name, within) !== null
    const own = scopeOver([one])
    expect([shown('all', 'all'), shown('all', own), shown(`department:${two}`, own)]).toEqual([true, false, false])
    expect([shown(`department:${one}`, own), shown('department:none', 'all')]).toEqual([true, false])
    expect(shown(`department:${one}`, scopeOver([]))).toBe(false)
  })

  it('L6: a chain that no screen asks for is dropped, one that is asked for stays', async () => {
    const department = `department:${city.catalogue.departments?.[0]?.org_code ?? ''}`
    expect(pump.outbox(department)).not.toBeNull()
    expect(pump.scopes()).toEqual(['all', department])
    mono += 599_000
    pump.outbox('all')
    mono += 2_000
    await at.take(receive('C1'))
    await pass(COALESCED_MS)
    expect(pump.scopes()).toEqual(['all'])
    expect(patches).toHaveLength(1)
  })

  it('L1 L6: who comes back to a dropped chain gets a snapshot, however far the new one has come', async () => {
    const step = async (no: string): Promise<string> => {
      await at.take(receive(no))
      await pass(COALESCED_MS)
      return pump.outbox('all')?.cursor ?? ''
    }
    const held = await step('C1')
    mono += 601_000
    await step('C2')
    expect(pump.scopes()).toEqual(['all'])
    const again = pump.outbox('all')
    for (const no of ['C3', 'C4', 'C5']) await step(no)
    expect(again?.since(held)).toBeNull()
    expect(again?.since(again.cursor)).toEqual([])
  })
})
