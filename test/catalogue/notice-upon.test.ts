// What a load does to the calendar in force is told before it is done, and undone whole (T1a): on a real server with SQLite.

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CaseView } from '../../server/contract/api.ts'
import type { CalendarView } from '../../server/contract/master.ts'
import { type MasterHouse, openMasterHouse } from './house.ts'

const table = (...rows: string[]): string => ['日期,名称,放假/上班', ...rows, ''].join('\n')
const V1 = table('2027-01-01,元旦,放假', '2027-01-04,元旦,放假')
const YEAR = { covers_to: '2027-12-31' }

let house: MasterHouse
beforeAll(async () => {
  house = await openMasterHouse('2026-12-31T10:00:00+08:00x0')
  // BARE: 3WD
  await house.post([{ no: 'N-1', at: '2026-12-31T09:00:00+08:00', task_code: 'BARE' }])
})
afterAll(() => house.close())

const standing = async () => {
  await house.settled()
  const { to, days } = (await house.get<CalendarView>('/api/v1/calendars/cn?year=2027')).body
  const due = (await house.get<CaseView>('/api/v1/cases/N-1')).body.promise_due_on
  const kinds = (on: string) => days.find((day) => day.on === on)?.kind
  return { to, due, jan4: kinds('2027-01-04'), jan5: kinds('2027-01-05'), may1: kinds('2027-05-01') }
}

const takeBack = async (entry: number | null): Promise<number> => {
  const answer = await fetch(`${house.url}/api/v1/catalogue/loads/${entry}/take-back`, {
    method: 'POST',
    headers: { authorization: `Bearer ${house.keys.administrator}`, 'content-type': 'application/json' },
    body: JSON.stringify({ why: '有误' }),
  })
  return answer.status
}

describe('a load upon the calendar in force', () => {
  it('T1a: taken back, it goes with all it brought, though a later notice lies on it', async () => {
    const before = await standing()
    expect(before).toMatchObject({ to: '2026-12-31', due: '2027-01-06', jan4: 'work' })
    const first = (await house.upload(V1, 'v1.csv', YEAR)).body.entry
    expect(await standing()).toMatchObject({ to: '2027-12-31', due: '2027-01-07', jan4: 'holiday' })
    const second = (await house.upload(table('2027-02-01,,放假'), 'v2.csv')).body.entry
    expect(await takeBack(first)).toBe(201)
    expect(await standing()).toMatchObject({ to: '2027-02-01', due: '2027-01-06', jan4: 'work' })
    expect(await takeBack(second)).toBe(201)
    expect(await standing()).toEqual(before)
  })

  it('T1a: a corrected notice is refused until it is said whether it replaces the former one or adds to it', async () => {
    const first = (await house.upload(V1, 'v1.csv', YEAR)).body.entry
    const corrected = table('2027-01-01,元旦,放假', '2027-01-05,元旦,放假')
    const asked = await house.upload(corrected, 'v2.csv', YEAR)
    expect([asked.status, asked.load?.faults.map(({ code }) => code)]).toEqual([422, ['days_unnamed']])
    expect(asked.load?.coverage).toMatchObject([{ left: [{ on: '2027-01-04', kind: 'off' }], notice: null }])
    expect((await house.upload(corrected, 'v2.csv', { ...YEAR, notice: 'perhaps' })).status).toBe(400)
    const added = await house.upload(corrected, 'v2.csv', { ...YEAR, notice: 'adds' })
    expect(added.body.coverage).toMatchObject([{ notice: 'adds', left: [{ on: '2027-01-04' }] }])
    expect(await standing()).toMatchObject({ jan4: 'holiday', jan5: 'holiday' })
    await takeBack(added.body.entry)
    const replaced = await house.upload(corrected, 'v2.csv', { ...YEAR, notice: 'replaces' })
    expect(replaced.status).toBe(201)
    expect(await standing()).toMatchObject({ jan4: 'work', jan5: 'holiday', to: '2027-12-31' })
    for (const entry of [replaced.body.entry, first]) await takeBack(entry)
  })

  it('T1a: a few days of a year that is arranged already ask for nothing, and the others stand', async () => {
    const flood = await house.upload(table('2026-07-06,抗洪,放假', '2026-07-07,抗洪,放假'), 'f.csv', { dry_run: '1' })
    expect(flood.body).toMatchObject({ fault_count: 0, coverage: [{ by: 'unchanged', left: [] }] })
  })

  it('T1a: a statutory day said to work is told at its row, and stays off though the rest is loaded', async () => {
    const rows = table('2027-01-04,元旦,放假', '2027-05-01,劳动节,上班', '2027-10-01,国庆节,上班')
    const refused = await house.upload(rows, 'w.csv', YEAR)
    expect(refused.status).toBe(422)
    expect(refused.load?.faults).toMatchObject([
      { line: 3, field: 'kind', code: 'statutory_work' },
      { line: 4, field: 'kind', code: 'statutory_work' },
    ])
    const taken = await house.upload(rows, 'w.csv', { ...YEAR, skip_faulty: '1' })
    expect([taken.status, taken.body.fault_count]).toEqual([201, 2])
    expect(await standing()).toMatchObject({ jan4: 'holiday', may1: 'holiday' })
    await takeBack(taken.body.entry)
  })

  it('T1a: a calendar that covers less than the one in force is refused with both stretches, unless that is said yes to', async () => {
    const calendar = {
      calendar_id: 'cn',
      name: '日历',
      zone: 'Asia/Shanghai',
      from: '2027-01-01',
      to: '2027-12-31',
      days: [{ on: '2027-05-01', kind: 'work' }],
    }
    const file = JSON.stringify({ catalogue: '2027', valid_from: '2027-01-01', calendars: [calendar] })
    const refused = await house.upload(file, 'k.json', { skip_faulty: '1' })
    expect(refused.load?.faults).toMatchObject([
      { field: '/calendars/0', code: 'coverage_shrinks', zh: expect.stringContaining('2007-01-01 – 2026-12-31') },
      { field: '/calendars/0/days/0/kind', code: 'statutory_work' },
    ])
    expect(refused.load?.coverage).toMatchObject([
      { before_from: '2007-01-01', before_to: '2026-12-31', from: '2027-01-01', to: '2027-12-31' },
    ])
    expect(refused.status).toBe(422)
    const taken = await house.upload(file, 'k.json', { skip_faulty: '1', shrinks: '1' })
    expect(taken.status).toBe(201)
    expect(await standing()).toMatchObject({ to: '2027-12-31', may1: 'holiday' })
    await takeBack(taken.body.entry)
    expect(await standing()).toMatchObject({ to: '2026-12-31' })
  })
})
