// The mapping (I8): what it may say and what is a fault; rows into events; the id of an event that has none. A row is mapped whole or skipped whole, and always with a reason.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileMapping, idOf, type Mapped, type Mapping } from '../../server/intake/files/map.ts'
import type { Cell, Row } from '../../server/intake/files/row.ts'
import { mappingNamed, mappingOf } from './files.ts'

const rowOf = (cells: Record<string, Cell>, kind: Row['kind'] = 'row'): Row => ({ kind, place: { line: 1 }, cells })

describe('faults of a mapping', () => {
  const whole = { mapping: 'm', fields: { project_no: 'no' }, case: [{ type: 'ACCEPT', at: 'on' }] }
  const FAULTS: [what: string, document: unknown, at: string][] = [
    ['not an object', 'x', '/'],
    ['no name', { ...whole, mapping: undefined }, '/'],
    ['a member mistyped', { ...whole, zome: 'UTC' }, '/'],
    ['no rules', { mapping: 'm', fields: {} }, '/'],
    ['no such zone', { ...whole, zone: 'Asia/Peking2' }, '/zone'],
    ['no such encoding', { ...whole, encoding: 'utf-9' }, '/encoding'],
    ['no date in a format', { ...whole, dates: ['iso', 'HH:mm'] }, '/dates/1'],
    ['no such field', { ...whole, fields: { projekt: 'no' } }, '/fields/projekt'],
    [
      'no such field in a rule',
      { ...whole, case: [{ type: 'ACCEPT', at: 'on', fields: { x: 'y' } }] },
      '/case/0/fields/x',
    ],
    ['no such type', { ...whole, case: [{ type: 'ACCEPTED', at: 'on' }] }, '/case/0/type'],
    [
      'no such payload key',
      { ...whole, case: [{ type: 'ACCEPT', at: 'on', payload: { promise: 'p' } }] },
      '/case/0/payload/promise',
    ],
    ['a rule without an instant', { ...whole, events: [{ type: 'ACCEPT' }] }, '/events/0'],
    ['neither type nor activity', { ...whole, events: [{ at: 'on' }] }, '/events/0'],
    [
      'payload of steps where there are none',
      { ...whole, events: [{ at: 'on', activity: 'a', types: { x: 'ACCEPT' }, payload: { result: 'r' } }] },
      '/events/0/payload',
    ],
    ['both', { ...whole, events: [{ at: 'on', type: 'ACCEPT', activity: 'a' }] }, '/events/0'],
  ]
  it.each(FAULTS)('I8: %s', (_, document, at) => {
    const compiled = compileMapping(JSON.parse(JSON.stringify(document)))
    expect('faults' in compiled ? compiled.faults.map((fault) => fault.at) : []).toContain(at)
  })

  it('I8: every mapping under fixtures is whole, and says which columns it needs', () => {
    for (const name of [
      'receipt',
      'xes',
      'credentials',
      'table',
      'table-bare',
      'table-days-first',
      'hebrew',
      'hebrew-sheet',
    ])
      expect(mappingNamed(name).name).not.toBe('')
    expect(mappingNamed('boston311').columns).toEqual(
      expect.arrayContaining(['CASE_ENQUIRY_ID', 'OPEN_DT', 'TARGET_DT', 'CLOSED_DT']),
    )
  })
})

const one = (mapping: Mapping, cells: Record<string, Cell>, kind?: Row['kind']): Mapped => {
  const mapped = mapping.map(rowOf(cells, kind))
  if ('code' in mapped) throw new Error(`${mapped.code} ${mapped.detail}`)
  return mapped
}

const why = (mapping: Mapping, cells: Record<string, Cell>): string => {
  const mapped = mapping.map(rowOf(cells))
  return 'code' in mapped ? `${mapped.code} ${mapped.detail}` : 'mapped'
}

describe('rows into events', () => {
  const cases = mappingOf({
    mapping: 'cases',
    zone: 'Asia/Shanghai',
    fields: {
      project_no: 'no',
      org_code: { column: 'org', map: { 规划局: 'P1', '-': null }, default: 'X9' },
      task_code: { const: 'T1' },
    },
    case: [
      {
        type: 'RECEIVE',
        at: 'got',
        payload: { visits: 'visits', green_channel: 'green' },
        personal: { applicant: 'who' },
      },
      {
        type: 'ACCEPT',
        at: 'took',
        payload: { promise_limit: 'limit', legal_due_at: 'due', promise_due_at: { const: '2026-04-01' } },
      },
      {
        type: 'DECIDE',
        at: 'done',
        when: { column: 'state', is: ['granted'] },
        payload: { result: { const: 'granted' } },
      },
    ],
  })
  const cells = {
    no: 'A1',
    org: '规划局',
    got: '2026-03-05',
    took: '2026-03-06 09:00',
    limit: '20WD',
    due: '2026-05-01',
    done: '2026-03-20',
    state: 'granted',
    visits: '1',
    green: '是',
    who: '张三',
  }

  it('I1 I8: attributes of a case become one event each; shapes are those of the wire', () => {
    const { caseEvents, events } = one(cases, cells)
    expect(events).toEqual([])
    const shared = { project_no: 'A1', org_code: 'P1', task_code: 'T1', event_id: expect.any(String) }
    expect(caseEvents).toEqual([
      {
        ...shared,
        event_type: 'RECEIVE',
        occurred_at: '2026-03-05T00:00:00+08:00',
        precision: 'day',
        payload: { visits: 1, green_channel: '是', applicant: '张三' },
      },
      {
        ...shared,
        event_type: 'ACCEPT',
        occurred_at: '2026-03-06T01:00:00.000Z',
        payload: { promise_limit: { value: 20, unit: 'WD' }, legal_due_at: '2026-05-01', promise_due_at: '2026-04-01' },
      },
      {
        ...shared,
        event_type: 'DECIDE',
        occurred_at: '2026-03-20T00:00:00+08:00',
        precision: 'day',
        payload: { result: 'granted' },
      },
    ])
  })

  it('I8: no instant, no event; another state, no event; a code as if empty, a default', () => {
    const { caseEvents } = one(cases, { ...cells, took: '', state: 'open', org: '-' })
    expect(caseEvents.map(({ event_type, org_code }) => `${event_type} ${org_code}`)).toEqual(['RECEIVE X9'])
  })

  it('T3 I8: a due that a sheet keeps as a midnight is a date, one with a time is an instant', () => {
    const dueOf = (due: Date): unknown => one(cases, { ...cells, due }).caseEvents[1]?.payload?.legal_due_at
    expect(dueOf(new Date(Date.UTC(2026, 4, 1)))).toBe('2026-05-01')
    expect(dueOf(new Date(Date.UTC(2026, 4, 1, 17)))).toBe('2026-05-01T09:00:00.000Z')
  })

  const REASONS: [change: Record<string, Cell>, reason: string][] = [
    [{ no: '' }, 'missing_cell no'],
    [{ no: '   ' }, 'missing_cell no'],
    [{ took: '6.3.2026' }, 'bad_date took'],
    [{ due: 'soon' }, 'bad_date due'],
    [{ limit: '20 days' }, 'bad_value limit'],
    [{ visits: 'twice' }, 'bad_value visits'],
    [{ got: null, took: null, done: null }, 'no_event '],
  ]
  it.each(REASONS)('I8: %j skips the row whole: %s', (change, reason) => {
    expect(why(cases, { ...cells, ...change })).toBe(reason)
  })

  it('I8: a stamp without offset and no zone named', () => {
    const bare = mappingOf({ mapping: 'm', fields: { project_no: 'no' }, case: [{ type: 'ACCEPT', at: 'on' }] })
    expect(why(bare, { no: '1', on: '2026-03-05T08:00:00' })).toBe('no_zone on')
    expect(why(bare, { no: '1', on: '2026-03-05T08:00:00+08:00' })).toBe('mapped')
  })
})

describe('activities', () => {
  const types = {
    take: 'ACCEPT',
    end: { type: 'DECIDE', payload: { result: { const: 'refused' } } },
    begin: { type: 'RECEIVE', at: 'start' },
    noise: 'SKIP',
    known: { step: 'S1' },
  }
  const steps = mappingOf({
    mapping: 'm',
    zone: 'UTC',
    fields: { project_no: 'no' },
    events: [{ activity: 'act', start: 'from', complete: 'to', types }],
  })
  const told = ({ events }: Mapped): string[] =>
    events.map(({ event_type, occurred_at, payload }) =>
      `${event_type} ${occurred_at.slice(11, 16)} ${payload?.step_code ?? payload?.result ?? ''}`.trim(),
    )
  const from = '2026-03-05T08:00'
  const to = '2026-03-05T09:00'

  it.each([
    ['known', { from, to }, ['STEP_START 08:00 S1', 'STEP_END 09:00 S1']],
    ['known', { from, to: null }, ['STEP_START 08:00 S1']],
    ['known', { from: '', to }, ['STEP_END 09:00 S1']],
    ['take', { from, to }, ['ACCEPT 09:00']],
    ['begin', { from, to }, ['RECEIVE 08:00']],
    ['end', { from, to }, ['DECIDE 09:00 refused']],
    ['noise', { from, to }, []],
  ])('I8: %s with two columns of stamps', (act, stamps, events) => {
    expect(told(one(steps, { no: '1', act, ...stamps }))).toEqual(events)
  })

  it('I8: left out by the mapping is counted, not listed nowhere is skipped', () => {
    expect(one(steps, { no: '1', act: 'noise', from, to }).leftOut).toBe(true)
    expect(why(steps, { no: '1', act: 'new', from, to })).toBe('unmapped_activity new')
    expect(why(steps, { no: '1', act: '', from, to })).toBe('missing_cell act')
    expect(why(steps, { no: '1', act: 'known', from: null, to: null })).toBe('missing_cell to')
  })

  const log = mappingOf({
    mapping: 'm',
    fields: { project_no: 'case:n' },
    events: [
      {
        activity: 'a',
        at: 't',
        lifecycle: 'l',
        lifecycles: { schedule: 'skip', ate_abort: 'complete' },
        types: { accept: 'ACCEPT', '*': 'STEP' },
      },
    ],
  })
  it.each([
    ['x', 'start', 'STEP_START'],
    ['x', 'COMPLETE', 'STEP_END'],
    ['x', null, 'STEP_END'],
    ['x', 'ate_abort', 'STEP_END'],
    ['x', 'schedule', ''],
    ['accept', 'complete', 'ACCEPT'],
    ['accept', 'start', ''],
  ])('I8: %s stamped %s is %s', (a, l, type) => {
    const { events, leftOut } = one(log, { 'case:n': '1', a, l, t: '2026-03-05T08:00:00Z' }, 'event')
    expect(events.map(({ event_type }) => event_type).join()).toBe(type)
    expect(leftOut).toBe(type === '')
  })

  it('I8: a transition nobody spoke of is skipped by its name', () => {
    expect(why(log, { 'case:n': '1', a: 'x', l: 'suspend', t: '2026-03-05T08:00:00Z' })).toBe(
      'unmapped_lifecycle suspend',
    )
  })
})

describe('ids', () => {
  const withId = mappingOf({
    mapping: 'm',
    zone: 'UTC',
    fields: { project_no: 'no' },
    events: [{ activity: 'act', start: 'from', complete: 'to', id: 'id' }],
  })
  const stamps = { from: '2026-03-05T08:00', to: '2026-03-05T09:00' }

  it('I2 I8: an id of the file stands, its two stamps told apart; an empty one skips the row', () => {
    expect(one(withId, { no: '1', act: 'x', id: 7, ...stamps }).events.map(({ event_id }) => event_id)).toEqual([
      '7/start',
      '7/end',
    ])
    expect(why(withId, { no: '1', act: 'x', id: '', ...stamps })).toBe('missing_cell id')
  })

  it('I2 I8: without one, equal content has one id and other content another, whatever the order of members', () => {
    const value = fc.record({
      project_no: fc.string(),
      event_type: fc.constant('ACCEPT'),
      payload: fc.dictionary(fc.string(), fc.integer()),
    })
    fc.assert(
      fc.property(value, value, (a, b) => {
        const turned = Object.fromEntries(Object.entries(a).reverse())
        expect(idOf(turned)).toBe(idOf(a))
        expect(idOf(a) === idOf(b)).toBe(JSON.stringify(sorted(a)) === JSON.stringify(sorted(b)))
      }),
      { seed: 2 },
    )
    expect(idOf({ a: 1 })).toMatch(/^[0-9a-f]{32}$/)
  })
})

const sorted = (value: unknown): unknown =>
  typeof value === 'object' && value !== null
    ? Object.entries(value)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, member]) => [key, sorted(member)])
    : value
