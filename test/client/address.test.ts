// The query of an address: read by known names, changed without touching the rest, empty values never left behind; and the
// title an address gives its page, in both languages.

import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { wordsOf } from '../../client/i18n/both.ts'
import { choiceIn, queryOf, valuesIn, withValues } from '../../client/lib/address.ts'
import { placeOf, titleOf } from '../../client/pages.ts'

describe('the query of an address', () => {
  it('L4: known names are read, others are not seen; what is absent is empty', () => {
    expect(valuesIn('?level=3&lang=en&level=1&window=%E6%BB%A8+1', ['level', 'window', 'state'])).toEqual({
      level: '3',
      window: '滨 1',
      state: '',
    })
  })

  it('L4: of the values a name may have, the first stands for all that it may not', () => {
    const pageIn = (search: string) => choiceIn(search, 'page', ['rankings', 'measures'])
    expect(['?page=measures', '?page=rankings', '?page=else', ''].map(pageIn)).toEqual([
      'measures',
      'rankings',
      'rankings',
      'rankings',
    ])
  })

  test.each([
    ['?a=1&b=2&lang=en', { a: '9' }, '?a=9&b=2&lang=en'],
    ['?a=1&b=2', { c: '3' }, '?a=1&b=2&c=3'],
    ['?a=1&b=2', { a: '' }, '?b=2'],
    ['?a=1', { a: null }, ''],
    ['?a=1&a=2&b=3', { a: '4' }, '?a=4&b=3'],
    ['', { a: '', b: '滨 & 1' }, '?b=%E6%BB%A8+%26+1'],
  ])('L4: %s with %o is %s', (search, changes, expected) => {
    expect(withValues(search, changes)).toBe(expected)
  })

  it('L4: what is written is read again, whatever its letters; nothing empty is written', () => {
    const values = fc.record({ level: fc.string(), window: fc.string(), department: fc.string() })
    fc.assert(
      fc.property(values, (told) => {
        const query = queryOf(told)
        expect(valuesIn(query, ['level', 'window', 'department'])).toEqual(told)
        expect(new URLSearchParams(query).size).toBe(Object.values(told).filter((value) => value !== '').length)
      }),
    )
  })
})

describe('the title of a page', () => {
  const titles = (path: string, search = '') =>
    (['zh', 'en'] as const).map((lang) => titleOf(wordsOf(lang), placeOf(path), search))

  test.each([
    ['/due', '', '时限计算器 · 明镜', 'Limit calculator · Mingjing'],
    ['/cases/P-1', '', 'P-1 · 明镜', 'P-1 · Mingjing'],
    ['/cases', '?apart=1', '搁置的办件 · 明镜', 'Cases set apart · Mingjing'],
    ['/windows/B08', '', 'B08 窗口 · 明镜', 'Window B08 · Mingjing'],
    ['/catalogue', '', '事项 · 目录 · 明镜', 'Items · Catalogue · Mingjing'],
    ['/catalogue', '?table=windows&code=A01', 'A01 · 窗口 · 目录 · 明镜', 'A01 · Windows · Catalogue · Mingjing'],
    ['/catalogue/calendars', '', '日历 · 目录 · 明镜', 'Calendars · Catalogue · Mingjing'],
  ])('L4: %s%s', (path, search, zh, en) => {
    expect(titles(path, search)).toEqual([zh, en])
  })

  test.each([
    ['T-03.case.1109-20260911-0081.statute', 'T-03 · 1109-20260911-0081 · 明镜'],
    ['T-07.case.滨.2026.1.pause:feed:e.7.2', 'T-07 · 滨.2026.1 · 明镜'],
    ['D-02.operator.op1.2026-03-30', 'D-02.operator.op1.2026-03-30 · 明镜'],
  ])('C3: a card by its rule and whose it is: %s', (cardId, title) => {
    expect(titles(`/cards/${encodeURIComponent(cardId)}`)[0]).toBe(title)
  })
})
