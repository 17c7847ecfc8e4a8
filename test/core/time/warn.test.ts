// T-01: the instant of the warning: the ⌈0.8·N⌉-th counted working day or the one before the due day, whichever is earlier.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { printInstant } from '../../../server/core/time/civil.ts'
import { asDay } from '../../../server/core/time/instant.ts'
import { dueOf, pauseCapAt, statedDue, type WarnRule, warnAt } from '../../../server/core/time/limit.ts'
import { clocks } from './laws.ts'
import { at, clock, cn, limit, type Wording } from './world.ts'

const warned = (w: Wording, rule?: WarnRule): string | null => {
  const input = clock(w)
  const instant = warnAt(cn, input, dueOf(cn, input), rule)
  return instant === null ? null : printInstant(instant, cn.zone).slice(0, 16)
}

type Case = readonly [wording: Wording, at: string | null, why: string]

const CASES: readonly Case[] = [
  [{ accepted: '2026-03-02', limit: '20WD' }, '2026-03-24T09:00', 'the 16th of 20'],
  [{ accepted: '2026-03-02', limit: '15WD' }, '2026-03-18T09:00', 'the 12th of 15, not the 13th'],
  [{ accepted: '2026-03-02', limit: '5WD' }, '2026-03-06T09:00', 'the 4th of 5, also the day before'],
  [{ accepted: '2026-03-02', limit: '4WD' }, '2026-03-05T09:00', '⌈3.2⌉ is the last: the day before it'],
  [{ accepted: '2026-03-02', limit: '3WD' }, '2026-03-04T09:00', 'the day before the due day'],
  [{ accepted: '2026-03-02', limit: '2WD' }, '2026-03-03T09:00', 'the day before the due day'],
  [{ accepted: '2026-03-02', limit: '1WD' }, '2026-03-03T09:00', 'one day: at the opening of the due day'],
  [{ accepted: '2026-03-06', limit: '1WD' }, '2026-03-09T09:00', 'one day over a weekend'],
  [
    { accepted: '2026-03-02', limit: '2WD', rule: { countAcceptanceDay: true } },
    '2026-03-02T10:00',
    'never before the start',
  ],
  [{ accepted: '2026-03-02', limit: '20WD', extend: 10 }, '2026-04-03T09:00', 'the 24th of 30'],
  [
    { accepted: '2026-04-20', limit: '20WD', pauses: '2026-04-24..2026-05-15' },
    '2026-06-02T09:00',
    'counted days only',
  ],
  [
    { accepted: '2026-04-20', limit: '5WD', pauses: '2026-04-24..2026-05-15' },
    '2026-04-24T09:00',
    'the 4th is the day the pause begins: it is counted',
  ],
  [{ accepted: '2026-05-11', limit: '0' }, '2026-05-11T16:30', '即办: an hour before closing'],
  [{ accepted: '2026-05-11T16:29', limit: '0' }, '2026-05-11T16:30', '即办: accepted a minute before that'],
  [{ accepted: '2026-05-11T16:30', limit: '0' }, null, '即办: accepted in the last hour: none'],
  [{ accepted: '2026-05-11T18:00', limit: '0' }, '2026-05-12T16:30', '即办: after closing, on the next day'],
  [{ accepted: '2026-05-16', limit: '0' }, '2026-05-18T16:30', '即办: on a day off'],
  [{ accepted: '2026-05-11T09:00', limit: '7H' }, '2026-05-11T16:06', '80 % of office time: 5 h 36 min'],
  [{ accepted: '2026-05-11T09:00', limit: '5H' }, '2026-05-11T14:30', 'four hours, over the break'],
  [
    { accepted: '2026-05-11T09:00', limit: '7H', pauses: '2026-05-11T10:00..2026-05-11T11:00' },
    '2026-05-11T17:06',
    'pauses left out',
  ],
  [{ accepted: '2026-03-02', limit: '30ND' }, '2026-03-26T09:00', '22 working days in it: the 18th'],
]

describe('the warning', () => {
  it.each(CASES)('T-01, T4: of %j comes at %s: %s', (wording, instant) => {
    expect(warned(wording)).toBe(instant)
  })

  it.each([
    [{ share: 0.9, workDaysBefore: null }, '2026-03-26T09:00'],
    [{ share: 1, workDaysBefore: null }, '2026-03-30T09:00'],
    [{ share: null, workDaysBefore: 2 }, '2026-03-26T09:00'],
    [{ share: null, workDaysBefore: 0 }, '2026-03-30T09:00'],
    [{ share: 0.9, workDaysBefore: 3 }, '2026-03-25T09:00'],
  ] as const)('T-01, C1: a profile of %j warns at %s', (rule, instant) => {
    expect(warned({ accepted: '2026-03-02', limit: '20WD' }, rule)).toBe(instant)
  })

  it.each<[string, string | null, string]>([
    ['2026-03-30', '2026-03-24T09:00', 'a stated date: N working days from acceptance'],
    ['2026-03-03', '2026-03-03T09:00', 'a stated date a day away'],
    ['2026-03-02', '2026-03-02T10:00', 'a stated date on the day itself'],
    ['2026-03-03T08:00:00+08:00', '2026-03-02T10:00', 'a stated instant before its day opens'],
    ['2026-03-08', '2026-03-06T09:00', 'a stated Sunday: N = 4, the 4th and the working day before are Friday'],
    ['2026-03-02T09:00:00+08:00', null, 'stated before acceptance: none'],
  ])('T-01, T3: stated due %s warns at %s: %s', (stated, instant) => {
    const due = statedDue(cn, stated)
    if (due === null) throw new Error(stated)
    const value = cn.countWorkDays(cn.dayOf(at('2026-03-02')), due.dueOn)
    const input = { ...clock({ accepted: '2026-03-02', limit: '1WD' }), limit: { unit: 'WD' as const, value } }
    const warn = warnAt(cn, input, due)
    expect(warn === null ? null : printInstant(warn, cn.zone).slice(0, 16)).toBe(instant)
  })

  it('T-01: it never comes before the start nor after the due instant', () => {
    fc.assert(
      fc.property(clocks(), (input) => {
        const due = dueOf(cn, input)
        const warn = warnAt(cn, input, due)
        return warn === null ? input.limit.unit === '0' : warn >= input.start && warn <= due.dueAt
      }),
      { seed: 1, numRuns: 10_000 },
    )
  })
})

describe('the cap of a pause', () => {
  it.each([
    ['2026-04-24', '8WD', '2026-05-09T00:00', 'the eighth working day is the day of resumption, a make-up Saturday'],
    ['2026-04-24', '30WD', '2026-06-09T00:00', 'the cap where none is stated'],
    ['2026-04-23', '4ND', '2026-04-27T00:00', 'natural days'],
    ['2026-04-24', '10ND', '2026-05-06T00:00', 'natural days whose last is a holiday: the next working day'],
    ['2026-07-14', '5ND', '2026-07-20T00:00', 'natural days whose last is a Sunday'],
    ['2026-02-10', '6ND', '2026-02-24T00:00', 'natural days whose last lies in Spring Festival'],
    ['2026-04-24', '15ND', '2026-05-09T00:00', 'natural days whose last is a make-up Saturday: that day'],
    ['2026-01-31', '1M', '2026-02-28T00:00', 'a month'],
    ['2026-04-01', '1M', '2026-05-06T00:00', 'a month whose last day is a holiday'],
    ['2026-05-11T10:00', '7H', '2026-05-12T10:00', 'office hours'],
    ['2026-05-11T10:00', '0', '2026-05-11T10:00', 'none at all'],
  ])('T6: begun %s, approved %s, stops the clock until %s: %s', (from, approved, until) => {
    expect(printInstant(pauseCapAt(cn, at(from), limit(approved)), cn.zone).slice(0, 16)).toBe(until)
  })

  it('T6: capped at so many days it takes exactly these working days out', () => {
    fc.assert(
      fc.property(clocks(fc.constant({ unit: 'WD', value: 20 }), 0), fc.integer({ min: 1, max: 40 }), (input, n) => {
        const from = cn.zone.at(asDay(cn.dayOf(input.start) + 2), 600)
        const due = (pauses: { from: typeof from; to: typeof from }[]) => dueOf(cn, { ...input, pauses }).dueOn
        const to = pauseCapAt(cn, from, { unit: 'WD', value: n })
        return cn.countWorkDays(due([]), due([{ from, to }])) === n
      }),
      { seed: 6, numRuns: 10_000 },
    )
  })
})
