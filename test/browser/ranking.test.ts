// The ranking in a real Chromium: its rows are the API's, every figure leads to its cases, files come out of it, and it can
// be used without a mouse (R1, R3, M1, X1).

import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { CasesBehind, Ranking } from '../../server/contract/ranking.ts'
import { event, type House, openHouse } from './house.ts'
import { bytesOf, fits, openPages } from './pages.ts'

const PROMPT = ['2026-09-01', '2026-09-02'] as const
/** 13 working days of 10 promised and 20 allowed. */
const LATE = ['2026-07-01', '2026-07-20'] as const
const VERY_LATE = ['2026-07-01', '2026-08-20'] as const
const OPEN = ['2026-09-01', null] as const

let last = 0
const told = (window: string, span: readonly [string, string | null], n: number) =>
  Array.from({ length: n }).flatMap(() => {
    last += 1
    const no = `P-${window}-${String(last).padStart(4, '0')}`
    const unit = window.startsWith('A') ? { org_code: 'MR' } : { org_code: 'HC', task_code: 'BUILD' }
    const more = { window_no: window, ...unit }
    const [from, to] = span
    const begun = [
      event('RECEIVE', no, `${from}T09:30:00+08:00`, more),
      event('ACCEPT', no, `${from}T10:00:00+08:00`, more),
    ]
    if (to === null) return begun
    return [
      ...begun,
      event('DECIDE', no, `${to}T15:00:00+08:00`, { ...more, payload: { result: 'granted' } }),
      // handed over at once: no card for a late delivery stands beside the figures
      event('DELIVER', no, `${to}T15:30:00+08:00`, { ...more, payload: { mode: 'window' } }),
    ]
  })

let house: House
beforeAll(async () => {
  house = await openHouse('2026-09-29T10:00:00+08:00x1')
  await house.post([
    ...told('A01', PROMPT, 12),
    ...told('A02', PROMPT, 18),
    ...told('A02', LATE, 2),
    ...told('A03', PROMPT, 11),
    ...told('B01', PROMPT, 5),
    ...told('B02', PROMPT, 10),
    ...told('B02', VERY_LATE, 1),
    ...told('B02', OPEN, 1),
  ])
})
afterAll(async () => {
  await house.close()
})

const pages = openPages()
let page: Page
beforeEach(async () => {
  page = await pages.open()
})

const open = async (path: string): Promise<void> => {
  await page.goto(`${house.url}${path}`)
  await page.waitForSelector('tbody tr')
}

const cellOf = (key: string, column: string): Promise<string> =>
  page.locator(`tr[data-key="${key}"] td[data-column="${column}"]`).innerText()

describe('the ranking page', () => {
  it('R1, R3: places, shared ones, the flag by word and shape, the unranked apart with the reason', async () => {
    const ranking = await house.get<Ranking>('/api/v1/rankings?period=2026-Q3&by=window')
    expect(ranking.rows.map(({ key, place }) => `${key} ${place ?? '—'}`)).toEqual([
      'A01 1',
      'A03 1',
      'A02 3',
      'B02 4',
      'B01 —',
    ])
    await open('/rankings?period=2026-Q3&by=window')
    const drawn = await page
      .locator('tbody tr')
      .evaluateAll((rows) => rows.map((row) => (row as HTMLElement).dataset.key))
    expect(drawn).toEqual(ranking.rows.map(({ key }) => key))
    expect(await page.locator('[data-unranked] tbody tr').count()).toBe(1)
    expect(await cellOf('B01', 'remark')).toBe('不足 10 件，不排名')
    expect(await cellOf('A01', 'remark')).toBe('红旗候选')
    expect(await page.locator('tr[data-key="A01"] .flag svg').count()).toBe(1)
    expect(await page.locator('tr[data-key="B02"] .flag').count()).toBe(0)
    expect([await cellOf('A02', 'timeliness'), await cellOf('A01', 'timeliness')]).toEqual(['90.0%', '100%'])
    expect(await page.locator('tr[data-key="A02"] svg[role="img"]').getAttribute('aria-label')).toContain('69.9%')
  })

  it('M1: each figure of each row leads to exactly its cases', async () => {
    await open('/rankings?period=2026-Q3&by=window')
    const links = await page
      .locator('a[data-figure]')
      .evaluateAll((all) =>
        all.map((each) => ({ href: each.getAttribute('href') ?? '', figure: each.textContent?.trim() ?? '' })),
      )
    expect(links.length).toBeGreaterThan(12)
    for (const { href, figure } of links) {
      const behind = await house.get<CasesBehind>(`/api/v1/measures/cases?${href.split('?')[1]}`)
      const counted = behind.items.reduce((sum, { n }) => sum + n, 0)
      expect([href, String(behind.value), String(counted)]).toEqual([href, figure, figure])
    }
    await page.click('tr[data-key="A02"] [data-figure="late"]')
    await page.waitForSelector('h1:has-text("A02 食品经营 · 超期 2")')
    const listed = await page.locator('a[data-row]').allInnerTexts()
    expect(listed).toHaveLength(2)
    await page.goBack()
    await page.click('tr[data-key="B02"] [data-figure="overdue_in_hand"]')
    await page.waitForSelector('h1:has-text("超期在办 1")')
    await page.click('a[data-row]')
    await page.waitForSelector('.strip')
  })

  it('X1: the file taken from the page is the API’s, under a readable name', async () => {
    await open('/rankings?period=2026-Q3&by=window')
    const waiting = page.waitForEvent('download')
    await page.click('.files a:has-text("CSV")')
    const taken = await waiting
    expect(taken.suggestedFilename()).toBe('窗口效能排名 2026-Q3.csv')
    const bytes = await bytesOf(taken)
    const answer = await fetch(`${house.url}/api/v1/rankings?period=2026-Q3&by=window&format=csv`)
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(bytes.equals(Buffer.from(await answer.arrayBuffer()))).toBe(true)
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
    const lines = bytes.toString('utf8').split('\r\n')
    expect(lines[1]?.split(',').slice(0, 3)).toEqual(['1', 'A01', '食品经营'])
  })

  it('R1: period and dimension live in the address; the period ahead cannot be asked', async () => {
    await open('/rankings')
    expect(await page.locator('.period b').innerText()).toBe('2026年第三季度')
    expect(await page.locator('.period button').nth(1).isDisabled()).toBe(true)
    await page.selectOption('.period select', 'month')
    await page.waitForFunction(() => location.search.includes('period=2026-09'))
    await page.locator('.period button').first().click()
    await page.waitForFunction(() => location.search.includes('period=2026-08'))
    await page.waitForSelector('[data-unranked]')
    await page.click('fieldset button:nth-of-type(2)')
    await page.waitForFunction(() => location.search.includes('by=department'))
    await page.waitForSelector('tr[data-key="HC"]')
    await page.selectOption('.period select', 'quarter')
    await page.waitForSelector('tr[data-key="MR"][data-place="1"]')
    await page.click('tr[data-key="HC"] a[data-row]')
    await page.waitForSelector('tr[data-key="B02"]')
    expect(await page.locator('tr[data-key="A01"]').count()).toBe(0)
  })

  it('R1: j, k and Enter walk it; English on a switch; nothing is wider than the screen', async () => {
    await open('/rankings?period=2026-Q3')
    const focused = () => page.evaluate(() => document.activeElement?.closest('tr')?.dataset.key)
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    expect(await focused()).toBe('A03')
    await page.keyboard.press('k')
    expect(await focused()).toBe('A01')
    expect(await fits(page)).toBe(true)
    await page.click('button:has-text("English")')
    await page.waitForSelector('html[lang="en"]')
    await page.waitForSelector('th:has-text("Timeliness")')
    expect(await cellOf('A01', 'remark')).toBe('Red-flag candidate')
    expect(await page.locator('h1').innerText()).toContain('ranking of windows, third quarter of 2026')
    expect(await fits(page)).toBe(true)
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await page.waitForSelector('h1:has-text("A01")')
  })
})
