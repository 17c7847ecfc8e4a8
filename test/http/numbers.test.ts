// I11 over HTTP: whose numbers are whose, numbers that sources give several items, and joinings that wait for a person.

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type House, openHouse } from '../live/house.ts'
import { SMALL } from '../supervision/house.ts'

const CATALOGUE = {
  ...SMALL,
  items: [
    ...(SMALL.items ?? []),
    { task_code: 'other', name: '施工许可', org_code: 'D1', project_type: '2', promise: '5WD', statute: '20WD' },
  ],
  sources: [
    { source: 'east', name: '东区系统' },
    { source: 'west', name: '西区系统' },
  ],
}

let house: House
beforeEach(async () => {
  house = await openHouse({ at: '2026-09-30T10:00:00+08:00', sources: ['east', 'west'] })
  await house.load(CATALOGUE)
})
afterEach(() => house.close())

const told = (id: string, no: string, more: Record<string, unknown> = {}) => ({
  event_id: id,
  event_type: 'ACCEPT',
  project_no: no,
  occurred_at: '2026-09-29T10:00:00+08:00',
  task_code: 'five',
  ...more,
})
const LATE = { occurred_at: '2026-09-01T10:00:00+08:00' }

/** What the doors of numbers say, of which each answer bears some. */
interface Said {
  readonly items: readonly { readonly waiting_cards: number }[]
  readonly project_no: string
  readonly level: number
  readonly one_case: unknown
  readonly proposal: number
  readonly proposals: unknown
  readonly events: readonly { readonly event_id: string; readonly not_yours: string | null; readonly void: boolean }[]
  readonly state: string
  readonly code: string
}

const ask = async (method: string, path: string, key: string, body?: unknown) => {
  const answer = await fetch(`${house.serving.url}/api/v1/${path}`, {
    method,
    headers: { authorization: `Bearer ${house.keys[key]}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { status: answer.status, body: (await answer.json()) as Said }
}
const get = (path: string, key = 'supervisor') => ask('GET', path, key)
const post = (path: string, key: string, body: unknown) => ask('POST', path, key, body)

describe('a number that two sources give different items', () => {
  beforeEach(async () => {
    const step = { event_type: 'STEP_START', occurred_at: '2026-09-02T10:00:00+08:00', payload: { step_code: 'SC' } }
    await house.post('west', [told('b', 'N1', { ...step, task_code: 'other' })])
    await house.post('east', [told('a', 'N1', LATE)])
  })

  it('I11: is listed with who says what and since when, and its cards wait', async () => {
    const { body } = await get('collisions')
    expect(body.items).toMatchObject([
      {
        project_no: 'N1',
        since: '2026-09-30T10:00:00+08:00',
        told: [
          { source: 'east', source_name: '东区系统', item: 'five', item_name: '五日件', event_id: 'a' },
          { source: 'west', source_name: '西区系统', item: 'other', item_name: '施工许可', event_id: 'b' },
        ],
        one_case: null,
      },
    ])
    expect(body.items[0]?.waiting_cards).toBeGreaterThan(0)
    expect((await get('collisions?state=one_case')).body.items).toEqual([])
  })

  it('I11: a person says that it is one case, its cards then count; taken back, it is doubtful again', async () => {
    for (const key of ['auditor', 'east'])
      expect((await post('collisions/N1', key, { one_case: true, why: '一件两报' })).status).toBe(403)
    expect((await post('collisions/N1', 'supervisor', { one_case: true })).status).toBe(400)
    expect((await post('collisions/N1', 'supervisor', { one_case: true, why: '一件两报' })).status).toBe(200)
    expect((await get('collisions')).body.items).toEqual([])
    expect((await get('collisions?state=one_case')).body.items).toMatchObject([{ one_case: { why: '一件两报' } }])
    const { body } = await get('cases/N1')
    expect(body.one_case).toMatchObject({ why: '一件两报' })
    expect(body.level).toBeGreaterThanOrEqual(2)
    expect((await post('collisions/N1', 'supervisor', { one_case: true, why: '再说' })).body.code).toBe('no_collision')
    expect((await post('collisions/N1', 'supervisor', { one_case: false, why: '误认' })).status).toBe(200)
    expect((await get('collisions')).body.items).toHaveLength(1)
    expect((await get('cases/N1')).body.one_case).toBeNull()
    expect((await post('collisions/NONE', 'supervisor', { one_case: true, why: '无' })).status).toBe(404)
  })

  it('I11: declared its own, the two are two cases, and the doubt is gone', async () => {
    const own = { numbers: 'own', why: '科室自编流水号' }
    expect((await post('sources/west/numbers', 'supervisor', own)).status).toBe(403)
    expect((await post('sources/west/numbers', 'administrator', own)).status).toBe(201)
    expect((await post('sources/west/numbers', 'administrator', own)).body.code).toBe('numbers_stand')
    expect((await get('collisions')).body.items).toEqual([])
    expect((await get('cases/N1')).body).toMatchObject({ item: 'five', own_number: null, collision: [] })
    expect((await get(`cases/${encodeURIComponent('west:N1')}`)).body).toMatchObject({
      project_no: 'west:N1',
      own_number: { source: 'west', source_name: '西区系统', said: 'N1' },
      item: 'other',
      collision: [],
    })
    // whatever else the source declares leaves it so
    expect((await post('sources/west/numbers', 'administrator', { ...own, numbers: 'shared' })).status).toBe(201)
    expect((await get('collisions')).body.items).toHaveLength(1)
  })
})

describe('a void of what is another source’s', () => {
  it('F3: is told so on the case, whichever came first, and voids nothing', async () => {
    const out = told('v', 'N1', { event_type: 'VOID', payload: { target: 'a', reason: '误报' } })
    await house.post('west', [told('w', 'N1', { supersedes: 'a' })])
    await house.post('east', [told('a', 'N1')])
    await house.post('west', [out, told('x', 'N1', { event_type: 'URGE', supersedes: 'nowhere' })])
    const { events } = (await get('cases/N1')).body
    const named = events.map((each) => [each.event_id, each.not_yours, each.void])
    expect(named.sort()).toEqual([
      ['a', null, false],
      ['v', 'a', false],
      ['w', 'a', false],
      ['x', null, false],
    ])
  })
})

describe('a joining that a source asks for', () => {
  const join = (key: string, alias: string, home: string, joined = true) =>
    post('aliases', key, { alias, project_no: home, joined, why: '同一件' })

  it('I11 C5: where a counted card stands it is kept for a person, who accepts it with a reason; then it can be parted [S12]', async () => {
    await house.post('east', [told('a', 'N1', LATE), told('b', 'N2')])
    const asked = await join('east', 'N2', 'N1')
    expect(asked).toMatchObject({ status: 202, body: { state: 'waiting', alias: 'N2', project_no: 'N1' } })
    expect((await join('east', 'N2', 'N1')).body.proposal).toBe(asked.body.proposal)
    const { body } = await get('aliases/proposals?state=waiting')
    expect(body.items).toMatchObject([
      { alias: 'N2', project_no: 'N1', source_name: '东区系统', why: '同一件', stands: false },
    ])
    expect((await get('cases/N1')).body.proposals).toMatchObject([{ proposal: asked.body.proposal, state: 'waiting' }])
    const path = `aliases/proposals/${asked.body.proposal}`
    for (const key of ['east', 'auditor'])
      expect((await post(path, key, { accept: true, why: '核实' })).status).toBe(403)
    expect((await post(path, 'supervisor', { accept: true })).status).toBe(400)
    expect((await post(path, 'supervisor', { accept: true, why: '核实' })).body).toMatchObject({ state: 'accepted' })
    expect((await get('cases/N2')).body.project_no).toBe('N1')
    expect((await post(path, 'supervisor', { accept: false, why: '反悔' })).body.code).toBe('proposal_decided')
    expect((await join('supervisor', 'N2', 'N1', false)).status).toBe(200)
    expect((await get('aliases/proposals')).body.items).toMatchObject([
      { state: 'accepted', stands: false, decided_why: '核实' },
    ])
  })

  it('I11: declined, it stays declined when asked again, and may be accepted after all', async () => {
    await house.post('east', [told('a', 'N1', LATE), told('b', 'N2')])
    const { proposal } = (await join('east', 'N2', 'N1')).body
    const path = `aliases/proposals/${proposal}`
    expect((await post(path, 'supervisor', { accept: false, why: '两件' })).body.state).toBe('declined')
    expect((await join('east', 'N2', 'N1')).body.code).toBe('proposal_declined')
    expect((await post(path, 'supervisor', { accept: true, why: '查实同一件' })).body.state).toBe('accepted')
    expect((await get('cases/N2')).body.project_no).toBe('N1')
    expect((await post('aliases/proposals/999', 'supervisor', { accept: true, why: '无' })).status).toBe(404)
  })

  it('I11: a source whose numbers are its own joins them in its own words, a person in full', async () => {
    await house.post('west', [told('w', '2')])
    await post('sources/east/numbers', 'administrator', { numbers: 'own', why: '自编' })
    await house.post('east', [told('a', '1'), told('b', '2'), told('c', '3')])
    expect((await join('east', '2', '1')).body).toMatchObject({ alias: 'east:2', project_no: 'east:1' })
    expect((await get('cases/east:2')).body.project_no).toBe('east:1')
    expect((await get('cases/2')).body.project_no).toBe('2')
    expect((await join('west', '2', '1')).body.code).toBe('not_yours')
    expect((await join('supervisor', 'east:3', 'east:1')).body).toMatchObject({ project_no: 'east:1' })
  })
})
