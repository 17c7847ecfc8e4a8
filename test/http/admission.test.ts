// How many sockets are let in (I5): so many at once and so many a second, of one address and in whole. A clock of the test's own.

import { describe, expect, it } from 'vitest'
import { openAdmission } from '../../server/http/admission.ts'

const RATES = { address: { atOnce: 3, perSecond: 2 }, whole: { atOnce: 8, perSecond: 4 } }

/** Given rates of 3 and 2/s an address, 8 and 4/s in whole: at a second, so many ask from an address, so many are let in. */
const CASES: readonly (readonly [
  what: string,
  asked: readonly (readonly [at: number, from: string, n: number])[],
  let_in: readonly number[],
])[] = [
  ['as many at once as one address may', [[0, 'a', 5]], [3]],
  [
    'one address leaves room for the next',
    [
      [0, 'a', 9],
      [0, 'b', 2],
    ],
    [3, 2],
  ],
  [
    'all of them together no more than the whole',
    [
      [0, 'a', 3],
      [0, 'b', 3],
      [0, 'c', 3],
    ],
    [3, 3, 2],
  ],
  [
    'an address may again as time goes by',
    [
      [0, 'a', 3],
      [0.5, 'a', 3],
      [1, 'a', 3],
    ],
    [3, 1, 1],
  ],
  [
    'and never more at once than at first',
    [
      [0, 'a', 3],
      [60, 'a', 9],
    ],
    [3, 3],
  ],
  [
    'those refused use nothing up',
    [
      [0, 'a', 1_000],
      [0.5, 'a', 3],
      [0.5, 'b', 3],
    ],
    [3, 1, 3],
  ],
  [
    'the whole fills again at its own rate',
    [
      [0, 'a', 3],
      [0, 'b', 3],
      [0, 'c', 3],
      [0.5, 'c', 3],
      [0.5, 'd', 3],
    ],
    [3, 3, 2, 2, 0],
  ],
  [
    'the addresses of one network of IPv6 are one',
    [
      [0, '2001:db8:1:2::1', 2],
      [0, '2001:db8:1:2:9::7', 2],
      [0, '2001:db8:1:3::1', 2],
    ],
    [2, 1, 2],
  ],
  [
    'addresses of IPv4 written in IPv6 are each its own',
    [
      [0, '::ffff:10.0.0.1', 3],
      [0, '::ffff:10.0.0.2', 3],
    ],
    [3, 3],
  ],
]

describe('sockets that ask to be let in', () => {
  it.each(CASES)('I5: %s [S23]', (_, asked, expected) => {
    let now = 1_000
    const isLetIn = openAdmission(RATES, () => now)
    const found = asked.map(([at, from, n]) => {
      now = 1_000 + at * 1_000
      return Array.from({ length: n }, () => isLetIn(from)).filter((isIn) => isIn).length
    })
    expect(found).toEqual(expected)
  })

  it('I5: of very many addresses those that came longest ago are forgotten, not those that flood [S23]', () => {
    const isLetIn = openAdmission({ ...RATES, whole: { atOnce: 1e9, perSecond: 1e9 } }, () => 0)
    const flood = (): number => Array.from({ length: 5 }, () => isLetIn('flood')).filter((isIn) => isIn).length
    expect(flood()).toBe(3)
    for (let n = 0; n < 25_000; n++) {
      isLetIn(`10.${n}`)
      if (n % 1_000 === 0) expect(flood()).toBe(0)
    }
  })
})
