// Values of a sample that cannot be read as what their column is taken for (I8): counted and said, by the readers of the import
// itself; a column of which most cannot be read is not chosen, and said to look like what its heading says.

import { describe, expect, it } from 'vitest'
import { compileMapping } from '../../server/intake/files/map.ts'
import type { MappingFile } from '../../server/intake/files/mapping.ts'
import { suggestionFor } from '../../server/intake/files/preview.ts'
import { noneIn, unreadIn } from '../../server/intake/files/unread.ts'
import { formatOf } from '../../server/intake/readers/registry.ts'
import { fileOfTest, mappingOf } from './files.ts'
import { sampleOf } from './read.ts'

/** The suggested mapping and what the preview says of values that cannot be read: `column field unread/filled used`. */
const doubted = async (path: string): Promise<{ document: MappingFile; told: string[] }> => {
  const sample = await sampleOf(path)
  const { document } = suggestionFor('file.csv', formatOf(path), false, sample)
  const compiled = compileMapping(document)
  const mapping = 'faults' in compiled ? null : compiled.mapping
  const told = unreadIn(sample, mapping).map(
    ({ column, field, unread, filled, used, en }) =>
      `${column} ${field} ${unread}/${filled} ${used} ${en.slice(0, 17)}`,
  )
  return { document: document as MappingFile, told }
}

const csv = (head: string, ...rows: string[]): string => fileOfTest('t.csv', `${[head, ...rows].join('\n')}\n`)

describe('what cannot be read', () => {
  it('I8: a due column in another form is told by its name, how many cells, and what stands there [U14]', async () => {
    const rows = ['三月九日', '3月10号前', '三月九日'].map((due, i) => `A${i},2026-03-02 09:00,${due}`)
    for (const [head, used] of [
      ['承诺到期日', false],
      ['承诺到期日（最晚）', false],
    ] as const) {
      const sample = await sampleOf(csv(`办件编号,受理时间,${head}`, ...rows))
      const note = { column: head, field: 'promise_due_at', unread: 3, filled: 3, used }
      expect(unreadIn(sample, null)).toMatchObject([{ ...note, samples: ['三月九日', '3月10号前'] }])
    }
    const sample = await sampleOf(csv('办件编号,受理时间,承诺到期日', ...rows))
    const mapping = mappingOf({
      mapping: 'm',
      zone: 'UTC',
      dates: ['yyyy-MM-dd HH:mm'],
      fields: { project_no: '办件编号' },
      case: [{ type: 'ACCEPT', at: '受理时间', payload: { promise_due_at: '承诺到期日' } }],
    })
    const [note] = unreadIn(sample, mapping)
    expect(note).toMatchObject({ column: '承诺到期日', unread: 3, filled: 3, used: true })
    expect(note?.samples).toEqual(['三月九日', '3月10号前'])
  })

  it('I15: words for nothing are offered where they are read as values, and not where they are nothing already', async () => {
    const rows = ['NA,2026-03-02,NULL,无', '-,2026-03-02,NULL,w1', 'd,0000-00-00,NA,w1']
    const sample = await sampleOf(csv('no,部门,受理,办结,窗口', ...rows.map((row, i) => `A${i},${row}`)))
    const document = {
      mapping: 'm',
      zone: 'UTC',
      fields: { project_no: 'no', org_code: '部门', window_no: '窗口' },
      case: [
        { type: 'ACCEPT', at: '受理' },
        { type: 'COMPLETE', at: '办结' },
      ],
    }
    expect(noneIn(sample, mappingOf(document)).map(({ word, cells, columns }) => [word, cells, columns])).toEqual([
      ['NA', 1, ['部门']],
      ['-', 1, ['部门']],
      ['无', 1, ['窗口']],
    ])
    expect(noneIn(sample, mappingOf({ ...document, none: ['NA', '-', '无'] }))).toEqual([])
    expect(noneIn(sample, null)).toEqual([])
  })

  const accepted = (...values: string[]): string =>
    csv('办件编号,受理时间,办结时间', ...values.map((value, i) => `A${i},${value},2026-03-09 10:00`))

  it('I8: a column is suggested while most of its values can be read, and how many cannot is said', async () => {
    const { document, told } = await doubted(
      accepted('2026-03-02 09:00', '', '不详', '2026-03-03 09:00', '待定', '2026-03-04'),
    )
    expect(document.case?.map(({ type }) => type)).toEqual(['ACCEPT', 'COMPLETE'])
    expect(told).toEqual(['受理时间 ACCEPT 2/5 true the date cannot b'])
  })

  it('I8: below a majority it is not chosen, and said to look like what its heading says', async () => {
    const { document, told } = await doubted(
      accepted('2026-03-02 09:00', '', '不详', '2026-03-03 09:00', '待定', '上周'),
    )
    expect(document.case?.map(({ type }) => type)).toEqual(['COMPLETE'])
    expect(told).toEqual(['受理时间 ACCEPT 3/5 false the date cannot b'])
    const half = await doubted(accepted('2026-03-02 09:00', '待定'))
    expect(half.told).toEqual(['受理时间 ACCEPT 1/2 false the date cannot b'])
    const alone = await doubted(csv('办件编号,受理时间', 'A1,昨天', 'A2,今天'))
    expect(alone.told, 'no mapping at all comes of it').toEqual(['受理时间 ACCEPT 2/2 false the date cannot b'])
  })

  it('I8: so with limits, and with codes that a spreadsheet has cut', async () => {
    const rows = ['20', '20个工作日', '30'].map((limit, i) => `2.02607E+17,W${i},2026-03-02 09:00,${limit}`)
    const { document, told } = await doubted(csv('办件编号,窗口号,受理时间,承诺时限', ...rows))
    expect(document.fields).toEqual({ window_no: '窗口号' })
    expect(document.case).toEqual([{ type: 'ACCEPT', at: '受理时间' }])
    expect(told).toEqual([
      '办件编号 project_no 3/3 false a long code becam',
      '承诺时限 promise_limit 2/3 false the value cannot ',
    ])
  })

  it('I8: another column that can be read takes its place, and nothing more is said', async () => {
    const { document, told } = await doubted(
      csv('办件编号,受理时间,受理日期', 'A1,上午,2026-03-02', 'A2,下午,2026-03-03'),
    )
    expect(document.case).toEqual([{ type: 'ACCEPT', at: '受理日期' }])
    expect(told).toEqual([])
  })

  it('I8: of any mapping, also through its table of codes; a column that nothing is read of is no matter', async () => {
    const sample = await sampleOf(csv('no,on,org,结果', 'A1,2026-03-02,1,x', '1.1E+20,5 March,2.2E+18,y', 'A3,,3,z'))
    const mapping = mappingOf({
      mapping: 'm',
      zone: 'UTC',
      fields: { project_no: 'no', org_code: { column: 'org', map: { '1': 'MR' } } },
      case: [
        { type: 'ACCEPT', at: 'on', payload: { promise_limit: { const: { value: 5, unit: 'WD' } } } },
        { type: 'DECIDE', at: 'on', payload: { result: '结果' } },
      ],
    })
    expect(
      unreadIn(sample, mapping).map(({ column, field, unread, filled }) => [column, field, unread, filled]),
    ).toEqual([
      ['no', 'project_no', 1, 3],
      ['on', 'ACCEPT', 1, 2],
      ['on', 'DECIDE', 1, 2],
      ['org', 'org_code', 1, 3],
    ])
    for (const { zh, en } of unreadIn(sample, mapping))
      expect([zh, en]).toEqual([expect.stringMatching(/[\u4e00-\u9fff]/), expect.stringMatching(/[a-z]{3}/)])
  })
})
