// Every list of the office as one works in it all day: into a case and back with filter, order, row and scroll as they were;
// put in order by a press, taken away as it stands, narrowed by days, printed whole; cards instead of columns on a phone.

import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { event, type House, openHouse } from './house.ts'
import { bytesOf, fits, openPages } from './pages.ts'

const COUNT = 130
const no = (i: number): string => `L-${String(i).padStart(4, '0')}`
const at = (i: number): string =>
  `2026-03-${String(2 + (i % 5)).padStart(2, '0')}T09:${String(i % 60).padStart(2, '0')}:00+08:00`

let house: House
beforeAll(async () => {
  house = await openHouse('2026-03-30T10:00:00+08:00x0')
  await house.post(
    Array.from({ length: COUNT }, (_, i) => event('ACCEPT', no(i), at(i), { window_no: i % 2 === 0 ? 'A01' : 'A02' })),
  )
})
afterAll(() => house.close())
const pages = openPages()

const rowsOf = (page: Page, column: string): Promise<string[]> =>
  page.locator(`tbody td[data-column="${column}"]`).allInnerTexts()
const stand = (page: Page) =>
  page.evaluate(() => ({
    search: location.search,
    scroll: Math.round(scrollY),
    row: document.activeElement?.closest<HTMLElement>('[data-row-key]')?.dataset.rowKey ?? null,
    rows: document.querySelectorAll('tbody tr').length,
  }))

const LISTS = [
  ['/cases?level=2', 'number', 'sort=-number'],
  ['/cards?department=MR', 'subject', 'sort=-subject'],
  ['/windows/A01', 'number', 'sort-cases=-number'],
  ['/rankings/cases?period=all&by=department&kind=accepted', 'number', 'sort=-number'],
] as const

describe('a list', () => {
  it.each(LISTS)(
    'L4: %s: into a case and back, filter, order, row and scroll are as they were [U12, U19]',
    async (path, column, order) => {
      const page = await pages.open()
      await page.goto(house.url + path)
      await page.waitForSelector('tbody tr')
      for (const _ of [1, 2]) await page.locator(`th[data-column="${column}"] button`).first().click()
      await page.waitForFunction((wanted) => location.search.includes(wanted), order)
      await page.waitForFunction(() => document.querySelector('[data-busy]') === null)
      const links = page.locator('tbody tr [data-row]')
      const link = links.nth(Math.min(60, (await links.count()) - 3))
      await link.scrollIntoViewIfNeeded()
      await link.focus()
      const before = await stand(page)
      expect(before.row).not.toBeNull()
      await page.keyboard.press('Enter')
      await page.waitForFunction((from) => location.pathname !== from, path.split('?')[0] ?? '')
      await page.waitForSelector('.trail b')
      await page.goBack()
      await page.waitForFunction(
        ({ rows, scroll }) => document.querySelectorAll('tbody tr').length === rows && Math.abs(scrollY - scroll) < 2,
        before,
      )
      expect(await stand(page)).toEqual(before)
      // asked for again behind what is shown: nothing moves
      await page.waitForLoadState('networkidle')
      expect(await stand(page)).toEqual(before)
    },
  )

  it('L4: the trail leads back to the list as it was, and the bar to its last filters, told and cleared at once [U12]', async () => {
    const page = await pages.open()
    await page.goto(`${house.url}/cases`)
    await page.waitForSelector('tbody tr')
    await page.selectOption('form.filters select[aria-label="等级"]', '2')
    await page.waitForFunction(() => location.search.includes('level=2'))
    await page.locator('tbody [data-row]').first().click()
    await page.waitForSelector('.trail a')
    await page.click('.trail a')
    await page.waitForFunction(() => location.pathname === '/cases' && location.search === '?level=2')
    await page.click('nav a[href="/due"]')
    await page.waitForFunction(() => location.pathname === '/due')
    await page.click('nav a[href="/cases"]')
    await page.waitForFunction(() => location.pathname === '/cases' && location.search === '?level=2')
    await page.click('[data-clear]')
    await page.waitForFunction(() => location.search === '')
    expect(await page.locator('[data-clear]').count()).toBe(0)
  })

  it('L4: a press puts all of them in order, not those that are here; again the other way, again as they came [U18]', async () => {
    const page = await pages.open()
    await page.goto(`${house.url}/cases`)
    await page.waitForSelector('tbody tr')
    const came = await rowsOf(page, 'number')
    expect(came.length).toBeLessThan(COUNT)
    const press = () => page.click('th[data-column="number"] button')
    await press()
    await page.waitForSelector(`tbody tr:nth-child(${COUNT})`)
    const all = Array.from({ length: COUNT }, (_, i) => no(i))
    expect(await rowsOf(page, 'number')).toEqual(all)
    expect(await page.locator('th[data-column="number"]').getAttribute('aria-sort')).toBe('ascending')
    await press()
    expect(await rowsOf(page, 'number')).toEqual([...all].reverse())
    await press()
    expect((await rowsOf(page, 'number')).slice(0, came.length)).toEqual(came)
    expect(new URL(page.url()).search).toBe('')
  })

  it('X1: what is taken away is what is shown, all of it, under its own headings [U18]', async () => {
    const page = await pages.open()
    await page.goto(`${house.url}/cases?sort=-number&window=A01`)
    await page.waitForSelector(`tbody tr:nth-child(${COUNT / 2})`)
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('[data-take]')])
    expect(download.suggestedFilename()).toBe('cases 2026-03-30.csv')
    const text = (await bytesOf(download)).toString('utf8')
    expect(text.startsWith('\ufeff')).toBe(true)
    const lines = text.slice(1).trimEnd().split('\r\n')
    expect(lines[0]).toBe('等级,办件编号,事项,窗口,部门,到期,下次变化,状态')
    expect(lines.slice(1).map((line) => line.split(',')[1])).toEqual(await rowsOf(page, 'number'))
  })

  it('L4: days narrow it in the address; the foot counts what is left [U18]', async () => {
    const page = await pages.open()
    await page.goto(`${house.url}/cases?from=2026-03-17&to=2026-03-17`)
    await page.waitForFunction(() => document.querySelector('[data-count]')?.getAttribute('data-count') === '26')
    expect(new Set((await rowsOf(page, 'due')).map((text) => text.slice(0, 5)))).toEqual(new Set(['3月17日']))
  })

  it.each(['/cases', '/cards'])(
    'T14: in %s a due date says how it was reckoned, to the pointer and to the keyboard; Escape puts it away [U19]',
    async (path) => {
      const page = await pages.open()
      await page.goto(house.url + path)
      const date = page.locator('tbody .explained button').first()
      const said = page.locator('[role="tooltip"]')
      await date.hover()
      await said.filter({ hasText: '受理' }).waitFor()
      await page.mouse.move(0, 0)
      await said.waitFor({ state: 'detached' })
      await date.focus()
      await said.filter({ hasText: '到期' }).waitFor()
      expect(await date.getAttribute('aria-describedby')).toBe(await said.getAttribute('id'))
      await page.keyboard.press('Escape')
      expect(await said.count()).toBe(0)
    },
  )

  it('L5: its head stays in sight; on a phone a row is a sheet under the names of its columns, nothing is wider [U18, U19]', async () => {
    const page = await pages.open()
    await page.goto(`${house.url}/cases`)
    await page.waitForSelector('tbody tr:nth-child(90)')
    await page.locator('tbody tr').nth(80).scrollIntoViewIfNeeded()
    const top = await page
      .locator('thead th')
      .first()
      .evaluate((node) => Math.round(node.getBoundingClientRect().top))
    expect(top).toBe(0)
    await page.setViewportSize({ width: 390, height: 844 })
    expect(await fits(page)).toBe(true)
    const cell = await page
      .locator('tbody td[data-column="item"]')
      .first()
      .evaluate((node) => ({ of: getComputedStyle(node, '::before').content, display: getComputedStyle(node).display }))
    expect(cell).toEqual({ of: '"事项"', display: 'flow-root' })
  })

  it('L5: printed, it is whole, and each sheet says what it is, as of when, and its number [U20]', async () => {
    const page = await pages.open()
    await page.goto(`${house.url}/cases`)
    await page.waitForSelector('tbody tr')
    await page.evaluate(() => {
      window.print = () => document.documentElement.setAttribute('data-printed', '')
    })
    await page.click('button:has-text("打印")')
    await page.waitForSelector('html[data-printed]')
    expect(await page.locator('tbody tr').count()).toBe(COUNT)
    const edge = await page.evaluate(() =>
      [...document.head.querySelectorAll('style')].map((node) => node.textContent).join(),
    )
    expect(edge).toContain('counter(page) " / " counter(pages)')
    expect(edge).toContain('办件 · 明镜')
    expect(edge).toContain('截至 2026年3月30日 周一 10:00')
  })
})
