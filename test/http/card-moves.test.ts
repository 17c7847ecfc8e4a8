// Moves of people over HTTP (C4, C5): what is expected, said twice, decided; what is refused with a code and a place; what
// the lists and figures tell of it.

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CardView, CaseView, Problem } from '../../server/contract/api.ts'
import type { MeasureTable } from '../../server/contract/measures.ts'
import { type House, instant, openHouse } from '../live/house.ts'
import { SMALL } from '../supervision/house.ts'

let house: House
beforeEach(async () => {
  house = await openHouse({ at: '2026-09-30T10:30:00+08:00', sources: ['east'] })
  await house.load(SMALL)
  await house.post('east', [fact('ACCEPT', '2026-09-14T10:00:00+08:00')])
})
afterEach(() => house.close())

const fact = (type: string, at: string, more: Record<string, unknown> = {}) => ({
  event_id: `${type}-${at}`,
  event_type: type,
  project_no: 'LATE',
  occurred_at: at,
  org_code: 'D1',
  window_no: 'A01',
  task_code: 'five',
  ...more,
})
const get = async <T>(path: string): Promise<T> => (await (await house.get(path)).json()) as T
const listed = (query = ''): Promise<{ items: CardView[]; to_lift: number }> => get(`/api/v1/cards?${query}`)
/** The yellow card of a case past its promise of five working days. */
const yellow = async (): Promise<CardView> => (await listed('rule=T-02')).items[0] as CardView

const move = async (said: Record<string, unknown>, key = 'supervisor'): Promise<{ status: number; code: string }> => {
  const { card_id } = await yellow()
  const answer = await fetch(`${house.serving.url}/api/v1/cards/${encodeURIComponent(card_id)}/moves`, {
    method: 'POST',
    headers: { authorization: `Bearer ${house.keys[key]}`, 'content-type': 'application/json' },
    body: JSON.stringify({ why: '核实', ...said }),
  })
  const body = (await answer.json()) as Problem & { state?: string }
  return { status: answer.status, code: body.code ?? body.state ?? '' }
}

describe('a move', () => {
  it('C4: that expects another number than the next is stale, and changes nothing', async () => {
    const { n } = await yellow()
    expect(await move({ move: 'explain', n })).toEqual({ status: 409, code: 'stale_move' })
    expect(await move({ move: 'explain', n: n + 1 })).toEqual({ status: 200, code: 'explained' })
    expect(await move({ move: 'close', n: n + 1 })).toEqual({ status: 409, code: 'stale_move' })
    expect(await yellow()).toMatchObject({ state: 'explained', n: n + 1 })
  })

  it('C4: a yellow of a case that is overdue still is closed by saying so, and its history says it [U13]', async () => {
    await move({ move: 'explain' })
    expect(await move({ move: 'close' })).toEqual({ status: 409, code: 'still_overdue' })
    expect(await move({ move: 'close', still_overdue: true })).toEqual({ status: 200, code: 'closed' })
    expect((await yellow()).history.at(-1)).toMatchObject({ move: 'close_overdue', state: 'closed' })
  })

  it.each(['why', 'signed_by', 'move'])('C4: half a character in /%s is no text', async (field) => {
    expect(await move({ move: 'explain', [field]: 'x\ud83d' })).toEqual({ status: 400, code: 'half_character' })
    expect((await yellow()).state).toBe('notified')
  })

  it('A1: is for who may', async () => {
    expect(await move({ move: 'explain' }, 'administrator')).toEqual({ status: 403, code: 'not_allowed' })
    expect(await move({ move: 'explain' }, 'east')).toEqual({ status: 403, code: 'not_allowed' })
    expect(await move({ move: 'explain' })).toMatchObject({ status: 200 })
  })
})

describe('a card that waits for no person', () => {
  /** What the list and the page of the case say of the yellow card. */
  const waits = async (): Promise<unknown[]> => {
    const { cards } = await get<CaseView>('/api/v1/cases/LATE')
    const onPage = cards.find(({ rule_id }) => rule_id === 'T-02')
    return [(await yellow()).waits_for, onPage?.waits_for, onPage?.state]
  }
  const refusedMoves = async (): Promise<Problem[]> =>
    Promise.all(
      ['confirm', 'decline'].map(async (name) => {
        const path = `${house.serving.url}/api/v1/cards/${encodeURIComponent((await yellow()).card_id)}/moves`
        const headers = { authorization: `Bearer ${house.keys.supervisor}`, 'content-type': 'application/json' }
        const answer = await fetch(path, { method: 'POST', headers, body: JSON.stringify({ move: name, why: '核实' }) })
        return (await answer.json()) as Problem
      }),
    )

  it('T13 C4: past the published calendar neither confirmed nor declined, and told that it waits for the calendar', async () => {
    await house.close()
    house = await openHouse({ at: '2026-12-28T10:30:00+08:00', sources: ['east'] })
    await house.load(SMALL)
    await house.post('east', [fact('ACCEPT', '2026-12-28T10:00:00+08:00')])
    house.clock.set(instant('2027-01-20T10:00:00+08:00'))
    await house.post('east', [])
    await house.serving.supervisor.settled()
    expect(await waits()).toEqual(['provisional', 'provisional', 'to_confirm'])
    for (const refused of await refusedMoves()) {
      expect(refused).toMatchObject({ status: 409, code: 'waits_calendar', at: '/move' })
      expect(`${refused.zh} ${refused.en}`).toMatch(/放假.*calendar/)
    }
    expect((await yellow()).state).toBe('to_confirm')
  })

  it('I13 C4: of a batch source neither, and told that it waits for its delivery', async () => {
    await house.close()
    house = await openHouse({ at: '2026-09-14T10:30:00+08:00', sources: ['east'] })
    await house.load({
      ...SMALL,
      sources: [{ source: 'east', name: '东区系统', mode: 'batch', delivers_at: ['02:00'] }],
    })
    await house.post('east', [fact('ACCEPT', '2026-09-14T10:00:00+08:00')])
    // Sunday the 20th is worked: the promise of five working days runs out with it
    house.clock.set(instant('2026-09-21T00:30:00+08:00'))
    await house.post('east', [])
    await house.serving.supervisor.settled()
    expect(await waits()).toEqual(['source', 'source', 'to_confirm'])
    for (const refused of await refusedMoves())
      expect(refused).toMatchObject({ status: 409, code: 'waits_source', at: '/move' })
  })
})

describe('a card to be lifted', () => {
  const ended = fact('WITHDRAW', '2026-09-16T10:00:00+08:00')

  it('C5: tells what would lift it and until when somebody decides; list, case and figures count it', async () => {
    expect((await listed()).to_lift).toBe(0)
    await house.post('east', [ended])
    const card = await yellow()
    expect(card).toMatchObject({ state: 'to_lift', level: 2, reply_due_at: null })
    expect(card.lift).toEqual({
      grounds: [
        {
          kind: 'fact',
          source_system: 'east',
          ref: ended.event_id,
          event_type: 'WITHDRAW',
          occurred_at: ended.occurred_at,
          by: null,
        },
      ],
      asked_at: '2026-09-30T10:30:00+08:00',
      // the second working day after, behind the holiday
      decide_by: '2026-10-09T23:59:59+08:00',
      decided: null,
    })
    const { items, to_lift } = await listed('state=to_lift')
    expect([items.length, to_lift, (await listed('rule=T-03')).to_lift]).toEqual([1, 1, 1])
    const shown = await get<CaseView>('/api/v1/cases/LATE')
    expect([shown.level, shown.lit_by, shown.cards.map(({ state }) => state)]).toContainEqual(0)
    expect(shown.cards.some(({ state }) => state === 'to_lift')).toBe(true)
    const { total } = await get<MeasureTable>('/api/v1/measures?period=2026-Q3&by=department')
    expect([total.yellows, total.to_lift]).toEqual([1, 1])

    expect(await move({ move: 'explain' })).toEqual({ status: 409, code: 'wrong_state' })
    expect(await move({ move: 'lift' })).toEqual({ status: 200, code: 'lifted' })
    const after = await get<MeasureTable>('/api/v1/measures?period=2026-Q3&by=department')
    expect([after.total.yellows, after.total.to_lift, (await listed()).to_lift]).toEqual([0, 0, 0])
  })

  it('C5: kept it is told as it was, with the reply clock it had', async () => {
    const before = await yellow()
    await house.post('east', [ended])
    expect(await move({ move: 'keep' })).toEqual({ status: 200, code: 'notified' })
    const kept = await yellow()
    expect([kept.reply_due_at, kept.lift?.decided]).toEqual([before.reply_due_at, 'keep'])
  })
})

describe('what waits for a reply', () => {
  it('C4 L4: is one thing for list, count and tile: yellow and red that were told', async () => {
    const warned = fact('ACCEPT', '2026-09-23T10:00:00+08:00', { event_id: 'W1', project_no: 'WARNED' })
    await house.post('east', [warned])
    expect((await listed('state=notified')).items.map(({ rule_id }) => rule_id).sort()).toEqual(['T-01', 'T-02'])
    expect((await listed('waiting=true')).items.map(({ rule_id }) => rule_id)).toEqual(['T-02'])
    await move({ move: 'explain' })
    expect((await listed('waiting=true')).items).toEqual([])
  })
})
