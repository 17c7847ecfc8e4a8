// A void and a withdrawal that would lift a counted, notified card lift nothing by themselves (C5, F3): the card is 待撤, still
// counted, until somebody else decides. Over HTTP, with audit, replay and evidence after each step.

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CardView } from '../../server/contract/card.ts'
import { type House, openHouse } from '../live/house.ts'
import { answered, bringWeek, clean, figures, get, HALL, yellows } from './registers.ts'

let house: House
beforeEach(async () => {
  house = await openHouse({ at: '2026-03-30T10:00:00+08:00', sources: ['s'] })
  await house.load(HALL)
})
afterEach(() => house.close())

const cardOf = async (no: string): Promise<CardView> => {
  const { items } = await get<{ items: CardView[] }>(house, 'cards?level=2&limit=100')
  const found = items.find(({ project_no: of }) => of === no)
  if (found === undefined) throw new Error(`no card of ${no}`)
  return found
}
const decide = (card: CardView, move: 'lift' | 'keep', key = 'supervisor') =>
  answered<{ code?: string }>(house, `cards/${encodeURIComponent(card.card_id)}/moves`, key, { move, why: '核实' })
/** Yellows counted, and of them those that somebody is asked about. */
const counted = async (): Promise<[number, number]> => {
  const { total } = await get<{ total: { yellows: number; to_lift: number } }>(
    house,
    'measures?period=2026-03&by=department',
  )
  return [total.yellows, total.to_lift]
}

describe('a withdrawal that would lift counted cards', () => {
  it('C5 F3 I14: they wait as 待撤, counted, until somebody else lifts or keeps them; told before it is done', async () => {
    const { import_id: id } = await bringWeek(house, 'week3')
    expect([await yellows(house), await counted()]).toEqual([{ 'T-02 notified 2026-03-24': 12 }, [12, 0]])
    await clean(house)

    const told = await get<Record<string, unknown>>(house, `imports/${id}/withdrawal`)
    expect(told).toMatchObject({ events: 24, cases: 12, to_lift: 12 })
    expect((await answered(house, `imports/${id}/withdraw`, 'administrator', { why: '导错' })).status).toBe(200)
    expect([await yellows(house), await counted()]).toEqual([{ 'T-02 to_lift 2026-03-24': 12 }, [12, 12]])
    await clean(house)

    const [lifted, kept] = [await cardOf('W-1'), await cardOf('W-2')]
    expect((await decide(lifted, 'lift', 'administrator')).status, 'whoever withdrew it moves no card').toBe(403)
    expect((await decide(lifted, 'lift')).status).toBe(200)
    expect((await decide(kept, 'keep')).status).toBe(200)
    expect(await yellows(house)).toEqual({
      'T-02 lifted 2026-03-24': 1,
      'T-02 notified 2026-03-24': 1,
      'T-02 to_lift 2026-03-24': 10,
    })
    expect(await counted()).toEqual([11, 10])
    await clean(house)

    await bringWeek(house, 'week3')
    expect(await counted(), 'the cases are late again').toEqual([12, 0])
    expect((await figures(house)).late).toBe(12)
    await clean(house)
  })
})

describe('a void that would lift a counted card', () => {
  const accept = (id: string, no: string) => ({
    event_id: id,
    event_type: 'ACCEPT',
    project_no: no,
    occurred_at: '2026-03-10T09:15:00+08:00',
    org_code: 'd',
    payload: { promise_due_at: '2026-03-17' },
  })

  it('C5 F3: an administrator’s, of any source: 待撤, counted, until a supervisor lifts it', async () => {
    await house.post('s', [accept('a', 'V-1')])
    await house.serving.supervisor.settled()
    expect([await yellows(house), await counted()]).toEqual([{ 'T-02 notified 2026-03-17': 1 }, [1, 0]])
    await clean(house)
    const said = { source: 's', event_id: 'a', why: '误报' }
    expect((await answered(house, 'voids', 'administrator', said)).status).toBe(200)
    expect([await yellows(house), await counted()]).toEqual([{ 'T-02 to_lift 2026-03-17': 1 }, [1, 1]])
    await clean(house)
    await house.reopen()
    expect(await counted()).toEqual([1, 1])
    expect((await decide(await cardOf('V-1'), 'lift')).status).toBe(200)
    expect([await yellows(house), await counted()]).toEqual([{ 'T-02 lifted 2026-03-17': 1 }, [0, 0]])
    await clean(house)
  })

  it('C5 F3: the source’s own: 待撤, counted, and kept it stays told', async () => {
    await house.post('s', [accept('b', 'V-2')])
    await house.serving.supervisor.settled()
    const gone = { event_type: 'VOID', project_no: 'V-2', occurred_at: '2026-03-30T09:59:00+08:00' }
    await house.post('s', [{ ...gone, event_id: 'v', payload: { target: 'b', reason: '误报' } }])
    await house.serving.supervisor.settled()
    expect([await yellows(house), await counted()]).toEqual([{ 'T-02 to_lift 2026-03-17': 1 }, [1, 1]])
    await clean(house)
    expect((await decide(await cardOf('V-2'), 'keep')).status).toBe(200)
    expect([await yellows(house), await counted()]).toEqual([{ 'T-02 notified 2026-03-17': 1 }, [1, 0]])
    await clean(house)
  })
})
