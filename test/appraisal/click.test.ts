// Every figure of the measures leads to its cases, whatever the dimension and the form of the period (M1, SPEC 11): what the
// list adds up to is the figure, over the API and over the generator's day on disk; the files hold the rows of the page.

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { MeasuredRow, MeasureTable } from '../../server/contract/measures.ts'
import type { CasesBehind } from '../../server/contract/ranking.ts'
import { FIGURE_NAMES } from '../../server/core/appraisal/behind.ts'
import { measureRoutes } from '../../server/http/measures.ts'
import { rankingRoutes } from '../../server/http/rankings.ts'
import { MEASURE_DIMENSIONS } from '../../server/present/measures.ts'
import { bearer, openHouse } from '../http/house.ts'
import { cityDay } from '../plan/city.ts'
import { openOffice, type TestOffice } from '../plan/office.ts'

const SEED = 20_261_122
/** Every form a period may have. */
const FORMS = ['2026', '2026-H2', '2026-Q3', '2026-08', '2026-09-10', '2026-08-15..2026-09-05', 'all'] as const
const MOST = 500

let office: TestOffice
let app: ReturnType<typeof openHouse>['app']
beforeAll(async () => {
  const city = cityDay(SEED)
  office = await openOffice(city.catalogue, city.endAt, 'sqlite')
  await office.send([city.taken])
  const parts = { supervisor: office.supervisor, reader: office.records }
  app = openHouse({ routes: [measureRoutes(parts), rankingRoutes(parts)] }).app
})
afterAll(() => office.close())

const get = async (path: string) => {
  const answer = await app.inject({ url: path, headers: bearer('leader') })
  if (answer.statusCode !== 200) throw new Error(`${path}: ${answer.body}`)
  return answer
}
const ask = async <T>(path: string): Promise<T> => (await get(path)).json<T>()

/** The figure the list says, and what its cases add up to. */
const behind = async (query: string): Promise<[said: number, summed: number]> => {
  let summed = 0
  for (let after = ''; ; ) {
    const page = await ask<CasesBehind>(`/api/v1/measures/cases?${query}&limit=${MOST}${after}`)
    summed += page.items.reduce((sum, { n }) => sum + n, 0)
    if (page.next === null) return [page.value, summed]
    after = `&after=${encodeURIComponent(page.next)}`
  }
}

const figureIn = (row: MeasuredRow, key: string): number => {
  const value = (row as unknown as Record<string, unknown>)[key]
  if (typeof value !== 'number') throw new Error(`${key} of ${row.key} is no figure`)
  return value
}

/** First, middle and last row: each kind of key comes among them. */
const some = (rows: readonly MeasuredRow[]): MeasuredRow[] =>
  [...new Set([0, Math.floor(rows.length / 2), rows.length - 1])].flatMap((i) => rows[i] ?? [])

describe('every figure leads to its cases', () => {
  it('M1: every figure that can be asked for has its column, and every whole number of a row leads somewhere', async () => {
    const { columns } = await ask<MeasureTable>('/api/v1/measures?period=all&by=department')
    const linked = columns.flatMap(({ figure }) => figure ?? [])
    expect(FIGURE_NAMES.filter((name) => name !== 'counted' && !linked.includes(name))).toEqual([])
    expect(columns.filter(({ type, figure }) => type === 'integer' && figure === undefined)).toEqual([])
  })

  it.each(MEASURE_DIMENSIONS)(
    'M1, M5: by %s in every form of period: the total and rows of it, each figure',
    async (by) => {
      let clicked = 0
      for (const period of FORMS) {
        const found = await ask<MeasureTable>(`/api/v1/measures?period=${period}&by=${by}`)
        const linked = found.columns.filter(({ figure }) => figure !== undefined)
        for (const row of [found.total, ...some(found.rows)]) {
          const key = row === found.total ? '' : `&key=${encodeURIComponent(row.key)}`
          for (const { key: column, figure } of linked) {
            const value = figureIn(row, column)
            if (value === 0) continue
            const query = `period=${period}&by=${by}&kind=${figure}${key}`
            expect([query, ...(await behind(query))]).toEqual([query, value, value])
            clicked += 1
          }
        }
      }
      expect(clicked).toBeGreaterThan(100)
    },
    120_000,
  )

  it('M1: the rows sum to the total, whichever way they are cut, and each way to the same', async () => {
    for (const period of FORMS) {
      const totals = new Set<string>()
      for (const by of MEASURE_DIMENSIONS) {
        const { rows, total, columns } = await ask<MeasureTable>(`/api/v1/measures?period=${period}&by=${by}`)
        const figures = columns.filter(({ figure }) => figure !== undefined).map(({ key }) => key)
        for (const key of figures)
          expect([by, key, rows.reduce((sum, row) => sum + figureIn(row, key), 0)]).toEqual([
            by,
            key,
            figureIn(total, key),
          ])
        totals.add(JSON.stringify(figures.map((key) => figureIn(total, key))))
      }
      expect([period, totals.size]).toEqual([period, 1])
    }
  })

  it('M1: within a department or a region, rows, total and lists are its own', async () => {
    const all = await ask<MeasureTable>('/api/v1/measures?period=all&by=department')
    const busiest = all.rows.reduce((a, b) => (b.accepted > a.accepted ? b : a))
    const inside = await ask<MeasureTable>(`/api/v1/measures?period=all&by=window&department=${busiest.key}`)
    expect(inside.total.accepted).toBe(busiest.accepted)
    const regions = await ask<MeasureTable>('/api/v1/measures?period=all&by=region')
    for (const region of regions.rows.filter(({ key }) => key !== '-')) {
      const within = await ask<MeasureTable>(`/api/v1/measures?period=all&by=department&region=${region.key}`)
      const query = `period=all&by=department&region=${region.key}&kind=accepted`
      expect([region.key, ...(await behind(query))]).toEqual([region.key, within.total.accepted, within.total.accepted])
    }
  })
})

describe('the files of the measures', () => {
  it.each(MEASURE_DIMENSIONS)(
    'X1: by %s the file has the rows of the page, in their order, and their sum',
    async (by) => {
      const view = await ask<MeasureTable>(`/api/v1/measures?period=2026-Q3&by=${by}`)
      const csv = await get(`/api/v1/measures?period=2026-Q3&by=${by}&format=csv`)
      expect(csv.headers['content-type']).toBe('text/csv; charset=utf-8')
      expect(decodeURIComponent(String(csv.headers['content-disposition']))).toContain(`办件统计 ${by} 2026-Q3.csv`)
      expect([...csv.rawPayload.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
      const lines = csv.body.slice(1).split('\r\n').slice(1, -1)
      expect(lines).toHaveLength(view.rows.length + 1)
      const at = view.columns.findIndex(({ key }) => key === 'received')
      const received = lines.map((line) => Number(line.split(',').at(at - view.columns.length)))
      expect(received).toEqual([...view.rows, view.total].map((row) => row.received))
    },
  )

  it('X1: a workbook and English files come too; what is not offered is refused', async () => {
    const book = await get('/api/v1/measures?period=2026-Q3&by=department&format=xlsx&lang=en')
    expect(book.rawPayload.subarray(0, 2).toString()).toBe('PK')
    const english = await get('/api/v1/measures?period=2026-Q3&by=department&format=csv&lang=en')
    expect(english.body).toContain('On-time rate')
    const refused = await app.inject({ url: '/api/v1/measures?period=2026-Q3&format=pdf', headers: bearer('leader') })
    expect(refused.statusCode).toBe(400)
  })

  it('M3: a rate is exact in the view and printed with one decimal; without a denominator there is none', async () => {
    const view = await ask<MeasureTable>('/api/v1/measures?period=all&by=item')
    for (const row of view.rows) {
      expect(row.timed).toBe(row.on_time + row.late)
      expect(row.on_time_rate).toBe(row.timed === 0 ? null : row.on_time / row.timed)
    }
    expect(view.rows.some((row) => row.on_time_rate !== null && row.late > 0)).toBe(true)
  })
})
