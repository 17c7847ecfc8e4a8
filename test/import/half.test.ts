// Rows of which something cannot be read (I6, I15): all that they say is kept, the unreadable with it as it is written, and
// they count as waiting; a word for nothing is the number of no case.

import { describe, expect, it } from 'vitest'
import { parseInstant } from '../../server/core/time/civil.ts'
import { asInstant } from '../../server/core/time/instant.ts'
import { tryEvents } from '../../server/office/imports/door.ts'
import { fileOfTest } from './files.ts'
import { toldOf } from './told.ts'

const MAPPING = {
  mapping: 'm',
  zone: 'UTC',
  fields: { project_no: 'no', org_code: 'org' },
  case: [
    { type: 'ACCEPT', at: 'on', payload: { promise_limit: 'limit' } },
    { type: 'COMPLETE', at: 'off' },
  ],
}
const HEAD = 'no,org,on,off,limit'
const csv = (...rows: string[]): string => fileOfTest('t.csv', `${[HEAD, ...rows].join('\n')}\n`)
const NOW = parseInstant('2026-04-30T00:00:00Z') ?? asInstant(0)
const DOOR = {
  clock: { now: () => NOW },
  aheadMs: 0,
  scaleOf: () => null,
  handOver: { source: 's', historical: null, by: 'test' },
}
const outcomesOf = (events: readonly unknown[]): string[] =>
  tryEvents(events, DOOR).map(({ code, field }) => `${code} ${field}`)

describe('a row of which something cannot be read', () => {
  it('I6: keeps the unreadable event beside the other, as it is written, and no door takes it so', async () => {
    const told = await toldOf(csv('A1,d,2026-03-02 09:00,2026-13-45,'), MAPPING)
    expect([told.taken, told.lines]).toEqual([[], ['2 bad_date off']])
    expect(told.waits).toEqual(['A1 ACCEPT row_waits', 'A1 COMPLETE row_waits'])
    expect(told.kept[1]).toMatchObject({ org_code: 'd', occurred_at: { unread: '2026-13-45' } })
    expect(outcomesOf(told.kept)).toEqual(['null null', 'bad_instant /occurred_at'])
  })

  it('I15: waits also where nothing else is said in it, and counts by its unit', async () => {
    const told = await toldOf(
      csv('A1,d,不详,,', 'A2,e,2026-03-02,,zwanzig', 'A3,#N/A,2026-03-02,,', 'A4,d,2026-03-02,,'),
      MAPPING,
    )
    expect(told.waits).toEqual(['A1 ACCEPT row_waits', 'A2 ACCEPT row_waits', 'A3 ACCEPT row_waits'])
    expect(told.taken).toHaveLength(1)
    expect(told.waiting).toEqual([
      { unit: '', rows: 1 },
      { unit: 'd', rows: 1 },
      { unit: 'e', rows: 1 },
    ])
    expect(told.kept[1]).toMatchObject({ payload: { promise_limit: { unread: 'zwanzig' } } })
    expect(outcomesOf(told.kept).every((one) => !one.startsWith('null'))).toBe(true)
  })

  it('I14 I15: a row of a register that says no as_of waits with all it says', async () => {
    const register = { ...MAPPING, register: '台账', as_of: 'limit', case: [{ type: 'ACCEPT', at: 'on' }] }
    const told = await toldOf(
      csv('A1,d,2026-03-02,,', 'A2,d,2026-03-02,,上周', 'A3,d,2026-03-02,,2026-03-05'),
      register,
    )
    expect(told.lines).toEqual(['2 no_as_of 台账', '3 bad_date limit'])
    expect(told.waits).toEqual(['A1 ACCEPT row_waits', 'A2 ACCEPT row_waits'])
    expect(told.waiting).toEqual([{ unit: 'd', rows: 2 }])
    expect(told.taken).toHaveLength(1)
    expect(outcomesOf(told.kept)).toEqual(Array(2).fill('bad_instant /register/as_of'))
  })
})

describe('a word for nothing', () => {
  const WORDS = ['无', 'NULL', '-', '0', '#N/A', 'N/A', '/', '000']

  it('I15: is the number of no case: such rows are told and not folded into one', async () => {
    const told = await toldOf(csv(...WORDS.map((word) => `${word},d,2026-03-02 09:00,,`)), MAPPING)
    expect(told.taken).toEqual([])
    expect(told.lines.map((line) => line.split(' ').slice(1).join(' '))).toEqual(
      WORDS.map((word) => (word === '#N/A' ? 'error_cell no' : 'missing_cell no')),
    )
  })

  it('I15: so by the words of the mapping, in codes and numbers, and over HTTP', async () => {
    const words = await toldOf(csv('未编号,d,2026-03-02 09:00,,'), { ...MAPPING, none: ['未编号'] })
    expect([words.taken, words.lines]).toEqual([[], ['2 missing_cell no']])
    const codes = await toldOf(csv('A1,无,2026-03-02 09:00,,-'), MAPPING)
    expect(codes.taken).toEqual(['A1 ACCEPT 2026-03-02T09:00:00.000Z'])
    const event = { event_id: 'e', event_type: 'ACCEPT', occurred_at: '2026-03-02T09:00:00Z' }
    const all = [...WORDS, '#####', '#REF!', '＃BUSY！', 'Err:502', '同上', '〃', '？？']
    expect(outcomesOf(all.map((word) => ({ ...event, project_no: word })))).toEqual(
      all.map(() => 'bad_field /project_no'),
    )
  })
})
