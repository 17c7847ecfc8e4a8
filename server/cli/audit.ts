// `mingjing audit`: proves that every derived row equals what its facts and steps make it (M7, A4): each case recounted from
// its facts, then the whole ledger replayed and compared. Opens read-only, on one state of the store, so it may run beside a
// server. Exit 0 clean, 1 with differences.

import { readSettings } from '../config.ts'
import { auditFolder, type LedgerAudit, type ReplayFinding } from '../office/proof.ts'
import { progress } from './progress.ts'

const lineOf = (finding: ReplayFinding): string => {
  if (finding.what === 'step') return `step  ${finding.commit}  ${finding.detail}`
  const { table, key, column, stored, replayed } = finding
  return `replay  ${table} ${key}  ${column}: stored ${stored ?? '–'}, replayed ${replayed ?? '–'}`
}

const say = ({ recount, replay, unreadable, count }: LedgerAudit): void => {
  for (const said of unreadable)
    process.stdout.write(`文件损坏，读不下去 damaged, it cannot be read further: ${said}\n`)
  for (const { what, where, detail } of recount?.findings ?? []) process.stdout.write(`${what}  ${where}  ${detail}\n`)
  for (const finding of replay?.findings ?? []) process.stdout.write(`${lineOf(finding)}\n`)
  const end = count === 0 ? '一致 clean' : `${count} 处不符 differences`
  const replayed = replay === null ? '' : `，重放 ${replay.commits} 次提交 commits replayed`
  const { cases = 0, pending = 0 } = recount ?? {}
  if (replay !== null && replay.foreign > 0)
    process.stdout.write(
      `第 ${replay.foreign} 次提交由另一版引擎写入，无法重放，只作了重算；用 mingjing upgrade 重建后即可重放。 Commit ${replay.foreign} was made by another engine and cannot be replayed: recounted alone; once mingjing upgrade has rebuilt it, it can.\n`,
    )
  process.stdout.write(`${cases} 件 cases，${pending} 件待按新法重判 pending${replayed}: ${end}\n`)
}

export const runAudit = async (flags: Record<string, unknown>): Promise<void> => {
  const { data } = readSettings({ data: flags.data })
  const cases = progress('cases')
  const commits = progress('commits')
  const audit = await auditFolder(data, { quick: flags.quick === true, onCases: cases.at, onCommits: commits.at })
  cases.end()
  commits.end()
  if (flags.json === true) {
    const { recount, replay, unreadable, count } = audit
    process.stdout.write(`${JSON.stringify({ ...recount, replay, unreadable, count })}\n`)
  } else say(audit)
  if (audit.count > 0) process.exitCode = 1
}
