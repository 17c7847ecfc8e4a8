// Taking back a large import, and asking what that would do, hold nobody (I5, I14): between any two cases whatever else the
// house has to do has its turn, and of more cases than it weighs it is told that they were not looked at.

import { afterEach, expect, it } from 'vitest'
import { openMemory } from '../../server/store/memory/store.ts'
import { handClock } from '../../server/supervision/clock.ts'
import { DEFAULT_LIMITS } from '../../server/supervision/limits.ts'
import { openSupervisor, type Supervisor } from '../../server/supervision/supervisor.ts'
import { at, CATALOGUE } from '../core/case/world.ts'
import { events } from '../plan/story.ts'

const CASES = 240
const STORY = Array.from({ length: CASES }, (_, i) => `P${i} 06-01 09:00 ACCEPT id=e${i} source=s1 item=PERMIT`)

let supervisor: Supervisor
afterEach(() => supervisor.close())

/** A house with one import, in which whatever is done takes longer than a slice may. */
const openHeavy = async (limits: Partial<typeof DEFAULT_LIMITS> = {}): Promise<number> => {
  const store = openMemory()
  let ms = 0
  const clock = { ...handClock(at('08-03 09:00')), mono: () => (ms += 1_000) }
  const onBroken = (error: Error): void => expect.fail(error.message)
  const parts = { ledger: store, records: store, clock, onBroken, limits: { ...DEFAULT_LIMITS, ...limits } }
  supervisor = await openSupervisor(parts)
  await supervisor.loadCatalogue(CATALOGUE, JSON.stringify(CATALOGUE), 'test')
  const named = { file: 'f.csv', digest: null, mapping: null, source: null, by: '张', historical: null, asOf: null }
  const importNo = await supervisor.beginImport({ ...named, id: 'a' })
  const taken = events(STORY.join('\n'))
  const raws = taken.map(() => null)
  await supervisor.ingest(taken, raws, { source: null, by: '张', importNo })
  await supervisor.settled()
  return importNo
}

/** How often others had their turn while this was done. */
const turnsWhile = async (work: Promise<unknown>): Promise<number> => {
  let turns = 0
  let isDone = false
  const count = (): void => {
    turns++
    if (!isDone) setImmediate(count)
  }
  setImmediate(count)
  await work
  isDone = true
  return turns
}

it('I5: what a withdrawal would do is weighed case by case, others in between', async () => {
  const importNo = await openHeavy()
  expect(await turnsWhile(supervisor.weighWithdrawal(importNo))).toBeGreaterThanOrEqual(CASES)
  expect(await supervisor.weighWithdrawal(importNo)).toMatchObject({ facts: CASES, cases: CASES, whole: true })
})

it('I5 I14: a withdrawal is carried out so, too', async () => {
  await openHeavy()
  const work = supervisor.withdraw({ id: 'a', by: '李', why: '错月' })
  expect(await turnsWhile(work)).toBeGreaterThanOrEqual(CASES)
  expect(await work).toHaveProperty('withdrawn')
})

it('I5: past its bound the weighing stops and says so', async () => {
  const importNo = await openHeavy({ weighedCases: 100 })
  expect(await supervisor.weighWithdrawal(importNo)).toMatchObject({ facts: 100, cases: 100, whole: false })
})
