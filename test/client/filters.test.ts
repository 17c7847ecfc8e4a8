// The filters of a list: what code is meant by what was typed, and that what is chosen is drawn, handed on and said on paper.

import { cleanup, fireEvent } from '@testing-library/svelte'
import { afterEach, describe, expect, it, test } from 'vitest'
import Filters from '../../client/frame/Filters.svelte'
import { codeMeant, type Filter, levelFilter } from '../../client/frame/filters.ts'
import { wordsOf } from '../../client/i18n/both.ts'
import { draw } from './draw.ts'

afterEach(cleanup)

const row = (code: string, name: string, name_en: string | null = null) => ({ code, name, name_en })
const MARKET = row('MR', '市场监督管理局', 'Market Regulation')
const HOUSING = row('HC', '住房和城乡建设局', 'Housing')
const FOOD = row('A01', '食品经营', 'Food')
const FOOD_TOO = row('A02', '食品经营', 'Food')

describe('the code meant by a text', () => {
  test.each([
    ['a code as it stands', 'MR', [MARKET], 'MR'],
    ['a code but for its case', 'mr', [MARKET], 'MR'],
    ['a whole name', '市场监督管理局', [MARKET, HOUSING], 'MR'],
    ['an English name but for its case', 'housing', [HOUSING], 'HC'],
    ['a part of one name', '监督', [MARKET], 'MR'],
    ['a short name, which only the server knows', '市监', [MARKET], 'MR'],
    ['a name that two codes bear: none is chosen', '食品经营', [FOOD, FOOD_TOO], '食品经营'],
    ['a part of several names', '局', [MARKET, HOUSING], '局'],
    ['a code of no catalogue, though a listed one begins alike', 'A0', [FOOD], 'A0'],
    ['a code beside a longer one', 'A01', [row('A01-2', '综合'), FOOD], 'A01'],
    ['two codes that differ by case alone: as it was typed', 'a01', [FOOD, row('a01', '综合')], 'a01'],
    ['nothing found, or the catalogue silent', 'Z9', [], 'Z9'],
  ])('D-05, L4: %s [U15]', (_, text, found, code) => {
    expect(codeMeant(text, found)).toBe(code)
  })
})

describe('the form', () => {
  const t = wordsOf('zh')
  const drawn = (filters: readonly Filter[]) => {
    const told: [string, string][] = []
    const { container } = draw(Filters, {
      t,
      filters,
      set: (name: string, value: string) => void told.push([name, value]),
    })
    const said = () =>
      [...container.querySelectorAll('[data-said="true"] .print-only')].map((node) => node.textContent?.trim())
    return { container, told, said }
  }

  it('L4: a change is handed on under its name, a typed text without its edges', async () => {
    const { container, told } = drawn([
      levelFilter(t, '', [3, 2, 1]),
      { kind: 'text', name: 'rule', label: '规则', value: '' },
    ])
    const [select, input] = [container.querySelector('select'), container.querySelector('input')]
    if (select === null || input === null) throw new Error('a filter is not drawn')
    await fireEvent.change(select, { target: { value: '3' } })
    await fireEvent.change(input, { target: { value: ' T-12 ' } })
    expect(told).toEqual([
      ['level', '3'],
      ['rule', 'T-12'],
    ])
    expect(select.hasAttribute('data-filter')).toBe(true)
  })

  it('L5: on paper what was chosen stands in words, what was not does not stand', () => {
    const { said } = drawn([
      levelFilter(t, '3', [3, 2, 1]),
      { kind: 'text', name: 'rule', label: '规则', value: 'T-12' },
      { kind: 'choice', name: 'state', label: '状态', value: '', options: [{ value: '', text: '全部状态' }] },
      { kind: 'day', name: 'as_of', label: '某日的目录', value: '2026-05-18' },
    ])
    expect(said()).toEqual(['红牌', '规则 T-12', '某日的目录 2026年5月18日 周一'])
  })
})
