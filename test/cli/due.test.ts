// `mingjing due --stdin`: every worked example of the time law through the real command, one line in, one line out, in
// order. Where the worked table itself is at hand, the due days told here are held against it.

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ROOT } from '../torture/process.ts'
import { mingjing } from './run.ts'

type Example = readonly [id: string, asked: Record<string, unknown>, told: Record<string, unknown>]

const EXAMPLES: readonly Example[] = [
  ['1', { accept: '2026-03-02', limit: '20WD' }, { due_on: '2026-03-30', due_at: '2026-03-30T23:59:59+08:00' }],
  ['1b', { accept: '2026-03-02', limit: '20WD', count_acceptance_day: true }, { due_on: '2026-03-27' }],
  ['3', { accept: '2026-02-14', limit: '5WD' }, { due_on: '2026-02-28' }],
  ['4', { accept: '2025-12-25', limit: '7WD' }, { due_on: '2026-01-06' }],
  ['5', { received: '2026-10-03' }, { due_on: '2026-10-13' }],
  ['6', { accept: '2026-09-18', limit: '7WD' }, { due_on: '2026-09-29' }],
  ['7', { accept: '2026-09-18', limit: '19WD' }, { due_on: '2026-10-21' }],
  ['10', { accept: '2024-02-05', limit: '20WD' }, { due_on: '2024-03-08' }],
  [
    '11',
    { accept: '2026-03-02', limit: '20WD', extensions: [[10, '2026-03-27']] },
    { due_on: '2026-04-14', extension_void: false },
  ],
  [
    '12',
    { accept: '2026-03-02', limit: '20WD', extensions: [[10, '2026-03-31']], concluded: '2026-03-31' },
    { due_on: '2026-03-30', extension_void: true, late_by_wd: 1 },
  ],
  [
    '14',
    { accept: '2026-04-20', limit: '20WD', pauses: [['2026-04-24', '2026-05-15']] },
    { used: 4, remaining: 16, due_on: '2026-06-08' },
  ],
  [
    '17',
    { received: '2026-05-06', notice_on: '2026-05-08', corrected_on: '2026-05-21', limit: '10WD' },
    { accepted_on: '2026-05-21', due_on: '2026-06-04', deemed: false },
  ],
  ['18', { received: '2026-05-06', limit: '20WD' }, { accepted_on: '2026-05-06', deemed: true, due_on: '2026-06-02' }],
  ['20', { accept: '2026-09-18', limit: '7WD', urged_on: '2026-09-30' }, { proposal_from: '2026-10-14' }],
  ['22', { accept: '2026-03-02', limit: '20WD', warn: '90%' }, { warn_on: '2026-03-26' }],
  ['23', { due_on: '2026-09-29', warn: '1WD' }, { warn_on: '2026-09-28' }],
  ['23', { due_on: '2026-02-28', warn: '1WD' }, { warn_on: '2026-02-27' }],
  ['23', { due_on: '2026-10-08', warn: '1WD' }, { warn_on: '2026-09-30' }],
  ['24', { accept: '2026-05-09', limit: '0', concluded: '2026-05-11' }, { late_by_wd: 1 }],
  ['25', { due_on: '2026-09-29', concluded: '2026-10-12' }, { late_by_wd: 5 }],
  ['26', { accept: '2025-11-30', limit: '3M' }, { due_on: '2026-02-28' }],
  ['30', { accept: '2026-05-08T16:00:00+08:00', limit: '7H' }, { due_at: '2026-05-09T16:00:00+08:00' }],
]

const TABLE = join(ROOT, '..', 'shared', 'data', 'timelaw-examples.txt')

/** Example number → the due day that its line of the table tells, where it tells one as a full date. */
const tableDues = (): Map<string, string> => {
  const dues = new Map<string, string>()
  for (const line of readFileSync(TABLE, 'utf8').split('\n')) {
    const [, id, result] = /^(\d+b?) .*?\bdue(?: stays)? (\d{4}-\d{2}-\d{2})/.exec(line) ?? []
    if (id !== undefined && result !== undefined) dues.set(id, result)
  }
  return dues
}

describe('mingjing due --stdin', () => {
  it('T2–T8, T12: answers every worked example, a bad line in place, and ends well', async () => {
    const lines = EXAMPLES.map(([, asked]) => JSON.stringify(asked))
    const { code, out } = await mingjing(['due', '--stdin'], `${lines.join('\n')}\nnot json\n\n{"limit":"20"}\n`)
    const answers = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(code).toBe(0)
    expect(answers).toHaveLength(EXAMPLES.length + 2)
    for (const [i, [id, , told]] of EXAMPLES.entries()) expect({ id, ...answers[i] }).toMatchObject({ id, ...told })
    expect(answers.at(-2)).toMatchObject({ error: { code: 'bad_json' } })
    expect(answers.at(-1)).toHaveProperty('error')
  })

  it('T2: what is told here is what the worked table tells', () => {
    if (!existsSync(TABLE)) {
      console.warn(`\n!!! the worked table is not at hand (${TABLE}): the examples are NOT held against it.\n`)
      return
    }
    const dues = tableDues()
    expect(dues.size).toBeGreaterThan(12)
    const ids = new Set(EXAMPLES.map(([id]) => id))
    expect([...dues.keys()].filter((id) => !ids.has(id))).toEqual([])
    for (const [id, , told] of EXAMPLES) {
      const due = dues.get(id)
      if (due !== undefined && 'due_on' in told) expect({ id, due: told.due_on }).toEqual({ id, due })
    }
  })

  it('T14: asked by flags it prints for people, or one JSON; asked wrongly it says what and ends with 2', async () => {
    const asked = ['due', '--accept', '2026-04-20', '--limit', '20WD', '--pause', '2026-04-24..2026-05-15']
    const [plain, json, wrong] = await Promise.all([
      mingjing([...asked, '--explain']),
      mingjing([...asked, '--extend', '10@2026-05-18', '--json']),
      mingjing(['due', '--accept', 'yesterday', '--limit', '20WD']),
    ])
    expect(plain).toMatchObject({ code: 0 })
    expect(plain.out).toContain('到期日 due: 2026-06-08')
    expect(JSON.parse(json.out)).toMatchObject({ due_on: '2026-06-23', extension_void: false })
    expect(wrong.code).toBe(2)
    expect(wrong.err).toContain('accept')
  })
})
