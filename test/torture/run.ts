// The long forms, by hand: `node --import tsx test/torture/run.ts --rounds 50` kills a server under load fifty times;
// `… --million 1000000` fills a store with open cases and starts on it. Prints figures; exit 1 where something is wrong.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { killRounds } from './kill.ts'
import { startOnMany } from './million.ts'

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '50' },
    seed: { type: 'string', default: '1' },
    million: { type: 'string' },
    /** Of the server on the filled store. */
    clock: { type: 'string' },
    /** A built main.js; without it the server runs from source. */
    entry: { type: 'string' },
    /** A folder to use and keep; without it a temporary one that is removed. */
    folder: { type: 'string' },
  },
})

const say = (line: string): void => {
  process.stdout.write(`${line}\n`)
}

const folder = values.folder ?? mkdtempSync(join(tmpdir(), 'mingjing-torture-'))
try {
  if (values.million !== undefined) {
    const { million, entry, clock } = values
    const report = await startOnMany({ folder, cases: Number(million), entry, clock, said: say })
    say(JSON.stringify(report, null, 2))
  } else {
    const { rounds, seed, entry } = values
    const report = await killRounds({ folder, rounds: Number(rounds), seed: Number(seed), entry, said: say })
    say(JSON.stringify(report, null, 2))
    if (report.missing.length + report.findings.length + report.cardFaults.length > 0) process.exitCode = 1
  }
} finally {
  if (values.folder === undefined) rmSync(folder, { recursive: true, force: true })
}
