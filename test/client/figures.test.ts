// Law of printed figures (M3): rates from two exact counts, never a false 100 or 0, never a number for 0/0.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cautiousText, changeText, countText, rateText, timelinessOf } from '../../client/lib/figures.ts'

describe('rates in print', () => {
  test.each([
    // on time, late, printed, why
    [0, 0, '—', 'nothing to judge'],
    [1, 0, '100', 'exactly all'],
    [12_345_678, 0, '100', 'exactly all, however many'],
    [0, 7, '0.0', 'exactly none'],
    [2499, 1, '99.9', '99.96 % is not all'],
    [999_999, 1, '99.9', '99.9999 % is not all'],
    [1, 999_999, '0.1', 'one in a million is not none'],
    [380, 6, '98.4', '98.445…'],
    [2, 1, '66.7', 'rounded half up'],
    [1, 1, '50.0', 'one decimal always'],
    [9985, 15, '99.9', '99.85 rounds half up, and is not 100'],
  ])('M3: %i on time and %i late print %s (%s)', (on_time, late, text) => {
    expect(rateText({ on_time, late })).toBe(text)
  })

  test.each([
    // on time, late, overdue in hand, unconfirmed, printed
    [64, 0, 0, 0, '100'],
    [64, 0, 9, 0, '87.7'],
    [64, 0, 0, 1, '<100'],
    [64, 1, 0, 1, '98.5'],
    [0, 0, 0, 3, '—'],
  ])(
    'M3 M1: %i on time, %i late and %i overdue in hand, %i unconfirmed: %s [U2]',
    (on_time, late, overdue, unconfirmed, text) => {
      expect(cautiousText(timelinessOf({ on_time, late, overdue }), unconfirmed)).toBe(text)
    },
  )

  test('M3: 100 is printed for exactly all and for nothing else; the print is within half a tenth of the truth', () => {
    fc.assert(
      fc.property(fc.nat(10_000_000), fc.nat(10_000_000), (on_time, late) => {
        fc.pre(on_time + late > 0)
        const text = rateText({ on_time, late })
        expect(text === '100').toBe(late === 0)
        expect(Math.abs(Number(text) - (100 * on_time) / (on_time + late))).toBeLessThanOrEqual(0.1)
      }),
      { seed: 20260929, numRuns: 500 },
    )
  })

  test.each([
    [{ on_time: 21_538, late: 462 }, { on_time: 20_113, late: 554 }, '+0.6'],
    [{ on_time: 90, late: 10 }, { on_time: 95, late: 5 }, '−5.0'],
    [{ on_time: 9, late: 1 }, { on_time: 90, late: 10 }, '0'],
    [{ on_time: 99_999, late: 1 }, { on_time: 99_998, late: 2 }, '+<0.1'],
    [{ on_time: 1, late: 0 }, { on_time: 0, late: 0 }, null],
  ])('M3: the change is of exact rates, in points (%#)', (now, before, text) => {
    expect(changeText(now, before)).toBe(text)
  })

  test.each([
    [0, '0'],
    [999, '999'],
    [1000, '1,000'],
    [12_417, '12,417'],
    [1_234_567, '1,234,567'],
  ])('M1: %i prints %s', (n, text) => {
    expect(countText(n)).toBe(text)
  })
})
