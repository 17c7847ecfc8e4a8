// The short cut of the million open cases: fifteen hundred, and no word of time. The long form is run.ts --million.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { examine } from './kill.ts'
import { startOnMany } from './million.ts'

const CASES = 1_500

it('J4, M7: a fresh server stands on a store of many open cases, takes all its turns, and the recount agrees', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'mingjing-many-'))
  try {
    const report = await startOnMany({ folder, cases: CASES, said: () => undefined })
    expect(report).toMatchObject({ cases: CASES, inHand: CASES })
    expect(report.turned).toBeGreaterThan(0)
    const { findings, cardFaults } = await examine(folder)
    expect([...findings, ...cardFaults]).toEqual([])
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}, 180_000)
