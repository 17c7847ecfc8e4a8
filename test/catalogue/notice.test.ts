// Notices of holidays as clerks keep them, and how far they reach (T1a, U1, U17).

import { describe, expect, it } from 'vitest'
import type { CalendarFile } from '../../server/contract/catalogue.ts'
import cnCalendar from '../../server/core/law/data/cn.calendar.json' with { type: 'json' }
import cnStatutory from '../../server/core/law/data/cn.statutory.json' with { type: 'json' }
import { buildCalendar } from '../../server/core/time/calendar.ts'
import { parseDay } from '../../server/core/time/civil.ts'
import type { Day } from '../../server/core/time/instant.ts'
import { draftOf, faultsOf, laidBy } from './files.ts'

const CN = cnCalendar as unknown as CalendarFile
const day = (text: string): Day => parseDay(text) as Day
const lines = (...rows: readonly string[]): string => `${rows.join('\n')}\n`
const made = (draft: Awaited<ReturnType<typeof draftOf>>): CalendarFile => laidBy(draft, CN)

const SIX = lines(
  'calendar_id,on,kind,name',
  'cn,2027-01-01,off,元旦',
  'cn,2027-01-02,off,元旦',
  'cn,2027-01-03,off,元旦',
  'cn,2027-02-04,off,春节',
  'cn,2027-02-05,off,春节',
  'cn,2027-02-06,off,春节',
)

describe('how far a notice reaches', () => {
  it('T1a: six rows of 2027 reach no further than the last day they name; the year stays provisional [U1]', async () => {
    const draft = await draftOf('n.csv', SIX, { calendar: CN })
    expect(draft.coverage).toMatchObject([
      { from: '2007-01-01', to: '2027-02-06', before_to: '2026-12-31', by: 'last_day' },
    ])
    const calendar = buildCalendar(made(draft))
    expect(['2027-02-06', '2027-02-07', '2027-05-01', '2027-12-31'].map((on) => calendar.isCovered(day(on)))).toEqual([
      true,
      false,
      false,
      false,
    ])
    expect(['2027-02-08', '2027-05-01', '2027-10-01'].map((on) => calendar.isWorkDay(day(on)))).toEqual([
      false,
      false,
      false,
    ])
  })

  it('T1a: a notice that names every statutory day of its year covers the year', async () => {
    const rows = cnStatutory.days
      .filter(({ on }) => on.startsWith('2027'))
      .map(({ on, name }) => `cn,${on},off,${name}`)
    const draft = await draftOf('n.csv', lines('calendar_id,on,kind,name', ...rows), { calendar: CN })
    expect(draft.coverage).toMatchObject([{ to: '2027-12-31', by: 'whole_year', unnamed: [] }])
    const short = await draftOf('n.csv', lines('calendar_id,on,kind,name', ...rows.slice(1)), { calendar: CN })
    expect(short.coverage).toMatchObject([{ to: '2027-10-03', by: 'last_day' }])
  })

  it('T1a: whoever loads it says how far it reaches, never short of what it names; what it leaves out is told', async () => {
    const asked = await draftOf('n.csv', SIX, { calendar: CN, coversTo: '2027-06-30' })
    expect(asked.coverage[0]).toMatchObject({ to: '2027-06-30', by: 'asked' })
    expect(asked.coverage[0]?.unnamed.map(({ on }) => on)).toEqual([
      '2027-02-07',
      '2027-02-08',
      '2027-04-05',
      '2027-05-01',
      '2027-05-02',
      '2027-06-09',
    ])
    const short = await draftOf('n.csv', SIX, { calendar: CN, coversTo: '2027-02-01' })
    expect(faultsOf(short)).toEqual(['2 calendars to coverage_short'])
    const none = await draftOf('n.csv', SIX, { calendar: CN, coversTo: '2027-02-31' })
    expect(faultsOf(none)).toEqual(['2 calendars to not_a_day'])
  })

  it('T1a: a calendar of another place without statutory days covers what its rows name', async () => {
    const { statutory: _, ...bare } = CN
    const draft = await draftOf('n.csv', SIX, { calendar: bare as CalendarFile })
    expect(draft.coverage).toMatchObject([{ to: '2027-02-06', by: 'last_day', unnamed: [] }])
  })

  it('T1a: a whole calendar must say where its coverage begins', async () => {
    const rows = lines('calendar_id,zone,on,kind', 'x,UTC,2026-01-01,off')
    expect(faultsOf(await draftOf('x.csv', rows))).toEqual(['2 calendars from missing'])
  })
})

describe('the table of a clerk', () => {
  const taken = async (name: string, text: string) => {
    const draft = await draftOf(name, text, { calendar: CN })
    expect(faultsOf(draft)).toEqual([])
    return made(draft).days.filter(({ on }) => on >= '2026-12-20')
  }
  const WANTED = [
    { on: '2026-12-26', kind: 'work', name: '元旦' },
    { on: '2027-01-01', kind: 'off', name: '元旦' },
  ]

  it.each([
    ['moments of midnight for days', ['日期,类型,名称', '2027/1/1 0:00,放假,元旦', '2026/12/26 00:00:00,上班,元旦']],
    ['日期,类型,名称 with 放假 and 上班', ['日期,类型,名称', '2027-01-01,放假,元旦', '2026-12-26,上班,元旦']],
    [
      '日期,名称,放假/上班, numbered',
      ['序号,日期,星期,名称,放假/上班', '1,2027/1/1,五,元旦,放假', '2,2026/12/26,六,元旦,上班'],
    ],
    ['the day written out', ['日期,节日,状态', '2027年1月1日,元旦,休', '2026年12月26日,元旦,班']],
    [
      'a kind of day beside 放假/上班',
      ['日期,类型,名称,放假/上班', '20270101,法定,元旦,放假', '20261226,调休,元旦,上班'],
    ],
    ['是否放假', ['日期,节日名称,是否放假', '2027.1.1,元旦,是', '2026.12.26,元旦,否']],
  ])('T1a: loads as it is: %s [U17]', async (_, rows) => {
    expect(await taken('放假安排.csv', lines(...rows))).toEqual(WANTED)
  })

  it.each([
    ['a word that says neither', ['日期,类型,名称', '2027-01-01,调休,元旦'], '2 calendars 类型 not_listed'],
    ['a column nobody can place', ['日期,类型,名称,文号', '2027-01-01,放假,元旦,x'], '1 calendars 文号 unknown_column'],
    ['no column of kinds', ['日期,名称', '2027-01-01,元旦'], '1 - - no_table'],
  ])('T1a: refused, with its place: %s', async (_, rows, fault) => {
    const draft = await draftOf('n.csv', lines(...rows), { calendar: CN })
    expect(faultsOf(draft)).toContain(fault)
    expect(draft.document?.notices).toBeUndefined()
  })
})
