// The same at the front door of a real server with its threads: 503 with Retry-After when the queue is full and nothing
// taken (I5), a case set apart shown on /health (J5), a request of several slices answered whole (I3).

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type House, openHouse } from '../live/house.ts'
import { SMALL } from './house.ts'
import { letInBefore } from './older.ts'

const event = (type: string, no: string, more: Record<string, unknown> = {}) => ({
  event_id: `${no}-${type}`,
  event_type: type,
  project_no: no,
  occurred_at: '2026-09-30T09:00:00+08:00',
  org_code: 'D1',
  window_no: 'A01',
  ...more,
})
const many = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, n) => event('RECEIVE', `M${from + n}`, { task_code: 'five' }))

describe('the front door', () => {
  let house: House
  const send = (events: readonly unknown[]): Promise<Response> =>
    fetch(`${house.serving.url}/api/v1/events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${house.keys.east}`, 'content-type': 'application/json' },
      body: JSON.stringify(events),
    })
  const health = async () => (await (await house.get('/health')).json()) as Record<string, unknown>
  beforeAll(async () => {
    house = await openHouse({ at: '2026-09-30T10:00:00+08:00', sources: ['east'], queueEvents: 100 })
    await house.load(SMALL)
  })
  afterAll(() => house.close())

  it('I5: a full queue is answered 503 with Retry-After, nothing of it is taken, and later it is', async () => {
    let release = (): void => undefined
    const gate = new Promise<void>((done) => {
      release = done
    })
    const held = house.serving.supervisor.between(() => gate)
    const first = send(many(0, 80))
    // the first request has to be in the queue before the second is sent
    while ((await health()).queued_events !== 80);
    const second = await send(many(80, 120))
    expect(second.status).toBe(503)
    expect(Number(second.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await second.json()).toMatchObject({ code: 'busy' })
    release()
    await held
    expect(await (await first).json()).toMatchObject({ accepted: 80 })
    expect(await (await send(many(80, 120))).json()).toMatchObject({ accepted: 40, known: 0 })
  })

  it('I3, I4: a request of several slices is answered whole', async () => {
    expect(await (await send(many(1_000, 6_001))).json()).toMatchObject({ accepted: 5_001, rejected: 0 })
  })

  it('J5: a case that cannot be judged shows on /health until its facts are mended', async () => {
    await letInBefore(house.serving.supervisor, event('ACCEPT', 'BAD', { task_code: 'open' }), 'east')
    expect(await health()).toMatchObject({ status: 'degraded', cases_apart: 1 })
    await house.post('east', [event('VOID', 'BAD', { payload: { target: 'BAD-ACCEPT', reason: '填错' } })])
    expect(await health()).toMatchObject({ status: 'ok', cases_apart: 0 })
  })
})
