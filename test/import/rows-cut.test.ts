// Rows that end before their last cells (I14, I15): what is not there is not known, which is not empty. What is missing may be what
// is open; where it is what an event says – its item, its due date –, the row waits. In a register a cell that is not there
// takes back nothing.

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type House, openHouse } from '../live/house.ts'
import { fileOfTest } from './files.ts'
import { bring, HALL, verdictOf } from './registers.ts'
import { toldOf } from './told.ts'

const PLAIN = {
  mapping: 'm',
  zone: 'UTC',
  fields: { project_no: 'no', task_code: 'item' },
  case: [
    { type: 'ACCEPT', at: 'on', payload: { promise_due_at: 'due' } },
    { type: 'COMPLETE', at: 'off' },
  ],
}

/** Columns in their order, a row as it stands, what is taken, what waits. */
const CASES: [title: string, head: string, row: string, taken: string, waits: string][] = [
  ['cut before its end, which is open', 'no,item,on,due,off', 'A,i,2026-03-02,2026-03-09', 'A ACCEPT', ''],
  ['whole, its end empty', 'no,item,on,due,off', 'A,i,2026-03-02,2026-03-09,', 'A ACCEPT', ''],
  ['cut before its due date', 'no,item,on,off,due', 'A,i,2026-03-02,', '', 'A ACCEPT'],
  ['cut before its item and its due date', 'no,on,item,due,off', 'A,2026-03-02', '', 'A ACCEPT'],
  ['whole, its due date empty', 'no,item,on,off,due', 'A,i,2026-03-02,,', 'A ACCEPT', ''],
  [
    'concluded, and cut before its due date',
    'no,item,on,off,due',
    'A,i,2026-03-02,2026-03-05',
    '',
    'A ACCEPT,A COMPLETE',
  ],
  [
    'cut before a remark that nothing hangs on',
    'no,item,on,due,off,note',
    'A,i,2026-03-02,2026-03-09,',
    'A ACCEPT',
    '',
  ],
]

describe('a row of no register', () => {
  it.each(CASES)('I15: %s', async (_, head, row, taken, waits) => {
    const told = await toldOf(fileOfTest('t.csv', `${head}\n${row}\n`), PLAIN)
    const short = (lines: readonly string[]): string => lines.map((line) => line.split(' ', 2).join(' ')).join(',')
    expect([short(told.taken), short(told.waits)]).toEqual([taken, waits])
    const isShort = row.split(',').length < head.split(',').length
    expect(told.lines.some((line) => line.includes('short_row'))).toBe(isShort)
  })

  it('I15: so of the steps of a log', async () => {
    const log = {
      mapping: 'm',
      zone: 'UTC',
      fields: { project_no: 'no', task_code: 'item' },
      events: [{ activity: 'step', at: 'on', types: { 受理: 'ACCEPT', '*': 'STEP' } }],
    }
    const rows = ['no,step,on,item', 'A,受理,2026-03-02', 'A,审核,2026-03-03,i', '']
    const told = await toldOf(fileOfTest('t.csv', rows.join('\n')), log)
    expect(told.taken.map((line) => line.split(' ', 2).join(' '))).toEqual(['A STEP_END'])
    expect(told.waits).toEqual(['A ACCEPT row_waits'])
  })
})

describe('a row of a register', () => {
  const HEAD = '办件编号,受理时间,办结时间,应办结日期'
  const csv = (...rows: string[]): string => `${[HEAD, ...rows].join('\n')}\n`
  const WHOLE = 'A-1,2026-03-02 09:00:00,2026-03-05 10:00:00,2026-03-09'
  let house: House
  beforeEach(async () => {
    house = await openHouse({ at: '2026-03-30T10:00:00+08:00', sources: [] })
    await house.load(HALL)
    await bring(house, { name: 'first.csv', text: csv(WHOLE), asOf: '2026-03-06T18:00:00+08:00' })
  })
  afterEach(() => house.close())

  it.each([
    ['cut before its due date', 'A-1,2026-03-02 09:00:00,2026-03-05 10:00:00'],
    ['cut before its end', 'A-1,2026-03-02 09:00:00'],
  ])('I14 I15: %s keeps conclusion and due date as they were', async (_, row) => {
    expect(await verdictOf(house, 'A-1')).toBe('concluded 2026-03-09 true')
    const job = await bring(house, { name: 'second.csv', text: csv(row), asOf: '2026-03-13T18:00:00+08:00' })
    expect(await verdictOf(house, 'A-1')).toBe('concluded 2026-03-09 true')
    expect(job.counts?.waiting).toEqual([{ unit: 'd', rows: 1 }])
    expect(job.changes?.absent).toBe(0)
  })

  it('I14 I15: an end that is not there is none taken back, one that is emptied is', async () => {
    const head = '办件编号,受理时间,应办结日期,办结时间'
    const asOf = { second: '2026-03-13T18:00:00+08:00', third: '2026-03-20T18:00:00+08:00' }
    const row = 'A-1,2026-03-02 09:00:00,2026-03-10'
    await bring(house, { name: 'second.csv', text: `${head}\n${row}\n`, asOf: asOf.second })
    expect(await verdictOf(house, 'A-1')).toBe('concluded 2026-03-10 true')
    await bring(house, { name: 'third.csv', text: `${head}\n${row},\n`, asOf: asOf.third })
    expect(await verdictOf(house, 'A-1')).toBe('accepted 2026-03-10 null')
  })
})
