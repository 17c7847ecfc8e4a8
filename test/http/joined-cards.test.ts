// Cards of a number that was joined to another case, or whose facts are of another number since (I11, C5): while somebody is
// asked about one it counts, so it stands on a page and in the lists. Over HTTP.

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CardView, CaseView } from '../../server/contract/api.ts'
import { type House, openHouse } from '../live/house.ts'
import { SMALL } from '../supervision/house.ts'

const CATALOGUE = {
  ...SMALL,
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

const ask = async <T>(method: string, path: string, key = 'supervisor', body?: unknown) => {
  const answer = await fetch(`${house.serving.url}/api/v1/${path}`, {
    method,
    headers: { authorization: `Bearer ${house.keys[key]}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { status: answer.status, body: (await answer.json()) as T }
}
const told = (id: string, no: string, more: Record<string, unknown> = {}) => ({
  event_id: id,
  event_type: 'ACCEPT',
  project_no: no,
  occurred_at: '2026-09-01T10:00:00+08:00',
  task_code: 'five',
  ...more,
})
const caseOf = async (no: string, query = ''): Promise<CaseView> => {
  const { status, body } = await ask<CaseView>('GET', `cases/${encodeURIComponent(no)}${query}`)
  expect(status).toBe(200)
  return body
}
const linesOf = (cards: readonly CardView[]): string[] =>
  cards
    .filter(({ state }) => state === 'to_lift' || state === 'to_confirm' || state === 'notified')
    .map(({ rule_id, state, project_no }) => `${rule_id} ${state} ${project_no}`)
    .sort()
const listed = async (query: string): Promise<string[]> =>
  linesOf((await ask<{ items: CardView[] }>('GET', `cards?${query}`)).body.items)

describe('a number that is joined to another case', () => {
  beforeEach(async () => {
    await house.post('east', [told('a', 'CITY-1')])
    await house.post('east', [told('b', 'PROV-9', { occurred_at: '2026-08-31T10:00:00+08:00', event_type: 'RECEIVE' })])
    await house.serving.supervisor.settled()
    expect(linesOf((await caseOf('CITY-1')).cards)).toEqual(['T-03 notified CITY-1'])
    const said = { alias: 'CITY-1', project_no: 'PROV-9', joined: true, why: '同一件' }
    expect((await ask('POST', 'aliases', 'administrator', said)).status).toBeLessThan(300)
    await house.serving.supervisor.settled()
  })

  it('I11 C5: the card that somebody is asked about is on the page of the case it now belongs to, under each number', async () => {
    for (const no of ['PROV-9', 'CITY-1']) {
      const found = await caseOf(no)
      expect(found.project_no).toBe('PROV-9')
      expect(linesOf(found.cards)).toContain('T-03 to_lift CITY-1')
      expect(linesOf(found.cards)).toContain('T-03 notified PROV-9')
    }
  })

  it('I11 C5: it is in the lists, asked for by either number', async () => {
    expect(await listed('state=to_lift')).toEqual(['T-03 to_lift CITY-1'])
    for (const no of ['PROV-9', 'CITY-1']) expect(await listed(`project_no=${no}`)).toContain('T-03 to_lift CITY-1')
  })

  it('I11 C5: decided, it stays there as what it is, and lights the case no more than before', async () => {
    const [card] = (await caseOf('PROV-9')).cards.filter(({ state }) => state === 'to_lift')
    const move = { move: 'lift', why: '以省平台为准' }
    expect((await ask('POST', `cards/${card?.card_id}/moves`, 'supervisor', move)).status).toBe(200)
    const { cards, level } = await caseOf('PROV-9')
    expect(cards.find(({ card_id }) => card_id === card?.card_id)?.state).toBe('lifted')
    expect(level).toBe(3)
  })
})

describe('a number whose facts are of another since', () => {
  it('I11 C5: declared its own: the card that somebody is asked about keeps a page, that of its number', async () => {
    await house.post('west', [told('a', 'N1')])
    await house.serving.supervisor.settled()
    const own = { numbers: 'own', why: '科室自编流水号' }
    expect((await ask('POST', 'sources/west/numbers', 'administrator', own)).status).toBe(201)
    await house.serving.supervisor.settled()
    expect(await listed('state=to_lift')).toEqual(['T-03 to_lift N1'])
    expect(linesOf((await caseOf('N1')).cards)).toEqual(['T-03 to_lift N1'])
    expect((await caseOf('N1')).status).toBe('void')
    expect(linesOf((await caseOf('west:N1')).cards)).toContain('T-03 notified west:N1')
  })
})
