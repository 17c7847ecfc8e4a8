// What a stock gains or loses on a day to come is no part of today's (M1, L1): a wall that has been on since before says the
// same figures as one that comes now, and as it will say when that day has come.

import { afterEach, beforeEach, expect, it } from 'vitest'
import { PANELS } from '../../server/live/panels/registry.ts'
import { openPump, type Pump } from '../../server/live/pump.ts'
import { enactCatalogue } from '../../server/office/law/enact.ts'
import { openMemory } from '../../server/store/memory/store.ts'
import { openSupervisorOn, SMALL, type SupervisorHouse } from '../supervision/house.ts'

let at: SupervisorHouse
let store: ReturnType<typeof openMemory>
const pumps: Pump[] = []
beforeEach(async () => {
  store = openMemory()
  at = await openSupervisorOn(store, '2026-09-16T10:00:00+08:00')
  await enactCatalogue(at.supervisor, SMALL, 'test')
})
afterEach(async () => {
  for (const pump of pumps.splice(0)) pump.close()
  await at.close()
})

const open = async (): Promise<Pump> => {
  const quiet = { onPatch: () => undefined, onTrouble: () => undefined }
  const { supervisor, clock } = at
  const parts = { supervisor, clock, records: store, reader: store, panels: PANELS, start: 'here', ...quiet }
  const pump = await openPump(parts)
  pumps.push(pump)
  return pump
}

/** Drawn for the first time when asked. */
const shownBy = (pump: Pump) => {
  const board = pump.outbox('all')?.snapshot().board
  return {
    inHand: board?.figures.in_hand,
    tiles: board?.tiles.map(({ window_no: no, in_hand: inHand }) => `${no} ${inHand}`),
  }
}

const PAUSE = { kind: 'hearing', notice_at: '2026-09-16T09:00:00+08:00', basis: '45', approver: 'OP1' }
const TO_BACK = { to: { org_code: 'D1' }, direction: 'front_to_back' }
type Told = readonly [type: string, payload: Record<string, unknown>]

/** The back office has it; when the pause has run out whoever ordered it answers again (F4, T6). */
it.each<readonly [string, readonly Told[]]>([
  [
    'a pause with an approved end, and the case handed on',
    [
      ['SUSPEND', { ...PAUSE, approved_days: { value: 5, unit: 'WD' } }],
      ['HANDOVER', TO_BACK],
    ],
  ],
  [
    'a pause without one, and the case handed on',
    [
      ['SUSPEND', PAUSE],
      ['HANDOVER', TO_BACK],
    ],
  ],
])(
  'M1 L1: %s: a wall that stood and one that comes say the same, today and on the day it runs out',
  async (_, told) => {
    const stood = await open()
    const from = { window_no: 'A01', operator_id: 'OP1' }
    await at.take(at.event('ACCEPT', 'A', { task_code: 'five', ...from, occurred_at: '2026-09-16T09:10:00+08:00' }))
    for (const [n, [type, payload]] of told.entries())
      await at.take(at.event(type, 'A', { ...from, occurred_at: `2026-09-16T09:3${n}:00+08:00`, payload }))
    const today = at.supervisor.law.homeCalendar.dayOf(at.supervisor.now())
    const flows = (await store.stale(-1, -1, '', 10)).flatMap(({ row }) => row.flows)
    expect(flows.some(({ kind, on }) => kind === 'in_hand' && on > today)).toBe(true)
    expect(shownBy(await open())).toEqual({ inHand: 1, tiles: ['A01 0'] })
    expect(shownBy(stood)).toEqual({ inHand: 1, tiles: ['A01 0'] })
    await at.moveTo('2026-11-20T10:00:00+08:00')
    expect(shownBy(await open())).toEqual({ inHand: 1, tiles: ['A01 1'] })
  },
)
