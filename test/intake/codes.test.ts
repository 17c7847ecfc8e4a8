// Codes, names and null dates as they are meant (I15), members that stand twice (I2), envelopes that say two things (I3):
// over every form in which an event comes. Written from the words of the rules and of people's files.

import { describe, expect, it } from 'vitest'
import { isTaken } from '../../server/intake/fact.ts'
import { columnNames } from '../../server/intake/files/columns.ts'
import { isError, unmarked } from '../../server/intake/files/text.ts'
import { twiceIn } from '../../server/intake/members.ts'
import { isNoNumber, isNothing } from '../../server/intake/nothing.ts'
import { decodeLines } from '../../server/intake/stream.ts'
import { takeIn } from '../../server/intake/take-in.ts'
import { decodeBody } from '../../server/intake/whole.ts'
import { DEFAULT_BOUNDS, type Wired } from '../../server/intake/wired.ts'
import { CONTEXT, contentOf, rejected, taken, type Wire, wire } from './wire.ts'

/** The same number, as two systems write it. */
const ALIKE = [' N-9', 'N-9 ', '\u3000N-9\u00a0', 'N\u200b-9', '\ufeffN-9', 'N-\u20609\u200f', '\tN-9\r\n', 'N\u00ad-9']

/** Invisible, and of no category of format: selectors of variants, fillers, joiners, the empty pattern of Braille. */
const UNSEEN = [
  0xfe0f, 0xfe00, 0x34f, 0x3164, 0xffa0, 0x115f, 0x1160, 0x180b, 0x17b4, 0x17b5, 0xe0100, 0x2800, 0x2065, 0xfff0,
]

const CODES = ['event_id', 'project_no', 'org_code', 'window_no', 'operator_id', 'operator_name', 'task_code']

describe('outer blanks and invisible characters are no part of a code', () => {
  it.each(ALIKE)('I15: %j is N-9', (text) => {
    const codes = (value: string): Wire => Object.fromEntries(CODES.map((name) => [name, value]))
    expect(contentOf(codes(text))).toBe(contentOf(codes('N-9')))
  })

  it.each(UNSEEN)('I15: U+%x is none, wherever it stands, in codes, names and choices', (point) => {
    const odd = String.fromCodePoint(point)
    const codes = (value: string): Wire => Object.fromEntries(CODES.map((name) => [name, value]))
    for (const text of [`${odd}住-9`, `住${odd}-9`, `住-9${odd}`])
      expect(contentOf(codes(text)), JSON.stringify(text)).toBe(contentOf(codes('住-9')))
    const of = (kind: string): Wire => ({ event_type: 'RESUME', payload: { pause: 'S-1', kind } })
    expect(contentOf(of(`hear${odd}ing`))).toBe(contentOf(of('hearing')))
    expect(rejected(wire({ project_no: odd }))).toMatchObject({ code: 'missing_field', at: '/project_no' })
    expect(isNothing(`${odd}无`)).toBe(true)
    expect(isNoNumber(`0${odd}00`)).toBe(true)
    expect(unmarked(`${odd}="0042"`)).toBe('0042')
    expect(isError(`#N/A${odd}`)).toBe(true)
    expect(columnNames([`办件${odd}编号`])).toEqual(['办件编号'])
  })

  it('I15: the codes of a payload likewise', () => {
    const of = (pause: string, kind: string): Wire => ({ event_type: 'RESUME', payload: { pause, kind } })
    expect(contentOf(of(' S-1\u200b', 'hearing'))).toBe(contentOf(of('S-1', 'hearing')))
    const place = (to: unknown): Wire => ({ event_type: 'HANDOVER', payload: { from: 'A', to } })
    expect(contentOf(place({ window_no: 'B2 ' }))).toBe(contentOf(place({ window_no: 'B2' })))
  })

  it.each([['N 9'], ['住建局 一科'], ['a\u200bb c']])('I15: what people see inside %j stays', (text) => {
    expect(taken({ org_code: text }).fact.org).toBe(text.replace('\u200b', ''))
  })

  it('I15: a code of blanks alone is none', () => {
    expect(rejected(wire({ project_no: ' \u200b' }))).toMatchObject({ code: 'missing_field', at: '/project_no' })
    expect(taken({ org_code: '\u3000', payload: { accept_doc_no: ' ' } }).fact).toMatchObject({
      org: null,
      payload: {},
    })
    const rate = { event_type: 'RATE', project_no: null, window_no: ' ', payload: { level: 1 } }
    expect(rejected(wire(rate))).toMatchObject({ code: 'missing_field', at: '/project_no' })
  })

  it.each(['\ufffe', '\uffff', '\ufdd0', '\u{1ffff}'])('X1, I15: %j is no character of a code or a text', (odd) => {
    expect(rejected(wire({ org_code: `bad${odd}` }))).toMatchObject({ code: 'bad_field', at: '/org_code' })
    const notice = { event_type: 'CORRECT_NOTICE', payload: { reason: `x${odd}` } }
    expect(rejected(wire(notice))).toMatchObject({ code: 'bad_field', at: '/payload/reason' })
  })
})

/** Each null date a machine writes, and the days about it, as zones and programs shift it. */
const NULL_DATES = [
  '0000-00-00',
  '0001-01-01',
  '0001-01-02',
  '1899-12-29',
  '1899-12-30',
  '1899-12-31',
  '1900-01-01',
  '1900-01-02',
  '1969-12-31',
  '1970-01-01',
  '1970-01-02',
  '2099-12-30',
  '2099-12-31',
  '2100-01-01',
  '9999-12-30',
  '9999-12-31',
]

describe('a null date of a machine is no date', () => {
  it.each(NULL_DATES)('I15: %s has not occurred', (day) => {
    for (const time of ['00:00:00Z', '08:00:00+08:00', '23:59:59+00:00'])
      expect(rejected(wire({ occurred_at: `${day}T${time}` }))).toMatchObject({
        code: 'bad_instant',
        at: '/occurred_at',
      })
  })

  it.each(NULL_DATES)('I15: %s is no due date and no instant of a payload', (day) => {
    const bare = contentOf({ payload: {} })
    for (const due of [day, `${day}T00:00:00`, `${day}T00:00:00Z`, `${day}T08:00:00+08:00`])
      expect(contentOf({ payload: { promise_due_at: due, legal_due_at: due } })).toBe(bare)
    const pause = { kind: 'hearing', approver: '王五' }
    expect(contentOf({ event_type: 'SUSPEND', payload: { ...pause, notice_at: `${day}T00:00:00Z` } })).toBe(
      contentOf({ event_type: 'SUSPEND', payload: pause }),
    )
  })

  it.each(['1970-01-03', '2099-12-29', '2026-01-01'])('I15: %s is a date', (day) => {
    expect(taken({ payload: { promise_due_at: day } }).fact.payload).toEqual({ promise_due_at: day })
  })

  it('I15: a due at exactly midnight without an offset is that day', () => {
    for (const text of ['2026-05-20T00:00:00', '2026-05-20 00:00:00.0', '2026-05-20t00:00'])
      expect(taken({ payload: { promise_due_at: text } }).fact.payload).toEqual({ promise_due_at: '2026-05-20' })
    expect(rejected(wire({ payload: { promise_due_at: '2026-05-20T00:00:01' } }))).toMatchObject({
      code: 'bad_instant',
    })
    const midnight = taken({ payload: { promise_due_at: '2026-05-20T00:00:00+08:00' } }).fact.payload
    expect(midnight.promise_due_at).toBe(Date.parse('2026-05-20T00:00:00+08:00'))
  })
})

const TWICE = '"project_no":"N3","project_no":"N4"'
const event = (more: string): string =>
  `{"event_id":"n3","event_type":"ACCEPT",${more},"occurred_at":"2026-03-10T09:15:00+08:00"}`
const answers = (wired: readonly Wired[]): unknown[] =>
  wired.map((one) => {
    const { intake } = takeIn(one, CONTEXT)
    return isTaken(intake) ? 'taken' : `${intake.code} ${intake.at} ${intake.detail}`
  })
const told = (at: string): string => `bad_field ${at} the same member twice`

async function* once(text: string): AsyncGenerator<Buffer> {
  yield Buffer.from(text)
}

describe('a member that stands twice', () => {
  const json = (text: string, media: 'json' | 'cloudevent' | 'binary' = 'json', headers = {}): unknown[] => {
    const wired = decodeBody(Buffer.from(text), media, headers, DEFAULT_BOUNDS)
    return 'code' in wired ? [wired.code] : answers(wired)
  }

  it('I2: is told with its place, and harms no neighbour', async () => {
    const whole = event('"project_no":"N3"')
    expect(json(event(TWICE))).toEqual([told('/project_no')])
    expect(json(`[${whole},${event(TWICE)},${whole}]`)).toEqual(['taken', told('/project_no'), 'taken'])
    const payload = '"project_no":"N5","payload":{"a":{"b":1, "b" : 2}}'
    expect(json(event(payload))).toEqual([told('/payload/a/b')])
    const lines: unknown[] = []
    for await (const slice of decodeLines(once(`${whole}\n${event(TWICE)}\n${whole}`), DEFAULT_BOUNDS))
      lines.push(...answers(slice))
    expect(lines).toEqual(['taken', told('/project_no'), 'taken'])
  })

  it('I2, I3: in an envelope likewise', () => {
    const envelope = (data: string): string =>
      `{"specversion":"1.0","id":"1","source":"approval-east","type":"ACCEPT","subject":"P","time":"2026-03-10T09:15:00Z","data":${data}}`
    expect(json(envelope('{"org_code":"d"}'), 'cloudevent')).toEqual(['taken'])
    expect(json(envelope('{"org_code":"d","org_code":"e"}'), 'cloudevent')).toEqual([told('/data/org_code')])
    const headers = { 'ce-specversion': '1.0', 'ce-id': '1', 'ce-source': 'approval-east', 'ce-type': 'ACCEPT' }
    const binary = { ...headers, 'ce-subject': 'P', 'ce-time': '2026-03-10T09:15:00Z' }
    expect(json('{"org_code":"d","org_code":"d"}', 'binary', binary)).toEqual([told('/data/org_code')])
  })

  it.each([
    ['{"a":"\\":","b":[{"a":1},{"a":1}],"c":{"a":{}}}', []],
    ['{"a":1,"\\u0061":2}', ['/a']],
    ['[{"a":1},[{"b":1,"b":2,"b":3}]]', ['/1/0/b', '/1/0/b']],
    ['{"x/y":{"~":1,"~":1},"x/y":0}', ['/x~1y/~0', '/x~1y']],
    ['{"__proto__":1,"__proto__":2}', ['/__proto__']],
    ['":"', []],
  ])('I2: %s', (text, places) => expect(twiceIn(text, JSON.parse(text))).toEqual(places))
})

describe('an envelope that says two things', () => {
  const ce = (more: Wire): Wired => ({
    wire: {
      specversion: '1.0',
      id: '1',
      source: 'approval-east',
      type: 'ACCEPT',
      subject: 'P',
      time: '2026-03-10T09:15:00Z',
      ...more,
    },
    envelope: 'cloudevent',
    fault: null,
    raw: null,
  })
  const base64 = Buffer.from('{"org_code":"d"}').toString('base64')

  it('I3: data and data_base64 together are refused', () => {
    expect(answers([ce({ data: { org_code: 'd' }, data_base64: base64 })])).toEqual([
      'bad_field /data_base64 data and data_base64 together',
    ])
    expect(answers([ce({ data: null, data_base64: base64 }), ce({ data: {} }), ce({ data_base64: base64 })])).toEqual([
      'taken',
      'taken',
      'taken',
    ])
  })

  it('I3, I15: a subject is the number in the data, blanks or not', () => {
    expect(answers([ce({ subject: 'P ', data: { project_no: 'P' } })])).toEqual(['taken'])
    expect(answers([ce({ subject: 'P', data: { project_no: 'Q' } })])).toEqual(['bad_field /data/project_no ≠ subject'])
    expect(answers([ce({ time: '1970-01-01T00:00:00Z' })])).toEqual([
      'bad_instant /time a null date of a machine: 1970-01-01T00:00:00Z',
    ])
  })
})
