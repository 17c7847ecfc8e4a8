// `mingjing key add | list | revoke`: access keys, shown once and stored hashed (A2), beside a running server or alone.

import type { Command } from 'commander'
import { readSettings } from '../config.ts'
import type { KeyMade } from '../office/keys.ts'
import { act } from './act.ts'

const DATA = ['--data <folder>', '数据目录 data folder'] as const

const add = async (flags: Record<string, unknown>): Promise<void> => {
  const { data, clock } = readSettings({ data: flags.data })
  const { source, role, note, department, historical } = flags
  const made = (await act(data, clock, 'key.add', { source, role, note, department, historical })) as KeyMade
  if (flags.json === true) process.stdout.write(`${JSON.stringify(made)}\n`)
  else process.stdout.write(`${made.key}\n只显示这一次，请妥善保存。 Shown this once; keep it safe.\n`)
}

const list = async (flags: Record<string, unknown>): Promise<void> => {
  const { data, clock } = readSettings({ data: flags.data })
  const rows = (await act(data, clock, 'key.list', {})) as Record<string, unknown>[]
  for (const row of rows) process.stdout.write(`${JSON.stringify(row)}\n`)
}

const revoke = async (keyId: string, flags: Record<string, unknown>): Promise<void> => {
  const { data, clock } = readSettings({ data: flags.data })
  await act(data, clock, 'key.revoke', { key_id: keyId })
  process.stdout.write(`${keyId}: 已吊销 revoked\n`)
}

export const addKeyCommands = (program: Command): void => {
  const key = program.command('key').description('访问密钥 access keys')
  key
    .command('add')
    .description('添加密钥 add a key')
    .option(...DATA)
    .option('--source <name>', '来源系统 source system')
    .option('--role <role>', 'administrator | supervisor | reviewer | leader | unit | auditor | screen | source')
    .option('--department <code>', '单位密钥的部门编码 department of a unit key')
    .option('--historical', '该来源密钥可声明历史数据 this key of a source may declare a past record')
    .option('--note <text>', '备注 note')
    .option('--json', 'JSON')
    .action(add)
  key
    .command('list')
    .description('列出密钥 list keys, one JSON a line')
    .option(...DATA)
    .action(list)
  key
    .command('revoke <key_id>')
    .description('吊销密钥 revoke a key')
    .option(...DATA)
    .action(revoke)
}
