// What `settled` promises: when it resolves nothing is left to do up to now, whatever landed while it waited (J4).

import { expect, it } from 'vitest'
import { openMemory } from '../../server/store/memory/store.ts'
import { openSupervisorOn, SMALL } from './house.ts'

it('J4: a turn that a batch brings while it lands is taken before all is settled', async () => {
  const store = openMemory()
  let open = (): void => undefined
  let gate: Promise<void> = Promise.resolve()
  const ledger = {
    ...store,
    commit: (batch: Parameters<typeof store.commit>[0]) => gate.then(() => store.commit(batch)),
  }
  const house = await openSupervisorOn(store, '2026-04-20T09:00:00+08:00', { ledger })
  await house.supervisor.loadCatalogue({ ...SMALL }, JSON.stringify(SMALL), 'test')
  await house.supervisor.settled()
  gate = new Promise((done) => {
    open = done
  })
  const taking = house.take(house.event('ACCEPT', 'P1', { task_code: 'five' }))
  // planned and on its way to the disk, and the line rests
  await new Promise((done) => setImmediate(done))
  const moving = house.moveTo('2026-05-20T09:00:00+08:00')
  open()
  await Promise.all([taking, moving])
  expect(await store.due(house.supervisor.now(), 10)).toEqual([])
  expect((await store.cases(['P1'])).get('P1')?.row.level).toBe(2)
  await house.close()
})
