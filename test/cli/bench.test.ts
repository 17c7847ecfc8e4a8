// `mingjing bench due`: it runs, both ways of finding a due date agree, and it is able to say that they do not.
// Nothing here is expected of its speed.

import { describe, expect, it } from 'vitest'
import { benchDue } from '../../server/bench/due.ts'
import type { GuardReport } from '../../server/bench/guard/run.ts'
import { asDay } from '../../server/core/time/instant.ts'
import { dueOf } from '../../server/core/time/limit.ts'
import { nodeArgs } from '../torture/process.ts'
import { ranNode } from './run.ts'

describe('bench due', () => {
  it('T15: the engine and the day-by-day loop find the same due dates, in figures and as a ratio', async () => {
    const { code, out } = await ranNode([...nodeArgs(), 'bench', 'due', '--dates', '20000', '--json'])
    expect(code).toBe(0)
    const report = JSON.parse(out) as ReturnType<typeof benchDue>
    expect(report).toMatchObject({ dates: 20_000, differing: 0, differences: [] })
    expect(report.ratio).toBeCloseTo(report.enginePerSecond / report.loopPerSecond, 6)
  })

  it('T15: an engine that is a day late after a pause is told apart, with its first cases in words', () => {
    const report = benchDue({
      dates: 2_000,
      engine: (calendar, input) => {
        const due = dueOf(calendar, input)
        if (due.dueOn === dueOf(calendar, { ...input, pauses: [] }).dueOn) return due
        const dueOn = calendar.addWorkDays(asDay(due.dueOn), 1)
        return { ...due, dueOn, dueAt: calendar.endOf(dueOn) }
      },
    })
    expect(report.differing).toBeGreaterThan(100)
    expect(report.differences[0]).toMatch(/20WD \[.*\.\..*\]: 202\d-/)
  })

  it('a number that is none is refused in a sentence', async () => {
    const { code, err } = await ranNode([...nodeArgs(), 'bench', 'due', '--dates', 'many'])
    expect(code).toBe(2)
    expect(err).toContain('must be a whole number')
  })
})

describe('bench guard', () => {
  it('I5: asks /health while questions are put, tells what they were answered, and what was held', async () => {
    const words = ['bench', 'guard', '--share', '0.02', '--only', 'b', '--json']
    const { out } = await ranNode([...nodeArgs(undefined), ...words])
    const { limitMs, rows } = JSON.parse(out) as GuardReport
    expect(limitMs).toBe(100)
    expect(rows.map(({ name }) => name)).toEqual(['idle', 'b 9,500 of the dearest due questions', 'idle after'])
    expect(rows[1]?.said).toBe('190 answered')
    for (const row of rows) expect([row.failed, row.held]).toEqual([0, row.own <= limitMs])
  })

  it('a share that is none is refused in a sentence', async () => {
    const { code, err } = await ranNode([...nodeArgs(undefined), 'bench', 'guard', '--share', '2'])
    expect(code).toBe(2)
    expect(err).toContain('1 at most')
  })
})
