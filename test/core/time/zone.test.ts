// Zones: the day is the office's day, daylight saving included, checked against the platform's own clock texts.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buildCalendar } from '../../../server/core/time/calendar.ts'
import { printDay, printInstant } from '../../../server/core/time/civil.ts'
import { asDay, asInstant, type Instant } from '../../../server/core/time/instant.ts'
import { DEFAULT_CLOCK_RULE, dueOf } from '../../../server/core/time/limit.ts'
import { zoneOf } from '../../../server/core/time/zone.ts'
import { day, limit } from './world.ts'

const HOUR = 3_600_000
const zones = Object.fromEntries(
  [
    'Asia/Shanghai',
    'Europe/Amsterdam',
    'America/New_York',
    'America/Sao_Paulo',
    'Pacific/Apia',
    'Australia/Lord_Howe',
    'UTC',
  ].map((name) => [name, zoneOf(name)] as const),
)
const zone = (name: string) => zones[name] ?? zoneOf(name)
const hoursOf = (name: string, date: string): number =>
  (zone(name).endOf(day(date)) + 1 - zone(name).startOf(day(date))) / HOUR

describe('the length of a day', () => {
  it.each([
    ['Europe/Amsterdam', '2026-03-28', 24],
    ['Europe/Amsterdam', '2026-03-29', 23],
    ['Europe/Amsterdam', '2026-10-25', 25],
    ['America/New_York', '2026-03-08', 23],
    ['America/New_York', '2026-11-01', 25],
    ['America/New_York', '2026-11-02', 24],
    ['Asia/Shanghai', '1986-05-04', 23],
    ['Asia/Shanghai', '1986-09-14', 25],
    ['Asia/Shanghai', '1991-04-14', 23],
    ['Asia/Shanghai', '1991-09-15', 25],
    ['Asia/Shanghai', '1992-04-12', 24],
    ['America/Sao_Paulo', '2018-11-04', 23],
    ['Australia/Lord_Howe', '2026-10-04', 23.5],
    ['Pacific/Apia', '2011-12-30', 0],
  ])('T1: %s %s has %d hours', (name, date, hours) => {
    expect(hoursOf(name, date)).toBe(hours)
  })

  it('T1: where midnight is skipped the day begins behind the gap', () => {
    expect(printInstant(zone('America/Sao_Paulo').startOf(day('2018-11-04')), zone('America/Sao_Paulo'))).toBe(
      '2018-11-04T01:00:00-02:00',
    )
  })
})

describe('wall time', () => {
  it.each([
    ['Europe/Amsterdam', '2026-03-29', 2 * 60 + 30, '2026-03-29T03:30:00+02:00', 'skipped: moves forward'],
    ['Europe/Amsterdam', '2026-10-25', 2 * 60 + 30, '2026-10-25T02:30:00+02:00', 'twice: the first'],
    ['America/New_York', '2026-03-08', 9 * 60, '2026-03-08T09:00:00-04:00', 'after the change'],
    ['America/New_York', '2026-11-01', 60, '2026-11-01T01:00:00-04:00', 'twice: the first'],
    ['Asia/Shanghai', '1988-07-01', 9 * 60, '1988-07-01T09:00:00+09:00', 'summer time of 1988'],
    ['Asia/Shanghai', '2026-07-01', 24 * 60, '2026-07-02T00:00:00+08:00', '24:00'],
  ])('T1: %s %s minute %i is %s: %s', (name, date, minute, printed) => {
    expect(printInstant(zone(name).at(day(date), minute), zone(name))).toBe(printed)
  })

  it('T1: an unknown zone is refused in clear words', () => {
    expect(() => zoneOf('Asia/Nowhere')).toThrow(/Unknown time zone "Asia\/Nowhere"/)
  })

  it.each(['Asia/Shanghai', 'Europe/Amsterdam', 'America/New_York', 'Australia/Lord_Howe'])(
    'T1: %s gives the day and hour that the platform gives',
    (name) => {
      const format = new Intl.DateTimeFormat('sv-SE', { timeZone: name, dateStyle: 'short', timeStyle: 'medium' })
      const instants = fc.integer({ min: Date.UTC(1970, 0, 2), max: Date.UTC(2037, 0, 1) })
      fc.assert(
        fc.property(instants, (ms) => {
          const at = asInstant(ms)
          const [date, time] = format.format(ms).split(' ')
          return printDay(zone(name).dayOf(at)) === date && zone(name).hourOf(at) === Number(time?.slice(0, 2))
        }),
        { seed: 1986, numRuns: 10_000 },
      )
    },
  )

  it('T1: every instant lies in its day, and days follow each other', () => {
    const names = fc.constantFrom('Europe/Amsterdam', 'America/New_York', 'America/Sao_Paulo', 'Asia/Shanghai')
    fc.assert(
      fc.property(
        names,
        fc.integer({ min: 6000, max: 60_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (name, n, share) => {
          const z = zone(name)
          const on = asDay(n)
          const [from, to] = [z.startOf(on), z.endOf(on)]
          const at = asInstant(Math.floor(from + (to - from) * share))
          return z.dayOf(at) === on && z.startOf(asDay(n + 1)) === to + 1 && z.dayOf(asInstant(from - 1)) < on
        },
      ),
      { seed: 7, numRuns: 10_000 },
    )
  })
})

describe('limits across a change of the clock', () => {
  const weekdays = (name: string) =>
    buildCalendar({
      calendar_id: name,
      name,
      zone: name,
      from: '2020-01-01',
      to: '2030-12-31',
      days: [],
      office_hours: [['00:00', '24:00']],
    })
  const amsterdam = weekdays('Europe/Amsterdam')
  const newYork = weekdays('America/New_York')
  const start = (z: { at(d: number, m: number): Instant }, date: string, minute: number) => z.at(day(date), minute)

  it.each([
    ['Europe/Amsterdam', '2026-03-27', '1WD', '2026-03-30T23:59:59+02:00'],
    ['Europe/Amsterdam', '2026-03-27', '2ND', '2026-03-30T23:59:59+02:00'],
    ['Europe/Amsterdam', '2026-10-23', '1WD', '2026-10-26T23:59:59+01:00'],
    ['Europe/Amsterdam', '2026-09-25', '1M', '2026-10-26T23:59:59+01:00'],
    ['America/New_York', '2026-03-06', '1WD', '2026-03-09T23:59:59-04:00'],
    ['America/New_York', '2026-10-30', '1WD', '2026-11-02T23:59:59-05:00'],
    ['America/New_York', '2026-10-30', '0', '2026-10-30T23:59:59-04:00'],
  ] as const)('T3: %s accepted %s, %s, due %s', (name, accepted, written, printed) => {
    const calendar = name === 'Europe/Amsterdam' ? amsterdam : newYork
    const input = {
      start: start(calendar.zone, accepted, 600),
      limit: limit(written),
      pauses: [],
      extendWorkDays: 0,
      rule: DEFAULT_CLOCK_RULE,
    }
    expect(printInstant(dueOf(calendar, input).dueAt, calendar.zone)).toBe(printed)
  })

  it('T4: office hours are hours that pass, not hours of the wall', () => {
    const everyDay = buildCalendar({
      calendar_id: 'x',
      name: 'x',
      zone: 'Europe/Amsterdam',
      from: '2020-01-01',
      to: '2030-12-31',
      weekend: [],
      days: [],
      office_hours: [['00:00', '24:00']],
    })
    const due = (accepted: string) => {
      const input = {
        start: start(everyDay.zone, accepted, 600),
        limit: limit('24H'),
        pauses: [],
        extendWorkDays: 0,
        rule: DEFAULT_CLOCK_RULE,
      }
      return printInstant(dueOf(everyDay, input).dueAt, everyDay.zone)
    }
    expect(due('2026-03-28')).toBe('2026-03-29T11:00:00+02:00')
    expect(due('2026-10-24')).toBe('2026-10-25T09:00:00+01:00')
  })
})
