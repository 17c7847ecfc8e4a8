// One case, one word (issue: the case, the card, the countdown say one thing): heading, cards, lists, wall and calculator
// over a table of cases, each looked at on Friday 2026-09-18 at 14:30. Sunday the 20th works; the office closes at 17:30.
// Dues are counted by hand: five working days after Tuesday the 8th is Tuesday the 15th, after Friday the 11th the 18th.

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { headingOf } from '../../client/case/heading.ts'
import { leftText } from '../../client/case/left.ts'
import { stateText } from '../../client/frame/tell.ts'
import { wordsOf } from '../../client/i18n/both.ts'
import { officeDistance } from '../../client/lib/office-time.ts'
import { pleaOf } from '../../client/wall/view.ts'
import type { CaseLine, CaseView } from '../../server/contract/api.ts'
import type { Tile } from '../../server/contract/live.ts'
import { type House, instant, openHouse, openScreen, type Screen } from '../live/house.ts'
import { SMALL } from '../supervision/house.ts'

const NOW = '2026-09-18T14:30:00+08:00'
const t = wordsOf('zh')

interface Row {
  readonly no: string
  readonly story: string
  readonly level: number
  readonly heading: string
  readonly due: string
  /** Of the window: what lies open there, and cards that wait for an answer. */
  readonly tile: number
  /** The countdown of its promise on its page, and of what lights its tile (U5). */
  readonly left: string
  readonly onTile: string
}

const ROWS: readonly Row[] = [
  {
    no: 'A01',
    story: '09-17 ACCEPT',
    level: 0,
    heading: '办理中',
    due: '2026-09-23',
    tile: 0,
    left: '余 4 个工作日',
    onTile: '',
  },
  {
    no: 'A02',
    story: '09-11 ACCEPT',
    level: 1,
    heading: '即将到期 · 办理中',
    due: '2026-09-18',
    tile: 1,
    left: '今日到期，办公时间余 3 小时',
    onTile: '剩3时',
  },
  {
    no: 'A03',
    story: '09-08 ACCEPT',
    level: 2,
    heading: '超承诺时限 · 办理中',
    due: '2026-09-15',
    tile: 2,
    left: '超 3 个工作日',
    onTile: '超3日',
  },
  {
    no: 'A04',
    story: '08-03 ACCEPT',
    level: 3,
    heading: '超法定时限 · 办理中',
    due: '2026-08-10',
    tile: 3,
    left: '超 29 个工作日',
    onTile: '超14日',
  },
  {
    no: 'A05',
    story: '09-08 ACCEPT | 09-15 DECIDE granted',
    level: 0,
    heading: '按时办结 · 准予',
    due: '2026-09-15',
    tile: 0,
    left: '已用 5 个工作日',
    onTile: '',
  },
  {
    no: 'A06',
    story: '09-08 ACCEPT | 09-15 COMPLETE',
    level: 0,
    heading: '按时办结 · 结果未载明',
    due: '2026-09-15',
    tile: 0,
    left: '已用 5 个工作日',
    onTile: '',
  },
  {
    no: 'A07',
    story: '09-08 ACCEPT | 09-17 DECIDE refused',
    level: 2,
    heading: '超承诺时限 · 超期办结 · 不予许可',
    due: '2026-09-15',
    tile: 2,
    left: '超 2 个工作日',
    onTile: '超2日',
  },
  {
    no: 'A08',
    story: '09-08 ACCEPT | closed',
    level: 2,
    heading: '超承诺时限 · 办理中',
    due: '2026-09-15',
    tile: 2,
    left: '超 3 个工作日',
    onTile: '超3日',
  },
  {
    no: 'A09',
    story: '09-11 ACCEPT | 09-17 SUSPEND',
    level: 1,
    heading: '即将到期 · 暂停计时',
    due: '2026-09-20',
    tile: 1,
    left: '余 1 个工作日',
    onTile: '剩1日',
  },
]

let house: House
let screen: Screen
let n = 0

const eventsOf = ({ no, story }: Row): Record<string, unknown>[] =>
  story.split(' | ').flatMap((line) => {
    const [day, type, result] = line.split(' ')
    if (type === undefined) return []
    n += 1
    const time = type === 'ACCEPT' ? '10:00:00' : '11:00:00'
    const suspend = {
      kind: 'hearing',
      basis: '听证公告',
      approver: '张某',
      approved_days: { value: 1, unit: 'WD' },
      notice_at: '2026-09-17T11:00:00+08:00',
    }
    const payload = type === 'SUSPEND' ? suspend : result === undefined ? {} : { result }
    const what = {
      event_id: `E${n}`,
      event_type: type,
      project_no: `C-${no}`,
      occurred_at: `2026-${day}T${time}+08:00`,
    }
    return [{ ...what, task_code: 'five', org_code: 'D1', window_no: no, operator_id: 'OP1', payload }]
  })

const move = async (cardId: string, body: Record<string, unknown>): Promise<void> => {
  const answer = await fetch(`${house.serving.url}/api/v1/cards/${encodeURIComponent(cardId)}/moves`, {
    method: 'POST',
    headers: { authorization: `Bearer ${house.keys.supervisor}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(await answer.text())
}
const read = async <T>(path: string): Promise<T> => (await (await house.get(path)).json()) as T
const caseOf = (no: string): Promise<CaseView> => read(`/api/v1/cases/C-${no}`)

const tileText = (tile: Tile): string => {
  const board = screen.standing?.board
  if (tile.level === 0 || board === undefined) return ''
  const plea = pleaOf(tile, instant(NOW))
  if (plea.kind === 'late') return t.hall.late(plea.workDays)
  return plea.kind === 'ahead' ? t.hall.left(officeDistance(plea.at, instant(NOW), board)) : ''
}

beforeAll(async () => {
  house = await openHouse({ at: '2026-08-03T09:00:00+08:00', sources: ['east'] })
  const windows = ROWS.map(({ no }, i) => ({ window_no: no, name: no, org_code: 'D1', row: 1, column: i + 1 }))
  await house.load({ ...SMALL, windows })
  const all = ROWS.flatMap(eventsOf).sort((a, b) => String(a.occurred_at).localeCompare(String(b.occurred_at)))
  for (const event of all) {
    house.clock.set(instant(String(event.occurred_at)))
    await house.serving.supervisor.settled()
    await house.post('east', [event])
  }
  house.clock.set(instant(NOW))
  await house.serving.supervisor.settled()
  const [card] = (await caseOf('A08')).cards.filter(({ state }) => state === 'notified')
  await move(card?.card_id ?? '', { move: 'explain', why: '人手不足' })
  await move(card?.card_id ?? '', { move: 'close', why: '已整改', still_overdue: true })
  screen = await openScreen(house.serving.url, { token: house.keys.screen })
  await screen.watch.until(() => screen.standing?.board.day.on === NOW.slice(0, 10), 'a board of the day')
}, 120_000)
afterAll(async () => {
  screen.close()
  await house.close()
})

describe('heading, card, list, tile and calculator', () => {
  it.each(ROWS)('T14: $no ($story) is told as one thing everywhere: $heading [U5, U7, L13]', async (row) => {
    const found = await caseOf(row.no)
    const { level, rule, said } = headingOf(t, found)
    const promise = found.explain.find(({ clock }) => clock === 'promise')
    const { items } = await read<{ items: CaseLine[] }>(`/api/v1/cases?window=${row.no}`)
    const tile = screen.standing?.board.tiles.find(({ window_no }) => window_no === row.no)
    const calculator = await fetch(`${house.serving.url}/api/v1/due`, {
      method: 'POST',
      headers: { authorization: `Bearer ${house.keys.auditor}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        accept: found.accepted_on,
        limit: '5WD',
        ...(found.pauses.length === 0
          ? {}
          : { pauses: [[found.pauses[0]?.from.slice(0, 10), found.pauses[0]?.cap_on]] }),
      }),
    })
    const { due_on: reckoned } = (await calculator.json()) as { due_on: string }
    expect({
      level,
      heading: [rule, said].filter((part) => part !== '').join(' · '),
      list: items.map((line) => line.level),
      tile: tile?.level,
      left: promise === undefined ? '' : leftText(t, promise, found.status === 'concluded'),
      onTile: tile === undefined ? '' : tileText(tile),
      due: found.promise_due_on,
      explained: promise?.due_on,
      reckoned,
    }).toEqual({
      level: row.level,
      heading: row.heading,
      list: [row.level],
      tile: row.tile,
      left: row.left,
      onTile: row.onTile,
      due: row.due,
      explained: row.due,
      reckoned: row.due,
    })
    // the card that lights it bears the level of the heading
    const lit = found.cards.find((card) => card.card_id === found.lit_by)
    expect(lit?.level ?? 0).toBe(row.level)
  })

  it('C4: a card that is closed ends as 已销号, and its case is still in hand [U7]', async () => {
    const { cards, status } = await caseOf('A08')
    const closed = cards.find(({ state }) => state === 'closed')
    expect([closed === undefined ? '' : stateText(t, closed), t.case.status[status]]).toEqual(['已销号', '办理中'])
    expect(JSON.stringify(t.state)).not.toContain('办结')
  })

  it('C4: the wall counts the same cards as waiting for an answer as the list [U4]', async () => {
    const { items } = await read<{ items: unknown[] }>('/api/v1/cards?waiting=true&limit=200')
    expect(screen.standing?.board.figures.waiting_reply).toBe(items.length)
    expect(items.length).toBeGreaterThan(0)
  })
})
