// The page's own arithmetic: periods stepped, cells printed, figures linked (R1, M1, M3).

import { describe, expect, it } from 'vitest'
import { casesHref, cellText, type Frame, scaleFrom } from '../../client/figures/cell.ts'
import { hasBegun, kindOf, periodAround, periodText, rangeOf, stepPeriod } from '../../client/figures/period.ts'
import { wordsOf } from '../../client/i18n/both.ts'
import { placeOf } from '../../client/pages.ts'
import type { RankingRow, TableColumn } from '../../server/contract/ranking.ts'
import { parsePeriod } from '../../server/core/measure/period.ts'
import { printDay } from '../../server/core/time/civil.ts'
import { periodWords } from '../../server/present/period.ts'

const zh = wordsOf('zh')
const en = wordsOf('en')

describe('periods', () => {
  it.each([
    ['2026-Q3', 1, '2026-Q4'],
    ['2026-Q4', 1, '2027-Q1'],
    ['2026-Q1', -1, '2025-Q4'],
    ['2026-H1', -1, '2025-H2'],
    ['2026-H2', 1, '2027-H1'],
    ['2026', -1, '2025'],
    ['2026-12', 1, '2027-01'],
    ['2026-01', -13, '2024-12'],
    ['2026-07-14', 1, '2026-07-15'],
    ['2026-03-01', -1, '2026-02-28'],
    ['2026-12-31', 1, '2027-01-01'],
    ['2026-07-01..2026-07-14', 1, null],
    ['all', 1, null],
    ['2026-Q5', 1, null],
    ['2026-13', 1, null],
  ])('M1: %s and %i more is %s', (name, by, expected) => expect(stepPeriod(name, by)).toBe(expected))

  it.each([
    ['quarter', '2026-Q3'],
    ['half', '2026-H2'],
    ['year', '2026'],
    ['month', '2026-09'],
    ['day', '2026-09-29'],
  ] as const)('M1: the %s around 29 September is %s', (kind, expected) => {
    expect(periodAround(kind, '2026-09-29')).toBe(expected)
  })

  it('M1: each month lies in the quarter and half that the server takes it for, and steps reach every one', () => {
    for (let name = '2025-01', n = 0; n < 24; n++) {
      const month = parsePeriod(name)
      for (const kind of ['quarter', 'half', 'year'] as const) {
        const around = parsePeriod(periodAround(kind, `${name}-15`))
        expect([name, kind, (around?.from ?? 0) <= (month?.from ?? -1)]).toEqual([name, kind, true])
        expect([name, kind, (around?.to ?? 0) >= (month?.to ?? 0)]).toEqual([name, kind, true])
      }
      name = stepPeriod(name, 1) ?? ''
    }
  })

  it.each(['2026-Q3', '2026-H2', '2026', '2026-07', '2026-07-14'])(
    'M1: %s has begun on its first day and not before',
    (name) => {
      const from = parsePeriod(name)?.from ?? 0
      expect(hasBegun(name, printDay(from as never))).toBe(true)
      expect(hasBegun(name, printDay((from - 1) as never))).toBe(false)
    },
  )

  it.each(['2026-Q1', '2026-Q4', '2026-H1', '2026-H2', '2026', '2026-07', '2026-07-14', 'all'])(
    'X1: the picker and the titles call %s the same',
    (name) => {
      const period = parsePeriod(name)
      expect(period === null ? '' : periodWords(period).zh).toBe(periodText(zh, name))
    },
  )

  it('M1: a range is shown by its two days and has no kind; what cannot be read is shown as it is', () => {
    expect(periodText(zh, '2026-07-01..2026-07-14')).toBe('2026年7月1日至2026年7月14日')
    expect(periodText(en, '2026-07-01..2026-07-14')).toBe('1 Jul 2026 to 14 Jul 2026')
    expect(rangeOf('2026-07-01..2026-07-14')).toEqual({ from: '2026-07-01', to: '2026-07-14' })
    for (const name of ['2026-07-14..2026-07-01', '2026-07-01', '2026-Q3', 'a..b', '2026-07-01..2026-07-02..x'])
      expect([name, rangeOf(name)]).toEqual([name, null])
    expect([kindOf('2026-07-01'), kindOf('all'), kindOf('2026-07-01..2026-07-14')]).toEqual(['day', null, null])
    expect([periodText(en, '2026-Q3'), periodText(en, 'no such')]).toEqual(['Q3 2026', 'no such'])
  })
})

const ROW: RankingRow = {
  place: 1,
  key: 'A 01',
  window_no: 'A 01',
  name: '食品经营',
  name_en: 'Food',
  department: 'MR',
  department_name: '市监',
  department_name_en: 'Market',
  counted: 2000,
  on_time: 1999,
  late: 1,
  overdue_in_hand: 0,
  overdue_unconfirmed: 0,
  timeliness: 0.9995,
  adjusted: 0.876,
  adjusted_high: 0.99,
  reds: 0,
  yellows: 2,
  red_flag: true,
  unranked: null,
  remark: '红旗候选',
  remark_en: 'Red-flag candidate',
}
const column = (key: string, type: TableColumn['type'], more: Partial<TableColumn> = {}): TableColumn => ({
  key,
  zh: key,
  en: key,
  type,
  ...more,
})
const FRAME: Frame = { period: '2026-Q3', by: 'window', scope: { region: null, department: 'MR' } }

describe('cells', () => {
  it.each([
    [column('timeliness', 'rate', { part: 'on_time', of: 'counted' }), '99.9%', '99.9%'],
    [column('adjusted', 'rate'), '87.6%', '87.6%'],
    [column('name', 'text'), '食品经营', 'Food'],
    [column('remark', 'text'), '红旗候选', 'Red-flag candidate'],
    [column('counted', 'integer'), '2,000', '2,000'],
    [column('place', 'integer'), '1', '1'],
  ])('M3: %j', (asked, chinese, english) => {
    expect([cellText(zh, ROW, asked), cellText(en, ROW, asked)]).toEqual([chinese, english])
  })

  it('M3: what is not there is a dash', () => {
    const row = { ...ROW, place: null, timeliness: null, adjusted: null, counted: 0, on_time: 0 }
    const keys = [column('place', 'integer'), column('adjusted', 'rate')]
    const rate = column('timeliness', 'rate', { part: 'on_time', of: 'counted' })
    expect([...keys, rate].map((asked) => cellText(zh, row, asked))).toEqual(['—', '—', '—'])
  })

  it('M1: a figure links to its cases within the same period and scope; a zero and a rate to nothing', () => {
    const href = casesHref(FRAME, ROW, column('late', 'integer', { figure: 'late' }))
    expect(href).toBe('/rankings/cases?period=2026-Q3&by=window&department=MR&key=A+01&kind=late')
    expect(casesHref(FRAME, ROW, column('reds', 'integer', { figure: 'reds' }))).toBeNull()
    expect(casesHref(FRAME, ROW, column('timeliness', 'rate'))).toBeNull()
  })

  it('R2: all intervals are drawn on one scale, from a whole ten per cent below the lowest', () => {
    const row = (adjusted: number | null): RankingRow => ({ ...ROW, adjusted })
    expect(scaleFrom([row(0.876), row(0.62), row(null)])).toBe(0.6)
    expect([scaleFrom([row(0.99)]), scaleFrom([]), scaleFrom([row(0)])]).toEqual([0.9, 0.9, 0])
  })

  it('R1: the addresses of the ranking and of its lists are pages', () => {
    expect([placeOf('/rankings').entry.name, placeOf('/rankings/cases').entry.name]).toEqual(['rankings', 'behind'])
    expect(placeOf('/rankings/x').entry.name).toBe('unknown')
  })
})
