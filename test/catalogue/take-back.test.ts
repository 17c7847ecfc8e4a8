// A load of law shows what it would move before it is taken, and can be taken back (T1a, J6), on a real server with SQLite.

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CaseView } from '../../server/contract/api.ts'
import type { LawMoves } from '../../server/contract/law-moves.ts'
import type { LawView } from '../../server/contract/master.ts'
import { openRecords } from '../../server/store/sqlite/records.ts'
import { auditStore } from '../../server/supervision/audit.ts'
import { type MasterHouse, openMasterHouse } from './house.ts'

/** Three working days of July are given off, as after a flood. */
const NOTICE = [
  'calendar_id,on,kind,name',
  'cn,2026-07-06,off,抗洪',
  'cn,2026-07-07,off,抗洪',
  'cn,2026-07-08,off,抗洪',
  '',
].join('\n')

let house: MasterHouse
beforeAll(async () => {
  house = await openMasterHouse('2026-07-20T10:00:00+08:00x0')
  // FOOD: 10WD. L-1 runs out on 07-10, is late by now; L-2 runs out on 07-30; L-3 ran out in June
  await house.post([
    { no: 'L-1', at: '2026-06-26T10:00:00+08:00', task_code: 'FOOD' },
    { no: 'L-2', at: '2026-07-16T10:00:00+08:00', task_code: 'FOOD' },
    { no: 'L-3', at: '2026-06-08T10:00:00+08:00', task_code: 'FOOD' },
  ])
  await house.settled()
})
afterAll(() => house.close())

const dueOf = async (no: string): Promise<string | null> =>
  (await house.get<CaseView>(`/api/v1/cases/${no}`)).body.promise_due_on ?? null

const takeBack = async (entry: number, body: unknown, key = house.keys.administrator) => {
  const answer = await fetch(`${house.url}/api/v1/catalogue/loads/${entry}/take-back`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const said = (await answer.json()) as { entry: number | null; moves: LawMoves | null; code?: string }
  return { status: answer.status, ...said }
}

const faults = async (): Promise<unknown[]> => {
  const records = openRecords(house.folder)
  try {
    return [...(await auditStore({ records })).findings]
  } finally {
    await records.close()
  }
}

describe('a load and its taking back', () => {
  it('T1a, J6: the trial tells what would move, changes nothing; taken, it moves just that; taken back, all stands as before', async () => {
    expect([await dueOf('L-1'), await dueOf('L-2'), await dueOf('L-3')]).toEqual([
      '2026-07-10',
      '2026-07-30',
      '2026-06-23',
    ])
    const trial = (await house.upload(NOTICE, 'n.csv', { dry_run: '1' })).body
    // the promise of L-1; the statute of L-3, which would have run out on 07-07 and is decided by its promise
    expect(trial.moves).toMatchObject({ looked: 3, cases: 3, moved: 2, due_moved: 2, certain: 0, provisional: 0 })
    expect(trial.moves?.examples).toMatchObject([
      { project_no: 'L-1', due_before: '2026-07-10', due_after: '2026-07-15' },
      { project_no: 'L-3', due_before: '2026-06-23', due_after: '2026-06-23' },
    ])
    expect(await dueOf('L-1')).toBe('2026-07-10')

    const { entry } = (await house.upload(NOTICE, 'n.csv', { who: '王五' })).body
    await house.settled()
    expect([await dueOf('L-1'), await dueOf('L-2'), await dueOf('L-3')]).toEqual([
      '2026-07-15',
      '2026-07-30',
      '2026-06-23',
    ])
    expect(await faults()).toEqual([])

    const asked = await takeBack(entry as number, { why: '通知作废', dry_run: true })
    expect([asked.status, asked.entry, asked.moves?.due_moved]).toEqual([200, null, 2])
    const back = await takeBack(entry as number, { why: '通知作废', who: '王五' })
    expect(back.status).toBe(201)
    await house.settled()
    expect([await dueOf('L-1'), await dueOf('L-2'), await dueOf('L-3')]).toEqual([
      '2026-07-10',
      '2026-07-30',
      '2026-06-23',
    ])
    expect(await faults()).toEqual([])
    const { loads } = (await house.get<LawView>('/api/v1/law', house.keys.auditor)).body
    expect(loads.slice(0, 2)).toMatchObject([
      { entry: back.entry, takes_back: entry, why: '通知作废', by: expect.stringContaining('王五') },
      { entry, taken_back_by: back.entry },
    ])
    expect(await takeBack(entry as number, { why: 'x' })).toMatchObject({ status: 409, code: 'load_taken_back' })
  })

  it('T1a, A1: only a standing load, only with a reason, only by who may load', async () => {
    expect(await takeBack(999_999, { why: 'x' })).toMatchObject({ status: 404, code: 'load_not_found' })
    expect((await takeBack(house.firstEntry, { why: '  ' })).status).toBe(400)
    expect((await takeBack(house.firstEntry, { why: 'x' }, house.keys.auditor)).status).toBe(403)
  })

  it('T1a: a load that a later whole calendar contains is refused by itself, and let go after that one', async () => {
    // as an older ledger holds it: the notice merged with the calendar it was laid upon
    const merged = (to: string, ...days: string[]) => ({
      catalogue: '合并的日历',
      valid_from: '2026-01-01',
      calendars: [
        {
          calendar_id: 'cn',
          name: '历',
          zone: 'Asia/Shanghai',
          from: '2026-01-01',
          to,
          days: days.map((on) => ({ on, kind: 'off', name: '停办' })),
        },
      ],
    })
    const load = async (body: object): Promise<number> => {
      const taken = await house.upload(JSON.stringify(body), 'm.json', { shrinks: '1' })
      return taken.body.entry as number
    }
    const first = await load(merged('2026-12-31', '2026-07-06'))
    const second = await load(merged('2026-12-31', '2026-07-06', '2026-07-07'))
    const alone = { status: 409, code: 'load_contained', contained_in: second }
    expect(await takeBack(first, { why: '有误', dry_run: true })).toMatchObject(alone)
    expect(await takeBack(first, { why: '有误' })).toMatchObject(alone)
    await house.settled()
    expect(await dueOf('L-1')).toBe('2026-07-14')
    expect((await takeBack(second, { why: '有误' })).status).toBe(201)
    expect((await takeBack(first, { why: '有误' })).status).toBe(201)
    await house.settled()
    expect(await dueOf('L-1')).toBe('2026-07-10')
    // a whole calendar that says none of its days does not contain it; one that reaches as far as it made it reach does
    const other = await load(merged('2026-12-31', '2026-07-06'))
    const apart = await load(merged('2026-12-31', '2026-08-03'))
    for (const entry of [other, apart]) expect((await takeBack(entry, { why: '有误' })).status).toBe(201)
    const further = await load(merged('2027-12-31'))
    const asFar = await load(merged('2027-12-31', '2026-08-03'))
    expect(await takeBack(further, { why: '有误' })).toMatchObject({ code: 'load_contained', contained_in: asFar })
    for (const entry of [asFar, further]) expect((await takeBack(entry, { why: '有误' })).status).toBe(201)
  })
})
