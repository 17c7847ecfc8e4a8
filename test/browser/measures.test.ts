// The page of measures in a real Chromium: rows and sums are the API's, every figure leads to exactly its cases, files come
// out of it, it lives on a laptop and on a phone (M1, M3, X1). And the list of cases with those set apart (J5).

import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { MeasureTable } from '../../server/contract/measures.ts'
import type { CasesBehind } from '../../server/contract/ranking.ts'
import { letInBefore } from '../supervision/older.ts'
import { event, type House, openHouse } from './house.ts'
import { bytesOf, fits, openPages } from './pages.ts'

const at = (window: string) => ({
  window_no: window,
  ...(window.startsWith('A') ? { org_code: 'MR' } : { org_code: 'HC', task_code: 'BUILD' }),
})
const told = (no: string, window: string, from: string, to: string | null) => [
  event('RECEIVE', no, `${from}T09:30:00+08:00`, at(window)),
  event('ACCEPT', no, `${from}T10:00:00+08:00`, at(window)),
  ...(to === null
    ? []
    : [event('DECIDE', no, `${to}T15:00:00+08:00`, { ...at(window), payload: { result: 'granted' } })]),
]
let house: House
beforeAll(async () => {
  house = await openHouse('2026-09-29T10:00:00+08:00x1')
  await house.post([
    ...told('P-1', 'A01', '2026-09-01', '2026-09-03'),
    ...told('P-2', 'A01', '2026-09-02', '2026-09-25'),
    ...told('P-3', 'A02', '2026-08-03', '2026-08-05'),
    ...told('P-4', 'B01', '2026-09-01', null),
    ...told('P-5', 'B01', '2026-09-28', null),
  ])
  const bad = event('ACCEPT', 'P-BAD', '2026-09-28T10:00:00+08:00', { task_code: 'NOWHERE' })
  await letInBefore(house.serving.supervisor, bad, 'test')
})
afterAll(async () => {
  await house.close()
})

const pages = openPages()
let page: Page
beforeEach(async () => {
  page = await pages.open()
})

const cell = (key: string, column: string): Promise<string> =>
  page.locator(`tr[data-key="${key}"] td[data-column="${column}"]`).innerText()

describe('the page of measures', () => {
  it('M1, M3: the quarter that runs, its rows and its sum as the API says them', async () => {
    await page.goto(`${house.url}/measures`)
    await page.waitForSelector('tr[data-key="total"]')
    const told = await house.get<MeasureTable>('/api/v1/measures?period=2026-Q3&by=department')
    const drawn = await page
      .locator('tbody tr')
      .evaluateAll((rows) => rows.map((row) => (row as HTMLElement).dataset.key))
    expect(drawn).toEqual(told.rows.map(({ key }) => key))
    expect(await cell('MR', 'concluded')).toBe(String(told.rows.find(({ key }) => key === 'MR')?.concluded))
    expect([await cell('MR', 'on_time_rate'), await cell('HC', 'on_time_rate')]).toEqual(['66.7%', '—'])
    expect(await cell('total', 'in_hand')).toBe(String(told.total.in_hand))
    expect(await fits(page)).toBe(true)
  })

  it.each(['department', 'window', 'operator', 'item', 'region', 'source'])(
    'M1: by %s each figure drawn, also of the sum, leads to exactly its cases, and back',
    async (by) => {
      await page.goto(`${house.url}/measures?period=2026-Q3&by=${by}`)
      await page.waitForSelector('tr[data-key="total"]')
      const links = await page
        .locator('a[data-figure]')
        .evaluateAll((all) =>
          all.map((each) => ({ href: each.getAttribute('href') ?? '', figure: each.textContent?.trim() ?? '' })),
        )
      expect(links.length).toBeGreaterThan(10)
      for (const { href, figure } of links) {
        const query = new URLSearchParams(href.split('?')[1])
        query.delete('page')
        const behind = await house.get<CasesBehind>(`/api/v1/measures/cases?${query}`)
        const counted = behind.items.reduce((sum, { n }) => sum + n, 0)
        expect([href, String(behind.value), String(counted)]).toEqual([href, figure, figure])
      }
      await page.click('tr[data-key="total"] [data-figure="overdue_in_hand"]')
      await page.waitForSelector('h1:has-text("超期在办 1")')
      expect(await page.locator('a[data-row]').allInnerTexts()).toEqual(['P-4'])
      await page.click('.trail a:has-text("统计")')
      await page.waitForSelector('tr[data-key="total"]')
      expect(new URL(page.url()).search).toBe(`?period=2026-Q3&by=${by}`)
    },
  )

  it('M1: day, range and all time can be picked, and live in the address', async () => {
    await page.goto(`${house.url}/measures?period=2026-Q3`)
    await page.waitForSelector('tr[data-key="total"]')
    await page.selectOption('.period select', 'day')
    await page.waitForFunction(() => location.search.includes('period=2026-09-29'))
    await page.locator('.period button').first().click()
    await page.waitForFunction(() => location.search.includes('period=2026-09-28'))
    await page.selectOption('.period select', 'range')
    await page.waitForSelector('.period input[type="date"]')
    await page.locator('.period input').first().fill('2026-08-01')
    await page.waitForFunction(() => location.search.includes('2026-08-01..'))
    await page.selectOption('.period select', 'all')
    await page.waitForFunction(() => location.search.includes('period=all'))
    await page.waitForSelector('h1:has-text("全部期间")')
    await page.click('fieldset button:has-text("窗口")')
    await page.waitForSelector('tr[data-key="B01"]')
    await page.waitForFunction(() => location.search.includes('by=window'))
  })

  it('X1: the file taken from the page is the API’s own', async () => {
    await page.goto(`${house.url}/measures?period=2026-Q3&by=window`)
    await page.waitForSelector('tr[data-key="total"]')
    const waiting = page.waitForEvent('download')
    await page.click('.files a:has-text("CSV")')
    const taken = await waiting
    expect(taken.suggestedFilename()).toBe('办件统计 window 2026-Q3.csv')
    const answer = await fetch(`${house.url}/api/v1/measures?period=2026-Q3&by=window&format=csv`)
    expect((await bytesOf(taken)).equals(Buffer.from(await answer.arrayBuffer()))).toBe(true)
  })

  it('L5: on a phone the bar of pages is swiped, the page we are on in sight, and nothing is wider than the screen', async () => {
    await page.setViewportSize({ width: 390, height: 844 })
    for (const path of ['/measures', '/due', '/cases', '/cards', '/rankings']) {
      await page.goto(house.url + path)
      await page.waitForSelector('nav [aria-current]')
      await page.evaluate(() => document.fonts.ready.then(() => undefined))
      await page.waitForFunction(() => {
        const current = document.querySelector('nav [aria-current]')?.getBoundingClientRect()
        return current !== undefined && current.left >= 0 && current.right <= innerWidth
      })
      expect([path, await fits(page)]).toEqual([path, true])
    }
  })
})

describe('cases set apart', () => {
  it('J5: a banner on the pages and a word on the wall lead to the case, what threw, and what to do', async () => {
    await page.goto(`${house.url}/cards`)
    await page.waitForSelector('[data-trouble="apart"]')
    expect(await page.locator('[data-trouble="apart"]').innerText()).toContain('有 1 件办件无法判定')
    await page.click('[data-trouble="apart"] a')
    await page.waitForSelector('tr[data-apart="P-BAD"]')
    const row = await page.locator('tr[data-apart]').innerText()
    expect(row).toMatch(/RangeError/)
    expect(await page.locator('tr[data-apart]').count()).toBe(1)
    expect(await page.locator('section ol li').count()).toBe(3)
    expect(await page.locator('[data-trouble="apart"] a').count()).toBe(0)
    await page.selectOption('select[data-filter]', 'in_hand')
    await page.waitForSelector('tbody tr:has-text("P-5")')
    await page.waitForSelector('[data-trouble="apart"] a')
    expect(await page.locator('tr[data-apart]').count()).toBe(0)
    await page.goto(`${house.url}/wall`)
    await page.waitForSelector('a.trouble:has-text("搁置 1 件")')
  })
})
