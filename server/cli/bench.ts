// `mingjing bench ingest`, `mingjing bench due`: run a benchmark and print its table. Exit 1 where a ratio misses its
// limit, or where the two ways of finding a due date differ.

import { benchDue } from '../bench/due.ts'
import { benchIngest } from '../bench/ingest.ts'
import { SettingError } from '../config.ts'

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

const perSecond = (n: number): string => Math.round(n).toLocaleString('en').padStart(12)

export const runBenchDue = async (flags: Record<string, unknown>): Promise<void> => {
  const dates = Number(flags.dates)
  if (!Number.isSafeInteger(dates) || dates < 1) {
    throw new SettingError(`--dates 应为正整数 must be a whole number above nought: ${String(flags.dates)}`)
  }
  const report = benchDue({ dates })
  if (flags.json === true) process.stdout.write(`${JSON.stringify(report)}\n`)
  else {
    process.stdout.write(
      `到期日 due dates：20 个工作日、两次停钟、三个自然年 20 working days, two pauses, three calendar years (${dates})\n` +
        `  时限引擎 engine      ${perSecond(report.enginePerSecond)} 个/秒 a second\n` +
        `  逐日循环 daily loop  ${perSecond(report.loopPerSecond)} 个/秒 a second\n` +
        `  倍数 ratio           ${report.ratio.toFixed(2).padStart(12)}\n` +
        `  不一致 differing     ${String(report.differing).padStart(12)}\n`,
    )
    for (const line of report.differences) process.stdout.write(`  ${line}\n`)
  }
  if (report.differing > 0) process.exitCode = 1
}
