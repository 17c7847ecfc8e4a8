// The invented city: its size, its references, its languages, and that nobody real is in it.
import { describe, expect, it } from 'vitest'
import { makeCity } from '../../fixtures/city/catalogue.ts'

const SEEDS = [1, 4, 20260929]
const LIMIT = /^(0|\d{1,3}(WD|ND|M|H))$/

describe('the catalogue of the city', () => {
  it('I9: the same seed gives the same city, another seed another', () => {
    expect(JSON.stringify(makeCity(4))).toBe(JSON.stringify(makeCity(4)))
    expect(JSON.stringify(makeCity(4).catalogue.operators)).not.toBe(JSON.stringify(makeCity(5).catalogue.operators))
  })

  it.each(SEEDS)('I9: seed %i has a hall of a real size', (seed) => {
    const { regions, departments, windows, operators, items, sources } = makeCity(seed).catalogue
    expect(regions).toHaveLength(5)
    expect(departments?.length).toBeGreaterThanOrEqual(30)
    expect(windows).toHaveLength(80)
    expect(operators).toHaveLength(240)
    expect(items?.length).toBeGreaterThanOrEqual(300)
    expect(sources).toHaveLength(6)
    const stepped = (items ?? []).filter((item) => item.steps !== undefined).length / (items?.length ?? 1)
    expect(stepped).toBeGreaterThan(0.28)
    expect(stepped).toBeLessThan(0.42)
  })

  it('I9: every code is there once and every reference leads somewhere', () => {
    const { regions = [], departments = [], windows = [], operators = [], items = [] } = makeCity(4).catalogue
    const regionCodes = new Set(regions.map((row) => row.region_code))
    const orgs = new Set(departments.map((row) => row.org_code))
    const windowNos = new Set(windows.map((row) => row.window_no))
    expect(departments.every((row) => regionCodes.has(row.region_code))).toBe(true)
    expect([...windows, ...operators, ...items].every((row) => orgs.has(row.org_code))).toBe(true)
    expect(operators.every((row) => windowNos.has(row.window_no ?? ''))).toBe(true)
    expect(orgs.size).toBe(departments.length)
    expect(windowNos.size).toBe(windows.length)
    expect(new Set(items.map((row) => row.task_code)).size).toBe(items.length)
    expect(new Set(items.map((row) => row.name)).size).toBe(items.length)
    expect(new Set(operators.map((row) => row.operator_id)).size).toBe(operators.length)
    expect([...orgs].every((org) => windows.some((row) => row.org_code === org))).toBe(true)
  })

  it('I9: windows stand in rows A–H of ten, each place taken once', () => {
    const { windows = [] } = makeCity(4).catalogue
    const places = windows.map((row) => `${row.row}/${row.column}`)
    expect(new Set(places).size).toBe(80)
    expect([windows[0]?.window_no, windows.at(-1)?.window_no]).toEqual(['A01', 'H10'])
  })

  it('T4: every limit is written in the syntax, no promise is later than its statute in working days', () => {
    for (const item of makeCity(4).catalogue.items ?? []) {
      expect(item.promise, item.name).toMatch(LIMIT)
      if (item.statute !== undefined) expect(item.statute, item.name).toMatch(LIMIT)
      for (const step of item.steps ?? []) expect(step.limit, item.name).toMatch(/^\d+WD$/)
      const [, promise, statute] = /^(\d+)WD (\d+)WD$/.exec(`${item.promise} ${item.statute}`) ?? []
      if (promise !== undefined) expect(Number(promise), item.name).toBeLessThanOrEqual(Number(statute))
      expect(item.task_code.length).toBeLessThanOrEqual(36)
      expect(item.project_type === '1').toBe(item.promise === '0')
    }
  })

  it('L1: what a wall shows has a Chinese and an English name', () => {
    const { departments = [], windows = [], items = [], regions = [] } = makeCity(4).catalogue
    for (const row of [...departments, ...windows, ...items, ...regions]) {
      expect(row.name).toMatch(/\p{Script=Han}/u)
      expect(row.name_en, row.name).toMatch(/^[A-Z][\w ,'()-]+$/)
    }
  })

  it('L7: nothing in it looks like an identity or a telephone number', () => {
    const text = JSON.stringify(makeCity(4).catalogue)
    expect(text).not.toMatch(/(?<!\d)\d{17}[\dX](?![\dX])/)
    expect(text).not.toMatch(/(?<!\d)1[3-9]\d{9}(?!\d)/)
  })
})
