// Names of sources over every door that makes one (I11): none bears a colon, for a full number is `source:serial`; and the
// office, which urges cases by their full numbers (T12), is no source of anybody's and has no numbers of its own.

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addKey } from '../../server/office/keys.ts'
import { type House, openHouse } from '../live/house.ts'
import { SMALL } from '../supervision/house.ts'

let house: House
beforeAll(async () => {
  house = await openHouse({ at: '2026-09-30T10:00:00+08:00', sources: ['east'] })
  await house.load({ ...SMALL, sources: [{ source: 'east', name: '东区系统' }] })
})
afterAll(() => house.close())

const post = async (path: string, body: unknown, key = 'administrator') => {
  const answer = await fetch(`${house.serving.url}/api/v1/${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${house.keys[key]}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
}
const own = (source: string) => post(`sources/${encodeURIComponent(source)}/numbers`, { numbers: 'own', why: '自编' })
const catalogue = (row: Record<string, unknown>) =>
  post('catalogue', { catalogue: '来源', valid_from: '2026-01-01', sources: [{ name: '某系统', ...row }] })

describe('the name of a source', () => {
  it('I11: bears no colon, at any door that makes one', async () => {
    await expect(addKey(house.serving.keys, { source: 'a:b' }, 0)).rejects.toMatchObject({ code: 'bad_source' })
    expect(await own('a:b')).toMatchObject({ status: 409, body: { code: 'not_own' } })
    expect(await catalogue({ source: 'a:b' })).toMatchObject({
      body: { code: 'bad_catalogue', at: '/sources/0/source' },
    })
  })

  it('T12 I11: is not the office’s, and its numbers are never its own', async () => {
    await expect(addKey(house.serving.keys, { source: 'office' }, 0)).rejects.toMatchObject({ code: 'bad_source' })
    expect(await own('office')).toMatchObject({ status: 409, body: { code: 'not_own', at: '/source' } })
    expect(await catalogue({ source: 'office', numbers: 'own' })).toMatchObject({
      body: { code: 'bad_catalogue', at: '/sources/0/numbers' },
    })
  })

  it('T12 I11: an urge reaches the case of a source’s own number', async () => {
    expect((await own('east')).status).toBe(201)
    const accept = { event_id: 'a', event_type: 'ACCEPT', project_no: '1', occurred_at: '2026-09-29T10:00:00+08:00' }
    await house.post('east', [{ ...accept, task_code: 'five' }])
    const urged = await post('cases/east:1/urge', { by_name: '王', why: '催' }, 'supervisor')
    expect(urged).toMatchObject({ status: 201, body: { project_no: 'east:1' } })
    const { events } = (await (await house.get('/api/v1/cases/east:1')).json()) as { events: { event_type?: string }[] }
    expect(events).toHaveLength(2)
  })
})
