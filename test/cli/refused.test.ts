// What the office refuses at the console is told alike, whether a server runs on the folder or none does (A6): both
// languages, nothing of the machine, the exit code of what was asked wrongly.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { act } from '../../server/cli/act.ts'
import { explainTrouble } from '../../server/cli/trouble.ts'
import { openControl } from '../../server/control.ts'
import { asInstant } from '../../server/core/time/instant.ts'
import { openAlone } from '../../server/office/alone.ts'
import { type Command, consoleHandlers } from '../../server/office/console.ts'
import { openKeys } from '../../server/store/sqlite/keys.ts'
import { beginLedger } from '../../server/store/sqlite/open.ts'
import { simulatedClock } from '../../server/supervision/clock.ts'

const NOW = asInstant(Date.parse('2026-09-14T10:00:00+08:00'))
const folder = mkdtempSync(join(tmpdir(), 'mingjing-refused-'))
const clock = simulatedClock(NOW, 0)
beforeAll(() => beginLedger(folder))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const told = async (command: Command, args: Record<string, unknown>) => {
  const error: unknown = await act(folder, clock, command, args).catch((thrown: unknown) => thrown)
  return explainTrouble(error)
}

/** The same with a server's socket in the folder. */
const toldBeside = async (command: Command, args: Record<string, unknown>) => {
  const keys = openKeys(folder)
  const supervisor = await openAlone(folder, clock)
  const control = await openControl(
    folder,
    consoleHandlers({
      keys: (does) => does(keys),
      changed: async () => undefined,
      supervisor: async () => supervisor,
    }),
  )
  try {
    return await told(command, args)
  } finally {
    await control.close()
    await supervisor.close()
    await keys.close()
  }
}

describe('A6 A2: refused at the console', () => {
  it.each([
    [
      'key.add',
      { role: 'nobody' },
      '请给出 --source 或有效的 --role；没有这种角色 “nobody”。',
      'there is no role “nobody”.',
    ],
    ['key.add', { role: 'source' }, '来源密钥需用 --source 给出来源名称。', 'A source key needs --source NAME.'],
    ['key.add', { role: 'unit' }, '单位密钥须用 --department 给出部门编码', 'A key of a unit needs --department CODE'],
    ['key.add', { source: 'a:b' }, '来源名称不得含冒号', 'A source has no colon in its name'],
    ['key.add', { role: 'unit', department: ' ' }, '--department：编码有误', '--department: not a code.'],
    ['key.add', { role: 'leader', historical: true }, '--historical 只用于来源密钥。', 'keys of sources alone.'],
    ['key.revoke', { key_id: 'none' }, '没有这个有效密钥', 'no live key none'],
    ['catalogue.load', { body: { catalogue: 'x', items: 1 } }, '目录有误，未予采用', 'The catalogue has faults'],
    ['import.withdraw', { id: 'none', why: '导错' }, '没有找到所查内容。', 'Nothing was found under this name.'],
  ] as const)('A6: %s %j: %s', async (command, args, zh, en) => {
    const alone = await told(command, args)
    expect(alone).toEqual({ code: 2, text: expect.stringContaining(zh) })
    expect(alone.text).toContain(en)
    expect(alone.text).not.toMatch(/\n {4}at |office\/|undefined|\[object/)
    expect(await toldBeside(command, args)).toEqual(alone)
  })
})
