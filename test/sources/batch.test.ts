// A bureau that uploads at night (I13), over a real store: given what it did by day, when midnight and its upload come, then
// no card is told for what it finished in time. The promise is five working days from 2026-09-01: it runs out on 09-08.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CatalogueFile } from '../../server/contract/catalogue.ts'
import { openSupervisorOn, SMALL, SOURCE, type SupervisorHouse } from '../supervision/house.ts'
import { openTestStore, type TestStore } from './store.ts'

const NIGHTLY: CatalogueFile = {
  ...SMALL,
  sources: [{ source: SOURCE, name: '夜间上传的局', mode: 'batch', delivers_at: ['02:00'] }],
}

let kept: TestStore
let store: TestStore['store']
let house: SupervisorHouse

beforeEach(async () => {
  kept = openTestStore()
  store = kept.store
  house = await openSupervisorOn(store, '2026-09-01T09:00:00+08:00')
  await house.supervisor.loadCatalogue(NIGHTLY as never, JSON.stringify(NIGHTLY), 'test')
})
afterEach(async () => {
  await house.close()
  await kept.done()
})

const by = (at: string) => ({ occurred_at: `2026-${at}:00+08:00` })
const accept = (projectNo: string) => house.event('ACCEPT', projectNo, { ...by('09-01T10:00'), task_code: 'five' })

/** `T-02 to_confirm T-01 notified` … and what stands behind the unit’s figure of yellow cards. */
const stand = async (projectNo: string): Promise<string> => {
  const { rows } = await store.listCards({ projectNos: [projectNo], limit: 20 })
  return rows
    .map(({ card }) => `${card.rule} ${card.state}`)
    .sort()
    .join(', ')
}
const yellows = async (): Promise<number> => {
  const rows = await store.totals('department', -1_000_000, 1_000_000)
  return rows.filter(({ kind }) => kind === 'yellow').reduce((sum, { n }) => sum + n, 0)
}
const level = async (projectNo: string) => (await store.cases([projectNo])).get(projectNo)?.row.level

describe('I13: a bureau that uploads at 02:00', () => {
  it('I13: raises no card at midnight for what it finished in time', async () => {
    await house.moveTo('2026-09-02T02:00:00+08:00')
    await house.take(accept('IN-TIME'), accept('LATE'))
    await house.moveTo('2026-09-09T00:00:00+08:00')
    expect([await stand('IN-TIME'), await level('IN-TIME'), await yellows()]).toEqual([
      'T-01 notified, T-02 to_confirm',
      1,
      0,
    ])
    // the upload: one was decided on the last afternoon, the other is worked on past midnight
    await house.moveTo('2026-09-09T02:00:00+08:00')
    await house.take(house.event('DECIDE', 'IN-TIME', { ...by('09-08T16:30'), payload: { result: 'granted' } }))
    await house.take(house.event('STEP_START', 'LATE', { ...by('09-09T00:10'), payload: { step_code: 'SC' } }))
    await house.supervisor.settled()
    expect(await stand('IN-TIME')).toBe('T-01 notified, T-02 lifted')
    expect([await stand('LATE'), await level('LATE'), await yellows()]).toEqual(['T-01 overtaken, T-02 notified', 2, 1])
    const told = await store.card('T-02.case.IN-TIME.promise')
    expect(told?.moves.map(({ state }) => state)).toEqual(['to_confirm', 'lifted'])
    expect((await house.audit()).findings).toEqual([])
  })

  it('I13 J3: one that stays silent is taken at its word when the grace of a working day is over', async () => {
    await house.moveTo('2026-09-02T02:00:00+08:00')
    await house.take(accept('SILENT'))
    await house.moveTo('2026-09-09T23:59:59+08:00')
    expect(await stand('SILENT')).toBe('T-01 notified, T-02 to_confirm')
    await house.moveTo('2026-09-10T00:00:00+08:00')
    expect(await stand('SILENT')).toBe('T-01 overtaken, T-02 notified')
    const card = (await store.card('T-02.case.SILENT.promise'))?.card
    expect(new Date(card?.limitAt ?? 0).toISOString()).toBe('2026-09-08T15:59:59.999Z')
    expect((await house.audit()).findings).toEqual([])
  })

  it('I13: a delivery that comes while the server is down is not forgotten over a restart', async () => {
    await house.moveTo('2026-09-02T02:00:00+08:00')
    await house.take(accept('A'), accept('B'))
    await house.moveTo('2026-09-09T00:00:00+08:00')
    await house.close()
    house = await openSupervisorOn(store, '2026-09-09T02:00:00+08:00')
    expect(await stand('A')).toBe('T-01 notified, T-02 to_confirm')
    await house.take(house.event('STEP_START', 'B', { ...by('09-09T00:10'), payload: { step_code: 'SC' } }))
    await house.supervisor.settled()
    expect([await stand('A'), await stand('B')]).toEqual([
      'T-01 overtaken, T-02 notified',
      'T-01 overtaken, T-02 notified',
    ])
    expect((await house.audit()).findings).toEqual([])
  })

  it('I13 J6: a source that is declared a batch source later has its cards judged again', async () => {
    const live = { ...SMALL, catalogue: '改为实时' }
    await house.supervisor.loadCatalogue(live as never, JSON.stringify(live), 'test')
    await house.moveTo('2026-09-02T02:00:00+08:00')
    await house.take(accept('TOLD'))
    await house.moveTo('2026-09-09T00:00:00+08:00')
    expect(await stand('TOLD')).toBe('T-01 overtaken, T-02 notified')
    await house.supervisor.loadCatalogue(NIGHTLY as never, JSON.stringify(NIGHTLY), 'test')
    await house.supervisor.settled()
    expect(await stand('TOLD')).toBe('T-01 notified, T-02 to_confirm')
    expect((await house.audit()).findings).toEqual([])
  })
})

describe('I13: a bureau whose way of delivering has changed', () => {
  it('I13 T10: what it declared for the day of the limit holds, whatever it declared for later days', async () => {
    const live = {
      catalogue: '自九月九日起实时',
      valid_from: '2026-09-09',
      sources: [{ source: SOURCE, name: '改为实时的局' }],
    }
    await house.supervisor.loadCatalogue(live, JSON.stringify(live), 'test')
    await house.moveTo('2026-09-02T02:00:00+08:00')
    await house.take(accept('IN-TIME'), accept('LATE'))
    await house.moveTo('2026-09-09T00:00:00+08:00')
    expect([await stand('IN-TIME'), await stand('LATE')]).toEqual([
      'T-01 notified, T-02 to_confirm',
      'T-01 notified, T-02 to_confirm',
    ])
    await house.moveTo('2026-09-09T02:00:00+08:00')
    await house.take(house.event('DECIDE', 'IN-TIME', { ...by('09-08T16:30'), payload: { result: 'granted' } }))
    await house.take(house.event('STEP_START', 'LATE', { ...by('09-09T00:10'), payload: { step_code: 'SC' } }))
    await house.supervisor.settled()
    expect([await stand('IN-TIME'), await stand('LATE')]).toEqual([
      'T-01 notified, T-02 lifted',
      'T-01 overtaken, T-02 notified',
    ])
    expect((await house.audit()).findings).toEqual([])
  })
})
