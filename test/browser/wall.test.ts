// The wall in a real Chromium, before a real server: what a person in the room sees when a case is late, when a deadline
// passes by itself, when the cable is pulled. Waits for what is seen, never for time.

import type { Page } from 'playwright-core'
import { afterEach, describe, expect, it } from 'vitest'
import { event, type House, openHouse, openPipe, type Pipe } from './house.ts'
import { openPages } from './pages.ts'

const undo: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step()
})
const pages = openPages()

const house = async (clock: string): Promise<House> => {
  const opened = await openHouse(clock)
  undo.push(() => opened.close())
  return opened
}

const pipeTo = async (url: string): Promise<Pipe> => {
  const opened = await openPipe(url)
  undo.push(() => opened.close())
  return opened
}

const screen = async (url: string, size = { width: 1920, height: 1080 }): Promise<Page> => {
  const page = await pages.open(size)
  await page.goto(`${url}/wall`)
  await page.waitForSelector('a.tile[data-window="A01"]')
  return page
}

const tile = (page: Page, window: string) => page.locator(`a.tile[data-window="${window}"]`)
const level = (page: Page, window: string, wanted: number) =>
  page.waitForSelector(`a.tile[data-window="${window}"][data-level="${wanted}"]`, { timeout: 30_000 })

/** Every figure and tile as a person reads them; what counts seconds is left out. */
const reading = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const texts = [...document.querySelectorAll('[data-rate], .tile')].map(
      (node) =>
        `${node.getAttribute('data-rate') ?? node.getAttribute('data-window')} ${node.getAttribute('data-level') ?? ''} ${(node.textContent ?? '').replace(/\s+/g, ' ')}`,
    )
    return texts.join('\n')
  })

const accepted = (projectNo: string, at: string, more: Record<string, unknown> = {}) => [
  event('RECEIVE', projectNo, at, { ...more, payload: { apply_type: '1', applicant_name: '诸葛小花' } }),
  event('ACCEPT', projectNo, at, more),
]

describe('the wall', () => {
  it('L5: is printed on one sheet, dark on light, which says when and by whom [U20]', async () => {
    const open = await house('2026-03-31T12:00:00+08:00x0')
    const page = await screen(open.url)
    const sheets = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
    expect(
      /\/Type\s*\/Pages[^>]*\/Count (\d+)|\/Count (\d+)[^>]*\/Type\s*\/Pages/.exec(sheets)?.slice(1).find(Boolean),
    ).toBe('1')
    await page.emulateMedia({ media: 'print' })
    const drawn = await page.evaluate(() => {
      const of = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(name).trim()
      return { ground: of('--ground'), text: of('--text-1') }
    })
    expect(drawn).toEqual({ ground: '#fff', text: '#18212c' })
    const edge = await page.evaluate(() =>
      [...document.head.querySelectorAll('style')].map((node) => node.textContent).join(),
    )
    expect(edge).toContain('截至 2026年3月31日 周二 12:00')
  })

  it('L3 L4 L7: an event that makes a case late lights its tile with the card’s level, shape and word', async () => {
    // given a calm hall at noon on 31 March 2026
    const open = await house('2026-03-31T12:00:00+08:00x1')
    const page = await screen(open.url)
    expect(await tile(page, 'A01').getAttribute('data-level')).toBe('0')
    const calm = await tile(page, 'A01').evaluate((node) => getComputedStyle(node).backgroundColor)
    // when a case accepted on 16 March, promised in 10 WD (30 March), is told of only now
    await open.post(accepted('P-20260316-0001', '2026-03-16T10:00:00+08:00'))
    // then its window is yellow, by colour, by word and by shape, and only its window
    await level(page, 'A01', 2)
    const lit = await tile(page, 'A01').evaluate((node) => getComputedStyle(node).backgroundColor)
    expect(lit).not.toBe(calm)
    expect(await tile(page, 'A01').textContent()).toContain('黄牌')
    expect(await tile(page, 'A02').getAttribute('data-level')).toBe('0')
    await page.waitForSelector('a.entry[data-level="2"]')
    // and no full name of anybody is on the page
    const text = await page.evaluate(() => document.documentElement.outerHTML)
    expect(text).not.toContain('欧阳明月')
    expect(text).not.toContain('诸葛小花')
    expect(text).toContain('欧*')
  })

  it('L3 P-01: a window lit by what is about no limit says which rule and since when, and no lateness', async () => {
    const open = await house('2026-03-31T12:00:00+08:00x1')
    const page = await screen(open.url)
    // when a case is granted that nobody has accepted
    await open.post([
      event('RECEIVE', 'P-20260330-0009', '2026-03-30T10:00:00+08:00', { window_no: 'A03' }),
      event('DECIDE', 'P-20260330-0009', '2026-03-31T11:05:00+08:00', {
        window_no: 'A03',
        payload: { result: 'granted' },
      }),
    ])
    await level(page, 'A03', 2)
    const text = await tile(page, 'A03').innerText()
    expect(text).toContain('无受理办结')
    expect(text).toContain('11:05 起')
    const label = (await tile(page, 'A03').getAttribute('title')) ?? ''
    for (const said of [text, label]) expect(said).not.toMatch(/已超时|超\s*\d/)
  })

  it('J4 T-02: a deadline that passes while nothing happens lights the tile by itself', async () => {
    // given a case due today, seconds before midnight
    const open = await house('2026-03-30T23:59:52+08:00x1')
    await open.post(accepted('P-20260316-0002', '2026-03-16T10:00:00+08:00'))
    const page = await screen(open.url)
    await level(page, 'A01', 1)
    expect(await tile(page, 'A01').textContent()).toContain('预警')
    // when no event comes, then midnight alone makes it yellow
    await level(page, 'A01', 2)
    const cards = (await (await fetch(`${open.url}/api/v1/cards?rule=T-02`)).json()) as {
      items: { limit_at: string }[]
    }
    expect(cards.items.map((card) => card.limit_at)).toEqual(['2026-03-30T23:59:59+08:00'])
  })

  it('L1 L3: a pulled cable shows the banner within 10 s; mended, the figures are those of a fresh screen', async () => {
    const open = await house('2026-03-31T12:00:00+08:00x1')
    await open.post(accepted('P-20260325-0003', '2026-03-25T10:00:00+08:00', { window_no: 'A02' }))
    const pipe = await pipeTo(open.url)
    const page = await screen(pipe.url)
    expect(await page.locator('.scene').getAttribute('data-stale')).not.toBe('true')
    // when the cable is pulled
    pages.expectTrouble(/WebSocket|net::ERR_/)
    pipe.cut()
    await page.waitForSelector('[role=alert].banner', { timeout: 11_000 })
    expect(await page.locator('[role=alert].banner').textContent()).toMatch(/数据截至 \d\d:\d\d:\d\d/)
    // the numbers are still there
    expect(await tile(page, 'A02').textContent()).toContain('1')
    // and meanwhile the world goes on
    await open.post(accepted('P-20260316-0004', '2026-03-16T10:00:00+08:00'))
    pipe.mend()
    await page.waitForSelector('[role=alert].banner', { state: 'detached', timeout: 60_000 })
    await level(page, 'A01', 2)
    const fresh = await screen(open.url)
    await level(fresh, 'A01', 2)
    expect(await reading(page)).toBe(await reading(fresh))
  })

  it('L5: Chinese glyphs are drawn, not boxes, and nothing overflows at the sizes of the wall', async () => {
    const open = await house('2026-03-31T12:00:00+08:00x1')
    await open.post(accepted('P-20260316-0005', '2026-03-16T10:00:00+08:00'))
    await open.post(accepted('P-20260331-0006', '2026-03-31T10:00:00+08:00'))
    // a member of a joint handling stands beside what is in hand (M1), and fits as well
    const joint = { payload: { joint_parent: 'P-20260331-0006' } }
    await open.post([event('RECEIVE', 'P-20260331-0007', '2026-03-31T10:30:00+08:00', joint)])
    for (const size of [
      { width: 1920, height: 1080 },
      { width: 3840, height: 2160 },
      { width: 1366, height: 768 },
    ]) {
      const page = await screen(open.url, size)
      await page.waitForSelector('.chart[data-drawn]')
      await page.evaluate(() => document.fonts.ready)
      expect(await page.locator('[data-members]').textContent()).toBe('另有并联成员 1')
      const drawn = await page.evaluate(() => {
        const ink = (character: string): string => {
          const canvas = document.createElement('canvas')
          canvas.width = canvas.height = 64
          const context = canvas.getContext('2d') as CanvasRenderingContext2D
          context.font = `48px ${getComputedStyle(document.body).fontFamily}`
          context.fillText(character, 4, 52)
          return canvas.toDataURL()
        }
        return { different: ink('政') !== ink('务'), empty: ink('政') === ink(' ') }
      })
      expect(drawn).toEqual({ different: true, empty: false })
      const over = await page.evaluate(() => ({
        wide: document.documentElement.scrollWidth - window.innerWidth,
        high: document.documentElement.scrollHeight - window.innerHeight,
      }))
      expect(over.wide).toBeLessThanOrEqual(0)
      expect(over.high).toBeLessThanOrEqual(0)
    }
  })
})
