// Which way the levels of a rating run (I15): the wire's 1 is best, 5 worst. An event says it itself (as a mapping makes it
// say), else its source has declared it; what neither says is not guessed: the rating waits. A level that runs the other way
// is turned before the event is read, so that a fact knows one scale. The saying itself is no part of the event's content.

import type { Instant } from '../core/time/instant.ts'
import { type FactContext, isTaken, namedIn, type Rejection, type Taken, toFact } from './fact.ts'

export const RATE_SCALES = ['best_first', 'worst_first'] as const
/** best_first: 1 is best of five. worst_first: 1 is worst. */
export type RateScale = (typeof RATE_SCALES)[number]

export interface DoorContext extends FactContext {
  /** What a source has declared for the day of an event; null: nothing. */
  scaleOf(source: string, at: Instant): RateScale | null
}

const WORST_LEVEL = 5

export const turnedLevel = (level: number): number => WORST_LEVEL + 1 - level

type Wire = Readonly<Record<string, unknown>>

const isScale = (value: unknown): value is RateScale => RATE_SCALES.some((scale) => scale === value)

const isRating = (wire: unknown): wire is Wire =>
  typeof wire === 'object' && wire !== null && 'event_type' in wire && wire.event_type === 'RATE'

const refused = (code: 'bad_field' | 'rate_scale', at: string, detail: string, wire: Wire): Rejection => ({
  code,
  at,
  detail,
  ...namedIn(wire),
})

const turned = (wire: Wire): Wire => {
  const payload = wire.payload as Wire
  return { ...wire, payload: { ...payload, level: turnedLevel(payload.level as number) } }
}

/** toFact for whatever comes through a door. Total: it never throws. */
export const readEvent = (wire: unknown, context: DoorContext): Taken | Rejection => {
  if (!isRating(wire)) return toFact(wire, context)
  const { rate_scale: said, ...event } = wire
  const intake = toFact(event, context)
  if (!isTaken(intake)) return intake
  const isSaid = said !== undefined && said !== null && said !== ''
  if (isSaid && !isScale(said)) return refused('bad_field', '/rate_scale', `one of ${RATE_SCALES.join(', ')}`, wire)
  const { source, at } = intake.fact
  const scale = isSaid ? said : context.scaleOf(source, at)
  if (scale === null) return refused('rate_scale', '/payload/level', source, wire)
  return scale === 'best_first' ? intake : toFact(turned(event), context)
}
