// `mingjing bench ingest`: runs it and prints its tables, median and spread. Exit 1 where a limit is missed; exit 4 where the run
// is void, for what else the machine was at changed the figures more than the code could.

import {
  besideOf,
  type Figure,
  figure,
  figureOf,
  type IngestReport,
  type Leg,
  missedBy,
  voidBy,
} from '../bench/ingest/figures.ts'
import { benchIngest } from '../bench/ingest/run.ts'
import { SettingError } from '../config.ts'

const VOID = 4
/** A page and its head in the log of SQLite. */
const FRAME_BYTES = 4_096 + 24

const whole = (flags: Record<string, unknown>, name: string): number => {
  const n = Number(flags[name])
  if (!Number.isSafeInteger(n) || n < 1)
    throw new SettingError(`--${name} 应为正整数 must be a whole number above nought: ${String(flags[name])}`)
  return n
}

const clocksIn = (said: unknown): Leg['clock'][] => {
  if (said === 'both') return ['following', 'after']
  if (said === 'following' || said === 'after') return [said]
  throw new SettingError(`--clock 应为 following、after 或 both must be following, after or both: ${String(said)}`)
}

const shown = ({ median, spread }: Figure, digits: number): string =>
  `${median.toFixed(digits).padStart(9)} ±${String(Math.round(spread * 100)).padStart(2)}%`

const LINES: readonly [name: string, digits: number, of: (leg: Leg) => number][] = [
  ['500  events/s', 0, ({ batches }) => batches.perSecond],
  ['500  of baseline', 3, ({ batches }) => batches.ratio],
  ['500  CPU ms/event', 3, ({ batches }) => batches.cpuMs],
  ['500  pages/event', 2, ({ pagesInBatch }) => pagesInBatch],
  ['500  log bytes/event', 0, ({ pagesInBatch }) => pagesInBatch * FRAME_BYTES],
  ['1×8  events/s', 0, ({ singles }) => singles.perSecond],
  ['1×8  of baseline', 3, ({ singles }) => singles.ratio],
  ['1×8  events/commit', 1, ({ singles }) => singles.eventsACommit],
  ['1×8  CPU ms/event', 3, ({ singles }) => singles.cpuMs],
  ['1    pages/commit', 1, ({ pagesOfOne }) => pagesOfOne],
  ['1    pages/event', 2, ({ pagesOfSingle }) => pagesOfSingle],
  ['1    log bytes/event', 0, ({ pagesOfSingle }) => pagesOfSingle * FRAME_BYTES],
]

const tables = (report: IngestReport): string => {
  const columns = [...new Set(report.legs.map(({ side, clock }) => `${side} ${clock}`))]
  const heads = columns.map((column) => column.padStart(20)).join('')
  let text = `基线 baseline ${shown(figureOf(report.baselines), 0)} rows/s (${report.baselineRows})\n${''.padEnd(22)}${heads}\n`
  for (const [name, digits, of] of LINES) {
    const cells = columns.map((column) => {
      const [side, clock] = column.split(' ') as [Leg['side'], Leg['clock']]
      return shown(figure(report, side, clock, of), digits).padStart(20)
    })
    text += `${name.padEnd(22)}${cells.join('')}\n`
  }
  for (const clock of ['following', 'after'] as const) {
    const beside = besideOf(report, clock)
    if (beside !== null) text += `1×8  here / beside, ${clock}: ${shown(beside, 2)}\n`
  }
  return text
}

export const runBenchIngest = async (flags: Record<string, unknown>): Promise<void> => {
  const isJson = flags.json === true
  const report = await benchIngest({
    rows: whole(flags, 'rows'),
    events: whole(flags, 'events'),
    singles: whole(flags, 'singles'),
    warm: whole(flags, 'warm'),
    rounds: whole(flags, 'rounds'),
    clocks: clocksIn(flags.clock),
    beside: typeof flags.beside === 'string' ? flags.beside : null,
    said: (line) => process.stderr.write(`${line}\n`),
  })
  process.stdout.write(isJson ? `${JSON.stringify(report)}\n` : tables(report))
  const [missed, noise] = [missedBy(report), voidBy(report)]
  for (const line of missed) process.stderr.write(`未达到 missed: ${line}\n`)
  if (missed.length > 0) process.exitCode = 1
  if (noise.length === 0) return
  process.stderr.write(`此次运行作废：波动超过 20%。 This run is void, the spread is above 20 %: ${noise.join(', ')}\n`)
  process.exitCode = VOID
}
