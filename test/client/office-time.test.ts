// Countdowns of the wall count the time of the office and say so: no night, no midday break, no day off (U5), and 实时 is
// said only for a reason (U6). Tuesday 29 September 2026, 9:00–12:00 and 13:30–17:30; the 1st to the 7th of October are off.

import { describe, expect, it } from 'vitest'
import { wordsOf } from '../../client/i18n/both.ts'
import { officeDistance, officeMsIn } from '../../client/lib/office-time.ts'
import { lineState, type OfficeState, silentSource } from '../../client/wall/view.ts'
import type { SourceLag } from '../../server/contract/live.ts'
import { busyDay, makeBoard } from './board.fixture.ts'

const board = makeBoard(7)
const at = (text: string): number => Date.parse(`2026-${text}+08:00`)

describe('countdowns', () => {
  it.each([
    ['09-29T14:32:07', '09-29T14:32:06', '已到期', '已到期'],
    ['09-29T17:00:00', '09-29T17:30:00', '剩30分', '办公时间还有30分'],
    ['09-29T14:30:00', '09-29T17:30:00', '剩3时', '办公时间还有3时'],
    // to closing time and not to midnight
    ['09-29T14:30:00', '09-29T23:59:59.999', '剩3时', '办公时间还有3时'],
    // the midday break is nobody's time
    ['09-29T11:30:00', '09-29T23:59:59.999', '剩4时', '办公时间还有4时30分'],
    ['09-29T17:30:00', '09-29T23:59:59.999', '今日止', '今日到期，已闭厅'],
    ['09-29T23:50:00', '09-30T00:20:00', '明日', '明日到期'],
    ['09-29T09:00:00', '09-30T23:59:59.999', '明日', '明日到期'],
    // the 30th and the 8th work; the seven days between are off
    ['09-29T09:00:00', '10-08T23:59:59.999', '剩2日', '还有 2 个工作日'],
    ['09-29T09:00:00', '12-08T23:59:59.999', '12月8日', '12月8日到期'],
  ])('T14: at %s a deadline of %s reads %s, in full %s [U5]', (now, limit, short, long) => {
    const left = officeDistance(at(limit), at(now), board)
    const { hall } = wordsOf('zh')
    expect([hall.left(left), hall.leftLong(left)]).toEqual([short, long])
  })

  it('C4: an answer is counted in working days [U5]', () => {
    const { stream } = wordsOf('zh')
    const reply = (limit: string): string => stream.replyIn(officeDistance(at(limit), at('09-29T14:30:00'), board))
    expect([reply('10-09T23:59:59.999'), reply('09-29T23:59:59.999')]).toEqual(['3工作日内回复', '今日内回复，剩3时'])
    const english = wordsOf('en').stream.replyIn(officeDistance(at('10-09T23:59:59.999'), at('09-29T14:30:00'), board))
    expect(english).toBe('reply in 3 wd')
  })

  it('T1: office time of a day leaves out its break and what lies before and after', () => {
    expect(officeMsIn(busyDay(1), at('09-28T20:00:00'), at('09-29T14:00:00'))).toBe(3.5 * 3_600_000)
  })
})

describe('whether the wall is of now', () => {
  const source = (officeMinutes: number | null, batch = false): SourceLag => ({
    source: `S${officeMinutes}`,
    name: '东区',
    last_event_at: null,
    lag_ms: officeMinutes === null ? null : officeMinutes * 60_000,
    office_lag_ms: officeMinutes === null ? null : officeMinutes * 60_000,
    batch,
    waiting_rows: 0,
  })
  const stateOf = (sources: SourceLag[], office: OfficeState = 'open', usual: number | null = null): string =>
    lineState(
      { sources, hours: [{ hour: 10, received: 0, accepted: 0, concluded: 0, usual }] },
      { grownMs: 0, office, hour: 10 },
    )

  it.each([
    ['on', [source(5), source(500)], 'open', null],
    ['waiting', [source(60)], 'open', null],
    ['waiting', [source(null)], 'open', null],
    ['waiting', [], 'open', null],
    // twelve an hour are usual: a quarter of an hour without any is a silence, at two an hour it is none
    ['waiting', [source(20)], 'open', 12],
    ['on', [source(50)], 'open', 2],
    ['shut', [source(5)], 'closed', null],
    ['shut', [source(5)], 'day_off', null],
    ['on', [source(5)], 'lunch', null],
  ] as [string, SourceLag[], OfficeState, number | null][])(
    'L3: %s of %j while %s, %s an hour being usual [U6]',
    (state, sources, office, usual) => {
      expect(stateOf(sources, office, usual)).toBe(state)
    },
  )

  it('I13: a source is silent after two hours of office time, a batch source never by that [U6]', () => {
    expect(silentSource([source(119), source(500, true)], 0)).toBeNull()
    expect(silentSource([source(119), source(500, true)], 60_000)).toEqual({ name: '东区', lagMs: 7_200_000 })
  })
})
