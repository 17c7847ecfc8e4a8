// A register of the field whose conclusion cannot be read (I14, I15): it waits until an export that is known to be later speaks of
// it, and no card is told of the case as if it were open.

import { afterEach, beforeEach, expect, it } from 'vitest'
import type { SourceState } from '../../server/contract/sources.ts'
import { type House, openHouse } from '../live/house.ts'
import { bring, clean, get, HALL } from './registers.ts'

const MAPPING = {
  mapping: 'm',
  source: 's',
  zone: 'Asia/Shanghai',
  register: '台账',
  fields: { project_no: '办件编号', org_code: { const: 'd' } },
  case: [
    { type: 'ACCEPT', at: '受理', payload: { promise_due_at: '应办' } },
    { type: 'COMPLETE', at: '办结' },
  ],
}
const HEAD = '办件编号,受理,应办,办结'
const ACCEPTED = '2026-03-10 09:00:00,2026-03-17'

let house: House
beforeEach(async () => {
  house = await openHouse({ at: '2026-03-30T10:00:00+08:00', sources: [] })
  await house.load(HALL)
})
afterEach(() => house.close())

const waiting = async (): Promise<number> =>
  (await get<{ items: SourceState[] }>(house, 'sources')).items.reduce((sum, one) => sum + one.waiting_rows, 0)
const export_ = (day: string, head: string, row: string, more: object = {}) =>
  bring(house, {
    name: `${day}.csv`,
    text: `${head}\n${row}\n`,
    asOf: `${day}T08:00:00+08:00`,
    mapping: { ...MAPPING, ...more },
  })

it('I14 I15: a later export whose line ends before the conclusion leaves it waiting, one that says it does not', async () => {
  await export_('2026-03-20', HEAD, `D-1,${ACCEPTED},2026-03-1六`)
  await export_('2026-03-21', HEAD, `D-1,${ACCEPTED}`)
  expect(await waiting()).toBe(1)
  await export_('2026-03-22', HEAD, `D-1,${ACCEPTED},2026-03-16`)
  expect(await waiting()).toBe(0)
  await clean(house)
})

it('I14 I15: an emptied cell of a later export is an answer', async () => {
  await export_('2026-03-20', HEAD, `D-1,${ACCEPTED},2026-03-1六`)
  await export_('2026-03-21', HEAD, `D-1,${ACCEPTED},`)
  expect(await waiting()).toBe(0)
})

it('I14 I15: a row of which nobody knows as of when it is goes on waiting, until what it says has come', async () => {
  const head = `${HEAD},截至`
  const more = { as_of: '截至' }
  await export_('2026-03-20', head, `AS-1,${ACCEPTED},2026-03-16,坏`, more)
  await export_('2026-03-21', head, `AS-1,${ACCEPTED},,2026-03-11`, more)
  expect(await waiting()).toBe(1)
  await export_('2026-03-22', head, `AS-1,${ACCEPTED},2026-03-16,2026-03-20`, more)
  expect(await waiting()).toBe(0)
  await clean(house)
})
