// Which way ratings run (I15): told by the event itself or declared for its source, else it waits; a level that runs the other
// way is turned; how it was told is no part of what the event says.

import { describe, expect, it } from 'vitest'
import { isTaken } from '../../server/intake/fact.ts'
import { type RateScale, readEvent } from '../../server/intake/rating.ts'
import { takeIn } from '../../server/intake/take-in.ts'
import { CONTEXT, wire } from './wire.ts'

const rate = (level: number, more: object = {}) =>
  wire({ event_type: 'RATE', payload: { level, origin: 'active' }, ...more })
const declared = (scale: RateScale | null) => ({ ...CONTEXT, scaleOf: () => scale })
const levelOf = (event: unknown, scale: RateScale | null): unknown => {
  const intake = readEvent(event, declared(scale))
  return isTaken(intake) ? intake.fact.payload.level : `${intake.code} ${intake.at}`
}

describe('the scale of a rating', () => {
  it.each([
    ['nobody says it', {}, null, 'rate_scale /payload/level'],
    ['the source: 1 is best', {}, 'best_first', 2],
    ['the source: 1 is worst', {}, 'worst_first', 4],
    ['the event: 1 is worst', { rate_scale: 'worst_first' }, null, 4],
    ['the event, against its source', { rate_scale: 'best_first' }, 'worst_first', 2],
    ['the event says nothing', { rate_scale: null }, 'worst_first', 4],
    ['a word that is no scale', { rate_scale: 'five_best' }, 'best_first', 'bad_field /rate_scale'],
  ] as const)('I15: %s', (_, more, scale, expected) => {
    expect(levelOf(rate(2, more), scale)).toBe(expected)
  })

  it('I15 I2: who told the scale is no part of the event: the same rating is the same', () => {
    const bodies = [
      readEvent(rate(2), declared('best_first')),
      readEvent(rate(2, { rate_scale: 'best_first' }), declared(null)),
      readEvent(rate(4, { rate_scale: 'worst_first' }), declared(null)),
      readEvent(rate(4), declared('worst_first')),
    ].map((intake) => (isTaken(intake) ? [intake.body, intake.personal] : intake.code))
    expect(new Set(bodies.map((body) => JSON.stringify(body))).size).toBe(1)
    expect(bodies[0]).toEqual([expect.stringContaining('"level":2'), null])
  })

  it('I15: it is asked of the source and for the day of the event', () => {
    const asked: unknown[] = []
    const scaleOf = (source: string, at: number): null => {
      asked.push([source, new Date(at).toISOString()])
      return null
    }
    readEvent(rate(1), { ...CONTEXT, scaleOf })
    expect(asked).toEqual([['approval-east', '2026-04-20T01:30:00.000Z']])
  })

  it('I15: what is wrong with a rating is said first, and other events are asked nothing', () => {
    expect(levelOf(rate(6), null)).toBe('bad_field /payload/level')
    expect(isTaken(readEvent(wire(), declared(null)))).toBe(true)
  })

  it('I15 I3: in an envelope its place is told in the words of the envelope, and what was sent is kept as it was', () => {
    const data = rate(2)
    const { event_id: id, event_type: type, occurred_at: time, ...rest } = data
    const sent = { specversion: '1.0', id, type, time, source: 'approval-east', data: rest }
    const { intake, raw } = takeIn({ wire: sent, envelope: 'cloudevent', fault: null, raw: null }, declared(null))
    expect(intake).toMatchObject({ code: 'rate_scale', at: '/data/payload/level' })
    expect(JSON.parse(raw ?? '')).toEqual(sent)
  })
})
