// The plain ranking as a law book: places, shared places, who has none, who carries the red flag; and what holds of any
// hall whatever its figures (R1, R2, R3).

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  compareStandings,
  countedOf,
  rankRows,
  type Standing,
  wilsonInterval,
} from '../../server/core/appraisal/rank.ts'
import { readSchemes, type Scheme, type SchemeRow, schemeInForce } from '../../server/core/appraisal/scheme.ts'
import { parseDay } from '../../server/core/time/civil.ts'
import type { Day } from '../../server/core/time/instant.ts'

const day = (text: string): Day => parseDay(text) as Day
const PLAIN = schemeInForce(day('2026-09-30'))

/** `A01 onTime late overdue reds yellows`, `-` before the key: not eligible for the red flag. */
const standing = (line: string): Standing => {
  const [key = '', ...figures] = line.trim().split(/\s+/)
  const [onTime = 0, late = 0, overdueInHand = 0, reds = 0, yellows = 0] = figures.map(Number)
  return { key: key.replace('-', ''), onTime, late, overdueInHand, reds, yellows, eligible: !key.startsWith('-') }
}

const ranked = (lines: readonly string[], scheme: Scheme = PLAIN): string[] =>
  rankRows(lines.map(standing), scheme).map(({ standing: { key }, place, unranked, candidate }) =>
    [key, place ?? unranked, ...(candidate ? ['flag'] : [])].join(' '),
  )

describe('places', () => {
  it.each([
    ['by timeliness', ['A 9 1', 'B 10 0', 'C 8 2'], ['B 1 flag', 'A 2', 'C 3']],
    [
      'what is overdue in hand counts like late',
      ['A 9 1', 'B 90 0 10', 'C 18 1 1'],
      ['A 1 flag', 'B 1 flag', 'C 1 flag'],
    ],
    ['equal rates of unequal volume are equal', ['A 1 2 9', 'B 2 4 18'], ['A 1 flag', 'B 1 flag']],
    ['1, 2, 2, 4', ['D 7 3', 'C 8 2', 'B 16 4', 'A 9 1'], ['A 1 flag', 'B 2', 'C 2', 'D 4']],
    [
      'three share the first: the next is fourth',
      ['A 10', 'B 20', 'C 30', 'D 9 1'],
      ['A 1 flag', 'B 1 flag', 'C 1 flag', 'D 4'],
    ],
    [
      'equal rates: fewer reds before fewer yellows',
      ['A 9 1 0 1 0', 'B 9 1 0 0 5', 'C 9 1 0 0 4'],
      ['C 1 flag', 'B 2', 'A 3'],
    ],
    ['equal rates, reds and yellows: shared', ['A 9 1 0 1 2', 'B 18 2 0 1 2', 'C 8 2'], ['A 1', 'B 1', 'C 3 flag']],
    ['a hair apart is apart: 2/3 and 0.66666', ['A 20 10', 'B 66666 33334'], ['A 1 flag', 'B 2']],
    ['a rate of exactly none is still a rate', ['A 0 10', 'B 1 9'], ['B 1 flag', 'A 2']],
  ])('R1, R3: %s', (_, lines, expected) => expect(ranked(lines)).toEqual(expected))

  it.each([
    ['nine cases are too few, ten are enough', ['A 9', 'B 10'], ['B 1 flag', 'A few_cases']],
    ['overdue in hand counts towards the ten', ['A 7 2 1', 'B 7 2'], ['A 1 flag', 'B few_cases']],
    ['no case at all comes last and has no place', ['A 0', 'B 1', 'C 10'], ['C 1 flag', 'B few_cases', 'A no_cases']],
    ['reds without a case give no place either', ['A 0 0 0 3'], ['A no_cases']],
    ['nobody', [], []],
  ])('R1, M3: %s', (_, lines, expected) => expect(ranked(lines)).toEqual(expected))

  it('R1: the least number of cases is the scheme’s', () => {
    expect(ranked(['A 2', 'B 3'], { ...PLAIN, minimumCases: 3 })).toEqual(['B 1 flag', 'A few_cases'])
  })

  it('R1: nearly ninety million cases still compare exactly, one case apart', () => {
    expect(ranked(['A 44999999 45000001', 'B 44999998 45000002'])).toEqual(['A 1 flag', 'B 2'])
  })
})

describe('candidates for the red flag', () => {
  const hall = (n: number, more = ''): string[] =>
    Array.from({ length: n }, (_, i) => `W${String(i).padStart(2, '0')} ${100 - i} ${i}${more}`)
  const flags = (lines: readonly string[], scheme?: Scheme): string[] =>
    ranked(lines, scheme).flatMap((line) => (line.endsWith('flag') ? [line.split(' ')[0] ?? ''] : []))

  it.each([
    [1, 1],
    [6, 1],
    [7, 2],
    [13, 2],
    [14, 3],
    [20, 3],
    [21, 4],
  ])('R1: of %i ranked windows 15 %% rounded up are %i', (n, expected) => expect(flags(hall(n))).toHaveLength(expected))

  it('R1: a window with a red card is none, the next without one is', () => {
    expect(flags(['A 10 0 0 1', 'B 9 1', 'C 8 2'])).toEqual(['B'])
  })

  it('R1, R3: all who share the place at the edge are in', () => {
    expect(flags(['A 10', 'B 9 1', 'C 18 2', 'D 8 2', 'E 7 3', 'F 6 4', 'G 5 5'])).toEqual(['A', 'B', 'C'])
  })

  it('R1: where every window has a red card nobody is', () => expect(flags(hall(9, ' 0 1'))).toEqual([]))

  it('R1: a back office is ranked, never a candidate, and makes no seat [U16]', () => {
    expect(ranked(['-@MR 20', 'A 10', 'B 9 1'])).toEqual(['@MR 1', 'A 1 flag', 'B 3'])
    expect(flags([...hall(6), '-@MR 1 99'])).toHaveLength(1)
  })

  it('R1: unranked windows are none and make no seat', () => {
    expect(flags([...hall(6), 'X 9', 'Y 9'])).toEqual(['W00'])
  })

  it('R1: a scheme may name a number instead of a share', () => {
    expect(flags(hall(9), { ...PLAIN, redFlag: { number: 4 } })).toHaveLength(4)
    expect(flags(hall(3), { ...PLAIN, redFlag: { number: 4 } })).toHaveLength(3)
    expect(flags(hall(3), { ...PLAIN, redFlag: { number: 0 } })).toEqual([])
  })
})

describe('the interval beside a rate', () => {
  it.each([
    [0, 10, 0, 0.277532],
    [10, 10, 0.722467, 1],
    [9, 10, 0.595848, 0.982123],
    [50, 100, 0.403832, 0.596168],
    [98, 100, 0.930007, 0.994501],
  ])('R2: Wilson of %i in %i at 95 %% is %f to %f', (part, whole, low, high) => {
    const interval = wilsonInterval(part, whole, 1.96)
    expect(interval?.low).toBeCloseTo(low, 4)
    expect(interval?.high).toBeCloseTo(high, 4)
  })

  it('R2: without a case there is none', () => expect(wilsonInterval(0, 0, 1.96)).toBeNull())

  it('R2: it holds its rate, lies in [0, 1], and is the narrower the more cases', () => {
    fc.assert(
      fc.property(fc.nat(500), fc.nat(500), (onTime, late) => {
        fc.pre(onTime + late > 0)
        const narrow = wilsonInterval(onTime * 4, (onTime + late) * 4, 1.96)
        const wide = wilsonInterval(onTime, onTime + late, 1.96)
        if (narrow === null || wide === null) throw new Error('no interval')
        const rate = onTime / (onTime + late)
        expect(wide.low).toBeGreaterThanOrEqual(0)
        expect(wide.high).toBeLessThanOrEqual(1)
        expect(wide.low).toBeLessThanOrEqual(rate)
        expect(wide.high).toBeGreaterThanOrEqual(rate)
        expect(narrow.high - narrow.low).toBeLessThan(wide.high - wide.low)
      }),
      { seed: 20_260_930, numRuns: 300 },
    )
  })
})

const figures = fc.record({
  onTime: fc.nat(30),
  late: fc.nat(8),
  overdueInHand: fc.nat(4),
  reds: fc.nat(2),
  yellows: fc.nat(3),
  eligible: fc.boolean(),
})
const halls = fc
  .array(figures, { maxLength: 30 })
  .map((rows) => rows.map((row, i): Standing => ({ key: `W${i}`, ...row })))
const law = { seed: 20_260_930, numRuns: 400 }

describe('whatever the figures', () => {
  it('R3: the order of arrival changes nothing', () => {
    fc.assert(
      fc.property(halls, fc.infiniteStream(fc.nat()), (rows, lots) => {
        const shuffled = rows
          .map((row) => ({ row, lot: lots.next().value }))
          .sort((a, b) => a.lot - b.lot)
          .map(({ row }) => row)
        expect(rankRows(shuffled, PLAIN)).toEqual(rankRows(rows, PLAIN))
      }),
      law,
    )
  })

  it('R1, R3: a place is one more than the rows that stand before it; equal rows share it; nobody is lost', () => {
    fc.assert(
      fc.property(halls, (rows) => {
        const all = rankRows(rows, PLAIN)
        expect(all.map(({ standing: { key } }) => key).sort()).toEqual(rows.map(({ key }) => key).sort())
        const placed = all.filter(({ place }) => place !== null)
        for (const { standing: own, place } of placed) {
          const before = placed.filter(({ standing: other }) => compareStandings(other, own) < 0).length
          expect(place).toBe(before + 1)
        }
        for (const { place, unranked, counted } of all) {
          expect(place === null).toBe(counted < PLAIN.minimumCases)
          expect(unranked).toBe(place !== null ? null : counted === 0 ? 'no_cases' : 'few_cases')
        }
      }),
      law,
    )
  })

  it('R1: one more case on time never lowers a place, one more late never raises it', () => {
    fc.assert(
      fc.property(halls, fc.nat(), (rows, pick) => {
        const own = rows[pick % Math.max(1, rows.length)]
        fc.pre(own !== undefined && countedOf(own) >= PLAIN.minimumCases)
        const placeWith = (more: Partial<Standing>): number => {
          const changed = rows.map((row) => (row === own ? { ...row, ...more } : row))
          return rankRows(changed, PLAIN).find(({ standing: { key } }) => key === own.key)?.place ?? 0
        }
        const now = placeWith({})
        expect(placeWith({ onTime: own.onTime + 1 })).toBeLessThanOrEqual(now)
        expect(placeWith({ late: own.late + 1 })).toBeGreaterThanOrEqual(now)
      }),
      law,
    )
  })

  it('R1: candidates are eligible, ranked, without a red; no row without one stands before a candidate and is left out', () => {
    fc.assert(
      fc.property(halls, (rows) => {
        const all = rankRows(rows, PLAIN)
        const eligible = all.filter(({ standing: { eligible: may }, place }) => may && place !== null)
        const clean = eligible.filter(({ standing: { reds } }) => reds === 0)
        const chosen = all.filter(({ candidate }) => candidate)
        expect(chosen.every((row) => clean.includes(row))).toBe(true)
        expect(clean.slice(0, chosen.length)).toEqual(chosen)
        expect(chosen.length).toBeGreaterThanOrEqual(Math.min(clean.length, Math.ceil(eligible.length * 0.15)))
      }),
      law,
    )
  })
})

describe('schemes', () => {
  const row = (version: string, from: string, more: Partial<SchemeRow> = {}): SchemeRow => ({
    scheme_id: 'plain',
    version,
    valid_from: from,
    name: '效能排名',
    name_en: 'Ranking',
    minimum_cases: 10,
    confidence_z: 1.96,
    red_flag: { share_percent: 15 },
    ...more,
  })

  it('R1: ship with ten cases, fifteen per cent and a confidence of 95 % [U16]', () => {
    expect(PLAIN).toMatchObject({ id: 'plain', minimumCases: 10, confidenceZ: 1.96, redFlag: { sharePercent: 15 } })
  })

  it('R1: the version in force on the day ranks; before the first, the first', () => {
    const schemes = readSchemes([row('2', '2026-07-01'), row('1', '2020-01-01')])
    const versionOn = (text: string): string => schemeInForce(day(text), schemes).version
    expect(['2019-12-31', '2026-06-30', '2026-07-01'].map(versionOn)).toEqual(['1', '1', '2'])
  })

  it.each([
    ['a day that is none', row('1', '2026-02-30')],
    ['no least number', row('1', '2026-01-01', { minimum_cases: 0 })],
    ['share and number', row('1', '2026-01-01', { red_flag: { share_percent: 15, number: 3 } })],
    ['neither', row('1', '2026-01-01', { red_flag: {} })],
    ['half a per cent', row('1', '2026-01-01', { red_flag: { share_percent: 0.5 } })],
  ])('R1: a scheme with %s is refused', (_, faulty) => expect(() => readSchemes([faulty])).toThrow())
})
