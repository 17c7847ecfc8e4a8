// The last days of December (T13): the notice of the next year may still move them, so what falls due there is
// provisional. Cards above 预警 on such a date wait for confirmation and count nowhere. Then next year's notice is loaded,
// late: due days, cards and figures follow, of closed cases too (J6). Given, when, then.

import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Office, openOffice } from './office.ts'

interface CalendarFile {
  readonly to: string
  readonly days: readonly { on: string; kind: string; name?: string }[]
}

const SHIPPED = JSON.parse(
  readFileSync(resolve(import.meta.dirname, '../../server/core/law/data/cn.calendar.json'), 'utf8'),
) as CalendarFile

/** An invented notice for 2027: off on Thursday the 31st and Friday the 1st, worked instead on the weekend after. */
const NOTICE = {
  catalogue: '2027 年节假日安排通知',
  valid_from: '2026-01-01',
  calendars: [
    {
      ...SHIPPED,
      to: '2027-12-31',
      days: [
        ...SHIPPED.days,
        { on: '2026-12-31', kind: 'off', name: '元旦' },
        { on: '2027-01-01', kind: 'off', name: '元旦' },
        { on: '2027-01-02', kind: 'work', name: '元旦' },
        { on: '2027-01-03', kind: 'work', name: '元旦' },
      ],
    },
  ],
}

const FIVE = { task_code: 'five' }

const GRANTED = { ...FIVE, payload: { result_type: '准予' } }

let office: Office
beforeEach(async () => {
  office = await openOffice('2026-12-24T10:00:00+08:00')
  const { take, event, moveTo } = office
  // given: SURE runs out on the 28th, which no notice can move; OPEN and OVER on the 31st, as far as anybody knows
  await take(event('ACCEPT', 'SURE', { ...FIVE, occurred_at: '2026-12-21T10:00:00+08:00' }))
  await take(event('ACCEPT', 'OPEN', FIVE), event('ACCEPT', 'OVER', FIVE))
  // HASTY is accepted on the 31st, and the new year begins without a notice: OVER is decided on Saturday the 2nd, two
  // days late as it seems, HASTY on the 7th, a day before its last as it seems; OPEN is forgotten
  await moveTo('2026-12-31T10:00:00+08:00')
  await take(event('ACCEPT', 'HASTY', FIVE))
  await moveTo('2027-01-02T16:00:00+08:00')
  await take(event('DECIDE', 'OVER', GRANTED))
  await moveTo('2027-01-07T16:00:00+08:00')
  await take(event('DECIDE', 'HASTY', GRANTED))
  await moveTo('2027-01-08T17:00:00+08:00')
})
afterEach(() => office.close())

const isProvisional = async (no: string, rule: string) =>
  (await office.files.store.listCards({ projectNos: [no], rule, limit: 1 })).rows[0]?.card.provisional
const dues = async () => {
  const cases = ['SURE', 'OPEN', 'OVER', 'HASTY']
  const all = await Promise.all(cases.map((no) => office.standing(no)))
  return all.map((standing) => standing?.dueAt.slice(0, 10))
}

describe('while there is no notice', () => {
  it('T13, T1a: due days are those of plain weekdays without New Year’s Day, which the statute makes off', async () => {
    expect(await dues()).toEqual(['2026-12-28', '2026-12-31', '2026-12-31', '2027-01-08'])
  })

  it('T13: the yellow card of SURE counts; those of OPEN and OVER wait for confirmation and count nowhere', async () => {
    expect(await office.cards('SURE')).toContainEqual('T-02 notified')
    expect(await office.cards('OPEN')).toContainEqual('T-02 to_confirm')
    expect(await office.cards('OVER')).toContainEqual('T-02 to_confirm')
    expect(await office.cards('HASTY')).not.toContainEqual(expect.stringMatching(/T-02/))
    expect(await isProvisional('OPEN', 'T-02')).toBe(true)
    expect(await office.total('yellow')).toBe(1)
    expect(await office.faults()).toEqual([])
  })
})

describe('when the notice is loaded late', () => {
  beforeEach(() => office.load(NOTICE))

  it('T13, J6: due days follow it, later or earlier; what was certain stays', async () => {
    expect(await dues()).toEqual(['2026-12-28', '2027-01-02', '2027-01-02', '2027-01-06'])
  })

  it('T13, J6: the card of OPEN is told and counts from now on, and the law is what moved it', async () => {
    expect(await office.cards('OPEN')).toContainEqual('T-02 notified')
    expect(await isProvisional('OPEN', 'T-02')).toBe(false)
    expect(await office.history('OPEN', 'T-02')).toEqual(['raise clock', expect.stringMatching(/ law$/)])
  })

  it('J6: OVER, closed late as it seemed, was in time, and its card is lifted by the law', async () => {
    expect(await office.standing('OVER')).toMatchObject({ status: 'concluded' })
    expect(await office.cards('OVER')).toContainEqual('T-02 lifted')
    expect((await office.history('OVER', 'T-02')).at(-1)).toBe('lift law')
  })

  it('J6: HASTY, closed in time as it seemed, was late, and its card is raised by the law', async () => {
    expect(await office.cards('HASTY')).toContainEqual('T-02 notified')
    expect(await office.history('HASTY', 'T-02')).toEqual(['raise law'])
    expect([await office.total('on_time'), await office.total('late')]).toEqual([1, 1])
  })

  it('T13, M7: counted is what the dates now say: three yellow cards, and the recount agrees', async () => {
    expect(await office.total('yellow')).toBe(3)
    expect(await office.faults()).toEqual([])
  })
})
