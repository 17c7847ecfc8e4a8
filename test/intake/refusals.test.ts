// What the intake refuses, with its code and its exact place (I1, I2, I11). A table to be read line by line.

import { describe, expect, it } from 'vitest'
import { CONTEXT, rejected, type Wire, wire } from './wire.ts'

type Row = readonly [why: string, fields: Wire, code: string, at: string]

const FIELDS: readonly Row[] = [
  ['no event_id', { event_id: undefined }, 'missing_field', '/event_id'],
  ['null event_id', { event_id: null }, 'missing_field', '/event_id'],
  ['empty event_id', { event_id: '' }, 'missing_field', '/event_id'],
  ['number as event_id', { event_id: 12 }, 'bad_field', '/event_id'],
  ['event_id of 129 characters', { event_id: 'x'.repeat(129) }, 'bad_field', '/event_id'],
  ['line feed in event_id', { event_id: 'a\nb' }, 'bad_field', '/event_id'],
  ['C1 control in event_id', { event_id: 'a\u0085b' }, 'bad_field', '/event_id'],
  ['lone surrogate in event_id', { event_id: 'a\ud800' }, 'bad_field', '/event_id'],
  ['control beside a surrogate pair', { event_id: '😀\u0007' }, 'bad_field', '/event_id'],
  ['no event_type', { event_type: undefined }, 'missing_field', '/event_type'],
  ['unknown event_type', { event_type: 'APPROVE' }, 'unknown_type', '/event_type'],
  ['event_type in lower case', { event_type: 'accept' }, 'unknown_type', '/event_type'],
  ['event_type named like a member of Object', { event_type: 'constructor' }, 'unknown_type', '/event_type'],
  ['list as event_type', { event_type: ['ACCEPT'] }, 'bad_field', '/event_type'],
  ['no project_no', { project_no: undefined }, 'missing_field', '/project_no'],
  ['project_no as object', { project_no: {} }, 'bad_field', '/project_no'],
  ['project_no too long', { project_no: '0'.repeat(129) }, 'bad_field', '/project_no'],
  ['COMPLAIN about nothing', { event_type: 'COMPLAIN', project_no: null }, 'missing_field', '/project_no'],
  ['RATE of nothing', { event_type: 'RATE', project_no: '', payload: { level: 1 } }, 'missing_field', '/project_no'],
  [
    'RATE with an empty window',
    { event_type: 'RATE', project_no: null, window_no: '' },
    'missing_field',
    '/project_no',
  ],
  ['VOID without a case', { event_type: 'VOID', project_no: null, window_no: 'A1' }, 'missing_field', '/project_no'],
  ['no occurred_at', { occurred_at: undefined }, 'missing_field', '/occurred_at'],
  ['epoch as occurred_at', { occurred_at: 1776996000 }, 'bad_instant', '/occurred_at'],
  ['occurred_at without offset', { occurred_at: '2026-04-20T09:30:00' }, 'bad_instant', '/occurred_at'],
  ['occurred_at as a date', { occurred_at: '2026-04-20' }, 'bad_instant', '/occurred_at'],
  ['occurred_at with a space', { occurred_at: '2026-04-20 09:30:00+08:00' }, 'bad_instant', '/occurred_at'],
  ['offset without colon', { occurred_at: '2026-04-20T09:30:00+0800' }, 'bad_instant', '/occurred_at'],
  ['30 February', { occurred_at: '2026-02-30T09:30:00+08:00' }, 'bad_instant', '/occurred_at'],
  ['hour 24', { occurred_at: '2026-04-20T24:00:00+08:00' }, 'bad_instant', '/occurred_at'],
  ['text after the offset', { occurred_at: '2026-04-20T09:30:00Z ' }, 'bad_instant', '/occurred_at'],
  ['a null date of a machine', { occurred_at: '0001-01-01T00:00:00Z' }, 'bad_instant', '/occurred_at'],
  ['a megabyte as a time', { occurred_at: '2'.repeat(1_000_000) }, 'bad_instant', '/occurred_at'],
  ['ten minutes and a ms ahead', { occurred_at: '2026-04-24T10:10:00.001+08:00' }, 'from_future', '/occurred_at'],
  ['next year', { occurred_at: '2027-01-01T00:00:00Z' }, 'from_future', '/occurred_at'],
  ['another source', { source_system: 'approval-west' }, 'source_mismatch', '/source_system'],
  ['source as number', { source_system: 7 }, 'bad_field', '/source_system'],
  ['org_code of 65', { org_code: 'x'.repeat(65) }, 'bad_field', '/org_code'],
  ['window_no as number', { window_no: 12 }, 'bad_field', '/window_no'],
  ['window_no with tab', { window_no: 'A\t1' }, 'bad_field', '/window_no'],
  ['operator_id too long', { operator_id: 'x'.repeat(129) }, 'bad_field', '/operator_id'],
  ['operator_name too long', { operator_name: '张'.repeat(65) }, 'bad_field', '/operator_name'],
  ['operator_name as list', { operator_name: ['张三'] }, 'bad_field', '/operator_name'],
  ['task_code of 37', { task_code: 'x'.repeat(37) }, 'bad_field', '/task_code'],
  ['region_code as boolean', { region_code: true }, 'bad_field', '/region_code'],
  ['supersedes itself', { supersedes: 'E-1' }, 'bad_field', '/supersedes'],
  ['supersedes as object', { supersedes: { id: 'E-0' } }, 'bad_field', '/supersedes'],
  ['payload as text', { payload: 'x' }, 'bad_field', '/payload'],
  ['payload as list', { payload: [] }, 'bad_field', '/payload'],
  ['lone surrogate in an unlisted key', { payload: { note: 'a\udfff' } }, 'bad_field', '/payload/note'],
  ['lone surrogate in an unknown field', { extra: { 'a/b': '\ud800' } }, 'bad_field', '/extra/a~1b'],
  [
    'unlisted part too deep',
    { payload: { a: JSON.parse('['.repeat(40) + ']'.repeat(40)) } },
    'bad_field',
    `/payload/a${'/0'.repeat(14)}`,
  ],
  ['event too large', { payload: { scan: 'x'.repeat(70_000) } }, 'bad_field', '/payload'],
]

type PayloadRow = readonly [type: string, payload: Wire | null, code: string, at: string]

const PAYLOADS: readonly PayloadRow[] = [
  ['ACCEPT', { promise_limit: 20 }, 'bad_field', '/promise_limit'],
  ['ACCEPT', { promise_limit: '20WD' }, 'bad_field', '/promise_limit'],
  ['ACCEPT', { promise_limit: { value: 20 } }, 'missing_field', '/promise_limit/unit'],
  ['ACCEPT', { promise_limit: { unit: 'WD' } }, 'missing_field', '/promise_limit/value'],
  ['ACCEPT', { promise_limit: { value: 20, unit: 'D' } }, 'bad_field', '/promise_limit/unit'],
  ['ACCEPT', { promise_limit: { value: '20', unit: 'WD' } }, 'bad_field', '/promise_limit/value'],
  ['ACCEPT', { promise_limit: { value: 1.5, unit: 'WD' } }, 'bad_field', '/promise_limit/value'],
  ['ACCEPT', { promise_limit: { value: -1, unit: 'WD' } }, 'bad_field', '/promise_limit/value'],
  ['ACCEPT', { promise_limit: { value: 1e9, unit: 'WD' } }, 'bad_field', '/promise_limit/value'],
  ['ACCEPT', { promise_limit: { value: 10_000, unit: 'WD' } }, 'bad_field', '/promise_limit/value'],
  ['ACCEPT', { legal_limit: { value: 10_000, unit: 'ND' } }, 'bad_field', '/legal_limit/value'],
  ['ACCEPT', { legal_limit: { value: 481, unit: 'M' } }, 'bad_field', '/legal_limit/value'],
  ['ACCEPT', { legal_limit: { value: 10_000, unit: 'H' } }, 'bad_field', '/legal_limit/value'],
  ['SUSPEND', { approved_days: { value: 10_000 } }, 'bad_field', '/approved_days/value'],
  ['EXTEND', { days: 10_000 }, 'bad_field', '/days'],
  ['ACCEPT', { promise_limit: { value: 3, unit: '0' } }, 'bad_field', '/promise_limit/value'],
  ['ACCEPT', { legal_limit: { value: 20, unit: 'WD', from: 'x' } }, 'bad_field', '/legal_limit/from'],
  ['ACCEPT', { promise_due_at: '2026-02-29' }, 'bad_instant', '/promise_due_at'],
  ['ACCEPT', { promise_due_at: '2026-05-20T17:00:00' }, 'bad_instant', '/promise_due_at'],
  ['ACCEPT', { legal_due_at: 20260520 }, 'bad_instant', '/legal_due_at'],
  ['ACCEPT', { project_type: '3' }, 'bad_field', '/project_type'],
  ['ACCEPT', { accept_doc_no: {} }, 'bad_field', '/accept_doc_no'],
  ['RECEIVE', { apply_type: 7 }, 'bad_field', '/apply_type'],
  ['RECEIVE', { task_code: 'x'.repeat(37) }, 'bad_field', '/task_code'],
  ['RECEIVE', { visits: -1 }, 'bad_field', '/visits'],
  ['RECEIVE', { visits: '1' }, 'bad_field', '/visits'],
  ['RECEIVE', { green_channel: [] }, 'bad_field', '/green_channel'],
  ['CORRECT_NOTICE', { list: ['身份证', 7] }, 'bad_field', '/list/1'],
  ['CORRECT_NOTICE', { list: Array.from({ length: 201 }, () => 'x') }, 'bad_field', '/list'],
  ['CORRECT_NOTICE', { reason: '长'.repeat(4001) }, 'bad_field', '/reason'],
  ['REFUSE_ACCEPT', { remedy_told: 'yes' }, 'bad_field', '/remedy_told'],
  ['STEP_START', { step_code: 'x'.repeat(65) }, 'bad_field', '/step_code'],
  ['STEP_START', { step_due_at: 'soon' }, 'bad_instant', '/step_due_at'],
  ['STEP_END', { opinion: 5 }, 'bad_field', '/opinion'],
  ['SUSPEND', { kind: 'holiday' }, 'bad_field', '/kind'],
  ['SUSPEND', { kind: 'toString' }, 'bad_field', '/kind'],
  ['SUSPEND', { approved_days: 10 }, 'bad_field', '/approved_days'],
  ['SUSPEND', { approved_days: { value: 'ten' } }, 'bad_field', '/approved_days/value'],
  ['SUSPEND', { approved_days: { value: 10, unit: 'weeks' } }, 'bad_field', '/approved_days/unit'],
  ['SUSPEND', { notice_at: '2026-04-24' }, 'bad_instant', '/notice_at'],
  ['RESUME', { kind: 'none' }, 'bad_field', '/kind'],
  ['RESUME', { pause: 3 }, 'bad_field', '/pause'],
  ['EXTEND', { days: '10' }, 'bad_field', '/days'],
  ['EXTEND', { days: { value: 1, unit: 'M' } }, 'bad_field', '/days/unit'],
  ['EXTEND', { approved_at: '2026-05-18 10:00' }, 'bad_instant', '/approved_at'],
  ['HANDOVER', { to: { org: 'X' } }, 'bad_field', '/to/org'],
  ['HANDOVER', { to: { window_no: 4 } }, 'bad_field', '/to/window_no'],
  ['HANDOVER', { direction: 'sideways' }, 'bad_field', '/direction'],
  ['DECIDE', { result: 'approved' }, 'bad_field', '/result'],
  ['FEE', { amount_fen: 1.5 }, 'bad_field', '/amount_fen'],
  ['RATE', {}, 'missing_field', '/level'],
  ['RATE', null, 'missing_field', '/level'],
  ['RATE', { level: 0 }, 'bad_field', '/level'],
  ['RATE', { level: 6 }, 'bad_field', '/level'],
  ['RATE', { level: '1' }, 'bad_field', '/level'],
  ['RATE', { level: 1, origin: 'robot' }, 'bad_field', '/origin'],
  ['VOID', {}, 'missing_field', '/target'],
  ['VOID', { target: 'E-1' }, 'bad_field', '/target'],
  ['VOID', { target: 5 }, 'bad_field', '/target'],
]

const NO_OBJECTS = [null, undefined, 1, 'ACCEPT', true, [], [wire()]]

describe('I1: what is refused, with its place', () => {
  it.each(FIELDS)('I1 I11: %s', (_, fields, code, at) => expect(rejected(wire(fields))).toMatchObject({ code, at }))

  it.each(PAYLOADS)('I1 T4: %s with payload %j', (type, payload, code, at) => {
    expect(rejected(wire({ event_type: type, payload }))).toMatchObject({ code, at: `/payload${at}` })
  })

  it.each(NO_OBJECTS.map((value) => [value]))('I1: %j is not an event', (value) => {
    expect(rejected(value)).toEqual({ code: 'not_an_object', at: '', detail: '', eventId: null, projectNo: null })
  })

  it('I6: a rejection names the event and the case where they can be read', () => {
    const refusal = rejected(wire({ payload: { promise_limit: 20 } }))
    expect(refusal).toMatchObject({ eventId: 'E-1', projectNo: 'P-2026-0001' })
    expect(rejected(wire({ event_id: 7, project_no: 'a\nb' }))).toMatchObject({ eventId: null, projectNo: null })
  })

  it('A1: without a source of its own, a key must find it in the event', () => {
    const context = { ...CONTEXT, source: null }
    expect(rejected(wire(), context)).toMatchObject({ code: 'missing_field', at: '/source_system' })
  })
})
