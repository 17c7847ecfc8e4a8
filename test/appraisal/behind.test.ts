// Every figure of measures and rankings leads to exactly its cases (M1): for every row and every kind the list behind it
// is the one that the flows of the cases themselves make, and it sums to the figure. Over the generator's day, on disk.

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { MeasureRow, Measures } from '../../server/contract/measures.ts'
import type { CasesBehind, Ranking, RankingRow } from '../../server/contract/ranking.ts'
import { FIGURE_NAMES, FIGURES, type Figure } from '../../server/core/appraisal/behind.ts'
import { type FlowKind, STOCK_KINDS } from '../../server/core/measure/flows.ts'
import { type Period, parsePeriod } from '../../server/core/measure/period.ts'
import { figuresOf } from '../../server/core/measure/rates.ts'
import { measureRoutes } from '../../server/http/measures.ts'
import { rankingRoutes } from '../../server/http/rankings.ts'
import type { CaseRow } from '../../server/store/port.ts'
import { bearer, openHouse } from '../http/house.ts'
import { cityDay } from '../plan/city.ts'
import { openOffice, type TestOffice } from '../plan/office.ts'

const SEED = 20_260_919
const PERIODS = ['2026-Q3', '2026-08', '2026-09-10', '2026-08-15..2026-09-05']
const BY = ['window', 'department', 'region', 'item', 'source', 'operator'] as const
const EVERYTHING = 1_000_000

let office: TestOffice
let app: ReturnType<typeof openHouse>['app']
let rows: readonly CaseRow[]
beforeAll(async () => {
  const city = cityDay(SEED)
  office = await openOffice(city.catalogue, city.endAt, 'sqlite')
  await office.send([city.taken])
  const parts = { supervisor: office.supervisor, reader: office.records }
  app = openHouse({ routes: [measureRoutes(parts), rankingRoutes(parts)] }).app
  rows = (await office.records.stale(-1, -1, '', EVERYTHING)).map(({ row }) => row)
})
afterAll(() => office.close())

const ask = async <T>(path: string): Promise<T> => {
  const answer = await app.inject({ url: path, headers: bearer('leader') })
  if (answer.statusCode !== 200) throw new Error(answer.body)
  return answer.json<T>()
}

/** The whole list behind a figure, page after page. */
const listed = async (query: string, limit: number): Promise<{ value: number; cases: Map<string, number> }> => {
  const cases = new Map<string, number>()
  for (let after = ''; ; ) {
    const page = await ask<CasesBehind>(`/api/v1/measures/cases?${query}&limit=${limit}${after}`)
    for (const { project_no: no, n } of page.items) {
      expect(cases.has(no)).toBe(false)
      cases.set(no, n)
    }
    if (page.next === null) return { value: page.value, cases }
    after = `&after=${encodeURIComponent(page.next)}`
  }
}

type Keyed = (typeof BY)[number]

/** key → figure → case → what it adds, from the flows that each case bears: the slow way. */
const oracle = (by: Keyed, period: Period): Map<string, Map<Figure, Map<string, number>>> => {
  const out = new Map<string, Map<Figure, Map<string, number>>>()
  const figuresWith = (kind: FlowKind): Figure[] =>
    FIGURE_NAMES.filter((figure) => (FIGURES[figure] as readonly FlowKind[]).includes(kind))
  for (const { projectNo, flows } of rows) {
    for (const flow of flows) {
      if (flow.on > period.to || (flow.on < period.from && !STOCK_KINDS.has(flow.kind))) continue
      const figures = out.get(flow[by]) ?? new Map<Figure, Map<string, number>>()
      out.set(flow[by], figures)
      for (const figure of figuresWith(flow.kind)) {
        const cases = figures.get(figure) ?? new Map<string, number>()
        figures.set(figure, cases)
        cases.set(projectNo, (cases.get(projectNo) ?? 0) + flow.n)
      }
    }
  }
  return out
}

const standing = (cases: ReadonlyMap<string, number> | undefined): [string, number][] =>
  [...(cases ?? [])].filter(([, n]) => n !== 0).sort(([a], [b]) => (a < b ? -1 : 1))

const sum = (cases: ReadonlyMap<string, number>): number => [...cases.values()].reduce((total, n) => total + n, 0)

const CARDS: ReadonlySet<Figure> = new Set(['warnings', 'yellows', 'reds'])

const figureOf = (row: MeasureRow, figure: Figure): number =>
  figure === 'counted' ? row.on_time + row.late + row.overdue_in_hand : row[figure]

describe('behind every figure of the measures', () => {
  it('M1: the day has figures of nearly every kind', () => {
    const kinds = new Set(rows.flatMap(({ flows }) => flows.map(({ kind }) => kind)))
    for (const kind of ['received', 'accepted', 'on_time', 'late', 'in_hand', 'overdue', 'warning', 'yellow', 'red'])
      expect([...kinds]).toContain(kind)
  })

  it.each(PERIODS.flatMap((period) => BY.slice(0, 2).map((by) => [period, by] as const)))(
    'M1, M5: %s by %s: each row, each kind, over the API and in pages',
    async (period, by) => {
      const measures = await ask<Measures>(`/api/v1/measures?period=${period}&by=${by}`)
      const expected = oracle(by, parsePeriod(period) as Period)
      expect(measures.rows.length).toBeGreaterThan(3)
      // every row of the first period; of the others each third, another third of each
      const nth = PERIODS.indexOf(period)
      for (const row of measures.rows.filter((_, i) => nth === 0 || i % 3 === nth - 1)) {
        for (const figure of FIGURE_NAMES) {
          const query = `period=${period}&by=${by}&key=${encodeURIComponent(row.key)}&kind=${figure}`
          const { value, cases } = await listed(query, 40)
          expect([query, value, sum(cases)]).toEqual([query, figureOf(row, figure), figureOf(row, figure)])
          expect([query, [...cases]]).toEqual([query, standing(expected.get(row.key)?.get(figure))])
          if (!CARDS.has(figure)) expect([query, cases.size]).toEqual([query, figureOf(row, figure)])
        }
      }
    },
    120_000,
  )

  it.each(BY.slice(2))('M1, M5: the quarter by %s: each row, each kind, from the store', async (by) => {
    const period = parsePeriod('2026-Q3') as Period
    const measures = await ask<Measures>(`/api/v1/measures?period=2026-Q3&by=${by}`)
    const expected = oracle(by, period)
    for (const row of measures.rows) {
      for (const figure of FIGURE_NAMES) {
        const { cases } = await office.records.casesBehind({
          ...period,
          kinds: FIGURES[figure],
          dimension: by,
          key: row.key,
          limit: EVERYTHING,
        })
        const found = new Map(cases.map(({ projectNo, n }) => [projectNo, n]))
        expect([row.key, figure, sum(found)]).toEqual([row.key, figure, figureOf(row, figure)])
        expect([row.key, figure, [...found]]).toEqual([row.key, figure, standing(expected.get(row.key)?.get(figure))])
      }
    }
  })

  it('M1: the total leads to the cases of all rows; within a department to that department’s', async () => {
    const measures = await ask<Measures>('/api/v1/measures?period=2026-Q3&by=window')
    for (const figure of FIGURE_NAMES) {
      const { value, cases } = await listed(`period=2026-Q3&by=window&kind=${figure}`, 500)
      expect([figure, value, sum(cases)]).toEqual([
        figure,
        figureOf(measures.total, figure),
        figureOf(measures.total, figure),
      ])
    }
    const departments = await ask<Measures>('/api/v1/measures?period=2026-Q3&by=department')
    const busiest = departments.rows.reduce((a, b) => (b.accepted > a.accepted ? b : a))
    const { value, cases } = await listed(`period=2026-Q3&by=window&kind=accepted&department=${busiest.key}`, 500)
    expect([value, cases.size]).toEqual([busiest.accepted, busiest.accepted])
  })

  it('M1: the figures of a row are sums of the kinds that lead from it', () => {
    const sums = Object.fromEntries(
      [...new Set(Object.values(FIGURES).flat())].map((kind, i) => [kind, 2 ** i]),
    ) as Partial<Record<FlowKind, number>>
    const printed = { key: '', name: '', name_en: '', ...figuresOf(sums) }
    for (const figure of FIGURE_NAMES) {
      const expected = FIGURES[figure].reduce((total, kind) => total + (sums[kind] ?? 0), 0)
      expect([figure, figureOf(printed, figure)]).toEqual([figure, expected])
    }
  })
})

describe('behind every figure of the ranking', () => {
  it.each(['window', 'department'])('R1, M1: by %s: each row, each linked column', async (by) => {
    const ranking = await ask<Ranking>(`/api/v1/rankings?period=2026-Q3&by=${by}`)
    const linked = ranking.columns.filter(({ figure }) => figure !== undefined)
    expect(linked.length).toBeGreaterThan(5)
    expect(ranking.rows.filter(({ place }) => place !== null).length).toBeGreaterThan(3)
    for (const row of ranking.rows) {
      for (const { key, figure } of linked) {
        const query = `period=2026-Q3&by=${by}&key=${encodeURIComponent(row.key)}&kind=${figure}`
        const { value, cases } = await listed(query, 100)
        const shown = row[key as keyof RankingRow]
        expect([query, value, sum(cases)]).toEqual([query, shown, shown])
      }
    }
  })

  it('R1, M1: the ranking has the rows of the measures, with the same figures', async () => {
    const ranking = await ask<Ranking>('/api/v1/rankings?period=2026-Q3&by=window')
    const measures = await ask<Measures>('/api/v1/measures?period=2026-Q3&by=window')
    const figures = (row: RankingRow | MeasureRow) => [
      row.key,
      row.on_time,
      row.late,
      row.overdue_in_hand,
      row.reds,
      row.yellows,
    ]
    const byKey = (a: { key: string }, b: { key: string }): number => (a.key < b.key ? -1 : 1)
    expect([...ranking.rows].sort(byKey).map(figures)).toEqual([...measures.rows].sort(byKey).map(figures))
  })
})
