// The card stream of the wall counts over-days only of what is said to be late (M1, T13, C4, L4): while a card waits for a person
// or a calendar no days stand beside it. Looked at on Wednesday 2026-09-16 at 10:00; five working days after Wednesday the 2nd
// is Wednesday the 9th, and up to the 16th five more.

import { afterEach, expect, it } from 'vitest'
import { PANELS } from '../../server/live/panels/registry.ts'
import { openPump } from '../../server/live/pump.ts'
import { enactCatalogue } from '../../server/office/law/enact.ts'
import { openMemory } from '../../server/store/memory/store.ts'
import { openSupervisorOn, SMALL, type SupervisorHouse } from '../supervision/house.ts'

let at: SupervisorHouse
let store: ReturnType<typeof openMemory>
const openOn = async (now: string, more: object): Promise<void> => {
  store = openMemory()
  at = await openSupervisorOn(store, now)
  await enactCatalogue(at.supervisor, { ...SMALL, ...more }, 'test')
}
afterEach(() => at.close())

/** What a screen that comes now reads of the card: its state, and by how many days it is late. */
const told = async () => {
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
  const cards = pump.outbox('all')?.snapshot().board.cards ?? []
  pump.close()
  return cards.filter(({ rule_id: rule }) => rule === 'T-02').map(({ state, late_by_wd: days }) => [state, days])
}
const accept = (on: string) => at.take(at.event('ACCEPT', 'ONE', { task_code: 'five', occurred_at: on }))
const move = (name: 'confirm' | 'decline') =>
  at.supervisor.move({ cardId: 'T-02.case.ONE.promise', move: name, by: 'key-1', why: '核实', signedBy: null })

it.each([
  ['confirm', [['notified', 5]]],
  ['decline', []],
] as const)('L4 C4 M1: a card that waits for a person has no over-days; after “%s”: %j [U3]', async (name, after) => {
  await openOn('2026-09-16T10:00:00+08:00', { rules: [{ rule_id: 'T-02', mode: 'confirm' }] })
  await accept('2026-09-02T10:00:00+08:00')
  expect(await told()).toEqual([['to_confirm', 0]])
  await move(name)
  expect(await told()).toEqual(after)
})

it('L4 T13 M1: nor has one on a due day past the published calendar, until the calendar covers it [U3]', async () => {
  await openOn('2027-03-16T10:00:00+08:00', {})
  await accept('2027-03-02T10:00:00+08:00')
  expect(await told()).toEqual([['to_confirm', 0]])
})

it('L4 C5 M1: one that somebody is to lift or keep counts, and its over-days stand [U3]', async () => {
  await openOn('2026-09-16T10:00:00+08:00', {})
  await accept('2026-09-02T10:00:00+08:00')
  expect(await told()).toEqual([['notified', 5]])
  await at.take(at.event('WITHDRAW', 'ONE', { occurred_at: '2026-09-04T10:00:00+08:00' }))
  expect(await told()).toEqual([['to_lift', 5]])
})
