// The page of case numbers in a real Chromium (I11): what waits is listed, settled with a reason, and stands among what was
// decided; on a laptop and on a phone.

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { event, type House, openHouse } from './house.ts'
import { fits, LAPTOP, openPages } from './pages.ts'

let house: House
let key: string
beforeAll(async () => {
  const sources = [
    { source: 'test', name: '综合受理平台' },
    { source: 'gov', name: '住建审批系统' },
  ]
  house = await openHouse('2026-06-26T10:00:00+08:00x1', { sources })
  key = await house.keyOf('supervisor')
  const step = { task_code: 'OTHER', payload: { step_code: 'SC' } }
  await house.post([event('STEP_START', 'N-0042', '2026-06-02T10:00:00+08:00', step)], 'gov')
  await house.post([event('ACCEPT', 'N-0042', '2026-06-01T10:00:00+08:00')])
}, 120_000)
afterAll(() => house.close())
const pages = openPages()

describe('a number that two sources give different items', () => {
  it.each([
    ['a laptop', LAPTOP],
    ['a phone', { width: 390, height: 844 }],
  ])('I11: on %s it is listed with who says what, and the case leads there', async (_, size) => {
    const page = await pages.open(size)
    await page.goto(`${house.url}/cases/N-0042`)
    await page.click('[data-flag="collision"] a')
    const told = await page.textContent('[data-collision="N-0042"]')
    expect(told).toContain('综合受理平台 报 食品经营许可')
    expect(told).toContain('住建审批系统 报 OTHER')
    expect(told).toContain('待核的牌 1 张')
    expect(await fits(page)).toBe(true)
  })

  it('I11: a person settles it with a reason, and may take it back', async () => {
    const page = await pages.open()
    await page.goto(`${house.url}/numbers#key=${key}`)
    await page.click('#collisions [data-act="one_case"]')
    expect(await page.textContent('#collisions [role="alert"]')).toContain('请写明理由')
    await page.fill('#collisions textarea', '一件两报，已与两系统核实')
    await page.click('#collisions [data-act="one_case"]')
    expect(await page.textContent('#settled [data-collision="N-0042"]')).toContain('一件两报，已与两系统核实')
    await page.fill('#settled textarea', '误认')
    await page.click('#settled [data-act="reopen"]')
    expect(await page.textContent('#collisions [data-collision="N-0042"]')).toContain('N-0042')
  })
})
