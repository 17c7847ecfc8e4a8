// A case as the API shows it: the clocks of complaints and bad ratings with their due days and without a word on whether
// they were met (T9), what must be known before its dates (T8), who used how much of it (F4), and a limit beyond every
// law at the door (T4, I6). Sunday 2026-09-20 works, the 25th and the first week of October do not.

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CaseView } from '../../server/contract/api.ts'
import { type House, instant, openHouse } from '../live/house.ts'
import { SMALL } from '../supervision/house.ts'

let house: House
let n = 0
const event = (type: string, at: string, more: Record<string, unknown> = {}) => {
  n += 1
  const who = { org_code: 'D1', window_no: 'A01', operator_id: 'OP1' }
  return { event_id: `E${n}`, event_type: type, project_no: 'C1', occurred_at: `${at}+08:00`, ...who, ...more }
}
const view = async (query = ''): Promise<CaseView> =>
  (await (await house.get(`/api/v1/cases/C1${query}`)).json()) as CaseView

beforeEach(async () => {
  n = 0
  house = await openHouse({ at: '2026-09-16T10:30:00+08:00', sources: ['east'] })
  await house.load({ ...SMALL, sources: [{ source: 'east', name: '东区系统', rate_scale: 'best_first' }] })
  await house.post('east', [
    event('ACCEPT', '2026-09-14T10:00:00', { task_code: 'five' }),
    event('STEP_START', '2026-09-15T10:00:00', { window_no: null, payload: { step_code: 'SC' } }),
    event('COMPLAIN', '2026-09-15T11:00:00'),
    event('RATE', '2026-09-15T12:00:00', { payload: { level: 5, origin: 'active' } }),
  ])
})
afterEach(() => house.close())

describe('complaints and bad ratings', () => {
  const due = (found: CaseView) =>
    found.duties.map(({ clock, ref, due_at, met_at, late }) => [clock, ref, due_at.slice(0, 10), met_at, late])

  it('T9: the case shows by when each is to be taken up and answered', async () => {
    expect(due(await view())).toEqual([
      ['complaint_take_up', 'E3', '2026-09-21', null, null],
      ['complaint_answer', 'E3', '2026-09-29', null, null],
      ['bad_rating_answer', 'E4', '2026-10-12', null, null],
    ])
  })

  it('T9, T14: past its due day it is explained and still nobody is called late by it', async () => {
    house.clock.set(instant('2026-12-01T10:00:00+08:00'))
    await house.serving.supervisor.settled()
    const found = await view()
    expect(due(found).map(([, , , , late]) => late)).toEqual([null, null, null])
    const told = found.explain.filter(({ clock }) => /^(complaint|bad)/.test(clock))
    expect(told.map(({ clock, due_on, late_by }) => [clock, due_on, late_by])).toEqual([
      ['complaint_take_up', '2026-09-21', 0],
      ['complaint_answer', '2026-09-29', 0],
      ['bad_rating_answer', '2026-10-12', 0],
    ])
    for (const { zh, en } of told) expect(`${zh} ${en}`).not.toMatch(/超|late|未/)
    expect(told[0]?.zh).toMatch(/收到投诉.*5 个工作日.*9 月 21 日/)
    expect(found.cards.map(({ rule_id }) => rule_id).sort()).toEqual(['T-01', 'T-02', 'T-03'])
  })

  it('I5, T9: of very many members the first are laid open; of all the due days are there', async () => {
    const asked = Array.from({ length: 90 }, (_, i) =>
      event('JOINT_DISPATCH', '2026-09-16T10:00:00', {
        payload: { member: `M${i}`, reply_due_at: '2026-09-21T17:00:00+08:00' },
      }),
    )
    await house.post('east', asked)
    const found = await view()
    expect(found.duties.filter(({ clock }) => clock === 'joint')).toHaveLength(90)
    const laidOpen = found.explain.map(({ clock }) => clock)
    expect(laidOpen.slice(0, 2)).toEqual(['promise', 'statute'])
    expect(laidOpen.filter((clock) => clock === 'joint').length).toBeLessThanOrEqual(60)
    expect(laidOpen).toContain('complaint_answer')
  })

  it('T9, M9: a past instant knows only the complaints of then', async () => {
    house.clock.set(instant('2026-09-17T10:30:00+08:00'))
    await house.post('east', [event('COMPLAIN', '2026-09-17T09:00:00')])
    expect((await view()).duties.filter(({ clock }) => clock === 'complaint_answer')).toHaveLength(2)
    const then = await view(`?as_of=${encodeURIComponent('2026-09-16T12:00:00+08:00')}`)
    expect(then.duties.filter(({ clock }) => clock === 'complaint_answer')).toHaveLength(1)
  })

  it('T9, F3: a complaint made void owes nothing', async () => {
    await house.post('east', [event('VOID', '2026-09-15T13:00:00', { payload: { target: 'E3', reason: '误录' } })])
    expect(due(await view()).map(([clock]) => clock)).toEqual(['bad_rating_answer'])
  })
})

describe('the case beside its clocks', () => {
  it('T9, T14: of very many complaints all due days are told and the first are laid open', async () => {
    const many = Array.from({ length: 60 }, () => event('COMPLAIN', '2026-09-16T09:00:00'))
    await house.post('east', many)
    const { duties, explain } = await view()
    expect(duties).toHaveLength(2 * 61 + 1)
    expect(explain.filter(({ clock }) => /^(complaint|bad)/.test(clock))).toHaveLength(30)
    expect(explain.map(({ clock }) => clock)).toContain('promise')
  })

  it('T9, I11: a delivery stamped ahead of the clock makes nothing late before its limit has passed', async () => {
    await house.post('east', [event('DECIDE', '2026-09-16T09:00:00', { payload: { result: 'granted' } })])
    house.clock.set(instant('2026-09-30T23:58:00+08:00'))
    const [receipt] = (await house.post('east', [event('DELIVER', '2026-10-01T00:05:00')])).receipts
    expect(receipt?.outcome).toBe('accepted')
    const delivery = async () => (await view()).duties.find(({ clock }) => clock === 'delivery')
    expect(await delivery()).toMatchObject({ due_at: '2026-09-30T23:59:59+08:00', late: false })
    house.clock.set(instant('2026-10-01T00:06:00+08:00'))
    await house.serving.supervisor.settled()
    expect(await delivery()).toMatchObject({ late: true, met_at: '2026-10-01T00:05:00+08:00' })
  })

  it('T8: a correction after acceptance is flagged; the custody and its sums are one reckoning (F4)', async () => {
    await house.post('east', [event('CORRECT_NOTICE', '2026-09-16T09:00:00')])
    const found = await view()
    expect(found.flags).toEqual(['correction_after_acceptance'])
    const sum = (rows: readonly { counted_wd: number }[]): number => rows.reduce((all, row) => all + row.counted_wd, 0)
    expect([found.custody.length, sum(found.custody)]).toEqual([3, 2])
    expect(sum(found.used_by)).toBe(2)
  })
})

describe('a limit beyond every law', () => {
  it('T4, I6: is refused at the door with its place, kept in quarantine, and its neighbours go on', async () => {
    const beyond = event('ACCEPT', '2026-09-16T09:00:00', { payload: { legal_limit: { value: 10_000, unit: 'WD' } } })
    const other = { ...event('RECEIVE', '2026-09-16T09:10:00'), project_no: 'C2' }
    const { receipts, accepted, rejected } = await house.post('east', [beyond, other])
    expect([accepted, rejected]).toEqual([1, 1])
    expect(receipts[0]).toMatchObject({ outcome: 'rejected', code: 'bad_field', field: '/payload/legal_limit/value' })
    expect(receipts[0]?.message_en).toContain('9999')
    const kept = (await (await house.get('/api/v1/quarantine')).json()) as { items: { code: string }[] }
    expect(kept.items.map(({ code }) => code)).toEqual(['bad_field'])
    expect(await (await house.get('/health')).json()).toMatchObject({ status: 'ok', cases_apart: 0 })
  })

  it('M9 A5: a clock set to before the last entry is told by /health [L19]', async () => {
    const health = async () => (await house.get('/health')).json()
    expect(await health()).toMatchObject({ status: 'ok', clock_behind_s: 0 })
    house.clock.set(instant('2026-09-16T10:00:30+08:00'))
    expect(await health()).toMatchObject({ status: 'degraded', clock_behind_s: 29 * 60 + 30 })
  })
})
