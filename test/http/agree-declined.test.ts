// A card of the limit that a person has declined (F5, C5, U3, L10): heading, card, list, wall, forecast, calculator and figures say
// one thing. Looked at on Wednesday 2026-09-16 at 10:00; dues are counted by hand: five working days after Tuesday the 8th
// is Tuesday the 15th, after Thursday the 10th the 17th.

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { headingOf } from '../../client/case/heading.ts'
import { leftText } from '../../client/case/left.ts'
import { wordsOf } from '../../client/i18n/both.ts'
import { pleaOf, ruleOf } from '../../client/wall/view.ts'
import type { CaseLine, CaseView, WindowView } from '../../server/contract/api.ts'
import type { Tile } from '../../server/contract/live.ts'
import type { MeasureTable } from '../../server/contract/measures.ts'
import { type House, instant, openHouse } from '../live/house.ts'
import { SMALL } from '../supervision/house.ts'

const t = wordsOf('zh')
const NOW = '2026-09-16T10:00:00+08:00'
let house: House

const accept = (source: string, on: string) => ({
  event_id: `${source}-${on}`,
  event_type: 'ACCEPT',
  project_no: 'P1',
  occurred_at: `2026-${on}T10:00:00+08:00`,
  task_code: 'five',
  org_code: 'D1',
  window_no: 'A01',
  operator_id: 'OP1',
})
const read = async <T>(path: string): Promise<T> => (await (await house.get(path)).json()) as T
const post = async (path: string, key: string, body: unknown): Promise<Response> =>
  fetch(`${house.serving.url}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${house.keys[key]}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })

const tileRule = (tile: Tile | null): string => (tile === null ? '' : ruleOf(t, tile, pleaOf(tile, house.clock.now())))

/** What each place says of the case. */
const told = async () => {
  const found = await read<CaseView>('/api/v1/cases/P1')
  const { level, rule, said } = headingOf(t, found)
  const promise = found.explain.find(({ clock }) => clock === 'promise')
  const { items } = await read<{ items: CaseLine[] }>('/api/v1/cases')
  const { window } = await read<WindowView>('/api/v1/windows/A01')
  const { total } = await read<MeasureTable>('/api/v1/measures?period=2026-Q3&by=department')
  const reckoned = await post('/api/v1/due', 'auditor', { accept: found.accepted_on, limit: '5WD' })
  const day = (at: string | null | undefined): string => (at ?? '').slice(0, 10)
  return {
    heading: `${level} ${rule} ${said}`.replace(/ +/g, ' '),
    card: found.cards
      .filter(({ rule_id }) => rule_id === 'T-02')
      .map(({ state, limit_at }) => `${state} ${day(limit_at)}`),
    due: [day(found.promise_due_on), day(promise?.due_on), day(items[0]?.due_at)],
    left: promise === undefined ? '' : leftText(t, promise, false),
    tile: [window?.level, day(window?.limit_at), window?.late_by_wd, tileRule(window)],
    dueAhead: window?.due_within[0],
    calculator: ((await reckoned.json()) as { due_on: string }).due_on,
    figures: [total.in_hand, total.overdue_in_hand, total.overdue_unconfirmed],
    lists: items.map((line) => line.level),
  }
}
const decline = async (): Promise<void> => {
  const { items } = await read<{ items: { card_id: string }[] }>('/api/v1/cards?rule=T-02')
  const path = `/api/v1/cards/${encodeURIComponent(items[0]?.card_id ?? '')}/moves`
  expect((await post(path, 'supervisor', { move: 'decline', why: '核实' })).status).toBe(200)
  await house.serving.supervisor.settled()
}
const moveTo = async (at: string): Promise<void> => {
  house.clock.set(instant(at))
  await house.post('east', [])
  await house.serving.supervisor.settled()
}

/** The tile follows the commit: asked until it does. */
const agrees = (said: Awaited<ReturnType<typeof told>>): Promise<void> =>
  vi.waitFor(async () => expect(await told()).toEqual(said), { timeout: 20_000 })

describe('declined of one of two tellings', () => {
  beforeAll(async () => {
    house = await openHouse({ at: '2026-09-08T10:30:00+08:00', sources: ['east', 'west'] })
    await house.load({ ...SMALL, sources: ['east', 'west'].map((source) => ({ source, name: source })) })
    await house.post('east', [accept('east', '09-08')])
    await moveTo('2026-09-10T10:30:00+08:00')
    await house.post('west', [accept('west', '09-10')])
    await moveTo(NOW)
  }, 60_000)
  afterAll(() => house.close())

  it('F5 M1: while it waits the limit is the first telling’s, and nobody is told late', async () => {
    await agrees({
      heading: '1 办理中 · 是否超期待核',
      card: ['to_confirm 2026-09-15'],
      due: ['2026-09-15', '2026-09-15', '2026-09-15'],
      left: '是否超期待核',
      tile: [1, '2026-09-15', 0, '已到期'],
      dueAhead: 0,
      calculator: '2026-09-15',
      figures: [1, 0, 1],
      lists: [1],
    })
  })

  it('F5 C5: declined, the other telling stands everywhere: it is in time, and due by that [U3, L10]', async () => {
    await decline()
    await agrees({
      heading: '1 即将到期 办理中',
      card: ['revoked 2026-09-15'],
      due: ['2026-09-17', '2026-09-17', '2026-09-17'],
      left: '余 1 个工作日',
      tile: [1, '2026-09-17', 0, '即将到期'],
      dueAhead: 1,
      calculator: '2026-09-17',
      figures: [1, 0, 0],
      lists: [1],
    })
  })

  it('F5 J3: past that one too the same card is told of it, and so is everything beside it', async () => {
    await moveTo('2026-09-18T10:00:00+08:00')
    await agrees({
      heading: '2 超承诺时限 办理中',
      card: ['notified 2026-09-17'],
      due: ['2026-09-17', '2026-09-17', '2026-09-17'],
      left: '超 1 个工作日',
      tile: [2, '2026-09-17', 1, '超承诺时限'],
      dueAhead: 0,
      calculator: '2026-09-17',
      figures: [1, 1, 0],
      lists: [2],
    })
  })
})

describe('declined where the office confirms every card of the rule', () => {
  beforeAll(async () => {
    house = await openHouse({ at: '2026-09-08T10:30:00+08:00', sources: ['east'] })
    await house.load({ ...SMALL, rules: [{ rule_id: 'T-02', mode: 'confirm' }] })
    await house.post('east', [accept('east', '09-08')])
    await moveTo(NOW)
  }, 60_000)
  afterAll(() => house.close())

  it('C4 M1: no card says that it is late, the figures do, and the heading says both [U3]', async () => {
    expect((await told()).heading).toBe('1 办理中 · 是否超期待核')
    await decline()
    await agrees({
      heading: '1 办理中 · 已超期（未亮牌）',
      card: ['revoked 2026-09-15'],
      due: ['2026-09-15', '2026-09-15', '2026-09-15'],
      left: '超 1 个工作日',
      tile: [1, '2026-09-15', 0, '已到期'],
      dueAhead: 0,
      calculator: '2026-09-15',
      figures: [1, 1, 0],
      lists: [1],
    })
  })
})
