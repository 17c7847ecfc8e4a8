// Three weeks of one register of the field: all twelve cases get the same verdict, that of the latest export that stands, in
// whatever order the exports come, repeated, with one of them taken back, and after a restart. Audit, replay and evidence
// are asked after each step.

import { afterEach, describe, expect, it } from 'vitest'
import type { CatalogueFile, SourceRow } from '../../server/contract/catalogue.ts'
import { type House, instant, openHouse } from '../live/house.ts'
import {
  answered,
  bringWeek,
  clean,
  type Figures,
  figures,
  HALL,
  TWELVE,
  verdictOf,
  type Week,
  yellows,
} from './registers.ts'

const LATER = '2026-03-30T10:00:00+08:00'

let house: House
const openAt = async (at: string, more: Partial<CatalogueFile> = {}): Promise<void> => {
  house = await openHouse({ at, sources: [] })
  await house.load({ ...HALL, ...more })
}
afterEach(() => house.close())

interface Right {
  readonly verdict: string
  readonly figures: Omit<Figures, 'yellows'>
  /** Yellow cards that hold: rule and the day of the limit. */
  readonly holds: readonly string[]
}

const RIGHT: Readonly<Record<Week, Right>> = {
  week1: {
    verdict: 'accepted 2026-03-17 null',
    figures: { on_time: 0, late: 0, overdue_in_hand: 12 },
    holds: ['T-02 2026-03-17'],
  },
  week2: {
    verdict: 'concluded 2026-03-24 true',
    figures: { on_time: 12, late: 0, overdue_in_hand: 0 },
    holds: [],
  },
  week3: {
    verdict: 'concluded 2026-03-24 false',
    figures: { on_time: 0, late: 12, overdue_in_hand: 0 },
    holds: ['T-02 2026-03-24'],
  },
}

/** Cards that somebody is asked to lift hang on what was told before (C5, F2): they hold no more. */
const holding = async (): Promise<string[]> => {
  const counted = Object.entries(await yellows(house)).filter(([line]) => !/ (lifted|to_lift|overtaken) /.test(line))
  return counted.map(([line, n]) => {
    expect(n, line).toBe(12)
    return line.replace(/ \w+ /, ' ')
  })
}

/** Of what was told before the cure came: back-dating cures nothing by itself, until somebody decides (C5). */
const ASKED: Right = {
  verdict: 'concluded 2026-03-24 false',
  figures: { on_time: 0, late: 12, overdue_in_hand: 0 },
  holds: [],
}

/** The weeks that stand, as they came. Week 1 told a card; where week 2 came after it, its cure is asked about. */
const expectRight = async (standing: readonly Week[]): Promise<void> => {
  const latest = [...standing].sort().at(-1)
  if (latest === undefined) throw new Error('nothing stands')
  const isAsked = latest === 'week2' && standing.indexOf('week1') === 0
  const right = isAsked ? ASKED : RIGHT[latest]
  const verdicts = await Promise.all(TWELVE.map((no) => verdictOf(house, no)))
  expect(verdicts, standing.join(' ')).toEqual(TWELVE.map(() => right.verdict))
  const { yellows: _, ...found } = await figures(house)
  expect(found, standing.join(' ')).toEqual(right.figures)
  expect(await holding(), standing.join(' ')).toEqual(right.holds)
  await clean(house)
}

const ORDERS: readonly (readonly Week[])[] = [
  ['week1', 'week2', 'week3'],
  ['week1', 'week3', 'week2'],
  ['week2', 'week1', 'week3'],
  ['week2', 'week3', 'week1'],
  ['week3', 'week1', 'week2'],
  ['week3', 'week2', 'week1'],
]

describe('three weeks of a register', () => {
  it.each(ORDERS)('I14 F2: %s, %s, %s: after each the latest export that came is the record', async (...order) => {
    await openAt(LATER)
    for (const [i, week] of order.entries()) {
      await bringWeek(house, week)
      await expectRight(order.slice(0, i + 1))
    }
  })

  it('I14: repeated, with the middle week taken back, after a restart, and brought again', async () => {
    await openAt(LATER)
    const [first, second] = [await bringWeek(house, 'week1'), await bringWeek(house, 'week2')]
    await bringWeek(house, 'week1')
    await expectRight(['week1', 'week2'])
    const takeBack = (id: string) => answered(house, `imports/${id}/withdraw`, 'administrator', { why: '导错' })
    expect((await takeBack(second.import_id)).status).toBe(200)
    await expectRight(['week1'])
    await house.reopen()
    await expectRight(['week1'])
    await bringWeek(house, 'week3')
    await expectRight(['week1', 'week3'])
    expect((await takeBack(first.import_id)).status).toBe(200)
    await bringWeek(house, 'week2')
    await house.reopen()
    await expectRight(['week1', 'week2', 'week3'])
  })
})

const stepTo = async (at: string): Promise<void> => {
  house.clock.set(instant(at))
  await house.serving.supervisor.settled()
}

describe('week by week, as they come', () => {
  it('I14 C5: of a live source what was told stays counted until a person decides, and holds again when it is late', async () => {
    await openAt('2026-03-14T08:00:00+08:00')
    await bringWeek(house, 'week1')
    expect([await yellows(house), await figures(house)]).toEqual([
      {},
      { on_time: 0, late: 0, overdue_in_hand: 0, yellows: 0 },
    ])
    await stepTo('2026-03-18T09:00:00+08:00')
    expect(await yellows(house)).toEqual({ 'T-02 notified 2026-03-17': 12 })
    await stepTo('2026-03-21T08:00:00+08:00')
    await bringWeek(house, 'week2')
    expect(await yellows(house)).toEqual({ 'T-02 to_lift 2026-03-17': 12 })
    expect(await figures(house)).toEqual({ on_time: 0, late: 12, overdue_in_hand: 0, yellows: 12 })
    await clean(house)
    await stepTo('2026-03-28T08:00:00+08:00')
    await bringWeek(house, 'week3')
    expect(await yellows(house)).toEqual({ 'T-02 notified 2026-03-24': 12 })
    expect(await figures(house)).toEqual({ on_time: 0, late: 12, overdue_in_hand: 0, yellows: 12 })
    await clean(house)
  })

  it('I14 I13: of a source that delivers in batches nothing is told before the next week has come', async () => {
    const delivery = { mode: 'batch', delivers_at: ['08:00'], grace_work_days: 5 } satisfies Partial<SourceRow>
    const weekly: SourceRow = { source: 's', name: '周报', ...delivery }
    await openAt('2026-03-14T08:00:00+08:00', { sources: [weekly] })
    await bringWeek(house, 'week1')
    await stepTo('2026-03-18T09:00:00+08:00')
    expect(await yellows(house)).toEqual({ 'T-02 to_confirm 2026-03-17': 12 })
    expect((await figures(house)).yellows).toBe(0)
    await stepTo('2026-03-21T08:00:00+08:00')
    await bringWeek(house, 'week2')
    expect(await yellows(house)).toEqual({ 'T-02 lifted 2026-03-17': 12 })
    await clean(house)
    await stepTo('2026-03-28T08:00:00+08:00')
    await bringWeek(house, 'week3')
    expect(await yellows(house)).toEqual({ 'T-02 notified 2026-03-24': 12 })
    expect(await figures(house)).toEqual({ on_time: 0, late: 12, overdue_in_hand: 0, yellows: 12 })
    await clean(house)
  })
})
