// Which version holds (J7, T10): of an item, a department, a region, a calendar and what a source can send, the one in force
// on the day concerned. A row that begins later moves nothing that lies before it (L2, L12).
import { describe, expect, it } from 'vitest'
import { buildLaw } from '../../../server/core/law/build.ts'
import cnCalendar from '../../../server/core/law/data/cn.calendar.json' with { type: 'json' }
import type { LawDocument } from '../../../server/core/law/documents.ts'
import { departmentAt, type Law, regionAt } from '../../../server/core/law/law.ts'
import { parseDay } from '../../../server/core/time/civil.ts'
import type { Day } from '../../../server/core/time/instant.ts'
import { CATALOGUE, judged, rulesOf, told } from './world.ts'

const day = (text: string): Day => parseDay(text) as Day
const lawOf = (...later: readonly Record<string, unknown>[]): Law =>
  buildLaw([CATALOGUE, ...later].map((body, i): LawDocument => ({ entry: i + 1, body })))

/** Another calendar, on which the ninth of June 2026 is off as well. */
const LOCAL = {
  calendar_id: 'local',
  name: '本地',
  parent: 'cn',
  zone: 'Asia/Shanghai',
  from: cnCalendar.from,
  to: cnCalendar.to,
  days: [{ on: '2026-06-09', kind: 'off', name: '本地休息' }],
}
const MOVED = { task_code: 'PERMIT', name: '许可', org_code: 'D2', item_type: '01', promise: '3WD', statute: '20WD' }
const LATER = { task_code: 'LATER', name: '后来才有版本', org_code: 'D1', item_type: '20', promise: '5WD' }
const due = (story: string, now: string, under: Law): string =>
  told(judged(story, now, under).promise?.due.dueAt ?? null)

describe('the version in force', () => {
  it('T10 J7: an item that another department takes over leaves what was accepted before where it was [L2]', () => {
    const under = lawOf({ valid_from: '2026-06-08', items: [MOVED] })
    const before = judged('06-05 ACCEPT item=PERMIT', '06-05', under)
    const after = judged('06-08 ACCEPT item=PERMIT', '06-08', under)
    expect([before.grounds.department, after.grounds.department]).toEqual(['D1', 'D2'])
    expect([told(before.promise?.due.dueAt ?? null), told(after.promise?.due.dueAt ?? null)]).toEqual([
      '06-22 23:59:59.999',
      '06-11 23:59:59.999',
    ])
    const item = { item: 'PERMIT', org: null }
    expect(departmentAt(under, item, day('2026-06-07'))).toBe('D1')
    expect(departmentAt(under, item, day('2026-06-08'))).toBe('D2')
    expect(departmentAt(under, { item: 'NOWHERE', org: 'D9' }, day('2026-06-08'))).toBe('D9')
  })

  it('T10 T1: a calendar that a region takes later counts the days of no clock that started before [L2]', () => {
    const region = { region_code: 'R1', name: '甲区', calendar: 'local' }
    const now = lawOf({ valid_from: '2026-01-01', calendars: [LOCAL], regions: [region] })
    const then = lawOf({ valid_from: '2027-01-01', calendars: [LOCAL], regions: [region] })
    expect(due('06-01 ACCEPT item=PERMIT', '06-01', now)).toBe('06-16 23:59:59.999')
    expect(due('06-01 ACCEPT item=PERMIT', '06-01', then)).toBe('06-15 23:59:59.999')
  })

  it('T10: a department that moves to another region is asked with the day', () => {
    const under = lawOf({
      valid_from: '2026-06-08',
      regions: [{ region_code: 'R2', name: '乙区' }],
      departments: [{ org_code: 'D1', name: '甲局', region_code: 'R2' }],
    })
    expect([regionAt(under, 'D1', day('2026-06-07')), regionAt(under, 'D1', day('2026-06-08'))]).toEqual(['R1', 'R2'])
    expect(regionAt(under, 'D9', day('2026-06-08'), 'R7')).toBe('R7')
  })

  it('T10 T9: a step is read by the version of the day on which it began, the whole by that of the acceptance', () => {
    const changed = { ...MOVED, org_code: 'D1', steps: [{ step_code: 'SC', limit: '1WD' }] }
    const under = lawOf({ valid_from: '2026-06-08', items: [changed] })
    const story = '06-05 ACCEPT item=PERMIT\n06-08 STEP_START step_code=SC'
    const { promise, steps } = judged(story, '06-08', under)
    expect(told(promise?.due.dueAt ?? null)).toBe('06-22 23:59:59.999')
    expect(told(steps[0]?.clock?.due.dueAt ?? null)).toBe('06-09 23:59:59.999')
  })

  it('T10 I12: what a source declares later excuses nothing before, and holds from its day on [L2]', () => {
    const story = (at: string) => `06-01 ACCEPT item=PERMIT\n${at} SUSPEND kind=hearing basis=45 approver=op9`
    const source = { source: 's1', name: '一号源', sends: ['ACCEPT', 'SUSPEND', 'SUSPEND.basis', 'SUSPEND.approver'] }
    const under = lawOf({ valid_from: '2026-06-05', sources: [source] })
    expect(rulesOf(judged(story('06-04'), '06-05', under))).toBe('P-03')
    expect(rulesOf(judged(story('06-05'), '06-05 12:00', under))).toBe('')
    expect(judged(story('06-05'), '06-05 12:00', under).unknown).toContain('SUSPEND.notice_at')
  })

  it('T10: an item whose first version begins later is read by it, and flagged [L12]', () => {
    const under = lawOf({ valid_from: '2027-01-01', items: [LATER] })
    const early = judged('06-01 ACCEPT item=LATER', '06-01', under)
    expect([told(early.promise?.due.dueAt ?? null), early.undated, early.flags]).toEqual([
      '06-08 23:59:59.999',
      false,
      ['item_version_later'],
    ])
    expect(judged('06-01 ACCEPT item=PERMIT', '06-01', under).flags).toEqual([])
  })
})

describe('an item whose type is not known', () => {
  const waiting = (story: string, now: string): string[] =>
    judged(story, now).findings.map(({ rule, contested }) => `${rule} ${contested ?? 'sure'}`)

  it('T8: T-05, T-06 and P-01 wait for a person; those of a permit do not', () => {
    expect(waiting('06-01 RECEIVE item=NOWHERE', '06-10')).toEqual(['T-05 item_type'])
    expect(waiting('06-01 RECEIVE item=NOWHERE\n06-03 DECIDE result=granted', '06-04')).toEqual(['P-01 item_type'])
    expect(waiting('06-01 ACCEPT item=NOWHERE\n06-03 DECIDE result=granted', '06-25')).toEqual(['T-06 item_type'])
    expect(waiting('06-01 RECEIVE item=BARE', '06-10')).toEqual(['T-05 sure'])
  })

  it('T8: a correction after acceptance is flagged, but not after 容缺受理 or 告知承诺', () => {
    const flags = (mode: string) => judged(`06-01 ACCEPT item=PERMIT${mode}\n06-03 CORRECT_NOTICE`, '06-04').flags
    expect(flags('')).toEqual(['correction_after_acceptance'])
    expect(flags(' mode=normal')).toEqual(['correction_after_acceptance'])
    expect([flags(' mode=tolerant'), flags(' mode=commitment')]).toEqual([[], []])
  })

  it('F5: a receipt or an acceptance stamped after the conclusion sets no day and no limit [L5, L15]', () => {
    const late = judged(
      '06-01 RECEIVE item=UNDATED\n06-03 DECIDE result=granted\n06-04 ACCEPT promise_limit=1WD',
      '06-30',
    )
    expect([late.verdict, late.undated, rulesOf(late)]).toEqual(['undated', true, 'P-01'])
    const receipt = judged('06-01 STEP_START item=SERVICE\n06-03 DECIDE result=granted\n06-04 RECEIVE', '06-05')
    expect([receipt.receivedAt, told(receipt.acceptedAt)]).toEqual([null, '06-01 10:00:00'])
  })
})
