// `mingjing bench due`, `mingjing bench guard`: run a benchmark and print its table. Exit 1 where the two ways of finding a due
// date differ, or where somebody was held for too long.

import { benchDue } from '../bench/due.ts'
import { benchGuard, type Row } from '../bench/guard/run.ts'
import { measureTurns } from '../bench/guard/turn.ts'
import { SettingError } from '../config.ts'
import type { Serving } from '../serve.ts'
import { serveTelling } from './serve.ts'

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
      `到期日 due dates：20 个工作日、两次暂停、三个自然年 20 working days, two pauses, three calendar years (${dates})\n` +
        `  时限引擎 engine      ${perSecond(report.enginePerSecond)} 个/秒 a second\n` +
        `  逐日循环 daily loop  ${perSecond(report.loopPerSecond)} 个/秒 a second\n` +
        `  倍数 ratio           ${report.ratio.toFixed(2).padStart(12)}\n` +
        `  不一致 differing     ${String(report.differing).padStart(12)}\n`,
    )
    for (const line of report.differences) process.stdout.write(`  ${line}\n`)
  }
  if (report.differing > 0) process.exitCode = 1
}

const ms = (value: number): string => value.toFixed(value < 10 ? 1 : 0).padStart(7)

const guardLine = ({ name, requests, p50, p99, max, own, turn, fresh, noise, failed, held }: Row): string =>
  `${name.padEnd(56)} ${String(requests).padStart(8)} ${[p50, p99, max, own, turn, fresh, noise].map(ms).join(' ')}  ` +
  `${held ? '守住 held' : '未守住 NOT HELD'}${failed > 0 ? `, ${failed} without an answer` : ''}\n`

const GUARD_HEAD =
  `各载荷期间 /health 的等候（毫秒，每 5 毫秒问一次，限 100）；own 为一次等候中服务器主线程最多占用的时间，即空闲机器上的等候；turn 为主线程一轮连续占用的最长时间；fresh 为新来连接的 own，须排在先到者之后；noise 为同时问一个空服务器的最长等候\n` +
  `waits for /health in ms, asked every 5 ms, limit 100; own: the most of one wait for which the server's main thread was at ` +
  `work, as on a quiet machine; turn: the longest that it was at work in one turn of its loop; fresh: own of one who comes ` +
  `anew, behind all who came before; noise: the longest for a bare server meanwhile\n` +
  `${'load'.padEnd(56)} ${'requests'.padStart(8)} ${['p50', 'p99', 'max', 'own', 'turn', 'fresh', 'noise'].map((head) => head.padStart(7)).join(' ')}\n`

/** The server that `bench guard` measures: as `serve`, and it tells how long its turns are. */
export const runServed = async (flags: Record<string, unknown>): Promise<void> => {
  let routes: Serving['routes'] = []
  measureTurns(() => routes)
  await serveTelling(flags, (serving) => {
    routes = serving.routes
  })
}

export const runBenchGuard = async (flags: Record<string, unknown>): Promise<void> => {
  const share = Number(flags.share)
  if (!(share > 0 && share <= 1))
    throw new SettingError(`--share 应在 0 与 1 之间 must be above 0, and 1 at most: ${String(flags.share)}`)
  const isJson = flags.json === true
  const said = (row: Row): void => {
    if (isJson) return
    process.stdout.write(guardLine(row))
    if (row.said !== '') process.stdout.write(`    ${row.said} (${row.seconds.toFixed(1)} s)\n`)
  }
  if (!isJson) process.stdout.write(GUARD_HEAD)
  const report = await benchGuard({ share, said, only: typeof flags.only === 'string' ? flags.only : '' })
  if (isJson) process.stdout.write(`${JSON.stringify(report)}\n`)
  if (report.rows.some(({ held }) => !held)) process.exitCode = 1
}
