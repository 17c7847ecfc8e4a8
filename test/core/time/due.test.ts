// The limit calculator: what it makes of a question, what it says to a bad one. The worked examples stand in their own file.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { answerDue } from '../../../server/core/time/due.ts'
import type { DueQuestion } from '../../../server/core/time/due-read.ts'
import { answer, law, profile } from './world.ts'

describe('questions', () => {
  it('T3: dates, local stamps and instants are all taken', () => {
    for (const accept of [
      '2026-05-08',
      '2026-05-08T16:00',
      '2026-05-08 16:00:00',
      '2026-05-08T16:00:00+08:00',
      '2026-05-08T08:00:00Z',
    ]) {
      expect(answer({ accept, limit: '1WD' }).due_on).toBe('2026-05-09')
    }
  })

  it('T4: an hour limit runs from the stamp', () => {
    expect(answer({ accept: '2026-05-08T08:00:00Z', limit: '7H' }).due_at).toBe('2026-05-09T16:00:00+08:00')
  })

  it('T10: of a limit and a stated due the earlier holds', () => {
    expect(answer({ accept: '2026-03-02', limit: '20WD', due_on: '2026-03-20' }).due_on).toBe('2026-03-20')
    expect(answer({ accept: '2026-03-02', limit: '20WD', due_on: '2026-04-20' }).due_on).toBe('2026-03-30')
  })

  it('T3: a conclusion told as a date is during that day', () => {
    const late = (concluded: string, limit = '20WD') => answer({ accept: '2026-03-02', limit, concluded }).late_by_wd
    expect([late('2026-03-30'), late('2026-03-31'), late('2026-04-01T00:00')]).toEqual([0, 1, 2])
    expect(answer({ accept: '2026-05-08T16:00', limit: '7H', concluded: '2026-05-09' }).late_by_wd).toBe(0)
  })

  it('T6: a pause without an end is taken to run to the cap', () => {
    const told = answer({ accept: '2026-04-20', limit: '20WD', pauses: [['2026-04-24', null]], explain: true })
    expect(told.due_on).toBe('2026-07-02')
    expect(told.zh).toContain('此为最迟日期')
  })

  it('T7: the second extension is void, the first stands', () => {
    const told = answer({
      accept: '2026-03-02',
      limit: '20WD',
      extensions: [
        [5, '2026-03-20'],
        [5, '2026-03-27'],
      ],
    })
    expect([told.due_on, told.extension_void, told.extensions]).toEqual(['2026-04-07', true, ['counts', 'second']])
  })

  it('T8: a late word of acceptance moves nothing', () => {
    expect(answer({ received: '2026-05-06', accept: '2026-05-20', limit: '20WD' })).toMatchObject({
      accepted_on: '2026-05-06',
      deemed: true,
    })
  })

  it('T8: corrections not complete: no acceptance, no due day', () => {
    expect(answer({ received: '2026-05-06', notice_on: '2026-05-08', limit: '20WD' })).toMatchObject({
      accepted_on: null,
      due_on: null,
      deemed: false,
      segments: [],
    })
  })

  it('T8: the notice itself is a clock, met or missed', () => {
    expect(answer({ received: '2026-05-06', notice_on: '2026-05-14' })).toMatchObject({
      due_on: '2026-05-12',
      late_by_wd: 2,
    })
  })

  it('T12: urged within the promise, or answered in time: no proposal', () => {
    const base: DueQuestion = { accept: '2026-09-18', limit: '7WD' }
    expect(answer({ ...base, urged_on: '2026-09-29' }).proposal_from).toBeNull()
    expect(answer({ ...base, urged_on: '2026-09-30', concluded: '2026-10-13' }).proposal_from).toBeNull()
    expect(answer({ ...base, urged_on: '2026-09-30', concluded: '2026-10-14' }).proposal_from).toBe('2026-10-14')
  })

  it('T13: says what is provisional', () => {
    expect(answer({ accept: '2026-12-21', limit: '5WD' }).provisional).toBe(false)
    expect(answer({ accept: '2026-12-21', limit: '6WD' }).provisional).toBe(true)
  })

  it('T2, T3: switches of a profile hold unless the question says otherwise', () => {
    const strict = { ...law, profileOf: () => ({ ...profile, countAcceptanceDay: true, dueAtClosing: true }) }
    expect(answer({ accept: '2026-03-02', limit: '20WD' }, strict).due_at).toBe('2026-03-27T17:30:00+08:00')
    expect(answer({ accept: '2026-03-02', limit: '20WD', count_acceptance_day: false }, strict).due_on).toBe(
      '2026-03-30',
    )
  })

  it('T14: the explanation comes when asked for, the segments always', () => {
    const told = answer({ accept: '2026-03-02', limit: '5WD', explain: true })
    expect(told.segments.map(({ kind }) => kind)).toEqual(['accept', 'count', 'due'])
    expect(told.days?.filter(({ number }) => number !== null)).toHaveLength(6)
    expect(answer({ accept: '2026-03-02', limit: '5WD' }).zh).toBeUndefined()
  })

  it('T14: keys that mean nothing are named, an id is not', () => {
    expect(answerDue({ accept: '2026-03-02', limit: '5WD', pause: [], id: 7 }, law)).toMatchObject({
      ignored: ['pause'],
    })
  })
})

describe('questions that cannot be answered', () => {
  it.each<[unknown, string, string]>([
    [null, 'not_an_object', ''],
    [[], 'not_an_object', ''],
    ['20WD', 'not_an_object', ''],
    [{}, 'missing_field', 'accept'],
    [{ limit: '20WD' }, 'missing_field', 'accept'],
    [{ accept: '2026-03-02' }, 'missing_field', 'limit'],
    [{ accept: '2026-02-30', limit: '20WD' }, 'bad_field', 'accept'],
    [{ accept: 20260302, limit: '20WD' }, 'bad_field', 'accept'],
    [{ accept: '2026-03-02', limit: '20' }, 'bad_field', 'limit'],
    [{ accept: '2026-03-02', limit: '0WD' }, 'bad_field', 'limit'],
    [{ accept: '2026-03-02', limit: '-5WD' }, 'bad_field', 'limit'],
    [{ accept: '2026-03-02', limit: 20 }, 'bad_field', 'limit'],
    [{ accept: '2026-03-02', limit: '5WD', pauses: '2026-03-03' }, 'bad_field', 'pauses'],
    [{ accept: '2026-03-02', limit: '5WD', pauses: [['2026-03-05', '2026-03-03']] }, 'bad_field', 'pauses/0/1'],
    [{ accept: '2026-03-02', limit: '5WD', pauses: [[]] }, 'bad_field', 'pauses/0'],
    [{ accept: '2026-03-02', limit: '5WD', pauses: [[null, '2026-03-03']] }, 'bad_field', 'pauses/0/0'],
    [{ accept: '2026-03-02', limit: '5WD', extensions: [[1.5, '2026-03-03']] }, 'bad_field', 'extensions/0/0'],
    [{ accept: '2026-03-02', limit: '5WD', extensions: [[5]] }, 'bad_field', 'extensions/0/1'],
    [{ accept: '2026-03-02', limit: '5WD', extensions: 5 }, 'bad_field', 'extensions'],
    [{ accept: '2026-03-02', limit: '5WD', warn: 'soon' }, 'bad_field', 'warn'],
    [{ accept: '2026-03-02', limit: '5WD', warn: '0%' }, 'bad_field', 'warn'],
    [{ accept: '2026-03-02', limit: '5WD', count_acceptance_day: 'yes' }, 'bad_field', 'count_acceptance_day'],
    [{ accept: '2026-03-02', limit: '5WD', calendar: 'mars' }, 'unknown_calendar', 'calendar'],
    [{ accept: '2026-03-02', limit: '5WD', profile: 'nobody' }, 'unknown_profile', 'profile'],
    [{ accept: '2149-03-02', limit: '999WD' }, 'out_of_range', ''],
    [{ accept: '0001-01-01', limit: '5WD' }, 'out_of_range', ''],
  ])('T4: %j → %s at "%s"', (question, code, at) => {
    const reply = answerDue(question, law)
    expect(reply).toMatchObject({ error: { code, at } })
    if ('error' in reply) expect(reply.error.zh && reply.error.en).toBeTruthy()
  })

  it('T4: whatever comes, it answers and never throws', () => {
    const date = fc.oneof(
      fc.constantFrom('2026-03-02', '2026-05-09T16:00', '1969-01-01', '2150-12-31', ''),
      fc.string(),
      fc.integer(),
    )
    const question = fc.record(
      {
        accept: date,
        limit: fc.oneof(fc.constantFrom('20WD', '30ND', '480M', '9999H', '9999WD', '0'), fc.string()),
        pauses: fc.array(fc.array(date, { maxLength: 3 }), { maxLength: 3 }),
        extensions: fc.array(fc.tuple(fc.integer({ min: -2, max: 20 }), date), { maxLength: 3 }),
        received: date,
        notice_on: date,
        corrected_on: date,
        urged_on: date,
        due_on: date,
        warn: fc.oneof(fc.constantFrom('90%', '1WD', '80%,2WD', '999WD', '100%'), fc.string()),
        concluded: date,
        explain: fc.boolean(),
      },
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(question, (asked) => typeof answerDue(asked, law) === 'object'),
      { seed: 11, numRuns: 10_000 },
    )
  })
})
