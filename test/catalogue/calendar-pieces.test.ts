// Calendars, notices, zones and whose numbers are whose: bounded where they come in, and made law in pieces (I5). Counts
// rows and stops, no time.

import { describe, expect, it } from 'vitest'
import { buildLaw, buildSteps } from '../../server/core/law/build.ts'
import { oddsSteps } from '../../server/core/law/odds.ts'
import { atOnce, type Steps } from '../../server/core/steps.ts'
import type { Instant } from '../../server/core/time/instant.ts'
import { DEFAULT_CLOCK_RULE, type Limit, parseLimit } from '../../server/core/time/limit.ts'
import { zoneOf, zoneSteps } from '../../server/core/time/zone.ts'
import { catalogueFaults } from '../../server/intake/catalogue.ts'

type Row = Record<string, unknown>

const HEAD = { catalogue: 'x', valid_from: '2026-01-01' }

/** Days one after the other from a day on. */
const daysFrom = (first: string, count: number): Row[] =>
  Array.from({ length: count }, (_, n) => ({
    on: new Date(Date.parse(first) + n * 86_400_000).toISOString().slice(0, 10),
    kind: 'off',
  }))

const CALENDAR = { calendar_id: 'c', name: 'c', zone: 'Asia/Shanghai', from: '2000-01-01', to: '2030-12-31' }

describe('a calendar and its notices', () => {
  const places = (document: Row): string[] =>
    catalogueFaults({ ...HEAD, ...document }).map(({ at, detail }) => `${at} ${detail}`)

  it('I9, I5: four thousand days are listed by one of them and no more, however many stand there', () => {
    const calendar = (count: number): Row => ({ ...CALENDAR, days: daysFrom('2001-01-01', count) })
    const notice = (count: number): Row => ({ calendar_id: 'c', days: daysFrom('2001-01-01', count) })
    const MANY = 'must not have more than 4000 items'
    expect(places({ calendars: [calendar(4_000)], notices: [notice(4_000)] })).toEqual([])
    for (const count of [4_001, 100_000])
      expect(places({ calendars: [calendar(1), calendar(count)], notices: [notice(count)] })).toEqual([
        `/calendars/1/days ${MANY}`,
        `/notices/0/days ${MANY}`,
      ])
  })

  it('I9, I5: of a document a hundred of each, and no row is hidden by their number', () => {
    const calendars = Array.from({ length: 101 }, (_, n) => ({ ...CALENDAR, calendar_id: `c${n}`, days: [] }))
    const notices = Array.from({ length: 101 }, (_, n) => ({ calendar_id: `c${n}`, days: [] }))
    const MANY = 'must not have more than 100 items'
    expect(places({ calendars: calendars.slice(1), notices: notices.slice(1) })).toEqual([])
    expect(places({ calendars: [...calendars, {}], notices })).toEqual([
      expect.stringContaining('/calendars/101 '),
      `/calendars ${MANY}`,
      `/notices ${MANY}`,
    ])
  })

  it('I5: days of a calendar are read, and its table is laid, some at a time', () => {
    let looked = 0
    let most = 0
    const days = daysFrom('2001-01-01', 4_000).map(({ on, kind }) => ({
      kind,
      get on() {
        looked += 1
        return on
      },
    }))
    const work = buildSteps([{ entry: 1, body: { ...HEAD, calendars: [{ ...CALENDAR, days }] } }])
    let stops = 0
    for (; work.next().done !== true; stops++) {
      most = Math.max(most, looked)
      looked = 0
    }
    expect(most).toBeLessThanOrEqual(2_000)
    // six lots of the table, a stop for each thousand days
    expect(stops).toBeGreaterThanOrEqual(10)
  })

  it('I5: notices are laid once for a document, one at a time, and never again for each', () => {
    let looked = 0
    const notices = Array.from({ length: 100 }, (_, n) => ({
      calendar_id: 'c',
      to: `${2001 + (n % 20)}-12-31`,
      get days() {
        looked += 1
        return [{ on: `${2001 + (n % 20)}-05-0${1 + (n % 9)}`, kind: 'off' }]
      },
    }))
    const calendars = [{ ...CALENDAR, to: '2001-01-01', days: [] }]
    const work = buildSteps([{ entry: 1, body: { ...HEAD, calendars, notices } }])
    let stops = 0
    while (work.next().done !== true) stops++
    expect(stops).toBeGreaterThanOrEqual(100)
    // each is asked for its days a few times, whichever the number of notices before it
    expect(looked).toBeLessThanOrEqual(100 * 5)
  })

  it('I5: a zone is read one of its changes at a time', () => {
    const work = zoneSteps('America/Nome')
    let stops = 0
    while (work.next().done !== true) stops++
    expect(stops).toBeGreaterThan(100)
    expect(zoneOf('america/nome')).toMatchObject({ name: 'america/nome' })
    expect(atOnce(zoneSteps('America/Nome')).offsetMinutes(0 as Instant)).toBe(-660)
  })

  it('I5, T10: odds of limits in two units are tried some days at a time', () => {
    const calendar = buildLaw([]).homeCalendar
    const limits = { promise: parseLimit('30ND') as Limit, statute: parseLimit('20WD') as Limit }
    const days = calendar.to - calendar.from + 1
    const work = oddsSteps(limits, calendar, DEFAULT_CLOCK_RULE)
    expect(stopsOf(work)).toBeGreaterThanOrEqual(Math.floor(days / 200))
  })
})

const stopsOf = (work: Steps<unknown>): number => {
  let count = 0
  while (work.next().done !== true) count++
  return count
}

describe('whose numbers are their own', () => {
  it('I11, I5: many declarations are read some at a time, each laid upon what was', () => {
    const sources = (from: number, numbers: string): Row[] =>
      Array.from({ length: 1_000 }, (_, n) => ({ source: `s${from + n}`, name: 'x', numbers }))
    const told = (entry: number, body: Row) => ({ entry, body: { ...HEAD, ...body } })
    const documents = [
      told(1, { sources: sources(0, 'own') }),
      told(2, { sources: sources(500, 'own') }),
      told(3, { sources: sources(0, 'shared') }),
      told(4, { takes_back: 3 }),
      told(5, { takes_back: 1 }),
    ]
    const { own, changes } = buildLaw(documents).numbering
    expect([...own].sort()).toEqual(
      sources(500, 'own')
        .map(({ source }) => source)
        .sort(),
    )
    const count = (entry: number): number => changes.filter((change) => change.entry === entry).length
    // 1,000 new; 500 new; 1,000 go; 1,000 come back; the first 500 go with the first
    expect([1, 2, 3, 4, 5].map(count)).toEqual([1_000, 500, 1_000, 1_000, 500])
    expect(stopsOf(buildSteps(documents))).toBeGreaterThan(20)
  })
})
