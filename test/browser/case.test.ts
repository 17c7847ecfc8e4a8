// The case page in a real Chromium: the due day explained by sentence and strip, the same as the API says.

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CaseView } from '../../server/contract/api.ts'
import { event, type House, openHouse } from './house.ts'
import { openPages } from './pages.ts'

let house: House

/** The worked case of the drawing board: 10 WD from 20 April, an expert review of 8 WD approved, concluded 20 May. */
const PROJECT = 'P-20260420-0317'
const told = [
  event('RECEIVE', PROJECT, '2026-04-20T09:30:00+08:00'),
  event('ACCEPT', PROJECT, '2026-04-20T10:00:00+08:00'),
  event('SUSPEND', PROJECT, '2026-04-24T10:00:00+08:00', {
    payload: {
      kind: 'expert_review',
      basis: '行政许可法第四十五条',
      approver: '陈某',
      approved_days: { value: 8, unit: 'WD' },
      notice_at: '2026-04-24T10:00:00+08:00',
    },
  }),
  event('DECIDE', PROJECT, '2026-05-20T15:00:00+08:00', { payload: { result: 'granted' } }),
]

beforeAll(async () => {
  house = await openHouse('2026-05-20T16:00:00+08:00x1')
  await house.post(told)
})
afterAll(async () => {
  await house.close()
})

const pages = openPages()

describe('the case page', () => {
  it('T5 T6 T14: the strip numbers the counted days, hatches the paused ones and flags the due day', async () => {
    const view = await house.get<CaseView>(`/api/v1/cases/${PROJECT}`)
    expect(view.promise_due_on).toBe('2026-05-18')
    expect(view.verdict).toBe('late')
    const page = await pages.open()
    await page.goto(`${house.url}/cases/${PROJECT}`)
    await page.waitForSelector('.strip li[data-on="2026-05-18"]')
    const day = (on: string) => page.locator(`.strip li[data-on="${on}"]`).first()
    expect(await day('2026-04-20').textContent()).toContain('0')
    expect(await day('2026-04-24').textContent()).toContain('4')
    expect(await day('2026-04-27').textContent()).toContain('停')
    expect(await day('2026-05-11').textContent()).toContain('5')
    expect(await day('2026-05-18').textContent()).toContain('10')
    const text = (await page.textContent('body')) ?? ''
    expect(text).toContain('专家评审')
    expect(text).toMatch(/超 2 个工作日/)
  })

  it('T14: summing the counted days of the segments gives the limit', async () => {
    const view = await house.get<CaseView>(`/api/v1/cases/${PROJECT}`)
    const promise = view.explain.find((clock) => clock.clock === 'promise')
    const counted = promise?.segments.reduce((n, segment) => n + segment.counted, 0)
    expect(counted).toBe(10)
    expect(promise?.days.filter((day) => day.due).map((day) => day.on)).toEqual(['2026-05-18'])
  })

  it('T14: a case of years keeps acceptance, pause edges, notch, due day and today in sight, and tells what is folded', async () => {
    const no = 'P-20240304-0001'
    // of an item that no catalogue lists: nothing is shorter than what it states (T10)
    const own = { task_code: 'LONG' }
    await house.post([
      event('RECEIVE', no, '2024-03-04T09:30:00+08:00', own),
      event('ACCEPT', no, '2024-03-04T10:00:00+08:00', {
        ...own,
        payload: { promise_limit: { value: 250, unit: 'WD' } },
      }),
      event('SUSPEND', no, '2024-06-03T10:00:00+08:00', {
        payload: {
          kind: 'testing',
          basis: '行政许可法第四十五条',
          approver: '陈某',
          approved_days: { value: 150, unit: 'WD' },
          notice_at: '2024-06-03T10:00:00+08:00',
        },
      }),
      event('RESUME', no, '2024-12-16T10:00:00+08:00', { payload: { kind: 'testing' } }),
      event('EXTEND', no, '2025-06-03T10:00:00+08:00', {
        payload: { days: 10, approver: '陈某', approved_at: '2025-06-03T10:00:00+08:00', reason: '复杂' },
      }),
    ])
    const view = await house.get<CaseView>(`/api/v1/cases/${no}`)
    const promise = view.explain.find((clock) => clock.clock === 'promise')
    if (!promise) throw new Error('the case has no promise')
    expect(promise.days.length).toBeLessThanOrEqual(400)
    expect(promise.late_by).toBeGreaterThan(100)
    expect(promise.segments.reduce((n, segment) => n + segment.counted, 0)).toBe(260)
    const page = await pages.open()
    await page.goto(`${house.url}/cases/${no}`)
    await page.waitForSelector('.strip [data-kind="due"]')
    const pause = promise.segments.find(({ kind }) => kind === 'pause')
    const notch = promise.segments.find(({ kind }) => kind === 'extend')
    for (const on of ['2024-03-04', pause?.from, pause?.to, notch?.from, promise.due_on, '2026-05-20'])
      expect([on, await page.locator(`.strip li[data-on="${on}"]`).count()]).toEqual([on, 1])
    await page.waitForSelector('.strip li.today[data-on="2026-05-20"]')
    const bands = await page.locator('.strip .band').allInnerTexts()
    expect(bands.some((text) => text.includes('暂停（检测）续'))).toBe(true)
    expect(bands.some((text) => /计入 \d+ 日，第 \d+ 至 \d+ 日/.test(text))).toBe(true)
    expect(bands.some((text) => text.includes('超期'))).toBe(true)
    // its events are of three years: each says its own but for the one that runs; no table is scrolled for it
    await page.waitForSelector('td:has-text("2024年3月4日 周一 09:30")')
    const days = await page.locator('tr[title] td:first-child').allInnerTexts()
    expect(days.map((text) => /^20\d\d/.exec(text)?.[0])).toEqual(['2024', '2024', '2024', '2024', '2025'])
    const over = await page
      .locator('.scroll')
      .evaluateAll((nodes) => nodes.filter((node) => node.scrollWidth > node.clientWidth).length)
    expect(over).toBe(0)
  })
})
