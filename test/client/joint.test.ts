// Members of joint handlings on the screens (M1): the parent on the page of a case, the line beside the total of measures
// with the way to its cases.

import { describe, expect, it } from 'vitest'
import CaseFlags from '../../client/case/CaseFlags.svelte'
import Figures from '../../client/figures/Figures.svelte'
import { wordsOf } from '../../client/i18n/both.ts'
import type { CaseView } from '../../server/contract/api.ts'
import type { MeasuredRow, MeasureTable } from '../../server/contract/measures.ts'
import { lateCase } from './case.fixture.ts'
import { draw } from './draw.ts'

const [zh, en] = [wordsOf('zh'), wordsOf('en')]

describe('the page of a member', () => {
  const flag = (parent: CaseView['joint_parent'], t = zh): HTMLElement | null =>
    draw(CaseFlags, { t, found: { ...lateCase, joint_parent: parent } }).container.querySelector(
      '[data-flag="joint_parent"]',
    )

  it('M1: it links its parent, and says where that is not in the ledger', () => {
    const known = flag({ said: 'A 1', project_no: 'A 1', known: true })
    expect(known?.querySelector('a')?.getAttribute('href')).toBe('/cases/A%201')
    expect(known?.textContent).toContain('并联成员')
    expect(known?.textContent).not.toContain('台账中没有')
    expect(flag({ said: 'A 1', project_no: 'A 1', known: false })?.textContent).toContain('台账中没有主办件')
    expect(flag({ said: 'A 1', project_no: 'A 1', known: false }, en)?.textContent).toContain('not in the ledger')
    // whoever may not know is told neither
    expect(flag({ said: 'A 1', project_no: 'A 1', known: null })?.textContent).not.toContain('台账中没有')
    expect(flag(null)).toBeNull()
  })
})

describe('the page of measures', () => {
  const row = (key: string, name: string, received: number): MeasuredRow =>
    ({ key, name, name_en: name, received }) as unknown as MeasuredRow
  const table = (members: number): MeasureTable =>
    ({
      period: '2026-Q2',
      by: 'department',
      scope: { region: null, department: null },
      columns: [
        { key: 'key', zh: '编码', en: 'Code', type: 'text' },
        { key: 'name', zh: '部门', en: 'Department', type: 'text' },
        { key: 'received', zh: '收件', en: 'Received', type: 'integer', figure: 'received' },
      ],
      rows: [row('D1', '甲局', 2 + members)],
      total: row('total', '合计', 2),
      members: row('members', '并联成员', members),
    }) as unknown as MeasureTable
  const foot = (members: number): (string | null | undefined)[][] =>
    [...draw(Figures, { t: zh, found: table(members) }).container.querySelectorAll('tfoot tr')].map((line) => [
      line.querySelector('.name')?.textContent?.trim(),
      line.querySelector('.number')?.textContent?.trim(),
      line.querySelector('.number a')?.getAttribute('href'),
    ])

  it('M1: members stand below the total, and both lead to their own cases', () => {
    const path = '/rankings/cases?period=2026-Q2&by=department'
    expect(foot(3)).toEqual([
      ['合计', '2', `${path}&kind=received&page=measures`],
      ['并联成员', '3', `${path}&only=members&kind=received&page=measures`],
    ])
    expect(foot(0)).toEqual([['合计', '2', `${path}&kind=received&page=measures`]])
  })
})
