// Which limits a case bears and when they run out (T3, T9, T10), and from which acceptance day (T8, M2).
// June 2026: Monday the 1st; Dragon Boat Festival, Friday the 19th, is off.
import { describe, expect, it } from 'vitest'
import type { Judgement } from '../../../server/core/case/judge.ts'
import { dayOf, judged, law, lawWith, rulesOf, told } from './world.ts'

const dues = ({ promise, statute }: Judgement): string =>
  `${told(promise?.due.dueAt ?? null).slice(0, 5)} ${promise?.limitFrom ?? ''} | ${told(statute?.due.dueAt ?? null).slice(0, 5)} ${statute?.limitFrom ?? ''}`

describe('limits', () => {
  const table: readonly [rule: string, why: string, accept: string, dues: string][] = [
    ['T10', 'those of the catalogue', 'item=PERMIT', '06-15 catalogue | 06-30 catalogue'],
    ['T10', 'a permit without one: twenty working days by law', 'item=BARE', '—  | 06-30 law'],
    ['T10', '即办件 without one: the same working day', 'item=INSTANT', '06-01 law | — '],
    ['T10', '即办件 by the word of the event', 'item=UNDATED project_type=1', '06-01 law | — '],
    ['T10', 'an immediate permit without one bears both', 'item=BARE project_type=1', '06-01 law | 06-30 law'],
    ['T10', 'others without any are undated', 'item=UNDATED', '—  | — '],
    ['T10', 'an item that no catalogue lists is undated', 'item=NOWHERE', '—  | — '],
    [
      'T10',
      'a promise later than the statute is read as the statute',
      'item=LONG',
      '06-30 catalogue | 06-30 catalogue',
    ],
    ['T10', 'a stated limit holds where the catalogue has none', 'item=UNDATED promise_limit=3WD', '06-04 event | — '],
    ['T10', 'a stated statutory limit too', 'item=UNDATED legal_limit=5WD', '—  | 06-08 event'],
    [
      'T10',
      'a stated limit that runs out earlier holds',
      'item=PERMIT promise_limit=4WD',
      '06-05 event | 06-30 catalogue',
    ],
    ['D-06', 'one that runs out later does not', 'item=PERMIT promise_limit=12WD', '06-15 catalogue | 06-30 catalogue'],
    [
      'T3',
      'a stated due date means the end of that day',
      'item=PERMIT promise_due_at=2026-06-08',
      '06-08 event | 06-30 catalogue',
    ],
    [
      'T10',
      'of a stated limit and a stated due, the earlier',
      'item=UNDATED promise_limit=3WD promise_due_at=2026-06-09',
      '06-04 event | — ',
    ],
    ['T4', 'natural days roll over rest days once', 'item=NATURAL', '06-11 catalogue | 07-01 catalogue'],
    [
      'T4',
      'ten natural days from the 9th end on the 19th, a holiday, so on the 22nd',
      'at=06-09 item=NATURAL',
      '06-22 catalogue | 07-09 catalogue',
    ],
    [
      'T10',
      'the version in force on the acceptance day: before the change',
      'at=06-07 item=CHANGING',
      '06-22 catalogue | — ',
    ],
    ['T10', '… and on the day of the change', 'at=06-08 item=CHANGING', '06-15 catalogue | — '],
  ]
  it.each(table)('%s: %s', (_, __, accept, expected) => {
    const [, day = '06-01', rest = ''] = /^(?:at=(\S+) )?(.*)$/.exec(accept) ?? []
    expect(dues(judged(`${day} 10:00 ACCEPT ${rest}`, `${day} 10:00`))).toBe(expected)
  })

  it('T3: the due instant is the last millisecond of its day; a stated instant is inclusive as given', () => {
    expect(told(judged('06-01 ACCEPT item=PERMIT', '06-01').promise?.due.dueAt ?? null)).toBe('06-15 23:59:59.999')
    const stated = judged('06-01 ACCEPT item=PERMIT promise_due_at=2026-06-08T15:30', '06-01')
    expect(told(stated.promise?.due.dueAt ?? null)).toBe('06-08 15:30:00')
  })

  it('T3: a profile may let a limit in days run out at closing time', () => {
    const strict = lawWith({ profile: { ...law.profile, dueAtClosing: true } })
    expect(told(judged('06-01 ACCEPT item=PERMIT', '06-01', strict).promise?.due.dueAt ?? null)).toBe('06-15 17:30:00')
  })

  it('T2: a profile may count the acceptance day', () => {
    const local = lawWith({ profile: { ...law.profile, countAcceptanceDay: true } })
    expect(dues(judged('06-01 ACCEPT item=PERMIT', '06-01', local))).toBe('06-12 catalogue | 06-29 catalogue')
  })

  it('D-06: a later stated limit, date or instant raises it once a clock, at the acceptance', () => {
    const all = judged('06-01 ACCEPT item=PERMIT promise_limit=12WD legal_due_at=2026-08-01', '06-01')
    expect(all.findings.map(({ rule, occasion, limitAt }) => `${rule} ${occasion} ${told(limitAt)}`)).toEqual([
      'D-06 promise 06-01 10:00:00',
      'D-06 statute 06-01 10:00:00',
    ])
    expect(rulesOf(judged('06-01 ACCEPT item=PERMIT promise_limit=10WD promise_due_at=2026-06-15', '06-01'))).toBe('')
    expect(rulesOf(judged('06-01 ACCEPT item=UNDATED promise_limit=99WD', '06-01'))).toBe('')
  })

  it('T10 D-06: a placeholder of a date sets nothing apart: the catalogue holds', () => {
    const far = judged('06-01 ACCEPT item=PERMIT promise_due_at=9999-12-31', '06-02')
    expect([told(far.promise?.due.dueAt ?? null), rulesOf(far)]).toEqual(['06-15 23:59:59.999', 'D-06'])
  })

  it('D-06: a pause that moves both clocks makes no stated limit late', () => {
    const story =
      '06-01 ACCEPT item=PERMIT promise_limit=10WD\n06-03 SUSPEND kind=hearing approved_days=5WD notice_at=2026-06-03T09:00 basis=45 approver=op9'
    expect(rulesOf(judged(story, '06-04'))).toBe('')
  })

  it('T7: an extension in time lengthens the clock, in any unit, to the item’s or the profile’s maximum', () => {
    expect(dues(judged('06-01 ACCEPT item=PERMIT\n06-15 23:59 EXTEND days=5', '06-16'))).toBe(
      '06-23 catalogue | 07-07 catalogue',
    )
    expect(dues(judged('06-01 ACCEPT item=PERMIT\n06-08 EXTEND days=99', '06-09'))).toBe(
      '06-30 catalogue | 07-14 catalogue',
    )
    expect(dues(judged('06-01 ACCEPT item=NATURAL\n06-08 EXTEND days=2', '06-09'))).toBe(
      '06-15 catalogue | 07-03 catalogue',
    )
  })

  it('T7: judged for each clock: past the promise it lengthens the statute alone; a second one nothing', () => {
    expect(dues(judged('06-01 ACCEPT item=PERMIT\n06-16 EXTEND days=5', '06-17'))).toBe(
      '06-15 catalogue | 07-07 catalogue',
    )
    const twice = '06-01 ACCEPT item=PERMIT\n06-08 EXTEND days=5\n06-09 EXTEND days=5'
    expect(dues(judged(twice, '06-10'))).toBe('06-23 catalogue | 07-07 catalogue')
  })
})

describe('pauses on the clocks', () => {
  const due = (pause: string, now = '06-04'): string =>
    dues(judged(`06-01 ACCEPT item=PERMIT\n${pause}`, now)).slice(0, 5)
  const notice = 'notice_at=2026-06-03T09:00'
  const table: readonly [rule: string, why: string, pause: string, due: string][] = [
    ['T5', 'S counts as used, E does not', `06-03 SUSPEND kind=hearing ${notice}\n06-08 RESUME`, '06-18'],
    [
      'T5',
      'begun and ended on one day it changes nothing',
      `06-03 09:00 SUSPEND kind=hearing ${notice}\n06-03 16:00 RESUME`,
      '06-15',
    ],
    ['T5', 'begun after the due day it changes nothing', `06-16 SUSPEND kind=hearing ${notice}\n06-25 RESUME`, '06-15'],
    ['T5', 'an unlawful kind does not stop the clock', `06-03 SUSPEND kind=publicity ${notice}\n06-08 RESUME`, '06-15'],
    ['T5', 'without written notice it does not stop the clock', '06-03 SUSPEND kind=hearing\n06-08 RESUME', '06-15'],
    [
      'T5',
      'a missing approver leaves it standing',
      `06-03 SUSPEND kind=hearing ${notice} approver=x\n06-08 RESUME`,
      '06-18',
    ],
    [
      'T6',
      'an open one is shown as if it ran to its cap: latest',
      `06-03 SUSPEND kind=hearing approved_days=5WD ${notice}`,
      '06-23',
    ],
    [
      'T6',
      'beyond its cap the clock runs by itself',
      `06-03 SUSPEND kind=hearing approved_days=5WD ${notice}\n06-24 RESUME`,
      '06-23',
    ],
    [
      'T6',
      'unstated days: the cap of the profile, thirty working days',
      `06-03 SUSPEND kind=hearing ${notice}`,
      '07-28',
    ],
    [
      'T6',
      'a second SUSPEND of an open kind moves nothing',
      `06-03 SUSPEND kind=hearing approved_days=5WD ${notice}\n06-05 SUSPEND kind=hearing approved_days=20WD ${notice}`,
      '06-23',
    ],
    [
      'T5',
      'overlapping kinds are a union',
      `06-03 SUSPEND kind=hearing ${notice}\n06-04 SUSPEND kind=testing ${notice}\n06-05 RESUME kind=hearing\n06-08 RESUME`,
      '06-18',
    ],
  ]
  it.each(table)('%s: %s', (_, __, pause, expected) => {
    expect(due(pause)).toBe(expected)
  })

  it('T6: paused from its beginning to the end of its last approved day, never when unlawful [L16]', () => {
    const story = `06-01 ACCEPT item=PERMIT\n06-03 SUSPEND kind=hearing approved_days=3WD ${notice}`
    const status = (now: string) => judged(story, now).status
    expect(status('06-03 10:00')).toBe('paused')
    expect(status('06-08 23:59:59.999')).toBe('paused')
    expect(status('06-09 00:00')).toBe('accepted')
    expect(judged(`${story}\n06-08 15:00 RESUME`, '06-08 14:59:59.999').status).toBe('paused')
    expect(judged(`${story}\n06-08 15:00 RESUME`, '06-08 15:00').status).toBe('accepted')
    expect(judged('06-01 ACCEPT item=PERMIT\n06-03 SUSPEND kind=other', '06-04').paused).toBe(false)
  })

  it('T5: the conclusion ends a pause', () => {
    const story = `06-01 ACCEPT item=PERMIT\n06-03 SUSPEND kind=hearing ${notice}\n06-05 DECIDE result=granted`
    const judgement = judged(story, '06-08')
    expect(judgement.paused).toBe(false)
    expect(told(judgement.pauses[0]?.to ?? null)).toBe('06-05 10:00:00')
    expect(judgement.status).toBe('concluded')
  })
})

describe('acceptance', () => {
  const accepted = (story: string, now: string): string => {
    const { acceptedOn, deemed } = judged(story, now)
    return `${dayOf(acceptedOn)}${deemed ? ' deemed' : ''}`
  }

  it('T8: five working days of silence after the receipt accept a permit on the receipt day, found by the clock itself', () => {
    const story = '06-01 RECEIVE item=PERMIT'
    expect(accepted(story, '06-08 23:59:59.999')).toBe('—')
    expect(told(judged(story, '06-05').nextTurnAt)).toBe('06-09 00:00:00')
    expect(accepted(story, '06-09 00:00')).toBe('2026-06-01 deemed')
    expect(dues(judged(story, '06-09 00:00'))).toBe('06-15 catalogue | 06-30 catalogue')
  })

  it('T8: an ACCEPT after the silence does not move it; one within does', () => {
    expect(accepted('06-01 RECEIVE item=PERMIT\n06-10 ACCEPT', '06-11')).toBe('2026-06-01 deemed')
    expect(accepted('06-01 RECEIVE item=PERMIT\n06-08 ACCEPT', '06-11')).toBe('2026-06-08')
  })

  it('T8: corrections made of a notice given in time; a notice after the fifth day is void for the clock', () => {
    expect(accepted('06-01 RECEIVE item=PERMIT\n06-08 CORRECT_NOTICE\n06-12 CORRECT_DONE\n06-15 ACCEPT', '06-16')).toBe(
      '2026-06-12',
    )
    expect(accepted('06-01 RECEIVE item=PERMIT\n06-09 CORRECT_NOTICE\n06-12 CORRECT_DONE\n06-15 ACCEPT', '06-16')).toBe(
      '2026-06-01 deemed',
    )
  })

  it('T8: the days of the notice are the profile’s', () => {
    const short = lawWith({ profile: { ...law.profile, noticeWorkDays: 3 } })
    expect(judged('06-01 RECEIVE item=PERMIT', '06-05 00:00', short).deemed).toBe(true)
    expect(judged('06-01 RECEIVE item=PERMIT', '06-04 23:59', short).deemed).toBe(false)
  })

  it('T8: permits and untyped items only, others by profile', () => {
    expect(accepted('06-01 RECEIVE item=SERVICE', '07-01')).toBe('—')
    expect(accepted('06-01 RECEIVE item=NOWHERE', '07-01')).toBe('2026-06-01 deemed')
  })

  it('M2: concluded on the merits without ACCEPT counts as accepted on the receipt day, else on the first event’s', () => {
    expect(accepted('06-01 RECEIVE item=SERVICE\n06-03 DECIDE result=granted', '06-04')).toBe('2026-06-01')
    expect(accepted('06-02 STEP_START item=SERVICE\n06-03 DECIDE result=granted', '06-04')).toBe('2026-06-02')
    expect(accepted('06-01 RECEIVE item=SERVICE\n06-03 WITHDRAW', '06-04')).toBe('—')
  })

  it('F5: an ACCEPT stamped after the conclusion accepts nothing', () => {
    expect(accepted('06-01 RECEIVE item=SERVICE\n06-03 DECIDE result=granted\n06-04 ACCEPT', '06-05')).toBe(
      '2026-06-01',
    )
  })

  it('P-01: stands for those, at the conclusion; never after a deemed acceptance, never off the merits', () => {
    const rules = (story: string) => rulesOf(judged(story, '06-16'))
    expect(rules('06-01 RECEIVE item=UNDATED\n06-03 COMPLETE')).toBe('P-01')
    expect(rules('06-01 RECEIVE item=PERMIT\n06-08 DECIDE result=granted')).toBe('P-01')
    expect(rules('06-01 RECEIVE item=PERMIT\n06-09 DECIDE result=granted')).toBe('T-05')
    expect(rules('06-01 RECEIVE item=PERMIT\n06-03 WITHDRAW')).toBe('')
    expect(rules('06-01 RECEIVE item=PERMIT\n06-03 REFUSE_ACCEPT')).toBe('')
  })
})
