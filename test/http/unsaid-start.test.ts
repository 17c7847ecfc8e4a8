// What began a limit where nobody accepted by word (T14): silence is told as 视为受理, a conclusion without any acceptance by
// the receipt alone (许可 32). Received Monday 2026-11-02; five working days for a notice end on the 9th.

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CaseView } from '../../server/contract/api.ts'
import { answer } from '../core/time/world.ts'
import { type House, openHouse } from '../live/house.ts'
import { SMALL } from '../supervision/house.ts'

let house: House
const event = (no: string, type: string, on: string, item = 'permit') => ({
  event_id: `${no}${type}`,
  event_type: type,
  project_no: no,
  occurred_at: `2026-11-${on}T10:00:00+08:00`,
  task_code: item,
})
beforeAll(async () => {
  house = await openHouse({ at: '2026-11-12T10:00:00+08:00', sources: ['east'] })
  const permit = { task_code: 'permit', name: '许可', org_code: 'D1', project_type: '2' }
  await house.load({ ...SMALL, items: [...(SMALL.items ?? []), { ...permit, promise: '10WD' }] })
  await house.post('east', [
    event('SILENT', 'RECEIVE', '02'),
    event('WORD', 'RECEIVE', '02'),
    event('WORD', 'ACCEPT', '02'),
    event('BEGUN', 'RECEIVE', '02'),
    event('BEGUN', 'DECIDE', '04'),
    event('BARE', 'DECIDE', '04'),
    event('MENDED', 'RECEIVE', '02'),
    event('MENDED', 'CORRECT_NOTICE', '03'),
    event('MENDED', 'CORRECT_DONE', '05'),
  ])
})
afterAll(() => house.close())

const promiseOf = async (no: string) => {
  const view = (await (await house.get(`/api/v1/cases/${no}`)).json()) as CaseView
  const { zh = '', en = '' } = view.explain.find(({ clock }) => clock === 'promise') ?? {}
  return [zh.slice(0, zh.indexOf('，承诺')), en.slice(0, en.indexOf(';'))]
}

describe('what began a limit', () => {
  it.each([
    ['WORD', '11 月 2 日（周一）受理', 'Accepted on Mon 2 Nov'],
    [
      'SILENT',
      '11 月 2 日（周一）收件，逾期未告知补正，视为受理',
      'Received, and deemed accepted by silence, on Mon 2 Nov',
    ],
    ['BEGUN', '11 月 2 日（周一）收件', 'Received on Mon 2 Nov'],
    ['BARE', '11 月 4 日（周三）首次记载', 'First recorded on Wed 4 Nov'],
    ['MENDED', '11 月 5 日（周四）补正完毕，视为受理', 'Corrected as asked, and so taken as accepted, on Thu 5 Nov'],
  ])('T14: %s is told as it was', async (no, zh, en) => expect(await promiseOf(no)).toEqual([zh, en]))

  it('T14 T8: the calculator tells it alike', () => {
    const told = (question: Parameters<typeof answer>[0]) =>
      answer({ ...question, explain: true }).zh?.split('，时限')[0]
    const received = '2026-11-02'
    expect(told({ received, limit: '10WD' })).toBe('11 月 2 日（周一）收件，逾期未告知补正，视为受理')
    expect(told({ received, accept: '2026-11-03', limit: '10WD' })).toBe('11 月 3 日（周二）受理')
    expect(told({ received })).toBe('11 月 2 日（周一）收件')
    const mended = { received, notice_on: '2026-11-03', corrected_on: '2026-11-05', limit: '10WD' }
    expect(told(mended)).toBe('11 月 5 日（周四）补正完毕，视为受理')
  })
})
