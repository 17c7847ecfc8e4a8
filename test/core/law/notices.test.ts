// Notices laid upon a calendar as standing documents leave them (T1a): what one brought goes with it, whatever lies on it,
// and a ledger whose documents hold whole calendars is read as before.

import { describe, expect, it } from 'vitest'
import { buildLaw, lawAfter } from '../../../server/core/law/build.ts'
import cnCalendar from '../../../server/core/law/data/cn.calendar.json' with { type: 'json' }
import type { LawDocument } from '../../../server/core/law/documents.ts'
import type { Law } from '../../../server/core/law/law.ts'
import { parseDay, printDay } from '../../../server/core/time/civil.ts'
import type { Day } from '../../../server/core/time/instant.ts'

const day = (text: string): Day => parseDay(text) as Day
const off = (...days: string[]) => days.map((on) => ({ on, kind: 'off' as const, name: '假' }))
const notice = (entry: number, days: unknown[], more: object = {}): LawDocument => ({
  entry,
  body: { catalogue: `第${entry}号`, valid_from: '2026-01-01', notices: [{ calendar_id: 'cn', days, ...more }] },
})
const back = (entry: number, takes_back: number): LawDocument => ({ entry, body: { catalogue: '撤回', takes_back } })
const reach = (law: Law): string => printDay(law.homeCalendar.to)
const works = (law: Law, ...days: string[]): boolean[] => days.map((on) => law.homeCalendar.isWorkDay(day(on)))
const YEAR = { to: '2027-12-31' }

describe('notices of standing documents', () => {
  it('T1a: a notice taken back goes with its days and its reach, though a later one lies on it', () => {
    const documents = [notice(1, off('2027-01-04'), YEAR), notice(2, off('2027-02-01'))]
    const both = buildLaw(documents)
    expect([reach(both), works(both, '2027-01-04', '2027-02-01')]).toEqual(['2027-12-31', [false, false]])
    const after = lawAfter(both, back(3, 1))
    const alone = buildLaw([documents[1] as LawDocument])
    for (const law of [after, alone])
      expect([reach(law), works(law, '2027-01-04', '2027-02-01')]).toEqual(['2027-02-01', [true, false]])
    expect(reach(lawAfter(after, back(4, 2)))).toBe('2026-12-31')
  })

  it('T1a: past a gap that a taking back leaves, days are known and nothing is covered; a notice of the gap joins them', () => {
    const documents = [
      notice(1, off('2027-01-04'), YEAR),
      notice(2, off('2028-01-04'), { from: '2028-01-01', to: '2028-12-31' }),
    ]
    const gap = buildLaw([...documents, back(3, 1)])
    expect([reach(gap), works(gap, '2027-01-04', '2028-01-04')]).toEqual(['2026-12-31', [true, false]])
    expect(gap.homeCalendar.isCovered(day('2028-06-01'))).toBe(false)
    expect(reach(lawAfter(gap, notice(4, off('2027-01-05'), YEAR)))).toBe('2028-12-31')
  })

  it('T1a: one that replaces takes the days of its stretch that it does not name, one that adds leaves them', () => {
    const first = notice(1, off('2026-12-30', '2027-01-04'), YEAR)
    const second = (replaces: boolean) => notice(2, off('2027-01-05'), { ...YEAR, replaces })
    const days = ['2026-12-30', '2027-01-04', '2027-01-05'] as const
    expect(works(buildLaw([first, second(true)]), ...days)).toEqual([false, true, false])
    expect(works(buildLaw([first, second(false)]), ...days)).toEqual([false, false, false])
  })

  it('T1a: two notices that name all statutory days of a year between them cover it; without one of them it is not covered', () => {
    const all = [
      '01-01',
      '02-05',
      '02-06',
      '02-07',
      '02-08',
      '04-05',
      '05-01',
      '05-02',
      '06-09',
      '09-15',
      '10-01',
      '10-02',
      '10-03',
    ]
    const days = all.map((one) => `2027-${one}`)
    const documents = [notice(1, off(...days.slice(0, 6))), notice(2, off(...days.slice(6)))]
    expect(reach(buildLaw(documents))).toBe('2027-12-31')
    expect(reach(buildLaw([...documents, back(3, 1)]))).toBe('2027-10-03')
  })

  it('T1a, J7: a whole calendar of an older ledger says all of its own; taken back, the notices under it stand again', () => {
    const merged = { ...cnCalendar, to: '2027-12-31', days: [...cnCalendar.days, ...off('2027-01-05')] }
    const whole: LawDocument = { entry: 2, body: { catalogue: 'x', calendars: [merged] } }
    const law = buildLaw([notice(1, off('2027-01-04'), YEAR), whole])
    expect(works(law, '2027-01-04', '2027-01-05')).toEqual([true, false])
    expect(works(lawAfter(law, back(3, 2)), '2027-01-04', '2027-01-05')).toEqual([false, true])
  })

  it('T1a: a statutory day is off whatever a notice or a calendar upon it says', () => {
    const local = {
      calendar_id: 'local',
      name: '本地',
      parent: 'cn',
      zone: 'Asia/Shanghai',
      from: '2027-01-01',
      to: '2027-12-31',
      days: [{ on: '2027-10-01', kind: 'work' }],
    }
    const work = ['2027-05-01', '2027-10-01'].map((on) => ({ on, kind: 'work' }))
    const document = notice(1, work, YEAR)
    const law = buildLaw([{ ...document, body: { ...document.body, calendars: [local] } }])
    expect(works(law, '2027-05-01', '2027-10-01')).toEqual([false, false])
    expect(law.calendars.get('local')?.isWorkDay(day('2027-10-01'))).toBe(false)
  })
})
