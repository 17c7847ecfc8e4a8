// `mingjing audit`: proves that totals, states and cards equal a recount from the facts (M7). Opens read-only, on one
// state of the store, so it may run beside a server. Exit 0 clean, 1 with differences.

import { readSettings } from '../config.ts'
import { openRecords } from '../store/sqlite/records.ts'
import { auditStore } from '../supervision/audit.ts'
import { progress } from './progress.ts'

export const runAudit = async (flags: Record<string, unknown>): Promise<void> => {
  const { data } = readSettings({ data: flags.data })
  const records = openRecords(data, { frozen: true })
  const bar = progress('cases')
  const report = await auditStore({ records, onProgress: bar.at })
  bar.end()
  await records.close()
  if (flags.json === true) process.stdout.write(`${JSON.stringify(report)}\n`)
  else {
    for (const { what, where, detail } of report.findings) process.stdout.write(`${what}  ${where}  ${detail}\n`)
    const end = report.count === 0 ? '一致 clean' : `${report.count} 处不符 differences`
    process.stdout.write(`${report.cases} 件 cases，${report.pending} 件待按新法重判 pending: ${end}\n`)
  }
  if (report.count > 0) process.exitCode = 1
}
