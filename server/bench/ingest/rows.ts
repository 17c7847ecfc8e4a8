// What the benchmarks send: events of the invented city in the order of their sending, their texts made beforehand.

import { type City, makeCity } from '../../../fixtures/city/catalogue.ts'
import { playCity } from '../../../fixtures/city/play.ts'
import { buildLaw } from '../../core/law/build.ts'
import { parseInstant } from '../../core/time/civil.ts'
import { asInstant } from '../../core/time/instant.ts'

export interface Row {
  readonly source: string
  readonly eventId: string
  readonly projectNo: string
  /** occurred_at, epoch ms. */
  readonly at: number
  /** When the source sends it, epoch ms: never before the row above it. */
  readonly sendAt: number
  readonly body: string
}

const SEED = 10
/** Arrivals of a day, many times what the city has: many cases, and days that pass all the same. */
const PER_DAY = 3_000
export const START = parseInstant('2026-03-02T08:00:00+08:00') ?? asInstant(0)

export const benchCity = (): City => makeCity(SEED)

/** So many events as their sources would send them; what is deliberately no event is left out. */
export const cityRows = (city: City, count: number): Row[] => {
  const calendar = buildLaw([]).homeCalendar
  const rows: Row[] = []
  for (const { source, event, sendAt } of playCity(city, { from: START, calendar, seed: SEED, perDay: PER_DAY })) {
    const wire: Readonly<Record<string, unknown>> = { ...event }
    if (typeof wire.event_id !== 'string' || typeof wire.occurred_at !== 'string') continue
    const at = parseInstant(wire.occurred_at) ?? 0
    const body = JSON.stringify(wire)
    rows.push({ source, eventId: wire.event_id, projectNo: String(wire.project_no ?? ''), at, sendAt, body })
    if (rows.length >= count) break
  }
  return rows
}

/** A request: events of one source, in order. */
export interface Lot {
  readonly source: string
  readonly body: string
  readonly n: number
  /** When the last of them is sent, epoch ms. */
  readonly sendAt: number
}

/** Rows as requests of `size` events, each of one source, in the order in which they are full. */
export const lotsOf = (rows: readonly Row[], size: number): Lot[] => {
  const lots: Lot[] = []
  const open = new Map<string, { bodies: string[]; sendAt: number }>()
  const close = (source: string, { bodies, sendAt }: { bodies: string[]; sendAt: number }): void => {
    const body = size === 1 ? (bodies[0] ?? '') : `[${bodies.join(',')}]`
    lots.push({ source, body, n: bodies.length, sendAt })
    open.delete(source)
  }
  for (const { source, body, sendAt } of rows) {
    const lot = open.get(source) ?? { bodies: [], sendAt }
    lot.bodies.push(body)
    lot.sendAt = sendAt
    open.set(source, lot)
    if (lot.bodies.length === size) close(source, lot)
  }
  for (const [source, lot] of open) close(source, lot)
  return lots
}
