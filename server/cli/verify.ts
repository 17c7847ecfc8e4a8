// `mingjing verify`: walks the whole ledger and finds any changed, removed, inserted or reordered entry (A4).
// Opens read-only. Exit 0 clean, 1 with findings.

import { readSettings } from '../config.ts'
import { verifyStore } from '../evidence/verify.ts'
import { openTrail } from '../store/sqlite/trail.ts'
import { progress } from './progress.ts'

export const runVerify = async (flags: Record<string, unknown>): Promise<void> => {
  const { data } = readSettings({ data: flags.data })
  const trail = openTrail(data)
  const bar = progress('entries')
  const verdict = await verifyStore(trail, { onProgress: bar.at })
  bar.end()
  await trail.close()
  const root = Buffer.from(verdict.root).toString('hex')
  if (flags.json === true) {
    process.stdout.write(
      `${JSON.stringify({ size: verdict.size, root, count: verdict.count, findings: verdict.findings })}\n`,
    )
  } else {
    for (const finding of verdict.findings) process.stdout.write(`${JSON.stringify(finding)}\n`)
    const end = verdict.count === 0 ? '完好 intact' : `${verdict.count} 处异常 findings`
    process.stdout.write(`${verdict.size} 条 entries，${verdict.hash} ${root}: ${end}\n`)
  }
  if (verdict.count > 0) process.exitCode = 1
}
