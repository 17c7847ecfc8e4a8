// RFC 8785: one value, one text. Cases follow the RFC's own appendices and what an event may bear beyond them.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalize, NotCanonical } from '../../server/intake/canonical.ts'

const NUMBERS: readonly (readonly [value: number, text: string])[] = [
  [0, '0'],
  [-0, '0'],
  [1, '1'],
  [-1, '-1'],
  [4.5, '4.5'],
  [2e-3, '0.002'],
  [1e30, '1e+30'],
  [1e21, '1e+21'],
  [1e20, '100000000000000000000'],
  [1e-6, '0.000001'],
  [1e-7, '1e-7'],
  [1e-27, '1e-27'],
  [Number('333333333.33333329'), '333333333.3333333'],
  [5e-324, '5e-324'],
  [Number.MAX_VALUE, '1.7976931348623157e+308'],
  [Number.MAX_SAFE_INTEGER, '9007199254740991'],
  [1776996000123, '1776996000123'],
]

const TEXTS: readonly (readonly [value: string, text: string])[] = [
  ['', '""'],
  ['受理', '"受理"'],
  ['"', '"\\""'],
  ['\\', '"\\\\"'],
  ['/', '"/"'],
  ['\b\t\n\f\r', '"\\b\\t\\n\\f\\r"'],
  ['\u0000\u001f', '"\\u0000\\u001f"'],
  ['\u007f\u0080\u2028\u2029', '"\u007f\u0080\u2028\u2029"'],
  ['\u20ac$\u000f\nA\'B"\\\\"/', '"\u20ac$\\u000f\\nA\'B\\"\\\\\\\\\\"/"'],
  ['😀', '"😀"'],
]

const REFUSED: readonly (readonly [value: unknown, at: string, detail: string])[] = [
  [Number.NaN, '', 'not a finite number'],
  [{ a: [1, Number.POSITIVE_INFINITY] }, '/a/1', 'not a finite number'],
  [{ 'a/b': { '~': '\ud800' } }, '/a~1b/~0', 'lone surrogate'],
  [{ '\udc00': 1 }, '/\udc00', 'lone surrogate'],
  [['\udc00\ud800'], '/0', 'lone surrogate'],
  [undefined, '', 'undefined is not JSON'],
  [{ f: () => 1 }, '/f', 'function is not JSON'],
]

const nested = (depth: number): unknown => JSON.parse('['.repeat(depth) + ']'.repeat(depth))

describe('I2: canonical text of RFC 8785', () => {
  it.each(NUMBERS)('I2: number %d is written %s', (value, text) => expect(canonicalize(value)).toBe(text))

  it.each(TEXTS)('I2: text %j is written as the RFC asks', (value, text) => expect(canonicalize(value)).toBe(text))

  it.each(REFUSED)('I2: refuses a value (%#) with its place', (value, at, detail) => {
    expect(() => canonicalize(value)).toThrow(NotCanonical)
    try {
      canonicalize(value)
    } catch (error) {
      expect(error).toMatchObject({ at, detail })
    }
  })

  it('I2: sorts keys by UTF-16 code unit, not by code point or alphabet', () => {
    const value = { '\u20ac': 5, '\r': 1, '\ufb33': 7, '1': 2, '😀': 6, '\u0080': 3, '\u00f6': 4 }
    expect(canonicalize(value)).toBe('{"\\r":1,"1":2,"\u0080":3,"\u00f6":4,"\u20ac":5,"😀":6,"\ufb33":7}')
  })

  it('I2: keeps a key named __proto__', () => {
    expect(canonicalize(JSON.parse('{"b":1,"__proto__":{"a":null}}'))).toBe('{"__proto__":{"a":null},"b":1}')
  })

  it('I2: leaves out null members when told to, never null elements', () => {
    expect(canonicalize({ a: null, b: [null, { c: null }] }, { dropNull: true })).toBe('{"b":[null,{}]}')
    expect(canonicalize({ a: null })).toBe('{"a":null}')
  })

  it('I5: refuses nesting past its bound instead of overflowing', () => {
    expect(canonicalize(nested(3), { depth: 3 })).toBe('[[[]]]')
    expect(() => canonicalize(nested(4), { depth: 3 })).toThrow(NotCanonical)
    expect(() => canonicalize(nested(100_000))).toThrow(NotCanonical)
  })

  it('I2: is a fixed point, and the same for any order of keys', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalize(value)
        expect(canonicalize(JSON.parse(text))).toBe(text)
        expect(canonicalize(turned(value))).toBe(text)
      }),
      { seed: 8785, numRuns: 500 },
    )
  })
})

/** The same value with the keys of every object in reverse order. */
const turned = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(turned)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).reverse()
  return Object.fromEntries(entries.map(([key, member]) => [key, turned(member)]))
}
