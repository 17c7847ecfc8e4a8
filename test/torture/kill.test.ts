// The short cut of the kill torture: three rounds. The long one is run.ts, fifty rounds by default.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { killRounds } from './kill.ts'

it('I4, M7, C2, A4: killed three times under load, nothing answered is lost and no card is raised twice', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'mingjing-kill-'))
  try {
    const report = await killRounds({ folder, rounds: 3, seed: 4 })
    expect(report).toMatchObject({ rounds: 3, missing: [], findings: [], cardFaults: [] })
    expect(report.midway).toBeGreaterThan(0)
    expect(report.accepted).toBeGreaterThan(100)
    expect(report.cards).toBeGreaterThan(0)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}, 180_000)
