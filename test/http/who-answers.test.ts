// One answer to "who answers" (F4, M5, C3, T10): the card on the page, the lists of cards by department, the measures by
// department and by window, the window's tile on the wall, and the case's own page name one unit, over a table of cases seen on
// Friday 2026-09-18 at 14:30. Saturday the 12th is a day off, Sunday the 20th works; five working days after Tuesday the 8th is
// Tuesday the 15th.

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CardView, CaseView } from '../../server/contract/api.ts'
import type { Measures } from '../../server/contract/measures.ts'
import { type House, instant, openHouse, openScreen, type Screen } from '../live/house.ts'
import { SMALL } from '../supervision/house.ts'

const NOW = '2026-09-18T14:30:00+08:00'

interface Told {
  readonly occurred_at: string
  readonly [field: string]: unknown
}

interface Row {
  readonly no: string
  readonly why: string
  readonly story: readonly Told[]
  readonly rule: string
  /** Whose it is: the department and the window, `@` for its back office. */
  readonly unit: string
  readonly window: string
}

const on = (day: string, time = '10:00') => `2026-09-${day}T${time}:00+08:00`
const accept = (item: string, window: string, org = 'D1', day = '08') => ({
  event_type: 'ACCEPT',
  occurred_at: on(day),
  task_code: item,
  org_code: org,
  window_no: window,
})
const pause = {
  kind: 'hearing',
  basis: '听证公告',
  approver: '张某',
  approved_days: { value: 1, unit: 'WD' },
  notice_at: on('09', '11:00'),
}

const ROWS: readonly Row[] = [
  {
    no: 'J1',
    why: 'JOINT_DISPATCH to D2, unanswered past its due',
    story: [
      accept('joint', 'W1'),
      {
        event_type: 'JOINT_DISPATCH',
        occurred_at: on('09'),
        org_code: 'D1',
        window_no: 'W1',
        payload: { member: 'D2', reply_due_at: '2026-09-11' },
      },
    ],
    rule: 'T-09',
    unit: 'D2',
    window: '@D2',
  },
  {
    no: 'H1',
    why: 'handed to the back office of D3, late there',
    story: [
      accept('five', 'W2'),
      { event_type: 'STEP_START', occurred_at: on('10'), org_code: 'D3', payload: { step_code: 'SC' } },
    ],
    rule: 'T-02',
    unit: 'D3',
    window: '@D3',
  },
  {
    no: 'P1',
    why: 'a pause past its cap is answered by whoever ordered it',
    story: [
      accept('ten', 'W3'),
      { event_type: 'SUSPEND', occurred_at: on('09'), org_code: 'D4', window_no: 'W4', payload: pause },
    ],
    rule: 'T-07',
    unit: 'D4',
    window: 'W4',
  },
  {
    no: 'V1',
    why: 'the item went from D1 to D5 on the 7th, before the case began',
    story: [{ event_type: 'ACCEPT', occurred_at: on('08'), task_code: 'moved', window_no: 'W5' }],
    rule: 'T-02',
    unit: 'D5',
    window: 'W5',
  },
]

const item = (task_code: string, promise: string, more = {}) => ({
  task_code,
  name: task_code,
  org_code: 'D1',
  project_type: '2',
  promise,
  statute: '20WD',
  ...more,
})
const CATALOGUE = {
  ...SMALL,
  departments: ['D1', 'D2', 'D3', 'D4', 'D5'].map((org_code) => ({ org_code, name: org_code, region_code: '459900' })),
  windows: [
    ['W1', 'D1'],
    ['W2', 'D1'],
    ['W3', 'D1'],
    ['W4', 'D4'],
    ['W5', 'D5'],
  ].map(([window_no = '', org_code = ''], i) => ({ window_no, name: window_no, org_code, row: 1, column: i + 1 })),
  items: [
    item('five', '5WD'),
    item('ten', '10WD'),
    item('joint', '10WD', { joint: true }),
    item('moved', '5WD'),
    item('moved', '5WD', { org_code: 'D5', valid_from: '2026-09-07' }),
  ],
}

let house: House
let screen: Screen

const read = async <T>(path: string): Promise<T> => (await (await house.get(path)).json()) as T

beforeAll(async () => {
  house = await openHouse({ at: '2026-09-01T09:00:00+08:00', sources: ['east'] })
  await house.load(CATALOGUE)
  const events = ROWS.flatMap(({ no, story }) =>
    story.map((told, i) => ({ ...told, event_id: `${no}-${i}`, project_no: no })),
  ).sort((a, b) => a.occurred_at.localeCompare(b.occurred_at))
  for (const event of events) {
    house.clock.set(instant(event.occurred_at))
    await house.serving.supervisor.settled()
    await house.post('east', [event])
  }
  house.clock.set(instant(NOW))
  await house.serving.supervisor.settled()
  screen = await openScreen(house.serving.url, { token: house.keys.screen })
  await screen.watch.until(() => screen.standing?.board.day.on === NOW.slice(0, 10), 'a board of the day')
}, 120_000)
afterAll(async () => {
  screen.close()
  await house.close()
})

const measured = async (by: string): Promise<string[]> => {
  const { rows } = await read<Measures>(`/api/v1/measures?period=2026-09&by=${by}`)
  return rows.filter(({ yellows }) => yellows > 0).map(({ key }) => key)
}

describe('who answers', () => {
  it.each(ROWS)('M5, C3, F4: $why: every place names $unit [L7]', async ({ no, rule, unit, window }) => {
    const found = await read<CaseView>(`/api/v1/cases/${no}`)
    const card = found.cards.find(({ rule_id }) => rule_id === rule)
    const { items: own } = await read<{ items: CardView[] }>(`/api/v1/cards?department=${unit}&rule=${rule}`)
    const { items: others } = await read<{ items: CardView[] }>(`/api/v1/cards?rule=${rule}&limit=100`)
    const { items: atWindow } = await read<{ items: CardView[] }>(
      `/api/v1/cards?window=${encodeURIComponent(window)}&rule=${rule}`,
    )
    const one = await read<{ card: CardView } & CardView>(`/api/v1/cards/${encodeURIComponent(card?.card_id ?? '')}`)
    const streamed = screen.standing?.board.cards.find(({ card_id }) => card_id === card?.card_id)
    const told = {
      page: card?.org_code,
      card: (one.card ?? one).org_code,
      list: own.filter(({ project_no }) => project_no === no).length,
      elsewhere: others.filter(({ project_no, org_code }) => project_no === no && org_code !== unit).length,
      window: atWindow.filter(({ project_no }) => project_no === no).length,
      measures: (await measured('department')).includes(unit),
      byWindow: (await measured('window')).some((key) => key === window || key.startsWith(`${window} `)),
      wall: streamed === undefined ? null : streamed.window_no,
    }
    expect(told).toEqual({
      page: unit,
      card: unit,
      list: 1,
      elsewhere: 0,
      window: 1,
      measures: true,
      byWindow: true,
      wall: window.startsWith('@') ? null : window,
    })
  })
})
