// `mingjing bench ingest`: runs the benchmark and prints its table. Exit 1 where a ratio misses its limit.

import { benchIngest } from '../bench/ingest.ts'

/** At batches of 500, against the baseline (a later limit is 0.2). */
const LEAST_RATIO = 0.1

export const runBenchIngest = async (flags: Record<string, unknown>): Promise<void> => {
  const report = await benchIngest(Number(flags.rows), Number(flags.events))
  if (flags.json === true) process.stdout.write(`${JSON.stringify(report)}\n`)
  else {
    process.stdout.write(
      `baseline  ${Math.round(report.baselinePerSecond).toLocaleString('en')} rows/s over ${report.baselineRows}\n`,
    )
    for (const { batch, events, perSecond, ratio } of report.runs) {
      const rate = Math.round(perSecond).toLocaleString('en')
      process.stdout.write(
        `batch ${String(batch).padStart(4)}  ${rate.padStart(8)} events/s  ratio ${ratio.toFixed(3)}  (${events})\n`,
      )
    }
  }
  const large = report.runs.find((run) => run.batch === 500)
  if (large !== undefined && large.ratio < LEAST_RATIO) process.exitCode = 1
}
