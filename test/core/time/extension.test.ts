// T7: which extension lengthens a clock. Accepted 2026-03-02, 20 WD, due Mon 2026-03-30.

import { describe, expect, it } from 'vitest'
import { printDay } from '../../../server/core/time/civil.ts'
import { type ExtensionVerdict, extensionOf } from '../../../server/core/time/extension.ts'
import { dueOf } from '../../../server/core/time/limit.ts'
import { at, clock, cn } from './world.ts'

type Case = readonly [
  why: string,
  pauses: string,
  approvals: readonly (readonly [number, string])[],
  verdicts: ExtensionVerdict[],
  due: string,
]

const CASES: readonly Case[] = [
  ['in time', '', [[10, '2026-03-27']], ['counts'], '2026-04-14'],
  ['on the due day, last minute', '', [[10, '2026-03-30T23:59']], ['counts'], '2026-04-14'],
  ['a minute after it', '', [[10, '2026-03-31T00:00']], ['late'], '2026-03-30'],
  ['over the maximum: only the maximum counts', '', [[15, '2026-03-27']], ['cut'], '2026-04-14'],
  ['under the maximum', '', [[3, '2026-03-27']], ['counts'], '2026-04-02'],
  [
    'the second is void',
    '',
    [
      [5, '2026-03-20'],
      [5, '2026-03-27'],
    ],
    ['counts', 'second'],
    '2026-04-07',
  ],
  [
    'the first by approval, not by telling',
    '',
    [
      [5, '2026-03-27'],
      [4, '2026-03-20'],
    ],
    ['second', 'counts'],
    '2026-04-03',
  ],
  [
    'both late',
    '',
    [
      [5, '2026-04-01'],
      [5, '2026-04-02'],
    ],
    ['late', 'late'],
    '2026-03-30',
  ],
  [
    'no days asked for: void, the next may count',
    '',
    [
      [0, '2026-03-20'],
      [5, '2026-03-27'],
    ],
    ['empty', 'counts'],
    '2026-04-07',
  ],
  [
    'after the plain due day but within it as moved',
    '2026-03-20..2026-03-27',
    [[10, '2026-04-02']],
    ['counts'],
    '2026-04-21',
  ],
  ['inside a pause', '2026-03-20..2026-05-06', [[10, '2026-04-30']], ['counts'], '2026-05-27'],
  [
    'inside a pause begun on the due day',
    '2026-03-30T09:00..2026-04-10',
    [[10, '2026-04-08']],
    ['counts'],
    '2026-04-24',
  ],
  [
    'a pause begun after the due day saves nothing',
    '2026-03-31..2026-04-10',
    [[10, '2026-04-02']],
    ['late'],
    '2026-03-30',
  ],
  [
    'a pause begun after the approval does not help it',
    '2026-03-31T12:00..2026-04-10',
    [[10, '2026-03-31T10:00']],
    ['late'],
    '2026-03-30',
  ],
]

describe('extension', () => {
  it.each(CASES)('T7: %s', (_why, pauses, approvals, verdicts, due) => {
    const input = clock({ accepted: '2026-03-02', limit: '20WD', pauses })
    const judged = extensionOf(
      cn,
      input,
      approvals.map(([workDays, on]) => ({ workDays, approvedAt: at(on) })),
      10,
    )
    expect(judged.verdicts).toEqual(verdicts)
    expect(printDay(dueOf(cn, { ...input, extendWorkDays: judged.workDays }).dueOn)).toBe(due)
  })

  it('T7: each clock is judged by itself: void for a short promise, good for the statute', () => {
    const approvals = [{ workDays: 10, approvedAt: at('2026-03-20') }]
    const verdictOf = (limit: string) =>
      extensionOf(cn, clock({ accepted: '2026-03-02', limit }), approvals, 10).verdicts
    expect([verdictOf('10WD'), verdictOf('20WD')]).toEqual([['late'], ['counts']])
  })
})
