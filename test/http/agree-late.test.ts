// Late or not, one word (C5, F5, M1): case page, heading, card, list, measures, ranking, export and wall over a table of
// cases whose card of the limit is asked about, kept, lifted, waits, was confirmed or declined. Each case is of a department
// of its own; five working days after Tuesday 2026-09-08 is Tuesday the 15th; looked at on Wednesday the 16th.

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { headingOf } from '../../client/case/heading.ts'
import { wordsOf } from '../../client/i18n/both.ts'
import type { CaseLine, CaseView } from '../../server/contract/api.ts'
import type { MeasureRow } from '../../server/contract/measures.ts'
import type { RankingRow } from '../../server/contract/ranking.ts'
import { auditLedger } from '../../server/supervision/audit/ledger.ts'
import { type House, instant, openHouse, openScreen, type Screen } from '../live/house.ts'
import { SMALL } from '../supervision/house.ts'

const t = wordsOf('zh')

interface Row {
  readonly no: string
  /** Of what waits or is lifted nothing lights: what it had overtaken stands again (C2). */
  readonly heading: string
  /** Told in its order on the 16th, after the yellow of the 15th was; each line bears its source. */
  readonly late: string
  readonly moves: readonly string[]
  readonly state: string
  /** on_time late excluded overdue unconfirmed. */
  readonly figures: string
}

const END = 'east 09-14 DECIDE'
const TWO_STARTS = 'west 09-10 ACCEPT'
const ROWS: readonly Row[] = [
  { no: 'D01', late: '', moves: [], state: 'notified', heading: '超承诺时限 · 办理中', figures: '0 0 0 1 0' },
  { no: 'D02', late: END, moves: [], state: 'to_lift', heading: '超期办结 · 准予', figures: '0 1 0 0 0' },
  {
    no: 'D03',
    late: END,
    moves: ['keep'],
    state: 'notified',
    heading: '超承诺时限 · 超期办结 · 准予',
    figures: '0 1 0 0 0',
  },
  { no: 'D04', late: END, moves: ['lift'], state: 'lifted', heading: '按时办结 · 准予', figures: '1 0 0 0 0' },
  { no: 'D05', late: TWO_STARTS, moves: [], state: 'to_lift', heading: '即将到期 · 办理中', figures: '0 0 0 1 0' },
  { no: 'D06', late: TWO_STARTS, moves: ['lift'], state: 'lifted', heading: '即将到期 · 办理中', figures: '0 0 0 0 0' },
  // told for the first time when both ends are there: the first is in time, the other is not
  {
    no: 'E01',
    late: `east 09-08 ACCEPT | ${END} | west 09-16 DECIDE`,
    moves: [],
    state: 'to_confirm',
    heading: '已办结，是否超期待核 · 准予',
    figures: '0 0 1 0 1',
  },
  {
    no: 'E02',
    late: `east 09-08 ACCEPT | ${END} | west 09-16 DECIDE`,
    moves: ['confirm'],
    state: 'notified',
    heading: '超承诺时限 · 超期办结 · 准予',
    figures: '0 1 0 0 0',
  },
  {
    no: 'E03',
    late: `east 09-08 ACCEPT | ${END} | west 09-16 DECIDE`,
    moves: ['decline'],
    state: 'revoked',
    heading: '按时办结 · 准予',
    figures: '1 0 0 0 0',
  },
  {
    no: 'E04',
    late: 'east 09-08 ACCEPT | east 09-16 DECIDE | west 09-10 ACCEPT',
    moves: ['decline'],
    state: 'revoked',
    heading: '按时办结 · 准予',
    figures: '1 0 0 0 0',
  },
]

let house: House
let screen: Screen
let n = 0

const eventsOf = (no: string, story: string): [source: string, event: object][] =>
  story
    .split(' | ')
    .filter((line) => line !== '')
    .map((line) => {
      const [source = '', day, type] = line.split(' ')
      n += 1
      const payload = type === 'DECIDE' ? { result: 'granted' } : {}
      const named = { event_id: `E${n}`, event_type: type, project_no: `C-${no}`, task_code: `five-${no}`, payload }
      return [source, { ...named, occurred_at: `2026-${day}T10:00:00+08:00`, org_code: no, window_no: no }]
    })

const read = async <T>(path: string): Promise<T> => (await (await house.get(path)).json()) as T
const caseOf = (no: string): Promise<CaseView> => read(`/api/v1/cases/C-${no}`)
const yellowOf = async (no: string) => (await caseOf(no)).cards.find(({ rule_id }) => rule_id === 'T-02')

const moveOn = async (no: string, move: string): Promise<void> => {
  const id = (await yellowOf(no))?.card_id ?? ''
  const answer = await fetch(`${house.serving.url}/api/v1/cards/${encodeURIComponent(id)}/moves`, {
    method: 'POST',
    headers: { authorization: `Bearer ${house.keys.supervisor}`, 'content-type': 'application/json' },
    body: JSON.stringify({ move, why: '核实' }),
  })
  if (!answer.ok) throw new Error(await answer.text())
}

beforeAll(async () => {
  house = await openHouse({ at: '2026-09-08T10:00:00+08:00', sources: ['east', 'west'] })
  const codes = ROWS.map(({ no }) => no)
  await house.load({
    ...SMALL,
    departments: codes.map((code) => ({ org_code: code, name: code, region_code: '459900' })),
    windows: codes.map((code, i) => ({ window_no: code, name: code, org_code: code, row: 1, column: i + 1 })),
    operators: [],
    items: codes.map((code) => ({
      task_code: `five-${code}`,
      name: '五日件',
      org_code: code,
      project_type: '2',
      promise: '5WD',
    })),
    sources: [
      { source: 'east', name: '东区系统' },
      { source: 'west', name: '西区系统' },
    ],
  })
  for (const { no } of ROWS)
    if (no.startsWith('D'))
      for (const [source, event] of eventsOf(no, 'east 09-08 ACCEPT')) await house.post(source, [event])
  house.clock.set(instant('2026-09-16T10:30:00+08:00'))
  await house.serving.supervisor.settled()
  for (const { no, late } of ROWS) {
    const all = eventsOf(no, late)
    const [first] = all
    if (first === undefined) continue
    // of one source in one request, so that nothing is told between
    const sources = [...new Set(all.map(([source]) => source))]
    const order = no.startsWith('E') ? sources.reverse() : sources
    for (const source of order)
      await house.post(
        source,
        all.flatMap(([of, event]) => (of === source ? [event] : [])),
      )
  }
  for (const { no, moves } of ROWS) for (const move of moves) await moveOn(no, move)
  house.clock.set(instant('2026-09-16T12:30:00+08:00'))
  await house.serving.supervisor.settled()
  screen = await openScreen(house.serving.url, { token: house.keys.screen })
  await screen.watch.until(() => screen.standing?.board.day.on === '2026-09-16', 'a board of the day')
}, 120_000)
afterAll(async () => {
  screen.close()
  await house.close()
})

const figuresOf = (row: MeasureRow | RankingRow | undefined): string =>
  [row?.on_time ?? 0, row?.late ?? 0, row?.overdue_in_hand ?? 0, row?.overdue_unconfirmed ?? 0].join(' ')

describe('late or not, everywhere', () => {
  it.each(ROWS)('C5 F5 M1: $no: card $state, $heading, figures $figures', async ({ no, state, heading, figures }) => {
    const found = await caseOf(no)
    const { rule, said } = headingOf(t, found)
    expect((await yellowOf(no))?.state).toBe(state)
    expect([rule, said].filter((part) => part !== '').join(' · ')).toBe(heading)
    const [onTime, late, excluded, overdue, unconfirmed] = figures.split(' ').map(Number)
    const { rows } = await read<{ rows: MeasureRow[] }>('/api/v1/measures?period=2026-Q3&by=department')
    const row = rows.find(({ key }) => key === no)
    expect([figuresOf(row), row?.excluded ?? 0]).toEqual([[onTime, late, overdue, unconfirmed].join(' '), excluded])
    expect(row?.on_time_rate ?? null).toBe((onTime ?? 0) + (late ?? 0) === 0 ? null : onTime)
    const ranking = await read<{ rows: RankingRow[] }>('/api/v1/rankings?period=2026-Q3&by=window')
    expect(figuresOf(ranking.rows.find(({ window_no }) => window_no === no))).toBe(figuresOf(row))
    const verdict = { on_time: onTime === 1, late: late === 1, excluded: excluded === 1 }
    const [is = null] = Object.entries(verdict).flatMap(([name, holds]) => (holds ? [name] : []))
    expect([found.verdict, found.on_time, found.unconfirmed]).toEqual([
      is,
      is === 'late' ? false : is === 'on_time' ? true : null,
      unconfirmed === 1,
    ])
    const { items } = await read<{ items: CaseLine[] }>(`/api/v1/cases?department=${no}`)
    expect(items.map(({ project_no, level }) => [project_no, level])).toEqual([[`C-${no}`, found.level]])
    const behind = await read<{ items: { project_no: string }[] }>(
      `/api/v1/measures/cases?period=2026-Q3&by=department&key=${no}&kind=late`,
    )
    expect(behind.items.map(({ project_no }) => project_no)).toEqual(late === 1 ? [`C-${no}`] : [])
  })

  it('M1 M3: the wall adds up the same', () => {
    const sum = (place: number): number => ROWS.reduce((all, { figures }) => all + Number(figures.split(' ')[place]), 0)
    const { quarter, unconfirmed, overdue_in_hand: overdue } = screen.standing?.board.figures ?? {}
    expect([quarter?.on_time, quarter?.late, overdue, unconfirmed]).toEqual([sum(0), sum(1), sum(3), sum(4)])
  })

  it('M1 X1: the export prints the same cells', async () => {
    const text = await (await house.get('/api/v1/measures?period=2026-Q3&by=department&format=json')).text()
    const table = JSON.parse(text) as { rows: MeasureRow[] }
    expect(table.rows.map((row) => `${row.key} ${figuresOf(row)}`).sort()).toEqual(
      ROWS.map(({ no, figures }) => {
        const [onTime, late, , overdue, unconfirmed] = figures.split(' ')
        return `${no} ${onTime} ${late} ${overdue} ${unconfirmed}`
      }).sort(),
    )
  })

  it('M7 A4: recount and replay find nothing', async () => {
    expect(await auditLedger(house.folder)).toMatchObject({ count: 0, unreadable: [] })
  })
})
