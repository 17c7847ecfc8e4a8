// The question to the limit calculator: in the address and as a body, one and the same; reasons find their field; what is
// summed on the page is what the engine counts (T14).

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { amountText, dueWords, segmentLines } from '../../client/due/due.ts'
import {
  bareReason,
  bodyOf,
  isEmpty,
  LIMIT_UNITS,
  limitOf,
  limitParts,
  MOMENTS,
  placeOnPage,
  type Question,
  questionIn,
  searchOf,
} from '../../client/due/question.ts'
import { wordsOf } from '../../client/i18n/both.ts'
import type { DueView } from '../../server/contract/due.ts'
import { answerDue } from '../../server/core/time/due.ts'
import { law } from '../core/time/world.ts'

const ask = (search: string): DueView => {
  const answer = answerDue(bodyOf(questionIn(search)).body, law)
  if ('error' in answer) throw new Error(answer.error.en)
  return answer as unknown as DueView
}

const when = fc.constantFrom('', '2026-04-20', '2026-04-20T16:30', '2026-04-20T16:30:00+08:00')
const questions: fc.Arbitrary<Question> = fc.record({
  moments: fc.record(
    Object.fromEntries(MOMENTS.map((name) => [name, when])) as Record<(typeof MOMENTS)[number], typeof when>,
  ),
  limit: fc.constantFrom('', '0', '20WD', '3M', '7H', 'odd WD'),
  pauses: fc.array(fc.record({ from: when, to: when }), { maxLength: 4 }),
  extensions: fc.array(fc.record({ days: fc.constantFrom('', '10', '5.5'), on: when }), { maxLength: 3 }),
  countAcceptanceDay: fc.constantFrom('' as const, 'yes' as const, 'no' as const),
  calendar: fc.constantFrom('', 'cn', '省 & 市'),
  profile: fc.constantFrom('', 'default'),
  warn: fc.constantFrom('', '90%', '80%,1WD'),
})

describe('the address of a question', () => {
  it('T14: reading what was written gives the same question, and the language stays', () => {
    fc.assert(
      fc.property(questions, (question) => {
        const search = searchOf(question, '?lang=en&accept=1999-01-01')
        expect(questionIn(search)).toEqual(question)
        expect(new URLSearchParams(search).get('lang')).toBe('en')
      }),
    )
  })

  it('T4: every unit of a limit is written and read', () => {
    for (const unit of LIMIT_UNITS)
      expect(limitParts(limitOf('7', unit))).toEqual({ value: unit === '0' ? '' : '7', unit })
    expect([limitParts('abc').value, limitOf('', 'WD')]).toEqual(['abc', ''])
  })
})

describe('the body', () => {
  it('T5, T7: everything the calculator takes is sent, rows without a word are not', () => {
    const search =
      '?accept=2026-04-20&limit=20WD&pause=..&pause=2026-04-24..2026-05-15&pause=2026-06-01..&extend=10@2026-05-18&extend=@' +
      '&count_acceptance_day=yes&calendar=cn&profile=default&warn=90%25&received=2026-04-19&notice_on=2026-04-19&corrected_on=2026-04-20&urged_on=2026-09-01&due_on=2026-12-01&concluded=2026-07-01'
    expect(bodyOf(questionIn(search))).toEqual({
      body: {
        explain: true,
        accept: '2026-04-20',
        limit: '20WD',
        pauses: [['2026-04-24', '2026-05-15'], ['2026-06-01']],
        extensions: [[10, '2026-05-18']],
        count_acceptance_day: true,
        calendar: 'cn',
        profile: 'default',
        warn: '90%',
        received: '2026-04-19',
        notice_on: '2026-04-19',
        corrected_on: '2026-04-20',
        urged_on: '2026-09-01',
        due_on: '2026-12-01',
        concluded: '2026-07-01',
      },
      pauses: [1, 2],
      extensions: [0],
    })
  })

  it.each([
    ['?accept=2026-04-20&limit=20', 'limit'],
    ['?accept=2026-13-20&limit=20WD', 'accept'],
    ['?accept=2026-04-20&limit=20WD&pause=..&pause=2026-05-15..2026-04-24', 'pauses/1/1'],
    ['?accept=2026-04-20&limit=20WD&extend=x@2026-05-01', 'extensions/0/0'],
    ['?accept=2026-04-20&limit=20WD&extend=..@&extend=10@', 'extensions/0/0'],
    ['?accept=2026-04-20&limit=20WD&extend=@&extend=10@', 'extensions/1/1'],
    ['?accept=2026-04-20&limit=20WD&warn=soon', 'warn'],
    ['?accept=2026-04-20&limit=20WD&calendar=moon', 'calendar'],
    ['?accept=2026-04-20&limit=20WD&profile=none', 'profile'],
    ['?accept=2026-04-20&limit=20WD&concluded=later', 'concluded'],
  ])('T14: what is wrong with %s is said at %s', (search, place) => {
    const sent = bodyOf(questionIn(search))
    const answer = answerDue(sent.body, law)
    if (!('error' in answer)) throw new Error('it was answered')
    expect(placeOnPage(answer.error.at, sent)).toBe(place)
    expect(bareReason(answer.error.zh)).not.toContain('字段')
    expect(bareReason(answer.error.en)).not.toMatch(/^Field/)
  })

  it('T14: nothing is asked before there is something to reckon from', () => {
    for (const search of ['', '?limit=20WD', '?accept=2026-04-20', '?lang=en'])
      expect([search, isEmpty(questionIn(search))]).toEqual([search, true])
    for (const search of ['?accept=2026-04-20&limit=0', '?received=2026-04-20', '?due_on=2026-04-20'])
      expect([search, isEmpty(questionIn(search))]).toEqual([search, false])
  })
})

describe('the answer', () => {
  it.each([
    ['20WD', 20],
    ['30ND', 30],
    ['7H', 420],
    ['20WD&extend=10@2026-05-18', 30],
    ['20WD&pause=2026-04-24..2026-05-15&pause=2026-05-20..2026-05-27', 20],
  ])('T14: the running sum of the segments of %s ends at the limit', (limit, total) => {
    const { segments } = ask(`?accept=2026-04-20&limit=${limit}`)
    const lines = segmentLines(segments)
    expect(lines.at(-1)?.sum).toBe(total)
    expect(lines.map(({ days }) => days).every((days) => days >= 1)).toBe(true)
  })

  it('T8, T12: deemed acceptance, notice and proposal are told under their names', () => {
    const labels = (search: string): string[] => dueWords(wordsOf('zh'), ask(search), 'WD').map(({ label }) => label)
    expect(labels('?received=2026-03-02&limit=20WD')).toContain('视为受理')
    expect(labels('?received=2026-03-02&limit=20WD')).toContain('补正告知截止')
    expect(labels('?accept=2026-03-02&limit=5WD&urged_on=2026-04-01')).toContain('可提默许建议')
    expect(labels('?accept=2026-03-02&limit=5WD&concluded=2026-06-01')).not.toContain('剩余')
  })

  it('T4: amounts are said in the unit of the limit', () => {
    const t = wordsOf('zh')
    expect([amountText(t, 4, 'WD'), amountText(t, 4, 'M'), amountText(t, 95, 'H')]).toEqual([
      '4 个工作日',
      '4 日',
      '1 小时 35 分',
    ])
  })
})
