// Who answers: the law over custody, with its reason (F4, M5, C3), and events known by their day alone (I15).
import { describe, expect, it } from 'vitest'
import { answerableAt } from '../../../server/core/case/answer.ts'
import { buildLaw } from '../../../server/core/law/build.ts'
import type { Law } from '../../../server/core/law/law.ts'
import { at, CATALOGUE, folded, judged, law, rulesOf } from './world.ts'

const answers = (story: string, when: string, under: Law = law): string => {
  const { department, window, basis } = answerableAt(judged(story, '09-01', under).answers, at(when))
  return `${department ?? '-'} ${window ?? '-'} ${basis}`
}

describe('joint members', () => {
  // the catalogue says no limit of a reply: what was stated holds (T10)
  const asked = `06-01 ACCEPT item=BARE
    06-02 JOINT_DISPATCH member=D2 reply_due_at=2026-06-12T10:00
    06-03 JOINT_DISPATCH member=D3 reply_due_at=2026-06-10T10:00`

  it('M5: the one member that is asked answers, on the row of its own department [L7]', () => {
    const story = '06-01 ACCEPT item=JOINT\n06-02 JOINT_DISPATCH member=D2'
    expect(answers(story, '06-01 12:00')).toBe('D1 A01 custody')
    expect(answers(story, '06-20')).toBe('D2 - custody')
  })

  it('M5: of several the lead, until a reply limit has passed; then the one whose passed first', () => {
    expect(answers(asked, '06-05')).toBe('D1 A01 custody')
    expect(answers(asked, '06-10 10:00')).toBe('D1 A01 custody')
    expect(answers(asked, '06-11')).toBe('D3 - joint_late')
    expect(answers(asked, '06-20')).toBe('D3 - joint_late')
    expect(answers(`${asked}\n06-15 JOINT_REPLY member=D3`, '06-16')).toBe('D2 - custody')
    expect(answers(`${asked}\n06-15 JOINT_REPLY member=D3\n06-16 JOINT_REPLY member=D2`, '06-17')).toBe(
      'D1 A01 custody',
    )
  })

  it('I12: a member whose source cannot send replies is not held to be silent', () => {
    const sources = [{ source: 's1', name: '一', sends: ['ACCEPT', 'JOINT_DISPATCH'] }]
    const mute = buildLaw([{ entry: 1, body: { ...CATALOGUE, sources } }])
    expect(answers('06-01 ACCEPT item=JOINT\n06-02 JOINT_DISPATCH member=D2', '06-20', mute)).toBe('D1 A01 custody')
  })
})

describe('departments', () => {
  it('M5: a back office answers on its own department’s row, late there too [L7]', () => {
    const story = '06-01 ACCEPT item=SERVICE\n06-02 HANDOVER to=D2 direction=front_to_back'
    expect(answers(story, '06-20')).toBe('D2 - custody')
    expect(judged(story, '06-20').findings.find(({ rule }) => rule === 'T-02')?.holder).toMatchObject({ org: 'D2' })
  })

  it('F4, M5: a window that is handed the case by its number alone is of its own department', () => {
    const story = '06-01 ACCEPT item=SERVICE\n06-02 HANDOVER to=B01 direction=back_to_front'
    expect(answers(story, '06-05')).toBe('D2 B01 custody')
    const unlisted = '06-01 ACCEPT item=SERVICE\n06-02 HANDOVER to=X9 direction=back_to_front'
    expect(answers(unlisted, '06-05')).toBe('D1 X9 custody')
  })

  it('F4: where no org is told, the row is that of the case', () => {
    expect(answers('06-01 ACCEPT item=SERVICE org=- window=X9', '06-05')).toBe('- X9 custody')
  })
})

describe('reasons', () => {
  const taken = '06-01 ACCEPT item=SERVICE\n06-02 STEP_START window=A02'

  it.each([
    ['pause_unlawful', '06-03 SUSPEND kind=publicity window=A01', '06-04'],
    ['pause_over', '06-03 SUSPEND kind=hearing approved_days=2WD notice_at=2026-06-03T09:00 window=A01', '06-09'],
    ['correction_outside', '06-03 CORRECT_NOTICE window=A01', '06-04'],
  ])('F4: %s is answered by whoever ordered it', (basis, order, when) => {
    expect(answers(`${taken}\n${order}`, when)).toBe(`D1 A01 ${basis}`)
  })

  it('F4: what is handed to the applicant is answered by whoever handed it', () => {
    expect(answers(`${taken}\n06-03 HANDOVER direction=applicant to=x`, '06-09')).toBe('D1 A02 handed_out')
  })

  it('C3: the card says why somebody answers who did not have the case', () => {
    const story = '06-01 ACCEPT item=SERVICE\n06-02 STEP_START window=A02\n06-03 SUSPEND kind=publicity window=A01'
    const card = judged(story, '06-20').findings.find(({ rule }) => rule === 'T-02')
    expect(card).toMatchObject({ holder: { window: 'A01' }, basis: { answers: 'pause_unlawful' } })
    expect(Object.keys(card?.holder ?? {}).sort()).toEqual(['operator', 'operatorName', 'org', 'role', 'window'])
  })

  it('T6: on the last approved day of an open pause the case is paused [L16]', () => {
    const story = '06-01 ACCEPT item=SERVICE\n06-03 SUSPEND kind=hearing approved_days=2WD notice_at=2026-06-03T09:00'
    expect(judged(story, '06-05 23:59').paused).toBe(true)
    expect(judged(story, '06-06 00:00').paused).toBe(false)
  })
})

describe('known by the day alone', () => {
  it('I15, P-01: a closing date without a time of day is no conclusion before that day’s acceptance', () => {
    const judgement = judged('06-05 09:20 ACCEPT item=SERVICE\n06-05 COMPLETE precision=day', '06-30')
    expect(judgement).toMatchObject({ verdict: 'on_time', acceptedAt: at('06-05 09:20') })
    expect(rulesOf(judgement)).not.toContain('P-01')
  })

  it('I15, P-01: nor is an acceptance date after that day’s stamped conclusion', () => {
    const judgement = judged('06-05 ACCEPT precision=day item=SERVICE\n06-05 15:00 COMPLETE', '06-30')
    expect(rulesOf(judgement)).not.toContain('P-01')
    expect(judgement.verdict).toBe('on_time')
  })

  it('I15: done on the due day is in time, on the day after it is late', () => {
    const verdict = (day: string) => judged(`06-01 ACCEPT item=SERVICE\n${day} DECIDE precision=day`, '06-30').verdict
    expect(verdict('06-08')).toBe('on_time')
    expect(verdict('06-09')).toBe('late')
  })

  it('I15, T8: a notice of the day on which it was accepted is none after the acceptance', () => {
    const story = '06-02 ACCEPT precision=day item=PERMIT\n06-02 11:00 CORRECT_NOTICE'
    expect(judged(story, '06-03').flags).not.toContain('correction_after_acceptance')
  })

  it('I15, T-06, T7: a delivery and an extension of the very day are no later than it', () => {
    const decided = '06-01 ACCEPT item=PERMIT\n06-03 DECIDE result=granted'
    expect(rulesOf(judged(`${decided}\n06-03 DELIVER precision=day`, '07-20'))).not.toContain('T-06')
    const extended = '06-01 ACCEPT item=PERMIT\n06-12 10:00 EXTEND days=5 approver=a\n06-12 DECIDE precision=day'
    expect(judged(extended, '06-30').promise?.extendedBy).toBe(5)
    expect(rulesOf(judged(extended, '06-30'))).not.toContain('T-08')
  })

  it('I15: what it ends has not ended before it began', () => {
    const state = folded(`06-01 ACCEPT item=PERMIT
      06-02 10:00 STEP_START step_code=SC
      06-02 11:00 SUSPEND kind=hearing
      06-02 RESUME precision=day
      06-02 STEP_END precision=day step_code=SC`)
    expect(state.steps[0]).toMatchObject({ from: at('06-02 10:00'), to: at('06-02 10:00') })
    expect(state.pauses[0]).toMatchObject({ at: at('06-02 11:00'), to: at('06-02 11:00') })
  })
})

describe('marks', () => {
  it.each(['否', 'N', 'n', 'false', 'False', '0', 'no', ' 否 ', '无', '-', 'Ｎ'])(
    'T11: “%s” is a no [L17]',
    (written) => {
      const state = folded(`06-01 RECEIVE green_channel=${written.trim()}`)
      expect(state.received?.greenChannel).toBeNull()
    },
  )

  it.each(['是', 'Y', 'true', '1', 'yes'])('T11: “%s” is a yes [L17]', (written) => {
    expect(folded(`06-01 RECEIVE green_channel=${written}`).received?.greenChannel).toBe('yes')
  })

  it('T11: any other word is the class that somebody wrote down', () => {
    expect(folded('06-01 RECEIVE green_channel=planning').received?.greenChannel).toBe('planning')
  })
})
