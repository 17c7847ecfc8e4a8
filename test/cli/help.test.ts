// Every command tells its flags, in both languages, and every flag that the README names is there.

import { describe, expect, it } from 'vitest'
import { buildProgram } from '../../server/cli/program.ts'
import { explainTrouble } from '../../server/cli/trouble.ts'

const COMMANDS = [
  'serve',
  'demo',
  'catalogue',
  'due',
  'rank',
  'key',
  'key add',
  'key list',
  'key revoke',
  'audit',
  'verify',
  'bench',
  'bench due',
  'bench guard',
  'bench ingest',
  'bench live',
]

const helpOf = async (command: string): Promise<{ text: string; code: number }> => {
  const program = buildProgram()
  let text = ''
  const put = (part: string): void => {
    text += part
  }
  const hear = (of: ReturnType<typeof buildProgram>): void => {
    of.configureOutput({ writeOut: put, writeErr: put })
    of.exitOverride()
    for (const sub of of.commands) hear(sub)
  }
  hear(program)
  const ended = await program.parseAsync(['node', 'mingjing', ...command.split(' '), '--help']).catch((e: unknown) => e)
  return { text, code: explainTrouble(ended).code }
}

describe('--help', () => {
  it.each(COMMANDS)('%s: tells what it does and ends with 0', async (command) => {
    const { text, code } = await helpOf(command)
    expect(text).toContain(`Usage: mingjing ${command}`)
    expect(code).toBe(0)
  })

  it.each([
    ['serve', ['--data', '--port', '--host', '--clock', '--config']],
    [
      'due',
      ['--accept', '--limit', '--pause', '--extend', '--explain', '--json', '--stdin', '--profile', '--calendar'],
    ],
    ['key add', ['--source', '--role', '--json', '--data']],
    ['rank', ['--period', '--by', '--format', '--output', '--region', '--department', '--data']],
    ['audit', ['--data', '--json']],
    ['verify', ['--data', '--json']],
  ])('%s has its flags', async (command, flags) => {
    const { text } = await helpOf(command)
    for (const flag of flags) expect(text).toContain(flag)
  })
})
