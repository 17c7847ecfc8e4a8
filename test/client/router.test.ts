// Addresses and keys: every path means one page, a key never stays in the address bar.

import { describe, expect, test } from 'vitest'
import { keepKey, keptKey, takeKey } from '../../client/lib/key.ts'
import { placeOf } from '../../client/pages.ts'
import { carry, caseHref } from '../../client/router.ts'

describe('addresses', () => {
  const pageOf = (path: string) => {
    const { entry, parts } = placeOf(path)
    return [entry.name, parts]
  }

  test.each([
    ['/', 'wall', {}],
    ['/wall', 'wall', {}],
    ['/cases/3701-0042', 'case', { projectNo: '3701-0042' }],
    ['/cases/%E6%BB%A8%2F1', 'case', { projectNo: '滨/1' }],
    ['/windows/B08', 'window', { windowNo: 'B08' }],
    ['/cards', 'cards', {}],
    ['/due', 'due', {}],
    ['/cases', 'cases', {}],
    ['/cases/', 'cases', {}],
    ['/rankings/cases', 'behind', {}],
    ['/catalogue/law', 'catalogue/law', {}],
    ['/measures', 'measures', {}],
    ['/numbers', 'numbers', {}],
    ['/measures/of', 'unknown', { path: '/measures/of' }],
    ['/catalogue/else', 'unknown', { path: '/catalogue/else' }],
    ['/nothing/at/all', 'unknown', { path: '/nothing/at/all' }],
  ])('L4: %s', (path, name, parts) => {
    expect(pageOf(path)).toEqual([name, parts])
  })

  test('L4: a case number of any spelling finds its way back', () => {
    for (const no of ['3701', '滨/1', 'a b?c#d', '%41'])
      expect(pageOf(caseHref(no))).toEqual(['case', { projectNo: no }])
  })

  test('L4: language and scope travel along, filters do not', () => {
    expect(carry('/cards', '?lang=en&level=3')).toBe('/cards?lang=en')
    expect(carry('/cases/1', '')).toBe('/cases/1')
  })
})

describe('the key of a screen', () => {
  const storage = () => {
    const kept = new Map<string, string>()
    return {
      getItem: (name: string) => kept.get(name) ?? null,
      setItem: (name: string, value: string) => void kept.set(name, value),
      removeItem: (name: string) => void kept.delete(name),
    }
  }
  const screen = (hash: string) => {
    const replaced: string[] = []
    const where = {
      location: { hash, pathname: '/wall', search: '?lang=en' },
      history: { replaceState: (_: unknown, __: string, url: string) => void replaced.push(url) },
      localStorage: storage(),
    }
    return { where, replaced }
  }

  test('L8: a key in the fragment is kept and stripped from the address', () => {
    const { where, replaced } = screen('#key=abc.def')
    takeKey(where)
    expect(keptKey(where.localStorage)).toBe('abc.def')
    expect(replaced).toEqual(['/wall?lang=en'])
  })

  test('L8: without one nothing is touched; an empty one forgets', () => {
    const { where, replaced } = screen('')
    takeKey(where)
    expect([keptKey(where.localStorage), replaced]).toEqual([null, []])
    keepKey(where.localStorage, 'k')
    keepKey(where.localStorage, ' ')
    expect(keptKey(where.localStorage)).toBeNull()
  })
})
