// What `mingjing import` tells a person at a console (I8): how far a file is, and what came of it, with the first of what was
// not taken. Reads nothing and decides nothing.

import type { ImportCellChange, ImportChanges, ImportTie } from '../contract/import-changes.ts'
import type { ImportDeclares } from '../contract/import-declares.ts'
import type { NamesFound } from '../contract/import-names.ts'
import type { Issue } from '../intake/files/issue.ts'
import { placeText } from '../intake/files/row.ts'
import type { FileReport } from '../intake/files/run.ts'

interface At {
  readonly bytes: number | null
  readonly of: number
  readonly rows: number
}

interface Told extends FileReport {
  /** By which it is taken back (I14); null: nothing was imported. */
  readonly import_id: string | null
  readonly names: NamesFound | null
  readonly declares: ImportDeclares | null
  /** The first of them. */
  readonly issues: readonly Issue[]
  readonly issue_count: number
  readonly changes: ImportChanges | null
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
const SHOWN_CHANGES = 20

const cellText = ({ project_no: no, line, key, what, field, was, now }: ImportCellChange): string => {
  const said = field === 'personal' ? '个人信息有变 personal part changed' : `${was ?? '—'} → ${now ?? '—'}`
  return `  ${no}（第 ${line} 行 line ${line}） ${key} ${field}: ${said}${what === 'emptied' ? ' （清空 emptied）' : ''}`
}

const HOLDS = { this: '以本文件为准 this file holds', other: '以该文件为准 that file holds' } as const

const tieText = ({ project_no: no, line, key, holds, other_file: file, other_line: there }: ImportTie): string =>
  `  ${no}（第 ${line} 行 line ${line}） ${key}：同一截至时间 of the same instant，${file} 第 ${there} 行 line ${there} 所言不同 says otherwise，${HOLDS[holds]}`

/** Whose these rows are nobody can tell, so that of no case it is said that it is absent. */
const unnumberedLine = ({ unnumbered, unsure }: ImportChanges): string =>
  `  编号读不出的行 rows without a number ${unnumbered.toLocaleString('en')}，未出现或在其中 absent or among them ${unsure.toLocaleString('en')}`

/** What the export changed in its register: the counts, the first of each list, and how many more there are. */
const changesLines = (changes: ImportChanges | null): string[] => {
  if (changes === null) return []
  const n = (count: number): string => count.toLocaleString('en')
  const { first_cells: cells, first_absent: absent } = changes
  const lines = [
    `  台账 register ${changes.register}：${n(changes.rows)} 件 cases，新增 new ${n(changes.new)}，更改 changed ${n(changes.changed)}，相同 the same ${n(changes.same)}，旧版 older ${n(changes.older)}，同一截至时间另有文件为准 tied ${n(changes.tied)}，无日期 dateless ${n(changes.dateless)}`,
    `  更改项 cells ${n(changes.cells)}，其中清空 of them emptied ${n(changes.emptied)}；此前各期有、本期未出现 absent here, they stay ${n(changes.absent)}`,
    ...(changes.unnumbered === 0 ? [] : [unnumberedLine(changes)]),
    ...cells.slice(0, SHOWN_CHANGES).map(cellText),
    ...changes.first_ties.slice(0, SHOWN_CHANGES).map(tieText),
  ]
  if (changes.cells > SHOWN_CHANGES)
    lines.push(`  …… 另有更改 more changes ${n(changes.cells - SHOWN_CHANGES)}，--changes FILE`)
  if (changes.ties > SHOWN_CHANGES)
    lines.push(`  …… 另有同一截至时间不一 more ties ${n(changes.ties - SHOWN_CHANGES)}，--changes FILE`)
  if (absent.length > 0) lines.push(`  未出现 absent：${absent.slice(0, SHOWN_CHANGES).join('，')}`)
  if (changes.absent > SHOWN_CHANGES) lines.push(`  …… 另有 more ${n(changes.absent - SHOWN_CHANGES)}，--changes FILE`)
  return lines
}
const SHOWN_NAMES = 12

export const importedText = (one: Told, dryRun: boolean): string => {
  const n = (count: number): string => count.toLocaleString('en')
  const lines = [
    `${one.file}${dryRun ? '（试运行，未导入 dry run, nothing imported）' : ''}`,
    `  ${one.format ?? '-'}, ${one.encoding ?? '-'}：${n(one.rows)} 行 rows → ${n(one.events)} 事件 events`,
    `  接收 accepted ${n(one.accepted)}，已有 known ${n(one.known)}，拒收 rejected ${n(one.rejected)}`,
    `  相同行 identical rows ${n(one.identical_rows)}，按映射略去 left out ${n(one.left_out)}，跳过 skipped ${n(one.skipped)}`,
  ]
  const waiting = one.waiting.map(({ unit, rows }) => `${unit === '' ? '-' : unit} ${n(rows)}`)
  if (waiting.length > 0) lines.push(`  整行等待，按单位 rows that wait, by unit：${waiting.join('，')}`)
  if (one.import_id !== null)
    lines.push(
      `  导入编号 import ${one.import_id}（撤回 to take it back: mingjing import --withdraw ${one.import_id} --why …）`,
    )
  if (one.declares !== null) lines.push(`  ${one.declares.zh}`, `  ${one.declares.en}`)
  lines.push(...changesLines(one.changes))
  const { resolved = [], counts = null } = one.names ?? {}
  if (counts !== null && counts.resolved > 0) {
    const shown = resolved
      .slice(0, SHOWN_NAMES)
      .map(({ name, code, of }) => `${name}${of === null ? '' : `@${of}`}→${code}`)
    lines.push(
      `  名称→编码 names taken for codes ${n(counts.resolved)}：${shown.join('，')}${counts.resolved > shown.length ? '……' : ''}`,
    )
  }
  if (counts !== null && counts.unlisted + counts.ambiguous > 0)
    lines.push(
      `  目录中没有或有歧义的名称 names of no code or of several ${n(counts.unlisted + counts.ambiguous)}，涉及 in cases ${n(counts.cases)}`,
    )
  if (one.resumed_rows > 0)
    lines.push(`  接续此前中断的导入，前 ${n(one.resumed_rows)} 行已答复 resumed behind row ${n(one.resumed_rows)}`)
  for (const { place, code, zh, en } of one.issues.slice(0, SHOWN_ISSUES))
    lines.push(`  ${placeText(place)}  ${code}  ${zh} ${en}`)
  if (one.issue_count > SHOWN_ISSUES)
    lines.push(`  …… 另有 ${n(one.issue_count - SHOWN_ISSUES)} 条，用 --report 取全部 more: --report FILE has them all`)
  return `${lines.join('\n')}\n`
}
