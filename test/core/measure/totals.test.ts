// Totals: differences of flows, however they come, sum to what a fresh count gives (M7); every dimension tells one
// story; stocks end at nought. Over the generator's cases, at several instants.
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { changeCards } from '../../../server/core/card/change.ts'
import { caseSubject } from '../../../server/core/card/subject.ts'
import { foldCase } from '../../../server/core/case/fold.ts'
import { judgeCase } from '../../../server/core/case/judge.ts'
import type { CaseState } from '../../../server/core/case/state.ts'
import { addDifference, addFlow, type Deltas, flowsOf } from '../../../server/core/measure/count.ts'
import { FLOW_KINDS, type Flow, type FlowKind, STOCK_KINDS } from '../../../server/core/measure/flows.ts'
import { asDay, asInstant, type Instant } from '../../../server/core/time/instant.ts'
import { type CityDay, cityDay, factsByCase } from '../../plan/city.ts'

const nonZero = (deltas: Deltas): Record<string, number> =>
  Object.fromEntries(
    [...deltas]
      .filter(([, { n }]) => n !== 0)
      .map(([key, { n }]) => [key, n])
      .sort(),
  )

const code = fc.constantFrom('A', 'A 1', '1', 'B', '-', '@D1')
const flow: fc.Arbitrary<Flow> = fc.record({
  kind: fc.constantFrom(...FLOW_KINDS),
  on: fc.integer({ min: 20_000, max: 20_003 }).map(asDay),
  hour: fc.option(fc.integer({ min: 0, max: 23 }), { nil: null }),
  n: fc.constantFrom<1 | -1>(1, -1),
  region: code,
  department: code,
  window: code,
  operator: code,
  item: code,
  source: code,
  member: fc.boolean(),
  code: fc.option(fc.constantFrom('window:A', 'item:A 1'), { nil: null }),
})

describe('totals', () => {
  it('M7: after any sequence of differences, totals are the fresh sum of the last flows', () => {
    fc.assert(
      fc.property(fc.array(fc.array(flow, { maxLength: 12 }), { minLength: 1, maxLength: 8 }), (steps) => {
        const totals: Deltas = new Map()
        let before: readonly Flow[] = []
        for (const after of steps) {
          addDifference(totals, before, after)
          before = after
        }
        const fresh: Deltas = new Map()
        for (const each of before) addFlow(fresh, each, 1)
        expect(nonZero(totals)).toEqual(nonZero(fresh))
      }),
      { seed: 77, numRuns: 400 },
    )
  })

  it('M7: codes with spaces in them are not mixed up', () => {
    const base = { kind: 'late', on: asDay(20_000), hour: null, n: 1, region: 'R', department: 'D' } as const
    const rest = { item: 'I', source: 's', member: false, code: null }
    const a: Flow = { ...base, ...rest, window: 'A', operator: '1 B' }
    const b: Flow = { ...base, ...rest, window: 'A 1', operator: 'B' }
    const totals: Deltas = new Map()
    addDifference(totals, [a], [b])
    const told = [...totals.values()]
      .filter(({ n }) => n !== 0)
      .map(({ dimension, key, n }) => `${dimension} ${key} ${n}`)
    expect(told.sort()).toEqual(['operator 1 B -1', 'operator B 1', 'window A -1', 'window A 1 1'])
  })

  it('M7: flows that stay the same move nothing', () => {
    const same: Flow[] = fc.sample(flow, { seed: 3, numRuns: 20 })
    const totals: Deltas = new Map()
    addDifference(totals, same, same.slice().reverse())
    expect(totals.size).toBe(0)
  })
})

describe('the city’s cases in the measures', () => {
  let city: CityDay
  let states: CaseState[]
  beforeAll(() => {
    city = cityDay(21)
    states = [...factsByCase(city.taken)].flatMap(([no, facts]) => foldCase(facts, no) ?? [])
  })

  const flowsAt = (state: CaseState, now: Instant): readonly Flow[] => {
    const judgement = judgeCase(state, city.law, now)
    const { calendar } = judgement.grounds
    const subject = { ...caseSubject(state, judgement), historicalBefore: null }
    const ground = { subject, law: city.law, calendar, now, by: 'clock' as const }
    return flowsOf(state, judgement, changeCards([], judgement.findings, ground).cards)
  }
  const sumOf = (flows: readonly Flow[], ...kinds: FlowKind[]): number =>
    flows.reduce((sum, { kind, n }) => (kinds.includes(kind) ? sum + n : sum), 0)

  it('M1: concluded = on_time + late + undated + excluded, one of them a concluded case; granted, refused, withdrawn within', () => {
    for (const state of states) {
      const judgement = judgeCase(state, city.law, city.endAt)
      const flows = flowsAt(state, city.endAt)
      const concluded = judgement.concluded === null ? 0 : 1
      expect(sumOf(flows, 'on_time', 'late', 'undated', 'excluded')).toBe(concluded)
      expect(sumOf(flows, 'granted', 'refused', 'withdrawn')).toBeLessThanOrEqual(concluded)
    }
  })

  it('M1 M5: stocks move through hands and never leave anything behind: nought after the end, one while in hand', () => {
    const late = asInstant(city.endAt + 90 * 86_400_000)
    let moves = 0
    for (const state of states) {
      for (const now of [city.endAt, late]) {
        const { concluded, receivedAt, acceptedAt, overdueFrom } = judgeCase(state, city.law, now)
        const flows = flowsAt(state, now)
        const open = concluded === null && (receivedAt !== null || acceptedAt !== null)
        expect(sumOf(flows, 'in_hand')).toBe(open ? 1 : 0)
        // what waits stands apart as long as it waits, concluded or not
        const waits = sumOf(flows, 'overdue_unconfirmed')
        if (waits === 0) expect(sumOf(flows, 'overdue')).toBe(open && overdueFrom !== null ? 1 : 0)
        else expect([waits, sumOf(flows, 'overdue', 'on_time', 'late')]).toEqual([1, 0])
        moves += flows.filter(({ kind }) => kind === 'in_hand').length
        const byWindow = new Map<string, number>()
        for (const { kind, window, operator, n } of flows) {
          const key = `${kind} ${window} ${operator}`
          if (STOCK_KINDS.has(kind)) byWindow.set(key, (byWindow.get(key) ?? 0) + n)
        }
        for (const sum of byWindow.values()) expect([0, 1]).toContain(sum)
      }
    }
    expect(moves).toBeGreaterThan(states.length * 4)
  })

  it('M1: departments, windows, operators, items, sources and regions tell the same sums, kind by kind and day by day', () => {
    const deltas: Deltas = new Map()
    for (const state of states) for (const each of flowsAt(state, city.endAt)) addFlow(deltas, each, 1)
    const by = new Map<string, Map<string, number>>()
    for (const { dimension, department, kind, on, n } of deltas.values()) {
      const sums = by.get(dimension) ?? new Map<string, number>()
      const key = `${department} ${kind} ${on}`
      sums.set(key, (sums.get(key) ?? 0) + n)
      by.set(dimension, sums)
    }
    const sorted = (dimension: string) => [...(by.get(dimension) ?? [])].sort()
    const departments = sorted('department')
    expect(departments.length).toBeGreaterThan(1_000)
    for (const dimension of ['region', 'window', 'operator', 'item', 'source'])
      expect(sorted(dimension)).toEqual(departments)
    const hourly = new Set<string>(['received', 'accepted', 'on_time', 'late', 'undated', 'excluded'])
    const wanted = departments.filter(([key]) => hourly.has(key.split(' ')[1] ?? ''))
    expect(sorted('hour')).toEqual(wanted)
  })
})
