// The frame around every page: one more page is one more row of the registry; what a page asks for it has from its context;
// the language a reader chose and the filters of a list are found again, each reader's own.

import { fireEvent, render, screen } from '@testing-library/svelte'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import App from '../../client/App.svelte'
import { wordsOf } from '../../client/i18n/both.ts'
import { join } from '../../client/i18n/join.ts'
import { langOf } from '../../client/i18n/words.ts'
import { keepMore, keptOf, markOf } from '../../client/lib/memory.ts'
import { PAGES, type PageEntry } from '../../client/pages.ts'

const SAMPLE: PageEntry = {
  name: 'sample',
  address: '/sample/:no',
  title: (_, { no = '' }) => [no, 'Sample'],
  role: 'reader',
  load: () => import('../../fixtures/page/SamplePage.svelte'),
}
const BARRED: PageEntry = { ...SAMPLE, name: 'samples', address: '/sample', bar: () => 'Samples' }

beforeEach(() => {
  localStorage.clear()
  // the house itself is silent here: nothing is said of it
  vi.stubGlobal('fetch', () => Promise.reject(new Error('silent')))
})
afterEach(() => {
  vi.unstubAllGlobals()
  history.replaceState(null, '', '/')
})

const open = (address: string, pages: readonly PageEntry[]) => {
  history.replaceState(null, '', address)
  return render(App, { pages, words: wordsOf('zh') })
}

describe('the registry of pages', () => {
  it('L4: a page added by one row has its address, its title, its parts and its place in the bar [B5]', async () => {
    open('/sample/42?a=1', [...PAGES, SAMPLE, BARRED])
    expect(await screen.findByText('Sample 42')).toBeTruthy()
    expect(document.title).toBe('42 · Sample · 明镜')
    expect(document.querySelector('[data-search]')?.getAttribute('data-search')).toBe('?a=1')
    const bar = [...document.querySelectorAll('nav a')].map((node) => node.textContent?.trim())
    expect(bar.at(-1)).toBe('Samples')
    expect(bar.slice(0, 2)).toEqual(['大屏', '亮牌'])
    expect(document.querySelector('nav [aria-current]')?.getAttribute('href')).toBe('/sample')
  })

  it('L4: without its row the same address is no page, and says so [B5]', async () => {
    open('/sample/42', PAGES)
    expect(await screen.findByText('没有这个页面')).toBeTruthy()
  })

  it('L6: a page that cannot be loaded says what to do, and nothing is blank [B5]', async () => {
    open('/sample/42', [{ ...SAMPLE, load: () => Promise.reject(new Error('gone')) }])
    expect(await screen.findByText(/页面未能载入/)).toBeTruthy()
  })

  it('L4: every row has an address and a name of its own [B5]', () => {
    for (const of of ['address', 'name'] as const) {
      const all = PAGES.map((entry) => entry[of])
      expect(new Set(all).size).toBe(all.length)
    }
  })

  it('L4: the language is switched on the page and found again on the next visit [U19]', async () => {
    const { unmount } = open('/sample/42', [SAMPLE])
    await fireEvent.click(await screen.findByText('English'))
    expect(await screen.findByText('Mingjing', { selector: '[data-search]' })).toBeTruthy()
    unmount()
    expect(langOf('', keptOf(localStorage, '').lang)).toBe('en')
  })
})

describe('what a reader leaves behind', () => {
  it('L4: each reader finds their own, told apart by a mark that is not the key [U19]', () => {
    const [one, other] = [markOf('key-of-one'), markOf('key-of-other')]
    expect(one).not.toBe(other)
    expect([markOf(null), markOf('')]).toEqual(['', ''])
    keepMore(localStorage, one, { lang: 'en', filters: { '/cards': '?level=3' } })
    keepMore(localStorage, one, { filters: { '/cases': '?department=MR' } })
    expect(keptOf(localStorage, one)).toEqual({
      lang: 'en',
      filters: { '/cards': '?level=3', '/cases': '?department=MR' },
    })
    expect(keptOf(localStorage, other)).toEqual({})
    expect(JSON.stringify(localStorage)).not.toContain('key-of-one')
  })

  it('L4: what is no longer understood, or may not be read, is nothing [U19]', () => {
    localStorage.setItem('mingjing.kept.', 'not json')
    expect(keptOf(localStorage, '')).toEqual({})
    const forbidden = {
      getItem: () => {
        throw new Error('forbidden')
      },
      setItem: () => {
        throw new Error('forbidden')
      },
    }
    expect(keptOf(forbidden, '')).toEqual({})
    expect(() => keepMore(forbidden, '', { lang: 'en' })).not.toThrow()
  })

  it('L4: the address goes before what was chosen, and that before Chinese [U19]', () => {
    expect([langOf('?lang=zh', 'en'), langOf('?lang=en', 'zh'), langOf('', 'en'), langOf('')]).toEqual([
      'zh',
      'en',
      'en',
      'zh',
    ])
  })
})

describe('a dictionary of parts', () => {
  it('L4: parts with rooms of their own are one dictionary; a room in two of them does not compile [B15]', () => {
    expect(join({ a: 1 }, { b: 2 })).toEqual({ a: 1, b: 2 })
    // @ts-expect-error: both bear `a`
    join({ a: 1 }, { a: 2 })
  })
})
