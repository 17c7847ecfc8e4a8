// `mingjing verify`: SQLite's own check of both files, then the whole ledger walked: any changed, removed, inserted or reordered
// entry, any step, tile or column at odds with what is sealed (A4). Against a checkpoint kept outside, also a tail that was
// cut and a ledger written anew. Opens read-only. Exit 0 clean, 1 with findings: damage is a finding, not a failure.

import { readFileSync } from 'node:fs'
import { readSettings } from '../config.ts'
import type { Finding } from '../evidence/finding.ts'
import type { Verdict } from '../evidence/verify.ts'
import { verifyFolder } from '../office/proof.ts'
import { readCheckpoint, writeCheckpoint } from './checkpoint-file.ts'
import { progress } from './progress.ts'

const WORDS: Readonly<Record<Finding['kind'], string>> = {
  changed: '内容被改动 its content was changed',
  removed: '被删去 it was removed',
  inserted: '是插入的 it was put in',
  reordered: '被调换了位置，应在 it was moved from',
  columns: '列与存证内容不符 a column is not what was sealed:',
  erased: '个人信息被删，却无删除记录 its personal part was taken away, and no step says so',
  chain: '存证链在此断开 the chain is broken here:',
  tile: '哈希树节点不符 a node of the tree is another:',
  head: '账本末端与记录不符 the end of the ledger is not where it is said to be:',
  checkpoint: '与外存检查点不符 it is not the ledger of the checkpoint:',
  file: '文件损坏 the file is damaged:',
}

const sentence = ({ kind, seq, commit, detail }: Finding): string => {
  const place =
    kind === 'file' && seq === 0 ? '' : `第 ${seq} 条 entry ${seq}${commit === null ? '' : `, commit ${commit}`}: `
  return `${place}${WORDS[kind]} ${detail}`.trimEnd()
}

const NOTHING: Pick<Verdict, 'size' | 'hash'> & { root: Uint8Array } = {
  size: 0,
  hash: 'sha256',
  root: new Uint8Array(32),
}

export const runVerify = async (flags: Record<string, unknown>): Promise<void> => {
  const { data } = readSettings({ data: flags.data })
  const file = typeof flags.checkpoint === 'string' ? flags.checkpoint : null
  const key = typeof flags.key === 'string' ? readFileSync(flags.key, 'utf8') : null
  const point = file === null ? null : readCheckpoint(data, readFileSync(file, 'utf8'), key)
  const bar = progress('entries')
  const against = point === null || 'refused' in point ? {} : { against: point }
  const found = await verifyFolder(data, { onProgress: bar.at, ...against })
  bar.end()
  const refused: Finding[] =
    point !== null && 'refused' in point ? [{ kind: 'checkpoint', seq: 0, commit: null, detail: point.refused }] : []
  const findings = [...refused, ...found.findings]
  const count = found.count + refused.length
  const { size, hash, root: bytes } = found.verdict ?? NOTHING
  const root = Buffer.from(bytes).toString('hex')
  if (flags.json === true) process.stdout.write(`${JSON.stringify({ size, root, count, findings })}\n`)
  else {
    for (const finding of findings) process.stdout.write(`${sentence(finding)}\n`)
    const end = count === 0 ? '完好 intact' : `${count} 处异常 findings`
    process.stdout.write(`${size} 条 entries，${hash} ${root}: ${end}\n`)
  }
  if (count > 0) process.exitCode = 1
  else if (typeof flags.writeCheckpoint === 'string' && found.verdict !== null)
    process.stdout.write(writeCheckpoint(data, flags.writeCheckpoint, found.verdict))
}
