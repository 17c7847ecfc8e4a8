// POST /api/v1/events: receipts in order, four shapes of body, bounds, busy (I3–I6, A1).

import { describe, expect, it } from 'vitest'
import type { Receipts } from '../../server/contract/api.ts'
import { parseInstant } from '../../server/core/time/civil.ts'
import { wire } from '../intake/wire.ts'
import { bearer, openHouse } from './house.ts'

type House = ReturnType<typeof openHouse>

const JSON_TYPE = { 'content-type': 'application/json' }
const LINES = { 'content-type': 'application/x-ndjson' }

const post = (house: House, body: unknown, headers: Record<string, string> = {}) =>
  house.app.inject({
    method: 'POST',
    url: '/api/v1/events',
    headers: { ...bearer('source'), ...JSON_TYPE, ...headers },
    payload: typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body),
  })

const event = (id: string, fields = {}) => wire({ event_id: id, ...fields })
const lines = (...values: unknown[]): string =>
  values.map((value) => (typeof value === 'string' ? value : JSON.stringify(value))).join('\n')

describe('I3: receipts', () => {
  it('I3: one receipt an event, in order, with counts; a bad one never harms its neighbours', async () => {
    const house = openHouse()
    const answer = await post(house, [event('A'), event('B', { occurred_at: 'soon' }), 7, event('A')])
    expect(answer.statusCode).toBe(200)
    expect(answer.json<Receipts>()).toEqual({
      accepted: 1,
      known: 1,
      rejected: 2,
      receipts: [
        { index: 0, event_id: 'A', outcome: 'accepted', code: null, field: null, message: null, message_en: null },
        {
          index: 1,
          event_id: 'B',
          outcome: 'rejected',
          code: 'bad_instant',
          field: '/occurred_at',
          message: '/occurred_at 的时间不能采用：不是带时区偏移的 RFC 3339 时间：soon',
          message_en: '/occurred_at is no instant that can be taken: not RFC 3339 with an offset: soon',
        },
        expect.objectContaining({ index: 2, event_id: null, code: 'not_an_object' }),
        { index: 3, event_id: 'A', outcome: 'known', code: null, field: null, message: null, message_en: null },
      ],
    })
    expect(house.supervisor.heard.raw).toEqual([null, JSON.stringify(event('B', { occurred_at: 'soon' })), '7', null])
  })

  it('I3: all rejected is still 200', async () => {
    const answer = await post(openHouse(), {})
    expect([answer.statusCode, answer.json().rejected]).toEqual([200, 1])
  })

  it('I3: nothing sent, nothing said', async () => {
    expect((await post(openHouse(), [])).json()).toEqual({ accepted: 0, known: 0, rejected: 0, receipts: [] })
  })

  it('I3 I6: NDJSON with bad lines', async () => {
    const house = openHouse()
    const answer = await post(house, lines(event('A'), '{"event_id":', event('B')), LINES)
    expect(answer.json<Receipts>().receipts.map((receipt) => [receipt.event_id, receipt.code])).toEqual([
      ['A', null],
      [null, 'bad_json'],
      ['B', null],
    ])
    expect(answer.json<Receipts>().receipts[1]).toMatchObject({
      message: '不是有效的 JSON：第 2 行：内容不完整',
      message_en: 'Not valid JSON: line 2: unexpected end',
    })
    expect(house.supervisor.heard.raw[1]).toBe('{"event_id":')
  })

  it('I3: CloudEvents, structured, batch and binary', async () => {
    const house = openHouse()
    const ce = { specversion: '1.0', source: 'approval-east', type: 'x.ACCEPT', time: '2026-04-20T01:30:00Z' }
    const structured = { ...ce, id: 'A', subject: 'P-1' }
    await post(house, structured, { 'content-type': 'application/cloudevents+json' })
    await post(house, [{ ...structured, id: 'B' }], { 'content-type': 'application/cloudevents-batch+json' })
    const headers = Object.fromEntries(Object.entries(structured).map(([name, value]) => [`ce-${name}`, value]))
    await post(house, { window_no: 'A1' }, { ...headers, 'ce-id': 'C' })
    const ids = house.supervisor.heard.intakes.map((intake) => 'fact' in intake && intake.fact.eventId)
    expect(ids).toEqual(['A', 'B', 'C'])
  })

  it('I8: the header of a past record is handed on, and stands in the fact', async () => {
    const house = openHouse()
    await post(house, event('A'), { ...bearer('past'), 'x-mingjing-historical': '2026-04-01T00:00:00+08:00' })
    await post(house, event('B'))
    const before = parseInstant('2026-03-31T16:00:00Z')
    expect(house.supervisor.heard.handOvers.map((handOver) => handOver.historical)).toEqual([before, null])
    const facts = house.supervisor.heard.intakes.map((intake) => 'fact' in intake && intake.fact.historical)
    expect(facts).toEqual([before, null])
  })

  it.each(['true', 'no', '2026-04-01', ''])('I8: a declaration bears an instant: %j is none', async (said) => {
    const answer = await post(openHouse(), event('A'), { ...bearer('past'), 'x-mingjing-historical': said })
    expect(answer.statusCode).toBe(400)
    expect(answer.json()).toMatchObject({ code: 'bad_instant', at: 'X-Mingjing-Historical' })
  })
})

describe('A1: who declares a past record', () => {
  const declared = { 'x-mingjing-historical': '2026-04-01T00:00:00+08:00' }

  it('I8 A1: a key of a source may only where it was issued so, and nothing of the request is taken [S3]', async () => {
    const house = openHouse()
    const refused = await post(house, event('A'), declared)
    expect([refused.statusCode, refused.json().code]).toEqual([403, 'may_not_declare'])
    expect(house.supervisor.heard.intakes).toEqual([])
    expect((await post(house, event('A'), { ...bearer('past'), ...declared })).statusCode).toBe(200)
    const own = event('B', { source_system: 'approval-east' })
    expect((await post(house, own, { ...bearer('administrator'), ...declared })).statusCode).toBe(200)
  })

  it('I8: limits to come are of no past record', async () => {
    const later = { ...bearer('past'), 'x-mingjing-historical': '2036-04-01T00:00:00+08:00' }
    const refused = await post(openHouse(), event('A'), later)
    expect([refused.statusCode, refused.json().code]).toEqual([400, 'from_future'])
  })
})

describe('A1: who sends for whom', () => {
  it('I1 A1: a source sends as itself only', async () => {
    const answer = await post(openHouse(), event('A', { source_system: 'approval-west' }))
    expect(answer.json<Receipts>().receipts[0]).toMatchObject({ code: 'source_mismatch', field: '/source_system' })
  })

  it('A1: an administrator sends for the source each event names', async () => {
    const house = openHouse()
    const events = [event('A', { source_system: 'approval-west' }), event('B')]
    const answer = await post(house, events, bearer('administrator'))
    expect(answer.json<Receipts>().receipts.map((receipt) => receipt.code)).toEqual([null, 'missing_field'])
    expect(house.supervisor.heard.handOvers).toEqual([
      { source: null, historical: null, by: 'administrator', person: 'administrator' },
    ])
  })

  it.each(['supervisor', 'reviewer', 'leader', 'unit', 'auditor', 'screen', 'nameless'])(
    'A1: %s may not send',
    async (key) => {
      const house = openHouse()
      const answer = await post(house, event('A'), bearer(key))
      expect([answer.statusCode, answer.json().code]).toEqual([403, 'not_allowed'])
      expect(house.supervisor.heard.slices).toEqual([])
    },
  )
})

const REFUSED: readonly (readonly [
  why: string,
  body: string | Buffer,
  headers: Record<string, string>,
  status: number,
  code: string,
])[] = [
  ['half a JSON', '{"a":', {}, 400, 'bad_json'],
  ['no body', '', {}, 400, 'bad_json'],
  ['a number', '5', {}, 400, 'not_an_object'],
  ['a text', '"x"', {}, 400, 'not_an_object'],
  ['null', 'null', {}, 400, 'not_an_object'],
  ['a batch that is no array', '{}', { 'content-type': 'application/cloudevents-batch+json' }, 400, 'bad_request'],
  ['bytes that are not UTF-8', Buffer.from([0x22, 0xff, 0x22]), {}, 400, 'bad_request'],
  ['CSV', 'a,b', { 'content-type': 'text/csv' }, 415, 'unsupported_media'],
  ['GBK', '{}', { 'content-type': 'application/json; charset=gbk' }, 415, 'unsupported_media'],
  ['a body packed in another way', '{}', { 'content-encoding': 'br' }, 415, 'unsupported_media'],
  ['too many bytes', `[${' '.repeat(2000)}]`, {}, 413, 'too_large'],
  ['too many events', '[{},{},{},{},{},{}]', {}, 413, 'too_large'],
  ['too many lines', '{}\n{}\n{}\n{}\n{}\n{}', LINES, 413, 'too_large'],
  ['a stream announced too long', ' '.repeat(2000), LINES, 413, 'too_large'],
]

describe('I5: bounds', () => {
  it.each(REFUSED)('I5: %s', async (_, body, headers, status, code) => {
    const house = openHouse({ limits: { bytes: 1000, events: 5, slice: 10 } })
    const answer = await post(house, body, headers)
    expect([answer.statusCode, answer.json().code]).toEqual([status, code])
    expect(answer.headers['content-type']).toContain('application/problem+json')
    expect(house.supervisor.heard.slices).toEqual([])
  })

  it('I5: large bodies are handed on in slices', async () => {
    const house = openHouse({ limits: { slice: 2 } })
    const events = ['A', 'B', 'C', 'D', 'E'].map((id) => event(id))
    await post(house, events)
    await post(house, lines(...events), LINES)
    expect(house.supervisor.heard.slices).toEqual([2, 2, 1, 2, 2, 1])
  })

  it('I5: a full queue is 503 with Retry-After', async () => {
    const house = openHouse()
    house.supervisor.busyFrom = 0
    for (const headers of [JSON_TYPE, LINES]) {
      const answer = await post(house, event('A'), headers)
      expect([answer.statusCode, answer.json().code, answer.headers['retry-after']]).toEqual([503, 'busy', '2'])
    }
  })

  it.each([
    ['an array', (events: unknown[]) => JSON.stringify(events), JSON_TYPE],
    ['a stream', (events: unknown[]) => lines(...events), LINES],
  ])('I4 I5: a queue that fills up in the midst of %s says what stands', async (_, body, headers) => {
    const house = openHouse({ limits: { slice: 2 } })
    house.supervisor.busyFrom = 1
    const answer = await post(house, body(['A', 'B', 'C'].map((id) => event(id))), headers)
    expect(answer.statusCode).toBe(503)
    expect(answer.json()).toMatchObject({ code: 'busy_midway', accepted: 2 })
    expect(answer.json<Receipts>().receipts.map((receipt) => receipt.event_id)).toEqual(['A', 'B'])
    expect(answer.headers['retry-after']).toBe('2')
  })
})
