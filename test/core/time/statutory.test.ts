// The table of statutory days (T1a): a checked list, compared here with a lunar calendar that is not ours, with the notices
// of the years that have one, and with the law's own sentence.

import { readFileSync } from 'node:fs'
import { Lunar } from 'lunar-typescript'
import { describe, expect, it } from 'vitest'
import { buildCalendar } from '../../../server/core/time/calendar.ts'
import { CalendarError } from '../../../server/core/time/calendar-source.ts'
import { parseDay, printDay } from '../../../server/core/time/civil.ts'
import { statutoryDays } from '../../../server/core/time/statutory.ts'
import { cn, cnSource, day, stored } from './world.ts'

const YEARS = Array.from({ length: 13 }, (_, i) => 2025 + i)

/** 全国年节及纪念日放假办法 (2024): 元旦; 除夕 to 初三; 清明; 1 and 2 May; 端午; 中秋; 1 to 3 October. */
const byLaw = (year: number): string[] => {
  const first = Lunar.fromYmd(year, 1, 1).getSolar()
  const feasts = [
    `${year}-01-01`,
    ...[-1, 0, 1, 2].map((n) => first.next(n).toYmd()),
    Lunar.fromYmd(year, 6, 1).getJieQiTable().清明?.toYmd() ?? '',
    `${year}-05-01`,
    `${year}-05-02`,
    Lunar.fromYmd(year, 5, 5).getSolar().toYmd(),
    Lunar.fromYmd(year, 8, 15).getSolar().toYmd(),
    `${year}-10-01`,
    `${year}-10-02`,
    `${year}-10-03`,
  ]
  return [...new Set(feasts)].sort()
}

const table = [...(statutoryDays('cn') ?? new Map<never, string>())].map(([on]) => printDay(on))

describe('the statutory days of China', () => {
  it.each(YEARS)('T1a: %i as the law and the lunar calendar have them', (year) => {
    expect(table.filter((on) => on.startsWith(`${year}-`))).toEqual(byLaw(year))
  })

  it('T1a: the first day of 2027 is 6 February, where other software is a day late', () => {
    expect([table.includes('2027-02-05'), table.includes('2027-02-06'), table.includes('2027-02-09')]).toEqual([
      true,
      true,
      false,
    ])
  })

  it.each([2025, 2026])('T1a: the notice of %i lists every one of them as off', (year) => {
    const path = stored(`holidays/holiday-cn/${year}.json`)
    if (path === null) return
    const { days } = JSON.parse(readFileSync(path, 'utf8')) as { days: { date: string; isOffDay: boolean }[] }
    const off = new Set(days.filter(({ isOffDay }) => isOffDay).map(({ date }) => date))
    expect(table.filter((on) => on.startsWith(`${year}-`) && !off.has(on))).toEqual([])
  })

  it('T1a, T13: they are off in a year without a notice, and told apart from what a notice says', () => {
    const days = ['2026-10-01', '2027-05-01', '2027-05-03', '2027-10-04']
    expect(days.map((on) => [cn.isWorkDay(day(on)), cn.isByStatute(day(on)), cn.isCovered(day(on))])).toEqual([
      [false, false, true],
      [false, true, false],
      [true, false, false],
      [true, false, false],
    ])
  })

  it('T1a: a notice that leaves one out does not make it a working day', () => {
    const part = buildCalendar({ ...cnSource, to: '2027-06-30', days: cnSource.days })
    expect(part.isWorkDay(day('2027-05-01'))).toBe(false)
  })

  it('T1a: a region inherits them; a calendar that names no table has none; an unknown table is refused', () => {
    const local = {
      calendar_id: 'local',
      name: 'l',
      zone: 'Asia/Shanghai',
      parent: 'cn',
      from: '2026-01-01',
      to: '2026-12-31',
      days: [],
    }
    expect(buildCalendar(local, cn).isWorkDay(day('2027-10-01'))).toBe(false)
    const { statutory: _, ...bare } = cnSource
    expect(buildCalendar(bare).isWorkDay(day('2027-10-01'))).toBe(true)
    expect(() => buildCalendar({ ...cnSource, statutory: 'mars' })).toThrow(CalendarError)
    expect(parseDay('2027-10-01')).not.toBeNull()
  })
})
