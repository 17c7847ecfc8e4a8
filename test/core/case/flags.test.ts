// What a reader must know of a case before its dates: each flag from the story that raises it, and from the one next to it
// that does not (M2, T8, T10, T11, 许可 42). The flag of numbers past every law stands in beyond.test.ts.
import { describe, expect, it } from 'vitest'
import { judged, law, lawOf } from './world.ts'

const accepted = '06-01 ACCEPT item=PERMIT'

describe('flags', () => {
  const table: readonly [why: string, story: string, flags: string][] = [
    [
      'M2: concluded without acceptance',
      '06-01 RECEIVE item=SERVICE\n06-03 DECIDE result=granted',
      'receipt_as_acceptance',
    ],
    ['M2: not where silence has accepted', '06-01 RECEIVE item=PERMIT\n06-15 DECIDE result=granted', ''],
    ['T10: a promise later than the statute', '06-01 ACCEPT item=LONG', 'promise_cut'],
    ['T10: not where it is earlier', accepted, ''],
    ['T8: a correction after acceptance', `${accepted}\n06-03 CORRECT_NOTICE`, 'correction_after_acceptance'],
    ['T8: not one before it', `06-01 RECEIVE item=PERMIT\n06-02 CORRECT_NOTICE\n06-03 CORRECT_DONE`, ''],
    ['T8, F5: nor one after the end', `${accepted}\n06-03 DECIDE result=granted\n06-04 CORRECT_NOTICE`, ''],
    ['T9: joint by the catalogue', '06-01 ACCEPT item=JOINT', 'joint'],
    ['T9: joint in fact', `${accepted}\n06-03 JOINT_DISPATCH member=D2`, 'joint'],
    [
      'T9: a dispatch that came when the statute had run out cures nothing',
      `${accepted}\n07-10 JOINT_DISPATCH member=D2`,
      '',
    ],
    ['T9, F5: nor one after the end', `${accepted}\n06-03 DECIDE result=granted\n06-04 JOINT_DISPATCH member=D2`, ''],
  ]
  it.each(table)('%s', (_, story, flags) => {
    expect(judged(story, '07-20').flags.join(' ')).toBe(flags)
  })

  it('T9: the limits of joint handling hold from acceptance on', () => {
    const received = '06-01 RECEIVE item=JOINT'
    expect([judged(received, '06-02').flags, judged(received, '06-09').flags]).toEqual([[], ['joint']])
  })

  it('T11: the green channel where it holds, and in no school that has none', () => {
    const story = '06-01 RECEIVE item=PERMIT green_channel=general\n06-01 11:00 ACCEPT'
    expect(judged(story, '06-02', lawOf('dalian')).flags).toEqual(['green_channel'])
    expect(judged(story, '06-02', law).flags).toEqual([])
  })
})
