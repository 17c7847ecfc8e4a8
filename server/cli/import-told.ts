// What `mingjing import` tells a person at a console (I8): how far a file is, and what came of it, with the first of what was
// not taken. Reads nothing and decides nothing.

import { placeText } from '../intake/files/row.ts'
import type { FileReport, Issue } from '../intake/files/run.ts'

interface At {
  readonly bytes: number | null
  readonly of: number
  readonly rows: number
}

interface Told extends FileReport {
  /** The first of them. */
  readonly issues: readonly Issue[]
  readonly issue_count: number
}

const BAR = 24

const drawBar = (file: string, { bytes, of, rows }: { bytes: number | null; of: number; rows: number }): string => {
  const counted = `${rows.toLocaleString('en')} 行 rows`
  if (bytes === null) return `${file}  ${counted}`
  const share = of === 0 ? 1 : Math.min(1, bytes / of)
  const full = Math.floor(share * BAR)
  const bar = `${'#'.repeat(full)}${'-'.repeat(BAR - full)}`
  return `${file} [${bar}] ${String(Math.floor(share * 100)).padStart(3)}%  ${counted}`
}

export const progressBar = (): { at(file: string, at: At): void; end(): void } => {
  const shown = process.stderr.isTTY
  return {
    at(file, at) {
      if (shown) process.stderr.write(`\r${drawBar(file, at)}`)
    },
    end() {
      if (shown) process.stderr.write('\n')
    },
  }
}

const SHOWN_ISSUES = 20

export const importedText = (one: Told, dryRun: boolean): string => {
  const n = (count: number): string => count.toLocaleString('en')
  const lines = [
    `${one.file}${dryRun ? '（试运行，未导入 dry run, nothing imported）' : ''}`,
    `  ${one.format ?? '-'}, ${one.encoding ?? '-'}：${n(one.rows)} 行 rows → ${n(one.events)} 事件 events`,
    `  收下 accepted ${n(one.accepted)}，已有 known ${n(one.known)}，拒收 rejected ${n(one.rejected)}`,
    `  相同行 identical rows ${n(one.identical_rows)}，按映射略去 left out ${n(one.left_out)}，跳过 skipped ${n(one.skipped)}`,
  ]
  const waiting = one.waiting.map(({ unit, rows }) => `${unit === '' ? '-' : unit} ${n(rows)}`)
  if (waiting.length > 0) lines.push(`  整行等待，按单位 rows that wait, by unit：${waiting.join('，')}`)
  if (one.resumed_rows > 0)
    lines.push(`  接续此前中断的导入，前 ${n(one.resumed_rows)} 行已答复 resumed behind row ${n(one.resumed_rows)}`)
  for (const { place, code, zh, en } of one.issues.slice(0, SHOWN_ISSUES))
    lines.push(`  ${placeText(place)}  ${code}  ${zh} ${en}`)
  if (one.issue_count > SHOWN_ISSUES)
    lines.push(`  …… 另有 ${n(one.issue_count - SHOWN_ISSUES)} 条，用 --report 取全部 more: --report FILE has them all`)
  return `${lines.join('\n')}\n`
}
