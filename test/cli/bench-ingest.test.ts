// `mingjing bench ingest`: what its figures say of a run – median, spread, void, missed – and a run in short, with the server in
// a process of its own and its clock following. Nothing here is expected of its speed.

import { describe, expect, it } from 'vitest'
import { besideOf, figureOf, type IngestReport, type Leg, missedBy, voidBy } from '../../server/bench/ingest/figures.ts'
import { benchCity, cityRows, lotsOf } from '../../server/bench/ingest/rows.ts'
import { nodeArgs } from '../torture/process.ts'
import { ranNode } from './run.ts'

const leg = (batches: number, singles: number, more: Partial<Leg> = {}): Leg => ({
  side: 'here',
  clock: 'following',
  batches: { perSecond: batches, ratio: batches / 20_000, eventsACommit: 450, cpuMs: 0.2 },
  singles: { perSecond: singles, ratio: singles / 20_000, eventsACommit: 7, cpuMs: 0.7 },
  pagesOfOne: 9,
  pagesOfSingle: 9.5,
  pagesInBatch: 0.9,
  ...more,
})

const report = (baselines: readonly number[], legs: readonly Leg[]): IngestReport => ({
  baselineRows: 1_000,
  baselines,
  events: 1_000,
  singles: 100,
  legs,
})

describe('median and spread', () => {
  it.each([
    ['one', [5], 5, 0],
    ['odd', [4, 6, 5], 5, 0.4],
    ['even', [4, 6, 5, 5], 5, 0.4],
  ] as const)('%s', (_, values, median, spread) => {
    expect(figureOf(values)).toEqual({ median, spread })
  })
})

describe('a run is void above a spread of 20 %', () => {
  const calm = [leg(5_000, 900), leg(5_500, 950), leg(5_900, 990)]
  it.each([
    ['calm', [20_000, 21_000, 19_500], calm, []],
    ['the baseline', [20_000, 25_000, 20_000], calm, ['baseline 25 %']],
    ['batches', [20_000], [leg(5_000, 900), leg(8_000, 900)], ['here following 500 46 %']],
    ['singles', [20_000], [leg(5_000, 600), leg(5_000, 900)], ['here following 1 40 %']],
  ] as const)('%s', (_, baselines, legs, said) => {
    expect(voidBy(report(baselines, legs))).toEqual(said)
  })
})

describe('what must hold, with the clock following', () => {
  const { singles } = leg(5_000, 900)
  it.each([
    ['held', leg(5_000, 900), []],
    ['batches', leg(4_900, 900), ['batches of 500 against the baseline: 0.245 < 0.25']],
    [
      'events a commit',
      leg(5_000, 900, { singles: { ...singles, eventsACommit: 5.5 } }),
      ['single events a commit: 5.500 < 6'],
    ],
    ['pages', leg(5_000, 900, { pagesOfOne: 11 }), ['log pages of a commit of one event: 11.000 > 10']],
    [
      'CPU',
      leg(5_000, 900, { singles: { ...singles, cpuMs: 0.9 } }),
      ['server CPU of a single event, ms: 0.900 > 0.8'],
    ],
  ] as const)('%s', (_, one, said) => {
    expect(missedBy(report([20_000], [one]))).toEqual(said)
  })

  it('and 1.35 times the other checkout, each round against its own', () => {
    const beside = (rate: number): Leg => leg(5_000, rate, { side: 'beside' })
    const legs = [leg(5_000, 700), beside(500), leg(5_000, 1_300), beside(1_000)]
    expect(besideOf(report([20_000], legs), 'following')?.median).toBeCloseTo(1.35)
    const slower = [leg(5_000, 700), beside(600)]
    expect(missedBy(report([20_000], slower))).toEqual(['single events against the other checkout: 1.17 < 1.35'])
  })
})

it('sends events in the order of their sending, each request of one source', () => {
  const rows = cityRows(benchCity(), 600)
  for (const [i, { sendAt }] of rows.entries()) expect(sendAt).toBeGreaterThanOrEqual(rows[i - 1]?.sendAt ?? 0)
  const lots = lotsOf(rows, 50)
  expect(lots.reduce((sum, { n }) => sum + n, 0)).toBe(600)
  for (const { n, body } of lots) expect((JSON.parse(body) as unknown[]).length).toBe(n)
  expect(lotsOf(rows, 1).map(({ body }) => body)).toEqual(rows.map(({ body }) => body))
})

it('runs, beside its baseline, and tells of each round what a commit and an event cost', async () => {
  const short = ['--rows', '2000', '--warm', '500', '--events', '500', '--singles', '40', '--rounds', '1']
  const { code, out, err } = await ranNode([
    ...nodeArgs(),
    ...['bench', 'ingest', ...short, '--clock', 'following', '--json'],
  ])
  expect([0, 1, 4], err).toContain(code)
  const { baselines, legs } = JSON.parse(out) as IngestReport
  expect(baselines.length).toBe(2)
  expect(legs.length).toBe(1)
  const [{ batches, singles, pagesOfOne, pagesInBatch }] = legs as [Leg]
  expect(batches.eventsACommit).toBeGreaterThan(singles.eventsACommit)
  expect(singles.eventsACommit).toBeGreaterThanOrEqual(1)
  expect(pagesOfOne).toBeGreaterThan(pagesInBatch)
})

it('a number that is none is refused in a sentence', async () => {
  const { code, err } = await ranNode([...nodeArgs(), 'bench', 'ingest', '--rounds', 'many'])
  expect(code).toBe(2)
  expect(err).toContain('must be a whole number')
})
