// The page of a member of a joint handling (M1): the parent its receipt names, whether that is in the ledger, and what of it
// a caller may not know (A1).

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CaseView } from '../../server/contract/api.ts'
import { addKey } from '../../server/office/keys.ts'
import { type House, openHouse } from '../live/house.ts'
import { SMALL } from '../supervision/house.ts'

let house: House
const keys: Record<string, string> = {}
const received = (no: string, item: string, more: object = {}) => ({
  event_id: `r-${no}`,
  event_type: 'RECEIVE',
  project_no: no,
  occurred_at: '2026-09-14T10:00:00+08:00',
  task_code: item,
  payload: more,
})
beforeAll(async () => {
  house = await openHouse({ at: '2026-09-30T10:00:00+08:00', sources: ['east', 'west'] })
  await house.load({
    ...SMALL,
    departments: [...(SMALL.departments ?? []), { org_code: 'D2', name: '交通局', region_code: '459900' }],
    items: [
      { task_code: 'one', name: '甲', org_code: 'D1', project_type: '2', promise: '5WD' },
      { task_code: 'two', name: '乙', org_code: 'D2', project_type: '2', promise: '5WD' },
    ],
    sources: [{ source: 'west', name: '西区系统', numbers: 'own' }],
  })
  await house.post('east', [
    received('PAR', 'one'),
    received('M1', 'two', { joint_parent: ' PAR ' }),
    received('M2', 'two', { joint_parent: 'LOST' }),
    received('M3', 'two', { joint_parent: 'M2' }),
    received('M4', 'two', { joint_parent: 'LATER' }),
  ])
  await house.post('west', [
    received('1', 'one'),
    received('2', 'two', { joint_parent: '1' }),
    received('3', 'two', { joint_parent: '3' }),
  ])
  keys.unit = (await addKey(house.serving.keys, { role: 'unit', department: 'D2' }, 0)).key
  await house.serving.keysChanged()
})
afterAll(() => house.close())

const parentOf = async (no: string, { key = house.keys.auditor, query = '' } = {}) => {
  const url = `${house.serving.url}/api/v1/cases/${encodeURIComponent(no)}${query}`
  const answer = await fetch(url, { headers: { authorization: `Bearer ${key}` } })
  return ((await answer.json()) as CaseView).joint_parent
}

describe('the page of a member', () => {
  it('M1: names its parent; of one that is not in the ledger it says so; other cases name none', async () => {
    expect(await parentOf('M1')).toEqual({ said: 'PAR', project_no: 'PAR', known: true })
    expect(await parentOf('M2')).toEqual({ said: 'LOST', project_no: 'LOST', known: false })
    expect(await parentOf('PAR')).toBeNull()
  })

  it('M1: at a past instant it says what was known then', async () => {
    const query = '?as_of=2026-09-30T10:00:00%2B08:00'
    expect(await parentOf('M1', { query })).toEqual({ said: 'PAR', project_no: 'PAR', known: true })
    expect(await parentOf('M2', { query })).toEqual({ said: 'LOST', project_no: 'LOST', known: false })
  })

  it('M1, I11: a source whose numbers are its own names its own case', async () => {
    expect(await parentOf('west:2')).toEqual({ said: '1', project_no: 'west:1', known: true })
    expect(await parentOf('west:3')).toBeNull()
  })

  it('A1: a unit is told of a parent’s being there only where it may read it', async () => {
    const key = keys.unit as string
    expect(await parentOf('M1', { key })).toEqual({ said: 'PAR', project_no: 'PAR', known: null })
    expect(await parentOf('M2', { key })).toEqual({ said: 'LOST', project_no: 'LOST', known: null })
    expect(await parentOf('M3', { key })).toEqual({ said: 'M2', project_no: 'M2', known: true })
  })

  it('M1: a parent that comes later is known from then on', async () => {
    expect(await parentOf('M4')).toEqual({ said: 'LATER', project_no: 'LATER', known: false })
    await house.post('east', [received('LATER', 'one')])
    expect(await parentOf('M4')).toEqual({ said: 'LATER', project_no: 'LATER', known: true })
  })
})
