// Limits as clerks write them (I9): in full width or half, with or without a bracket around the unit.

import { describe, expect, it } from 'vitest'
import { draftOf, faultsOf, masterMappingOf } from './files.ts'

const MAPPING = {
  mapping: '事项表',
  valid_from: '2026-01-01',
  units: { 工作日: 'WD', 个月: 'M' },
  tables: [
    {
      table: 'items',
      fields: { task_code: '编码', name: '名称', org_code: '部门码', promise: { column: '承诺', limit: true } },
    },
  ],
}

describe('limits of a mapped column', () => {
  it.each([
    ['20\uff08个工作日\uff09', '20WD'],
    ['20\uff08工作日\uff09', '20WD'],
    ['20(个工作日)', '20WD'],
    ['\uff12\uff10个工作日', '20WD'],
    ['20 个工作日', '20WD'],
    ['3\uff08个月\uff09', '3M'],
    ['20\uff08个日\uff09', null],
  ])('I9: a limit written as %s is %s', async (written, limit) => {
    const csv = `编码,名称,部门码,承诺\n1,甲,MR,${written}\n`
    const draft = await draftOf('t.csv', csv, { mapping: masterMappingOf(MAPPING) })
    expect(faultsOf(draft)).toEqual(limit === null ? ['2 items 承诺 not_a_limit'] : [])
    const items = (draft.document?.items ?? []) as { promise?: string }[]
    expect(items.map(({ promise }) => promise)).toEqual(limit === null ? [] : [limit])
  })
})
