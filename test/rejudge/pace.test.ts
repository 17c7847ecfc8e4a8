// How judging again keeps out of the way (J6): slices as large as a span of time allows, and events that wait go first,
// though not for ever. The clock of these tests is moved by hand; nothing here takes time.

import { describe, expect, it } from 'vitest'
import type { CatalogueFile } from '../../server/contract/catalogue.ts'
import { openMemory } from '../../server/store/memory/store.ts'
import { openAfresh } from '../../server/supervision/afresh.ts'
import { handClock } from '../../server/supervision/clock.ts'
import { openLine } from '../../server/supervision/line.ts'
import { makePace } from '../../server/supervision/pace.ts'
import { instant, openSupervisorOn, SMALL } from '../supervision/house.ts'

const NOW = '2026-09-30T10:00:00+08:00'

/** A pace with a clock moved by hand; slices take so many milliseconds a case. */
const paced = (most: number) => {
  let ms = 1_000
  const pace = makePace(most, () => ms)
  const pass = (passed: number): void => {
    ms += passed
  }
  return { ...pace, pass }
}

describe('the pace of slices', () => {
  it('J6: a slow slice makes the next one small at once, quick ones let it grow little by little', () => {
    const pace = paced(200)
    for (let i = 0; i < 40; i++) pace.took(pace.cases(), pace.cases() * 0.01)
    expect(pace.cases()).toBe(200)
    pace.took(200, 400)
    const small = pace.cases()
    expect(small).toBeLessThan(100)
    pace.took(small, 1)
    expect(pace.cases()).toBeGreaterThan(small)
    expect(pace.cases()).toBeLessThan(small * 1.5)
  })

  it('J6: never none at all, never more than allowed, and a last short slice says nothing', () => {
    const pace = paced(50)
    for (let i = 0; i < 40; i++) pace.took(pace.cases(), 10_000)
    const least = pace.cases()
    expect(least).toBeGreaterThan(0)
    pace.took(1, 1)
    expect(pace.cases()).toBe(least)
    for (let i = 0; i < 40; i++) pace.took(pace.cases(), 0)
    expect(pace.cases()).toBe(50)
  })

  it('J6: with nobody about, slices follow each other; while events keep coming each rests as long as it took', () => {
    const pace = paced(50)
    pace.took(10, 8)
    expect(pace.restMs(0)).toBe(0)
    pace.heard()
    expect(pace.restMs(0)).toBe(8)
    pace.pass(5)
    expect(pace.restMs(0)).toBe(3)
    pace.pass(3)
    expect(pace.restMs(0)).toBe(0)
    pace.took(10, 8)
    pace.pass(1_000)
    pace.took(10, 8)
    pace.pass(1)
    expect(pace.restMs(0), 'a second after the last event').toBe(0)
    pace.heard()
    pace.took(10, 8)
    pace.alone()
    expect(pace.restMs(0), 'somebody waits for the end').toBe(0)
  })

  it('J6: what is queued goes first, but not for ever, and a slow slice makes no long rest', () => {
    const pace = paced(50)
    pace.heard()
    pace.took(10, 8)
    pace.pass(20)
    expect([pace.restMs(0), pace.restMs(1)]).toEqual([0, 40])
    pace.pass(40)
    expect(pace.restMs(1)).toBe(0)
    pace.heard()
    pace.took(10, 5_000)
    expect(pace.restMs(0)).toBe(60)
  })
})

describe('slices and events', () => {
  it('J6: a slice gives way to what is queued, but not for ever; each slice begins a new rest', async () => {
    const store = openMemory()
    const house = await openSupervisorOn(store, NOW)
    await house.take(...Array.from({ length: 30 }, (_, n) => house.event('RECEIVE', `C${n}`, { task_code: 'five' })))
    await house.close()
    let ms = 1_000
    const line = await openLine({ ledger: store, records: store, clock: handClock(instant(NOW)), cachedCases: 10 })
    await line.enact({ ...SMALL } as unknown as Record<string, unknown> & CatalogueFile, '{}', 'test')
    const afresh = await openAfresh(line, 12, () => ms)
    afresh.heard()
    expect([afresh.restMs(0), afresh.restMs(1)]).toEqual([0, 60])
    ms += 10_000
    expect(afresh.restMs(1)).toBe(0)
    await afresh.slice()
    expect(afresh.restMs(1)).toBe(60)
    // 30 cases in slices of 10 to 12, and one more look that finds none
    for (let i = 0; i < 3; i++) await afresh.slice()
    expect(afresh.isLeft()).toBe(false)
    expect(afresh.restMs(0)).toBeNull()
    expect(await store.stale(line.law.version, 0, '', 100)).toHaveLength(30)
    expect((await store.stale(line.law.version, 0, '', 100)).every(({ row }) => row.law === line.law.version)).toBe(
      true,
    )
  })
})
