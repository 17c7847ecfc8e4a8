// Custody: who in fact held the case, and the law over it: who answers (F4).
import { describe, expect, it } from 'vitest'
import type { Holder } from '../../../server/core/card/card.ts'
import { answerableAt } from '../../../server/core/case/answer.ts'
import { custodyOf, heldSpans, holderAt } from '../../../server/core/case/custody.ts'
import { at, folded, judged, told } from './world.ts'

const named = ({ role, org, window, operator }: Holder): string =>
  [role, org ?? '-', window ?? '-', operator ?? '-'].join(' ')

const custody = (story: string): string[] =>
  heldSpans(custodyOf(folded(story))).map(({ from, holder }) => `${told(from).slice(0, 5)} ${named(holder)}`)

describe('custody', () => {
  const table: readonly [why: string, story: string, spans: readonly string[]][] = [
    ['RECEIVE: the window of the event', '06-01 RECEIVE window=A02', ['06-01 front D1 A02 op1']],
    ['ACCEPT: the window of the event', '06-01 ACCEPT window=A02 operator=op2', ['06-01 front D1 A02 op2']],
    [
      'STEP_START: its org, window, operator; without a window a back office',
      '06-01 ACCEPT\n06-02 STEP_START org=D2 window=B01 operator=op3\n06-03 STEP_START org=D2 window=- operator=op4',
      ['06-01 front D1 A01 op1', '06-02 front D2 B01 op3', '06-03 back D2 - op4'],
    ],
    [
      'HANDOVER: to, named by code',
      '06-01 ACCEPT\n06-02 HANDOVER to=D2 direction=front_to_back\n06-03 HANDOVER to=A02 direction=back_to_front',
      ['06-01 front D1 A01 op1', '06-02 back D2 - -', '06-03 front D1 A02 -'],
    ],
    [
      'HANDOVER: upward, to an intermediary, to the applicant',
      '06-01 HANDOVER to=U1 direction=upward\n06-02 HANDOVER to=I1 direction=intermediary\n06-03 HANDOVER to=x direction=applicant',
      ['06-01 upper U1 - -', '06-02 intermediary I1 - -', '06-03 applicant - - -'],
    ],
    ['HANDOVER without direction: a back office', '06-01 HANDOVER to=D2', ['06-01 back D2 - -']],
    [
      'CORRECT_NOTICE: the applicant until CORRECT_DONE, then who held it before',
      '06-01 RECEIVE\n06-02 CORRECT_NOTICE\n06-03 CORRECT_DONE\n06-04 CORRECT_DONE',
      ['06-01 front D1 A01 op1', '06-02 applicant - - -', '06-03 front D1 A01 op1'],
    ],
    [
      'CORRECT_DONE of what nobody received: whoever opened the case, and a member asked since has it from there',
      '06-01 CORRECT_NOTICE\n06-02 CORRECT_DONE\n06-03 JOINT_DISPATCH member=D2\n06-04 JOINT_REPLY member=D2',
      ['06-01 applicant - - -', '06-02 front D1 A01 op1', '06-03 joint D2 - -', '06-04 front D1 A01 op1'],
    ],
    [
      'JOINT_DISPATCH: the member until JOINT_REPLY',
      '06-01 ACCEPT\n06-02 JOINT_DISPATCH member=D2\n06-03 JOINT_REPLY member=D2 org=D2',
      ['06-01 front D1 A01 op1', '06-02 joint D2 - -', '06-03 front D1 A01 op1'],
    ],
    [
      'a member’s own steps leave it a member, so its reply hands the case back',
      '06-01 ACCEPT\n06-02 JOINT_DISPATCH member=D2\n06-03 STEP_START org=D2 window=B01 operator=op3\n06-04 JOINT_REPLY org=D2',
      ['06-01 front D1 A01 op1', '06-02 joint D2 - -', '06-03 joint D2 B01 op3', '06-04 front D1 A01 op1'],
    ],
    [
      'of several members asked none has the case alone: the lead has it until one is left',
      '06-01 ACCEPT\n06-02 JOINT_DISPATCH member=D2\n06-03 JOINT_DISPATCH member=D3\n06-04 JOINT_REPLY member=D2\n06-05 JOINT_REPLY member=D3',
      [
        '06-01 front D1 A01 op1',
        '06-02 joint D2 - -',
        '06-03 front D1 A01 op1',
        '06-04 joint D3 - -',
        '06-05 front D1 A01 op1',
      ],
    ],
    [
      'the member has it until it replies, whatever the lead does meanwhile; then whoever leads by then',
      '06-01 ACCEPT\n06-02 JOINT_DISPATCH member=D2\n06-03 STEP_START window=A02\n06-05 JOINT_REPLY member=D2',
      ['06-01 front D1 A01 op1', '06-02 joint D2 - -', '06-03 joint D2 - -', '06-05 front D1 A02 op1'],
    ],
    [
      'steps of a member are its own, and take the case from nobody',
      '06-01 ACCEPT\n06-02 JOINT_DISPATCH member=D2\n06-02 11:00 JOINT_DISPATCH member=D3\n06-03 STEP_START org=D2 window=B01\n06-04 JOINT_REPLY member=D2\n06-05 JOINT_REPLY member=D3',
      [
        '06-01 front D1 A01 op1',
        '06-02 joint D2 - -',
        '06-02 front D1 A01 op1',
        '06-04 joint D3 - -',
        '06-05 front D1 A01 op1',
      ],
    ],
    [
      'what the applicant has to hand in no member has',
      '06-01 ACCEPT\n06-02 JOINT_DISPATCH member=D2\n06-03 CORRECT_NOTICE\n06-04 CORRECT_DONE',
      ['06-01 front D1 A01 op1', '06-02 joint D2 - -', '06-03 applicant - - -', '06-04 joint D2 - -'],
    ],
    [
      'a RECEIVE or ACCEPT that does not count moves nobody',
      '06-01 ACCEPT\n06-02 STEP_START window=A02\n06-03 ACCEPT source=s2 window=B01\n06-04 RECEIVE\n06-05 RECEIVE source=s2 window=B01',
      ['06-01 front D1 A01 op1', '06-02 front D1 A02 op1', '06-04 front D1 A01 op1'],
    ],
    [
      'ACCEPT that opens the case again moves it',
      '06-01 ACCEPT\n06-02 REFUSE_ACCEPT\n06-03 ACCEPT window=A02',
      ['06-01 front D1 A01 op1', '06-03 front D1 A02 op1'],
    ],
    [
      'the same holder again opens no span',
      '06-01 RECEIVE\n06-02 ACCEPT\n06-03 STEP_START',
      ['06-01 front D1 A01 op1'],
    ],
  ]
  it.each(table)('F4: %s', (_, story, spans) => {
    expect(custody(story)).toEqual(spans)
  })

  const idle = ['PRE_ACCEPT', 'REFUSE_ACCEPT', 'SUSPEND', 'RESUME', 'EXTEND', 'STEP_END', 'FEE', 'DECIDE', 'COMPLETE']
  const later = ['WITHDRAW', 'TERMINATE', 'DELIVER', 'RATE', 'COMPLAIN', 'URGE', 'ATTEND', 'INSPECT']
  it.each([...idle, ...later])('F4: %s changes no custody', (type) => {
    expect(custody(`06-01 ACCEPT\n06-02 ${type} org=D2 window=B01 operator=op9 days=1`)).toEqual([
      '06-01 front D1 A01 op1',
    ])
  })

  it('F4: at every instant there is one holder: the last span begun at or before it, before the first the first', () => {
    const { custody: spans } = folded('06-01 09:00 ACCEPT\n06-02 09:00 STEP_START window=A02')
    expect(holderAt(spans, at('05-01')).window).toBe('A01')
    expect(holderAt(spans, at('06-02 08:59:59.999')).window).toBe('A01')
    expect(holderAt(spans, at('06-02 09:00')).window).toBe('A02')
    expect(holderAt([], at('06-02')).role).toBe('back')
  })
})

describe('the answerable holder', () => {
  const answers = (story: string, when: string): string => {
    return named(answerableAt(judged(story, '09-01').answers, at(when)))
  }
  const accepted = '06-01 ACCEPT item=SERVICE\n06-02 STEP_START window=A02 operator=op2'

  it('F4: is the holder in fact, where nothing is amiss', () => {
    expect(answers(accepted, '06-03')).toBe('front D1 A02 op2')
  })

  it('F4: in an unlawful pause, who ordered it', () => {
    const story = `${accepted}\n06-03 SUSPEND kind=publicity window=A01 operator=op9\n06-08 RESUME`
    expect(answers(story, '06-04')).toBe('front D1 A01 op9')
    expect(answers(story, '06-08')).toBe('front D1 A02 op2')
  })

  it('F4: in a lawful pause, who holds it; past its cap, who ordered it [L16]', () => {
    const story = `${accepted}\n06-03 SUSPEND kind=hearing approved_days=2WD notice_at=2026-06-03T09:00 window=- operator=op9`
    expect(answers(story, '06-04')).toBe('front D1 A02 op2')
    // the clock no longer counts on its last approved day, and the case is paused on it all the same (L16)
    expect(answers(story, '06-05 23:59:59.999')).toBe('front D1 A02 op2')
    expect(answers(story, '06-06 00:00')).toBe('back D1 - op9')
  })

  it('F4: in a correction outside T8, who ordered it; inside T8, the applicant', () => {
    const late = '06-01 RECEIVE item=PERMIT\n06-02 ACCEPT\n06-03 CORRECT_NOTICE operator=op9\n06-10 CORRECT_DONE'
    expect(answers(late, '06-04')).toBe('front D1 A01 op9')
    const timely = '06-01 RECEIVE item=PERMIT\n06-02 CORRECT_NOTICE operator=op9\n06-10 CORRECT_DONE'
    expect(answers(timely, '06-04')).toBe('applicant - - -')
  })

  it('F4 I15: before a further notice of a bare day, whoever what was handed in went back to, received or not', () => {
    const asked =
      '06-02 CORRECT_NOTICE operator=op9\n06-03 CORRECT_DONE\n06-04 CORRECT_NOTICE precision=day operator=op9'
    expect(answers(`06-01 RECEIVE item=SERVICE\n${asked}`, '06-04 07:00')).toBe('front D1 A01 op1')
    expect(answers(`06-01 URGE item=SERVICE\n${asked}`, '06-04 07:00')).toBe('front D1 A01 op1')
  })

  it('C3: the card of a limit that passed in an idle correction names who ordered it, and so does the late case', () => {
    const story = '06-01 ACCEPT item=SERVICE\n06-02 CORRECT_NOTICE operator=op9\n06-20 CORRECT_DONE'
    const card = judged(story, '06-30').findings.find(({ rule }) => rule === 'T-02')
    expect(card?.holder).toMatchObject({ window: 'A01', operator: 'op9', role: 'front' })
  })
})
