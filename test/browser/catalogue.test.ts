// The catalogue in a real Chromium (I9, J7, T1, T10, T13, D-05): a file is tried and enacted, a notice changes the year that
// is drawn, unlisted codes say what to do and go when they are loaded, and all of it walks by keyboard in two languages.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { event, type House, openHouse } from './house.ts'
import { fits, openPages } from './pages.ts'

const folder = mkdtempSync(join(tmpdir(), 'mingjing-catalogue-'))
const fileOf = (name: string, lines: readonly string[]): string => {
  const path = join(folder, name)
  writeFileSync(path, `${lines.join('\n')}\n`)
  return path
}

let house: House
let key: string
beforeAll(async () => {
  house = await openHouse('2026-11-20T10:00:00+08:00x1')
  key = await house.keyOf('administrator', '目录管理员')
  await house.post([
    event('ACCEPT', 'P-1', '2026-11-10T10:00:00+08:00', { task_code: 'GHOST' }),
    event('ACCEPT', 'P-2', '2026-11-12T10:00:00+08:00', { task_code: 'GHOST', window_no: 'Z9' }),
  ])
})
afterAll(async () => {
  await house.close()
  rmSync(folder, { recursive: true, force: true })
})

const pages = openPages()
let page: Page
beforeEach(async () => {
  page = await pages.open()
})

const open = async (path: string, wanted: string, withKey = true): Promise<void> => {
  await page.goto(`${house.url}${path}${withKey ? `#key=${key}` : ''}`)
  await page.waitForSelector(wanted)
}
const choose = async (path: string): Promise<void> => {
  await page.setInputFiles('input[name="file"]', path)
  await page.click('form button[type="submit"]')
  await page.waitForSelector('[data-load="trial"]')
}
const enact = async (): Promise<void> => {
  await page.fill('input[name="who"]', '王五')
  await page.click('button.strong')
  await page.waitForSelector('[data-load]:not([data-load="trial"])')
}
const verdict = (): Promise<string> => page.locator('.verdict').innerText()

const HEAD = 'task_code,name,org_code,item_type,promise,statute,valid_from'

describe('loading', () => {
  it('I9: a faulty file is refused with its lines; without its faulty rows it is tried again and enacted', async () => {
    const file = fileOf('items.csv', [
      HEAD,
      'SIGN,户外广告设置,HC,01,30ND,20WD,2026-01-01',
      'FOOD,食品经营许可,MR,01,8WD,20WD,2026-06-01',
      'BAD,坏行,HC,01,5 天,20WD,2026-01-01',
    ])
    await open('/catalogue/load', 'input[name="file"]')
    await choose(file)
    expect(await verdict()).toContain('有 1 处有误')
    expect(await page.locator('input[name="who"]').count()).toBe(0)
    const fault = await page.locator('[data-faults] tbody tr').innerText()
    expect(fault.split(/\s+/).slice(0, 3)).toEqual(['4', '事项', 'promise'])
    await page.check('input[name="skip_faulty"]')
    expect(await page.locator('[data-load]').count()).toBe(0)
    await page.click('form button[type="submit"]')
    await page.waitForSelector('input[name="who"]')
    expect(await page.locator('[data-changes] tbody tr').count()).toBe(2)
    expect(await page.locator('[data-state="version"]').innerText()).toMatch(/FOOD[\s\S]*新版本[\s\S]*10WD[\s\S]*8WD/)
    await enact()
    expect(await verdict()).toContain('已采用')
    await open('/catalogue?table=items', 'tr[data-code="SIGN"]')
    expect(await page.locator('tr[data-code="BAD"]').count()).toBe(0)
    await open('/catalogue/law', 'tbody tr')
    expect(await page.locator('tbody tr').first().innerText()).toContain('目录管理员 · 王五')
  })

  it('I9, T13: a notice of December draws the next year; until then it was hatched as not covered', async () => {
    await open('/catalogue/calendars?year=2027', '.month')
    expect(await page.locator('[data-year="2027"]').getAttribute('data-covered')).toBe('no')
    expect(await page.locator('ol .day[data-covered="no"]').count()).toBe(365)
    await open('/catalogue/load', 'input[name="file"]')
    const notice = fileOf('notice.csv', ['日期,名称,放假/上班', '2027-01-01,元旦,放假', '2027-01-03,元旦,上班'])
    // T1a, U1, U17: the clerk's table as it is; it reaches no further than it names until somebody says so
    await choose(notice)
    expect(await page.locator('[data-reach]').getAttribute('data-reach')).toBe('last_day')
    expect(await page.locator('[data-reach]').innerText()).toContain('2027-01-03')
    await page.fill('input[name="covers_to"]', '2027-12-31')
    await choose(notice)
    expect(await page.locator('[data-reach]').getAttribute('data-reach')).toBe('asked')
    expect(await page.locator('[data-moves]').innerText()).toContain('到期日变动')
    expect(await page.locator('[data-changes]').innerText()).toMatch(/2027-01-01[\s\S]*off 元旦/)
    await enact()
    await open('/catalogue/calendars?year=2027', '.month')
    expect(await page.locator('[data-year="2027"]').getAttribute('data-covered')).toBe('whole')
    expect(await page.locator('ol .day[data-on="2027-01-01"]').getAttribute('data-kind')).toBe('holiday')
    const makeup = page.locator('ol .day[data-on="2027-01-03"]')
    expect(await makeup.getAttribute('data-kind')).toBe('makeup')
    expect(await makeup.innerText()).toContain('班')
    expect(await page.locator('ol .day[data-covered="later"]').count()).toBe(3)
    expect(await fits(page)).toBe(true)
  })

  it('T1a: days in force that a corrected notice leaves out are shown, and it is said what becomes of them', async () => {
    await open('/catalogue/load', 'input[name="file"]')
    await page.fill('input[name="covers_to"]', '2027-12-31')
    await choose(fileOf('corrected.csv', ['日期,名称,放假/上班', '2027-01-01,元旦,放假', '2027-01-04,元旦,放假']))
    const left = page.locator('[data-left]')
    expect([await left.getAttribute('data-left'), await left.innerText()]).toEqual([
      'none',
      expect.stringContaining('2027年1月3日 周日'),
    ])
    await page.selectOption('select[name="notice"]', 'replaces')
    await choose(fileOf('corrected.csv', ['日期,名称,放假/上班', '2027-01-01,元旦,放假', '2027-01-04,元旦,放假']))
    expect(await left.getAttribute('data-left')).toBe('replaces')
  })

  it('T1a: a load is taken back with a reason, what it moves being shown first', async () => {
    await open('/catalogue/law', 'tbody tr')
    const row = page.locator('tbody tr').first()
    const entry = await row.getAttribute('data-entry')
    await row.locator('button').click()
    await page.fill('[data-take-back] input[name="why"]', '通知作废')
    await page.fill('[data-take-back] input[name="who"]', '王五')
    await page.click('[data-take-back] button[type="submit"]')
    await page.locator('[data-moves]').waitFor()
    await page.click('[data-take-back] button.strong')
    await page.locator(`tr[data-entry="${entry}"]`, { hasText: '撤回' }).waitFor()
    await open('/catalogue/calendars?year=2027', '.month')
    expect(await page.locator('[data-year="2027"]').getAttribute('data-covered')).toBe('no')
    expect(await page.locator('ol .day[data-on="2027-01-01"]').getAttribute('data-kind')).toBe('holiday')
  })

  it('F5, I9: a document of settings alone is tried, shown as what it changes, taken, and told on the page of the law', async () => {
    await open('/catalogue/load', 'input[name="file"]')
    const settings = { catalogue: '同报时限', valid_from: '2026-11-01', settings: { twin_minutes: 30 } }
    await choose(fileOf('settings.json', [JSON.stringify(settings)]))
    expect(await page.locator('[data-changes]').innerText()).toContain('30')
    await enact()
    await page.goto(`${house.url}/catalogue/law`)
    await page.waitForSelector('[data-settings]')
    const told = await page.locator('[data-settings]').innerText()
    expect(told).toMatch(/30 分钟\s+2026-11-01 起[\s\S]*10 分钟\s+随程序发布/)
    expect(await fits(page)).toBe(true)
  })

  it('A1: a reader without an administrator’s key is told so, and nothing is loaded', async () => {
    await open('/catalogue/load', 'input[name="file"]', false)
    pages.expectTrouble(/\b40[13]\b.*\/api\/v1\/catalogue/)
    await page.setInputFiles('input[name="file"]', fileOf('x.csv', [HEAD, 'X,甲,MR,01,5WD,20WD,2026-01-01']))
    await page.click('form button[type="submit"]')
    await page.waitForSelector('text=载入目录需要管理员密钥')
  })
})

describe('reading', () => {
  it('T1: twelve months; a holiday is hollow, a make-up day is marked 班, years are walked', async () => {
    await open('/catalogue/calendars?year=2026', '.month')
    expect(await page.locator('.month').count()).toBe(12)
    expect(await page.locator('ol .day').count()).toBe(365)
    const kindOf = (on: string) => page.locator(`ol .day[data-on="${on}"]`).getAttribute('data-kind')
    expect([await kindOf('2026-10-01'), await kindOf('2026-10-10'), await kindOf('2026-10-11')]).toEqual([
      'holiday',
      'makeup',
      'weekend',
    ])
    // the first of October 2026 is a Thursday: three gaps before it
    const october = page.locator('.month').nth(9)
    expect(await october.locator(':scope > span').nth(10).getAttribute('data-on')).toBe('2026-10-01')
    const background = (on: string) =>
      page.locator(`ol .day[data-on="${on}"]`).evaluate((node) => getComputedStyle(node).backgroundColor)
    expect(await background('2026-10-01')).not.toBe(await background('2026-10-08'))
    await page.click('button[aria-label="上一年"]')
    await page.waitForSelector('[data-year="2025"]')
  })

  it('D-05: unlisted codes with what to do; once loaded the code is gone', async () => {
    await open('/catalogue/unlisted', 'tbody tr')
    expect(
      await page.locator('tbody tr').evaluateAll((rows) => rows.map((row) => (row as HTMLElement).dataset.code)),
    ).toEqual(['GHOST', 'Z9'])
    expect(await page.locator('tr[data-code="GHOST"] td.number').innerText()).toBe('2')
    expect(await page.locator('main section ol li').count()).toBe(3)
    await page.click('tr[data-code="GHOST"] a[data-row]')
    await page.waitForSelector('a[data-row]:has-text("P-1")')
    await open('/catalogue/load', 'input[name="file"]')
    await choose(fileOf('ghost.csv', [HEAD, 'GHOST,补录事项,MR,20,5WD,,2026-01-01']))
    await enact()
    await house.serving.supervisor.settled()
    await open('/catalogue/unlisted', 'tr[data-code="Z9"]')
    expect(await page.locator('tr[data-code="GHOST"]').count()).toBe(0)
  })

  it('T10, J7: a flag is a shape and a word, its reason stands with the versions; keys walk, English on a switch', async () => {
    await open('/catalogue/load', 'input[name="file"]')
    await choose(
      fileOf('late.csv', [
        HEAD,
        'LATE,迟诺事项,HC,01,30ND,20WD,2026-01-01',
        'LATE,迟诺事项,HC,01,10WD,20WD,2027-01-01',
      ]),
    )
    await enact()
    await open('/catalogue?table=items&flag=promise_later', 'tr[data-code="LATE"]')
    const flag = page.locator('tr[data-code="LATE"] [data-flag="promise_later"]')
    expect(await flag.innerText()).toContain('承诺可晚于法定')
    expect(await flag.locator('svg').count()).toBe(1)
    const focused = () => page.evaluate(() => document.activeElement?.closest('tr')?.dataset.code)
    await page.keyboard.press('j')
    expect(await focused()).toBe('LATE')
    await page.keyboard.press('Enter')
    await page.waitForSelector('tr[data-entry]')
    expect(await page.locator('tr[data-entry]').count()).toBe(2)
    expect(await page.locator('tr[data-entry]').first().innerText()).toContain('未到生效日')
    expect(await page.locator('.why').innerText()).toContain('2007年1月2日')
    expect(await fits(page)).toBe(true)
    await page.click('button:has-text("English")')
    await page.waitForSelector('html[lang="en"]')
    await page.waitForSelector('.why [data-flag]:has-text("promise may pass the statute")')
    expect(await fits(page)).toBe(true)
  })
})
