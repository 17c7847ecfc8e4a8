// Importing in a real Chromium (I8): a sample in, the mapping made by choosing columns, what the rows become at once, a dry
// run, the import with its report, and the cases are there; a reload in the middle loses nothing.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { type House, openHouse } from './house.ts'
import { bytesOf, fits, openPages } from './pages.ts'

/** Heads that say nothing: all has to be chosen. */
const HEADS = ['a1', 'a2', 'a3', 'a4', 'a5', 'a6', 'a7']
const rowsOf = (from: number, to: number): string[] =>
  Array.from({ length: to - from }, (_, i) => {
    const n = from + i
    const on = String(1 + (n % 20)).padStart(2, '0')
    const taken = n === 7 ? '不详' : `${on}/07/2026 10:00`
    return [
      `IMP-${String(n).padStart(4, '0')}`,
      'MR',
      'A01',
      `${on}/07/2026 09:30`,
      taken,
      `${on}/08/2026`,
      n % 2 === 0 ? '28/07/2026 15:00' : '',
    ].join(',')
  })

let house: House
let key: string
let folder: string
beforeAll(async () => {
  house = await openHouse('2026-09-29T10:00:00+08:00x1')
  key = await house.keyOf('administrator')
  folder = mkdtempSync(join(tmpdir(), 'mingjing-imports-'))
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

const fileNamed = (name: string, text: string): string => {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}
const open = async (path = '/imports'): Promise<void> => {
  await page.goto(`${house.url}${path}#key=${key}`)
  await page.waitForSelector('input[type=file]', { state: 'attached' })
}
const bring = async (path: string): Promise<void> => {
  await page.setInputFiles('input[type=file] >> nth=0', path)
  await page.waitForSelector('[data-counts]')
}
const choose = (place: string, column: string): Promise<string[]> =>
  page.selectOption(`[data-place="${place}"] select`, column)
const text = (): Promise<string> => page.inputValue('textarea')
const documentNow = async (): Promise<Record<string, unknown>> => parse(await text()) as Record<string, unknown>
const eventsOf = (line: number): Promise<string[]> =>
  page
    .locator(`tr[data-line="${line}"] [data-event]`)
    .evaluateAll((all) => all.map((each) => each.textContent?.replace(/\s+/g, ' ').trim() ?? ''))

/** How well the text of an element stands against its ground, by WCAG; what is faded stands worse. */
const contrastOf = (element: Element): number => {
  const { color, backgroundColor, opacity } = getComputedStyle(element)
  const lightness = (text: string): number => {
    const [r = 0, g = 0, b = 0] = (text.match(/[\d.]+/g) ?? []).map((part) => {
      const share = Number(part) / 255
      return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const [dark = 0, light = 0] = [lightness(color), lightness(backgroundColor)].sort((a, b) => a - b)
  return ((light + 0.05) / (dark + 0.05)) * Number(opacity)
}

describe('importing', () => {
  it('I8: columns chosen, the preview right, a dry run, the import, and the cases are there', async () => {
    await open()
    await bring(fileNamed('台账.csv', `${[HEADS.join(','), ...rowsOf(0, 40)].join('\n')}\n`))
    expect(await page.locator('[data-fact="format"]').innerText()).toContain('CSV')
    expect(await page.locator('tr[data-column]').count()).toBe(7)
    await choose('project_no', 'a1')
    await choose('org_code', 'a2')
    await choose('window_no', 'a3')
    await choose('RECEIVE', 'a4')
    await choose('ACCEPT', 'a5')
    await choose('promise_due_at', 'a6')
    await choose('COMPLETE', 'a7')
    await page.fill('#import-zone', 'Asia/Shanghai')
    await page.fill('#import-dates', 'd/M/yyyy H:m；d/M/yyyy')
    await page.locator('#import-dates').blur()
    await page.waitForSelector('tr[data-line="2"] [data-event="COMPLETE"]')
    expect(await documentNow()).toEqual({
      mapping: '台账',
      zone: 'Asia/Shanghai',
      dates: ['d/M/yyyy H:m', 'd/M/yyyy'],
      fields: { project_no: 'a1', org_code: 'a2', window_no: 'a3' },
      case: [
        { type: 'RECEIVE', at: 'a4' },
        { type: 'ACCEPT', at: 'a5', payload: { promise_due_at: 'a6' } },
        { type: 'COMPLETE', at: 'a7' },
      ],
    })
    const [received, accepted, concluded] = await eventsOf(2)
    expect(received).toBe('收件 2026-07-01 09:30 部门 MR · 窗口 A01')
    expect(accepted).toMatch(/^受理 2026-07-01 10:00 承诺到期 2026.0?8.0?1.* · 部门 MR · 窗口 A01$/)
    expect(concluded).toBe('办结 2026-07-28 15:00 部门 MR · 窗口 A01')
    expect(await page.locator('tr[data-line="9"] [data-issue]').getAttribute('data-issue')).toBe('bad_date')
    expect(await page.locator('tr[data-line="9"]').innerText()).toContain('日期无法识别：a5')
    expect(await page.locator('[data-counts]').innerText()).toContain('1 处拒收')
    expect(await page.locator('[data-unread="ACCEPT"]').innerText()).toBe(
      '样本 40 个值中有 1 个不能读作“受理时间”：日期无法识别，如：不详',
    )

    expect(await page.locator('[data-dry-run]').isDisabled()).toBe(true)
    await page.fill('[data-source]', 'register')
    await page.check('[data-historical]')
    await page.click('[data-dry-run]')
    await page.waitForSelector('[data-job="done"][data-dry="true"]')
    const counted = (name: string): Promise<string> => page.locator(`[data-count="${name}"] dd`).innerText()
    expect([await counted('rows'), await counted('accepted'), await counted('skipped')]).toEqual(['40', '98', '1'])
    // the cell that cannot be read, and what of its row waits with it (I15)
    const told = await page
      .locator('[data-report]')
      .evaluateAll((rows) => rows.map((row) => row.getAttribute('data-report')))
    expect(told).toEqual(['bad_date', 'row_waits'])
    expect((await fetch(`${house.url}/api/v1/cases/IMP-0002`)).status).toBe(404)

    await page.click('[data-start]')
    await page.waitForSelector('[data-job="done"][data-dry="false"]')
    expect([await counted('accepted'), await counted('known')]).toEqual(['98', '0'])
    await house.serving.supervisor.settled()
    expect(await house.get('/api/v1/cases/IMP-0002', key)).toMatchObject({
      status: 'concluded',
      promise_due_on: '2026-08-03',
      on_time: true,
    })
    expect(await house.get('/api/v1/cases/IMP-0003', key)).toMatchObject({ concluded_at: null })
    expect((await fetch(`${house.url}/api/v1/cases/IMP-0007`)).status).toBe(404)
    const waiting = page.waitForEvent('download')
    await page.click('button:has-text("下载报告")')
    expect((await bytesOf(await waiting)).toString('utf8')).toContain('bad_date,a5,日期无法识别：a5')
  })

  it('I15: names are shown with their codes; the rest with its cases, and nothing is taken before the yes [U14]', async () => {
    await open()
    const rows = ['N-1,住建,施工许可,A01', 'N-2,水务局,食品经营许可,A02', 'N-3,水务局,施工许可,A02'].map(
      (row) => `${row},2026-07-01 09:00,2026-07-02 09:00`,
    )
    await bring(fileNamed('名称.csv', `${['办件编号,部门,事项,窗口,受理时间,办结时间', ...rows].join('\n')}\n`))
    await page.waitForSelector('[data-names="1"]')
    const panel = page.locator('[data-names]')
    expect(await panel.innerText()).toContain('1 个名称目录中没有或有歧义，涉及 2 件')
    expect((await panel.locator('[data-name="水务局"]').innerText()).replace(/\s+/g, ' ')).toBe(
      '部门 水务局 目录中没有 2 第 3 行',
    )
    await page.fill('[data-source]', 'named')
    expect(await page.locator('[data-start]').isDisabled()).toBe(true)
    expect(await fits(page)).toBe(true)
    await page.click('[data-names] summary')
    expect(await panel.locator('[data-resolved="HC"]').innerText()).toContain('住建 → HC')
    await page.check('[data-accept]')
    await page.click('[data-start]')
    await page.waitForSelector('[data-job="done"][data-dry="false"]')
    await house.serving.supervisor.settled()
    expect(await house.get('/api/v1/cases/N-1', key)).toMatchObject({ department: 'HC', item: 'BUILD' })
    expect(await house.get('/api/v1/cases/N-2', key)).toMatchObject({ item: 'FOOD' })
  })

  it('I15: words for nothing are shown and, confirmed, stand in the mapping; on a phone what cannot be pressed can be read', async () => {
    page = await pages.open({ width: 390, height: 844 })
    await open()
    await bring(fileNamed('无.csv', '办件编号,窗口,受理时间\nZ-1,NA,2026-07-01 09:00\nZ-2,A01,2026-07-01 09:00\n'))
    await page.waitForSelector('[data-none-word="NA"]')
    expect((await page.locator('[data-none-word]').innerText()).replace(/\s+/g, ' ')).toBe('NA 1 格，见于 窗口')
    expect(await documentNow()).not.toHaveProperty('none')
    await page.click('[data-none-yes]')
    await page.waitForSelector('[data-none-words]', { state: 'detached' })
    expect(await documentNow()).toMatchObject({ none: ['NA'] })
    expect(await eventsOf(2)).toEqual(['受理 2026-07-01 09:00'])
    const start = page.locator('[data-start]')
    expect(await start.isDisabled()).toBe(true)
    expect(await start.innerText()).toBe('正式导入')
    expect(await start.evaluate(contrastOf)).toBeGreaterThan(4.5)
    expect(await page.locator('[data-dry-run]').evaluate(contrastOf)).toBeGreaterThan(4.5)
    expect(await fits(page)).toBe(true)
  })

  it('I8: a suggestion is called one; a reload loses neither mapping nor file; a kept mapping is loaded and used', async () => {
    await open()
    const head = '办件编号,环节,时间'
    const path = fileNamed(
      '环节.csv',
      `${head}\nR-1,受理,2026-07-01 09:00\nR-1,审查,2026-07-02 09:00\nR-1,归档,2026-07-03 09:00\n`,
    )
    await bring(path)
    expect(await page.locator('[data-own]').innerText()).toContain('建议')
    expect(await eventsOf(3)).toEqual(['环节结束 2026-07-02 09:00 环节 审查'])
    await page.selectOption('[data-activity="审查"] select', 'SKIP')
    await page.waitForSelector('tr[data-line="3"] :text("略去")')
    const before = await text()
    expect(await documentNow()).toMatchObject({
      events: [{ types: { 受理: 'ACCEPT', 审查: 'SKIP', 归档: 'COMPLETE', '*': 'STEP' } }],
    })
    await page.reload()
    await page.waitForSelector('tr[data-line="3"] :text("略去")')
    expect(await text()).toBe(before)
    expect(await page.locator('[data-own]').innerText()).toContain('您的映射')
    const waiting = page.waitForEvent('download')
    await page.click('button:has-text("下载") >> nth=0')
    const taken = await waiting
    expect(taken.suggestedFilename()).toBe('环节.yaml')
    expect((await bytesOf(taken)).toString('utf8')).toBe(before)

    await page.click('button:has-text("重新建议")')
    await page.waitForSelector('tr[data-line="3"] [data-event="STEP_END"]')
    await page.setInputFiles('input[accept*="yaml"]', fileNamed('kept.yaml', before))
    await page.waitForSelector('tr[data-line="3"] :text("略去")')
    await page.fill('textarea', `${before}zome: UTC\n`)
    await page.waitForSelector('[data-faults]')
    expect(await page.locator('[data-start]').isDisabled()).toBe(true)
    await page.fill('textarea', before)
    await page.waitForSelector('[data-faults]', { state: 'detached' })
  })

  it('I8: a file that is dropped; one that cannot be read says so in both languages; nothing is wider than the screen', async () => {
    await open()
    const dropped = await page.evaluateHandle(() => {
      const data = new DataTransfer()
      data.items.add(new File(['no,on\n1,2026-03-05\n'], 'dropped.csv'))
      return data
    })
    await page.dispatchEvent('section[aria-label="选择文件"]', 'drop', { dataTransfer: dropped })
    await page.waitForSelector('b:has-text("dropped.csv")')
    pages.expectTrouble(/\b422\b.*\/preview\?name=odd\.csv$/)
    await page.setInputFiles('input[type=file] >> nth=0', fileNamed('odd.csv', '%PDF-1.7 not a table'))
    await page.waitForSelector('[data-said]')
    expect(await page.locator('[data-said]').innerText()).toContain('不支持的文件格式')
    expect(await fits(page)).toBe(true)
    await page.click('button:has-text("English")')
    await page.waitForSelector('html[lang="en"]')
    expect(await page.locator('[data-said]').innerText()).toContain('not taken in')
    expect(await page.locator('h1').innerText()).toContain('Import')
    expect(await fits(page)).toBe(true)
  })

  it('A1 I8: a reader without the right is asked for a key, and nothing of imports is shown', async () => {
    pages.expectTrouble(/\b40[13]\b.*\/api\/v1\/imports$/)
    await page.goto(`${house.url}/imports`)
    await page.waitForSelector('input[type=password]')
    expect(await page.innerText('body')).toContain('管理员的密钥')
    expect(await page.locator('textarea').count()).toBe(0)
  })
})
