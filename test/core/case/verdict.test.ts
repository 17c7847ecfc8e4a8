// On time, late, undated or excluded (M2), and the levels at the edges of time (T3, J2, J3).
import { describe, expect, it } from 'vitest'
import { found, judged, law, lawWith, rulesOf, told } from './world.ts'

describe('verdicts', () => {
  const open = '06-01 09:00 RECEIVE item=PERMIT\n06-01 10:00 ACCEPT\n'
  const service = '06-01 09:00 RECEIVE item=SERVICE\n'
  const table: readonly [why: string, story: string, verdict: string, outcome: string][] = [
    [
      'decided on the last millisecond of the due day',
      `${open}06-15 23:59:59.999 DECIDE result=granted`,
      'on_time',
      'granted',
    ],
    ['decided a millisecond later', `${open}06-16 00:00 DECIDE result=granted`, 'late', 'granted'],
    ['refused to permit in time', `${open}06-15 DECIDE result=refused`, 'on_time', 'refused'],
    ['completed without a decision told', `${open}06-15 COMPLETE`, 'on_time', 'granted'],
    [
      'the first end counts: decided in time, completed late',
      `${open}06-15 DECIDE result=granted\n06-20 COMPLETE`,
      'on_time',
      'granted',
    ],
    [
      'the first end counts: withdrawn, decided afterwards',
      `${open}06-05 WITHDRAW\n06-08 DECIDE result=granted`,
      'excluded',
      'withdrawn',
    ],
    ['withdrawn in time', `${open}06-15 WITHDRAW`, 'excluded', 'withdrawn'],
    ['withdrawn late', `${open}06-16 00:00 WITHDRAW`, 'late', 'withdrawn'],
    ['terminated in time', `${open}06-15 TERMINATE`, 'excluded', 'terminated'],
    ['terminated late', `${open}06-16 00:00 TERMINATE`, 'late', 'terminated'],
    ['refused at the door', `${service}06-20 REFUSE_ACCEPT`, 'excluded', 'refused_acceptance'],
    ['refused after acceptance, in time', `${open}06-15 REFUSE_ACCEPT`, 'on_time', 'refused'],
    ['refused after acceptance, late', `${open}06-16 00:00 REFUSE_ACCEPT`, 'late', 'refused'],
    [
      'refused after deemed acceptance, in time',
      '06-01 RECEIVE item=PERMIT\n06-10 REFUSE_ACCEPT',
      'on_time',
      'refused',
    ],
    ['refused after deemed acceptance, late', '06-01 RECEIVE item=PERMIT\n06-16 REFUSE_ACCEPT', 'late', 'refused'],
    ['decided where no limit is known', '06-01 ACCEPT item=UNDATED\n09-01 DECIDE result=granted', 'undated', 'granted'],
    ['withdrawn where no limit is known', '06-01 ACCEPT item=UNDATED\n09-01 WITHDRAW', 'excluded', 'withdrawn'],
    [
      'by the statute where there is no promise',
      '06-01 ACCEPT item=BARE\n07-01 00:00 DECIDE result=granted',
      'late',
      'granted',
    ],
    [
      'without acceptance, by the clock from the receipt day',
      `${service}06-08 DECIDE result=granted`,
      'on_time',
      'granted',
    ],
    ['without acceptance, past it', `${service}06-09 DECIDE result=granted`, 'late', 'granted'],
  ]
  it.each(table)('M2: %s', (_, story, verdict, outcome) => {
    const judgement = judged(story, '10-01')
    expect([judgement.verdict, judgement.outcome]).toEqual([verdict, outcome])
  })

  it('M2: an open case has no verdict', () => {
    expect(judged(open, '10-01')).toMatchObject({ verdict: null, outcome: null, concluded: null })
  })

  it('M2: a profile may let completion conclude, not the decision', () => {
    const completion = lawWith({ profile: { ...law.profile, concludedBy: 'completion' } })
    const story = `${open}06-15 DECIDE result=refused\n`
    expect(judged(story, '06-15 12:00', completion).status).toBe('accepted')
    expect(judged(`${story}06-16 COMPLETE`, '06-17', completion)).toMatchObject({ verdict: 'late', outcome: 'refused' })
  })

  it('F5: a decision told after the completion does not change the outcome', () => {
    expect(judged(`${open}06-05 COMPLETE\n06-08 DECIDE result=refused`, '06-09').outcome).toBe('granted')
  })
})

describe('levels and findings, as the clock runs', () => {
  const table: readonly [why: string, item: string, now: string, level: number, found: string][] = [
    ['nothing yet', 'PERMIT', '06-11 08:59:59.999', 0, ''],
    ['T-01 at the opening of the ⌈0.8·10⌉-th working day', 'PERMIT', '06-11 09:00', 1, 'T-01 06-11 09:00:00'],
    ['the last millisecond of the due day is in time', 'PERMIT', '06-15 23:59:59.999', 1, 'T-01 06-11 09:00:00'],
    ['T-02 at 00:00:00.000 of the next day', 'PERMIT', '06-16 00:00', 2, 'T-01 06-11 09:00:00 T-02 06-15 23:59:59.999'],
    [
      'the statute’s last millisecond',
      'PERMIT',
      '06-30 23:59:59.999',
      2,
      'T-01 06-11 09:00:00 T-02 06-15 23:59:59.999',
    ],
    [
      'T-03 the day after',
      'PERMIT',
      '07-01 00:00',
      3,
      'T-01 06-11 09:00:00 T-02 06-15 23:59:59.999 T-03 06-30 23:59:59.999',
    ],
    [
      'T-03p, without a statute: the end of the third working day after the promise’s due day',
      'SERVICE',
      '06-11 23:59:59.999',
      2,
      'T-01 06-05 09:00:00 T-02 06-08 23:59:59.999',
    ],
    [
      '… and past it: red waits for a person, so the level stays',
      'SERVICE',
      '06-12 00:00',
      2,
      'T-01 06-05 09:00:00 T-02 06-08 23:59:59.999 T-03p 06-11 23:59:59.999',
    ],
    ['T-01 of a same-day limit: an hour before closing', 'INSTANT', '06-01 16:30', 1, 'T-01 06-01 16:30:00'],
    ['T-01 by the statute where there is no promise', 'BARE', '06-24 09:00', 1, 'T-01 06-24 09:00:00'],
    ['undated: never anything', 'UNDATED', '12-01', 0, ''],
  ]
  it.each(table)('T-01 T-02 T-03 T-03p J3: %s', (_, item, now, level, expected) => {
    const judgement = judged(`06-01 10:00 ACCEPT item=${item}`, now)
    expect(found(judgement).join(' ')).toBe(expected)
    expect(judgement.level).toBe(level)
  })

  it('J3: a card bears the computed instant at which its limit passed, whenever it is found', () => {
    const late = judged('06-01 ACCEPT item=SERVICE', '08-01')
    expect(found(late)).toEqual(['T-01 06-05 09:00:00', 'T-02 06-08 23:59:59.999', 'T-03p 06-11 23:59:59.999'])
  })

  it('T-01: never once concluded; a warning given before the conclusion stands, but the case is warned of no more', () => {
    expect(rulesOf(judged('06-01 ACCEPT item=PERMIT\n06-11 09:00 DECIDE result=refused', '08-01'))).toBe('')
    const warned = judged('06-01 ACCEPT item=PERMIT\n06-11 09:01 DECIDE result=refused', '08-01')
    expect([rulesOf(warned), warned.level]).toEqual(['T-01', 0])
  })

  it('M2 F5: what is handed in after the end accepts nothing any more', () => {
    const story = '06-01 RECEIVE item=PERMIT\n06-03 CORRECT_NOTICE\n06-05 REFUSE_ACCEPT\n06-10 CORRECT_DONE'
    expect(judged(story, '06-20')).toMatchObject({ verdict: 'excluded', acceptedAt: null })
  })

  it('C3 F4: of a case handed to the applicant, whoever handed it over answers', () => {
    const [, late] = judged('06-01 ACCEPT item=PERMIT\n06-02 HANDOVER direction=applicant', '06-16').findings
    expect([late?.rule, late?.holder.window]).toEqual(['T-02', 'A01'])
  })

  it('J1: past the due instant and not concluded, the case is overdue from the next millisecond on', () => {
    expect(told(judged('06-01 ACCEPT item=PERMIT', '06-15 23:59:59.999').overdueFrom)).toBe('—')
    expect(told(judged('06-01 ACCEPT item=PERMIT', '06-16 00:00').overdueFrom)).toBe('06-16 00:00:00')
    const inTime = judged('06-01 ACCEPT item=PERMIT\n06-15 DECIDE result=granted', '08-01')
    expect(told(inTime.overdueFrom)).toBe('—')
    const late = judged('06-01 ACCEPT item=PERMIT\n06-18 DECIDE result=refused', '08-01')
    expect([told(late.overdueFrom), late.level, late.nextTurnAt]).toEqual(['06-16 00:00:00', 2, null])
  })
})

describe('steps', () => {
  const step = (story: string, now: string) =>
    judged(`06-01 10:00 ACCEPT item=PERMIT\n${story}`, now)
      .findings.filter(({ rule }) => rule === 'T-04')
      .map(({ limitAt, occasion, holder }) => `${told(limitAt)} ${occasion} ${holder.window ?? holder.org}`)

  it('T-04: a step past its limit, though the whole is in time: a card of its holder, on its opening fact', () => {
    const story = '06-02 10:00 STEP_START id=st step_code=SC window=A02'
    expect(step(story, '06-05 23:59:59.999')).toEqual([])
    expect(step(story, '06-06 00:00')).toEqual(['06-05 23:59:59.999 step:s1:st A02'])
    expect(judged(`06-01 ACCEPT item=PERMIT\n${story}`, '06-06 00:00').level).toBe(2)
  })

  it('T-04: a step ended in time has none, one ended late keeps it', () => {
    expect(step('06-02 STEP_START step_code=SC\n06-05 23:59 STEP_END step_code=SC', '06-08')).toEqual([])
    expect(step('06-02 STEP_START id=st step_code=SC\n06-06 00:00 STEP_END step_code=SC', '06-08')).toHaveLength(1)
    expect(step('06-02 STEP_START step_code=SC\n06-05 DECIDE result=granted', '06-08')).toEqual([])
  })

  it('T-04: never for a step whose limit passes with the whole or after it', () => {
    expect(step('06-10 STEP_START step_code=SC', '06-20')).toEqual([])
    expect(step('06-09 STEP_START step_code=SC', '06-20')).toEqual(['06-12 23:59:59.999 step:s1:e2 A01'])
    expect(step('06-11 STEP_START step_code=SC', '06-20')).toEqual([])
  })

  it('T9 T10: a limit of a step and a stated due of it both move with lawful pauses begun after', () => {
    const pause = '06-03 SUSPEND kind=hearing notice_at=2026-06-03T09:00\n06-05 RESUME'
    expect(step(`06-02 STEP_START id=st step_code=SC\n${pause}`, '06-10')).toEqual([
      '06-09 23:59:59.999 step:s1:st A01',
    ])
    expect(step(`06-02 STEP_START id=st step_code=JD step_due_at=2026-06-05\n${pause}`, '06-10')).toEqual([
      '06-09 23:59:59.999 step:s1:st A01',
    ])
  })

  it('T9: of a catalogue limit and a stated due the earlier holds; a step without either bears no clock', () => {
    expect(step('06-02 STEP_START id=st step_code=SC step_due_at=2026-06-03', '06-10')).toEqual([
      '06-03 23:59:59.999 step:s1:st A01',
    ])
    expect(step('06-02 STEP_START step_code=JD', '06-14')).toEqual([])
  })
})

describe('provisional dates', () => {
  it('T13: past the published calendar, and in the last days of its December, a due date is provisional', () => {
    const provisional = (accepted: string) => judged(`${accepted} ACCEPT item=PERMIT`, accepted).provisional
    expect(provisional('06-01')).toBe(false)
    expect(provisional('12-20')).toBe(true)
    expect(judged('12-11 ACCEPT item=SERVICE', '12-11').provisional).toBe(false)
    expect(judged('12-22 ACCEPT item=SERVICE', '12-22').provisional).toBe(true)
  })

  it('T13: the findings say so', () => {
    const late = judged('12-22 ACCEPT item=SERVICE', '2027-02-01')
    expect(late.findings.map(({ rule, provisional }) => `${rule} ${provisional}`)).toEqual([
      'T-01 true',
      'T-02 true',
      'T-03p true',
    ])
  })
})
