// Rows whose case number cannot be read (I6, I15): an error of the sheet, a blank, a word for nothing, a cell too many, quotes that
// do not match. Nothing of them is lost: each waits as it is written, is counted, and can be mended and sent again.

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Receipt } from '../../server/contract/api.ts'
import type { SourceState } from '../../server/contract/sources.ts'
import { type House, openHouse } from '../live/house.ts'
import { fileOfTest } from './files.ts'
import { answered, bring, clean, get, HALL, MAPPING } from './registers.ts'
import { toldOf } from './told.ts'

const PLAIN = {
  mapping: 'm',
  source: 's',
  zone: 'Asia/Shanghai',
  fields: { project_no: 'no', org_code: 'org' },
  case: [
    { type: 'ACCEPT', at: 'on' },
    { type: 'COMPLETE', at: 'off' },
  ],
}
const HEAD = 'no,org,on,off'
const ON = '2026-03-02 09:00'

/** A row, the code it is told by, and how many events of it can be told. */
const ROWS: [title: string, row: string, code: string, events: number][] = [
  ['an error of the sheet', `#N/A,d,${ON},`, 'error_cell', 1],
  ['a blank', `,d,${ON},${ON}`, 'missing_cell', 2],
  ['a word for nothing', `无,d,${ON},`, 'missing_cell', 1],
  ['nought', `0,d,${ON},`, 'missing_cell', 1],
  ['a cell too many', `A-1,d,x,${ON},x`, 'wrong_columns', 0],
  ['quotes that do not match', `A-1,"d"x,${ON},`, 'broken_quotes', 0],
]

describe('a row without a number that can be read', () => {
  it.each(ROWS)('I6 I15: %s', async (_, row, code, events) => {
    const told = await toldOf(fileOfTest('t.csv', `${HEAD}\n${row}\n`), PLAIN)
    expect(told.taken).toEqual([])
    expect(told.lines.map((line) => line.split(' ')[1])).toEqual([code])
    expect(told.kept).toHaveLength(Math.max(1, events))
    expect(told.waiting).toEqual([{ unit: events === 0 ? '' : 'd', rows: 1 }])
    const text = JSON.stringify(told.kept[0])
    for (const cell of row.split(',').filter((part) => part !== '' && !part.includes('"')))
      expect(text).toContain(cell === ON && events > 0 ? ON.slice(0, 10) : cell)
  })

  // the column was too narrow, the formula failed, the clerk wrote no number: each would make one case of many
  const IN_PLACE: [title: string, texts: string[], code: string][] = [
    ['a column too narrow', ['##', '#####', '＃＃＃'], 'error_cell'],
    ['an error of a sheet', ['#BUSY!', '#REF', '＃N/A', '#N/A!', '#NAME？', '#PYTHON!'], 'error_cell'],
    ['an error by its number', ['Err:502', 'Err:508', 'Ｅｒｒ：502'], 'error_cell'],
    ['ditto', ['同上', '〃', '〃〃'], 'bad_value'],
    ['not known', ['？？', '?', '不详'], 'bad_value'],
  ]
  it.each(IN_PLACE)('I6 I15: %s in the place of a number waits, with its words', async (_, texts, code) => {
    const told = await toldOf(
      fileOfTest('t.csv', `${[HEAD, ...texts.map((text) => `${text},d,${ON},`)].join('\n')}\n`),
      PLAIN,
    )
    expect(told.taken).toEqual([])
    expect(told.lines).toEqual(texts.map((__, i) => `${i + 2} ${code} no`))
    expect(told.kept).toMatchObject(texts.map((text) => ({ project_no: { unread: text } })))
    expect(told.waiting).toEqual([{ unit: 'd', rows: texts.length }])
  })

  it.each(IN_PLACE)('I6 I15: %s in a column of codes or of dates, too', async (_, texts, code) => {
    const rows = texts.flatMap((text, i) => [`A-${i},${text},${ON},`, `B-${i},d,${text},`])
    const told = await toldOf(fileOfTest('t.csv', `${[HEAD, ...rows].join('\n')}\n`), PLAIN)
    const date = code === 'error_cell' ? code : 'bad_date'
    expect(told.taken).toEqual([])
    expect(told.lines.map((line) => line.split(' ').slice(1).join(' '))).toEqual(
      texts.flatMap(() => [`${code} org`, `${date} on`]),
    )
  })

  it('I15: what merely looks like it is a number', async () => {
    const own = ['#12', '#A', 'A#', '12#', 'N/A-7', 'Err:7', 'Q?1', '同上街-3']
    const rows = own.map((text) => `${text},d,${ON},`)
    const told = await toldOf(fileOfTest('t.csv', `${[HEAD, ...rows].join('\n')}\n`), PLAIN)
    expect([told.taken.length, told.lines]).toEqual([own.length, []])
  })

  it('I6: a line that is no JSON is kept, too', async () => {
    const told = await toldOf(fileOfTest('t.ndjson', '{"no":"A-1","on":\n'), { ...PLAIN, format: 'ndjson' })
    expect([told.kept.length, JSON.stringify(told.kept[0]).includes('A-1')]).toEqual([1, true])
  })

  it('I14 I15: of a register so, with its register; where it has no date either it is kept as it is written', async () => {
    const register = { ...PLAIN, register: '台账', as_of: 'seen' }
    const rows = [`${HEAD},seen`, `#N/A,d,${ON},,2026-03-20`, '#N/A,d,,,2026-03-20', ',d,,,2026-03-20', '']
    const told = await toldOf(fileOfTest('t.csv', rows.join('\n')), register)
    expect([told.taken, told.lines.map((line) => line.split(' ')[1])]).toEqual([
      [],
      ['error_cell', 'error_cell', 'missing_cell'],
    ])
    expect(told.kept).toHaveLength(3)
    expect(told.kept[0]).toMatchObject({ project_no: { unread: '#N/A' }, register: { name: '台账', key: 'ACCEPT' } })
  })
})

describe('on a server', () => {
  let house: House
  beforeEach(async () => {
    house = await openHouse({ at: '2026-03-30T10:00:00+08:00', sources: [] })
    await house.load(HALL)
  })
  afterEach(() => house.close())

  const waiting = async (): Promise<number> =>
    (await get<{ items: SourceState[] }>(house, 'sources')).items.reduce((sum, one) => sum + one.waiting_rows, 0)
  interface Held {
    readonly id: number
    readonly raw: string
  }
  const held = async (): Promise<readonly Held[]> =>
    (await answered<{ items: Held[] }>(house, 'quarantine', 'supervisor')).body.items

  it('I6 I15: they are counted as rows, waiting once, and gone when mended, set down or withdrawn', async () => {
    const text = `${HEAD}\n${ROWS.map(([, row]) => row).join('\n')}\n`
    const file = { name: 'odd.csv', text, asOf: '2026-03-20T08:00:00+08:00', mapping: PLAIN }
    const one = await bring(house, file)
    expect(one.counts).toMatchObject({
      skipped: 6,
      waiting: [expect.objectContaining({ rows: 4 }), { unit: '', rows: 2 }],
    })
    await bring(house, file)
    expect([await waiting(), (await held()).length]).toEqual([6, 7])
    const [last] = await held()
    const mended = { event_id: 'm', event_type: 'ACCEPT', project_no: 'A-1', occurred_at: '2026-03-02T09:00:00+08:00' }
    const taken = await answered<Receipt>(house, `quarantine/${last?.id}/resubmit`, 'supervisor', mended)
    expect(taken.body.outcome).toBe('accepted')
    expect(await waiting()).toBe(5)
    await clean(house)
  })

  it('I14 I15: a known case whose row cannot be read this time is not absent; where nobody can tell whose it is, none is said absent', async () => {
    const head = '办件编号,受理时间,办结时间,应办结日期'
    const rows = ['A-1', 'A-2', 'A-3'].map((no) => `${no},2026-03-02 09:00:00,,2026-03-09`)
    const csv = (...lines: string[]): string => `${[head, ...lines].join('\n')}\n`
    const bringAs = (asOf: string, ...lines: string[]) =>
      bring(house, { name: `${asOf}.csv`, text: csv(...lines), asOf: `${asOf}T08:00:00+08:00`, mapping: MAPPING })
    await bringAs('2026-03-06', ...rows)
    const tooMany = await bringAs('2026-03-13', rows[0] ?? '', 'A-2,2026-03-02 09:00:00,x,,2026-03-09')
    expect(tooMany.changes).toMatchObject({ absent: 1, first_absent: ['A-3'], unnumbered: 0, unsure: 0 })
    const nameless = await bringAs('2026-03-20', rows[0] ?? '', '#N/A,2026-03-02 09:00:00,,2026-03-09')
    expect(nameless.changes).toMatchObject({ absent: 0, first_absent: [], unnumbered: 1, unsure: 2 })
    const sheet = await (await house.get(`/api/v1/imports/${nameless.import_id}/changes.csv`)).text()
    expect(sheet).not.toContain(',absent,')
    expect(sheet.match(/,unsure,/g)).toHaveLength(2)
  })
})
