// CloudEvents 1.0 in three modes map on to the same fact as the plain event (I3); places speak the envelope's words.

import { describe, expect, it } from 'vitest'
import { isTaken, type Rejection } from '../../server/intake/fact.ts'
import { takeIn } from '../../server/intake/take-in.ts'
import { decodeBody } from '../../server/intake/whole.ts'
import { DEFAULT_BOUNDS } from '../../server/intake/wired.ts'
import { CONTEXT, taken, type Wire } from './wire.ts'

const DATA = { window_no: 'A-012', payload: { accept_doc_no: '受〔2026〕1号' } }

const event = (fields: Wire = {}): Wire => ({
  specversion: '1.0',
  id: 'E-1',
  source: 'approval-east',
  type: 'cn.gov.mingjing.ACCEPT',
  subject: 'P-2026-0001',
  time: '2026-04-20T09:30:00+08:00',
  datacontenttype: 'application/json',
  data: DATA,
  traceparent: '00-1-2-01',
  ...fields,
})

const decoded = (
  value: unknown,
  media: 'cloudevent' | 'cloudevents' | 'binary',
  headers: Record<string, string> = {},
) => {
  const wired = decodeBody(Buffer.from(JSON.stringify(value)), media, headers, DEFAULT_BOUNDS)
  if ('code' in wired) throw new Error(wired.code)
  return wired.map((one) => takeIn(one, CONTEXT))
}

const refusal = (fields: Wire): Rejection => {
  const [one] = decoded(event(fields), 'cloudevent')
  if (one === undefined || isTaken(one.intake)) throw new Error('taken')
  expect(one.raw).toContain('traceparent')
  return one.intake
}

const HEADERS = {
  'ce-specversion': '1.0',
  'ce-id': 'E-1',
  'ce-source': 'approval-east',
  'ce-type': 'cn.gov.mingjing.ACCEPT',
  'ce-subject': 'P-2026-0001',
  'ce-time': '2026-04-20T09:30:00+08:00',
}

const PLAIN = { intake: taken(DATA), raw: null }

describe('I3: CloudEvents', () => {
  it('I3: structured is the plain event', () => expect(decoded(event(), 'cloudevent')).toEqual([PLAIN]))

  it('I3: batch is the plain events', () => {
    const batch = decoded([event(), event({ id: 'E-2' }), 5], 'cloudevents')
    expect(batch[0]).toEqual(PLAIN)
    expect(batch[1]?.intake).toMatchObject({ fact: { eventId: 'E-2' } })
    expect(batch[2]).toMatchObject({ intake: { code: 'not_an_object' }, raw: '5' })
  })

  it('I3: binary is the plain event', () => expect(decoded(DATA, 'binary', HEADERS)).toEqual([PLAIN]))

  it('I3: header values are percent-decoded as UTF-8, quotes taken off', () => {
    const headers = { ...HEADERS, 'ce-subject': '"%E6%B2%AA-\\"1\\"%20%F0%9F%98%80"' }
    const [one] = decoded(DATA, 'binary', headers)
    expect(one?.intake).toMatchObject({ fact: { projectNo: '沪-"1" 😀' } })
  })

  it('I3: a header that does not decode is a rejection at its attribute', () => {
    const [one] = decoded(DATA, 'binary', { ...HEADERS, 'ce-subject': '%E6%B2' })
    expect(one).toMatchObject({
      intake: { code: 'bad_field', at: '/subject' },
      raw: expect.stringContaining('"id":"E-1"'),
    })
    expect(one?.raw).toContain('%E6%B2')
  })

  it('I3: binary without a body has no data', () => {
    const wired = decodeBody(Buffer.alloc(0), 'binary', HEADERS, DEFAULT_BOUNDS)
    if ('code' in wired) throw new Error(wired.code)
    expect(wired.map((one) => takeIn(one, CONTEXT).intake)).toEqual([taken()])
  })

  it.each(['ACCEPT', 'x.ACCEPT', 'cn.gov.mingjing.ACCEPT'])('I3: type %s is ACCEPT', (type) => {
    expect(decoded(event({ type }), 'cloudevent')).toEqual([PLAIN])
  })

  it('I3: data may come as base64', () => {
    const base64 = { data: undefined, data_base64: Buffer.from(JSON.stringify(DATA)).toString('base64') }
    expect(decoded(event(base64), 'cloudevent')).toEqual([PLAIN])
  })

  it('I3: what data says once more must agree', () => {
    expect(decoded(event({ data: { ...DATA, event_id: 'E-1' } }), 'cloudevent')).toEqual([PLAIN])
    expect(refusal({ data: { event_id: 'E-9' } })).toMatchObject({ code: 'bad_field', at: '/data/event_id' })
  })

  it.each<readonly [fields: Wire, code: string, at: string]>([
    [{ specversion: undefined }, 'missing_field', '/specversion'],
    [{ specversion: '0.3' }, 'bad_field', '/specversion'],
    [{ source: undefined }, 'missing_field', '/source'],
    [{ source: 'approval-west' }, 'source_mismatch', '/source'],
    [{ id: undefined }, 'missing_field', '/id'],
    [{ id: 7 }, 'bad_field', '/id'],
    [{ type: undefined }, 'missing_field', '/type'],
    [{ type: 'cn.gov.mingjing.APPROVE' }, 'unknown_type', '/type'],
    [{ subject: undefined }, 'missing_field', '/subject'],
    [{ time: undefined }, 'missing_field', '/time'],
    [{ time: '2026-04-20' }, 'bad_instant', '/time'],
    [{ time: '2030-01-01T00:00:00Z' }, 'from_future', '/time'],
    [{ data: 'x' }, 'bad_field', '/data'],
    [{ datacontenttype: 'text/xml' }, 'bad_field', '/datacontenttype'],
    [{ data_base64: '!!' }, 'bad_field', '/data_base64'],
    [{ data: { window_no: 4 } }, 'bad_field', '/data/window_no'],
    [{ data: { payload: { promise_limit: 3 } } }, 'bad_field', '/data/payload/promise_limit'],
    [{ data: { constructor: '\ud800' } }, 'bad_field', '/data/constructor'],
  ])('I3: %j is refused', (fields, code, at) => expect(refusal(fields)).toMatchObject({ code, at }))
})
