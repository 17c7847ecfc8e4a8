// However many cards wait for a reply, a wall gets the oldest of them and the newest, and the number of all (L1, L4): what a
// screen wants on top is what it was sent, and what it does not show it counts by what is.

import { afterEach, beforeEach, expect, it } from 'vitest'
import { PANELS } from '../../server/live/panels/registry.ts'
import { openPump } from '../../server/live/pump.ts'
import { enactCatalogue } from '../../server/office/law/enact.ts'
import { openMemory } from '../../server/store/memory/store.ts'
import { openSupervisorOn, SMALL, type SupervisorHouse } from '../supervision/house.ts'

const LATER = 70

let at: SupervisorHouse
let store: ReturnType<typeof openMemory>
beforeEach(async () => {
  store = openMemory()
  at = await openSupervisorOn(store, '2026-09-16T10:00:00+08:00')
  await enactCatalogue(at.supervisor, SMALL, 'test')
})
afterEach(() => at.close())

const yellow = (no: string, acceptedAt: string) =>
  at.take(at.event('ACCEPT', no, { task_code: 'five', occurred_at: acceptedAt }))
/** What a screen that comes now is sent. */
const sent = async () => {
  const quiet = { onPatch: () => undefined, onTrouble: () => undefined }
  const { supervisor, clock } = at
  const pump = await openPump({
    supervisor,
    clock,
    records: store,
    reader: store,
    panels: PANELS,
    start: 'here',
    ...quiet,
  })
  const board = pump.outbox('all')?.snapshot().board
  pump.close()
  return { cards: board?.cards.map(({ project_no: no }) => no) ?? [], waiting: board?.figures.waiting_reply }
}

it('L1 L4: behind seventy newer ones the oldest unanswered card is sent, before all others, and all are counted [L23, U3]', async () => {
  await yellow('OLDEST', '2026-08-31T10:00:00+08:00')
  for (let n = 0; n < LATER; n++) {
    await yellow(`C${n}`, '2026-09-02T10:00:00+08:00')
  }
  await at.moveTo('2026-09-16T11:00:00+08:00')
  await yellow('NEWEST', '2026-09-03T10:00:00+08:00')
  const { cards, waiting } = await sent()
  expect(waiting).toBe(LATER + 2)
  expect(cards[0]).toBe('OLDEST')
  expect(cards).toContain('NEWEST')
  expect(cards.length).toBeLessThanOrEqual(60)
})

it('L4 C5: a card to be lifted stays in sight and waits for no reply; kept, it waits again', async () => {
  await yellow('ONE', '2026-09-02T10:00:00+08:00')
  await at.take(at.event('WITHDRAW', 'ONE', { occurred_at: '2026-09-04T10:00:00+08:00' }))
  expect(await sent()).toEqual({ cards: ['ONE'], waiting: 0 })
  const cardId = 'T-02.case.ONE.promise'
  await at.supervisor.move({ cardId, move: 'keep', by: 'key-1', why: '核实', signedBy: null })
  expect(await sent()).toEqual({ cards: ['ONE'], waiting: 1 })
})
