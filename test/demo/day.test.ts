// The generated day that other tests shuffle, split and repeat.
import { describe, expect, it } from 'vitest'
import { generatorDay, plainWeeks } from '../../fixtures/city/day.ts'
import { parseDay } from '../../server/core/time/civil.ts'
import type { Day } from '../../server/core/time/instant.ts'
import { isTaken, toFact } from '../../server/intake/fact.ts'
import { instant, officeCalendar } from './reckoning.ts'

const on = parseDay('2026-09-16') as Day

describe('the generated day', () => {
  it.each([1, 2, 3])('F2: seed %i gives one finite lot with distinct ids, all fit, none after the end', (seed) => {
    const { events, endAt } = generatorDay(seed, on)
    expect(events.length).toBeGreaterThan(3000)
    expect(events.length).toBeLessThan(7000)
    expect(new Set(events.map(({ source, event }) => `${source} ${event.event_id}`)).size).toBe(events.length)
    for (const { source, event, sendAt } of events) {
      expect(sendAt).toBeLessThanOrEqual(endAt)
      expect(isTaken(toFact(event, { source, now: endAt, aheadMs: 0, historical: null }))).toBe(true)
    }
  })

  it('F2: the same seed and day give the same lot', () => {
    expect(generatorDay(7, on)).toEqual(generatorDay(7, on))
  })

  it('F3: it holds voids, supersedings and supersedings across cases, whose targets are in it', () => {
    const { events } = generatorDay(7, on)
    const byId = new Map(events.map(({ event }) => [event.event_id, event]))
    const superseding = events.filter(({ event }) => event.supersedes != null)
    const across = superseding.filter(({ event }) => byId.get(event.supersedes ?? '')?.project_no !== event.project_no)
    const voids = events.filter(({ event }) => event.event_type === 'VOID')
    expect(superseding.every(({ event }) => byId.has(event.supersedes ?? ''))).toBe(true)
    expect(voids.every(({ event }) => byId.has(String(event.payload?.target)))).toBe(true)
    expect(superseding.length).toBeGreaterThan(10)
    expect(across.length).toBeGreaterThan(1)
    expect(voids.length).toBeGreaterThan(5)
  })

  it('F1: its cases stand at every stage', () => {
    const types = new Set(generatorDay(7, on).events.map(({ event }) => event.event_type))
    for (const type of ['RECEIVE', 'CORRECT_NOTICE', 'ACCEPT', 'STEP_START', 'SUSPEND', 'RESUME', 'DECIDE', 'DELIVER'])
      expect([...types]).toContain(type)
  })

  it('T1: a calendar of one’s own may be given; the plain one knows weeks only', () => {
    const own = generatorDay(7, on, officeCalendar())
    expect(own.events.length).toBeGreaterThan(3000)
    expect(plainWeeks.isWorkDay(parseDay('2026-09-19') as Day)).toBe(false)
    expect(plainWeeks.isWorkDay(parseDay('2026-09-21') as Day)).toBe(true)
    expect(plainWeeks.startOf(on)).toBe(instant('2026-09-16T00:00:00+08:00'))
    expect(plainWeeks.dayOf(instant('2026-09-16T23:59:59+08:00'))).toBe(on)
  })
})
