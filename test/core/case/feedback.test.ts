// The clocks of complaints and bad ratings (T9): when each is to be taken up and answered, by the days of the profile. No event
// says that it was done, so nothing is late, no card comes, and neither level nor next turn moves. 2026-06-19 is a holiday.
import { describe, expect, it } from 'vitest'
import type { Law } from '../../../server/core/law/law.ts'
import { judged, law, lawWith, told } from './world.ts'

const accepted = '06-01 ACCEPT item=PERMIT'
const granted = `${accepted}\n06-03 DECIDE result=granted\n06-03 11:00 DELIVER`
const KINDS = /^(complaint|bad_rating)/

/** `complaint_answer e3 06-24`: clock, the fact that began it, due day. */
const owed = (story: string, now: string, under: Law = law): string[] =>
  judged(story, now, under)
    .duties.filter(({ clock }) => KINDS.test(clock.kind))
    .map(({ clock }) => `${clock.kind} ${clock.ref} ${told(clock.due.dueAt).slice(0, 5)}`)

describe('complaints', () => {
  it('T9: to be taken up in five working days and answered in ten, holidays left out', () => {
    expect(owed(`${accepted}\n06-15 COMPLAIN`, '06-16')).toEqual([
      'complaint_take_up e2 06-23',
      'complaint_answer e2 06-30',
    ])
  })

  it('T9: each of several has its own clocks, also after the end of the case', () => {
    expect(owed(`${granted}\n06-15 COMPLAIN\n06-16 COMPLAIN source=s2`, '08-01')).toEqual([
      'complaint_take_up e4 06-23',
      'complaint_answer e4 06-30',
      'complaint_take_up e5 06-24',
      'complaint_answer e5 07-01',
    ])
  })

  it('T9: a school has its own days', () => {
    const feedback = { ...law.profile.feedback, takeUpWorkDays: 1, answerWorkDays: 2 }
    const under = lawWith({ profile: { ...law.profile, feedback } })
    expect(owed(`${accepted}\n06-15 COMPLAIN`, '06-16', under)).toEqual([
      'complaint_take_up e2 06-16',
      'complaint_answer e2 06-17',
    ])
  })

  it('T9: a pause of the case stops none of them', () => {
    const story = `${accepted}\n06-15 COMPLAIN\n06-16 SUSPEND kind=hearing notice_at=2026-06-16T09:00`
    expect(owed(story, '06-17')).toEqual(['complaint_take_up e2 06-23', 'complaint_answer e2 06-30'])
  })
})

describe('ratings', () => {
  const rated = (level: number, origin: string): string => `${granted}\n06-15 RATE level=${level} origin=${origin}`
  it('T9: a bad one that somebody gave is answered in fifteen working days', () => {
    expect(owed(rated(4, 'active'), '06-16')).toEqual(['bad_rating_answer e4 07-07'])
    expect(owed(rated(5, 'active'), '06-16')).toEqual(['bad_rating_answer e4 07-07'])
  })

  it('T9: a fair one owes nothing, nor what the system filled in where nobody spoke', () => {
    expect(owed(rated(3, 'active'), '06-16')).toEqual([])
    expect(owed(rated(5, 'default'), '06-16')).toEqual([])
    expect(owed(`${granted}\n06-15 RATE level=5`, '06-16')).toEqual([])
  })
})

describe('what nobody reports', () => {
  it('T9, J1, J2: moves neither level nor verdict nor findings nor the next turn, however long ago it was due', () => {
    const spoke = `06-15 COMPLAIN\n06-16 RATE level=5 origin=active`
    for (const story of [accepted, granted]) {
      for (const now of ['06-17', '06-25', '12-31']) {
        const [without, with_] = [judged(story, now), judged(`${story}\n${spoke}`, now)]
        const standing = ({ level, verdict, findings, nextTurnAt, status, paused, holder }: typeof without) => ({
          ...{ level, verdict, findings, nextTurnAt, status, paused, holder },
        })
        expect(standing(with_)).toEqual(standing(without))
        expect(
          with_.duties.filter(({ clock }) => KINDS.test(clock.kind)).map((duty) => [duty.heard, duty.endedAt]),
        ).toEqual([
          [false, null],
          [false, null],
          [false, null],
        ])
      }
    }
  })
})
