// T8: when a case counts as accepted. Received on 2026-05-06 (Wed); the fifth working day is Tue 05-12, for Sat 05-09 works.

import { describe, expect, it } from 'vitest'
import { type AcceptanceFacts, acceptanceOf } from '../../../server/core/time/acceptance.ts'
import { printDay, printInstant } from '../../../server/core/time/civil.ts'
import { at, cn } from './world.ts'

const given = (facts: Partial<AcceptanceFacts>): AcceptanceFacts => ({
  receivedAt: at('2026-05-06'),
  accepts: [],
  notices: [],
  endedAt: null,
  applies: true,
  ...facts,
})

const notice = (on: string, done: string | null) => ({ at: at(on), doneAt: done === null ? null : at(done) })

type Case = readonly [why: string, facts: Partial<AcceptanceFacts>, on: string | null, deemed: boolean]

const CASES: readonly Case[] = [
  ['silence: deemed accepted on the receipt day', {}, '2026-05-06', true],
  ['accepted by word', { accepts: [at('2026-05-08')] }, '2026-05-08', false],
  ['accepted on the fifth working day, last minute', { accepts: [at('2026-05-12T23:59')] }, '2026-05-12', false],
  [
    'accepted a minute later: deemed, and the word moves nothing',
    { accepts: [at('2026-05-13T00:00')] },
    '2026-05-06',
    true,
  ],
  ['the first of two words counts', { accepts: [at('2026-05-11'), at('2026-05-08')] }, '2026-05-08', false],
  ['corrections complete', { notices: [notice('2026-05-08', '2026-05-21')] }, '2026-05-21', false],
  ['corrections waited for', { notices: [notice('2026-05-08', null)] }, null, false],
  ['notice on the fifth day', { notices: [notice('2026-05-12', '2026-05-21')] }, '2026-05-21', false],
  ['notice after the fifth day: void, deemed', { notices: [notice('2026-05-13', '2026-05-21')] }, '2026-05-06', true],
  [
    'the earlier of word and corrections',
    { accepts: [at('2026-05-22')], notices: [notice('2026-05-08', '2026-05-21')] },
    '2026-05-21',
    false,
  ],
  [
    'the word before the corrections',
    { accepts: [at('2026-05-20')], notices: [notice('2026-05-08', '2026-05-21')] },
    '2026-05-20',
    false,
  ],
  [
    'a second notice: the first corrections complete count',
    { notices: [notice('2026-05-08', '2026-05-11'), notice('2026-05-12', '2026-05-15')] },
    '2026-05-11',
    false,
  ],
  [
    'one notice in time, one void',
    { notices: [notice('2026-05-08', null), notice('2026-05-20', '2026-05-25')] },
    null,
    false,
  ],
  ['refused in time', { endedAt: at('2026-05-11') }, null, false],
  ['refused after the fifth day: already deemed', { endedAt: at('2026-05-13') }, '2026-05-06', true],
  [
    'refused in time, then accepted after all',
    { endedAt: at('2026-05-11'), accepts: [at('2026-05-20')] },
    '2026-05-20',
    false,
  ],
  ['an item outside T8 is never deemed', { applies: false }, null, false],
  [
    'an item outside T8: only the word counts',
    { applies: false, notices: [notice('2026-05-08', '2026-05-21')], accepts: [at('2026-05-25')] },
    '2026-05-25',
    false,
  ],
  ['no receipt: the word', { receivedAt: null, accepts: [at('2026-05-25')] }, '2026-05-25', false],
  ['no receipt, no word: nothing', { receivedAt: null }, null, false],
  [
    'no receipt: corrections complete',
    { receivedAt: null, notices: [notice('2026-05-08', '2026-05-21')] },
    '2026-05-21',
    false,
  ],
]

describe('acceptance', () => {
  it.each(CASES)('T8: %s', (_why, facts, on, deemed) => {
    const found = acceptanceOf(cn, given(facts))
    expect([found.on === null ? null : printDay(found.on), found.deemed]).toEqual([on, deemed])
  })

  it('T8: the clock finds a deemed acceptance at the first instant after the fifth working day', () => {
    const found = acceptanceOf(cn, given({}))
    expect(found.deemedAt === null ? null : printInstant(found.deemedAt, cn.zone)).toBe('2026-05-13T00:00:00+08:00')
    expect(found.noticeDueAt === null ? null : printInstant(found.noticeDueAt, cn.zone)).toBe(
      '2026-05-12T23:59:59+08:00',
    )
  })

  it('T8: a receipt on a holiday is day 0 all the same', () => {
    const found = acceptanceOf(cn, given({ receivedAt: at('2026-10-03') }))
    expect(found.noticeDueAt === null ? null : printInstant(found.noticeDueAt, cn.zone)).toBe(
      '2026-10-13T23:59:59+08:00',
    )
  })
})
