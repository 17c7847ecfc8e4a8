// The calendar: China's days against two stored data sets, what a notice may say, what a region inherits, look-ups.

import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buildCalendar, FIRST_DAY, LAST_DAY } from '../../../server/core/time/calendar.ts'
import { CalendarError, type CalendarSource } from '../../../server/core/time/calendar-source.ts'
import { printDay, printInstant } from '../../../server/core/time/civil.ts'
import { asDay, type Day } from '../../../server/core/time/instant.ts'
import { shift, works, worldOf } from './slow.ts'
import { at, cn, cnDays, day, stored } from './world.ts'

const every = (from: string, to: string): string[] => {
  const days: string[] = []
  for (let date = from; date <= to; date = shift(date, 1)) days.push(date)
  return days
}

const YEARS = every('2007-01-01', '2026-12-31')
const weekday = (date: string): boolean => ![0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay())

describe('the calendar of China, 2007–2026', () => {
  it('T1: agrees with the arrangements of the State Council, year by year', () => {
    if (stored('holidays/holiday-cn') === null) return
    const listed = new Map<string, boolean>()
    for (let year = 2007; year <= 2026; year++) {
      const file = JSON.parse(readFileSync(stored(`holidays/holiday-cn/${year}.json`) ?? '', 'utf8'))
      for (const entry of file.days as { date: string; isOffDay: boolean }[]) listed.set(entry.date, !entry.isOffDay)
    }
    const differ = YEARS.filter((date) => cn.isWorkDay(day(date)) !== (listed.get(date) ?? weekday(date)))
    expect(differ).toEqual([])
  })

  it('T1: agrees with a second, independent list', () => {
    const path = stored('holidays/chinese-days/chinese-days.json')
    if (path === null) return
    const { holidays, workdays } = JSON.parse(readFileSync(path, 'utf8')) as Record<
      'holidays' | 'workdays',
      Record<string, string>
    >
    const working = (date: string): boolean => date in workdays || (weekday(date) && !(date in holidays))
    expect(YEARS.filter((date) => cn.isWorkDay(day(date)) !== working(date))).toEqual([])
  })

  it.each([
    ['2026-02-14', 'makeup', '春节'],
    ['2026-02-16', 'holiday', '春节'],
    ['2026-02-21', 'holiday', '春节'],
    ['2026-05-09', 'makeup', '劳动节'],
    ['2026-05-16', 'weekend', null],
    ['2026-05-18', 'work', null],
    ['2025-10-06', 'holiday', '国庆节、中秋节'],
    ['2015-09-03', 'holiday', '抗战胜利纪念日'],
    ['2030-10-01', 'holiday', '国庆节'],
    ['2030-10-04', 'work', null],
    ['2027-02-05', 'holiday', '春节'],
    ['2027-02-08', 'holiday', '春节'],
    ['2027-02-09', 'work', null],
    ['2031-10-01', 'holiday', '中秋节、国庆节'],
  ])('T1: %s is %s %s', (date, kind, name) => {
    expect([cn.kindOf(day(date)), cn.nameOf(day(date))]).toEqual([kind, name])
  })

  it('T13: names the last December day that no notice of a next year has ever touched', () => {
    expect([printDay(cn.from), printDay(cn.to), printDay(cn.certainTo)]).toEqual([
      '2007-01-01',
      '2026-12-31',
      '2026-12-28',
    ])
    expect([cn.isCovered(day('2006-12-31')), cn.isCovered(day('2026-12-28')), cn.isCovered(day('2026-12-29'))]).toEqual(
      [false, true, false],
    )
    if (stored('holidays/holiday-cn') === null) return
    let earliest = '12-31'
    for (let year = 2007; year <= 2026; year++) {
      const file = JSON.parse(readFileSync(stored(`holidays/holiday-cn/${year}.json`) ?? '', 'utf8'))
      for (const { date } of file.days as { date: string }[]) {
        if (date < `${year}-01-01` && date.slice(5) < earliest) earliest = date.slice(5)
      }
    }
    expect(earliest).toBe('12-29')
  })
})

describe('look-ups', () => {
  const world = worldOf(cnDays)
  const days = fc.integer({ min: day('2006-01-01'), max: day('2028-01-01') }).map(asDay)
  const slowAdd = (from: Day, n: number): string => {
    let date = printDay(from)
    for (let left = Math.abs(n); left > 0; ) {
      date = shift(date, Math.sign(n))
      if (works(world, date)) left--
    }
    return date
  }

  it('T15: adding working days agrees with walking, both ways', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: -60, max: 60 }), (d, n) => printDay(cn.addWorkDays(d, n)) === slowAdd(d, n)),
      { seed: 15, numRuns: 10_000 },
    )
  })

  it('T15: counting is the inverse of adding', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: 1, max: 500 }), (d, n) => {
        const to = cn.addWorkDays(d, n)
        return (
          cn.countWorkDays(d, to) === n &&
          cn.countWorkDays(to, d) === 0 &&
          cn.addWorkDays(to, -n) === cn.workDayOnOrBefore(d)
        )
      }),
      { seed: 16, numRuns: 10_000 },
    )
  })

  it('T15: beyond its days it refuses and never guesses', () => {
    expect(() => cn.addWorkDays(LAST_DAY, 1)).toThrow(RangeError)
    expect(() => cn.addWorkDays(FIRST_DAY, -1)).toThrow(RangeError)
    expect(() => cn.countWorkDays(asDay(FIRST_DAY - 2), day('2026-01-01'))).toThrow(/1969-12-30 lies outside/)
    expect(() => cn.isWorkDay(asDay(Number.NaN))).toThrow(RangeError)
    expect(() => cn.workDayOnOrAfter(asDay(LAST_DAY + 1))).toThrow(RangeError)
  })
})

describe('office hours', () => {
  it.each([
    ['2026-05-11T08:00', '2026-05-11T09:00:00+08:00', 'before opening'],
    ['2026-05-11T10:00', '2026-05-11T10:00:00+08:00', 'open: now'],
    ['2026-05-11T12:00', '2026-05-11T13:30:00+08:00', 'noon: the second span'],
    ['2026-05-11T17:30', '2026-05-12T09:00:00+08:00', 'closed: tomorrow'],
    ['2026-05-16T10:00', '2026-05-18T09:00:00+08:00', 'a day off'],
    ['2026-09-30T18:00', '2026-10-08T09:00:00+08:00', 'the National Day'],
  ])('T1: after %s the office opens at %s: %s', (now, opens) => {
    expect(printInstant(cn.nextOpening(at(now)), cn.zone)).toBe(opens)
  })

  it('T1: a day off has no spans, opening or closing', () => {
    const sunday = day('2026-05-17')
    expect([cn.spansOf(sunday), cn.openingOf(sunday), cn.closingOf(sunday)]).toEqual([[], null, null])
    expect(cn.spansOf(day('2026-05-18'))).toHaveLength(2)
    expect(cn.officeMinutes).toBe(420)
  })
})

const region: CalendarSource = {
  calendar_id: 'cn-45',
  name: '广西',
  zone: 'Asia/Shanghai',
  parent: 'cn',
  from: '2020-01-01',
  to: '2026-12-31',
  days: [
    { on: '2026-04-20', kind: 'off', name: '三月三' },
    { on: '2026-05-09', kind: 'off', name: '本地' },
    { on: '2026-05-04', kind: 'work', name: '本地' },
  ],
}

describe('a regional calendar', () => {
  const own = buildCalendar(region, cn)

  it('T1: adds its days to its parent, and may take one back', () => {
    expect(own.kindOf(day('2026-04-20'))).toBe('holiday')
    expect(own.kindOf(day('2026-05-09'))).toBe('holiday')
    expect(own.isWorkDay(day('2026-05-04'))).toBe(true)
    expect(own.kindOf(day('2026-02-14'))).toBe('makeup')
    expect(cn.isWorkDay(day('2026-04-20'))).toBe(true)
  })

  it('T1: inherits office hours, weekend and zone unless it names its own', () => {
    expect(own.officeMinutes).toBe(cn.officeMinutes)
    const late = buildCalendar({ ...region, office_hours: [['10:00', '18:00']], weekend: [7] }, cn)
    expect([late.officeMinutes, late.isWorkDay(day('2026-05-16')), late.isWorkDay(day('2026-05-17'))]).toEqual([
      480,
      true,
      false,
    ])
  })

  it('T13: before its first notice it is its parent; past the shorter of both nothing is certain', () => {
    expect([printDay(own.from), printDay(own.certainTo)]).toEqual(['2007-01-01', '2026-12-28'])
    expect(printDay(buildCalendar({ ...region, to: '2026-06-30' }, cn).certainTo)).toBe('2026-06-30')
  })

  it('T1: is not built without its parent', () => {
    expect(() => buildCalendar(region)).toThrow(CalendarError)
  })
})

describe('a notice that cannot be right', () => {
  const plain: CalendarSource = {
    calendar_id: 'x',
    name: 'x',
    zone: 'Asia/Shanghai',
    from: '2026-01-01',
    to: '2026-12-31',
    days: [],
  }
  const off = (on: string) => ({ on, kind: 'off' as const })

  it.each<[string, string, Partial<CalendarSource>]>([
    ['unknown_zone', '/zone', { zone: 'Asia/Peking' }],
    ['bad_date', '/from', { from: '2026-1-1' }],
    ['bad_date', '/days/0/on', { days: [off('2026-02-30')] }],
    ['bad_date', '/certain_to_month_day', { certain_to_month_day: '13-01' }],
    ['bad_range', '/to', { to: '2025-12-31' }],
    ['day_outside', '/days/0/on', { days: [off('2027-01-01')] }],
    ['day_twice', '/days/1/on', { days: [off('2026-01-01'), { on: '2026-01-01', kind: 'work' }] }],
    ['bad_kind', '/days/0/kind', { days: [{ on: '2026-01-01', kind: 'half' as 'off' }] }],
    ['bad_weekend', '/weekend/0', { weekend: [0] }],
    ['bad_weekend', '/weekend', { weekend: [1, 2, 3, 4, 5, 6, 7] }],
    [
      'bad_office_hours',
      '/office_hours/1',
      {
        office_hours: [
          ['09:00', '12:00'],
          ['11:30', '17:30'],
        ],
      },
    ],
    ['bad_office_hours', '/office_hours/0', { office_hours: [['12:00', '09:00']] }],
    ['bad_office_hours', '/office_hours/0', { office_hours: [['09:00', '25:00']] }],
    ['bad_office_hours', '/office_hours', { office_hours: [] }],
    ['bad_parent', '/parent', { parent: 'nowhere' }],
  ])('I9: %s at %s', (code, where, change) => {
    let thrown: unknown
    try {
      buildCalendar({ ...plain, ...change })
    } catch (error) {
      thrown = error
    }
    expect(thrown).toBeInstanceOf(CalendarError)
    expect(thrown).toMatchObject({ code, at: where })
  })

  it('T13: only a coverage that ends with a year waits for the next one', () => {
    expect(printDay(buildCalendar({ ...plain, to: '2026-11-30', certain_to_month_day: '12-28' }).certainTo)).toBe(
      '2026-11-30',
    )
    expect(printDay(buildCalendar(plain).certainTo)).toBe('2026-12-31')
  })
})
