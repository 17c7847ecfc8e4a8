// What an explanation says of a case (T14): only what is so. An open pause is not told as resumed, natural days are counted on
// from the next day, a stated due is told as stated, the green channel by its name (L10); what is left of office time
// ends at closing (U5). June 2026: Monday the 1st, the 19th is off.
import { describe, expect, it } from 'vitest'
import type { ExplainView } from '../../../server/contract/api.ts'
import type { Law } from '../../../server/core/law/law.ts'
import { explainView } from '../../../server/present/explain.ts'
import { at, judged, law, lawOf } from './world.ts'

const view = (story: string, now: string, under: Law = law): ExplainView => {
  const judgement = judged(story, now, under)
  const { main } = judgement
  if (main === null) throw new Error('undated')
  return explainView({ clock: main, judgement, law: under, now: at(now), unsaid: false })
}
const PAUSE = '06-03 SUSPEND kind=hearing approved_days=5WD notice_at=2026-06-03T09:00 basis=45 approver=op9'
const paused = (rest: string): string => `06-01 ACCEPT item=PERMIT\n${PAUSE}${rest}`

describe('a pause in an explanation', () => {
  const table: readonly [why: string, story: string, now: string, zh: string, en: string][] = [
    [
      'open, its days still run',
      paused(''),
      '06-04',
      '尚未恢复，按最长期限计至 6 月 10 日（周三），该日不计',
      'not resumed yet',
    ],
    [
      'open on its last approved day',
      paused(''),
      '06-10 23:59',
      '尚未恢复，按最长期限计至 6 月 10 日',
      'not resumed yet',
    ],
    ['its days ran out', paused(''), '06-11', '批准 5 个工作日，6 月 10 日（周三）期满，该日不计', 'which ran out on'],
    ['resumed', paused('\n06-08 RESUME'), '06-09', '6 月 8 日（周一）恢复，恢复之日不计', 'resumed on Mon 8 Jun'],
    ['resumed past its days', paused('\n06-15 RESUME'), '06-16', '6 月 10 日（周三）期满', 'which ran out on'],
    [
      'ended with the case',
      paused('\n06-08 DECIDE result=granted'),
      '06-09',
      '至 6 月 8 日（周一）办结时止',
      'until the case ended',
    ],
  ]
  it.each(table)('T14 T6: %s [L10]', (_, story, now, zh, en) => {
    const told = view(story, now)
    expect(told.zh).toContain(zh)
    expect(told.en).toContain(en)
    if (!zh.endsWith('恢复之日不计')) expect(told.zh.replaceAll('暂停未恢复', '')).not.toMatch(/日（周.）恢复/)
  })

  it('T14 T5: natural days go on from the day after, whatever day it is [L10]', () => {
    const story = '06-01 ACCEPT item=NATURAL\n06-03 SUSPEND kind=hearing notice_at=2026-06-03T09:00\n06-05 RESUME'
    const told = view(story, '06-09')
    expect(told.zh).toContain('余 8 日，自 6 月 6 日起算')
    expect(told.segments.map(({ kind, from, counted }) => `${kind} ${from.slice(5)} ${counted}`)).toEqual([
      'accept 06-01 0',
      'count 06-02 2',
      'pause 06-04 0',
      'count 06-06 8',
      'roll 06-14 0',
      'due 06-15 0',
    ])
  })
})

describe('whose limit it is', () => {
  it('T14 T10: a stated date is told and printed as it was stated [L10]', () => {
    const told = view('06-01 ACCEPT item=UNDATED promise_due_at=2026-06-18', '06-03')
    expect([told.limit, told.limit_from]).toEqual(['2026-06-18', 'event'])
    expect(told.zh).toContain('载明 6 月 18 日（周四）到期')
    expect(told.zh).not.toContain('承诺')
    const timed = view('06-01 ACCEPT item=UNDATED promise_due_at=2026-06-18T15:30', '06-03')
    expect([timed.limit, timed.zh.includes('载明 6 月 18 日（周四）15:30 到期')]).toEqual([
      '2026-06-18T15:30:00+08:00',
      true,
    ])
  })

  it('T14 T10: its segments sum to the moved due', () => {
    const told = view(
      `06-01 ACCEPT item=UNDATED promise_due_at=2026-06-12\n${PAUSE}\n06-08 RESUME\n06-09 EXTEND days=2`,
      '06-10',
    )
    expect(told.due_on).toBe('2026-06-22')
    expect(told.segments.map(({ kind, to, counted }) => `${kind} ${to.slice(5)} ${counted}`)).toEqual([
      'accept 06-01 0',
      'count 06-03 2',
      'pause 06-08 0',
      'count 06-17 7',
      'extend 06-22 2',
      'due 06-22 0',
    ])
  })

  it('T14 T11: the green channel’s limit is told as the green channel’s [L10]', () => {
    const told = view('06-01 RECEIVE item=PLANNING green_channel=planning\n06-02 ACCEPT', '06-09', lawOf('dalian'))
    expect(told.zh).toContain('绿色通道时限 19 个工作日')
    expect(told.zh).not.toContain('承诺')
  })

  it('T14 T10: a promise that is read as the statute is not told as a promise', () => {
    expect(view('06-01 ACCEPT item=LONG', '06-09').zh).toContain('承诺长于法定，按法定 20 个工作日')
  })
})

describe('what is left of office time', () => {
  const left = (story: string, now: string) => view(story, now).office_left
  it('T4: to closing time and not to midnight, nights and days off left out [U5]', () => {
    const open = '06-01 ACCEPT item=PERMIT'
    expect(left(open, '06-15 09:00')).toEqual({ work_days: 1, minutes: 0 })
    expect(left(open, '06-15 16:30')).toEqual({ work_days: 0, minutes: 60 })
    expect(left(open, '06-15 20:00')).toEqual({ work_days: 0, minutes: 0 })
    expect(left(open, '06-12 17:30')).toEqual({ work_days: 1, minutes: 0 })
    expect(left(open, '06-16 09:00')).toBeNull()
    expect(left(`${open}\n06-05 DECIDE result=granted`, '06-09')).toBeNull()
  })

  it('T4 T5: a pause is no time that is left', () => {
    expect(left(paused(''), '06-04 09:00')).toEqual({ work_days: 8, minutes: 0 })
  })
})
