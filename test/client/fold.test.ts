// Folding the strip (T14): what turns is always drawn, what is folded is told whole, weekdays stay under each other.

import { describe, expect, it } from 'vitest'
import { type Band, foldStrip, type Stretch } from '../../client/explain/fold.ts'
import Strip from '../../client/explain/Strip.svelte'
import { stripCells } from '../../client/explain/strip.ts'
import { wordsOf } from '../../client/i18n/both.ts'
import { draw } from './draw.ts'
import { type StripWish, stripDays } from './strip.fixture.ts'

const folded = (wish: StripWish, today: string | null = null): Stretch[] =>
  foldStrip(stripCells(stripDays(wish), today))
const drawn = (stretches: readonly Stretch[]): string[] => stretches.flatMap(({ cells }) => cells.map(({ on }) => on))
const bands = (stretches: readonly Stretch[]): Band[] => stretches.flatMap(({ band }) => (band === null ? [] : [band]))

const LONG_PAUSE: StripWish = {
  accept: '2026-06-01',
  limit: 20,
  pause: { from: '2026-06-08', to: '2026-10-30', kind: 'testing' },
  extend: 5,
  concluded: '2026-12-10',
  until: '2026-12-14',
}
const LONG_COUNT: StripWish = {
  accept: '2025-01-06',
  limit: 300,
  extend: 10,
  concluded: '2026-06-30',
  until: '2026-07-04',
}

describe('folding', () => {
  it('T14: a strip of ordinary length is drawn whole', () => {
    const wish = { accept: '2026-06-01', limit: 60, until: '2026-09-01' }
    expect(bands(folded(wish))).toEqual([])
    expect(drawn(folded(wish))).toEqual(stripDays(wish).map(({ on }) => on))
  })

  it('T14: a long pause is one band that names its ground and counts nothing; both its edges are drawn', () => {
    const stretches = folded(LONG_PAUSE)
    expect(bands(stretches).map(({ paused, counted }) => [paused, counted])).toEqual([['testing', 0]])
    for (const on of ['2026-06-08', '2026-06-09', '2026-10-30', '2026-10-31']) expect(drawn(stretches)).toContain(on)
  })

  it.each([LONG_PAUSE, LONG_COUNT])(
    'T14: acceptance, notch, due day, conclusion and today are always drawn',
    (wish) => {
      const days = stripDays(wish)
      const today = days[Math.floor(days.length / 2)]?.on ?? ''
      const shown = drawn(folded(wish, today))
      const cells = stripCells(days, today)
      for (const cell of cells.filter(({ flag, notch }) => flag !== null || notch)) expect(shown).toContain(cell.on)
      expect(cells.filter(({ flag }) => flag !== null)).toHaveLength(3)
      expect(cells.filter(({ notch }) => notch)).toHaveLength(1)
      expect(shown).toContain(today)
    },
  )

  it.each([LONG_PAUSE, LONG_COUNT])(
    'T14: days drawn and days told are all there are, and their numbers go on',
    (wish) => {
      const stretches = folded(wish)
      const days = stripDays(wish)
      expect(drawn(stretches).length + bands(stretches).reduce((sum, { days: n }) => sum + n, 0)).toBe(days.length)
      const counted = stretches.flatMap(({ cells }) => cells).filter(({ number }) => (number ?? 0) > 0).length
      const told = bands(stretches).reduce((sum, band) => sum + band.counted, 0)
      expect(counted + told).toBe(wish.limit + (wish.extend ?? 0))
    },
  )

  it('T14: what the server has left out already is told the same', () => {
    const days = stripDays(LONG_COUNT)
    const left = days.filter((_, i) => i < 30 || i > days.length - 90)
    const [band] = bands(foldStrip(stripCells(left)))
    expect(band?.first).toBeGreaterThan(0)
    const all = foldStrip(stripCells(left))
    expect(drawn(all).length + bands(all).reduce((sum, { days: n }) => sum + n, 0)).toBe(days.length)
  })

  it('T14: after a band each day stands under its weekday', () => {
    const [first] = stripDays(LONG_COUNT)
    const weekday = (on: string): number => new Date(`${on}T00:00:00Z`).getUTCDay()
    for (const { column, cells } of folded(LONG_COUNT)) {
      const offset = (weekday(cells[0]?.on ?? '') - weekday(first?.on ?? '') + 7) % 7
      expect(column).toBe(offset + 1)
    }
  })

  it('T14: lateness folded is called late, not counted', () => {
    const wish = { accept: '2025-01-06', limit: 5, concluded: '2026-06-30', until: '2026-07-04' }
    const late = bands(folded(wish))
    expect(late.map(({ counted, paused }) => [counted, paused])).toEqual([[0, null]])
    expect(late[0]?.late).toBeGreaterThan(200)
  })
})

describe('the folded strip on screen', () => {
  it.each([
    ['zh', '暂停（检测）续', '不计'],
    ['en', 'clock stopped (testing)', 'not counted'],
  ] as const)('T14: in %s the band says what it stands for', (lang, ...parts) => {
    const { container } = draw(Strip, { t: wordsOf(lang), days: stripDays(LONG_PAUSE), clock: 'promise' })
    const text = container.querySelector('[data-band]')?.textContent ?? ''
    for (const part of parts) expect(text).toContain(part)
  })

  it('T5: the ground of a pause is named once, over its first day, weekends on the way or not', () => {
    const days = stripDays({ ...LONG_PAUSE, pause: { from: '2026-06-04', to: '2026-06-18', kind: 'testing' } }).map(
      (day) => (day.kind === 'weekend' || day.kind === 'holiday' ? { ...day, paused: null } : day),
    )
    const { container } = draw(Strip, { t: wordsOf('zh'), days, clock: 'promise' })
    const named = [...container.querySelectorAll('.flag')].filter((flag) => flag.textContent?.trim() === '检测')
    expect(named).toHaveLength(1)
  })

  it('T14: today is marked by a word', () => {
    const props = { t: wordsOf('zh'), days: stripDays(LONG_PAUSE), clock: 'promise' as const, today: '2026-06-03' }
    const { container } = draw(Strip, props)
    expect(container.querySelector('[data-on="2026-06-03"]')?.textContent).toContain('今日')
    expect(container.querySelectorAll('.today')).toHaveLength(1)
  })

  it('T9: a clock that does not begin with the acceptance does not say so', () => {
    const { container } = draw(Strip, { t: wordsOf('zh'), days: stripDays(LONG_PAUSE), clock: 'pause' })
    expect(container.querySelector('[data-on="2026-06-01"]')?.textContent).toContain('起算')
    expect(container.textContent).not.toContain('受理')
  })
})
