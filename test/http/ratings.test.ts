// Ratings of a source over HTTP (I15): they wait until it is declared which way its scale runs, with a code that says what to
// do; then they are sent again out of the quarantine, and a level that runs the other way is turned. 1 is best, 5 is worst.

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CaseView, Receipt, Receipts } from '../../server/contract/api.ts'
import type { QuarantineView } from '../../server/office/rejects-kept.ts'
import { frontOf } from '../import/front.ts'
import { type House, openHouse } from '../live/house.ts'
import { SMALL } from '../supervision/house.ts'

let house: House
beforeEach(async () => {
  house = await openHouse({ at: '2026-09-16T10:30:00+08:00', sources: ['east'] })
  await house.load(SMALL)
})
afterEach(() => house.close())

const ACCEPT = { event_id: 'A', event_type: 'ACCEPT', project_no: 'C1', occurred_at: '2026-09-14T10:00:00+08:00' }
const rate = (id: string, level: number, more: object = {}) => ({
  event_id: id,
  event_type: 'RATE',
  project_no: 'C1',
  occurred_at: '2026-09-15T12:00:00+08:00',
  payload: { level, origin: 'active' },
  ...more,
})
const send = async (...events: object[]): Promise<Receipts> => {
  const answer = await fetch(`${house.serving.url}/api/v1/events`, {
    method: 'POST',
    headers: { authorization: `Bearer ${house.keys.east}`, 'content-type': 'application/json' },
    body: JSON.stringify(events),
  })
  return (await answer.json()) as Receipts
}
const declare = (row: object, from = '2026-09-16'): Promise<void> =>
  house.load({ catalogue: '来源', valid_from: from, sources: [{ source: 'east', name: '东区系统', ...row }] })
const waiting = async (): Promise<QuarantineView[]> => {
  const answer = await asSupervisor('/quarantine?code=rate_scale')
  return ((await answer.json()) as { items: QuarantineView[] }).items.filter(({ resolved_at: at }) => at === null)
}
const asSupervisor = (path: string, body?: string): Promise<Response> =>
  fetch(`${house.serving.url}/api/v1${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${house.keys.supervisor}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body }),
  })
const again = async ({ id, raw }: QuarantineView): Promise<Receipt> =>
  (await (await asSupervisor(`/quarantine/${id}/resubmit`, raw ?? '')).json()) as Receipt
/** Bad ratings owe an answer (H5): so a level is seen from outside. */
const duties = async (): Promise<string[]> => {
  await house.serving.supervisor.settled()
  const view = (await (await house.get('/api/v1/cases/C1')).json()) as CaseView
  return view.duties.filter(({ clock }) => clock === 'bad_rating_answer').map(({ ref }) => ref)
}

describe('ratings over HTTP', () => {
  it('I15: wait until the source says which way its scale runs, the code says what to do, and go in by being sent again', async () => {
    const { accepted, rejected, receipts } = await send(ACCEPT, rate('R', 5))
    expect([accepted, rejected]).toEqual([1, 1])
    expect(receipts[1]).toMatchObject({ outcome: 'rejected', code: 'rate_scale', field: '/payload/level' })
    expect(JSON.stringify(receipts[1])).toContain('rate_scale')
    expect(await duties()).toEqual([])
    const [kept] = await waiting()
    expect(kept).toMatchObject({ event_id: 'R', code: 'rate_scale' })
    expect(kept?.message).toContain('best_first')
    expect(await again(kept as QuarantineView)).toMatchObject({ outcome: 'rejected', code: 'rate_scale' })
    // declared from a later day on: what came before it is read by it
    await declare({ rate_scale: 'best_first' })
    expect(await again(kept as QuarantineView)).toMatchObject({ outcome: 'accepted' })
    expect(await duties()).toContain('R')
    expect((await send(rate('R2', 4))).accepted).toBe(1)
  })

  it('I15: of a source whose 1 is worst, 1 is a bad rating and 5 a good one', async () => {
    await declare({ rate_scale: 'worst_first' })
    await send(ACCEPT, rate('ONE', 1), rate('FIVE', 5))
    const owed = await duties()
    expect(owed).toContain('ONE')
    expect(owed).not.toContain('FIVE')
    // sent again it is the same event
    expect(await send(rate('ONE', 1))).toMatchObject({ known: 1, rejected: 0 })
  })

  it('I15 T10: a later row that does not say it leaves it as it was; one that says otherwise counts from its day', async () => {
    await declare({ rate_scale: 'worst_first' }, '2026-01-01')
    await declare({ usual_lag_minutes: 30 }, '2026-02-01')
    await declare({ rate_scale: 'best_first' }, '2026-09-16')
    await send(ACCEPT, rate('OLD', 1), rate('NEW', 1, { occurred_at: '2026-09-16T09:00:00+08:00' }))
    const owed = await duties()
    expect(owed).toContain('OLD')
    expect(owed).not.toContain('NEW')
  })

  it('I15 I8: lines of the wire in a file wait alike, in the preview, dry and in earnest', async () => {
    const lines = [ACCEPT, rate('R', 5)].map((event) => JSON.stringify(event)).join('\n')
    const front = frontOf(house)
    const { body } = await front.bring('east.ndjson', lines)
    const { body: job } = await front.start({ file_id: body.file.file_id, source: 'east', dry_run: true })
    expect((await front.ended(job.import_id)).counts).toMatchObject({ accepted: 1, rejected: 1 })
    await declare({ rate_scale: 'best_first' })
    const { body: next } = await front.start({ file_id: body.file.file_id, source: 'east' })
    expect((await front.ended(next.import_id)).counts).toMatchObject({ accepted: 2, rejected: 0 })
  })

  it('I15: a mapping that says it needs no declaration, and its word holds against the source', async () => {
    await declare({ rate_scale: 'best_first' })
    await send(ACCEPT)
    const front = frontOf(house)
    const csv = '编号,时间,满意度,号\nC1,2026-09-15 12:00,1,X1\n'
    const { body } = await front.bring('评价.csv', csv)
    const mapping = {
      mapping: '评价',
      source: 'east',
      zone: 'Asia/Shanghai',
      dates: ['yyyy-MM-dd HH:mm'],
      rate_scale: 'worst_first',
      fields: { project_no: '编号' },
      events: [{ type: 'RATE', at: '时间', id: '号', payload: { level: '满意度', origin: { const: 'active' } } }],
    }
    const { body: job } = await front.start({ file_id: body.file.file_id, mapping })
    expect((await front.ended(job.import_id)).counts).toMatchObject({ accepted: 1, rejected: 0 })
    expect(await duties()).toContain('X1')
  })
})
