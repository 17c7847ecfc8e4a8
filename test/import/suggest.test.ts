// The suggested mapping (I8): from heads and first values, Chinese and English; what it assumes is said; it always compiles,
// and on real files it makes events. Kinds of files told by their first bytes before their names.
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ImportColumn } from '../../server/contract/imports.ts'
import { openSource } from '../../server/intake/files/bytes.ts'
import { compileMapping } from '../../server/intake/files/map.ts'
import type { MappingFile } from '../../server/intake/files/mapping.ts'
import { readDocument, writeDocument } from '../../server/intake/files/mapping-text.ts'
import { showRows, suggestionFor } from '../../server/intake/files/preview.ts'
import { suggest } from '../../server/intake/files/suggest.ts'
import { formatOf } from '../../server/intake/readers/registry.ts'
import { sniff } from '../../server/intake/readers/sniff.ts'
import { instant } from '../live/house.ts'
import { bookWith } from './bombs.ts'
import { fileOfTest, mappingNamed, realFile } from './files.ts'
import { sampleOf } from './read.ts'

const notesOf = (notes: readonly { en: string }[]): string => notes.map(({ en }) => en).join(' ')

const suggested = async (
  path: string,
): Promise<{ document: MappingFile; notes: string; rows: number; skipped: number }> => {
  const sample = await sampleOf(path)
  const { document, notes } = suggestionFor('file.csv', formatOf(path), false, sample)
  const compiled = compileMapping(document)
  if ('faults' in compiled) return { document: document as MappingFile, notes: notesOf(notes), rows: 0, skipped: 0 }
  const context = {
    scaleOf: () => null,
    source: 's',
    historical: null,
    aheadMs: 0,
    now: instant('2026-11-01T00:00:00Z'),
  }
  const { counts } = showRows(sample, compiled.mapping, false, { context, names: null, asOf: null })
  return {
    document: document as MappingFile,
    notes: notesOf(notes),
    rows: counts.rows,
    skipped: counts.skipped + counts.rejected,
  }
}

const csv = (head: string, ...rows: string[]): string => fileOfTest('t.csv', `${[head, ...rows].join('\n')}\n`)

describe('heads and values', () => {
  it('I8: a register of cases with Chinese heads', async () => {
    const path = csv(
      '业务流水号,实施主体,窗口号,经办人,工号,事项编码,行政区划,申请时间,受理日期,承诺办结时间,法定时限,审批时间,办结日期',
      'A1,MR,W1,张三,P1,T1,330000,2026/3/2 9:00,2026/3/3 10:00,2026/4/2,20个工作日,2026/3/9 8:00,2026/3/10 8:00',
      'A2,MR,W1,李四,P2,T1,330000,2026/3/22 9:00,待定,2026/4/22,20个工作日,,',
      ...Array.from(
        { length: 8 },
        (_, i) => `B${i},MR,W1,李四,P2,T1,330000,2026/3/22 9:00,2026/3/23 9:00,2026/4/22,即办,,`,
      ),
    )
    const { document, notes, rows, skipped } = await suggested(path)
    expect(document).toEqual({
      mapping: 'file',
      zone: 'Asia/Shanghai',
      dates: ['yyyy/M/d H:m', 'yyyy/M/d'],
      fields: {
        project_no: '业务流水号',
        org_code: '实施主体',
        window_no: '窗口号',
        operator_id: '工号',
        operator_name: '经办人',
        task_code: '事项编码',
        region_code: '行政区划',
      },
      case: [
        { type: 'RECEIVE', at: '申请时间' },
        { type: 'ACCEPT', at: '受理日期', payload: { promise_due_at: '承诺办结时间', legal_limit: '法定时限' } },
        { type: 'DECIDE', at: '审批时间' },
        { type: 'COMPLETE', at: '办结日期' },
      ],
    })
    expect(notes).toContain('Asia/Shanghai')
    expect([rows, skipped]).toEqual([10, 1])
  })

  it('I8: a file with a step on each row: activities that are events of their own are told from steps', async () => {
    const path = csv(
      'case_id,activity,timestamp,resource',
      'c,受理,2026-03-02T09:00:00+08:00,p1',
      'c,审查,2026-03-03T09:00:00+08:00,p2',
      'c,办结,2026-03-04T09:00:00+08:00,p1',
    )
    const { document, notes } = await suggested(path)
    expect(document).toMatchObject({
      fields: { project_no: 'case_id', operator_id: 'resource' },
      events: [{ activity: 'activity', at: 'timestamp', types: { 受理: 'ACCEPT', 办结: 'COMPLETE', '*': 'STEP' } }],
    })
    expect(document).not.toHaveProperty('zone')
    expect(notes).toBe('')
  })

  it('I8: columns that it leaves out are named, those that may move a date before the rest', async () => {
    const { document, notes } = await suggested(
      csv('办件编号,受理部门,受理时间,挂起时间,恢复时间,办理状态,备注', 'A-1,MR,2026-03-02 09:00:00,,,在办,无'),
    )
    expect(document).toMatchObject({ fields: { project_no: '办件编号', org_code: '受理部门' } })
    expect(notes).toMatch(
      /Not used, of pauses.*挂起时间, 恢复时间, 办理状态.*left out, it is judged without them.*Not used: 备注\./,
    )
  })

  it('I8: what it cannot know is said: no case number, no instants, day or month, acceptance taken from receipt', async () => {
    const nothing = await suggested(csv('x,y', '1,a'))
    expect(nothing.notes).toMatch(/case number.*instant/)
    const either = await suggested(csv('case id,received,due date', '1,03/04/2026,05/06/2026'))
    expect(either.notes).toMatch(/acceptance.*month or the day/)
    expect(either.document.case?.map(({ type }) => type)).toEqual(['RECEIVE', 'ACCEPT'])
    const settled = await suggested(
      csv('case id,received,accepted', '1,03/04/2026,25/04/2026', '2,04/04/2026,26/04/2026'),
    )
    expect(settled.document.dates).toEqual(['d/M/yyyy'])
  })

  it('I8: a number that could be seconds, and a head that only sounds like a date, are no instants', async () => {
    const { document } = await suggested(csv('办件编号,受理时间,备注时间', '1012345678,2026-03-02 09:00,下午'))
    expect(document).toMatchObject({ fields: { project_no: '办件编号' }, case: [{ type: 'ACCEPT', at: '受理时间' }] })
    expect(document.events).toBe(undefined)
  })

  it('I8: any columns: it compiles, names only columns that are there, each once', () => {
    const heads = [
      '办件编号',
      '受理时间',
      '时间',
      'Activity',
      'start',
      'end date',
      '经办人',
      'case:concept:name',
      'concept:name',
      'x',
      '到期日',
      'Status',
    ]
    const column = fc.record({
      name: fc.constantFrom(...heads),
      of: fc.constantFrom('row' as const, 'case' as const, 'event' as const),
      shape: fc.constantFrom('empty' as const, 'date' as const, 'flag' as const, 'number' as const, 'text' as const),
      filled: fc.nat(9),
      samples: fc.array(fc.string({ maxLength: 9 }), { maxLength: 5 }),
      dates: fc.subarray(['iso', 'd/M/yyyy', 'M/d/yyyy', 'yyyy/M/d']),
    })
    const columns = fc.uniqueArray(column, { selector: ({ name }) => name, maxLength: 12 })
    fc.assert(
      fc.property(columns, fc.array(fc.constantFrom('受理', '办结', 'x', '*')), (some: ImportColumn[], values) => {
        const { document } = suggest({
          name: 'n',
          format: 'csv',
          sayFormat: true,
          columns: some,
          rows: [],
          valuesOf: () => values,
        })
        const { case: cases = [], events = [] } = document as MappingFile
        const compiled = compileMapping(document)
        if (cases.length + events.length === 0) return
        if ('faults' in compiled) throw new Error(JSON.stringify(compiled.faults))
        expect(compiled.mapping.columns.filter((name) => !some.some((each) => each.name === name))).toEqual([])
        const text = writeDocument(document)
        expect(readDocument(text)).toEqual({ document })
      }),
      { seed: 8, numRuns: 300 },
    )
  })
})

describe('real files', () => {
  const FILES: [file: string, document: object][] = [
    [
      'logs/boston311-zoning.csv',
      {
        fields: { project_no: 'CASE_ENQUIRY_ID', org_code: 'Department' },
        case: [
          { type: 'RECEIVE', at: 'OPEN_DT' },
          { type: 'ACCEPT', payload: { promise_due_at: 'TARGET_DT' } },
          { type: 'COMPLETE', at: 'CLOSED_DT' },
        ],
      },
    ],
    [
      'logs/academic-credentials.csv',
      {
        fields: { project_no: 'Case ID', operator_id: 'Resource' },
        events: [{ activity: 'Activity', start: 'Start Timestamp', complete: 'Complete Timestamp' }],
      },
    ],
    [
      'logs/receipt-100.xes',
      {
        fields: { project_no: 'case:concept:name', org_code: 'case:department' },
        case: [
          { type: 'ACCEPT', at: 'case:startdate', payload: { legal_due_at: 'case:deadline' } },
          { type: 'COMPLETE', at: 'case:enddate' },
        ],
        events: [{ activity: 'concept:name', at: 'time:timestamp', lifecycle: 'lifecycle:transition' }],
      },
    ],
  ]
  it.each(FILES)('I8: %s is mapped much as by hand, and nothing of the sample is skipped', async (file, expected) => {
    const path = realFile(file)
    if (path === null) return
    const { document, rows, skipped } = await suggested(path)
    expect(document).toMatchObject(expected)
    expect(rows).toBeGreaterThan(50)
    expect(skipped).toBe(0)
  })
})

describe('kinds of files', () => {
  const KINDS: [name: string, told: string, content: string | Buffer][] = [
    ['a.csv', 'csv true', 'a,b\n'],
    ['a.txt', 'csv false', 'a\tb\n'],
    ['a.dat', 'ndjson false', '{"a":1}\n'],
    ['a.csv', 'xlsx false', bookWith({})],
    ['a.csv', 'xes false', '\ufeff<?xml version="1.0"?><log/>'],
    ['a.xes.gz', 'xes true', gzipSync('<log/>')],
    ['a.jsonl', 'ndjson true', '{"a":1}\n'],
    ['a.xlsx', 'csv false', 'a,b\n'],
    ['a.xls', 'unknown_format', Buffer.from('d0cf11e0a1b11ae1', 'hex')],
    ['a.csv', 'unknown_format', 'PAR1…'],
    ['a.csv.gz', 'broken_file', 'a,b\n'],
  ]
  it.each(KINDS)('I8: %s: %s', async (name, told, content) => {
    const found = await sniff(openSource(fileOfTest(name, content)), name).then(
      ({ format, isNamed }) => `${format} ${isNamed}`,
      (error: { code: string }) => error.code,
    )
    expect(found).toBe(told)
  })
})

describe('the text of a mapping', () => {
  it('I8: what is written is read back the same, for every fixture', () => {
    for (const name of ['boston311', 'credentials', 'receipt', 'xes', 'hebrew'])
      expect(mappingNamed(name).name).not.toBe('')
    const document = {
      mapping: 'm: x',
      zone: 'UTC',
      fields: { project_no: '# no', org_code: { const: 'yes' } },
      case: [{ type: 'ACCEPT', at: '2026', payload: { promise_limit: { const: { value: 5, unit: 'WD' } } } }],
    }
    expect(readDocument(writeDocument(document))).toEqual({ document })
  })

  it.each([
    ['no YAML', 'a: [1\nb', 'line'],
    ['too long', 'x'.repeat(300_000), '/'],
    ['too deep', '['.repeat(40) + ']'.repeat(40), '/'],
    [
      'a laugh a billion times',
      `a: &a [x,x,x,x,x,x,x,x,x]\n${['b', 'c', 'd', 'e', 'f', 'g', 'h'].map((k, i) => `${k}: &${k} [${Array.from({ length: 9 }, () => `*${'abcdefgh'[i]}`).join()}]`).join('\n')}`,
      '/',
    ],
  ])('I8: %s is a fault, not a throw', (_, text, at) => {
    const read = readDocument(text)
    expect('faults' in read ? read.faults[0]?.at : 'read').toContain(at)
  })
})
