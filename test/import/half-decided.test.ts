// What becomes of a half row (I6, I14, I15): it is taken whole or not at all, also when a person sends it again; it goes with the
// import that brought it, and brought again it waits once.

import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Receipt } from '../../server/contract/api.ts'
import type { SourceState } from '../../server/contract/sources.ts'
import { openRecords } from '../../server/store/sqlite/records.ts'
import { type House, openHouse } from '../live/house.ts'
import { answered, bring, clean, get, HALL, yellows } from './registers.ts'

const NOW = '2026-03-30T10:00:00+08:00'
const MAPPING = {
  mapping: 'm',
  source: 's',
  zone: 'Asia/Shanghai',
  fields: { project_no: 'no', org_code: 'org' },
  case: [
    { type: 'ACCEPT', at: 'on', payload: { promise_due_at: 'due' } },
    { type: 'COMPLETE', at: 'off' },
  ],
}
const HEAD = 'no,org,on,off,due'
/** Accepted on the 2nd, due on the 9th, concluded on a day that nobody can read. */
const HALF = 'A-1,d,2026-03-02 09:00:00,2026-03-0五,2026-03-09'
const file = (name: string, ...rows: string[]) => ({
  name,
  text: `${[HEAD, ...rows].join('\n')}\n`,
  asOf: NOW,
  mapping: MAPPING,
})

interface Held {
  readonly id: number
  readonly raw: string
  readonly event_id: string
  readonly resolution: string | null
}

let house: House
beforeEach(async () => {
  house = await openHouse({ at: NOW, sources: [] })
  await house.load(HALL)
})
afterEach(() => house.close())

const held = async (): Promise<Held[]> =>
  (await answered<{ items: Held[] }>(house, 'quarantine', 'supervisor')).body.items
const shown = async (): Promise<string[]> =>
  (await held()).map(({ raw, resolution }) => `${JSON.parse(raw).event_type} ${resolution}`).sort()
const idOf = async (type: string): Promise<number> =>
  (await held()).find(({ raw, resolution }) => resolution === null && JSON.parse(raw).event_type === type)?.id ?? 0
const waiting = async (): Promise<number> =>
  (await get<{ items: SourceState[] }>(house, 'sources')).items.reduce((sum, one) => sum + one.waiting_rows, 0)
const resubmit = (id: number, event: unknown) =>
  answered<Receipt & { row?: Receipt[]; code: string }>(house, `quarantine/${id}/resubmit`, 'supervisor', event)
const rawOf = async (id: number): Promise<Record<string, unknown>> =>
  JSON.parse((await held()).find((one) => one.id === id)?.raw ?? '')
const withdraw = async (id: string): Promise<void> => {
  expect((await answered(house, `imports/${id}/withdraw`, 'administrator', { why: '导错' })).status).toBe(200)
  await house.serving.supervisor.settled()
}

it('I15: the readable half of a row is not taken alone while the other is undecided, and makes no card', async () => {
  await bring(house, file('half.csv', HALF))
  const accept = await idOf('ACCEPT')
  const refused = await resubmit(accept, await rawOf(accept))
  expect([refused.status, refused.body.code]).toEqual([422, 'row_waits'])
  await house.serving.supervisor.settled()
  expect([await yellows(house), await waiting()]).toEqual([{}, 1])
  expect(await shown()).toEqual(['ACCEPT null', 'COMPLETE null'])
})

it('I15: the mended half takes the other along', async () => {
  await bring(house, file('half.csv', HALF))
  const complete = await idOf('COMPLETE')
  const mended = { ...(await rawOf(complete)), occurred_at: '2026-03-05T09:00:00+08:00' }
  const taken = await resubmit(complete, mended)
  expect(taken.body).toMatchObject({ outcome: 'accepted', row: [{ outcome: 'accepted' }] })
  await house.serving.supervisor.settled()
  expect([await shown(), await yellows(house), await waiting()]).toEqual([
    ['ACCEPT resubmitted', 'COMPLETE resubmitted'],
    {},
    0,
  ])
  await clean(house)
})

it('I15: mended wrongly nothing of it is taken', async () => {
  await bring(house, file('half.csv', HALF))
  const complete = await idOf('COMPLETE')
  const wrong = await resubmit(complete, { ...(await rawOf(complete)), occurred_at: '5 March' })
  expect(wrong.body).toMatchObject({ outcome: 'rejected', code: 'bad_instant' })
  expect((await shown()).filter((one) => one.endsWith('resubmitted'))).toEqual([])
  expect((await answered(house, 'cases/A-1', 'auditor')).status).toBe(404)
})

it('I6 I15: one half set down is of the row still: the other goes with it, or as the whole row that a person says it is', async () => {
  await bring(house, file('half.csv', HALF))
  const [accept, complete] = [await idOf('ACCEPT'), await idOf('COMPLETE')]
  const down = { source_system: 's', from: complete, up_to: complete, why: '未办结' }
  expect((await answered(house, 'quarantine/dismiss', 'supervisor', down)).status).toBe(200)
  const raw = await rawOf(accept)
  const refused = await resubmit(accept, raw)
  expect([refused.status, refused.body.code]).toEqual([422, 'row_set_down'])
  await house.serving.supervisor.settled()
  expect([await yellows(house), await waiting()]).toEqual([{}, 1])
  expect((await resubmit(accept, [raw])).body).toMatchObject({ outcome: 'accepted' })
  expect([await shown(), await waiting()]).toEqual([['ACCEPT resubmitted', 'COMPLETE dismissed'], 0])
  await clean(house)
})

it('I15: a row of which several cannot be read is sent whole', async () => {
  await bring(house, file('half.csv', 'A-1,d,2026-03-0一,2026-03-0五,2026-03-09'))
  const [accept, complete] = [await idOf('ACCEPT'), await idOf('COMPLETE')]
  const events = [
    { ...(await rawOf(accept)), occurred_at: '2026-03-02T09:00:00+08:00' },
    { ...(await rawOf(complete)), occurred_at: '2026-03-05T09:00:00+08:00' },
  ]
  expect((await resubmit(accept, events[0])).body.code).toBe('row_waits')
  expect((await resubmit(accept, events)).body).toMatchObject({ outcome: 'accepted', row: [{ outcome: 'accepted' }] })
  expect([await shown(), await waiting()]).toEqual([['ACCEPT resubmitted', 'COMPLETE resubmitted'], 0])
  await clean(house)
})

it('I6 I15: an import brought again does not double what waits; taken back, it waits by the other one', async () => {
  const one = await bring(house, file('half.csv', HALF))
  const two = await bring(house, file('again.csv', HALF))
  expect([await shown(), await waiting()]).toEqual([['ACCEPT null', 'COMPLETE null'], 1])
  await withdraw(one.import_id)
  expect([await shown(), await waiting()]).toEqual([['ACCEPT null', 'COMPLETE null'], 1])
  await withdraw(two.import_id)
  expect([await shown(), await waiting()]).toEqual([['ACCEPT withdrawn', 'COMPLETE withdrawn'], 0])
  await bring(house, file('half.csv', HALF))
  expect([(await shown()).slice(0, 4), await waiting()]).toEqual([
    ['ACCEPT null', 'ACCEPT withdrawn', 'COMPLETE null', 'COMPLETE withdrawn'],
    1,
  ])
  await clean(house)
})

it('A4 I2: sent again by hand as another event than the one held, it is refused, and its step can be taken again', async () => {
  await bring(house, file('half.csv', HALF))
  await bring(house, file('whole.csv', 'A-2,d,2026-03-02 09:00:00,,2026-03-09'))
  const records = openRecords(house.folder)
  const eventId = (await records.factsOf('A-2'))[0]?.eventId ?? ''
  await records.close()
  const complete = await idOf('COMPLETE')
  const mended = { ...(await rawOf(complete)), event_id: eventId, occurred_at: '2026-03-05T09:00:00+08:00' }
  const refused = await resubmit(complete, mended)
  expect(refused.body).toMatchObject({ outcome: 'rejected', code: 'id_conflict' })
  expect((await answered(house, 'cases/A-1', 'auditor')).status, 'and nothing of its row is taken').toBe(404)
  await clean(house)
})

it('I14: what waits goes with its import, and cannot be sent again', async () => {
  const { import_id: id } = await bring(house, file('half.csv', HALF))
  const complete = await idOf('COMPLETE')
  const mended = { ...(await rawOf(complete)), occurred_at: '2026-03-05T09:00:00+08:00' }
  await withdraw(id)
  expect([await shown(), await waiting()]).toEqual([['ACCEPT withdrawn', 'COMPLETE withdrawn'], 0])
  const refused = await resubmit(complete, mended)
  expect([refused.status, refused.body.code]).toEqual([409, 'already_withdrawn'])
  await clean(house)
})

it('I14 I15: a row mended in a later file waits again when that file is taken back', async () => {
  await bring(house, file('half.csv', HALF))
  const mended = await bring(house, file('mended.csv', 'A-1,d,2026-03-02 09:00:00,2026-03-05 09:00:00,2026-03-09'))
  expect(await waiting()).toBe(0)
  await withdraw(mended.import_id)
  expect(await waiting()).toBe(1)
})

it('I15: what the events of a row share is mended once for all of them: its case, its unit', async () => {
  await bring(house, file('nameless.csv', '#N/A,#N/A,2026-03-02 09:00:00,2026-03-05 09:00:00,2026-03-09'))
  expect(await shown()).toEqual(['ACCEPT null', 'COMPLETE null'])
  const complete = await idOf('COMPLETE')
  const taken = await resubmit(complete, { ...(await rawOf(complete)), project_no: 'A-1', org_code: 'd' })
  expect(taken.body).toMatchObject({ outcome: 'accepted', row: [{ outcome: 'accepted' }] })
  expect([await shown(), await waiting()]).toEqual([['ACCEPT resubmitted', 'COMPLETE resubmitted'], 0])
  const records = openRecords(house.folder)
  const units = (await records.factsOf('A-1')).map(({ body }) => JSON.parse(body).org_code)
  await records.close()
  expect(units).toEqual(['d', 'd'])
  await clean(house)
})

it('I14 I15: so is as of when the row of a register is', async () => {
  const mapping = { ...MAPPING, register: '台账', as_of: 'seen' }
  const row = 'A-1,d,2026-03-02 09:00:00,2026-03-05 09:00:00,2026-03-09,坏'
  await bring(house, { name: 'r.csv', text: `${HEAD},seen\n${row}\n`, asOf: NOW, mapping })
  const accept = await idOf('ACCEPT')
  const raw = await rawOf(accept)
  const mended = { ...raw, register: { ...(raw.register as object), as_of: '2026-03-20T00:00:00+08:00' } }
  expect((await resubmit(accept, mended)).body).toMatchObject({ outcome: 'accepted', row: [{ outcome: 'accepted' }] })
  expect(await waiting()).toBe(0)
  await clean(house)
})

it('I15: what a sibling alone could not read is not mended by it', async () => {
  await bring(house, file('both.csv', '#N/A,d,2026-03-02 09:00:00,2026-03-0五,2026-03-09'))
  const accept = await idOf('ACCEPT')
  const refused = await resubmit(accept, { ...(await rawOf(accept)), project_no: 'A-1' })
  expect([refused.status, refused.body.code]).toEqual([422, 'row_waits'])
})

it('I6 I15: a mend keeps what could be read: the event, its register key, its case', async () => {
  await bring(house, file('half.csv', HALF))
  const [accept, complete] = [await idOf('ACCEPT'), await idOf('COMPLETE')]
  const good = { ...(await rawOf(complete)), occurred_at: '2026-03-05T09:00:00+08:00' }
  const others: [number, object][] = [
    [accept, good],
    [complete, { ...good, project_no: 'A-2' }],
    [complete, { ...good, event_type: 'WITHDRAW' }],
  ]
  for (const [id, event] of others) {
    const refused = await resubmit(id, event)
    expect([refused.status, refused.body.code]).toEqual([422, 'mend_differs'])
  }
  const whole = [{ ...(await rawOf(accept)), project_no: 'A-2' }, good]
  expect((await resubmit(accept, whole)).body.code, 'nor a row of another case').toBe('mend_differs')
  expect(await shown()).toEqual(['ACCEPT null', 'COMPLETE null'])
  expect((await resubmit(complete, good)).body.outcome).toBe('accepted')
})
