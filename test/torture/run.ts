// The long forms, by hand: `node --import tsx test/torture/run.ts --rounds 50` kills a server under load fifty times;
// `… --million 1000000` fills a store with open cases and starts on it; `… --rejudge 200000` loads a new calendar over
// open cases under load; `… --midnight 200000` takes the turns of a closing over them. Prints figures; exit 1 where something is wrong.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { killRounds } from './kill.ts'
import { EVENTS_P99_MS, overMidnight } from './midnight.ts'
import { startOnMany } from './million.ts'
import { rejudgeUnderLoad } from './rejudge.ts'
import { LONGEST_WAIT_MS } from './waits.ts'

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '50' },
    seed: { type: 'string', default: '1' },
    million: { type: 'string' },
    rejudge: { type: 'string' },
    midnight: { type: 'string' },
    /** Seconds of the same load before the new law and after it. */
    calm: { type: 'string', default: '15' },
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
  } else if (values.midnight !== undefined) {
    const { midnight, entry, clock } = values
    const report = await overMidnight({ folder, cases: Number(midnight), entry, clock, said: say })
    say(JSON.stringify(report, null, 2))
    // what the machine does at any hour counts for no more
    const eventsOf = (part: 'before' | 'during' | 'after'): number => report.waits[part].by.single?.p99 ?? 0
    const isSlow = eventsOf('during') > Math.max(EVENTS_P99_MS, eventsOf('before'), eventsOf('after'))
    if (report.refused.length > 0 || isSlow) process.exitCode = 1
  } else if (values.rejudge !== undefined) {
    const { rejudge, entry, calm } = values
    const calmMs = Number(calm) * 1_000
    const report = await rejudgeUnderLoad({ folder, cases: Number(rejudge), entry, calmMs, said: say })
    say(JSON.stringify(report, null, 2))
    const { refused, lost, ofOtherLaw, findings, waits } = report
    // what the machine does without a new law counts for no more
    const isSlow = waits.during.max > Math.max(LONGEST_WAIT_MS, waits.before.max, waits.after.max)
    if (refused.length + lost + ofOtherLaw + findings.length > 0 || isSlow) process.exitCode = 1
  } else {
    const { rounds, seed, entry } = values
    const report = await killRounds({ folder, rounds: Number(rounds), seed: Number(seed), entry, said: say })
    say(JSON.stringify(report, null, 2))
    if (report.missing.length + report.findings.length + report.cardFaults.length > 0) process.exitCode = 1
  }
} finally {
  if (values.folder === undefined) rmSync(folder, { recursive: true, force: true })
}
