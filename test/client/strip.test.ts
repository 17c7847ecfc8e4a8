// The strip of days (T14): every day says what it did to the count, and counting its numbers gives the due day.

import { screen } from '@testing-library/svelte'
import { describe, expect, test } from 'vitest'
import Explain from '../../client/explain/Explain.svelte'
import Strip from '../../client/explain/Strip.svelte'
import { custodyWeight, emphasise, groundsOf, stripCells } from '../../client/explain/strip.ts'
import { wordsOf } from '../../client/i18n/both.ts'
import { explainPromise, explainStatute } from './case.fixture.ts'
import { draw } from './draw.ts'
import { stripDays } from './strip.fixture.ts'

const t = wordsOf('zh')
const cells = stripCells(explainPromise.days)
const cellOn = (on: string) => cells.find((cell) => cell.on === on)

describe('the cells of the strip', () => {
  test.each([
    ['2026-04-20', 'accept', '0'],
    ['2026-04-21', 'counted', '1'],
    ['2026-04-24', 'counted', '4'],
    ['2026-04-27', 'paused', null],
    ['2026-05-09', 'paused', null],
    ['2026-05-10', 'off', null],
    ['2026-05-11', 'counted', '5'],
    ['2026-05-18', 'due', '10'],
    ['2026-05-19', 'late', '+1'],
    ['2026-05-20', 'late', '+2'],
  ])('T14: %s is %s and bears %s', (on, kind, mark) => {
    expect(cellOn(on)).toMatchObject({ kind, mark })
  })

  test('T14: acceptance, due day and conclusion are flagged, and nothing else', () => {
    expect(cells.filter((cell) => cell.flag !== null).map((cell) => [cell.on, cell.flag])).toEqual([
      ['2026-04-20', 'accept'],
      ['2026-05-18', 'due'],
      ['2026-05-20', 'concluded'],
    ])
  })

  test('T5: a pause names its ground once, where it begins', () => {
    expect(cells.filter((cell) => cell.ground !== null).map((cell) => [cell.on, cell.ground])).toEqual([
      ['2026-04-25', 'expert_review'],
    ])
    expect(groundsOf(explainPromise.days)).toEqual(['expert_review'])
  })

  test('T7: the extension stands behind one notch', () => {
    const extended = stripCells(stripDays({ accept: '2026-06-01', limit: 5, extend: 3, until: '2026-06-12' }))
    expect(extended.filter((cell) => cell.notch).map((cell) => cell.on)).toEqual(['2026-06-09'])
    expect(extended.filter((cell) => cell.extended).length).toBe(3)
    expect(extended.find((cell) => cell.kind === 'due')?.on).toBe('2026-06-11')
  })

  test('T14: days off after the due day are hollow, not late once more', () => {
    const days = stripDays({ accept: '2026-06-01', limit: 4, until: '2026-06-09' })
    expect(stripCells(days).map((cell) => cell.mark ?? cell.kind)).toEqual([
      '0',
      '1',
      '2',
      '3',
      '4',
      'off',
      'off',
      '+1',
      '+2',
    ])
  })

  test('T14: the sentence shows its due date and how late', () => {
    const strong = emphasise(explainPromise.zh, explainPromise.due_on).filter((part) => part.strong)
    expect(strong.map((part) => part.text)).toEqual(['5 月 18 日（周一）24:00', '超 2 个工作日'])
    expect(
      emphasise(explainPromise.zh, explainPromise.due_on)
        .map((part) => part.text)
        .join(''),
    ).toBe(explainPromise.zh)
  })

  test('T14: the English sentence stresses the same', () => {
    const strong = emphasise(explainPromise.en, explainPromise.due_on).filter((part) => part.strong)
    expect(strong.map((part) => part.text)).toEqual(['Mon 18 May at 24:00', 'late by 2 working days'])
  })

  test('F4: custody is drawn as long as it lasted and never too thin to read', () => {
    expect(custodyWeight('2026-04-20T09:00:00+08:00', '2026-04-20T09:05:00+08:00', 0)).toBe(0.8)
    expect(custodyWeight('2026-04-20T00:00:00+08:00', '2026-04-27T00:00:00+08:00', 5)).toBe(5)
    expect(custodyWeight('2026-04-20T00:00:00+08:00', null, 3)).toBe(3)
  })
})

describe('the strip on screen', () => {
  test('T14: one cell a day, paused days hatched, the make-up day marked 班', () => {
    const { container } = draw(Strip, { t, days: explainPromise.days, clock: 'promise' })
    expect(container.querySelectorAll('li').length).toBe(explainPromise.days.length)
    expect(container.querySelectorAll('[data-kind="paused"]').length).toBe(15)
    expect(container.querySelector('[data-on="2026-05-09"]')?.textContent).toContain('班')
    expect(container.querySelector('[data-on="2026-05-18"]')?.getAttribute('aria-label')).toContain('到期')
  })

  test('T9: the promise opens first, the statute is one press away', async () => {
    draw(Explain, { t, explain: [explainStatute, explainPromise], stepNames: new Map() })
    expect(screen.getByText('5 月 18 日（周一）24:00')).toBeTruthy()
    const statute = screen.getByRole('tab', { name: /法定时限/ })
    statute.click()
    expect(await screen.findByText('6 月 1 日（周一）24:00')).toBeTruthy()
  })

  test('T14: a due day of another year than the acceptance or today says its year, one of the same does not', () => {
    const chip = (over: Partial<typeof explainPromise>, today: string | null): string => {
      const { container } = draw(Explain, {
        t,
        explain: [{ ...explainPromise, ...over }],
        stepNames: new Map(),
        today,
      })
      return container.querySelector('[role="tab"]')?.textContent ?? ''
    }
    expect(chip({}, '2026-05-11')).not.toContain('2026年')
    expect(chip({}, '2027-01-04')).toContain('2026年5月18日')
    expect(chip({ due_on: '2027-01-08', due_at: '2027-01-08T23:59:59.999+08:00' }, null)).toContain('2027年1月8日')
  })

  test('T14: the sentence stresses a due date of another year with its year', () => {
    const zh = '12 月 20 日（周日）受理。至 2027 年 1 月 8 日（周五）24:00 到期。'
    const en = 'Accepted on Sun 20 Dec. It runs out on Fri 8 Jan 2027 at 24:00.'
    const strong = (text: string): string[] =>
      emphasise(text, '2027-01-08')
        .filter((part) => part.strong)
        .map((part) => part.text)
    expect([strong(zh), strong(en)]).toEqual([['2027 年 1 月 8 日（周五）24:00'], ['Fri 8 Jan 2027 at 24:00']])
  })

  test('T13: a provisional date says so', () => {
    draw(Explain, { t, explain: [{ ...explainPromise, provisional: true }], stepNames: new Map() })
    expect(screen.getByText(/仅按周末推算/)).toBeTruthy()
  })
})
