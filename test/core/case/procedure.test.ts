// How a case was handled (P-02, P-03, P-04), what a source cannot say (I12), and what waits for a batch source (I13).
import { describe, expect, it } from 'vitest'
import { judgeCase } from '../../../server/core/case/judge.ts'
import type { Law } from '../../../server/core/law/law.ts'
import { at, folded, judged, law, lawOf, rulesOf, told } from './world.ts'

const basisOf = (story: string, rule: string, now = '06-10', under: Law = law) =>
  judged(story, now, under)
    .findings.filter((finding) => finding.rule === rule)
    .map(({ basis }) => basis)

describe('corrections told more than once', () => {
  const first = '06-01 RECEIVE item=PERMIT\n06-02 CORRECT_NOTICE'
  it('P-02: the second notice, and the third', () => {
    expect(basisOf(first, 'P-02')).toEqual([])
    expect(basisOf(`${first}\n06-04 CORRECT_NOTICE`, 'P-02')).toEqual([{ notice: 2, first_at: at('06-02') }])
    expect(basisOf(`${first}\n06-04 CORRECT_NOTICE\n06-05 CORRECT_NOTICE`, 'P-02')).toHaveLength(2)
  })
  it('P-02: two systems that tell of one notice tell of one', () => {
    expect(basisOf(`${first}\n06-02 CORRECT_NOTICE source=s2`, 'P-02')).toEqual([])
  })
  it('P-02: answered by whoever asked again', () => {
    const [finding] = judged(`${first}\n06-04 CORRECT_NOTICE window=A02`, '06-05').findings
    expect([finding?.rule, finding?.holder.window, told(finding?.limitAt ?? null)]).toEqual([
      'P-02',
      'A02',
      '06-04 10:00:00',
    ])
  })
})

describe('pauses', () => {
  const pause = (how: string) => `06-01 ACCEPT item=PERMIT\n06-03 SUSPEND ${how}`
  const table: readonly [how: string, faults: string, lawful: boolean][] = [
    ['kind=hearing notice_at=2026-06-03T09:00 basis=46 approver=op9', '', true],
    ['kind=hearing notice_at=2026-06-03T09:00 basis=46', 'approver', true],
    ['kind=hearing notice_at=2026-06-03T09:00 approver=op9', 'basis', true],
    ['kind=hearing basis=46 approver=op9', 'notice', false],
    ['kind=publicity notice_at=2026-06-03T09:00 basis=46 approver=op9', 'kind', false],
    ['kind=other', 'kind notice basis approver', false],
  ]
  it.each(table)('P-03 T5: %s → %s', (how, faults, lawful) => {
    const [basis] = basisOf(pause(how), 'P-03')
    expect(basis?.faults ?? '').toBe(faults)
    expect(judged(pause(how), '06-04').pauses[0]?.lawful).toBe(lawful)
  })
})

describe('the item’s own steps', () => {
  const steps = (codes: string, end = 'DECIDE result=granted') =>
    `06-01 ACCEPT item=STEPPED\n${codes
      .split(' ')
      .map((code, i) => `06-02 1${i}:00 STEP_START step_code=${code}`)
      .join('\n')}\n06-05 ${end}`
  const table: readonly [why: string, story: string, expected: string][] = [
    ['all, in order', steps('SL SC JD'), ''],
    ['one left out', steps('SL JD'), 'SC|'],
    ['turned about', steps('SL JD SC'), '|SC'],
    ['what follows the decision is not missed at the decision', steps('SL SC JD'), ''],
    ['but once the case is completed', `${steps('SL SC JD')}\n06-06 COMPLETE`, 'ZZ|'],
    ['nobody makes a certificate of a refusal', `${steps('SL SC JD', 'DECIDE result=refused')}\n06-06 COMPLETE`, ''],
    ['done after the decision', `${steps('SL SC JD')}\n06-05 15:00 STEP_START step_code=ZZ\n06-06 COMPLETE`, ''],
    ['a step told twice keeps its first place', steps('SL SC SL JD'), ''],
    ['unknown codes are passed over', steps('SL XX SC JD'), ''],
    ['a withdrawn case owes no steps', steps('SL', 'WITHDRAW'), ''],
  ]
  it.each(table)('P-04: %s', (_, story, expected) => {
    const [basis] = basisOf(story, 'P-04')
    expect(basis === undefined ? '' : `${basis.missing}|${basis.out_of_order}`).toBe(expected)
  })
  it('P-04 T6: two systems that tell of one pause, and a second SUSPEND that is named, resume something', () => {
    const one = '06-01 ACCEPT item=PERMIT\n06-03 SUSPEND kind=hearing\n06-03 SUSPEND kind=hearing source=s2'
    expect(basisOf(`${one}\n06-05 RESUME kind=hearing\n06-05 RESUME kind=hearing source=s2`, 'P-04')).toEqual([])
    const twice = '06-01 ACCEPT item=PERMIT\n06-03 SUSPEND id=p1 kind=hearing\n06-04 SUSPEND id=p2 kind=hearing'
    expect(basisOf(`${twice}\n06-05 RESUME pause=p2`, 'P-04')).toEqual([])
    expect(told(folded(`${twice}\n06-05 RESUME pause=p2`).pauses[0]?.to ?? null)).toBe('06-05 10:00:00')
  })
  it('P-04: a RESUME of nothing', () => {
    expect(basisOf('06-01 ACCEPT item=PERMIT\n06-03 RESUME', 'P-04')).toEqual([{ resumed_at: at('06-03') }])
  })
})

describe('what a source cannot say', () => {
  const sends = (...what: string[]) => lawOf('default', { sources: [{ source: 's1', name: '旧系统', sends: what }] })
  const SILENT = sends('RECEIVE', 'ACCEPT', 'SUSPEND', 'SUSPEND.kind', 'RESUME', 'EXTEND', 'DECIDE')

  it('I12 P-03 T5: a lawful hearing is not voided by a source that cannot send notices', () => {
    const story = '06-01 ACCEPT item=PERMIT\n06-03 SUSPEND kind=hearing\n06-10 RESUME'
    expect(told(judged(story, '06-11').promise?.due.dueAt ?? null)).toBe('06-15 23:59:59.999')
    const known = judged(story, '06-11', SILENT)
    expect(told(known.promise?.due.dueAt ?? null)).toBe('06-23 23:59:59.999')
    expect(rulesOf(known)).toBe('')
    expect(known.unknown).toEqual(['SUSPEND.approver', 'SUSPEND.basis', 'SUSPEND.notice_at'])
  })
  it('I12 P-03: an unlawful kind is a fault all the same', () => {
    expect(basisOf('06-01 ACCEPT item=PERMIT\n06-03 SUSPEND kind=other', 'P-03', '06-04', SILENT)[0]?.faults).toBe(
      'kind',
    )
  })
  it('I12 T-06: who cannot send deliveries owes none that is known', () => {
    const granted = '06-01 ACCEPT item=PERMIT\n06-03 DECIDE result=granted'
    expect(rulesOf(judged(granted, '07-10'))).toBe('T-06')
    const silent = judged(granted, '07-10', SILENT)
    expect([rulesOf(silent), silent.unknown, silent.nextTurnAt]).toEqual(['', ['DELIVER'], null])
  })
  it('I12 P-04: who cannot send steps has left none out; who cannot send pauses has resumed something', () => {
    const concluded = '06-01 ACCEPT item=STEPPED\n06-05 DECIDE result=granted'
    expect(rulesOf(judged(concluded, '06-06'))).toBe('P-04')
    expect(rulesOf(judged(concluded, '06-06', SILENT))).toBe('')
    const resumed = '06-01 ACCEPT item=PERMIT\n06-03 RESUME'
    expect(rulesOf(judged(resumed, '06-04', sends('ACCEPT', 'RESUME')))).toBe('')
  })
  it('I12 T7: an extension is not late where the source cannot say when it was approved', () => {
    const story = '06-01 ACCEPT item=PERMIT\n06-17 EXTEND days=5'
    expect(told(judged(story, '06-18').promise?.due.dueAt ?? null)).toBe('06-15 23:59:59.999')
    expect(told(judged(story, '06-18', SILENT).promise?.due.dueAt ?? null)).toBe('06-23 23:59:59.999')
  })
  it('I12 T7: that nobody can say when it was approved is shown, whether or not it would have been in time', () => {
    const under = SILENT
    for (const on of ['06-08', '07-20'])
      expect(judged(`06-01 ACCEPT item=PERMIT\n${on} EXTEND days=5`, '07-21', under).unknown).toEqual([
        'EXTEND.approved_at',
      ])
    const stated = '06-01 ACCEPT item=PERMIT\n06-08 EXTEND days=5 approved_at=2026-06-08T09:00'
    expect(judged(stated, '06-09', under).unknown).toEqual([])
  })

  it('I12 T-05 P-01: silence accepts nothing, and no acceptance is missed, where the source could not have told of it', () => {
    const received = '06-01 RECEIVE item=PERMIT'
    expect([judged(received, '06-20').deemed, judged(received, '06-20', SILENT).deemed]).toEqual([true, false])
    expect(judged(received, '06-20', SILENT).unknown).toEqual(['CORRECT_NOTICE', 'REFUSE_ACCEPT'])
    const concluded = '06-01 RECEIVE item=SERVICE\n06-03 DECIDE result=granted'
    expect(rulesOf(judged(concluded, '06-04'))).toBe('P-01')
    expect(rulesOf(judged(concluded, '06-04', sends('RECEIVE', 'DECIDE')))).toBe('')
  })
  it('I12 T-07 T-09: what would meet a duty cannot come, so whether it was met is not known', () => {
    const paused = '06-01 ACCEPT item=PERMIT\n06-03 SUSPEND kind=hearing approved_days=3WD'
    const silent = judged(paused, '06-12', sends('ACCEPT', 'SUSPEND', 'SUSPEND.kind', 'SUSPEND.approved_days'))
    expect([rulesOf(silent).includes('T-07'), silent.unknown.includes('RESUME')]).toEqual([false, true])
    const reviewed = judged('06-01 ACCEPT item=REVIEWED', '06-30', sends('ACCEPT', 'DECIDE'))
    expect([rulesOf(reviewed), reviewed.unknown]).toEqual(['', ['HANDOVER']])
  })
  it('I12: a source that declares nothing can send everything', () => {
    expect(judged('06-01 ACCEPT item=PERMIT\n06-03 SUSPEND kind=hearing', '06-04').unknown).toEqual([])
  })
})

describe('a batch source', () => {
  const batch = lawOf('default', {
    sources: [{ source: 's1', name: '夜间上传', mode: 'batch', delivers_at: ['02:00'] }],
  })
  const open = folded('06-01 ACCEPT item=PERMIT')
  const seen = (now: string, deliveredTo: string | null) => {
    const delivered = new Map(deliveredTo === null ? [] : [['s1', at(deliveredTo)]])
    const { findings, level, nextTurnAt } = judgeCase(open, batch, at(now), delivered)
    const last = findings.at(-1)
    return `${last?.rule}${last?.waits === true ? ' waits' : ''} level ${level} turns ${told(nextTurnAt)}`
  }
  // due 06-15; its grace ends with 06-16
  it('I13: at midnight the yellow card waits, and lights nothing', () => {
    expect(seen('06-16 00:00', '06-15 17:00')).toBe('T-02 waits level 1 turns 06-17 00:00:00')
  })
  it('I13: it stands as soon as the source has delivered past the limit', () => {
    expect(seen('06-16 02:00', '06-16 00:30')).toBe('T-02 level 2 turns 07-01 00:00:00')
  })
  it('I13: and when its grace of one working day is over', () => {
    expect(seen('06-17 00:00', '06-15 17:00')).toBe('T-02 level 2 turns 07-01 00:00:00')
    expect(seen('06-17 00:00', null)).toBe('T-02 level 2 turns 07-01 00:00:00')
  })
  it('I13 J3: it keeps the computed instant', () => {
    const waiting = judgeCase(open, batch, at('06-16 01:00')).findings.at(-1)
    const standing = judgeCase(open, batch, at('06-17 01:00')).findings.at(-1)
    expect([told(waiting?.limitAt ?? null), told(standing?.limitAt ?? null)]).toEqual([
      '06-15 23:59:59.999',
      '06-15 23:59:59.999',
    ])
  })
  it('I13: what finished in time raises nothing when it is delivered', () => {
    const done = folded('06-01 ACCEPT item=PERMIT\n06-15 16:00 DECIDE result=refused')
    const rules = judgeCase(done, batch, at('06-16 02:00'), new Map([['s1', at('06-15 17:00')]])).findings
    expect(rules.map(({ rule, waits }) => `${rule}${waits ? ' waits' : ''}`)).toEqual(['T-01'])
  })
  it('I13: a live source waits for nobody', () => {
    expect(judgeCase(open, law, at('06-16 00:00')).findings.some(({ waits }) => waits)).toBe(false)
  })
})
