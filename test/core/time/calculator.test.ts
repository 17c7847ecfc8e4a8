// The limit calculator on stated dues, urges and questions as of a day (T10, T12), and what a question may cost (I5).
import { describe, expect, it } from 'vitest'
import { costOf, isTooCostly, MOST_COST_OF_ONE } from '../../../server/core/time/due-cost.ts'
import type { DueQuestion } from '../../../server/core/time/due-read.ts'
import { answer } from './world.ts'

describe('a stated due in the calculator', () => {
  const table: readonly [rule: string, why: string, question: DueQuestion, due: string][] = [
    [
      'T10',
      'a pause moves it by what was left',
      { accept: '2026-11-02', due_on: '2026-11-18', pauses: [['2026-11-10', '2026-11-17']] },
      '2026-11-25T23:59:59+08:00',
    ],
    [
      'T10',
      'an instant keeps its time of day',
      { accept: '2026-11-02', due_on: '2026-11-18T15:30', pauses: [['2026-11-10', '2026-11-17']] },
      '2026-11-25T15:30:00+08:00',
    ],
    [
      'T10',
      'an extension lengthens it',
      { accept: '2026-11-02', due_on: '2026-11-13', extensions: [[5, '2026-11-12']] },
      '2026-11-20T23:59:59+08:00',
    ],
    [
      'T7',
      'one approved too late does not',
      { accept: '2026-11-02', due_on: '2026-11-13', extensions: [[5, '2026-11-16']] },
      '2026-11-13T23:59:59+08:00',
    ],
    [
      'T10',
      'without an acceptance too',
      { due_on: '2026-11-18', pauses: [['2026-11-10', '2026-11-17']] },
      '2026-11-25T23:59:59+08:00',
    ],
    [
      'T10',
      'beside a limit, compared unmoved: the later one does not hold',
      { accept: '2026-11-02', limit: '10WD', due_on: '2026-11-18', pauses: [['2026-11-05', '2026-11-19']] },
      '2026-11-30T23:59:59+08:00',
    ],
    [
      'T10',
      'beside a limit, the earlier one holds and moves',
      { accept: '2026-11-02', limit: '10WD', due_on: '2026-11-12', pauses: [['2026-11-05', '2026-11-19']] },
      '2026-11-26T23:59:59+08:00',
    ],
    [
      'I15',
      'at exactly midnight without an offset it is that day',
      { accept: '2026-11-02', due_on: '2026-11-18T00:00' },
      '2026-11-18T23:59:59+08:00',
    ],
    [
      'I15',
      '… with an offset it is that instant',
      { accept: '2026-11-02', due_on: '2026-11-18T00:00:00+08:00' },
      '2026-11-18T00:00:00+08:00',
    ],
  ]
  it.each(table)('%s: %s [L3]', (_, __, question, due) => {
    expect(answer(question).due_at).toBe(due)
  })

  it('T10: its segments sum to it, and an extension that came too late is void', () => {
    const moved = answer({ accept: '2026-11-02', due_on: '2026-11-18', pauses: [['2026-11-10', '2026-11-17']] })
    expect(moved.segments.map(({ counted }) => counted).reduce((a, b) => a + b)).toBe(12)
    expect(answer({ accept: '2026-11-02', due_on: '2026-11-13', extensions: [[5, '2026-11-16']] }).extension_void).toBe(
      true,
    )
  })
})

describe('urges and days asked of', () => {
  it('T12: an urge after an hour limit of the same day counts, one before it does not [L20]', () => {
    const asked: DueQuestion = { accept: '2026-05-11T09:00', limit: '3H' }
    expect(answer({ ...asked, urged_on: '2026-05-11T14:00' }).proposal_from).toBe('2026-05-19')
    expect(answer({ ...asked, urged_on: '2026-05-11T11:00' }).proposal_from).toBeNull()
  })

  it('T5: used and remaining as of a day, unless it is concluded [U5]', () => {
    const asked: DueQuestion = { accept: '2026-06-01', limit: '10WD' }
    expect(answer(asked)).toMatchObject({ used: 0, remaining: 10 })
    expect(answer({ ...asked, as_of: '2026-06-11' })).toMatchObject({ used: 8, remaining: 2 })
    expect(answer({ ...asked, as_of: '2026-06-11', concluded: '2026-06-03' })).toMatchObject({ used: 2, remaining: 8 })
  })

  it('T14: an open pause is not told as resumed [L10]', () => {
    const told = answer({ accept: '2026-06-01', limit: '10WD', pauses: [['2026-06-03', null]], explain: true })
    expect(told.zh).toContain('尚未恢复，按最长期限计至')
  })
})

describe('a conclusion', () => {
  // ten working days after Monday 2026-11-02 is the 16th; of the pause from the 5th, the third day, seven are left
  const asked: DueQuestion = { accept: '2026-11-02', limit: '10WD', concluded: '2026-11-10' }
  const table: readonly [rule: string, why: string, question: DueQuestion, due: string][] = [
    ['T5', 'ends the pause that runs', { ...asked, pauses: [['2026-11-05', '2026-11-20']] }, '2026-11-19'],
    ['T5', 'ends one without an end', { ...asked, pauses: [['2026-11-05', null]] }, '2026-11-19'],
    [
      'T5',
      'comes before a pause that begins later',
      { ...asked, pauses: [['2026-11-12', '2026-11-20']] },
      '2026-11-16',
    ],
    [
      'T5',
      'on the day of a pause leaves nothing of it',
      { ...asked, pauses: [['2026-11-10', '2026-11-20']] },
      '2026-11-16',
    ],
    ['F5', 'comes before an extension approved later', { ...asked, extensions: [[5, '2026-11-12']] }, '2026-11-16'],
    ['F5', '… and not before one of its day', { ...asked, extensions: [[5, '2026-11-10']] }, '2026-11-23'],
    [
      'T5',
      'moves a stated due alike',
      { accept: '2026-11-02', due_on: '2026-11-16', concluded: '2026-11-10', pauses: [['2026-11-05', '2026-11-20']] },
      '2026-11-19',
    ],
  ]
  it.each(table)('%s: %s', (_, __, question, due) => {
    expect(answer(question).due_on).toBe(due)
  })

  it('T7 T14: what comes after it is no fault, and the pause that it ends is told so', () => {
    const later = answer({ ...asked, extensions: [[5, '2026-11-12']] })
    expect(later).toMatchObject({ extensions: ['after_end'], extension_void: false })
    const told = answer({ ...asked, pauses: [['2026-11-05', null]], explain: true })
    expect(told.zh).toContain('至 11 月 10 日（周二）办结时止')
    expect(told.zh).not.toContain('尚未恢复')
    expect(told.zh).not.toContain('最迟')
  })
})

describe('what a question costs', () => {
  const pauses = Array.from({ length: 500 }, (): [string, string] => ['2026-03-03', '2026-03-04'])
  it('I5: ordinary questions cost little, pauses and approvals together much, whatever stands in them', () => {
    expect(costOf({ accept: '2026-03-02', limit: '9999H' })).toBeLessThan(20)
    expect(costOf({ pauses, extensions: pauses })).toBeGreaterThan(MOST_COST_OF_ONE)
    for (const strange of [null, 7, 'x', [], { pauses: 'x', extensions: null, explain: 3 }])
      expect(costOf(strange)).toBeGreaterThan(0)
  })

  it('I5: 9,500 questions of 9999H are answered; one that is beyond measure is refused [S6]', () => {
    const many = Array.from({ length: 9_500 }, () => ({ accept: '2026-03-02', limit: '9999H' }))
    expect(isTooCostly(many)).toBe(false)
    expect(isTooCostly([{ pauses, extensions: pauses }])).toBe(true)
  })

  it('T4 T15: nine thousand office hours end where a thousand office days do', () => {
    // 9,996 hours are 1,428 days of seven hours
    const hours = answer({ accept: '2007-01-04T09:00', limit: '9996H' })
    const days = answer({ accept: '2007-01-03', limit: '1428WD' })
    expect(hours.due_at).toBe(`${days.due_on}T17:30:00+08:00`)
  })
})
