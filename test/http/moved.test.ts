// An item that passes to another department while a case is in hand (T10, M5): from the start of that day page, list, filter,
// the scope of a unit's key and the figures say one department, and what was concluded before stays where it was.
// Item "one" is D1's to 2026-09-15 and D3's from the 16th.

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addKey } from '../../server/office/keys.ts'
import { type House, instant, openHouse } from '../live/house.ts'
import { SMALL } from '../supervision/house.ts'

let house: House
const keys: Record<string, string> = {}
const event = (no: string, type: string, on: string) => ({
  event_id: `${no}${type}`,
  event_type: type,
  project_no: no,
  occurred_at: `${on}T10:00:00+08:00`,
  ...(type === 'ACCEPT' ? { task_code: 'one' } : {}),
})

beforeAll(async () => {
  house = await openHouse({ at: '2026-09-15T18:00:00+08:00', sources: ['east'] })
  const one = { task_code: 'one', name: '甲', project_type: '2', promise: '20WD' }
  await house.load({
    ...SMALL,
    departments: [...(SMALL.departments ?? []), { org_code: 'D3', name: '城管局', region_code: '459900' }],
    items: [
      { ...one, org_code: 'D1' },
      { ...one, org_code: 'D3', valid_from: '2026-09-16' },
    ],
  })
  await house.post('east', [
    event('HAND', 'ACCEPT', '2026-09-14'),
    event('DONE', 'ACCEPT', '2026-09-14'),
    event('DONE', 'DECIDE', '2026-09-15'),
  ])
  for (const department of ['D1', 'D3'])
    keys[department] = (await addKey(house.serving.keys, { role: 'unit', department }, 0)).key
  await house.serving.keysChanged()
})
afterAll(() => house.close())

const ask = async (path: string, key = house.keys.auditor) => {
  const answer = await fetch(`${house.serving.url}/api/v1/${path}`, { headers: { authorization: `Bearer ${key}` } })
  const body = (await answer.json()) as { department?: string; items?: Record<string, string>[]; rows?: Row[] }
  return { ...body, status: answer.status }
}
interface Row {
  readonly key: string
  readonly in_hand: number
}

/** Whose the case is by every answer that names a department. */
const told = async (no: string) => {
  const has = async (path: string, key?: string) =>
    ((await ask(path, key)).items ?? []).some(({ project_no: found }) => found === no)
  const listed = ((await ask('cases')).items ?? []).find(({ project_no: found }) => found === no)
  const of = async (holds: (code: string) => Promise<boolean>) =>
    ((await holds('D1')) ? 'D1' : '') + ((await holds('D3')) ? 'D3' : '')
  return {
    page: (await ask(`cases/${no}`)).department,
    list: listed?.department,
    filter: await of((code) => has(`cases?department=${code}`)),
    unitList: await of((code) => has('cases', keys[code])),
    unitPage: await of(async (code) => (await ask(`cases/${no}`, keys[code])).status === 200),
  }
}
const all = (department: string) => ({
  page: department,
  list: department,
  filter: department,
  unitList: department,
  unitPage: department,
})
const inHand = async () =>
  Object.fromEntries(((await ask('measures?period=all')).rows ?? []).map((row) => [row.key, row.in_hand]))

describe('a case whose item passes to another department', () => {
  it('T10 M5 A1: is of one department by every answer, the day before and from the day on', async () => {
    expect([await told('HAND'), (await inHand()).D1]).toEqual([all('D1'), 1])
    house.clock.set(instant('2026-09-16T09:00:00+08:00'))
    await house.serving.supervisor.settled()
    const behind = (await ask('measures/cases?period=all&by=department&key=D3&kind=in_hand')).items ?? []
    expect(behind.map(({ project_no: no }) => no)).toEqual(['HAND'])
    expect([await told('HAND'), await inHand()]).toMatchObject([all('D3'), { D1: 0, D3: 1 }])
    expect(await told('DONE')).toEqual(all('D1'))
    // what was known the evening before is told as it was (M9)
    expect((await ask('cases/HAND?as_of=2026-09-15T20:00:00%2B08:00')).department).toBe('D1')
  })
})
