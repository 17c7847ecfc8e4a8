// Pages for a suite, in the one Chromium of the run: pages that are closed behind each of them, and no trouble left unsaid:
// errors thrown, errors on the console, requests that failed or were refused. Waits for nothing.

import { type Browser, chromium, type Download, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, inject } from 'vitest'

interface Size {
  width: number
  height: number
}

/** For whatever is waited for: of a test's time the half. */
const DEADLINE_MS = 60_000

export const LAPTOP: Size = { width: 1366, height: 768 }

export interface Pages {
  /** A fresh page, of a laptop's size unless told; closed after the test, which then may have left no trouble. */
  open(size?: Size): Promise<Page>
  /** A trouble that this test brings about itself, such as a refusal it asks for. */
  expectTrouble(pattern: RegExp): void
}

const watch = (page: Page, troubles: string[]): void => {
  page.on('pageerror', (error) => troubles.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error' || /content security|CSP/i.test(message.text()))
      troubles.push(`${message.text()} ${message.location().url}`.trim())
  })
  page.on('requestfailed', (request) => {
    const why = request.failure()?.errorText ?? ''
    // what was still on its way when a page was left, or became a download, has not failed
    if (why !== 'net::ERR_ABORTED') troubles.push(`${why} ${request.url()}`)
  })
}

/** Called once at the top of a suite, below the hooks that close what its pages talk to. */
export const openPages = (): Pages => {
  let browser: Browser | undefined
  const pages: Page[] = []
  const troubles: string[] = []
  const expected: RegExp[] = []
  beforeAll(async () => {
    browser = await chromium.connect(inject('chromium'))
  })
  afterAll(async () => browser?.close())
  afterEach(async () => {
    for (const page of pages.splice(0)) await page.close()
    const known = expected.splice(0)
    expect(troubles.splice(0).filter((trouble) => !known.some((pattern) => pattern.test(trouble)))).toEqual([])
  })
  return {
    async open(size = LAPTOP) {
      if (browser === undefined) throw new Error('no browser is open outside a suite')
      const page = await browser.newPage({ viewport: size })
      page.setDefaultTimeout(DEADLINE_MS)
      pages.push(page)
      watch(page, troubles)
      return page
    },
    expectTrouble(pattern) {
      expected.push(pattern)
    },
  }
}

/** What a download brought, whole. */
export const bytesOf = async (download: Download): Promise<Buffer> =>
  Buffer.concat(await (await download.createReadStream()).toArray())

/**
 * Whether nothing is wider than the screen, or comes to be none: what is drawn by the width of its place is drawn anew a moment after
 * the screen has changed.
 */
export const fits = (page: Page): Promise<boolean> =>
  page
    .waitForFunction(() => document.documentElement.scrollWidth <= innerWidth, undefined, { timeout: 10_000 })
    .then(
      () => true,
      () => false,
    )
