// Master data out of files (I9): by headers that are the field names, by a mapping, in every format; and every row that is
// not taken told with its line, its field and a reason in two languages.

import { gzipSync } from 'node:zlib'
import { writeXlsx } from 'hucre/xlsx'
import { describe, expect, it } from 'vitest'
import { masterMapping } from '../../server/office/law/weigh.ts'
import { draftOf, faultsOf, itemsOf, masterMappingOf } from './files.ts'

const HEAD = 'task_code,name,org_code,promise,statute,extension_max,joint,steps,valid_from'
const ITEM = {
  task_code: 'A1',
  name: '食品经营许可',
  org_code: 'MR',
  promise: '5WD',
  statute: '20WD',
  extension_max: 10,
  joint: true,
  steps: [{ step_code: 'review', name: '审查', limit: '3WD' }],
  valid_from: '2026-01-05',
}
const STEPS = '"[{""step_code"":""review"",""name"":""审查"",""limit"":""3WD""}]"'
const LINE = `A1,食品经营许可,MR,5WD,20WD,10,是,${STEPS},2026/1/5`
const CSV = `${HEAD}\n${LINE}\n`

const XLSX = () =>
  writeXlsx({
    sheets: [
      {
        name: '事项',
        rows: [
          Object.keys(ITEM),
          [
            'A1',
            '食品经营许可',
            'MR',
            '5WD',
            '20WD',
            10,
            true,
            JSON.stringify(ITEM.steps),
            new Date(Date.UTC(2026, 0, 5)),
          ],
        ],
      },
      { name: '空', rows: [] },
      { name: '也空', rows: [] },
      {
        name: '窗口',
        rows: [
          ['window_no', 'name', 'org_code', 'row', 'column', 'valid_from'],
          [7, '七号窗', 'MR', 1, 2, '2026-01-05'],
        ],
      },
    ],
  })

describe('by headers that are the field names', () => {
  it.each([
    ['items.csv', CSV],
    ['items.CSV.gz', gzipSync(CSV)],
    ['items.tsv', CSV.replaceAll(',', '\t').replaceAll('\t""', ',""')],
    ['items.ndjson', `${JSON.stringify(ITEM)}\n`],
    ['items.ndjson.gz', gzipSync(JSON.stringify(ITEM))],
  ])('I9: %s says the same row, typed as the catalogue asks', async (name, content) => {
    const draft = await draftOf(name, content)
    expect(faultsOf(draft)).toEqual([])
    expect(itemsOf(draft)).toEqual([ITEM])
    expect(draft).toMatchObject({ rows: 1, validFrom: '2026-01-05', catalogue: 'items' })
  })

  it('I9: every sheet of a workbook is a table of its own; numbers, dates and codes come as the catalogue has them', async () => {
    const draft = await draftOf('hall.xlsx', await XLSX())
    expect(faultsOf(draft)).toEqual([])
    expect(itemsOf(draft)).toEqual([ITEM])
    expect(draft.document?.windows).toEqual([
      { window_no: '7', name: '七号窗', org_code: 'MR', row: 1, column: 2, valid_from: '2026-01-05' },
    ])
  })

  it.each([
    ['regions', 'region_code,name,calendar\n1,甲,cn'],
    ['departments', 'org_code,name,region_code\nMR,市监,1'],
    ['windows', 'window_no,name,org_code\nA,甲,MR'],
    ['operators', 'operator_id,name,org_code,window_no\no,王,MR,A'],
    ['sources', 'source,name,mode,sends\ns,来源,batch,"[""ACCEPT""]"'],
  ])('I9: the header tells the table: %s', async (table, csv) => {
    const draft = await draftOf('t.csv', csv, { validFrom: '2026-01-01' })
    expect(faultsOf(draft)).toEqual([])
    expect(draft.tables).toEqual([{ table, taken: 1, repeated: 0, skipped: 0, faulty: 0 }])
  })
})

describe('what cannot be taken', () => {
  const row = (line: string): string => `${HEAD}\n${line}\n`
  it.each([
    ['a limit that is none', row('A1,甲,MR,5 天,,,,,2026-01-01'), ['2 items promise not_a_limit']],
    [
      'a number, a flag and a list that are none, all told',
      row('A1,甲,MR,,,ten,maybe,{},2026-01-01'),
      ['2 items extension_max not_a_number', '2 items joint not_a_flag', '2 items steps not_a_list'],
    ],
    [
      'what is missing beside what cannot be read',
      row('A1,,,,,ten,,,2026-01-01'),
      ['2 items extension_max not_a_number', '2 items name, org_code missing'],
    ],
    ['a day that is none', row('A1,甲,MR,,,,,,2026-02-30'), ['2 items valid_from not_a_day']],
    ['no day at all', row('A1,甲,MR,,,,,,'), ['- - valid_from no_valid_from']],
    ['a code that a spreadsheet has cut', row('1.144E+30,甲,MR,,,,,,2026-01-01'), ['2 items task_code lost_digits']],
    ['a code that is too long', row(`${'9'.repeat(37)},甲,MR,,,,,,2026-01-01`), ['2 items task_code too_long']],
    ['the same row twice', `${CSV}${LINE}\n`, ['3 items task_code twice']],
    [
      'rows without a code are not one row',
      `${HEAD}\n,甲,MR\n,乙,MR\n`.replaceAll('MR\n', 'MR,,,,,,2026-01-01\n'),
      ['2 items task_code missing', '3 items task_code missing'],
    ],
    ['a line with more cells than the header', `${CSV}A2,乙,MR,,,,,,2026-01-01,x\n`, ['3 - - wrong_columns']],
    ['a line that ends before what must be said', `${CSV}A2,乙\n`, ['3 items org_code missing']],
    ['a column that is no field', 'task_code,name,org_code,部门\nA,甲,MR,市监', ['1 items 部门 unknown_column']],
    ['a header that is no table', '编码,名称\nA,甲', ['1 - - no_table']],
    ['nothing in it', '', ['- - - empty_file']],
  ])('I9: %s', async (_, csv, expected) => {
    const draft = await draftOf('t.csv', csv)
    expect(faultsOf(draft)).toEqual(expected)
    expect(draft.faultCount).toBe(expected.length)
    for (const { zh, en } of draft.faults) {
      expect(zh).toMatch(/[\u4e00-\u9fff]/)
      expect(en).toMatch(/[a-z]{3}/)
    }
  })

  it('I9: rows of NDJSON: no object, a member that is no field, a type that does not fit', async () => {
    const lines = [
      ITEM,
      'text',
      { ...ITEM, task_code: 'A2', colour: 'red' },
      { ...ITEM, task_code: 'A3', joint: '是' },
      { word: 1 },
    ]
    const draft = await draftOf('t.ndjson', lines.map((line) => JSON.stringify(line)).join('\n'))
    expect(faultsOf(draft)).toEqual([
      '2 - - bad_line',
      '3 items colour unknown_column',
      '4 items joint shape',
      '5 - - no_table',
    ])
    expect(itemsOf(draft)).toEqual([ITEM])
  })

  it('I9: many faults: the first are listed, all are counted, the good rows are left', async () => {
    const bad = Array.from({ length: 450 }, (_, i) => `B${i},坏,MR,${i % 2 === 0 ? '5 天' : '6WD'},,,,,2026-01-01`)
    const draft = await draftOf('t.csv', `${HEAD}\n${bad.join('\n')}\n`)
    expect(draft.faultCount).toBe(225)
    expect(draft.faults).toHaveLength(200)
    expect(draft.fatal).toBe(false)
    expect(draft.tables).toEqual([{ table: 'items', taken: 225, repeated: 0, skipped: 0, faulty: 225 }])
    expect(itemsOf(draft)).toHaveLength(225)
  })

  it('I9: a file past the bound of rows is refused whole, with the line at which it stopped', async () => {
    const rows = Array.from({ length: 100_001 }, (_, i) => `s${i},来源`)
    const draft = await draftOf('t.csv', `source,name\n${rows.join('\n')}\n`, { validFrom: '2026-01-01' })
    expect(faultsOf(draft)).toEqual(['100002 - - too_large'])
    expect(draft).toMatchObject({ fatal: true, document: null })
  })

  it('I9: a JSON document stands as it is written; its faults have their pointer', async () => {
    const document = { catalogue: '目录', valid_from: '2026-01-01', items: [ITEM] }
    expect((await draftOf('c.json', JSON.stringify(document))).document).toEqual(document)
    const faulty = { ...document, items: [{ ...ITEM, promise: 'soon' }] }
    expect(faultsOf(await draftOf('c.json', JSON.stringify(faulty)))).toEqual(['- items /items/0/promise not_a_limit'])
    expect(faultsOf(await draftOf('c.json', '{"catalogue":'))).toEqual(['1 - - broken_file'])
  })
})

const FOREIGN = {
  mapping: '外来事项表',
  valid_from: '2026-01-01',
  none: ['无', '/'],
  units: { 工作日: 'WD', 自然日: 'ND', 个月: 'M', 小时: 'H' },
  tables: [
    { table: 'departments', once: true, fields: { org_code: '部门码', name: '部门', region_code: { const: '1' } } },
    {
      table: 'items',
      skip: [{ column: '状态', is: ['停用'], why: '已停用的事项', why_en: 'items no longer in use' }],
      fields: {
        task_code: '编码',
        name: '名称',
        org_code: '部门码',
        item_type: { column: '类型', map: { 行政许可: '01', 公共服务: '20' } },
        promise: { column: '承诺', limit: true, map: { 当场办结: '0' } },
        statute: { column: '法定', unit_column: '单位', limit: true },
        joint: { column: '联办', default: '否' },
      },
    },
  ],
}
const COLUMNS = '编码,名称,部门码,部门,类型,承诺,法定,单位,联办,状态'

describe('by a mapping', () => {
  it('I9: texts to codes, units to limits, words that mean nothing, defaults; two tables out of one file', async () => {
    const csv = [
      COLUMNS,
      '1,甲,MR,市监,行政许可,5(工作日),30,自然日,是,在用',
      '2,乙,MR,市监,公共服务,当场办结,3,个月,,在用',
      '3,丙,MR,市监,公共服务,无,/,,,在用',
      '4,丁,HC,住建,行政许可,8小时,20 个,工作日,,停用',
      '5,戊,HC,住建,行政许可,8小时,20 个,工作日,,在用',
    ].join('\n')
    const draft = await draftOf('t.csv', csv, { mapping: masterMappingOf(FOREIGN) })
    expect(faultsOf(draft)).toEqual([])
    const base = { org_code: 'MR' }
    expect(itemsOf(draft)).toEqual([
      { ...base, task_code: '1', name: '甲', item_type: '01', promise: '5WD', statute: '30ND', joint: true },
      { ...base, task_code: '2', name: '乙', item_type: '20', promise: '0', statute: '3M', joint: false },
      { ...base, task_code: '3', name: '丙', item_type: '20', joint: false },
      { org_code: 'HC', task_code: '5', name: '戊', item_type: '01', promise: '8H', statute: '20WD', joint: false },
    ])
    expect(draft.document?.departments).toEqual([
      { org_code: 'MR', name: '市监', region_code: '1' },
      { org_code: 'HC', name: '住建', region_code: '1' },
    ])
    expect(draft.tables).toEqual([
      { table: 'departments', taken: 2, repeated: 3, skipped: 0, faulty: 0 },
      { table: 'items', taken: 4, repeated: 0, skipped: 1, faulty: 0 },
    ])
    expect(draft.skipped).toEqual([
      { table: 'items', zh: '已停用的事项', en: 'items no longer in use', rows: 1, first_line: 5 },
    ])
  })

  it.each([
    ['a value the mapping does not list', '1,甲,MR,市监,行政奖励,,,,,', ['2 items 类型 not_listed']],
    ['a unit it does not know', '1,甲,MR,市监,行政许可,5周,,,,', ['2 items 承诺 not_a_limit']],
    ['a number without a unit', '1,甲,MR,市监,行政许可,5,,,,', ['2 items 承诺 not_a_limit']],
    [
      'a department named twice over',
      '1,甲,MR,市监,,,,,,\n2,乙,MR,市场监管,,,,,,',
      ['2 departments org_code differs', '3 departments org_code differs'],
    ],
  ])('I9: %s', async (_, lines, expected) => {
    const draft = await draftOf('t.csv', `${COLUMNS}\n${lines}\n`, { mapping: masterMappingOf(FOREIGN) })
    expect(faultsOf(draft)).toEqual(expected)
  })

  it('I9: a column the mapping needs and the header lacks refuses the file', async () => {
    const draft = await draftOf('t.csv', '编码,名称\n1,甲\n', { mapping: masterMappingOf(FOREIGN) })
    expect(faultsOf(draft)).toContain('1 items 承诺 missing_column')
    expect(draft).toMatchObject({ fatal: true, document: null })
  })

  it('I9: rows of a list within a JSON document', async () => {
    const file = {
      ...FOREIGN,
      format: 'json',
      rows: '/data/list',
      tables: [{ table: 'sources', fields: { source: 'id', name: 'label' } }],
    }
    const body = { data: { list: [{ id: 's1', label: '一窗' }, 7] } }
    const draft = await draftOf('t.json', JSON.stringify(body), { mapping: masterMappingOf(file) })
    expect(draft.document?.sources).toEqual([{ source: 's1', name: '一窗' }])
    expect(faultsOf(draft)).toEqual(['2 - - bad_line'])
  })

  const table = (fields: object, more: object = {}) => ({ mapping: 'm', tables: [{ table: 'items', fields, ...more }] })
  it.each([
    ['no tables', { mapping: 'm', tables: [] }, '/tables'],
    ['a mistyped member', { ...FOREIGN, unit: {} }, '/unit'],
    ['a field that is none', table({ task_code: 'a', colour: 'b' }), '/tables/0/fields/colour'],
    ['a limit without units', table({ promise: { column: 'a', limit: true } }), '/tables/0/fields/promise/limit'],
    [
      'a table of limits with none',
      table({ promise: { column: 'a', limit: true, map: { x: '5d' } } }),
      '/tables/0/fields/promise/map',
    ],
    [
      'rows left out without saying which',
      table({ task_code: 'a' }, { skip: [{ column: 'b', why: '因' }] }),
      '/tables/0/skip/0',
    ],
    [
      'rows left out without saying why',
      table({ task_code: 'a' }, { skip: [{ column: 'b', is: ['x'] }] }),
      '/tables/0/skip/0',
    ],
    ['an encoding that is none', { ...FOREIGN, encoding: 'klingon' }, '/encoding'],
    ['dates without a year', { ...FOREIGN, dates: ['HH:mm'] }, '/dates/0'],
    [
      'a calendar field that is none',
      { mapping: 'm', tables: [{ table: 'calendars', fields: { day: 'a' } }] },
      '/tables/0/fields/day',
    ],
  ])('I9: a mapping with a fault is refused before the file is read: %s', (_, document, at) => {
    const read = masterMapping(document)
    expect('faults' in read ? read.faults.map((fault) => fault.at) : []).toContain(at)
  })
})
