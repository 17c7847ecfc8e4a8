// `mingjing bench live` in short: screens, a bare socket and the server each in a process of their own; every probe's card
// comes to every screen. Nothing here is expected of its speed.

import { expect, it } from 'vitest'
import { type LiveRow, waitsOf } from '../../server/bench/live/run.ts'
import { nodeArgs } from '../torture/process.ts'
import { ranNode } from './run.ts'

it('tells the median, and what 99 of 100 are under', () => {
  const values = Array.from({ length: 200 }, (_, i) => 200 - i)
  expect(waitsOf(values)).toEqual({ p50: 101, p99: 199 })
  expect(waitsOf([3])).toEqual({ p50: 3, p99: 3 })
})

it('L1: from requests to patches on every screen, beside a bare round trip [B17]', async () => {
  const short = ['--rates', '20', '--seconds', '1', '--screens', '3', '--warm', '400']
  const { code, out, err } = await ranNode([...nodeArgs(), 'bench', 'live', ...short, '--json'])
  expect(code, err).toBe(0)
  const [row] = JSON.parse(out) as [LiveRow]
  expect([row.rate, row.probes]).toEqual([20, 5])
  expect(row.shown + row.missed).toBe(15)
  expect(row.shown).toBeGreaterThanOrEqual(3)
  expect(row.patch.p50).toBeGreaterThan(0)
  expect(row.bare.p50).toBeGreaterThan(0)
})

it('rates that are none are refused in a sentence', async () => {
  const { code, err } = await ranNode([...nodeArgs(), 'bench', 'live', '--rates', '100,many'])
  expect(code).toBe(2)
  expect(err).toContain('must be whole numbers')
})
