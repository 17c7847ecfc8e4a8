// When a source is silent (W-03, I13): read as a table of law. A live one: three times its usual gap of office time and two
// office hours at least, from the end of the minute in which it was heard last. One in batches: the first of its hours after
// what came last, and its grace. Office hours 09:00–12:00 and 13:30–17:30; 25–27 September 2026 are off (中秋), Sunday the 20th is worked (班).

import { describe, expect, it } from 'vitest'
import { buildLaw } from '../../../server/core/law/build.ts'
import type { Law } from '../../../server/core/law/law.ts'
import { type Arrived, planSubjectAfresh } from '../../../server/core/subject.ts'
import { type SourceState, source } from '../../../server/core/subjects/source.ts'
import { parseInstant, printInstant } from '../../../server/core/time/civil.ts'
import { asInstant, type Instant } from '../../../server/core/time/instant.ts'

const at = (text: string): Instant => {
  const instant = parseInstant(`${text}+08:00`)
  if (instant === null) throw new Error(text)
  return instant
}

const lawWith = (more: object): Law =>
  buildLaw([
    { entry: 1, body: { catalogue: 'x', valid_from: '2026-01-01', sources: [{ source: 's', name: 's', ...more }] } },
  ])
const LIVE = lawWith({})
const batchAt = (hours: readonly string[], grace: number): Law =>
  lawWith({ mode: 'batch', delivers_at: hours, grace_work_days: grace })

const arrived = (more: Partial<Arrived> = {}): Arrived => ({
  source: 's',
  live: true,
  past: false,
  fact: () => {
    throw new Error('nobody asks')
  },
  ...more,
})

const heard = (...when: readonly Instant[]): SourceState =>
  when.reduce<SourceState | null>((state, each) => source.fold(state, [arrived()], each), null) as SourceState

/** Heard every so many minutes from an instant on, so many times. */
const every = (minutes: number, from: string, times: number): SourceState =>
  heard(...Array.from({ length: times }, (_, n) => asInstant(at(from) + n * minutes * 60_000)))

const judged = (state: SourceState, law: Law, now: string) => {
  const { findings, nextTurnAt } = source.judge(state, 's', law, at(now))
  const zone = law.homeCalendar.zone
  return {
    silent: findings.map(({ limitAt, occasion }) => `${printInstant(limitAt, zone)} ${occasion}`),
    turn: nextTurnAt === null ? null : printInstant(nextTurnAt, zone),
  }
}

describe('a live source', () => {
  // rows: heard every so many minutes, from, so often; silent from
  const ROWS = [
    ['5', '2026-09-16T09:00:00', 9, '2026-09-16T11:40:00', 'twice the least: two office hours after 09:40'],
    ['5', '2026-09-16T10:30:00', 9, '2026-09-16T14:40:00', 'the midday rest is no silence'],
    [
      '60',
      '2026-09-16T08:00:00',
      9,
      '2026-09-17T10:30:00',
      'no night is one: the usual gap is an office hour, three times',
    ],
    ['5', '2026-09-24T16:30:00', 9, '2026-09-28T10:40:00', 'nor is a holiday'],
  ] as const
  it.each(ROWS)('W-03: heard every %s minutes from %s, %d times: silent from %s, for %s', (n, from, times, limit) => {
    const state = every(Number(n), from, times)
    const due = judged(state, LIVE, from)
    expect(due).toEqual({ silent: [], turn: `${limit}+08:00` })
    expect(judged(state, LIVE, limit)).toEqual({ silent: [`${limit}+08:00 ${limit.slice(0, 10)}`], turn: null })
  })

  it('W-03: of fewer than eight gaps none is usual, and nobody is accused by a guess', () => {
    expect(judged(every(5, '2026-09-16T09:00:00', 8), LIVE, '2026-09-30T09:00:00')).toEqual({ silent: [], turn: null })
  })

  it('W-03: one that no catalogue lists, or not yet, is not judged; the day on which it is listed is a turn', () => {
    const state = every(5, '2026-09-16T09:00:00', 9)
    expect(source.judge(state, 'other', LIVE, at('2026-09-30T09:00:00'))).toEqual({ findings: [], nextTurnAt: null })
    const later = lawWith({ valid_from: '2026-10-12' })
    expect(judged(state, later, '2026-09-30T09:00:00')).toEqual({ silent: [], turn: '2026-10-12T00:00:00+08:00' })
  })

  it('W-03: what comes in one minute is one hearing, a past record none, and a file no gap', () => {
    const once = heard(at('2026-09-16T09:00:10'), at('2026-09-16T09:00:50'))
    expect(once.heard).toHaveLength(1)
    expect(source.fold(once, [arrived()], at('2026-09-16T09:00:59'))).toBe(once)
    expect(source.keyOf(arrived({ past: true }))).toBeNull()
    const filed = source.fold(once, [arrived({ live: false })], at('2026-09-16T09:30:00'))
    expect([filed.heard, filed.deliveredAt]).toEqual([once.heard, at('2026-09-16T09:30:00')])
  })

  it('W-03: remembers the last sixteen gaps and no more', () => {
    expect(every(5, '2026-09-16T09:00:00', 90).heard).toHaveLength(17)
  })
})

describe('a source in batches', () => {
  // rows: hours, grace, what came last, silent from
  const ROWS = [
    [['18:00'], 1, '2026-09-16T18:05:00', '2026-09-18T18:00:00', 'due on the 17th, with a day of grace'],
    [['18:00'], 0, '2026-09-16T17:00:00', '2026-09-16T18:00:00', 'without grace it is due today'],
    [['09:00', '18:00'], 0, '2026-09-16T09:20:00', '2026-09-16T18:00:00', 'the first of its hours that comes'],
    [['18:00'], 1, '2026-09-18T18:10:00', '2026-09-21T18:00:00', 'a make-up Sunday is a working day'],
    [['18:00'], 1, '2026-09-24T18:10:00', '2026-09-29T18:00:00', 'over a holiday'],
  ] as const
  it.each(ROWS)('I13, W-03: at %j, grace %d, last at %s: silent from %s: %s', (hours, grace, last, limit) => {
    const law = batchAt(hours, grace)
    const state = source.fold(null, [arrived({ live: false })], at(last))
    expect(judged(state, law, last)).toEqual({ silent: [], turn: `${limit}+08:00` })
    expect(judged(state, law, limit).silent).toEqual([`${limit}+08:00 ${limit.slice(0, 10)}`])
  })

  it('I13: one that names no hours, or has delivered nothing, owes nothing', () => {
    const state = source.fold(null, [arrived()], at('2026-09-16T09:00:00'))
    expect(judged(state, batchAt([], 1), '2026-09-30T09:00:00')).toEqual({ silent: [], turn: null })
    const never: SourceState = { heard: [], deliveredAt: null }
    expect(judged(never, batchAt(['18:00'], 1), '2026-09-30T09:00:00')).toEqual({ silent: [], turn: null })
  })
})

describe('its card', () => {
  const judging = (now: string, by: 'clock' | 'facts') => ({ law: LIVE, now: at(now), by })
  const id = { kind: 'source', key: 's' }

  it('C2, W-03: is of the source, a warning told and not counted for any department; heard again it is lifted', () => {
    const state = every(5, '2026-09-16T09:00:00', 9)
    const silent = planSubjectAfresh([source], id, { state, cards: [] }, judging('2026-09-16T11:40:00', 'clock'))
    expect(silent.cardsChanged).toMatchObject([
      {
        cardId: 'W-03.source.s.2026-09-16',
        level: 1,
        state: 'notified',
        department: '-',
        projectNo: null,
        basis: { source: 's', heard_at: at('2026-09-16T09:40:00') },
      },
    ])
    const again = source.fold(state, [arrived()], at('2026-09-16T12:00:00'))
    const before = { state: again, cards: silent.cards }
    const lifted = planSubjectAfresh([source], id, before, judging('2026-09-16T12:00:00', 'facts'))
    expect(lifted.cardsChanged.map((card) => card.state)).toEqual(['lifted'])
  })

  it('J5: what throws sets the subject apart, its cards as they were', () => {
    const broken = {
      ...source,
      judge: () => {
        throw new Error('no')
      },
    }
    const apart = planSubjectAfresh(
      [broken],
      id,
      { state: every(5, '2026-09-16T09:00:00', 9), cards: [] },
      judging('2026-09-16T11:40:00', 'clock'),
    )
    expect(apart).toMatchObject({ apart: 'Error: no', nextTurnAt: null, cardsChanged: [] })
  })
})
