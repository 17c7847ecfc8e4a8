// JSON read in pieces (I5): what comes out is what JSON.parse makes of the whole text, or there is a refusal where it refuses;
// and between two stops only so many characters are parsed.

import { describe, expect, it } from 'vitest'
import { atOnce } from '../../server/core/steps.ts'
import { NotJson, parseSteps, TooDeep } from '../../server/intake/json-steps.ts'
import { seeded } from '../plan/city.ts'

const PIECE = 32_768
const long = (unit: string, count = PIECE): string => unit.repeat(count)

const read = (text: string): unknown => {
  try {
    return { value: atOnce(parseSteps(text)) }
  } catch (error) {
    if (error instanceof NotJson) return 'not JSON'
    throw error
  }
}
const whole = (text: string): unknown => {
  try {
    return { value: JSON.parse(text) }
  } catch {
    return 'not JSON'
  }
}
const same = (text: string): void => {
  const [one, other] = [read(text), whole(text)]
  expect(one).toEqual(other)
  // the order of members is part of what is stored
  expect(JSON.stringify(one)).toBe(JSON.stringify(other))
}

describe('a text', () => {
  const big = `"${long('x')}"`
  const list = `[${long('1,')}1]`
  it.each([
    ['short', '{"a":[1,2,{"b":null}],"c":"x"}'],
    ['of one word', ' true '],
    ['of one long word', long('1')],
    ['of a long text', big],
    ['of escapes alone', `"${long('\\\\')}"`],
    ['of a list longer than a piece', list],
    ['of lists within lists', `[[[${list},${list}],2],${big},3]`],
    ['of an object longer than a piece', `{${Array.from({ length: 9_000 }, (_, n) => `"k${n}":{}`).join(',')}}`],
    ['of members short and long', `{"a":1,"b":${list},"c":2,"d":{"e":${big},"f":[]},"g":3}`],
    ['with a long name', `{"a":1,${big}:${list},"b":2}`],
    ['with a name twice', `{"a":${list},"b":1,"a":2,"b":${list}}`],
    ['with the name of a prototype', `{"__proto__":${list},"b":{"__proto__":1}}`],
    ['with names that are numbers', `{"b":${list},"2":1,"1":${list},"a":0}`],
    ['with blanks everywhere', ` { "a" : [ ${list} , 1 ] , "b" : ${long(' ')} 2 } ${long(' ')}`],
    ['with brackets and quotes in texts', `["]}{[\\"",${list},"\\\\",{"[":"}"}]`],
  ])('I5: %s is read as it is', (_, text) => same(text))

  it.each([
    ['nothing', ''],
    ['blanks', long(' ')],
    ['no end', `[${list}`],
    ['no end of a text', `["${long('x')}`],
    ['a comma at the end', `[${list},]`],
    ['a comma at the end of an object', `{"a":${list},}`],
    ['a comma at the beginning', `[,${list}]`],
    ['two commas', `[1,,${list}]`],
    ['two commas behind what is long', `[${list},,1]`],
    ['no comma', `[${list} ${list}]`],
    ['no colon', `{"a" ${list}}`],
    ['no name', `{${list}}`],
    ['a name without quotes', `{a:${list}}`],
    ['the other bracket', `[${list}}`],
    ['the other bracket within', `[[1},${list}]`],
    ['something behind it', `[${list}]x`],
    ['half a word', `[tru,${list}]`],
    ['a break within a text', `["a\nb",${list}]`.replace('\\n', '\n')],
  ])('I5: one with %s is none', (_, text) => {
    expect(whole(text)).toBe('not JSON')
    expect(read(text)).toBe('not JSON')
  })

  it.each(Array.from({ length: 12 }, (_, n) => n + 1))('I5: any text, whole or broken: seed %s', (seed) => {
    const random = seeded(seed)
    const make = (depth: number): unknown => {
      const kind = Math.floor(random() * (depth > 3 ? 4 : 7))
      if (kind === 0) return Math.floor(random() * 1e6) / 7
      if (kind === 1) return ['', 'x', '"\\', '键', '\u0000'][Math.floor(random() * 5)]
      if (kind === 2) return 'y'.repeat(Math.floor(random() * random() * 40_000))
      if (kind === 3) return null
      const count = Math.floor(random() * 9)
      const inner = Array.from({ length: count }, () => make(depth + 1))
      return kind < 6 ? inner : Object.fromEntries(inner.map((one) => [`k${Math.floor(random() * 40)}`, one]))
    }
    const text = JSON.stringify([make(0), make(0), make(0)])
    same(text)
    for (let n = 0; n < 25; n++) {
      const at = Math.floor(random() * text.length)
      const put = [',', ']', '}', '[', '{', '"', ':', '1', ''][Math.floor(random() * 9)] ?? ''
      same(text.slice(0, at) + put + text.slice(at + 1))
    }
  })

  it('I5: nested without end is refused before it is made', () => {
    expect(() => read(long('[', 4_000_000))).toThrow(TooDeep)
    expect(() => read(`${long('{"a":', 1_000_000)}1${long('}', 1_000_000)}`)).toThrow(TooDeep)
  })

  it('I5: no more than a piece is parsed at a stretch', () => {
    const texts = [
      `[${long('{},', 300_000)}1]`,
      `{"items":[${long('[1,2],', 100_000)}1],"b":{"c":[${long('1,', 400_000)}1]}}`,
    ]
    for (const text of texts) {
      let parsed = 0
      let most = 0
      const work = parseSteps(text, (piece) => {
        parsed += piece.length
        return JSON.parse(piece)
      })
      while (work.next().done !== true) {
        most = Math.max(most, parsed)
        parsed = 0
      }
      expect(most).toBeLessThanOrEqual(PIECE + 10)
    }
  })
})
