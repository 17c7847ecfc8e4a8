// Whether a promise can read later than its statute (T10): the scan against a slow counter that knows nothing of the
// engine's tables and walks day by day, over random calendars and limits; and the examples people will ask about.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buildLaw } from '../../server/core/law/build.ts'
import { laterOdds, limitsOfItem } from '../../server/core/law/odds.ts'
import { buildCalendar, type Calendar } from '../../server/core/time/calendar.ts'
import { dayFrom, printDay } from '../../server/core/time/civil.ts'
import { asDay, type Day } from '../../server/core/time/instant.ts'
import { DEFAULT_CLOCK_RULE, type Limit, parseLimit } from '../../server/core/time/limit.ts'

const limit = (text: string): Limit => parseLimit(text) as Limit
const law = buildLaw([])
const oddsOf = (promise: string, statute: string) =>
  laterOdds({ promise: limit(promise), statute: limit(statute) }, law.homeCalendar, DEFAULT_CLOCK_RULE)

/** One day after another, asking only whether it works. */
const slowDue = (calendar: Calendar, accepted: Day, { unit, value }: Limit): Day => {
  let day = accepted
  if (unit === 'WD') {
    for (let left = value; left > 0; ) {
      day = asDay(day + 1)
      if (calendar.isWorkDay(day)) left--
    }
    return day
  }
  day = asDay(day + value)
  while (!calendar.isWorkDay(day)) day = asDay(day + 1)
  return day
}

const slowCount = (calendar: Calendar, promise: Limit, statute: Limit) => {
  let days = 0
  let first: string | null = null
  const later: number[] = []
  for (let day = calendar.from; day <= calendar.to; day = asDay(day + 1)) {
    days++
    const by = slowDue(calendar, day, promise) - slowDue(calendar, day, statute)
    if (by <= 0) continue
    first ??= printDay(day)
    later.push(by)
  }
  return { days, later: later.length, first, most: Math.max(0, ...later) }
}

const calendars = fc
  .record({ days: fc.uniqueArray(fc.integer({ min: 0, max: 364 }), { maxLength: 60 }), work: fc.boolean() })
  .map(({ days, work }) =>
    buildCalendar({
      calendar_id: 'x',
      name: 'x',
      zone: 'Asia/Shanghai',
      from: '2030-01-01',
      to: '2030-12-31',
      days: days.map((n) => ({
        on: printDay(asDay(dayFrom(2030, 1, 1) + n)),
        kind: work && n % 3 === 0 ? ('work' as const) : ('off' as const),
      })),
    }),
  )
const limits = fc.record({
  unit: fc.constantFrom('WD' as const, 'ND' as const),
  value: fc.integer({ min: 1, max: 60 }),
})

describe('odds of a later promise', () => {
  it('T10: equal a slow count over every acceptance day of the coverage, whatever the units', () => {
    fc.assert(
      fc.property(calendars, limits, limits, (calendar, promise, statute) => {
        const slow = slowCount(calendar, promise, statute)
        const odds = laterOdds({ promise, statute }, calendar, DEFAULT_CLOCK_RULE)
        const word = slow.later === 0 ? 'never' : slow.later === slow.days ? 'always' : 'sometimes'
        expect(odds.odds).toBe(word)
        expect(odds.laterDays).toBe(slow.later)
        expect(odds.mostDays).toBe(slow.most)
        expect(odds.first === null ? null : printDay(odds.first.acceptedOn)).toBe(slow.first)
      }),
      { seed: 20261122, numRuns: 150 },
    )
  })

  it('T10: over twenty years of real notices the count is the slow one too', () => {
    const { homeCalendar } = law
    for (const [promise, statute] of [
      ['30ND', '20WD'],
      ['20WD', '30ND'],
      ['22WD', '30ND'],
    ] as const) {
      const slow = slowCount(homeCalendar, limit(promise), limit(statute))
      expect(slow.later).toBeGreaterThan(0)
      expect(slow.later).toBeLessThan(slow.days)
      expect(oddsOf(promise, statute)).toMatchObject({ odds: 'sometimes', days: slow.days, laterDays: slow.later })
    }
  })

  it.each([
    ['5WD', '20WD', 'never', 'direct'],
    ['20WD', '20WD', 'never', 'direct'],
    ['30ND', '30ND', 'never', 'direct'],
    ['0', '0', 'never', 'direct'],
    ['21WD', '20WD', 'always', 'tried'],
    // a rest day at the end rolls both to the same working day
    ['6ND', '5ND', 'sometimes', 'tried'],
    ['40ND', '20WD', 'always', 'tried'],
    ['7WD', '30ND', 'never', 'tried'],
    ['1M', '20WD', 'sometimes', 'tried'],
    // accepted after closing, 即办 is the next working day's and four hours run out within it
    ['0', '4H', 'always', 'tried'],
    // on a rest day both begin with the next working day
    ['4H', '0', 'sometimes', 'tried'],
    ['8H', '5WD', 'never', 'tried'],
  ])('T10: promise %s beside statute %s is %s later (%s)', (promise, statute, odds, how) => {
    expect(oddsOf(promise, statute)).toMatchObject({ odds, how })
  })

  it('T10: the first day is an example that can be checked by hand', () => {
    // accepted on 2 January 2007: 30 days end on 1 February; 20 working days, of which none falls before the 4th, on 31 January
    const { first } = oddsOf('30ND', '20WD')
    expect(first).not.toBeNull()
    const said = [first?.acceptedOn, first?.promiseDueOn, first?.statuteDueOn].map((on) => printDay(on as Day))
    expect(said).toEqual(['2007-01-02', '2007-02-01', '2007-01-31'])
    expect(first?.byDays).toBe(1)
  })

  it('T10: an item without limits of its own is compared by those the law lends it', () => {
    const item = {
      ...{ code: 'x', name: 'x', nameEn: 'x', org: 'd', entry: 1, validFrom: asDay(0), steps: [], extensionMax: null },
      ...{ greenClass: null, joint: false, firstReview: null, jointReply: null, oneReview: false, projectType: null },
      ...{ itemType: '01', promise: limit('30ND'), statute: null },
    }
    expect(limitsOfItem(item, law.profile)).toEqual({ promise: limit('30ND'), statute: limit('20WD') })
    expect(limitsOfItem({ ...item, joint: true }, law.profile)?.statute).toEqual(law.profile.jointStatute)
    expect(limitsOfItem({ ...item, itemType: '20' }, law.profile)).toBeNull()
    expect(limitsOfItem({ ...item, promise: null }, law.profile)).toBeNull()
    expect(limitsOfItem({ ...item, promise: null, projectType: '1' }, law.profile)?.promise).toEqual(limit('0'))
  })
})
