// Every page under axe-core in a real Chromium (WCAG 2.2 AA), on a laptop and on a phone: names, roles, contrast, landmarks,
// order of headings, labels; and nothing wider than its screen.

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PageName } from '../../client/pages.ts'
import type { CardView } from '../../server/contract/api.ts'
import type { House } from './house.ts'
import { fits, LAPTOP, openPages } from './pages.ts'
import { openStories, STORIES } from './stories.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

let house: House
let cardId: string
let key: string
beforeAll(async () => {
  house = await openStories()
  const { items } = await house.get<{ items: CardView[] }>(`/api/v1/cards?project_no=${STORIES.late}&rule=T-02`)
  cardId = items[0]?.card_id ?? ''
  key = await house.keyOf('administrator')
})
afterAll(() => house.close())
const pages = openPages()

/** Where each page is, and what stands there when it has what it asked for. A page that is added must be added here. */
const WHERE: Readonly<Record<PageName, readonly [() => string, string]>> = {
  wall: [() => '/wall', 'a.tile'],
  cards: [() => '/cards', 'tbody tr'],
  card: [() => `/cards/${encodeURIComponent(cardId)}`, '.strip'],
  cases: [() => '/cases', 'tbody tr'],
  case: [() => `/cases/${STORIES.paused}`, '.strip'],
  window: [() => '/windows/A01', 'tbody tr'],
  numbers: [() => '/numbers', '#settled p.hint'],
  measures: [() => '/measures', 'tr[data-key="total"]'],
  rankings: [() => '/rankings', '[data-unranked] tbody tr'],
  behind: [() => '/rankings/cases?period=all&by=window&kind=accepted', 'tbody tr'],
  catalogue: [() => '/catalogue', 'tbody tr'],
  'catalogue/calendars': [() => '/catalogue/calendars', '.month'],
  'catalogue/unlisted': [() => '/catalogue/unlisted', 'section ol li'],
  'catalogue/law': [() => '/catalogue/law', 'details'],
  'catalogue/load': [() => '/catalogue/load', 'input[name="file"]'],
  imports: [() => '/imports', 'input[type=file]'],
  due: [() => '/due?accept=2026-04-20&limit=20WD', '.strip'],
}

interface Found {
  violations: { id: string; nodes: { target: string[]; failureSummary?: string }[] }[]
}

/** What is wrong, with the first place of each. */
const wrongOn = async (page: Page): Promise<string[]> => {
  await page.evaluate(AXE)
  const { violations } = (await page.evaluate(
    (values) =>
      (globalThis as unknown as { axe: { run(on: Document, how: unknown): Promise<unknown> } }).axe.run(document, {
        runOnly: { type: 'tag', values },
        resultTypes: ['violations'],
      }) as Promise<unknown>,
    TAGS,
  )) as Found
  return violations.map(
    ({ id, nodes }) =>
      `${id} ×${nodes.length} ${nodes[0]?.target.join(' ')} ${(nodes[0]?.failureSummary ?? '').replace(/\s+/g, ' ').slice(0, 160)}`,
  )
}

/** Phone, laptop, the laptop at 150 %, office screen, television; Chinese and English, whose words are longer. */
const SIZES = [
  [390, 844],
  [911, 512],
  [1366, 768],
  [1920, 1080],
] as const

describe('every page is for everybody', () => {
  it.each(
    (Object.keys(WHERE) as PageName[]).flatMap((name) => (['zh', 'en'] as const).map((lang) => [name, lang] as const)),
  )(
    'L5: %s in %s is no wider than its screen, from a phone to a television, at 150 % too [U19]',
    async (name, lang) => {
      const [path, drawn] = WHERE[name]
      const page = await pages.open()
      const at = new URL(path(), house.url)
      at.searchParams.set('lang', lang)
      await page.goto(`${at.href}#key=${key}`)
      await page.waitForSelector(drawn)
      const wide: string[] = []
      for (const [width, height] of SIZES) {
        await page.setViewportSize({ width, height })
        if (!(await fits(page))) wide.push(`${width}×${height}`)
      }
      expect(wide).toEqual([])
    },
  )

  it.each(Object.keys(WHERE) as PageName[])(
    'L5: %s has nothing that axe-core finds wrong, on a laptop and on a phone',
    async (name) => {
      const [path, drawn] = WHERE[name]
      const page = await pages.open(LAPTOP)
      await page.emulateMedia({ reducedMotion: 'reduce' })
      await page.goto(`${house.url}${path()}#key=${key}`)
      await page.waitForSelector(drawn)
      expect(await wrongOn(page)).toEqual([])
      await page.setViewportSize({ width: 390, height: 844 })
      expect(await wrongOn(page)).toEqual([])
    },
  )
})
