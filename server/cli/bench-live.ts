// `mingjing bench live`: runs it and prints its table. Exit 1 where a wait is above what is aimed at; exit 4 where the machine
// was too busy for the run to say anything: then the load itself, or a bare socket, came later than the aim allows.

import { benchLive, type LiveRow } from '../bench/live/run.ts'
import { SettingError } from '../config.ts'

const VOID = 4
/** The most that p99 may be at so many events a second, ms. */
const AIMS: ReadonlyMap<number, number> = new Map([
  [300, 20],
  [1_000, 50],
])

const whole = (said: unknown, name: string): number => {
  const n = Number(said)
  if (!Number.isSafeInteger(n) || n < 1)
    throw new SettingError(`--${name} 应为正整数 must be whole numbers above nought: ${String(said)}`)
  return n
}

const ms = (value: number): string => value.toFixed(1).padStart(8)

const HEAD =
  `请求发出至所有屏幕收到红黄牌（毫秒）；bare 为同时一个空套接字的往返，late 为发送方自身的迟到\n` +
  `from the request to the patch with its card on every screen, ms; bare: a round trip of a bare socket meanwhile; late: by how much the load itself came late\n` +
  `${['events/s', 'came', 'probes', 'missed', 'p50', 'p99', 'bare p50', 'bare p99', 'late p99'].map((head) => head.padStart(9)).join('')}\n`

const line = ({ rate, came, probes, missed, patch, bare, late }: LiveRow): string =>
  `${[rate, Math.round(came), probes, missed].map((n) => String(n).padStart(9)).join('')}` +
  `${[patch.p50, patch.p99, bare.p50, bare.p99, late.p99].map((n) => ` ${ms(n)}`).join('')}\n`

export const runBenchLive = async (flags: Record<string, unknown>): Promise<void> => {
  const rates = String(flags.rates)
    .split(',')
    .map((rate) => whole(rate, 'rates'))
  const isJson = flags.json === true
  if (!isJson) process.stdout.write(HEAD)
  const rows = await benchLive({
    rates,
    seconds: whole(flags.seconds, 'seconds'),
    warm: whole(flags.warm, 'warm'),
    screens: whole(flags.screens, 'screens'),
    said: (row) => void (isJson || process.stdout.write(line(row))),
  })
  if (isJson) process.stdout.write(`${JSON.stringify(rows)}\n`)
  const missed = rows.filter(({ rate, patch }) => patch.p99 > (AIMS.get(rate) ?? Number.POSITIVE_INFINITY))
  if (missed.length === 0) return
  process.exitCode = 1
  for (const { rate, patch } of missed)
    process.stderr.write(`未达到 missed: p99 ${patch.p99.toFixed(1)} ms > ${AIMS.get(rate)} at ${rate} events/s\n`)
  if (!missed.some(({ rate, bare, late }) => Math.max(bare.p99, late.p99) > (AIMS.get(rate) ?? 0))) return
  process.stderr.write('此次运行作废：机器过忙。 This run is void: a bare socket, or the load itself, was as late.\n')
  process.exitCode = VOID
}
