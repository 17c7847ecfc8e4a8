// What a wire event becomes: its fact, its canonical text, its personal part (I1, I2, A4, L7).

import { describe, expect, it } from 'vitest'
import { EVENT_TYPES as WIRE_TYPES } from '../../server/contract/vocabulary.ts'
import { EVENT_TYPES } from '../../server/core/case/event.ts'
import { parseInstant } from '../../server/core/time/civil.ts'
import { isTaken, toFact } from '../../server/intake/fact.ts'
import { ALL_FIELDS, CONTEXT, contentOf, rejected, SUSPEND, taken, type Wire, wire } from './wire.ts'

describe('I1 I2: a wire event becomes a fact', () => {
  it('I1: every field finds its place', () => {
    expect(taken({ ...ALL_FIELDS, ...SUSPEND }).fact).toEqual({
      source: 'approval-east',
      eventId: 'E-1',
      type: 'SUSPEND',
      projectNo: 'P-2026-0001',
      at: parseInstant('2026-04-20T09:30:00+08:00'),
      org: 'ORG-07',
      window: 'A-012',
      operator: 'op-12',
      operatorName: '李四',
      item: '11310100MB2F30000',
      region: '310101',
      supersedes: 'E-0',
      payload: {
        approved_days: { unit: 'WD', value: 10 },
        approver: '王五',
        // the words are personal; that there are any is not
        basis: true,
        kind: 'hearing',
        notice_at: parseInstant('2026-04-20T10:00:00+08:00'),
      },
      precision: null,
      edition: null,
      historical: null,
    })
  })

  it('I2: the canonical text, written once by hand', () => {
    expect(taken({ ...ALL_FIELDS, ...SUSPEND }, { ...CONTEXT, historical: CONTEXT.now }).body).toBe(
      '{"event_id":"E-1","event_type":"SUSPEND","occurred_at":1776648600000,"operator_id":"op-12",' +
        '"operator_name":"李四","org_code":"ORG-07","payload":{"approved_days":{"unit":"WD","value":10},"approver":"王五",' +
        '"basis":true,"kind":"hearing","notice_at":1776650400000},"project_no":"P-2026-0001",' +
        '"region_code":"310101","source_system":"approval-east","supersedes":"E-0","task_code":"11310100MB2F30000",' +
        '"window_no":"A-012"}',
    )
  })

  it('I1: dates stay dates, instants become epoch milliseconds', () => {
    const { payload } = taken({
      payload: { promise_due_at: '2026-05-20', legal_due_at: '2026-05-20T17:30:00+08:00' },
    }).fact
    expect(payload).toEqual({ promise_due_at: '2026-05-20', legal_due_at: parseInstant('2026-05-20T09:30:00Z') })
  })

  it('I1: the item is the event’s own, else the one its payload names', () => {
    const receive = { event_type: 'RECEIVE', payload: { task_code: 'T-2' } }
    expect(taken(receive).fact.item).toBe('T-2')
    expect(taken({ ...receive, task_code: 'T-1' }).fact.item).toBe('T-1')
  })

  it('I11: a stamp exactly at the bound ahead is taken', () => {
    expect(taken({ occurred_at: '2026-04-24T10:10:00+08:00' }).fact.at).toBe(CONTEXT.now + CONTEXT.aheadMs)
  })

  it.each(['ATTEND', 'INSPECT'])('I1: %s needs no case', (type) => {
    expect(taken({ event_type: type, project_no: undefined, operator_id: 'op-1' }).fact.projectNo).toBeNull()
  })

  it.each([{ window_no: 'A1' }, { operator_id: 'op-1' }])('I1: COMPLAIN and RATE about %j need no case', (about) => {
    expect(taken({ event_type: 'COMPLAIN', project_no: null, ...about }).fact.projectNo).toBeNull()
    const rating = { event_type: 'RATE', project_no: null, payload: { level: 5, origin: 'default' }, ...about }
    expect(taken(rating).fact.payload).toEqual({ level: 5, origin: 'default' })
  })

  it('F3: VOID may name its target in the payload or in supersedes', () => {
    expect(taken({ event_type: 'VOID', payload: { target: 'E-0', reason: '重复' } }).fact.payload.target).toBe('E-0')
    expect(taken({ event_type: 'VOID', supersedes: 'E-0' }).fact.supersedes).toBe('E-0')
  })

  it('A1: a key without a source sends for the source the event names', () => {
    expect(taken({ source_system: 'approval-west' }, { ...CONTEXT, source: null }).fact.source).toBe('approval-west')
  })

  it('I1: wire and core speak of the same event types in the same order', () => {
    expect([...WIRE_TYPES]).toEqual([...EVENT_TYPES])
  })
})

const SAME: readonly (readonly [why: string, one: Wire, other: Wire])[] = [
  ['offsets', { occurred_at: '2026-04-20T09:30:00+08:00' }, { occurred_at: '2026-04-20T01:30:00.000Z' }],
  ['letters of RFC 3339', { occurred_at: '2026-04-20T01:30:00Z' }, { occurred_at: '2026-04-20t01:30:00z' }],
  ['null and absent', { window_no: null }, {}],
  ['empty and absent', { window_no: '', payload: { accept_doc_no: '' } }, {}],
  ['empty payload and none', { payload: {} }, { payload: null }],
  ['the source said or not', { source_system: 'approval-east' }, {}],
  [
    'a stated due instant',
    { payload: { promise_due_at: '2026-05-20T17:30:00+08:00' } },
    { payload: { promise_due_at: '2026-05-20T09:30:00Z' } },
  ],
  ['a code as number', { payload: { project_type: 1 } }, { payload: { project_type: '1' } }],
  [
    'same-day limit',
    { payload: { promise_limit: { unit: '0' } } },
    { payload: { promise_limit: { value: 0, unit: '0' } } },
  ],
  [
    'null in a limit',
    { event_type: 'SUSPEND', payload: { approved_days: { value: 3, unit: null } } },
    { event_type: 'SUSPEND', payload: { approved_days: { unit: 'WD', value: 3 } } },
  ],
  [
    'days as limit',
    { event_type: 'EXTEND', payload: { days: 10 } },
    { event_type: 'EXTEND', payload: { days: { value: 10, unit: 'WD' } } },
  ],
  ['null unlisted', { payload: { phone: null } }, {}],
  ['null inside unlisted', { payload: { who: { a: 1, b: null } } }, { payload: { who: { a: 1 } } }],
  ['order of unlisted keys', { payload: { b: 1, a: 2 }, x: 1, w: 2 }, { w: 2, x: 1, payload: { a: 2, b: 1 } }],
]

const DIFFERENT: readonly (readonly [why: string, one: Wire, other: Wire])[] = [
  ['a millisecond', { occurred_at: '2026-04-20T01:30:00.001Z' }, { occurred_at: '2026-04-20T01:30:00Z' }],
  [
    'date and instant',
    { payload: { promise_due_at: '2026-05-20' } },
    { payload: { promise_due_at: '2026-05-20T23:59:59+08:00' } },
  ],
  [
    'unit',
    { payload: { promise_limit: { value: 3, unit: 'WD' } } },
    { payload: { promise_limit: { value: 3, unit: 'ND' } } },
  ],
  ['personal part', { payload: { phone: '1' } }, { payload: { phone: '2' } }],
  ['unknown field', { x: 1 }, {}],
]

describe('I2: same content, same text', () => {
  it.each(SAME)('I2: %s make no difference', (_, one, other) => expect(contentOf(one)).toBe(contentOf(other)))

  it.each(DIFFERENT)('I2: %s makes a difference', (_, one, other) => expect(contentOf(one)).not.toBe(contentOf(other)))
})

describe('A4 L7: what is personal stands apart', () => {
  it('I1 A4: unlisted and personal keys, and unknown fields, go to the personal part', () => {
    const { body, personal, fact } = taken({
      event_type: 'STEP_END',
      payload: { step_code: 'review', opinion: '同意张三的申请', applicant_name: '张三', id_no: { n: '310' } },
      contact: '13800000000',
    })
    expect(personal).toBe(
      '{"contact":"13800000000","payload":{"applicant_name":"张三","id_no":{"n":"310"},"opinion":"同意张三的申请"}}',
    )
    expect(fact.payload).toEqual({ step_code: 'review' })
    expect(body).not.toMatch(/张三|310|138/)
  })

  it('I1: a key listed for another type is personal here', () => {
    expect(taken({ payload: { certificate_no: 'C-1', level: 3 } }).personal).toBe(
      '{"payload":{"certificate_no":"C-1","level":3}}',
    )
  })

  it('A4: no personal keys, no personal part', () => {
    expect(taken({ payload: { accept_doc_no: '1', nothing: null } }).personal).toBeNull()
  })

  it('A4: keys named like members of Object are keys', () => {
    const event = JSON.parse(
      '{"event_id":"E","event_type":"URGE","project_no":"P","occurred_at":"2026-04-20T01:30:00Z",' +
        '"__proto__":{"a":1},"payload":{"__proto__":{"b":2},"constructor":3}}',
    )
    const intake = toFact(event, CONTEXT)
    expect(isTaken(intake) && intake.personal).toBe(
      '{"__proto__":{"a":1},"payload":{"__proto__":{"b":2},"constructor":3}}',
    )
  })
})

describe('bare days and registers', () => {
  const REGISTER = { name: '办件台账', key: 'accept', as_of: '2026-04-21T08:00:00+08:00', file: 'ab12', line: 7 }

  it('I15: an event known by its day alone stands at the start of that day, and says so in its content', () => {
    const { fact, body } = taken({ occurred_at: '2026-04-20T00:00:00+08:00', precision: 'day' })
    expect(fact).toMatchObject({ precision: 'day', at: parseInstant('2026-04-19T16:00:00Z') })
    expect(body).toContain('"precision":"day"')
    expect(body).not.toBe(taken({ occurred_at: '2026-04-20T00:00:00+08:00' }).body)
  })

  it.each(['2026-04-20T09:30:00+08:00', '2026-04-20T00:00:01+08:00'])('I15: %s is not the start of a day', (at) => {
    expect(rejected(wire({ occurred_at: at, precision: 'day' }))).toMatchObject({
      code: 'bad_instant',
      at: '/occurred_at',
    })
  })

  it('I15: no other precision is known', () => {
    expect(rejected(wire({ precision: 'month' }))).toMatchObject({ code: 'bad_field', at: '/precision' })
  })

  it('I14: the row of a register is part of the content', () => {
    const { fact, body } = taken({ register: REGISTER })
    expect(fact.edition).toEqual({
      register: '办件台账',
      key: 'accept',
      caseNo: 'P-2026-0001',
      asOf: parseInstant('2026-04-21T00:00:00Z'),
      file: 'ab12',
      line: 7,
    })
    expect(taken({ register: { ...REGISTER, line: 8 } }).body).not.toBe(body)
  })

  it('I14: an emptied cell is a VOID without a target', () => {
    expect(taken({ event_type: 'VOID', register: REGISTER }).fact).toMatchObject({ type: 'VOID', payload: {} })
    expect(rejected(wire({ event_type: 'VOID' }))).toMatchObject({ code: 'missing_field' })
  })

  it.each([
    [{ ...REGISTER, name: '' }, '/register/name', 'missing_field'],
    [{ ...REGISTER, line: 0 }, '/register/line', 'bad_field'],
    [{ ...REGISTER, as_of: '2026-04-21' }, '/register/as_of', 'bad_instant'],
    [{ ...REGISTER, as_of: '2026-04-25T08:00:00+08:00' }, '/register/as_of', 'from_future'],
    [{ ...REGISTER, sheet: 1 }, '/register', 'bad_field'],
    ['台账', '/register', 'bad_field'],
  ])('I14: %j is refused at its place', (register, at, code) => {
    expect(rejected(wire({ register }))).toMatchObject({ at, code })
  })

  it('I8 I2: a declaration of a past record is no part of the content', () => {
    expect(taken({}, { ...CONTEXT, historical: CONTEXT.now }).body).toBe(taken().body)
  })
})
