// A row of a plain file, without keys, of which something could not be read (I6, I15): a later file that says the row anew, what could
// be read of it corrected as well, leaves nothing of the old row waiting; one that is silent of a half leaves that waiting.

import { afterEach, beforeEach, expect, it } from 'vitest'
import type { SourceState } from '../../server/contract/sources.ts'
import { type House, openHouse } from '../live/house.ts'
import { answered, bring, clean, get, HALL } from './registers.ts'

const MAPPING = {
  mapping: 'm',
  source: 's',
  zone: 'Asia/Shanghai',
  fields: { project_no: 'no', org_code: { const: 'd' } },
  case: [
    { type: 'ACCEPT', at: 'on' },
    { type: 'COMPLETE', at: 'off' },
  ],
}
let house: House
let n = 0
beforeEach(async () => {
  house = await openHouse({ at: '2026-03-30T10:00:00+08:00', sources: [] })
  await house.load(HALL)
})
afterEach(() => house.close())

const file = async (...rows: string[]) => {
  n += 1
  const text = `no,on,off\n${rows.join('\n')}\n`
  return bring(house, { name: `${n}.csv`, text, asOf: '2026-03-29T08:00:00+08:00', mapping: MAPPING })
}
const waiting = async (): Promise<number> =>
  (await get<{ items: SourceState[] }>(house, 'sources')).items.reduce((sum, one) => sum + one.waiting_rows, 0)

const HALF = 'A-1,2026-03-02 09:00:00,2026-03-1六'

it.each([
  ['the half as it was, the other mended', ['A-1,2026-03-02 09:00:00,2026-03-16'], 0],
  ['both corrected', ['A-1,2026-03-03 09:00:00,2026-03-16'], 0],
  ['both corrected, among others', ['A-2,2026-03-02 09:00:00,2026-03-16', 'A-1,2026-03-03 09:00:00,2026-03-16'], 0],
  ['silent of the half that could be read', ['A-1,,2026-03-16'], 1],
  ['silent of the one that could not', ['A-1,2026-03-03 09:00:00,'], 1],
  ['of another case', ['A-2,2026-03-03 09:00:00,2026-03-16'], 1],
])('I6 I15: a later file, %s: %j', async (_, rows, left) => {
  await file(HALF)
  expect(await waiting()).toBe(1)
  await file(...rows)
  expect(await waiting()).toBe(left)
  await clean(house)
})

it('I6 I14: taken back, what it corrected waits again', async () => {
  await file(HALF)
  const job = await file('A-1,2026-03-03 09:00:00,2026-03-16')
  expect(await waiting()).toBe(0)
  const path = `imports/${job.import_id}/withdraw`
  expect((await answered(house, path, 'administrator', { why: '错' })).status).toBeLessThan(300)
  await house.serving.supervisor.settled()
  expect(await waiting()).toBe(1)
})

it('I6 I15: two files that each mend a half of it correct it by neither', async () => {
  await file('A-1,2026-03-0二,2026-03-1六')
  await file('A-1,2026-03-02 09:00:00,')
  expect(await waiting()).toBe(1)
})
