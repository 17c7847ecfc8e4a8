// The wall under a new law (J6, L1): no sum is read afresh for it, for that would hold the line; tiles and figures follow
// the slices, and end where a wall that was opened afterwards begins. Timers are moved by hand.

import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { PANELS } from '../../server/live/panels/registry.ts'
import { openPump, type Pump } from '../../server/live/pump.ts'
import { enactCatalogue } from '../../server/office/law/enact.ts'
import { openMemory } from '../../server/store/memory/store.ts'
import { openSupervisorOn, SMALL, type SupervisorHouse } from '../supervision/house.ts'

const NOW = '2026-09-18T10:00:00+08:00'
const FASTER = {
  catalogue: '提速并增设窗口',
  valid_from: '2026-09-01',
  items: [{ ...SMALL.items?.[0], promise: '2WD' }],
  windows: [{ window_no: 'A02', name: '新窗口', org_code: 'D1', row: 1, column: 2 }],
}

let store: ReturnType<typeof openMemory>
let at: SupervisorHouse
let sums = 0
const pumps: Pump[] = []

const openWall = async (): Promise<Pump> => {
  let mono = 0
  const counted = {
    ...store,
    totals: (...asked: Parameters<typeof store.totals>) => {
      sums += 1
      return store.totals(...asked)
    },
  }
  const pump = await openPump({
    supervisor: at.supervisor,
    records: store,
    reader: counted,
    clock: { ...at.clock, mono: () => (mono += 1_000) },
    panels: PANELS,
    start: `wall ${pumps.length}`,
    onPatch: () => undefined,
    onTrouble: (error) => {
      throw error
    },
  })
  pumps.push(pump)
  return pump
}
const boardOf = (pump: Pump) => {
  const snapshot = pump.outbox('all')?.snapshot()
  if (snapshot === undefined) throw new Error('there is no board of everything')
  return snapshot.board
}

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  store = openMemory()
  at = await openSupervisorOn(store, NOW, { limits: { sliceCases: 4 } })
  await enactCatalogue(at.supervisor, SMALL, 'test')
  const accepted = { task_code: 'five', occurred_at: '2026-09-14T10:00:00+08:00' }
  await at.take(...Array.from({ length: 9 }, (_, n) => at.event('ACCEPT', `C${n}`, accepted)))
})
afterEach(async () => {
  for (const pump of pumps.splice(0)) pump.close()
  vi.useRealTimers()
  await at.close()
})

it('J6, L1: a shorter limit and a new window: the wall follows without reading its sums again', async () => {
  const wall = await openWall()
  expect(boardOf(wall).figures).toMatchObject({ in_hand: 9, overdue_in_hand: 0 })
  expect(boardOf(wall).tiles.map(({ window_no: no }) => no)).not.toContain('A02')
  const read = sums
  await enactCatalogue(at.supervisor, FASTER, 'test')
  await at.supervisor.settled()
  await vi.advanceTimersByTimeAsync(1_000)
  expect(sums).toBe(read)
  expect(boardOf(wall).figures).toMatchObject({ in_hand: 9, overdue_in_hand: 9 })
  expect(boardOf(wall).tiles.map(({ window_no: no }) => no)).toContain('A02')
  expect(boardOf(wall)).toEqual(boardOf(await openWall()))
})
