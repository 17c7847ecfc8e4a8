// The further clocks of a case and what a school makes of them (T9, T11, T12): each line tells a story, an instant, and the
// findings that then stand with the last instant of their limit and who answers. 2026-06-19 is a holiday (端午节).
import { describe, expect, it } from 'vitest'
import type { Law } from '../../../server/core/law/law.ts'
import { judged, law, lawOf, told } from './world.ts'

const RULES = new Set(['T-05', 'T-06', 'T-07', 'T-08', 'T-09', 'T-12'])

/** `T-06 06-16 23:59:59.999 A01`: rule, limit, answering window, else org. */
const found = (story: string, now: string, under: Law = law): string =>
  judged(story, now, under)
    .findings.filter(({ rule }) => RULES.has(rule))
    .map(({ rule, limitAt, holder }) => `${rule} ${told(limitAt)} ${holder.window ?? holder.org}`)
    .join(', ')

type Line = readonly [why: string, story: string, now: string, expected: string]
const book = (rows: readonly Line[], under: Law = law): void => {
  it.each(rows)('%s', (_, story, now, expected) => {
    expect(found(story, now, under)).toBe(expected)
  })
}

describe('the correction notice (许可 32)', () => {
  const received = '06-01 RECEIVE item=PERMIT'
  book([
    ['T-05: five working days without a word', received, '06-09', 'T-05 06-08 23:59:59.999 A01'],
    ['T-05: not before the fifth working day is over', received, '06-08 23:59', ''],
    ['T-05: a notice on the fifth day is in time', `${received}\n06-08 17:00 CORRECT_NOTICE`, '06-20', ''],
    ['T-05: acceptance on the fifth day is a word too', `${received}\n06-08 ACCEPT`, '06-20', ''],
    [
      'T-05: a refusal that a later acceptance took back was a word too',
      `${received}\n06-03 REFUSE_ACCEPT\n06-15 ACCEPT`,
      '06-20',
      '',
    ],
    ['T-05: a refusal to accept likewise', `${received}\n06-05 REFUSE_ACCEPT`, '06-20', ''],
    [
      'T-05: a notice on the sixth day is too late',
      `${received}\n06-09 CORRECT_NOTICE`,
      '06-10',
      'T-05 06-08 23:59:59.999 A01',
    ],
    ['T-05: items that silence does not accept owe none', '06-01 RECEIVE item=SERVICE', '06-20', ''],
  ])
})

describe('delivery (许可 44)', () => {
  const granted = '06-01 ACCEPT item=PERMIT\n06-03 DECIDE result=granted window=A02'
  book([
    ['T-06: ten working days after the grant', granted, '06-18', 'T-06 06-17 23:59:59.999 A01'],
    ['T-06: delivered on the tenth day', `${granted}\n06-17 23:00 DELIVER`, '07-10', ''],
    ['T-06: delivered on the eleventh day', `${granted}\n06-18 DELIVER`, '07-10', 'T-06 06-17 23:59:59.999 A01'],
    [
      'T-06: a completion alone is a grant',
      '06-01 ACCEPT item=PERMIT\n06-03 COMPLETE',
      '07-10',
      'T-06 06-17 23:59:59.999 A01',
    ],
    [
      'T-06: counted from the decision, not from the completion',
      `${granted}\n06-10 COMPLETE`,
      '07-10',
      'T-06 06-17 23:59:59.999 A01',
    ],
    [
      'T-06: what was handed out before the decision was something else',
      `06-02 ACCEPT item=PERMIT\n06-02 11:00 DELIVER\n06-03 DECIDE result=granted`,
      '07-10',
      'T-06 06-17 23:59:59.999 A01',
    ],
    ['T-06: what was refused is not delivered', '06-01 ACCEPT item=PERMIT\n06-03 DECIDE result=refused', '07-10', ''],
    ['T-06: nor what was withdrawn', '06-01 ACCEPT item=PERMIT\n06-03 WITHDRAW', '07-10', ''],
    ['T-06: services owe none in this school', '06-01 ACCEPT item=SERVICE\n06-03 DECIDE result=granted', '07-10', ''],
  ])
})

describe('special procedures (许可 45)', () => {
  const hearing = (more: string) =>
    `06-01 ACCEPT item=PERMIT\n06-03 SUSPEND window=A02 kind=hearing approved_days=5WD notice_at=2026-06-03T09:00 basis=46 approver=op9${more}`
  book([
    [
      'T-07: open past its approved days, answered by who ordered it',
      hearing(''),
      '06-11',
      'T-07 06-10 23:59:59.999 A02',
    ],
    ['T-07: resumed on the last approved day', hearing('\n06-10 20:00 RESUME'), '07-30', ''],
    ['T-07: resumed a day later', hearing('\n06-11 09:00 RESUME'), '06-12', 'T-07 06-10 23:59:59.999 A02'],
    ['T-07: the end of the case ends it', hearing('\n06-09 DECIDE result=refused'), '07-30', ''],
    [
      'T-07: an unlawful pause stopped nothing and has no limit (P-03 tells of it)',
      '06-01 ACCEPT item=PERMIT\n06-03 SUSPEND kind=other approved_days=5WD notice_at=2026-06-03T09:00',
      '06-12',
      '',
    ],
  ])
  it('T-07: without approved days the profile’s cap holds', () => {
    const story = '06-01 ACCEPT item=PERMIT\n06-03 SUSPEND kind=testing notice_at=2026-06-03T09:00 basis=45 approver=x'
    expect(found(story, '07-16')).toBe('')
    expect(found(story, '07-17')).toBe('T-07 07-16 23:59:59.999 A01')
  })
})

describe('extensions (许可 42)', () => {
  const accepted = '06-01 ACCEPT item=PERMIT'
  book([
    ['T-08: in time and the first: no fault', `${accepted}\n06-12 EXTEND days=5`, '06-13', ''],
    [
      'T-08: past the promise but within the statute: void for the promise alone, no card',
      `${accepted}\n06-18 EXTEND days=5`,
      '06-18 12:00',
      '',
    ],
    ['T-08: past the statute', `${accepted}\n07-02 EXTEND days=5 window=A02`, '07-02 12:00', 'T-08 07-02 10:00:00 A02'],
    ['T-08: a second one', `${accepted}\n06-10 EXTEND days=5\n06-11 EXTEND days=3`, '06-12', 'T-08 06-11 10:00:00 A01'],
    ['T-08: over the maximum', `${accepted}\n06-10 EXTEND days=15`, '06-12', 'T-08 06-10 10:00:00 A01'],
    [
      'T-08: fifteen days are lawful where departments act jointly',
      '06-01 ACCEPT item=JOINT\n06-10 EXTEND days=15',
      '06-12',
      '',
    ],
    [
      'T-08: the only clock, where no statute is known',
      '06-01 ACCEPT item=SERVICE\n06-09 EXTEND days=2',
      '06-09 12:00',
      'T-08 06-09 10:00:00 A01',
    ],
  ])
})

describe('first review and joint handling (许可 42, 43)', () => {
  const reviewed = '06-01 ACCEPT item=REVIEWED'
  const asked = (more: string) => `06-01 ACCEPT item=JOINT\n06-02 JOINT_DISPATCH member=D2${more}`
  book([
    ['T-09: the lower level has its own limit', reviewed, '06-24', 'T-09 06-23 23:59:59.999 A01'],
    ['T-09: handed upward in time', `${reviewed}\n06-23 HANDOVER direction=upward to=UP`, '07-20', ''],
    [
      'T-09: handed upward late',
      `${reviewed}\n06-24 HANDOVER direction=upward to=UP`,
      '07-20',
      'T-09 06-23 23:59:59.999 A01',
    ],
    [
      'T-09: twenty working days where the item names none but a hand-over was made',
      '06-01 ACCEPT item=PERMIT\n07-02 HANDOVER direction=upward to=UP',
      '07-02 12:00',
      'T-09 06-30 23:59:59.999 A01',
    ],
    ['T-09: a member’s reply by the item', asked(''), '06-10', 'T-09 06-09 23:59:59.999 D2'],
    ['T-09: replied in time', asked('\n06-09 JOINT_REPLY member=D2 org=D2'), '07-01', ''],
    ['T-09: a stated due is taken as given', asked(' reply_due_at=2026-06-04'), '06-05', 'T-09 06-04 23:59:59.999 D2'],
    [
      'T-09: each member for itself',
      asked('\n06-02 11:00 JOINT_DISPATCH member=D3\n06-05 JOINT_REPLY member=D2 org=D2'),
      '06-10',
      'T-09 06-09 23:59:59.999 D3',
    ],
  ])
  it('T9 F5: a dispatch or an extension that comes too late cures nothing', () => {
    const late = '06-01 ACCEPT item=BARE\n07-10 DECIDE result=refused'
    const verdict = (more: string) => judged(late + more, '08-01').verdict
    expect([verdict(''), verdict('\n07-11 JOINT_DISPATCH member=D2')]).toEqual(['late', 'late'])
    expect(verdict('\n07-02 JOINT_DISPATCH member=D2')).toBe('late')
    expect(verdict('\n07-15 EXTEND days=10 approved_at=2026-06-20T09:00')).toBe('late')
    expect(verdict('\n06-20 EXTEND days=10')).toBe('on_time')
  })
  it('T-09: handed upward before it was accepted there, the lower level had done its part', () => {
    expect(found('06-01 RECEIVE item=REVIEWED\n06-02 HANDOVER direction=upward to=UP\n06-03 ACCEPT', '07-20')).toBe('')
  })
  it('C2: one id of two sources opens two cards', () => {
    const pause = (source: string, kind: string) =>
      `06-03 SUSPEND id=x source=${source} kind=${kind} approved_days=3WD notice_at=2026-06-03T09:00 basis=1 approver=y`
    const story = `06-01 ACCEPT item=PERMIT\n${pause('s1', 'hearing')}\n${pause('s2', 'testing')}`
    const cards = judged(story, '06-20').findings.filter(({ rule }) => rule === 'T-07')
    expect(cards.map(({ occasion }) => occasion)).toEqual(['pause:s1:x', 'pause:s2:x'])
    const resumed = judged(`${story}\n06-04 RESUME source=s2 pause=x`, '06-20').findings
    expect(resumed.filter(({ rule }) => rule === 'T-07').map(({ occasion }) => occasion)).toEqual(['pause:s1:x'])
  })
  it('T9 T10: a permit handled jointly has 45 working days, by the catalogue or in fact; a statute of its own holds', () => {
    const statute = (story: string) => told(judged(story, '06-03').statute?.due.dueAt ?? null)
    expect(statute('06-01 ACCEPT item=BARE')).toBe('06-30 23:59:59.999')
    expect(statute('06-01 ACCEPT item=JOINT')).toBe('08-04 23:59:59.999')
    expect(statute('06-01 ACCEPT item=BARE\n06-02 JOINT_DISPATCH member=D2')).toBe('08-04 23:59:59.999')
    expect(statute('06-01 ACCEPT item=PERMIT\n06-02 JOINT_DISPATCH member=D2')).toBe('06-30 23:59:59.999')
  })
})

describe('schools (C1)', () => {
  const levels = (profile: string, now: string) =>
    judged('06-01 ACCEPT item=PERMIT', now, lawOf(profile))
      .findings.map(({ rule, level, limitAt }) => `${rule}=${level} ${told(limitAt)}`)
      .join(', ')
  // PERMIT: 10 WD promised (06-15), 20 WD by statute (06-30)
  const table: readonly [profile: string, now: string, expected: string][] = [
    ['default', '06-12', 'T-01=1 06-11 09:00:00'],
    ['default', '06-16', 'T-01=1 06-11 09:00:00, T-02=2 06-15 23:59:59.999'],
    ['default', '07-01', 'T-01=1 06-11 09:00:00, T-02=2 06-15 23:59:59.999, T-03=3 06-30 23:59:59.999'],
    ['yulin', '06-11', ''],
    ['yulin', '06-12', 'T-01=2 06-12 09:00:00'],
    ['yulin', '06-16', 'T-01=2 06-12 09:00:00, T-02=3 06-15 23:59:59.999'],
    ['hunan', '06-10', ''],
    ['hunan', '06-11', 'T-01=1 06-11 09:00:00'],
    ['hunan', '06-16', 'T-01=1 06-11 09:00:00, T-02=2 06-15 23:59:59.999'],
    ['hunan', '07-01', 'T-01=1 06-11 09:00:00, T-02=2 06-15 23:59:59.999, T-03=3 06-30 23:59:59.999'],
    ['chengdu', '06-11', 'T-01=2 06-11 09:00:00'],
    ['chengdu', '06-16', 'T-01=2 06-11 09:00:00, T-02=3 06-15 23:59:59.999'],
  ]
  it.each(table)('C1: %s at %s: %s', (profile, now, expected) => {
    expect(levels(profile, `${now} 10:00`)).toBe(expected)
  })

  it('C1 T12: every school cites where it comes from', () => {
    const schools = [...law.profiles.values()].map(({ id, source }) => `${id} ${source.length > 10}`)
    expect(schools).toEqual(['default true', 'yulin true', 'hunan true', 'chengdu true', 'dalian true'])
  })
})

describe('the green channel (大政发〔2007〕104号)', () => {
  const dalian = lawOf('dalian')
  const due = (story: string, under: Law = dalian): string => {
    const { promise } = judged(story, '06-02', under)
    return `${told(promise?.due.dueAt ?? null).slice(0, 5)} ${promise?.limitFrom}`
  }
  const table: readonly [why: string, story: string, expected: string][] = [
    ['seven working days', '06-01 RECEIVE item=PERMIT green_channel=1\n06-01 11:00 ACCEPT', '06-10 green'],
    ['without the mark the promise holds', '06-01 RECEIVE item=PERMIT\n06-01 11:00 ACCEPT', '06-15 catalogue'],
    ['a mark of 0 is a no', '06-01 RECEIVE item=PERMIT green_channel=0\n06-01 11:00 ACCEPT', '06-15 catalogue'],
    ['planning permits nineteen', '06-01 RECEIVE item=PLANNING green_channel=1\n06-01 11:00 ACCEPT', '06-29 green'],
    ['the class the receipt names', '06-01 RECEIVE item=PERMIT green_channel=tax\n06-01 11:00 ACCEPT', '06-01 green'],
    [
      'never later than the promise',
      '06-01 RECEIVE item=SERVICE green_channel=1\n06-01 11:00 ACCEPT',
      '06-08 catalogue',
    ],
  ]
  it.each(table)('T11: %s', (_, story, expected) => {
    expect(due(story)).toBe(expected)
  })
  it('T11: schools without one leave the promise as it is', () => {
    expect(due('06-01 RECEIVE item=PERMIT green_channel=1\n06-01 11:00 ACCEPT', law)).toBe('06-15 catalogue')
  })
})

describe('the proposal of tacit approval (T12)', () => {
  const dalian = lawOf('dalian')
  const urged = '06-01 ACCEPT item=PERMIT\n06-17 URGE operator=op7'
  book(
    [
      ['T-12: five working days after the urge', urged, '06-26', 'T-12 06-25 23:59:59.999 A01'],
      ['T-12: not before they are over', urged, '06-25 23:59', ''],
      ['T-12: decided within them', `${urged}\n06-25 DECIDE result=refused`, '06-30', ''],
      [
        'T-12: decided after them: the proposal stays on record',
        `${urged}\n06-26 DECIDE result=refused`,
        '06-30',
        'T-12 06-25 23:59:59.999 A01',
      ],
      ['T-12: an urge before the promise has passed is none', '06-01 ACCEPT item=PERMIT\n06-12 URGE', '06-30', ''],
      ['T-12: without an urge nothing is proposed', '06-01 ACCEPT item=PERMIT', '07-30', ''],
      ['T-12: the first urge past the promise counts', `${urged}\n06-24 URGE`, '06-26', 'T-12 06-25 23:59:59.999 A01'],
    ],
    dalian,
  )
  it('T-12: a school that cites no local rule never proposes', () => {
    expect(found(urged, '07-30')).toBe('')
  })
  it('T-12: its record names who was liable when the promise passed, who urged, until when, and the local rule', () => {
    const story = `06-01 ACCEPT item=PERMIT\n06-10 STEP_START step_code=SC window=A02\n06-17 STEP_START step_code=JD window=A01\n06-17 11:00 URGE operator=op7`
    const finding = judged(story, '06-26', dalian).findings.find(({ rule }) => rule === 'T-12')
    expect(finding?.holder.window).toBe('A02')
    expect(finding?.basis).toMatchObject({ urged_by: 'name of op7', clock: 'promise' })
    expect(String(finding?.basis.local_rule)).toContain('大政发〔2007〕104号')
  })
})
