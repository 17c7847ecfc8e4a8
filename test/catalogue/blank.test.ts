// Texts of blanks alone (I9): they are no names and no codes, in a document as in the rows of a table.

import { describe, expect, it } from 'vitest'
import { catalogueFaults } from '../../server/intake/catalogue.ts'
import { draftOf, faultsOf, masterMappingOf } from './files.ts'

const ITEM = { task_code: 'A1', name: '甲', org_code: 'MR', valid_from: '2026-01-01' }
const NO_TEXT = 'must not have fewer than 1 characters'

describe('blanks', () => {
  it.each([' ', '\u3000\t', ''])(
    'I9: a text that is blanks alone (%j) is none, in every table of a document and of rows',
    async (blank) => {
      const calendar = { calendar_id: 'x', name: blank, zone: 'UTC', from: '2026-01-01', to: '2026-12-31', days: [] }
      const tables: readonly [at: string, member: Record<string, unknown>][] = [
        ['/catalogue', { catalogue: blank }],
        ['/centre/name', { centre: { name: blank, calendar: 'cn' } }],
        ['/calendars/0/name', { calendars: [calendar] }],
        ['/regions/0/region_code', { regions: [{ region_code: blank, name: '甲' }] }],
        ['/departments/0/name_en', { departments: [{ org_code: 'D', name: '甲', name_en: blank, region_code: '1' }] }],
        ['/windows/0/name', { windows: [{ window_no: 'A', name: blank, org_code: 'D' }] }],
        ['/operators/0/name', { operators: [{ operator_id: 'o', name: blank, org_code: 'D' }] }],
        ['/items/0/task_code', { items: [{ ...ITEM, task_code: blank }] }],
        ['/items/0/steps/0/name', { items: [{ ...ITEM, steps: [{ step_code: 's', name: blank }] }] }],
        ['/sources/0/name', { sources: [{ source: 's', name: blank }] }],
        ['/rules/0/name', { rules: [{ rule_id: 'R-01', name: blank }] }],
      ]
      for (const [at, member] of tables)
        expect(catalogueFaults({ catalogue: 'x', valid_from: '2026-01-01', ...member })).toEqual([
          { at, detail: NO_TEXT },
        ])
      const lines = [ITEM, { ...ITEM, task_code: 'A2', name: blank }].map((row) => JSON.stringify(row))
      expect(faultsOf(await draftOf('t.ndjson', lines.join('\n')))).toEqual(['2 items name missing'])
      expect(
        faultsOf(await draftOf('t.csv', `task_code,name,org_code,valid_from\nA2,${blank},MR,2026-01-01\n`)),
      ).toEqual(['2 items name missing'])
      const mapping = masterMappingOf({
        mapping: 'm',
        valid_from: '2026-01-01',
        tables: [{ table: 'sources', fields: { source: 'id', name: { const: blank } } }],
      })
      expect(faultsOf(await draftOf('s.csv', 'id\ns1\n', { mapping }))).toEqual(['2 sources name missing'])
    },
  )

  it('I9: the legal basis of a rule too', () => {
    const faultsOfBasis = (legal_basis: string) =>
      catalogueFaults({ catalogue: 'x', valid_from: '2026-01-01', rules: [{ rule_id: 'T-01', legal_basis }] })
    expect(faultsOfBasis(' \u3000')).toEqual([{ at: '/rules/0/legal_basis', detail: NO_TEXT }])
    expect(faultsOfBasis('《行政许可法》 第四十二条')).toEqual([])
  })

  it('I9: every fault of a document is told, up to fifty', () => {
    const regions = (count: number) => Array.from({ length: count }, (_, n) => ({ region_code: `R${n}` }))
    const faultsIn = (count: number) => catalogueFaults({ catalogue: 'x', regions: regions(count) })
    expect(faultsIn(12).filter(({ at }) => at.startsWith('/regions/'))).toHaveLength(12)
    expect(faultsIn(80)).toHaveLength(50)
  })
})
