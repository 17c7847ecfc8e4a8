// Full forms of case numbers (I11): whatever sources have numbers of their own, no number is that of two serials.

import { describe, expect, it } from 'vitest'
import { numberSaid, ownAmong, ownerOf, sayingsOf } from '../../../server/core/case/number.ts'
import { buildLaw } from '../../../server/core/law/build.ts'

const NAMES = ['a', 'a:b', 'a:b:c', 'b', 'c:', 'c']
const SERIALS = ['1', 'b:1', 'b:c:1', 'c:1', ':1', 'c::1']

const declaring = (sources: readonly string[]) => [
  {
    entry: 1,
    body: {
      catalogue: 'x',
      valid_from: '2026-01-01',
      sources: sources.map((source) => ({ source, name: source, numbers: 'own' })),
    },
  },
]

describe('a full number', () => {
  it('I11: is of one source and one serial, whichever sources were declared so', () => {
    for (let mask = 0; mask < 1 << NAMES.length; mask++) {
      const own = ownAmong(new Set(NAMES.filter((_, i) => mask & (1 << i))))
      const meant = new Map<string, string>()
      // what a source writes in full itself is its number, too
      for (const source of own)
        for (const serial of SERIALS.filter((each) => !each.startsWith(`${source}:`))) {
          const full = numberSaid(own, source, serial)
          expect(meant.get(full), full).toBeUndefined()
          meant.set(full, `${source} ${serial}`)
          expect(ownerOf(own, full)).toEqual({ source, said: serial })
          expect(sayingsOf(own, full)).toContain(serial)
        }
    }
  })

  it('I11: a source whose name begins with another’s and a colon keeps shared numbers', () => {
    const { own } = buildLaw(declaring(['a:b', 'a'])).numbering
    expect([...own]).toEqual(['a'])
    expect([numberSaid(own, 'a', 'b:1'), numberSaid(own, 'a:b', '1')]).toEqual(['a:b:1', '1'])
    expect([...buildLaw(declaring(['a:b'])).numbering.own]).toEqual(['a:b'])
  })

  it('I11 T12: the office has none of its own, whatever was declared', () => {
    expect([...buildLaw(declaring(['office', 'east'])).numbering.own]).toEqual(['east'])
  })
})
