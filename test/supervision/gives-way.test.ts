// Taking back a large import, and asking what that would do, hold nobody (I5, I14): between any two cases whatever else the
// house has to do has its turn, and of more cases than it weighs it is told that they were not looked at.

import { afterEach, expect, it } from 'vitest'
import { enactCatalogue } from '../../server/office/law/enact.ts'
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

it('I5, I9: a large catalogue is judged and made law with others in between, and what writes comes after it', async () => {
  await openHeavy()
  const items = Array.from({ length: 2_000 }, (_, n) => ({
    task_code: `T${n}`,
    name: '许可',
    org_code: 'D',
    promise: '5WD',
  }))
  const document = { catalogue: '大目录', valid_from: '2026-01-01', items }
  const work = enactCatalogue(supervisor, document, 'test')
  expect(await turnsWhile(work)).toBeGreaterThanOrEqual(50)
  const { entry } = await work
  expect(supervisor.law.version).toBe(entry)
  expect(items.filter(({ task_code }) => !supervisor.law.tables.items.has(task_code))).toEqual([])

  // asked for while the next load is under way: it is planned by the law that comes of it
  const published: string[] = []
  await supervisor.settled()
  const told = supervisor.subscribe({
    cut: (error) => expect.fail(String(error)),
    take: ({ lawChanged, changes }) =>
      published.push(lawChanged === true ? 'law' : changes.map((c) => c.projectNo).join()),
  })
  const again = supervisor.loadCatalogue(document, JSON.stringify(document), 'test')
  const taken = events('Q1 06-02 09:00 ACCEPT id=q1 source=s1 item=PERMIT')
  await Promise.all([again, supervisor.ingest(taken, [null], { source: null, by: '张' })])
  told()
  expect([published[0], published.includes('Q1')]).toEqual(['law', true])
})
