// Civil dates and the texts of time: what is read is exact, what is printed reads back.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addMonths,
  dayFrom,
  parseDay,
  parseInstant,
  parseLocal,
  parseMinute,
  printDay,
  printInstant,
  weekdayOf,
  ymdOf,
} from '../../../server/core/time/civil.ts'
import { asDay, asInstant } from '../../../server/core/time/instant.ts'
import { cn, day } from './world.ts'

const RUNS = { seed: 3339, numRuns: 10_000 }

describe('instants on the wire', () => {
  it.each([
    ['2026-03-02T10:00:00+08:00', Date.UTC(2026, 2, 2, 2)],
    ['2026-03-02T02:00:00Z', Date.UTC(2026, 2, 2, 2)],
    ['2026-03-02t02:00:00z', Date.UTC(2026, 2, 2, 2)],
    ['2026-03-02T10:00:00.5+08:00', Date.UTC(2026, 2, 2, 2, 0, 0, 500)],
    ['2026-03-02T10:00:00.12+08:00', Date.UTC(2026, 2, 2, 2, 0, 0, 120)],
    ['2026-03-02T10:00:00.123456789+08:00', Date.UTC(2026, 2, 2, 2, 0, 0, 123)],
    ['2024-02-29T23:59:59-05:30', Date.UTC(2024, 2, 1, 5, 29, 59)],
    ['1969-12-31T23:59:59.999-00:00', -1],
    ['2000-02-29T00:00:00+00:00', Date.UTC(2000, 1, 29)],
  ])('I1: reads %s', (text, ms) => {
    expect(parseInstant(text)).toBe(ms)
  })

  it.each([
    ['2026-03-02T10:00:00', 'no offset'],
    ['2026-03-02T10:00+08:00', 'no seconds'],
    ['2026-03-02 10:00:00+08:00', 'a space'],
    ['2026-02-30T10:00:00Z', 'no such day'],
    ['2023-02-29T10:00:00Z', 'not a leap year'],
    ['1900-02-29T10:00:00Z', 'a century that is not a leap year'],
    ['2026-13-01T10:00:00Z', 'no such month'],
    ['2026-00-10T10:00:00Z', 'month nought'],
    ['2026-03-00T10:00:00Z', 'day nought'],
    ['2026-03-02T24:00:00Z', 'hour 24'],
    ['2026-03-02T10:60:00Z', 'minute 60'],
    ['2016-12-31T23:59:60Z', 'a leap second'],
    ['2026-03-02T10:00:00.Z', 'an empty fraction'],
    ['2026-03-02T10:00:00.1234567890Z', 'ten digits'],
    ['2026-03-02T10:00:00+0800', 'an offset without colon'],
    ['2026-03-02T10:00:00+24:00', 'an offset of a day'],
    ['2026-03-02T10:00:00+08:60', 'an offset of 60 minutes'],
    ['2026-03-02T10:00:00Z ', 'something behind'],
    ['+002026-03-02T10:00:00Z', 'a long year'],
    ['２026-03-02T10:00:00Z', 'a full-width digit'],
    ['2026/03/02T10:00:00Z', 'slashes'],
    ['', 'nothing'],
  ])('I1: refuses %s: %s', (text) => {
    expect(parseInstant(text)).toBeNull()
  })

  it('I1: reads every millisecond as the platform does', () => {
    const ms = fc.integer({ min: Date.UTC(1900, 0, 1), max: Date.UTC(2150, 0, 1) })
    fc.assert(
      fc.property(ms, (n) => parseInstant(new Date(n).toISOString()) === n),
      RUNS,
    )
  })

  it('I1: whatever it reads, the platform reads alike', () => {
    const two = fc.integer({ min: 0, max: 65 }).map((n) => String(n).padStart(2, '0'))
    const text = fc.tuple(
      fc.integer({ min: 1890, max: 2110 }),
      two,
      two,
      two,
      two,
      two,
      fc.constantFrom('Z', '+08:00', '-03:30'),
    )
    fc.assert(
      fc.property(text, ([y, mo, d, h, mi, s, z]) => {
        const written = `${y}-${mo}-${d}T${h}:${mi}:${s}${z}`
        const read = parseInstant(written)
        if (read !== null) return read === Date.parse(written)
        // the platform rolls 30 February over and takes hour 24: it may be laxer, never stricter in range
        return Number.isNaN(Date.parse(written)) || Number(d) > 28 || h === '24'
      }),
      RUNS,
    )
  })

  it('T3: the end of a day is printed …T23:59:59 with its offset, and reads back', () => {
    expect(printInstant(cn.endOf(day('2026-03-30')), cn.zone)).toBe('2026-03-30T23:59:59+08:00')
    const seconds = fc.integer({ min: -1_000_000_000, max: 5_000_000_000 })
    fc.assert(
      fc.property(seconds, (n) => parseInstant(printInstant(asInstant(n * 1000), cn.zone)) === n * 1000),
      RUNS,
    )
  })
})

describe('civil days', () => {
  it('T1: a day, its date and its text are one', () => {
    fc.assert(
      fc.property(fc.integer({ min: -200_000, max: 200_000 }), (n) => {
        const { year, month, day: number } = ymdOf(asDay(n))
        const date = new Date(n * 86_400_000)
        return (
          dayFrom(year, month, number) === n &&
          parseDay(printDay(asDay(n))) === n &&
          date.toISOString().startsWith(printDay(asDay(n))) &&
          weekdayOf(asDay(n)) === (date.getUTCDay() || 7)
        )
      }),
      RUNS,
    )
  })

  it.each(['2026-2-3', '2026-02-30', '20260203', '2026-02-03T', '2026-02-3x', 'tomorrow', ''])(
    'I1: "%s" is no day',
    (text) => {
      expect(parseDay(text)).toBeNull()
    },
  )

  it.each([
    ['2025-11-30', 3, '2026-02-28'],
    ['2023-11-30', 3, '2024-02-29'],
    ['2026-01-31', 1, '2026-02-28'],
    ['2026-03-31', 1, '2026-04-30'],
    ['2026-12-15', 1, '2027-01-15'],
    ['2026-05-31', 13, '2027-06-30'],
  ])('T4: %s and %i months → %s', (from, months, to) => {
    expect(printDay(addMonths(day(from), months))).toBe(to)
  })

  it.each([
    ['09:00', 540],
    ['24:00', 1440],
    ['24:01', null],
    ['9:00', null],
    ['12:60', null],
    ['ab:cd', null],
  ])('T1: office hour %s is minute %s', (text, minute) => {
    expect(parseMinute(text)).toBe(minute)
  })

  it('T3: a local stamp is read without an offset, and nothing else', () => {
    expect(parseLocal('2026-03-02T10:30')).toEqual({ day: day('2026-03-02'), ms: 37_800_000 })
    expect(parseLocal('2026-03-02 10:30:05')).toEqual({ day: day('2026-03-02'), ms: 37_805_000 })
    expect(parseLocal('2026-03-02T10:30Z')).toBeNull()
    expect(parseLocal('2026-03-02T25:30')).toBeNull()
  })
})
