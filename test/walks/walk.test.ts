// Short walks over every kind of step; many and long ones by `npm run walks`. Seeds that found something stay by name.

import { describe, expect, it } from 'vitest'
import { walk } from './walk.ts'

const SHORT = Array.from({ length: 25 }, (_, i) => i + 1)

/** Long walks that found something once. */
const KEPT: readonly (readonly [what: string, seed: number])[] = [
  ['a bare day that ends a case hands it over at its end', 1_052],
  ['the same, of two imports', 1_504],
  ['handed in by hand and refused for its id', 43],
]

describe('walks', () => {
  it.each(SHORT)(
    'M7, A4, F2: seed %i leaves the ledger clean after every step, and a fresh store says the same',
    async (seed) => {
      const { findings, steps } = await walk(seed, 14)
      expect({ findings, steps: findings.length === 0 ? [] : steps }).toEqual({ findings: [], steps: [] })
    },
  )

  it.each(KEPT)('M7, F2, J1, I15: kept walk: %s', async (_, seed) => {
    expect((await walk(seed, 25)).findings).toEqual([])
  })
})
