// What the office says of the house itself (J5, J6), and the bar of its pages.

import { describe, expect, it } from 'vitest'
import Standing from '../../client/frame/Standing.svelte'
import { dayText, listedText } from '../../client/frame/tell.ts'
import { wordsOf } from '../../client/i18n/both.ts'
import { type Health, troublesOf } from '../../client/lib/health.ts'
import { PAGES, placeOf } from '../../client/pages.ts'
import { APART, isUnder } from '../../client/router.ts'
import { draw } from './draw.ts'

const FINE: Health = {
  status: 'ok',
  now: '2026-09-29T10:00:00+08:00',
  cases_apart: 0,
  rejudging: false,
  rebuilding: false,
  broken: null,
}
const drawn = (lang: 'zh' | 'en', health: Health | null): string =>
  draw(Standing, { t: wordsOf(lang), health, here: '/cards' }).container.textContent?.trim() ?? ''

describe('how the house stands', () => {
  it('J5: nothing is said when all is well, or when nothing is known', () => {
    expect([drawn('zh', FINE), drawn('zh', null)]).toEqual(['', ''])
  })

  it('J5: cases set apart are told by number, with the way to them', () => {
    const health = { ...FINE, cases_apart: 3 }
    const { container } = draw(Standing, { t: wordsOf('zh'), health, here: '/cases' })
    expect(container.textContent).toContain('有 3 件办件无法判定')
    expect(container.querySelector('a')?.getAttribute('href')).toBe('/cases?apart=1')
    expect(drawn('en', { ...FINE, cases_apart: 1 })).toContain('1 case could not be judged and is set apart')
  })

  it('J5: on the page of the cases set apart the way to it is not shown; once that is left, it is', async () => {
    const t = wordsOf('zh')
    const health = { ...FINE, cases_apart: 3 }
    const { container, rerender } = draw(Standing, { t, health, here: APART })
    expect(container.querySelector('a')).toBeNull()
    await rerender({ health, here: '/cases' })
    expect(container.querySelector('a')?.getAttribute('href')).toBe(APART)
  })

  it('J6: judging again is told with what it is for (U8), rebuilding instead of it, a store that stopped before all', () => {
    expect(troublesOf({ ...FINE, rejudging: true })).toEqual(['rejudging'])
    expect(troublesOf({ ...FINE, rejudging: true, rebuilding: true })).toEqual(['rebuilding'])
    expect(troublesOf({ ...FINE, rejudging: true, rejudging_for: 'sources' })).toEqual(['rejudging_sources'])
    expect(drawn('zh', { ...FINE, rejudging: true, rejudging_for: 'sources' })).not.toContain('规则或日历有更新')
    expect(troublesOf({ ...FINE, broken: 'disk', cases_apart: 1 })).toEqual(['broken', 'apart'])
    expect(drawn('zh', { ...FINE, rejudging: true })).toContain('重判')
  })
})

describe('the bar of pages', () => {
  it('L4: every entry leads to a page, under one name in each language', () => {
    for (const lang of ['zh', 'en'] as const) {
      const texts = PAGES.flatMap((entry) => ('bar' in entry ? entry.bar(wordsOf(lang)) : []))
      expect(texts.length).toBeGreaterThan(5)
      expect(new Set(texts).size).toBe(texts.length)
    }
    for (const { address, name } of PAGES.filter((entry) => 'bar' in entry))
      expect([address, placeOf(address).entry.name]).toEqual([address, name])
  })

  it('L4: a page within another belongs to its entry', () => {
    expect([
      isUnder('/rankings/cases', '/rankings'),
      isUnder('/cases/1', '/cases'),
      isUnder('/casesx', '/cases'),
      isUnder(APART, '/cases'),
      isUnder('/cases', APART),
    ]).toEqual([true, true, false, true, false])
  })
})

describe('days in words', () => {
  it.each([
    ['zh', false, '5月18日 周一'],
    ['zh', true, '2026年5月18日 周一'],
    ['en', false, 'Mon 18 May'],
    ['en', true, 'Mon 18 May 2026'],
  ] as const)('T14: in %s, with the year %s: %s', (lang, withYear, text) => {
    expect(dayText(wordsOf(lang), '2026-05-18', withYear)).toBe(text)
  })
})

describe('instants in lists', () => {
  const AT = '2026-05-18T10:00:00+08:00'
  it.each([
    ['zh', AT, '2026-12-31T23:59:00+08:00', '5月18日 周一 10:00'],
    ['zh', AT, '2027-01-01T00:00:00+08:00', '2026年5月18日 周一 10:00'],
    ['zh', AT, '2025-06-01', '2026年5月18日 周一 10:00'],
    ['zh', AT, null, '2026年5月18日 周一 10:00'],
    ['en', AT, '2026-01-01', 'Mon 18 May 10:00'],
    ['en', AT, '2027-01-01T00:00:00+08:00', 'Mon 18 May 2026 10:00'],
    ['zh', '2026-12-31T23:59:59+08:00', '2027-01-04', '2026年12月31日 周四 24:00'],
    ['en', null, '2026-01-01', '—'],
  ] as const)('T14: in %s, %s read at %s: %s', (lang, at, now, text) => {
    expect(listedText(wordsOf(lang), at, now)).toBe(text)
  })
})
