// Codes that a spreadsheet has cut (I8, I9): fifteen digits are left of a long number, and a table saved out of it says
// 4.40106E+17. Asked where a cell is read as a text or a code, and nowhere else: of events and of master data alike.

import { writeXlsx } from 'hucre/xlsx'
import { describe, expect, it } from 'vitest'
import { hasLostDigits, wholeNumber } from '../../server/intake/files/text.ts'
import { draftOf, faultsOf, itemsOf, masterMappingOf } from '../catalogue/files.ts'
import { dryRun, fileOfTest, mappingOf } from './files.ts'

type Sheet = (string | number | null)[][]
const book = (rows: Sheet): Promise<Uint8Array> => writeXlsx({ sheets: [{ name: '台账', rows }] })
const csv = (rows: Sheet): string => rows.map((row) => row.map((cell) => cell ?? '').join(',')).join('\n')

const MAPPING = {
  mapping: 'm',
  zone: 'UTC',
  fields: { project_no: 'no', org_code: { column: 'org', map: { '1': 'MR' } } },
  case: [
    { type: 'ACCEPT', at: 'on', payload: { accept_doc_no: 'doc' }, personal: { card: 'card' } },
    { type: 'FEE', at: 'on', payload: { amount_fen: 'fen' } },
  ],
}
const HEAD = ['no', 'org', 'on', 'doc', 'card', 'fen', 'aside']
const rowOf = (more: Partial<Record<string, string | number>>): Sheet[number] =>
  HEAD.map((name) => more[name] ?? ({ no: 'P1', on: '2026-03-05' } as Record<string, string>)[name] ?? null)

const told = async (name: string, row: Sheet[number]): Promise<string[]> => {
  const rows = [HEAD, row]
  const file = fileOfTest(name, name.endsWith('.xlsx') ? await book(rows) : csv(rows))
  const { issues, accepted, skipped } = await dryRun(file, mappingOf(MAPPING))
  expect([accepted, skipped], 'a row is taken whole or not at all').toEqual(issues.length === 0 ? [2, 0] : [0, 1])
  // what the row says besides waits with it (I15)
  return issues
    .filter(({ code }) => code !== 'row_waits')
    .map(({ place, code, field }) => `${place.line} ${code} ${field}`)
}

describe('a cell that was cut', () => {
  const WRITTEN = [
    '1.14E+30',
    ' 4.40106E+17 ',
    '1e+20',
    '4,40106E+17',
    '1.23457E+11',
    '4.40106E17',
    '2.0E15',
    '1.1E+100',
  ]
  const CUT = [1e15, -1e15, 4.40106e17, ...WRITTEN]
  it.each(CUT)('I8, I9: %s is no text of anything', (cell) => expect(hasLostDigits(cell)).toBe(true))

  const CODES = [
    '440106198001010012',
    '1E05',
    '3E12',
    '3E20',
    '1.2E3',
    '3.2E01',
    '3.2E14',
    '3.2E+01',
    '1.2E+10',
    'E+17',
  ]
  const WHOLE = [999_999_999_999_999, 1.5, 0.1, ...CODES]
  it.each([...WHOLE, true, null, new Date(0)])('I8, I9: %s is whole', (cell) => {
    expect(hasLostDigits(cell)).toBe(false)
  })

  it.each([
    ['1.5e3', 1_500],
    ['1.5E+03', 1_500],
    ['-2', -2],
    ['-0', 0],
    ['7.00', 7],
    ['123456789012345', 123_456_789_012_345],
    ['1234567890123456', null],
    ['1.23457E+11', null],
    ['1.5', null],
    ['1.2345E+2', null],
    ['', null],
  ])('I8, I9: "%s" says the number %s', (text, number) => expect(wholeNumber(text)).toBe(number))
})

describe('events of files', () => {
  it.each([
    ['t.xlsx', { no: Number('202607010001234567') }, 'no'],
    ['t.xlsx', { no: 1e15 }, 'no'],
    ['t.csv', { no: '2.02607E+17' }, 'no'],
    ['t.csv', { org: '1.14E+30' }, 'org'],
    ['t.xlsx', { doc: 4.4e17 }, 'doc'],
    ['t.csv', { doc: '4.4E+17' }, 'doc'],
    ['t.xlsx', { card: Number('440106198001010012') }, 'card'],
  ])('I8: %s: %o is told of its field and the row is not taken', async (name, cells, field) => {
    expect(await told(name, rowOf(cells))).toEqual([`2 lost_digits ${field}`])
  })

  it.each([
    ['t.xlsx', { aside: 4.4e17 }],
    ['t.csv', { aside: '4.4E+17' }],
    ['t.xlsx', { fen: 1.5e3 }],
    ['t.csv', { fen: '1.5e3' }],
    ['t.csv', { fen: '1.5E+03' }],
    ['t.xlsx', { no: 999999999999999 }],
    ['t.csv', { no: '440106198001010012' }],
  ])('I8: %s: %o is no fault: nothing is read of it as a code, or it is whole', async (name, cells) => {
    expect(await told(name, rowOf(cells))).toEqual([])
  })

  it('I8: the number itself is taken, and one that a sheet has rounded is not', async () => {
    expect(await told('t.csv', rowOf({ fen: '1.23457E+11' }))).toEqual(['2 bad_value fen'])
  })

  it('I8: JSON and XES write their digits out: what a double holds whole is a code, what it does not is none', async () => {
    const mapping = { mapping: 'm', zone: 'UTC', fields: { project_no: 'no' }, case: [{ type: 'ACCEPT', at: 'on' }] }
    const lines = '{"no":1234567890123456,"on":"2026-03-05"}\n{"no":440106198001010012,"on":"2026-03-05"}\n'
    const report = await dryRun(fileOfTest('t.ndjson', lines), mappingOf(mapping))
    expect(report.issues.map(({ place, code }) => `${place.line} ${code}`)).toEqual(['2 lost_digits'])
    const trace = (no: string): string =>
      `<trace><int key="no" value="${no}"/><date key="on" value="2026-03-05T00:00:00Z"/></trace>`
    const log = `<log>${trace('1234567890123456')}${trace('440106198001010012')}</log>`
    const ofCase = { ...mapping, fields: { project_no: 'case:no' }, case: [{ type: 'ACCEPT', at: 'case:on' }] }
    expect(await dryRun(fileOfTest('t.xes', log), mappingOf(ofCase))).toMatchObject({ accepted: 2, issues: [] })
  })
})

describe('master data', () => {
  const head = ['task_code', 'name', 'org_code', 'extension_max', 'valid_from']
  const item = (code: string | number, most: string | number = 10): Sheet => [
    head,
    [code, '甲', 'MR', most, '2026-01-01'],
  ]

  it('I9: a code of a workbook, of a table, and of a line is told of its field', async () => {
    const book16 = await draftOf('t.xlsx', await book(item(1.14401e29)))
    expect(faultsOf(book16)).toEqual(['2 items task_code lost_digits'])
    expect(book16.faults[0]).toMatchObject({ zh: expect.stringContaining('15 位'), en: expect.stringContaining('15') })
    expect(faultsOf(await draftOf('t.csv', csv(item('1.14401E+29'))))).toEqual(['2 items task_code lost_digits'])
    const line = { task_code: '1.14401E+29', name: '甲', org_code: 'MR', valid_from: '2026-01-01' }
    const lines = await draftOf('t.ndjson', JSON.stringify(line))
    expect(faultsOf(lines)).toEqual(['1 items task_code lost_digits'])
    expect(lines.tables).toMatchObject([{ taken: 0, faulty: 1 }])
  })

  it('I9: a window whose number looks like a small power of ten keeps it', async () => {
    const draft = await draftOf('w.csv', 'window_no,name,org_code,valid_from\n3.2E01,甲,MR,2026-01-01\n')
    expect([faultsOf(draft), draft.document?.windows]).toMatchObject([[], [{ window_no: '3.2E01' }]])
  })

  it("I9: a number is a number, and a column that no field names is nobody's business", async () => {
    expect(itemsOf(await draftOf('t.csv', csv(item('A', '1.5E+1'))))).toMatchObject([{ extension_max: 15 }])
    const mapping = masterMappingOf({
      mapping: 'm',
      valid_from: '2026-01-01',
      tables: [{ table: 'sources', fields: { source: 'id', name: 'label' } }],
    })
    const rows = [
      ['id', 'label', 'phone'],
      ['s1', '一窗', 4.4e17],
    ]
    const draft = await draftOf('t.xlsx', await book(rows), { mapping })
    expect([faultsOf(draft), draft.document?.sources]).toEqual([[], [{ source: 's1', name: '一窗' }]])
  })
})
