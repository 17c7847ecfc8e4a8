// What a unit may read (A1): its department's own cases, cards and figures, and of everything else not that it is there.

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { grantOf } from '../../server/access/permissions.ts'
import { addKey } from '../../server/office/keys.ts'
import { type House, openHouse } from '../live/house.ts'
import { SMALL } from '../supervision/house.ts'

let house: House
const keys: Record<string, string> = {}
beforeAll(async () => {
  house = await openHouse({ at: '2026-09-30T10:00:00+08:00', sources: ['east'] })
  await house.load({
    ...SMALL,
    departments: [...(SMALL.departments ?? []), { org_code: 'D2', name: '交通局', region_code: '459900' }],
    items: [
      { task_code: 'one', name: '甲', org_code: 'D1', project_type: '2', promise: '5WD' },
      { task_code: 'two', name: '乙', org_code: 'D2', project_type: '2', promise: '5WD' },
    ],
  })
  const accept = (no: string, item: string) => ({
    event_id: no,
    event_type: 'ACCEPT',
    project_no: no,
    occurred_at: '2026-09-14T10:00:00+08:00',
    task_code: item,
  })
  await house.post('east', [accept('U1', 'one'), accept('U2', 'two')])
  for (const department of ['D1', 'D2'])
    keys[department] = (await addKey(house.serving.keys, { role: 'unit', department }, 0)).key
  await house.serving.keysChanged()
})
afterAll(() => house.close())

const ask = async (path: string, key = keys.D1) => {
  const answer = await fetch(`${house.serving.url}/api/v1/${path}`, { headers: { authorization: `Bearer ${key}` } })
  const body = (await answer.json()) as { items?: Record<string, string>[]; rows?: Record<string, unknown>[] }
  return { ...body, status: answer.status }
}

describe('a unit', () => {
  it('A1: reads the cases of its own department, and finds no other [L24]', async () => {
    expect((await ask('cases')).items?.map(({ project_no: no }) => no)).toEqual(['U1'])
    expect((await ask('cases', keys.D2)).items?.map(({ project_no: no }) => no)).toEqual(['U2'])
    expect([(await ask('cases/U1')).status, (await ask('cases/U2')).status, (await ask('cases/none')).status]).toEqual([
      200, 404, 404,
    ])
    expect((await ask('cases?department=D2')).status).toBe(403)
  })

  it('A1: reads its own cards, and finds no other [L24]', async () => {
    const own = (await ask('cards')).items ?? []
    const others = (await ask('cards', keys.D2)).items ?? []
    expect(own.length).toBeGreaterThan(0)
    expect(new Set(own.map(({ project_no: no }) => no))).toEqual(new Set(['U1']))
    const statusOf = async (card: Record<string, string> | undefined) => (await ask(`cards/${card?.card_id}`)).status
    expect([await statusOf(own[0]), await statusOf(others[0])]).toEqual([200, 404])
  })

  it('A1 C4: moves no card, not even its own', async () => {
    const [own] = (await ask('cards')).items ?? []
    const path = `${house.serving.url}/api/v1/cards/${encodeURIComponent(own?.card_id ?? '')}/moves`
    const headers = { authorization: `Bearer ${keys.D1}`, 'content-type': 'application/json' }
    const moved = await fetch(path, { method: 'POST', headers, body: JSON.stringify({ move: 'explain', why: '已办' }) })
    expect([moved.status, grantOf('unit', 'cards.move')]).toEqual([403, 'no'])
  })

  it('A1: reads its own figures by whatever they are grouped [L24]', async () => {
    for (const by of ['department', 'item', 'region', 'source', 'window', 'operator']) {
      const { rows = [] } = await ask(`measures?period=2026-Q3&by=${by}`)
      expect(rows.reduce((sum, row) => sum + Number(row.accepted), 0)).toBeLessThanOrEqual(1)
    }
    const { rows = [] } = await ask('measures?period=2026-Q3')
    expect(rows.map(({ key }) => key)).toEqual(['D1'])
    expect((await ask('measures?period=2026-Q3&department=D2')).status).toBe(403)
  })

  it('A1 M1: reads the cases behind its own figures, and behind no other', async () => {
    const behind = (more: string, key = keys.D1) => ask(`measures/cases?period=2026-Q3&kind=accepted${more}`, key)
    for (const more of ['', '&key=D1', '&by=region&key=459900', '&by=item', '&department=D1', '&region=459900']) {
      const { items = [], ...found } = await behind(more)
      expect([more, found.status, items.map(({ project_no: no }) => no)]).toEqual([more, 200, ['U1']])
      expect(found).toMatchObject({ value: 1 })
    }
    expect((await behind('', keys.D2)).items?.map(({ project_no: no }) => no)).toEqual(['U2'])
    expect(await behind('&key=D2')).toMatchObject({ status: 200, value: 0, items: [] })
    expect((await behind('&department=D2')).status).toBe(403)
  })

  it('A1: what cannot be narrowed stays closed, and so does everything to a key without a department [L24]', async () => {
    for (const path of ['windows', 'rankings?period=2026-Q3', 'quarantine', 'imports'])
      expect([path, (await ask(path)).status]).toEqual([path, 403])
    await expect(addKey(house.serving.keys, { role: 'unit' }, 0)).rejects.toMatchObject({ code: 'bad_role' })
    await expect(addKey(house.serving.keys, { role: 'leader', department: 'D1' }, 0)).rejects.toMatchObject({
      code: 'bad_role',
    })
  })
})
