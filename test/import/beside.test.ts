// What stands beside the rows that are read (I8): other sheets of a workbook and second columns of one heading are told, in a
// dry run and an import alike, never left out in silence; a sheet that people see goes before hidden ones.

import { writeXlsx } from 'hucre/xlsx'
import { expect, it } from 'vitest'
import { openParser } from '../../server/supervision/parse.ts'
import { fileOfTest } from './files.ts'
import { toldOf } from './told.ts'

const MAPPING = {
  mapping: 'm',
  zone: 'UTC',
  fields: { project_no: '办件编号' },
  case: [{ type: 'ACCEPT', at: '受理时间' }],
}
const HEAD = ['办件编号', '受理时间']
const row = (no: string): string[] => [no, '2026-03-02 09:00']
const accepted = (...numbers: string[]): string[] => numbers.map((no) => `${no} ACCEPT 2026-03-02T09:00:00.000Z`)

const book = async (...sheets: { name: string; rows: string[][]; hidden?: boolean }[]): Promise<string> =>
  fileOfTest('t.xlsx', await writeXlsx({ sheets }))

const MARCH = { name: '三月', rows: [HEAD, row('A1'), row('A2')] }
const APRIL = { name: '四月', rows: [HEAD, row('B1'), row('B2'), row('B3')] }

it('I8: of two sheets the first is read, and the other is told with its rows', async () => {
  const told = await toldOf(await book(MARCH, APRIL, { name: '空', rows: [] }), MAPPING)
  expect(told.taken).toEqual(accepted('A1', 'A2'))
  expect(told.lines).toEqual(['1 other_sheet 四月 (4)'])
  expect(told.both[0]).toEqual({ zh: expect.stringMatching(/工作表.*四月/), en: expect.stringMatching(/sheet.*四月/) })
})

it('I8: a sheet that is seen goes before a hidden one, which is told', async () => {
  const path = await book({ ...MARCH, hidden: true }, APRIL)
  const told = await toldOf(path, MAPPING)
  expect(told.taken).toEqual(accepted('B1', 'B2', 'B3'))
  expect(told.lines).toEqual(['1 other_sheet 三月 (3)'])
})

it('I8: a mapping names the sheet by its name or number, and the others are told all the same', async () => {
  const path = await book(MARCH, APRIL)
  for (const sheet of ['四月', 2]) {
    const told = await toldOf(path, { ...MAPPING, sheet })
    expect([told.taken, told.lines]).toEqual([accepted('B1', 'B2', 'B3'), ['1 other_sheet 三月 (3)']])
  }
})

it('I8: so out of the thread that guards a workbook', async () => {
  const parser = openParser()
  const told = await toldOf(await book(MARCH, APRIL), MAPPING, { open: parser.open })
  await parser.close()
  expect([told.taken, told.lines]).toEqual([accepted('A1', 'A2'), ['1 other_sheet 四月 (4)']])
})

it('I8: two columns of one heading are told, where the mapping reads the first and does not name the second', async () => {
  const text = '办件编号,受理时间,受理时间,备注,备注\nA1,2026-03-02 09:00,2026-03-09 09:00,x,y\n'
  const path = fileOfTest('t.csv', text)
  const told = await toldOf(path, MAPPING)
  expect([told.taken, told.lines]).toEqual([accepted('A1'), ['1 double_column 受理时间']])
  const both = { ...MAPPING, case: [...MAPPING.case, { type: 'COMPLETE', at: '受理时间#2' }] }
  expect((await toldOf(path, both)).lines).toEqual([])
})
