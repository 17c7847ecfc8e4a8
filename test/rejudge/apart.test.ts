// A case that cannot be judged, as the office and its monitors see it over HTTP (J5): set apart, told on /health, listed
// under ?apart=1, its page still there; the others go on, the clock and a new law included.

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type House, instant, openHouse } from '../live/house.ts'
import { SMALL } from '../supervision/house.ts'
import { letInBefore } from '../supervision/older.ts'

let house: House
let n = 0
const event = (type: string, no: string, more: Record<string, unknown> = {}) => {
  n += 1
  const who = { org_code: 'D1', window_no: 'A01', operator_id: 'OP1' }
  return {
    event_id: `E${n}`,
    event_type: type,
    project_no: no,
    occurred_at: '2026-09-30T10:00:00+08:00',
    ...who,
    ...more,
  }
}
const read = async (path: string): Promise<Record<string, unknown>> => {
  const answer = await house.get(path)
  return { status_code: answer.status, ...((await answer.json()) as object) }
}

beforeEach(async () => {
  house = await openHouse({ at: '2026-09-30T10:30:00+08:00', sources: ['east'] })
  await house.load(SMALL)
  await house.post('east', [
    event('RECEIVE', 'BAD', { task_code: 'open' }),
    event('ACCEPT', 'GOOD', { task_code: 'five' }),
  ])
})
afterEach(() => house.close())

const apartOnes = async (): Promise<unknown[]> => {
  const { items } = (await read('/api/v1/cases?apart=1')) as { items?: { project_no: string }[] }
  return (items ?? []).map(({ project_no: no }) => no)
}

describe('a case set apart', () => {
  it('J5, A5: is told on /health and listed, its neighbours are not, and it heals when its facts are mended', async () => {
    expect(await read('/health')).toMatchObject({ status: 'ok', cases_apart: 0 })
    const bad = event('ACCEPT', 'BAD')
    await letInBefore(house.serving.supervisor, bad, 'east')
    await house.post('east', [event('STEP_START', 'GOOD', { payload: { step_code: 's' } })])
    expect(await read('/health')).toMatchObject({ status_code: 200, status: 'degraded', cases_apart: 1 })
    expect(await apartOnes()).toEqual(['BAD'])
    expect(await read('/api/v1/cases/GOOD')).toMatchObject({ status_code: 200, status: 'accepted' })
    await house.post('east', [event('VOID', 'BAD', { payload: { target: bad.event_id, reason: '时间填错' } })])
    expect(await read('/health')).toMatchObject({ status: 'ok', cases_apart: 0 })
    expect(await apartOnes()).toEqual([])
    expect(await read('/api/v1/cases/BAD')).toMatchObject({ status_code: 200, status: 'received' })
  })

  it('J5: its page is there, with its facts, and says that it is set apart', async () => {
    await letInBefore(house.serving.supervisor, event('ACCEPT', 'BAD'), 'east')
    expect(await read('/api/v1/cases/BAD')).toMatchObject({ status_code: 200, status: 'apart' })
  })

  it('J5, J4, J6: the clock, a new law and a restart pass it by and take the others', async () => {
    await letInBefore(house.serving.supervisor, event('ACCEPT', 'BAD'), 'east')
    house.clock.set(instant('2026-10-20T10:00:00+08:00'))
    await house.load({ ...SMALL, catalogue: '再载' })
    expect(await read('/api/v1/cases/GOOD')).toMatchObject({ level: 2 })
    await house.reopen()
    await house.serving.supervisor.settled()
    expect(await read('/health')).toMatchObject({ status: 'degraded', cases_apart: 1, rejudging: false })
    expect(await apartOnes()).toEqual(['BAD'])
  })
})
