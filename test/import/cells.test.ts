// Cells of a workbook that hold no value, though they are not empty, and times that are no dates (I6, I15): a row with one of
// them is told and waits whole; it is never taken as though the cell were empty, and in a register it empties nothing.

import { describe, expect, it } from 'vitest'
import { fileOfTest } from './files.ts'
import { toldOf } from './told.ts'
import { textCell, type Workbook, workbook } from './workbook.ts'

const MAPPING = {
  mapping: 'm',
  zone: 'Asia/Shanghai',
  dates: ['yyyy-MM-dd HH:mm:ss', 'yyyy-MM-dd', 'sheet_days'],
  fields: { project_no: '号', org_code: { const: 'd' } },
  case: [
    { type: 'ACCEPT', at: '受理' },
    { type: 'COMPLETE', at: '办结' },
  ],
}
const REGISTER = {
  ...MAPPING,
  register: '台账',
  as_of: '截至',
  case: MAPPING.case.map((rule, i) => ({ ...rule, key: `k${i}` })),
}

/** A workbook of one case, accepted on 2 March 2026, whose conclusion is this cell. */
const bookOf = (cell: string, more: Omit<Workbook, 'rows'> = {}): string => {
  const heads = ['号', '受理', '办结', '截至'].map(textCell).join('')
  const row = `${textCell('A-1')}${textCell('2026-03-02')}${cell}${textCell('2026-03-20')}`
  return fileOfTest('a.xlsx', workbook({ ...more, rows: [heads, row] }))
}

const FORMATS = ['h:mm', '[h]:mm', 20, 46, 'yyyy/m/d h:mm', 14, 'hh"时"mm"分"', 'h:mm AM/PM;@', '[$-F400]h:mm:ss']
const [TIME, HOURS, OWN_TIME, OWN_HOURS, STAMP, DAY, WORDS, HALVES, SYSTEM] = FORMATS.map((_, i) => i + 1)
const styled = (style: number | undefined, value: string): string => `<c s="${style}"><v>${value}</v></c>`

describe('a cell that is not empty and holds no value', () => {
  const NO_VALUE: [what: string, cell: string][] = [
    ['a formula that nobody computed', '<c><f>B2+3</f></c>'],
    ['a formula with an empty value', '<c><f>B2+3</f><v></v></c>'],
    ['a formula with an empty value, closed at once', '<c><f>B2+3</f><v/></c>'],
    ['a formula that shares another one', '<c><f t="shared" si="0"/></c>'],
    ['a formula of an array', '<c><f t="array" ref="C2">B2:B3</f></c>'],
    ['a formula of a text that nobody computed', '<c t="str"><f>B2</f></c>'],
    ['a formula of a shared text that nobody computed', '<c t="s"><f>B2</f><v></v></c>'],
    ['an error', '<c t="e"><v>#N/A</v></c>'],
    ['an error without its name', '<c t="e"/>'],
    ['a text without a number', '<c t="s"><v>x</v></c>'],
    ['a truth that is none', '<c t="b"><v>2</v></c>'],
    ['no number', '<c><v>NaN</v></c>'],
    ['an infinite number', '<c><v>-INF</v></c>'],
    ['a kind that no workbook has', '<c t="zz"><v>5</v></c>'],
  ]

  it.each(NO_VALUE)('I6 I15: %s: the row waits whole, told with its place', async (_, cell) => {
    const told = await toldOf(bookOf(cell), MAPPING)
    expect([told.taken, told.lines]).toEqual([[], ['2 error_cell 办结']])
    expect(told.waits).toEqual(['A-1 ACCEPT row_waits', 'A-1 COMPLETE row_waits'])
  })

  it.each(NO_VALUE)('I14 I15: %s: in a register it empties nothing', async (_, cell) => {
    const told = await toldOf(bookOf(cell), REGISTER)
    expect(told.taken).toEqual([])
    expect(told.waits).toEqual(['A-1 ACCEPT row_waits', 'A-1 COMPLETE row_waits'])
  })

  it.each([
    ['a formula that makes an empty text', '<c t="str"><f>IF(B2,"","")</f><v></v></c>'],
    ['a typed cell without a value', '<c t="s"><v></v></c>'],
    ['a shared text that is empty', '<c t="s"><v>0</v></c>'],
    ['a text of number -1', '<c t="s"><v>-1</v></c>'],
    ['a text past the last one of the workbook', '<c t="s"><v>999</v></c>'],
    ['a cell of a format alone', '<c s="1"/>'],
    ['an inline text that is empty', '<c t="inlineStr"><is><t></t></is></c>'],
  ])('I15: %s is an empty cell: the case is open', async (_, cell) => {
    const told = await toldOf(bookOf(cell, { formats: FORMATS, texts: [''] }), MAPPING)
    expect([told.taken.length, told.lines, told.waits]).toEqual([1, [], []])
  })

  it.each([
    ['a date', '<c s="6"><f>B2+3</f><v>46086</v></c>'],
    ['a text', '<c t="str"><f>TEXT(B2,"")</f><v>2026-03-05</v></c>'],
  ])('I15: a formula with the value of %s is that', async (_, cell) => {
    const told = await toldOf(bookOf(cell, { formats: FORMATS }), MAPPING)
    expect([told.taken.length, told.lines, told.waits]).toEqual([2, [], []])
  })
})

describe('a time of day or a duration in a column of dates', () => {
  it.each([
    ['10:00 as h:mm', styled(TIME, '0.4166666667')],
    ['10:00 in the format of the standard', styled(OWN_TIME, '0.4166666667')],
    ['midnight as h:mm', styled(TIME, '0')],
    ['10:00 in words', styled(WORDS, '0.4166666667')],
    ['10:00 in halves of a day', styled(HALVES, '0.4166666667')],
    ['10:00 as the system shows it', styled(SYSTEM, '0.4166666667')],
    ['30 hours', styled(HOURS, '1.25')],
    ['30 hours in the format of the standard', styled(OWN_HOURS, '1.25')],
    ['300 hours', styled(HOURS, '12.5')],
    ['10:00 in the format of a stamp', styled(STAMP, '0.4166666667')],
    ['10:00 in the format of a day', styled(DAY, '0.4166666667')],
    ['a part of a day as a number', '<c><v>0.4166666667</v></c>'],
    ['10:00 as a text', textCell('10:00')],
    ['10:00 as another program prints it', textCell('1899-12-30 10:00:00')],
  ])('I15: %s is no date and no null date: the row waits', async (_, cell) => {
    const told = await toldOf(bookOf(cell, { formats: FORMATS }), MAPPING)
    expect([told.taken, told.lines]).toEqual([[], ['2 bad_date 办结']])
    expect(told.waits).toEqual(['A-1 ACCEPT row_waits', 'A-1 COMPLETE row_waits'])
  })

  it.each([
    ['day 0', styled(DAY, '0')],
    ['1 January 1900', styled(DAY, '1')],
    ['1 January 1900, shifted by a zone', styled(STAMP, '1.333333')],
  ])('I15: %s is a null date: none', async (_, cell) => {
    const told = await toldOf(bookOf(cell, { formats: FORMATS }), MAPPING)
    expect([told.taken.length, told.waits]).toEqual([1, []])
  })

  it('I15: a date that its format hides is a date all the same', async () => {
    const told = await toldOf(bookOf(styled(TIME, '46086.4166666667'), { formats: FORMATS }), MAPPING)
    expect([told.taken.length, told.lines]).toEqual([2, []])
  })

  it('I8: in a column of times beside its date it is that time', async () => {
    const pair = { ...MAPPING, case: [{ type: 'ACCEPT', at: { date: '受理', time: '办结' } }] }
    const told = await toldOf(bookOf(styled(OWN_TIME, '0.4166666667'), { formats: FORMATS }), pair)
    expect(told.taken).toEqual(['A-1 ACCEPT 2026-03-02T02:00:00.000Z'])
  })
})
