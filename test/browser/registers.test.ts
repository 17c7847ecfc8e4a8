// What imports became, in a real Chromium (I14): the changes of a register told beside the job, the list of imports from the
// ledger, one taken back with what it would do told first, brought again and standing again; on a laptop and on a phone.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type House, openHouse } from './house.ts'
import { bytesOf, fits, LAPTOP, openPages } from './pages.ts'

const HEAD = '办件编号,受理时间,办结时间,承诺到期'
const MAPPING = `mapping: 周报
register: 周报台账
source: weekly
zone: Asia/Shanghai
dates: ['yyyy-MM-dd HH:mm:ss', 'yyyy-MM-dd']
fields: { project_no: 办件编号, org_code: { const: MR }, window_no: { const: A01 } }
case:
  - { type: ACCEPT, at: 受理时间, payload: { promise_due_at: 承诺到期 } }
  - { type: COMPLETE, at: 办结时间 }
`
const csv = (...rows: string[]): string => `${[HEAD, ...rows].join('\n')}\n`
const FIRST = csv(
  'R-1,2026-09-01 09:00:00,,2026-09-08',
  'R-2,2026-09-01 09:00:00,2026-09-04 10:00:00,2026-09-08',
  'R-3,2026-09-01 09:00:00,,2026-09-08',
)
const SECOND = csv(
  'R-1,2026-09-01 09:00:00,2026-09-09 16:00:00,2026-09-10',
  'R-2,2026-09-01 09:00:00,,2026-09-08',
  'R-4,2026-09-14 09:00:00,,2026-09-21',
)
const PHONE = { width: 390, height: 844 }

let house: House
let key: string
let folder: string
beforeAll(async () => {
  house = await openHouse('2026-09-29T10:00:00+08:00x1')
  key = await house.keyOf('administrator', '李敏')
  folder = mkdtempSync(join(tmpdir(), 'mingjing-registers-'))
})
afterAll(async () => {
  await house.close()
  rmSync(folder, { recursive: true, force: true })
})

const pages = openPages()
let page: Page
beforeEach(async () => {
  page = await pages.open(LAPTOP)
})

const fileNamed = (name: string, text: string): string => {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}
const open = async (): Promise<void> => {
  await page.goto(`${house.url}/imports#key=${key}`)
  await page.waitForSelector('input[type=file]', { state: 'attached' })
}
const bring = async (name: string, text: string, asOf: string): Promise<void> => {
  await page.setInputFiles('input[type=file] >> nth=0', fileNamed(name, text))
  await page.waitForSelector(`section b:has-text("${name}")`)
  await page.waitForSelector('[data-counts], [data-asks]')
  await page.setInputFiles('input[accept*="yaml"]', fileNamed('weekly.yaml', MAPPING))
  await page.fill('[data-as-of]', asOf)
  await page.click('[data-start]')
  await page.waitForSelector('[data-job="done"] [data-changes]')
  await house.serving.supervisor.settled()
}
const told = (selector: string): Promise<string[]> =>
  page
    .locator(selector)
    .evaluateAll((all) => all.map((each) => (each as HTMLElement).innerText.replace(/\s+/g, ' ').trim()))
const statusOf = async (no: string): Promise<unknown> =>
  (await house.get<{ status: string }>(`/api/v1/cases/${no}`, key)).status

describe('what imports became', () => {
  it('I14 C5: changes told, the list, a withdrawal with what it would do, and brought again it stands again', async () => {
    await open()
    await bring('第一周.csv', FIRST, '2026-09-07T18:00:00+08:00')
    expect(await told('[data-changed]')).toEqual(['件 3', '新增 3'])
    await bring('第二周.csv', SECOND, '2026-09-14T18:00:00+08:00')
    await page.waitForSelector('[data-entry] >> nth=1')
    expect(await told('[data-changed]')).toEqual([
      '件 3',
      '新增 1',
      '更改 2',
      '更改项 3',
      '其中清空 1',
      '本期未出现，保留 1',
    ])
    expect(await told('[data-cell]')).toEqual([
      '2 R-1 受理 承诺到期 2026-09-08 2026-09-10',
      '2 R-1 办结 时间 原无 2026-09-09 16:00',
      '3 R-2 办结 时间 2026-09-04 10:00 清空，原事件不再计入',
    ])
    expect(await told('[data-absent] a')).toEqual(['R-3'])
    const waiting = page.waitForEvent('download')
    await page.click('[data-changes] button')
    expect((await bytesOf(await waiting)).toString('utf8')).toContain('R-1,ACCEPT,changed,promise_due_at')

    const [second, first] = await told('[data-entry]')
    expect(second).toMatch(/第二周\.csv （周报台账） [0-9a-f]{8} weekly 2026-09-14 18:00 6 0 0 李敏 有效 撤回$/)
    expect(first).toContain('第一周.csv')
    expect(await fits(page)).toBe(true)

    await page.click('[data-entry] >> nth=0 >> [data-withdraw]')
    await page.waitForSelector('[data-withdrawal="told"]')
    const before = await told('[data-withdrawal] p')
    expect(before.slice(0, 2).join(' ')).toContain('将撤回 6 个事件，涉及 3 件')
    expect(before.join(' ')).toMatch(/\d+ 张已告知、计数的牌转为“待撤”，仍计数，由另一人决定是否撤销/)
    expect(await page.locator('[data-confirm]').isDisabled(), 'a reason is asked').toBe(true)
    await page.fill('[data-why]', '导错月份')
    expect(await fits(page)).toBe(true)
    await page.click('[data-confirm]')
    await page.waitForSelector('[data-stands="false"]')
    expect((await told('[data-stands="false"]'))[0]).toMatch(/^已由 李敏 于 2026-09-29 10:\d\d(:\d\d)? 撤回$/)
    await house.serving.supervisor.settled()
    expect([await statusOf('R-1'), await statusOf('R-2')]).toEqual(['accepted', 'concluded'])

    await bring('第二周.csv', SECOND, '2026-09-14T18:00:00+08:00')
    await page.waitForSelector('[data-entry] >> nth=2')
    expect(await told('[data-stands]')).toEqual([
      '有效 撤回',
      expect.stringMatching(/^已由 李敏 于 .* 撤回$/),
      '有效 撤回',
    ])
    expect([await statusOf('R-1'), await statusOf('R-2')]).toEqual(['concluded', 'accepted'])
    await page.click('button:has-text("English")')
    await page.waitForSelector('html[lang="en"]')
    expect((await told('[data-stands]'))[0]).toBe('stands Withdraw')
    expect(await fits(page)).toBe(true)
  })

  it('I14: the page asks as of when a register is before it says what its rows become, and judges them by that', async () => {
    await open()
    await page.setInputFiles('input[type=file] >> nth=0', fileNamed('第三周.csv', SECOND))
    await page.setInputFiles('input[accept*="yaml"]', fileNamed('weekly.yaml', MAPPING))
    await page.waitForSelector('[data-asks="as_of"]')
    expect(await page.locator('[data-counts], [data-line]').count(), 'no row is judged yet').toBe(0)
    expect(await page.innerText('body')).not.toContain('没有写明截至时间')
    await page.fill('[data-as-of]', '2026-09-14T18:00:00+08:00')
    await page.locator('[data-as-of]').blur()
    await page.waitForSelector('[data-counts]')
    expect(await page.locator('[data-issue]').count()).toBe(0)
    expect(await told('[data-line="2"] [data-event]')).toEqual([
      expect.stringContaining('受理 2026-09-01 09:00'),
      expect.stringContaining('办结 2026-09-09 16:00'),
    ])
    await page.reload()
    await page.waitForSelector('[data-counts]')
    expect(await page.inputValue('[data-as-of]')).toBe('2026-09-14T18:00:00+08:00')
    expect(await fits(page)).toBe(true)
  })

  it('L5 I14: on a phone nothing is wider than the screen, and the list can be read', async () => {
    page = await pages.open(PHONE)
    await open()
    await page.waitForSelector('[data-entry]')
    await page.click('[data-entry] >> nth=0 >> button.link')
    await page.waitForSelector('[data-changes]')
    expect(await fits(page)).toBe(true)
    await page.click('[data-entry] >> nth=0 >> [data-withdraw]')
    await page.waitForSelector('[data-withdrawal="told"]')
    expect(await fits(page)).toBe(true)
    await page.click('[data-withdrawal] button >> nth=1')
    expect(await page.locator('[data-withdrawal]').count()).toBe(0)
  })
})
