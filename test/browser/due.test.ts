// The limit calculator in a real Chromium: the question in the address, answered as it is typed, the same as the API
// says; mistakes stand at their field; one sheet of paper (T2–T8, T14).

import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { DueView } from '../../server/contract/due.ts'
import { type House, openHouse } from './house.ts'
import { fits, openPages } from './pages.ts'

let house: House
beforeAll(async () => {
  house = await openHouse('2026-04-22T10:00:00+08:00x1')
})
afterAll(async () => {
  await house.close()
})

const pages = openPages()
let page: Page
beforeEach(async () => {
  page = await pages.open()
})

const reckon = async (question: Record<string, unknown>): Promise<DueView> => {
  const answer = await fetch(`${house.url}/api/v1/due`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(question),
  })
  return (await answer.json()) as DueView
}
const due = (on: Page): Promise<string> => on.locator('.due b').innerText()

const FULL =
  '/due?accept=2026-04-20&limit=20WD&pause=2026-04-24..2026-05-15&extend=10%402026-05-18&extend=5%402026-06-01&concluded=2026-07-10'

describe('the limit calculator', () => {
  it('T5, T7, T14: a question in the address is answered as the API answers it, day by day and segment by segment', async () => {
    const told = await reckon({
      accept: '2026-04-20',
      limit: '20WD',
      pauses: [['2026-04-24', '2026-05-15']],
      extensions: [
        [10, '2026-05-18'],
        [5, '2026-06-01'],
      ],
      concluded: '2026-07-10',
      explain: true,
    })
    await page.goto(house.url + FULL)
    await page.waitForSelector('.strip [data-kind="due"]')
    expect(await page.locator('.strip [data-kind="due"]').getAttribute('data-on')).toBe(told.due_on)
    expect(await due(page)).toContain('6月23日 周二 24:00')
    expect(await page.locator('.due em').innerText()).toContain(`超 ${told.late_by_wd} 个工作日`)
    expect(await page.locator('[data-verdict="second"]').innerText()).toContain('只能延长一次')
    const sums = await page.locator('.segments tbody tr td:last-child').allInnerTexts()
    const counted = told.segments.reduce((sum, segment) => sum + segment.counted, 0)
    expect(sums.at(-1)).toBe(String(counted))
    expect(await page.locator('.strip .notch').getAttribute('data-on')).toBe(
      told.segments.find(({ kind }) => kind === 'extend')?.from,
    )
    expect(await page.locator('.strip .today').getAttribute('data-on')).toBe('2026-04-22')
    expect(await page.locator('.sentence').innerText()).toContain('5 月 9 日调休上班')
  })

  it('T4, T14: typing answers by itself, the address follows, a link to it gives the same', async () => {
    await page.goto(`${house.url}/due`)
    await page.fill('input[type="date"] >> nth=0', '2026-04-20')
    await page.fill('#due-limit', '6')
    await page.waitForSelector('.strip [data-kind="due"]')
    expect(await due(page)).toContain('4月28日')
    await page.selectOption('select[aria-label="单位"]', 'ND')
    await page.waitForFunction(() => document.querySelector('.due b')?.textContent?.includes('4月27日'))
    expect(new URL(page.url()).search).toBe('?accept=2026-04-20&limit=6ND')
    const answered = await due(page)
    await page.click('button:has-text("添加暂停")')
    await page.fill('fieldset input[type="date"] >> nth=0', '2026-04-21')
    await page.fill('fieldset input[type="date"] >> nth=1', '2026-04-28')
    // eight days that do not count lead into the holiday of May; before its end is typed, the pause has another answer
    await page.waitForFunction(() => document.querySelector('.due b')?.textContent?.includes('5月6日'))
    const paused = await due(page)
    await page.reload()
    await page.waitForSelector('.strip [data-kind="due"]')
    expect(await due(page)).toBe(paused)
    await page.click('fieldset button:has-text("删除")')
    await page.waitForFunction((before) => document.querySelector('.due b')?.textContent === before, answered)
  })

  it('T14: a mistake is told at its field, in the language of the reader; Enter asks at once', async () => {
    await page.goto(`${house.url}/due?accept=2026-04-20&limit=20WD&pause=2026-05-15..2026-04-24&warn=soon`)
    await page.waitForSelector('fieldset [role="alert"]')
    expect(await page.locator('fieldset .field:nth-of-type(2) [role="alert"]').innerText()).toBe('止早于起')
    await page.fill('fieldset input[type="date"] >> nth=1', '2026-05-20')
    await page.waitForSelector('.field:has(#due-warn) [role="alert"]')
    await page.click('button:has-text("English")')
    await page.waitForSelector('html[lang="en"]')
    await page.waitForSelector('[role="alert"]:has-text("write it as")')
    await page.fill('#due-warn', '90%')
    await page.press('#due-warn', 'Enter')
    await page.waitForSelector('.due b')
    expect(await page.locator('[role="alert"]').count()).toBe(0)
  })

  it('T8, T13: received and never answered it is deemed accepted; past the notice it is provisional', async () => {
    await page.goto(`${house.url}/due?received=2026-12-01&limit=20WD`)
    await page.waitForSelector('.due em:has-text("暂定")')
    expect(await page.locator('dt:has-text("视为受理")').count()).toBe(1)
    expect(await page.locator('.due b.provisional').count()).toBe(1)
  })

  it('T14: a limit of years keeps its turns and its due day in sight, and nothing is wider than the screen', async () => {
    await page.goto(`${house.url}/due?accept=2020-01-06&limit=900WD&pause=2021-03-01..2022-11-30&concluded=2026-03-02`)
    await page.waitForSelector('.strip [data-kind="due"]')
    expect(await page.locator('.strip .band').count()).toBeGreaterThan(2)
    for (const on of ['2020-01-06', '2021-03-01', '2021-03-02', '2022-11-30', '2026-03-02'])
      expect([on, await page.locator(`.strip [data-on="${on}"]`).count()]).toEqual([on, 1])
    for (const width of [1366, 390]) {
      await page.setViewportSize({ width, height: 800 })
      expect(await fits(page)).toBe(true)
    }
  })

  it('T14: it prints as one sheet: question, answer, strip, versions and the hour; no form', async () => {
    await page.goto(house.url + FULL.replace('&extend=5%402026-06-01', ''))
    await page.waitForSelector('.strip [data-kind="due"]')
    await page.waitForSelector('.versions:has-text("cn@")')
    await page.emulateMedia({ media: 'print' })
    expect(await page.locator('form').isVisible()).toBe(false)
    const sheet = await page.locator('.sheet').innerText()
    for (const part of ['办理时限推算单', '20 个工作日', '2026年4月24日', '推算时刻 2026年4月22日'])
      expect(sheet).toContain(part)
    const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true })
    expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(1)
  })
})
