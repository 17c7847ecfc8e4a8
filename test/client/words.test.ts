// Law of the dictionary: two languages, the same keys, nothing empty; Chinese unless asked otherwise.

import { describe, expect, test } from 'vitest'
import { wordsOf } from '../../client/i18n/both.ts'
import { langOf, named, searchIn, wordFor } from '../../client/i18n/words.ts'
import { EVENT_TYPES, PAUSE_KINDS } from '../../server/contract/vocabulary.ts'

const keysOf = (value: unknown, at = ''): string[] =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !at.endsWith('.payload')
    ? Object.entries(value).flatMap(([key, inner]) => keysOf(inner, `${at}.${key}`))
    : [at]

const empties = (value: unknown, at = ''): string[] => {
  if (typeof value === 'string') return value === '' ? [at] : []
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => empties(inner, `${at}.${key}`))
}

/** Every word of a dictionary; a sentence that is made of figures is made of some. */
const wordsIn = (value: unknown): string[] => {
  if (typeof value === 'string') return [value]
  if (typeof value === 'function') {
    try {
      return wordsIn(value(...['', 1, 1, 1, 1, 1].slice(0, value.length)))
    } catch {
      return [String(value)]
    }
  }
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(wordsIn) : []
}

/** What no clerk says, each with what is said in its place (U18). */
const NOT_SAID: readonly (readonly [said: string, instead: string])[] = [
  ['网址即是本题', '所填条件都在本页网址里'],
  ['谁在手上', '经手过程'],
  ['停钟', '暂停计时'],
  ['时钟', '时限'],
  ['应答人', '承办人'],
  ['不收', '拒收'],
  ['收下', '接收'],
  ['再显示一些', '显示更多'],
  ['何人', '办理人'],
  ['系统错误', '说明情形与办法'],
]
/** A clock that is one: the wall's, and that of supervision. */
const CLOCKS = /监察时钟|看时钟/g

describe('the dictionary', () => {
  test.each(NOT_SAID)('L4: %s is not a word of the office, it says %s [U18]', (said) => {
    expect(wordsIn(wordsOf('zh')).filter((word) => word.replace(CLOCKS, '').includes(said))).toEqual([])
  })

  test('L4: no English word has Chinese in it, but for the name of the other language and samples of a Chinese file [U25]', () => {
    const chinese = wordsIn(wordsOf('en')).filter((word) => /[\u4e00-\u9fff]/.test(word))
    expect(chinese.filter((word) => word !== '中文' && !word.startsWith('日期,'))).toEqual([])
  })

  test('I1: English has every key of the Chinese and no other', () => {
    expect(keysOf(wordsOf('en')).sort()).toEqual(keysOf(wordsOf('zh')).sort())
  })

  test.each(['zh', 'en'] as const)('I1: no word of %s is empty', (lang) => {
    expect(empties(wordsOf(lang))).toEqual([])
  })

  test.each(['zh', 'en'] as const)('I1: every event type and every kind of pause has its word in %s', (lang) => {
    const t = wordsOf(lang)
    expect(EVENT_TYPES.filter((type) => !t.eventType[type])).toEqual([])
    expect(PAUSE_KINDS.filter((kind) => !t.pauseKind[kind])).toEqual([])
  })

  test('L4: Chinese unless the address asks for English; the switch keeps the rest of the address', () => {
    expect(langOf('')).toBe('zh')
    expect(langOf('?lang=fr')).toBe('zh')
    expect(langOf('?scope=all&lang=en')).toBe('en')
    expect(searchIn('en', '?scope=region:3701')).toBe('?scope=region%3A3701&lang=en')
    expect(searchIn('zh', '?lang=en')).toBe('')
  })

  test('L4: a name without English stands in Chinese, a code without a word stands as itself', () => {
    expect(named(wordsOf('en'), '市监局', '')).toBe('市监局')
    expect(named(wordsOf('en'), '市监局', 'Market')).toBe('Market')
    expect(named(wordsOf('zh'), '市监局', 'Market')).toBe('市监局')
    expect(wordFor(wordsOf('zh').state, 'unheard_of')).toBe('unheard_of')
  })
})
