// As of when a register is (I14): a preview judges its rows by what was stated, asks where nothing says it, and takes no
// instant that is none or has not come; the same question and answer as an import's.

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ImportPreview } from '../../server/contract/imports.ts'
import { type House, openHouse } from '../live/house.ts'
import { type Front, frontOf } from './front.ts'
import { fileOf, HALL, MAPPING, WEEKS } from './registers.ts'

let house: House
let front: Front
let fileId: string
beforeAll(async () => {
  house = await openHouse({ at: '2026-04-01T10:00:00+08:00', sources: [] })
  await house.load(HALL)
  front = frontOf(house)
  fileId = (await front.bring('week2.csv', fileOf('week2'))).body.file.file_id
})
afterAll(() => house.close())

const { asOf } = WEEKS.week2
const issuesOf = ({ rows }: ImportPreview): string[] =>
  rows.flatMap(({ issue, events }) => [issue, ...events.map((event) => event.issue)]).flatMap((one) => one?.code ?? [])

describe('the preview of a register', () => {
  it('I14: judges its rows by the instant that was stated', async () => {
    const { status, body } = await front.preview(fileId, MAPPING, asOf)
    expect([status, body.asks, body.faults]).toEqual([200, null, []])
    expect(body.counts).toEqual({ rows: 12, events: 24, skipped: 0, rejected: 0, left_out: 0, waiting: 0 })
    expect(issuesOf(body)).toEqual([])
  })

  it('I14: asks where nothing says it, and judges no row before', async () => {
    const { status, body } = await front.preview(fileId, MAPPING)
    expect([status, body.asks]).toEqual([200, 'as_of'])
    expect(body.counts).toEqual({ rows: 12, events: 0, skipped: 0, rejected: 0, left_out: 0, waiting: 0 })
    expect(issuesOf(body)).toEqual([])
    expect(Object.keys(body.rows[0]?.cells ?? {})).toContain('办件编号')
  })

  it('I14: asks nothing where a column says it, and nothing of a file that is no register', async () => {
    const inColumn = { ...(MAPPING as object), as_of: '受理时间' }
    const { register: _, ...plain } = MAPPING as Record<string, unknown>
    for (const mapping of [inColumn, plain]) {
      const { body } = await front.preview(fileId, mapping)
      expect([body.asks, body.faults, issuesOf(body)]).toEqual([null, [], []])
      expect(body.counts.events).toBe(24)
    }
  })

  it('I14: an emptied cell shows what it does: the event is made void as of then', async () => {
    const { body } = await front.bring('week1.csv', fileOf('week1'))
    const week = await front.preview(body.file.file_id, MAPPING, WEEKS.week1.asOf)
    const { events } = week.body.rows[0] as ImportPreview['rows'][number]
    expect(events.map(({ event_type: type }) => type)).toEqual(['ACCEPT', 'VOID'])
  })

  it.each(['2026-03-21', 'gestern', '2027-01-01T00:00:00+08:00'])(
    'I14: %s is no instant as of which it is',
    async (said) => {
      const answer = await front.preview(fileId, MAPPING, said)
      expect([answer.status, answer.body]).toMatchObject([400, { code: 'bad_instant' }])
    },
  )

  it('I14: a file and its instant come in one request as well', async () => {
    const query = new URLSearchParams({ name: 'week2.csv', mapping: JSON.stringify(MAPPING), as_of: asOf })
    const headers = { 'content-type': 'application/octet-stream' }
    const answer = await front.send(`/preview?${query}`, { method: 'POST', headers, body: fileOf('week2') })
    expect(await answer.json()).toMatchObject({ asks: null, counts: { events: 24, rejected: 0 } })
  })
})
