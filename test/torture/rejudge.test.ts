// The short cut of a new law under load: a thousand open cases, and no word of time. The long form, with the time
// every request waited, is run.ts --rejudge 200000.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { rejudgeUnderLoad } from './rejudge.ts'

const CASES = 1_000

it('J6, I4, M7: a new calendar judges every case again while requests go on; all are answered, the recount agrees', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'mingjing-rejudge-'))
  try {
    const report = await rejudgeUnderLoad({ folder, cases: CASES, calmMs: 300, said: () => undefined })
    const { refused, lost, ofOtherLaw, findings } = report
    expect({ refused, lost, ofOtherLaw, findings }).toEqual({ refused: [], lost: 0, ofOtherLaw: 0, findings: [] })
    expect(report.moved).toBeGreaterThan(CASES / 2)
    expect(report.cases).toBeGreaterThanOrEqual(CASES)
    expect(report.acceptedMeanwhile).toBeGreaterThan(0)
    expect(report.patches).toBeGreaterThan(0)
    const { before, during, after } = report.waits
    for (const part of [before, during, after]) expect(part.requests).toBeGreaterThan(0)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}, 180_000)
