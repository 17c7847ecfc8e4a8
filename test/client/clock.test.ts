// Law of the clock on screen (L3): carried on at the server's speed, never back for jitter, never past what is known.

import { describe, expect, test } from 'vitest'
import { type Anchor, clockAt, nextShown } from '../../client/live/clock.ts'

const anchor = (over: Partial<Anchor> = {}): Anchor => ({ at: 1_000_000, heardAt: 500, speed: 1, ...over })

describe('the supervision clock on screen', () => {
  test.each([
    // speed, real ms since heard, shown
    [1, 0, 1_000_000],
    [1, 4_000, 1_004_000],
    [600, 1_000, 1_600_000],
    [0, 9_000, 1_000_000],
    [1, 60_000, 1_010_000],
    [600, 60_000, 7_000_000],
  ])('L3: speed %i after %i ms shows %i: it stops where a beat is overdue', (speed, elapsed, shown) => {
    expect(clockAt(anchor({ speed }), 500 + elapsed)).toBe(shown)
  })

  test('L3: a beat a little behind holds the clock still instead of turning it back', () => {
    expect(nextShown(1_001_500, anchor(), 500)).toBe(1_001_500)
    expect(nextShown(1_001_500, anchor(), 2_500)).toBe(1_002_000)
  })

  test('L3: at high speed jitter is judged in real seconds', () => {
    expect(nextShown(1_000_000 + 600 * 2_000, anchor({ speed: 600 }), 500)).toBe(1_000_000 + 600 * 2_000)
  })

  test('L3: a clock set back by the server is followed', () => {
    expect(nextShown(9_000_000, anchor(), 500)).toBe(1_000_000)
  })
})
