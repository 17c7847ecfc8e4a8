// The worked examples of the time law, each put to the limit calculator as a clerk would put it.
// Their results were checked by hand against two independent calendars; they are written out here again.

import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { DueAnswer } from '../../../server/core/time/due.ts'
import type { DueQuestion } from '../../../server/core/time/due-read.ts'
import { answer, stored } from './world.ts'

type Example = readonly [id: string, rules: string, asked: DueQuestion, told: Partial<DueAnswer>, why: string]

const EXAMPLES: readonly Example[] = [
  [
    '1',
    'T2',
    { accept: '2026-03-02', limit: '20WD' },
    { due_on: '2026-03-30', due_at: '2026-03-30T23:59:59+08:00', provisional: false },
    'day 0 is the acceptance day',
  ],
  [
    '1b',
    'T2',
    { accept: '2026-03-02', limit: '20WD', count_acceptance_day: true },
    { due_on: '2026-03-27' },
    'the acceptance day is day 1',
  ],
  [
    '3',
    'T1',
    { accept: '2026-02-14', limit: '5WD' },
    { due_on: '2026-02-28' },
    'across the Spring Festival to a Saturday that works',
  ],
  [
    '4',
    'T1',
    { accept: '2025-12-25', limit: '7WD' },
    { due_on: '2026-01-06' },
    'over the new year, Sunday 2026-01-04 works',
  ],
  [
    '5',
    'T8',
    { received: '2026-10-03' },
    { due_on: '2026-10-13', notice_due_on: '2026-10-13' },
    'received on a holiday: five working days for the notice',
  ],
  ['6', 'T11', { accept: '2026-09-18', limit: '7WD' }, { due_on: '2026-09-29' }, 'Sunday 09-20 works, 09-25 is off'],
  [
    '7',
    'T11',
    { accept: '2026-09-18', limit: '19WD' },
    { due_on: '2026-10-21' },
    'planning permit over the National Day',
  ],
  [
    '10',
    'T1',
    { accept: '2024-02-05', limit: '20WD' },
    { due_on: '2024-03-08' },
    '02-09 works although the eve of the festival',
  ],
  [
    '11',
    'T7',
    { accept: '2026-03-02', limit: '20WD', extensions: [[10, '2026-03-27']] },
    { due_on: '2026-04-14', extension_void: false },
    'extension in time',
  ],
  [
    '12',
    'T7',
    { accept: '2026-03-02', limit: '20WD', extensions: [[10, '2026-03-31']] },
    { due_on: '2026-03-30', extension_void: true, extensions: ['late'] },
    'approved a day late: void',
  ],
  [
    '12, late',
    'T7',
    { accept: '2026-03-02', limit: '20WD', extensions: [[10, '2026-03-31']], concluded: '2026-03-31' },
    { late_by_wd: 1 },
    'late from 03-31',
  ],
  [
    '14',
    'T5',
    { accept: '2026-04-20', limit: '20WD', pauses: [['2026-04-24', '2026-05-15']] },
    { due_on: '2026-06-08', used: 4, remaining: 16 },
    'used 4, left 16',
  ],
  ['14, plain', 'T5', { accept: '2026-04-20', limit: '20WD' }, { due_on: '2026-05-20' }, 'the same without the review'],
  [
    '17',
    'T8',
    { received: '2026-05-06', notice_on: '2026-05-08', corrected_on: '2026-05-21', limit: '10WD' },
    { accepted_on: '2026-05-21', due_on: '2026-06-04', deemed: false },
    'accepted on completion of the corrections',
  ],
  [
    '18',
    'T8',
    { received: '2026-05-06', limit: '20WD' },
    { accepted_on: '2026-05-06', deemed: true, notice_due_on: '2026-05-12', due_on: '2026-06-02' },
    'no notice by the fifth working day',
  ],
  [
    '20',
    'T12',
    { accept: '2026-09-18', limit: '7WD', urged_on: '2026-09-30' },
    { urge_due_on: '2026-10-13', proposal_from: '2026-10-14' },
    'five working days to answer the urge',
  ],
  ['22', 'T2', { accept: '2026-03-02', limit: '20WD', warn: '90%' }, { warn_on: '2026-03-26' }, 'the 18th of 20'],
  ['23a', 'T2', { due_on: '2026-09-29', warn: '1WD' }, { warn_on: '2026-09-28' }, 'the working day before'],
  ['23b', 'T2', { due_on: '2026-02-28', warn: '1WD' }, { warn_on: '2026-02-27' }, 'before a Saturday that works'],
  ['23c', 'T2', { due_on: '2026-10-08', warn: '1WD' }, { warn_on: '2026-09-30' }, 'over the National Day'],
  [
    '24',
    'T4',
    { accept: '2026-05-09', limit: '0', concluded: '2026-05-11' },
    { due_on: '2026-05-09', late_by_wd: 1 },
    'same-day case on a make-up Saturday',
  ],
  [
    '25',
    'T3',
    { due_on: '2026-09-29', concluded: '2026-10-12' },
    { late_by_wd: 5 },
    'five working days over the National Day',
  ],
  ['26', 'T4', { accept: '2025-11-30', limit: '3M' }, { due_on: '2026-02-28' }, 'no 30 February; the month end works'],
  [
    '30',
    'T4',
    { accept: '2026-05-08T16:00', limit: '7H' },
    { due_on: '2026-05-09', due_at: '2026-05-09T16:00:00+08:00' },
    'office hours over night',
  ],
]

describe('the worked examples', () => {
  it.each(EXAMPLES)('%s (%s) %j → %j: %s', (_id, _rules, asked, told) => {
    expect(answer(asked)).toMatchObject(told)
  })

  it('T1–T8: every example of the stored list is asked here', () => {
    const path = stored('timelaw-examples.txt')
    if (path === null) return
    const listed = readFileSync(path, 'utf8').match(/^\d+\w?(?=\s)/gm) ?? []
    const asked = new Set(EXAMPLES.map(([id]) => id.replace(/[,].*|(?<=23)[abc]$/, '')))
    expect(listed.length).toBeGreaterThan(15)
    expect(listed.filter((id) => !asked.has(id))).toEqual([])
  })

  it('T6, T14: the worked case of the sketch: 10 WD, reviewed for 8 WD at most, due 2026-05-18, concluded 2 WD late', () => {
    const told = answer({
      accept: '2026-04-20',
      limit: '10WD',
      pauses: [['2026-04-24', '2026-05-09']],
      concluded: '2026-05-20',
    })
    expect(told).toMatchObject({ due_on: '2026-05-18', late_by_wd: 2, used: 12, remaining: -2 })
  })
})
