// What an independent model of the time law found in judging, each as the law has it (T5, T8, T10, I12, F4).
import { describe, expect, it } from 'vitest'
import type { Law } from '../../../server/core/law/law.ts'
import { judged, law, lawOf, told } from './world.ts'

const holderOf = (story: string, rule: string, now: string): string => {
  const holder = judged(story, now).findings.find((finding) => finding.rule === rule)?.holder
  return `${holder?.org ?? '-'} ${holder?.window ?? '-'}`
}
const limitOf = (story: string, rule: string, now: string, under: Law = law): string => {
  const found = judged(story, now, under).findings.find((finding) => finding.rule === rule)
  return told(found?.limitAt ?? null)
}
const sending = (...sends: string[]): Law => lawOf('default', { sources: [{ source: 's1', name: '一', sends }] })

const PAUSE = 'kind=hearing notice_at=2026-06-02T09:00 basis=45 approver=p'

describe('pauses', () => {
  it('F4, T5: a pause nobody resumed answers for nothing once the case is concluded', () => {
    const story = '06-01 ACCEPT item=BARE\n06-02 SUSPEND window=B01 org=D2\n06-04 DECIDE result=granted'
    expect(holderOf(story, 'T-06', '07-01')).toBe('D1 A01')
  })

  it('T5, T6: a limit in hours stands still to the end of the last approved day', () => {
    const hours = lawOf('default', {
      items: [{ task_code: 'HOURS', name: '按时', org_code: 'D1', item_type: '20', promise: '7H' }],
    })
    // paused from 10:00 of the first for one approved working day: it runs again on the third, one hour used
    const story = `06-01 09:00 ACCEPT item=HOURS\n06-01 10:00 SUSPEND ${PAUSE} approved_days=1WD`
    expect(told(judged(story, '06-01 12:00', hours).promise?.due.dueAt ?? null)).toBe('06-03 16:30:00')
  })

  it('T5, T10: a pause over days off brings a stated day off no nearer', () => {
    const story = `06-05 ACCEPT item=UNDATED promise_due_at=2026-06-07\n06-06 SUSPEND ${PAUSE}\n06-06 18:00 RESUME`
    expect(told(judged(story, '06-06 20:00').promise?.due.dueAt ?? null)).toBe('06-07 23:59:59.999')
  })
})

describe('corrections', () => {
  it('F4: what was handed in goes back to the office, though nothing says which had it; a member asked then answers', () => {
    const story = '06-01 CORRECT_NOTICE item=BARE org=D1\n06-03 CORRECT_DONE\n06-04 JOINT_DISPATCH member=D2'
    expect(holderOf(story, 'T-03', '08-30')).toBe('D2 -')
  })
})

describe('what a source cannot send (I12)', () => {
  it('T8: silence accepts nothing where no acceptance could be told', () => {
    const mute = sending('RECEIVE', 'CORRECT_NOTICE', 'REFUSE_ACCEPT')
    const judgement = judged('06-01 RECEIVE item=PERMIT', '06-20', mute)
    expect([judgement.acceptedAt, judgement.unknown]).toEqual([null, ['ACCEPT']])
  })

  it('T5, P-03: a kind that cannot be named is not unlawful', () => {
    const story = '06-01 ACCEPT item=PERMIT\n06-02 SUSPEND notice_at=2026-06-02T09:00 basis=45 approver=p'
    const [pause] = judged(story, '06-03', sending('SUSPEND.notice_at')).pauses
    expect([pause?.lawful, pause?.faults.includes('kind')]).toEqual([true, false])
    expect(judged(story, '06-03').pauses[0]?.lawful).toBe(false)
  })
})

describe('stated and allowed', () => {
  it('T-09, T10: of a stated reply due and the limit of the item the earlier holds', () => {
    const story = '06-01 ACCEPT item=JOINT\n06-02 JOINT_DISPATCH member=D2 reply_due_at='
    expect(limitOf(`${story}2026-06-20`, 'T-09', '07-01')).toBe('06-09 23:59:59.999')
    expect(limitOf(`${story}2026-06-05`, 'T-09', '07-01')).toBe('06-05 23:59:59.999')
  })

  it('T8, P-02: after 容缺受理 a further notice is no fault', () => {
    const story = (mode: string) =>
      `06-01 RECEIVE item=PERMIT\n06-02 CORRECT_NOTICE\n06-03 ACCEPT mode=${mode}\n06-05 CORRECT_NOTICE`
    expect(limitOf(story('tolerant'), 'P-02', '06-08')).toBe('—')
    expect(limitOf(story('normal'), 'P-02', '06-08')).toBe('06-05 10:00:00')
  })
})
