// Periods and rates: which days a name means (M1), and quotients without false noughts (M3).
import { describe, expect, it } from 'vitest'
import { parsePeriod, previousQuarter, quarterOf } from '../../../server/core/measure/period.ts'
import { figuresOf, onTimeRate } from '../../../server/core/measure/rates.ts'
import { parseDay, printDay } from '../../../server/core/time/civil.ts'
import type { Day } from '../../../server/core/time/instant.ts'

const days = (name: string): string | null => {
  const period = parsePeriod(name)
  return period === null ? null : `${printDay(period.from)}..${printDay(period.to)}`
}

describe('periods', () => {
  it.each([
    ['2026', '2026-01-01..2026-12-31'],
    ['2026-H1', '2026-01-01..2026-06-30'],
    ['2026-H2', '2026-07-01..2026-12-31'],
    ['2026-Q1', '2026-01-01..2026-03-31'],
    ['2026-Q3', '2026-07-01..2026-09-30'],
    ['2026-Q4', '2026-10-01..2026-12-31'],
    ['2024-02', '2024-02-01..2024-02-29'],
    ['2026-02', '2026-02-01..2026-02-28'],
    ['2026-12', '2026-12-01..2026-12-31'],
    ['2026-07-14', '2026-07-14..2026-07-14'],
    ['2026-07-14..2026-08-01', '2026-07-14..2026-08-01'],
    ['2026-07-14..2026-07-14', '2026-07-14..2026-07-14'],
    ['all', '1970-01-01..2150-12-31'],
  ])('M1: %s is %s', (name, expected) => {
    expect(days(name)).toBe(expected)
  })

  it.each([
    '',
    '26',
    '2026-Q5',
    '2026-H3',
    '2026-13',
    '2026-00',
    '2026-02-30',
    '2026-08-01..2026-07-14',
    '2026-07..2026-08',
    'a..b',
    '2026-07-01..2026-07-02..2026-07-03',
    'ALL',
    '2026-q3',
  ])('M1: %j is no period, and no guess is made', (name) => {
    expect(parsePeriod(name)).toBeNull()
  })

  it('M1: the quarter of a day and the one before it, over the turn of the year', () => {
    const day = parseDay('2026-01-01') as Day
    expect(quarterOf(day).name).toBe('2026-Q1')
    expect(previousQuarter(day).name).toBe('2025-Q4')
    expect(quarterOf(parseDay('2026-12-31') as Day)).toEqual(parsePeriod('2026-Q4'))
  })
})

describe('rates', () => {
  it.each<[number, number, number | null]>([
    [0, 0, null],
    [0, 3, 0],
    [3, 0, 1],
    [2, 1, 2 / 3],
    [1, 999_999, 0.000001],
  ])('M3: %i in time and %i late is %s: exact, and nothing where nothing was timed', (onTime, late, rate) => {
    expect(onTimeRate(onTime, late)).toBe(rate)
  })

  it('M1 M3: concluded is the sum of its four parts; undated and excluded stand in no rate', () => {
    const figures = figuresOf({
      received: 9,
      accepted: 8,
      on_time: 3,
      late: 1,
      undated: 2,
      excluded: 1,
      in_hand: 1,
      overdue: 1,
      red: 1,
    })
    expect(figures).toMatchObject({
      concluded: 7,
      on_time_rate: 0.75,
      in_hand: 1,
      overdue_in_hand: 1,
      reds: 1,
      yellows: 0,
    })
    expect(figuresOf({ undated: 5 })).toMatchObject({ concluded: 5, on_time_rate: null })
  })
})
