// Used and left of a clock, in words: in the unit of its limit, and on the due day the office time to closing (U5).

import { describe, expect, it } from 'vitest'
import Custody from '../../client/case/Custody.svelte'
import { countedIn, leftText } from '../../client/case/left.ts'
import { bodyOf, questionIn } from '../../client/due/question.ts'
import Segments from '../../client/explain/Segments.svelte'
import { limitText } from '../../client/frame/tell.ts'
import { wordsOf } from '../../client/i18n/both.ts'
import { explainPromise, lateCase } from './case.fixture.ts'
import { draw } from './draw.ts'

const t = wordsOf('zh')
const left = (work_days: number, minutes: number) => ({ work_days, minutes })

describe('used and left', () => {
  it.each([
    ['10WD', 7, 3, 0, left(3, 180), '余 3 个工作日'],
    ['10WD', 10, 0, 0, left(0, 180), '今日到期，办公时间余 3 小时'],
    ['10WD', 10, 0, 0, left(0, 0), '今日到期，已闭厅'],
    ['10WD', 10, 0, 0, null, '已过到期时刻，超期不足 1 个工作日'],
    ['10WD', 12, -2, 2, null, '超 2 个工作日'],
    ['7H', 285, 135, 0, left(0, 135), '余 2 小时 15 分'],
    ['30ND', 10, 20, 0, left(14, 0), '余 20 日'],
    ['0', 0, 0, 0, left(0, 60), '今日到期，办公时间余 1 小时'],
    ['2026-05-18', 7, 3, 0, left(3, 0), '余 3 个工作日'],
  ] as const)(
    'T14: of %s, used %i, left %i, late by %i, office time %j: %s [U5]',
    (limit, used, remaining, late_by, office_left, text) => {
      expect(leftText(t, { limit, used, remaining, late_by, late_unsaid: false, office_left }, false)).toBe(text)
    },
  )

  it('T14: once ended, what was used is told in the unit of the limit [U5]', () => {
    const told = { remaining: 0, late_by: 0, late_unsaid: false, office_left: null }
    expect(leftText(t, { ...told, limit: '7H', used: 420 }, true)).toBe('已用 7 小时')
    expect(leftText(t, { ...told, limit: '10WD', used: 4 }, true)).toBe('已用 4 个工作日')
  })

  it('M1: whether it is late waits: no over-days are counted down, in hand or ended [U3]', () => {
    const told = { limit: '10WD', used: 12, remaining: -2, late_by: 0, late_unsaid: true, office_left: null }
    for (const isEnded of [false, true]) expect(leftText(t, told, isEnded)).toBe('是否超期待核')
  })

  it('F4: whose time was used is told in hours where the limit is of hours [U5]', () => {
    const explain = [{ ...explainPromise, limit: '7H' }]
    const [span] = lateCase.custody
    if (span === undefined) throw new Error('no span')
    const props = { t, custody: [{ ...span, counted_wd: 420 }], unit: countedIn(explain), now: null }
    const text = draw(Custody, props).container.textContent ?? ''
    expect(text).toContain('7 小时')
    expect(text).not.toContain('420')
  })

  it('T14: the segments of an hour limit sum up in hours [U5]', () => {
    const segments = [
      { kind: 'count', from: '2026-05-18', to: '2026-05-18', counted: 330 },
      { kind: 'count', from: '2026-05-19', to: '2026-05-19', counted: 90 },
    ]
    const text = draw(Segments, { t, segments, unit: 'H', limit: '7H' }).container.textContent ?? ''
    for (const part of ['5 小时 30 分', '1 小时 30 分', '7 小时']) expect(text).toContain(part)
    expect(text).not.toMatch(/330|420/)
  })

  it('T10: a stated date is printed as it was stated [L10]', () => {
    expect(limitText(t, '2026-05-18')).toBe('2026年5月18日 周一')
    expect(limitText(t, '2026-05-18T17:30:00+08:00')).toBe('2026年5月18日 周一 17:30')
  })

  it('T14: the calculator is asked as of today, of hours as of now, and once concluded as of that [U5]', () => {
    const open = questionIn('?accept=2026-05-11&limit=10WD')
    expect(bodyOf(open, '2026-05-20').body).toMatchObject({ as_of: '2026-05-20' })
    const hours = bodyOf(questionIn('?accept=2026-05-20T09:00&limit=7H'), '2026-05-20T14:20:00+08:00')
    expect(hours.body).toMatchObject({ as_of: '2026-05-20T14:20:00+08:00' })
    const ended = questionIn('?accept=2026-05-11&limit=10WD&concluded=2026-05-19')
    expect(bodyOf(ended, '2026-05-20').body).not.toHaveProperty('as_of')
    expect(bodyOf(open).body).not.toHaveProperty('as_of')
  })
})
