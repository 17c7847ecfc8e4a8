// F2: one day of the city, sent in every way: in order, shuffled, in one request, in a thousand, with repeats, while the
// clock runs and after it stood. The same folded cases, judgements, standing cards and totals; the audit clean each time.
import { beforeAll, describe, expect, it } from 'vitest'
import type { Taken } from '../../server/core/plan.ts'
import { asInstant } from '../../server/core/time/instant.ts'
import { type CityDay, cityDay, shuffled, someCases } from './city.ts'
import { expectAlike, openOffice, type Standing, standingOf, type TestOffice } from './office.ts'

const inRequests = (taken: readonly Taken[], most: number): Taken[][] => {
  const out: Taken[][] = []
  const size = Math.max(1, Math.ceil(taken.length / most))
  for (let i = 0; i < taken.length; i += size) out.push(taken.slice(i, i + size))
  return out
}

const repeated = (taken: readonly Taken[]): Taken[] =>
  taken.flatMap((each, i) => (i % 10 === 9 ? [each, each] : [each]))

let city: CityDay
let some: Taken[]
let expected: Standing
const CASES = 110

const closing = async (office: TestOffice): Promise<Standing> => {
  const report = await office.audit()
  expect(report.findings).toEqual([])
  expect(report).toMatchObject({ count: 0, pending: 0 })
  const standing = await standingOf(office.records)
  expect(report.cases).toBe(standing.cases.size)
  await office.close()
  return standing
}

const sent = async (requests: readonly (readonly Taken[])[]): Promise<Standing> => {
  const office = await openOffice(city.catalogue, city.endAt)
  const outcomes = await office.send(requests)
  expect(outcomes.filter(({ outcome }) => outcome === 'rejected')).toEqual([])
  expect(outcomes.filter(({ outcome }) => outcome === 'accepted')).toHaveLength(some.length)
  return closing(office)
}

beforeAll(async () => {
  city = cityDay(8)
  some = someCases(city.taken, CASES)
  // in one request nothing is told between
  expected = await sent([some])
  expect(expected.told.size).toBe(0)
})

describe('F2 over the memory store', () => {
  it('F2 M7: the lot is worth it: cases at every stage, cards of several rules, voids across cases', () => {
    expect(expected.cases.size).toBeGreaterThan(CASES - 20)
    const rules = new Set([...expected.cards.keys()].map((id) => id.slice(0, 4)))
    for (const rule of ['T-01', 'T-02', 'T-04', 'P-01', 'D-05', 'D-06']) expect([...rules]).toContain(rule)
    expect(some.filter(({ fact }) => fact.type === 'VOID' || fact.supersedes !== null).length).toBeGreaterThan(5)
  })

  it.each([1, 2])('F2: shuffled, seed %i', async (seed) => {
    expectAlike(await sent(inRequests(shuffled(some, seed), 7 * seed)), expected)
  })

  it('F2: in one request', async () => {
    expectAlike(await sent([shuffled(some, 4)]), expected)
  })

  it('F2 I3: in a thousand requests', async () => {
    expectAlike(await sent(inRequests(shuffled(some, 5), 1_000)), expected)
  })

  it('F2 I2: every tenth event twice, near and far', async () => {
    expectAlike(await sent(inRequests(repeated(some), 40)), expected)
    expectAlike(await sent(inRequests(shuffled(repeated(some), 6), 40)), expected)
  })

  it.each([10])(
    'F2 I7: many requests under way at once, in small batches, shuffled, with repeats, seed %i',
    async (seed) => {
      const office = await openOffice(city.catalogue, city.endAt, 'memory', { batchEvents: 30, cachedCases: 40 })
      const outcomes = await office.sendAtOnce(inRequests(shuffled(repeated(some), seed), 150))
      expect(outcomes.filter(({ outcome }) => outcome === 'accepted')).toHaveLength(some.length)
      expectAlike(await closing(office), expected)
    },
  )

  it('F2: newest first', async () => {
    expectAlike(await sent(inRequests(some.slice().reverse(), 30)), expected)
  })

  it('F2 J4: while the clock runs through the days: what was raised on the way and is gone, is gone', async () => {
    const office = await openOffice(city.catalogue, asInstant(city.endAt - 80 * 86_400_000), 'memory', {
      cachedCases: 50,
    })
    const sentAt = new Map(city.taken.map((each, i) => [each, city.sentAt[i] ?? 0]))
    // every seventh event comes hundreds of events late: what its absence raised is lifted when it comes
    const place = new Map(some.map((each, i) => [each, i % 7 === 3 ? i + 500 : i]))
    const late = some.slice().sort((a, b) => (place.get(a) ?? 0) - (place.get(b) ?? 0))
    for (const request of inRequests(late, 60)) {
      const last = Math.max(...request.map((each) => sentAt.get(each) ?? 0))
      office.clock.set(asInstant(Math.max(office.supervisor.now(), last)))
      await office.send([request])
    }
    office.clock.set(city.endAt)
    await office.supervisor.settled()
    const lifted = await office.records.listCards({ state: 'lifted', limit: 10 })
    expect(lifted.rows.length).toBeGreaterThan(0)
    // cases judged before the end and not turned since stand as they are: bring them to the same instant
    await office.supervisor.loadCatalogue(city.catalogue, JSON.stringify(city.catalogue), 'again')
    await office.supervisor.settled()
    const standing = await closing(office)
    const bare = (of: Standing): Standing => ({
      ...of,
      cases: new Map([...of.cases].map(([no, row]) => [no, { ...(row as object), law: 0 }])),
    })
    expectAlike(bare(standing), bare(expected))
  })

  it('F2 J1: turns taken leave rows as a fresh judging finds them, without the law loaded again', async () => {
    const office = await openOffice(city.catalogue, asInstant(city.endAt - 80 * 86_400_000))
    office.clock.set(asInstant(city.endAt - 30 * 86_400_000))
    await office.send(inRequests(some.slice(0, Math.floor(some.length / 2)), 9))
    office.clock.set(city.endAt)
    await office.send(inRequests(some.slice(Math.floor(some.length / 2)), 9))
    const standing = await closing(office)
    const bare = (of: Standing): Standing => ({ ...of, cases: new Map() })
    expectAlike(bare(standing), bare(expected))
  })
})

describe('F2 over SQLite and its threads', () => {
  it('F2 M7: the whole day, shuffled, in batches: equal to the memory store’s part of it, audit clean', async () => {
    const office = await openOffice(city.catalogue, city.endAt, 'sqlite')
    const outcomes = await office.send(inRequests(shuffled(repeated(some), 8), 100))
    expect(outcomes.filter(({ outcome }) => outcome === 'accepted')).toHaveLength(some.length)
    expectAlike(await closing(office), expected)
  })

  it('F2 I7: many requests under way at once over the threads', async () => {
    const office = await openOffice(city.catalogue, city.endAt, 'sqlite', { batchEvents: 60 })
    const outcomes = await office.sendAtOnce(inRequests(shuffled(repeated(some), 12), 200))
    expect(outcomes.filter(({ outcome }) => outcome === 'accepted')).toHaveLength(some.length)
    expectAlike(await closing(office), expected)
  })

  it('F2 I7: … with a cache smaller than what is under way', async () => {
    const office = await openOffice(city.catalogue, city.endAt, 'sqlite', { batchEvents: 60, cachedCases: 20 })
    const outcomes = await office.sendAtOnce(inRequests(shuffled(some, 13), 200))
    expect(outcomes.filter(({ outcome }) => outcome === 'accepted')).toHaveLength(some.length)
    expectAlike(await closing(office), expected)
  })

  it('F2 M7: a day of a thousand events and more, in order and shuffled', async () => {
    const standings: Standing[] = []
    const many = someCases(city.taken, 3 * CASES)
    expect(many.length).toBeGreaterThan(1_000)
    for (const order of [many, shuffled(many, 9)]) {
      const office = await openOffice(city.catalogue, city.endAt, 'sqlite', { cachedCases: 300 })
      await office.send(inRequests(order, 25))
      standings.push(await closing(office))
    }
    expectAlike(standings[0] as Standing, standings[1] as Standing)
    expect(standings[0]?.cases.size).toBeGreaterThan(300)
  })
})
