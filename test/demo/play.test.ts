// The city's stream: one seed one stream, in the order of sending, every event fit for the front door, a plausible
// share in time, a wall with a handful of lit windows, and memory that does not follow history.
import { beforeAll, describe, expect, it } from 'vitest'
import { makeCity } from '../../fixtures/city/catalogue.ts'
import { type PlayOptions, playCity, type Sent } from '../../fixtures/city/play.ts'
import { DEMO_SEED } from '../../server/demo/demo.ts'
import { isTaken, toFact } from '../../server/intake/fact.ts'
import { instant, officeCalendar, onTimeShare, type Reckoned, reckon, standingAt } from './reckoning.ts'

const calendar = officeCalendar()
const city = makeCity(DEMO_SEED)
const PAST_WORK_DAYS = 60
const START = instant('2026-09-29T10:30:00+08:00')
const FROM = calendar.startOf(calendar.addWorkDays(calendar.dayOf(START), -PAST_WORK_DAYS))
const AHEAD_MS = 600_000

const options = (more: Partial<PlayOptions> = {}): PlayOptions => ({
  from: FROM,
  calendar,
  seed: DEMO_SEED,
  perDay: 130,
  ...more,
})

let past: Sent[] = []
let cases: Reckoned[] = []

beforeAll(() => {
  past = [...playCity(city, options({ until: START }))]
  cases = reckon(city, calendar, past)
})

const first = (count: number, from: Iterator<Sent>): Sent[] =>
  Array.from({ length: count }, () => from.next().value as Sent)

describe('the stream', () => {
  it('F2: the same seed tells the same story, another seed another', () => {
    const told = (seed: number) => JSON.stringify(first(3000, playCity(city, options({ seed }))))
    expect(told(4)).toBe(told(4))
    expect(told(4)).not.toBe(told(5))
  })

  it('F2: the end asked for cuts the stream and changes nothing before it', () => {
    expect(first(past.length, playCity(city, options()))).toEqual(past)
  })

  it('I7: it comes in the order of sending, and nothing is sent before it occurred', () => {
    for (const [i, sent] of past.entries()) {
      expect(sent.sendAt).toBeGreaterThanOrEqual(past[i - 1]?.sendAt ?? FROM)
      if (sent.kind !== 'broken') expect(Date.parse(sent.event.occurred_at)).toBeLessThanOrEqual(sent.sendAt)
    }
  })

  it('I1: every event is taken in by the front door, every broken one is refused', () => {
    const refused = new Set<string>()
    for (const { source, event, kind, sendAt } of past) {
      const taken = toFact(event, { source, now: sendAt, aheadMs: AHEAD_MS, historical: null })
      expect(isTaken(taken), JSON.stringify([taken, event])).toBe(kind !== 'broken')
      if (!isTaken(taken)) refused.add(taken.code)
      else if (event.event_type === 'RECEIVE') expect(taken.personal).toContain('applicant_name')
    }
    expect([...refused].sort()).toEqual(['bad_instant', 'missing_field', 'source_mismatch', 'unknown_type'])
  })

  it('I2: an event id stands for one content of one source; some are sent twice', () => {
    const known = new Map<string, string>()
    let repeats = 0
    for (const { source, event, kind } of past) {
      if (kind === 'broken') continue
      const key = `${source} ${event.event_id}`
      const content = JSON.stringify(event)
      if (known.has(key)) repeats += 1
      expect(known.get(key) ?? content).toBe(content)
      known.set(key, content)
    }
    expect(repeats / past.length).toBeGreaterThan(0.005)
    expect(repeats / past.length).toBeLessThan(0.02)
  })

  it('I9, D-05: departments, windows, items and staff are the catalogue’s, but for a code mistyped now and then', () => {
    const { departments = [], windows = [], items = [], operators = [] } = city.catalogue
    const orgs = new Set(departments.map((row) => row.org_code))
    const windowNos = new Set(windows.map((row) => row.window_no))
    const tasks = new Set(items.map((row) => row.task_code))
    const staff = new Map(operators.map((row) => [row.operator_id, row.name]))
    const unlisted = new Set<string>()
    for (const { event, kind } of past) {
      if (kind === 'broken') continue
      expect(orgs.has(event.org_code ?? '')).toBe(true)
      if (event.operator_id != null) expect(staff.get(event.operator_id)).toBe(event.operator_name)
      if (!windowNos.has(event.window_no ?? '')) unlisted.add(event.window_no ?? '')
      if (event.task_code != null && !tasks.has(event.task_code)) unlisted.add(event.task_code)
    }
    expect(unlisted.size).toBeGreaterThanOrEqual(2)
    expect(unlisted.size).toBeLessThanOrEqual(5)
  })

  it('L7: applicants are invented: no identity or telephone numbers in any event', () => {
    for (const { event } of past) {
      const text = JSON.stringify(event.payload ?? {})
      expect(text).not.toMatch(/(?<!\d)\d{17}[\dX](?![\dX])/)
      expect(text).not.toMatch(/(?<!\d)1[3-9]\d{9}(?!\d)/)
    }
  })
})

describe('what it tells of', () => {
  it('I7: mistakes of every kind are in it', () => {
    const told = past.filter((sent) => sent.kind === 'told')
    const share = (wanted: (sent: Sent) => boolean): number => told.filter(wanted).length
    expect(share(({ event }) => event.event_type === 'VOID')).toBeGreaterThan(10)
    expect(share(({ event }) => event.supersedes != null)).toBeGreaterThan(20)
    expect(share(({ event, sendAt }) => sendAt - Date.parse(event.occurred_at) > 24 * 3_600_000)).toBeGreaterThan(20)
    expect(share(({ event, sendAt }) => sendAt - Date.parse(event.occurred_at) > 3 * 3_600_000)).toBeGreaterThan(100)
    expect(past.filter((sent) => sent.kind === 'broken').length).toBeGreaterThan(30)
    const unaccepted = cases.filter((row) => row.received && row.acceptedOn === null && row.concludedAt !== null)
    expect(unaccepted.filter((row) => !row.excluded).length).toBeGreaterThan(2)
  })

  it('T1: acts of the office fall into office hours of working days; receipts online also come at night', () => {
    // a decision entered by mistake and its VOID keep no hours
    let night = 0
    for (const { event, kind } of past) {
      if (kind === 'broken' || event.event_type === 'VOID' || event.event_type === 'DECIDE') continue
      const at = instant(event.occurred_at)
      const day = calendar.dayOf(at)
      const open = calendar.spansOf(day).some(([from, to]) => at >= from && at < to)
      if (event.event_type !== 'RECEIVE') expect(open, JSON.stringify(event)).toBe(true)
      else if (!open) night += 1
    }
    expect(night).toBeGreaterThan(200)
  })

  it('M3: about 97.5 % in time by a plain reckoning of its own', () => {
    const { onTime, late } = onTimeShare(cases, calendar)
    expect(onTime + late).toBeGreaterThan(7000)
    expect(onTime / (onTime + late)).toBeGreaterThan(0.968)
    expect(onTime / (onTime + late)).toBeLessThan(0.985)
  })

  it('M5: lateness gathers at few windows', () => {
    const late = cases.filter(
      (row) => row.dueOn !== null && row.concludedAt !== null && calendar.dayOf(row.concludedAt) > row.dueOn,
    )
    const backlog = new Set(city.desks.filter((desk) => desk.backlog).map((desk) => desk.windowNo))
    expect(backlog.size).toBe(8)
    expect(late.filter((row) => backlog.has(row.window)).length / late.length).toBeGreaterThan(0.5)
  })

  it('L4: at the demonstration’s start a handful of windows is lit', () => {
    const standing = standingAt(cases, calendar, START)
    expect(standing.inHand).toBeGreaterThan(600)
    expect(standing.inHand).toBeLessThan(1500)
    expect(standing.warned).toBeGreaterThanOrEqual(8)
    expect(standing.warned).toBeLessThanOrEqual(16)
    expect(standing.yellow).toBeGreaterThanOrEqual(5)
    expect(standing.yellow).toBeLessThanOrEqual(12)
    expect(standing.redWindows).toBeGreaterThanOrEqual(1)
    expect(standing.redWindows).toBeLessThanOrEqual(3)
  })

  it('L4: the past of sixty working days is about sixty thousand events', () => {
    expect(past.length).toBeGreaterThan(58_000)
    expect(past.length).toBeLessThan(72_000)
  })
})

describe('endlessness', () => {
  it('X3: the lives under way do not grow with history', () => {
    const underWay: number[] = []
    const stream = playCity(city, options({ onDay: (count) => underWay.push(count) }))
    for (let n = 0; n < 400_000; n++) stream.next()
    const days = underWay.length
    const early = Math.max(...underWay.slice(80, 160))
    expect(days).toBeGreaterThan(400)
    expect(Math.max(...underWay.slice(160))).toBeLessThan(early * 1.25)
  })

  it('L4: from a busy instant on more cases come, immediate ones only, and the usual ones stay the same', () => {
    const until = instant('2026-10-01T00:00:00+08:00')
    const since = instant('2026-09-29T00:00:00+08:00')
    const play = (busy: boolean) => {
      const busyFlow = busy ? { busy: { from: START, perDay: 400 } } : {}
      const sent = [...playCity(city, options({ from: since, until, ...busyFlow }))]
      return sent.filter(({ event, kind }) => kind === 'told' && event.event_type === 'RECEIVE')
    }
    const usual = play(false)
    const busy = play(true)
    const kept = new Set(busy.map(({ event }) => JSON.stringify(event.payload)))
    expect(busy.length).toBeGreaterThan(usual.length * 1.8)
    expect(usual.filter(({ event }) => kept.has(JSON.stringify(event.payload))).length).toBe(usual.length)
    const surplus = busy.filter(({ event }) => event.payload?.project_type === '2').length
    expect(surplus).toBe(usual.filter(({ event }) => event.payload?.project_type === '2').length)
  })
})
