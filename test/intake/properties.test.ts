// Properties of the intake over generated events (I1, I2): total, canonical, the same for any spelling of equal content.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { EVENT_TYPES } from '../../server/core/case/event.ts'
import { readFact } from '../../server/core/case/read.ts'
import { asInstant } from '../../server/core/time/instant.ts'
import { canonicalize } from '../../server/intake/canonical.ts'
import { isTaken, toFact } from '../../server/intake/fact.ts'
import { rawOf } from '../../server/intake/raw.ts'
import { ALL_FIELDS, CONTEXT, contentOf, SUSPEND, taken, type Wire, wire } from './wire.ts'

const LISTED: readonly Wire[] = [
  {
    event_type: 'RECEIVE',
    payload: { task_code: 'T', applicant_type: 1, apply_type: '3', visits: 0, green_channel: true },
  },
  { event_type: 'CORRECT_NOTICE', payload: { list: ['身份证', '"照片"\n两张'], reason: 'x', notice_no: 'N\\1' } },
  {
    event_type: 'HANDOVER',
    payload: { from: 'A1', to: { window_no: 'B2', operator_name: '赵六' }, direction: 'upward' },
  },
  { event_type: 'FEE', payload: { amount_fen: 100, standard_fen: 100, basis: '发改价格', reduction_basis: null } },
  { event_type: 'DECIDE', payload: { result: 'refused', reason: '不符合 "条件"', remedy_told: false } },
  { event_type: 'JOINT_DISPATCH', payload: { member: 'ORG-9' } },
  { event_type: 'VOID', payload: { target: 'E-0' } },
  {
    payload: { promise_due_at: '2026-05-20', legal_due_at: '2026-05-20T17:30:00.5+08:00', note: { a: null, b: 1 } },
    x: 1,
  },
  SUSPEND,
  ALL_FIELDS,
  { occurred_at: '2026-04-20T00:00:00+08:00', precision: 'day' },
  { occurred_at: '2026-04-20T00:00:00-03:30', precision: 'day' },
  {
    event_type: 'VOID',
    register: { name: 'R', key: 'accept', as_of: '2026-04-20T00:00:00Z', file: 'f', line: 3 },
  },
]

const or = <T>(honest: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 15, arbitrary: honest }, { weight: 1, arbitrary: fc.jsonValue() })

const KEYS = ['kind', 'level', 'result', 'target', 'days', 'to', 'list', 'reason', 'from', '__proto__', 'x']

/** Any wire event: honest fields, wrong ones and plain noise, mixed. */
const anyWire = fc.record(
  {
    event_id: or(fc.string({ minLength: 1, maxLength: 8 })),
    event_type: or(fc.constantFrom(...EVENT_TYPES)),
    project_no: or(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 })),
    occurred_at: or(fc.constantFrom('2026-04-20T09:30:00+08:00', '1999-12-31T23:59:59.999Z')),
    window_no: fc.option(or(fc.string({ unit: 'binary', maxLength: 4 }))),
    supersedes: fc.option(or(fc.string())),
    payload: fc.oneof(
      fc.dictionary(fc.constantFrom(...KEYS), fc.jsonValue()),
      fc.record({ level: fc.integer({ min: 1, max: 5 }), target: fc.string(), note: fc.jsonValue() }),
      fc.jsonValue(),
    ),
  },
  { requiredKeys: ['event_id', 'event_type', 'project_no', 'occurred_at'] },
)

describe('I1 I2: properties', () => {
  it('I1: any JSON value is taken or rejected, never thrown over', () => {
    let takenCount = 0
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), anyWire, fc.anything()), (value) => {
        const intake = toFact(value, CONTEXT)
        if (!isTaken(intake)) {
          expect(intake.code).toBeTypeOf('string')
          return
        }
        takenCount++
        expect(readFact(intake.body)).toEqual(intake.fact)
        expect(canonicalize(JSON.parse(intake.body))).toBe(intake.body)
        expect(toFact(JSON.parse(rawOf(intake)), CONTEXT)).toEqual(intake)
      }),
      { seed: 46_039, numRuns: 4000 },
    )
    expect(takenCount).toBeGreaterThan(200)
  })

  it.each(LISTED)('I2: %j is written canonically and read back as it was', (fields) => {
    const intake = taken(fields)
    expect(canonicalize(JSON.parse(intake.body))).toBe(intake.body)
    expect(readFact(intake.body)).toEqual(intake.fact)
    // I6: its wire text, for the quarantine, is the same event
    expect(toFact(JSON.parse(rawOf(intake)), CONTEXT)).toEqual(intake)
  })

  it('I2: any offset of the same instant gives the same text', () => {
    const minutes = fc.integer({ min: -14 * 60, max: 14 * 60 })
    // the first two days of Unix time are null dates of machines (I15)
    const at = fc.integer({ min: 2 * 86_400_000, max: Number(CONTEXT.now) })
    fc.assert(
      fc.property(at, minutes, (ms, offset) => {
        const local = new Date(ms + offset * 60_000).toISOString().replace('Z', '')
        const size = Math.abs(offset)
        const two = (n: number): string => String(n).padStart(2, '0')
        const stamp = `${local}${offset < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`
        fc.pre(ms + offset * 60_000 >= 0)
        expect(taken({ occurred_at: stamp }).fact.at).toBe(asInstant(ms))
      }),
      { seed: 3339, numRuns: 500 },
    )
  })

  it('I2: any order of fields gives the same text', () => {
    const entries = Object.entries(wire({ ...ALL_FIELDS, ...SUSPEND, extra: 1 }))
    const expected = contentOf({ ...ALL_FIELDS, ...SUSPEND, extra: 1 })
    fc.assert(
      fc.property(fc.shuffledSubarray(entries, { minLength: entries.length }), (shuffled) => {
        const intake = toFact(Object.fromEntries(shuffled), CONTEXT)
        expect(isTaken(intake) && `${intake.body}\n${intake.personal}`).toBe(expected)
      }),
      { seed: 2, numRuns: 100 },
    )
  })
})
