// A date and a time of day in two columns (I8, I15): one of them alone says what it says, and nothing of it is lost.

import { writeXlsx } from 'hucre/xlsx'
import { expect, it } from 'vitest'
import { readClock } from '../../server/intake/files/moment.ts'
import { fileOfTest } from './files.ts'
import { toldOf } from './told.ts'

const MAPPING = {
  mapping: 'm',
  zone: 'UTC',
  dates: ['iso'],
  fields: { project_no: 'no' },
  case: [
    { type: 'ACCEPT', at: 'on' },
    { type: 'COMPLETE', at: { date: '办结日期', time: '办结时刻' } },
  ],
}
const csv = (...closed: string[]): string =>
  fileOfTest('t.csv', ['no,on,办结日期,办结时刻', ...closed.map((one, i) => `A${i},2026-03-02,${one}`), ''].join('\n'))

it('I15: a time of day without its date is told, and the row waits', async () => {
  const told = await toldOf(csv(',10:30', '无,10:30', '-,无', ','), MAPPING)
  expect(told.lines).toEqual(['2 missing_cell 办结日期', '3 missing_cell 办结日期'])
  expect(told.waits.filter((one) => one.includes('ACCEPT'))).toEqual(['A0 ACCEPT row_waits', 'A1 ACCEPT row_waits'])
  expect(told.taken).toEqual(['A2 ACCEPT 2026-03-02T00:00:00+00:00', 'A3 ACCEPT 2026-03-02T00:00:00+00:00'])
})

it('I15: so of a stated due', async () => {
  const due = { promise_due_at: { date: '办结日期', time: '办结时刻' } }
  const told = await toldOf(csv(',10:30'), { ...MAPPING, case: [{ type: 'ACCEPT', at: 'on', payload: due }] })
  expect([told.taken, told.lines]).toEqual([[], ['2 missing_cell 办结日期']])
})

it('I8: a date that bears its own time keeps it beside an empty one', async () => {
  const told = await toldOf(csv('2026-03-05 16:40,', '2026-03-05,', '2026-03-05 00:00,16:41'), MAPPING)
  expect(told.taken.filter((one) => one.includes('COMPLETE'))).toEqual([
    'A0 COMPLETE 2026-03-05T16:40:00.000Z',
    'A1 COMPLETE 2026-03-05T00:00:00+00:00',
    'A2 COMPLETE 2026-03-05T16:41:00.000Z',
  ])
  const at = new Date(Date.UTC(2026, 2, 5, 16, 40))
  const rows = [
    ['no', 'on', '办结日期', '办结时刻'],
    ['A0', '2026-03-02', at, null],
  ]
  const path = fileOfTest('t.xlsx', await writeXlsx({ sheets: [{ name: 's', rows }] }))
  expect((await toldOf(path, MAPPING)).taken).toContain('A0 COMPLETE 2026-03-05T16:40:00.000Z')
})

it.each([
  ['凌晨12:30', '00:30'],
  ['凌晨3:05', '03:05'],
  ['上午12:30', '00:30'],
  ['中午11:40', '11:40'],
  ['中午12:30', '12:30'],
  ['中午1:10', '13:10'],
  ['下午12:30', '12:30'],
  ['下午2:05', '14:05'],
  ['晚上9:00', '21:00'],
  ['晚上12:30', null],
])('I8: %s is %s', (written, is) => {
  const ms = readClock(written, [])
  expect(ms === null ? null : new Date(ms).toISOString().slice(11, 16)).toBe(is)
})
