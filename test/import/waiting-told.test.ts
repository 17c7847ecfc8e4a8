// What came of a case and could not be taken is told on the case (I15): its facts lack it, and a card may stand for that alone. A
// log of events whose conclusion cannot be read leaves the case open; whoever opens it reads so, with file, row and reason.

import { afterEach, beforeEach, expect, it } from 'vitest'
import type { CaseView } from '../../server/contract/api.ts'
import type { CardWhole } from '../../server/contract/card-whole.ts'
import type { CaseWaiting } from '../../server/contract/case-waiting.ts'
import type { QuarantineView } from '../../server/office/rejects-kept.ts'
import { type House, openHouse } from '../live/house.ts'
import { bring, clean, get, HALL } from './registers.ts'

const MAPPING = {
  mapping: 'log',
  source: 's',
  zone: 'Asia/Shanghai',
  fields: { project_no: '办件编号', org_code: { const: 'd' } },
  events: [
    { type: 'ACCEPT', at: '时间', when: { column: '动作', is: ['受理'] }, payload: { promise_due_at: '应办' } },
    { type: 'COMPLETE', at: '时间', when: { column: '动作', is: ['办结'] } },
  ],
}

let house: House
beforeEach(async () => {
  house = await openHouse({ at: '2026-03-30T10:00:00+08:00', sources: ['s'] })
  await house.load(HALL)
})
afterEach(() => house.close())

const log = (name: string, ...rows: readonly string[]) =>
  bring(house, {
    name,
    text: `${['办件编号,动作,时间,应办', ...rows].join('\n')}\n`,
    asOf: '2026-03-20T08:00:00+08:00',
    mapping: MAPPING,
  })
const linesOf = ({ count, items }: CaseWaiting): string =>
  `${count}: ${items.map(({ event_type: type, row, message }) => `${type} @${row} ${/时间|日期/.test(message)}`).join('; ')}`
const told = async (no: string): Promise<string> => {
  const { status, waiting } = await get<CaseView>(house, `cases/${no}`)
  return `${status} ${linesOf(waiting)}`
}
/** What the page of each card of a case says beside it. */
const toldOfCards = async (no: string): Promise<string[]> => {
  const { cards } = await get<CaseView>(house, `cases/${no}`)
  const whole = await Promise.all(cards.map(({ card_id: id }) => get<CardWhole>(house, `cards/${id}`)))
  return whole.map(({ rule_id: rule, waiting }) => `${rule} ${waiting === null ? 'of no case' : linesOf(waiting)}`)
}

it('I15: a log whose conclusion cannot be read: its case is open, and says what is not in it', async () => {
  await log(
    'a.csv',
    'L-1,受理,2026-03-10 09:00:00,2026-03-17',
    'L-1,办结,2026-03-1六 10:00:00,',
    'L-2,受理,2026-03-10 09:00:00,2026-03-31',
  )
  expect([await told('L-1'), await told('L-2')]).toEqual(['accepted 1: COMPLETE @2 true', 'accepted 0: '])
  await log('b.csv', 'L-1,受理,2026-03-10 09:00:00,2026-03-17', 'L-1,办结,2026-03-16 10:00:00,')
  expect(await told('L-1'), 'the file of after mended it').toBe('concluded 0: ')
  await clean(house)
})

it('I15 C3: a card of a case of which a row waits says so on its own page', async () => {
  await log(
    'a.csv',
    'L-1,受理,2026-03-10 09:00:00,2026-03-17',
    'L-1,办结,2026-03-1六 10:00:00,',
    'L-2,受理,2026-03-10 09:00:00,2026-03-17',
  )
  expect([...new Set(await toldOfCards('L-1'))]).toEqual(expect.arrayContaining(['T-02 1: COMPLETE @2 true']))
  expect([...new Set(await toldOfCards('L-2'))]).toEqual(expect.arrayContaining(['T-02 0: ']))
  await clean(house)
})

it('I15 I6: what a later export cured is cured in every place: case, card, import, sources, and in the list by which import', async () => {
  await log('a.csv', 'L-1,受理,2026-03-10 09:00:00,2026-03-17', 'L-1,办结,2026-03-1六 10:00:00,')
  const answers = async () => {
    const sources = await get<{ items: { waiting_rows: number }[] }>(house, 'sources')
    const { items: imports } = await get<{ items: { no: number; waiting: number }[] }>(house, 'imports/entries')
    const { items: kept } = await get<{ items: QuarantineView[] }>(house, 'quarantine')
    return {
      case: await told('L-1'),
      cards: [...new Set(await toldOfCards('L-1'))].filter((line) => line.startsWith('T-02')),
      sources: sources.items.map(({ waiting_rows: rows }) => rows),
      imports: imports.map(({ waiting }) => waiting),
      list: kept.map((row) => [row.resolved_at, row.cured_by?.import_no ?? null]),
      later: imports[0]?.no,
    }
  }
  expect(await answers()).toMatchObject({ case: 'accepted 1: COMPLETE @2 true', sources: [1], imports: [1] })
  await log('b.csv', 'L-1,受理,2026-03-10 09:00:00,2026-03-17', 'L-1,办结,2026-03-16 10:00:00,')
  const cured = await answers()
  expect(cured).toMatchObject({ case: 'concluded 0: ', sources: [0], imports: [0, 0] })
  expect(cured.cards.every((line) => line === 'T-02 0: ')).toBe(true)
  expect(cured.list).toEqual([[null, cured.later]])
  await clean(house)
})
