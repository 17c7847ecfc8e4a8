// Calendars out of a table of days (I9, T1, T13): a whole one, and the notice of December laid upon the one in force.

import { describe, expect, it } from 'vitest'
import type { CalendarFile } from '../../server/contract/catalogue.ts'
import { buildCalendar } from '../../server/core/time/calendar.ts'
import { parseDay } from '../../server/core/time/civil.ts'
import type { Day } from '../../server/core/time/instant.ts'
import { cnWith, draftOf, faultsOf, laidBy, masterMappingOf } from './files.ts'

const CN: CalendarFile = {
  ...cnWith([
    { on: '2026-10-01', kind: 'off', name: '国庆节' },
    { on: '2026-10-10', kind: 'work', name: '国庆节' },
  ]),
  sources: ['2026 年通知'],
}
const NOTICE = [
  'calendar_id,on,kind,name,source',
  'cn,2027-01-01,off,元旦,2027 年通知',
  'cn,2026-12-31,休,元旦,',
  'cn,2027/1/3,班,元旦,',
].join('\n')

const only = (calendars: unknown): CalendarFile => (calendars as CalendarFile[])[0] as CalendarFile
const day = (text: string): Day => parseDay(text) as Day

describe('a notice of holidays', () => {
  it('I9, T1: replaces the days it lists, leaves the others, and the coverage reaches as far as is said', async () => {
    const draft = await draftOf('notice.csv', NOTICE, { calendar: CN, coversTo: '2027-12-31' })
    expect(faultsOf(draft)).toEqual([])
    const made = laidBy(draft, CN)
    expect(made).toEqual({
      ...CN,
      to: '2027-12-31',
      days: [
        ...CN.days,
        { on: '2026-12-31', kind: 'off', name: '元旦' },
        { on: '2027-01-01', kind: 'off', name: '元旦' },
        { on: '2027-01-03', kind: 'work', name: '元旦' },
      ],
      sources: ['2026 年通知', '2027 年通知'],
    })
    const [before, after] = [buildCalendar(CN), buildCalendar(made)]
    expect([before, after].map(({ isCovered }) => isCovered(day('2027-06-01')))).toEqual([false, true])
    expect([before, after].map(({ isWorkDay }) => isWorkDay(day('2027-01-01')))).toEqual([true, false])
    expect(after.kindOf(day('2027-01-03'))).toBe('makeup')
    expect(after.kindOf(day('2026-10-10'))).toBe('makeup')
  })

  it('T1: a later notice may change a day that was certain', async () => {
    const draft = await draftOf('n.csv', 'calendar_id,on,kind,name\ncn,2026-10-10,off,国庆节\n', { calendar: CN })
    const made = laidBy(draft, CN)
    expect(made.days.filter(({ on }) => on === '2026-10-10')).toEqual([
      { on: '2026-10-10', kind: 'off', name: '国庆节' },
    ])
    expect([made.from, made.to]).toEqual(['2025-01-01', '2026-12-31'])
  })

  it.each([
    ['a year between is missing', 'cn,2028-01-01,off,元旦', '2 calendars calendar_id calendar_gap'],
    ['there is no such calendar', 'mars,2027-01-01,off,元旦', '2 calendars calendar_id unknown_calendar'],
    ['a kind that is none', 'cn,2027-01-01,maybe,元旦', '2 calendars kind not_listed'],
    ['a day that is none', 'cn,2027-02-30,off,元旦', '2 calendars on not_a_day'],
    ['no day at all', 'cn,,off,元旦', '2 calendars on missing'],
    ['one day of two kinds', 'cn,2027-01-01,off,元旦\ncn,2027-01-01,work,元旦', '3 calendars on differs'],
  ])('I9: refused, with its line: %s', async (_, lines, fault) => {
    const draft = await draftOf('n.csv', `calendar_id,on,kind,name\n${lines}\n`, { calendar: CN })
    expect(faultsOf(draft)).toContain(fault)
  })
})

describe('a calendar of any place', () => {
  it('I9, T1: whole out of a table of days, its frame on one row or on all', async () => {
    const csv = [
      'calendar_id,calendar_name,zone,from,to,office_hours,weekend,on,kind,name',
      'il,ישראל,Asia/Jerusalem,2026-01-01,2026-12-31,08:00-12:30 13:00-16:00,"5,6",2026-04-02,off,Pesach',
      'il,,,,,,,2026-04-08,off,Pesach',
    ].join('\n')
    const draft = await draftOf('il.csv', csv)
    expect(faultsOf(draft)).toEqual([])
    const calendar = buildCalendar(only(draft.document?.calendars))
    expect(calendar.officeMinutes).toBe(450)
    expect([day('2026-04-03'), day('2026-04-05'), day('2026-04-02')].map(calendar.isWorkDay)).toEqual([
      false,
      true,
      false,
    ])
  })

  it('I9: a foreign list of holidays by a mapping', async () => {
    const mapping = masterMappingOf({
      mapping: 'public list of holidays',
      format: 'json',
      rows: '/days',
      tables: [
        {
          table: 'calendars',
          fields: {
            calendar_id: { const: 'cn' },
            on: 'date',
            kind: { column: 'isOffDay', map: { true: 'off', false: 'work' } },
            name: 'name',
          },
        },
      ],
    })
    const body = {
      days: [
        { name: '元旦', date: '2027-01-01', isOffDay: true },
        { name: '元旦', date: '2027-01-03', isOffDay: false },
      ],
    }
    const draft = await draftOf('2027.json', JSON.stringify(body), { mapping, calendar: CN })
    expect(faultsOf(draft)).toEqual([])
    expect(
      laidBy(draft, CN)
        .days.slice(-2)
        .map(({ kind }) => kind),
    ).toEqual(['off', 'work'])
  })
})
