// Every page of the house in a real Chromium, in both languages, on a laptop: it says what it is, nothing on it fails, and
// nothing is wider than the screen. A page that is added must be added here: the table is held by the type.

import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PageName } from '../../client/pages.ts'
import type { CardView } from '../../server/contract/api.ts'
import type { House } from './house.ts'
import { fits, openPages } from './pages.ts'
import { openStories, STORIES } from './stories.ts'

let house: House
let cardId: string
beforeAll(async () => {
  house = await openStories()
  const { items } = await house.get<{ items: CardView[] }>(`/api/v1/cards?project_no=${STORIES.late}&rule=T-02`)
  cardId = items[0]?.card_id ?? ''
})
afterAll(() => house.close())
const pages = openPages()

interface Route {
  path: () => string
  zh: string
  en: string
  /** What stands there when the page has what it asked for. */
  drawn: string
}
const route = (path: string, zh: string, en: string, drawn: string): Route => ({ path: () => path, zh, en, drawn })

const ROUTES: Readonly<Record<PageName, readonly Route[]>> = {
  wall: [route('/wall', '大屏', 'Wall', 'a.tile')],
  case: [route(`/cases/${STORIES.paused}`, STORIES.paused, STORIES.paused, '.strip')],
  window: [route('/windows/A01', 'A01 窗口', 'Window A01', 'tbody tr')],
  cards: [route('/cards', '亮牌清单', 'Cards', 'tbody tr')],
  card: [
    {
      path: () => `/cards/${encodeURIComponent(cardId)}`,
      zh: `T-02 · ${STORIES.late}`,
      en: `T-02 · ${STORIES.late}`,
      drawn: '.strip',
    },
  ],
  cases: [
    route('/cases', '办件', 'Cases', 'tbody tr'),
    route('/cases?apart=1', '搁置的办件', 'Cases set apart', 'section ol li'),
  ],
  numbers: [route('/numbers', '编号核对', 'Case numbers', '#settled p.hint')],
  measures: [route('/measures', '统计', 'Measures', 'tr[data-key="total"]')],
  rankings: [route('/rankings', '效能排名', 'Ranking', '[data-unranked] tbody tr')],
  behind: [route('/rankings/cases?period=all&by=window&kind=accepted', '办件清单', 'Cases', 'tbody tr')],
  due: [route('/due?accept=2026-04-20&limit=20WD', '时限计算器', 'Limit calculator', '.strip')],
  imports: [route('/imports', '导入', 'Import', 'input[type=password]')],
  catalogue: [
    route('/catalogue', '事项 · 目录', 'Items · Catalogue', 'tbody tr'),
    route('/catalogue?table=windows', '窗口 · 目录', 'Windows · Catalogue', 'tbody tr'),
  ],
  'catalogue/calendars': [route('/catalogue/calendars', '日历 · 目录', 'Calendars · Catalogue', '.month')],
  'catalogue/unlisted': [
    route('/catalogue/unlisted', '未备案编码 · 目录', 'Unlisted codes · Catalogue', 'section ol li'),
  ],
  'catalogue/law': [route('/catalogue/law', '规则与沿革 · 目录', 'Rules and history · Catalogue', 'details')],
  'catalogue/load': [route('/catalogue/load', '载入 · 目录', 'Load · Catalogue', 'input[name="file"]')],
}

const told = async (page: Page): Promise<{ title: string; fits: boolean }> => ({
  title: await page.title(),
  fits: await fits(page),
})

describe('every page', () => {
  it.each(
    Object.values(ROUTES)
      .flat()
      .map((each) => [each.zh, each] as const),
  )(
    'L4, L5: %s says what it is in both languages, without a trouble, within the screen',
    async (zh, { path, en, drawn }) => {
      const page = await pages.open()
      if (path() === '/imports') pages.expectTrouble(/\b40[13]\b.*\/api\/v1\/imports$/)
      await page.goto(house.url + path())
      await page.waitForSelector(drawn)
      expect(await told(page)).toEqual({ title: `${zh} · 明镜`, fits: true })
      const english = new URL(path(), house.url)
      english.searchParams.set('lang', 'en')
      await page.goto(english.href)
      await page.waitForSelector(drawn)
      expect(await told(page)).toEqual({ title: `${en} · Mingjing`, fits: true })
    },
  )

  it('L5: by keyboard alone: past the bar of pages, into the list, and a row opened with its focus seen', async () => {
    const page = await pages.open()
    await page.goto(`${house.url}/cases`)
    await page.waitForSelector('tbody tr')
    const focused = () =>
      page.evaluate(() => {
        const node = document.activeElement as HTMLElement
        const style = getComputedStyle(node)
        return { is: node.matches('[data-row]') ? 'row' : node.tagName, seen: style.outlineStyle !== 'none' }
      })
    await page.keyboard.press('Tab')
    expect(await focused()).toEqual({ is: 'A', seen: true })
    await page.keyboard.press('Enter')
    expect((await focused()).is).toBe('MAIN')
    await page.keyboard.press('Tab')
    expect(await focused()).toEqual({ is: 'SELECT', seen: true })
    await page.evaluate(() => (document.activeElement as HTMLElement).blur())
    await page.keyboard.press('j')
    expect(await focused()).toEqual({ is: 'row', seen: true })
    await page.keyboard.press('Enter')
    await page.waitForSelector('.trail b')
    expect(new URL(page.url()).pathname).toMatch(/^\/cases\/P-/)
    expect(new URL(page.url()).hash).toBe('')
  })

  it.each(['/cards', '/cases', '/windows/A01', '/measures', '/rankings', ROUTES.behind?.[0]?.path() ?? ''])(
    'L5: %s is printed on the long side of the paper, with all its columns and no filter',
    async (path) => {
      // A4 without its margins, at 96 to the inch
      const page = await pages.open({ width: 1032, height: 703 })
      await page.goto(house.url + path)
      await page.waitForSelector('tbody tr')
      await page.emulateMedia({ media: 'print' })
      const drawn = await page.evaluate(() => ({
        paper: getComputedStyle(document.querySelector('.page') as HTMLElement).getPropertyValue('page'),
        over: [...document.querySelectorAll('.scroll th:last-child')].filter(
          (node) => node.getBoundingClientRect().right > innerWidth,
        ).length,
        tools: [...document.querySelectorAll<HTMLElement>('button, select, input, nav')].filter(
          (node) => node.offsetParent !== null,
        ).length,
      }))
      expect(drawn).toEqual({ paper: 'wide', over: 0, tools: 0 })
    },
  )

  it.each(['/cards', '/cases', '/windows/A01', '/catalogue', '/catalogue/unlisted', ROUTES.behind?.[0]?.path() ?? ''])(
    'L5: %s says on paper the hour it was had, and only there',
    async (path) => {
      const page = await pages.open()
      await page.goto(house.url + path)
      const hour = page.locator('[data-as-of]')
      await hour.waitFor({ state: 'attached' })
      expect(await hour.isVisible()).toBe(false)
      await page.emulateMedia({ media: 'print' })
      expect(await hour.innerText()).toBe('截至 2026年6月26日 周五 10:00')
    },
  )

  it('L5: a printed list says its filters in words, names beside codes', async () => {
    const page = await pages.open()
    await page.goto(`${house.url}/cards?level=3&window=A02&department=MR`)
    await page.waitForSelector('[data-name-of="MR"]')
    await page.waitForSelector('[data-name-of="A02"]')
    await page.emulateMedia({ media: 'print' })
    const said = (await page.locator('form.filters').innerText()).replace(/\s+/g, ' ')
    expect(said).toContain('红牌')
    expect(said).toContain('窗口 A02 食品经营')
    expect(said).toContain('部门 MR 市场监督管理局')
    expect(said).not.toContain('全部状态')
  })

  it('L4: a department is found by its name; the address keeps the code, the name stands beside; several that match are told, and a code of no catalogue [U15]', async () => {
    const page = await pages.open()
    await page.goto(`${house.url}/cases`)
    await page.waitForSelector('tbody tr')
    const field = page.locator('input[aria-label="部门"]')
    await field.fill('住房')
    await page.locator('datalist option[value="HC"]').waitFor({ state: 'attached' })
    await field.press('Enter')
    await page.waitForFunction(() => location.search === '?department=HC')
    await page.waitForSelector('[data-name-of="HC"]:has-text("住房和城乡建设局")')
    expect(await field.inputValue()).toBe('HC')
    await field.fill('局')
    await field.press('Enter')
    await page.waitForSelector('[data-many="2"]:has-text("有 2 个符合")')
    expect(new URL(page.url()).search).toBe('?department=HC')
    await page.click('[data-many] button:has-text("市场监督管理局")')
    await page.waitForFunction(() => location.search === '?department=MR')
    expect(await page.locator('[data-many]').count()).toBe(0)
    await field.fill('X9')
    await field.press('Enter')
    await page.waitForSelector('[data-name-of="X9"]:has-text("目录中没有此编码")')
    expect(new URL(page.url()).search).toBe('?department=X9')
    await field.fill('')
    await field.press('Enter')
    await page.waitForFunction(() => location.search === '')
    expect(await page.locator('[data-name-of]').count()).toBe(0)
  })

  it('L4: a list behind a figure belongs to the page the figure stands on; in English its departments are English', async () => {
    const page = await pages.open()
    await page.goto(`${house.url}${ROUTES.behind?.[0]?.path() ?? ''}&page=measures&lang=en`)
    await page.waitForSelector('tbody tr')
    expect(await page.locator('nav [aria-current]').innerText()).toBe('Measures')
    expect(await page.locator('tbody tr').first().innerText()).toContain('Market Regulation')
  })

  it('L5: on a laptop no table of a case is scrolled sideways', async () => {
    const page = await pages.open()
    for (const lang of ['zh', 'en']) {
      await page.goto(`${house.url}/cases/${STORIES.urged}?lang=${lang}`)
      await page.waitForSelector('.strip')
      const over = await page
        .locator('.scroll')
        .evaluateAll((nodes) => nodes.filter((node) => node.scrollWidth > node.clientWidth).length)
      expect([lang, over]).toEqual([lang, 0])
    }
  })

  it('L4: an address that leads nowhere says so, and a way back is one step', async () => {
    const page = await pages.open()
    await page.goto(`${house.url}/cards`)
    await page.waitForSelector('tbody tr')
    await page.evaluate(() => {
      history.pushState(null, '', '/nothing')
      dispatchEvent(new PopStateEvent('popstate'))
    })
    await page.waitForSelector('h1:has-text("没有这个页面")')
    expect(await told(page)).toEqual({ title: '没有这个页面 · 明镜', fits: true })
    await page.goBack()
    await page.waitForSelector('tbody tr')
    expect(await page.title()).toBe('亮牌清单 · 明镜')
  })
})
