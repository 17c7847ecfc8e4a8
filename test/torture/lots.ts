// What the torture sends: the invented city's stream in lots, as its approval systems would push them, several lots of
// several sources on the way at once. Each event bears its own id; broken texts are left out, repeats are kept.

import { makeCity } from '../../fixtures/city/catalogue.ts'
import { playCity } from '../../fixtures/city/play.ts'
import type { Random } from '../../fixtures/city/random.ts'
import { buildLaw } from '../../server/core/law/build.ts'
import { parseInstant } from '../../server/core/time/civil.ts'
import type { Instant } from '../../server/core/time/instant.ts'

export interface Lot {
  readonly source: string
  /** Event ids with the text that was sent. */
  readonly events: readonly (readonly [eventId: string, text: string])[]
}

const FROM = parseInstant('2026-06-01T08:00:00+08:00') as Instant
const PER_DAY = 400
const CLUMSINESS = 4
const MOST_EVENTS = 120

export const CITY_SEED = 31

/** Lots without end, one source each, in the order of sending. */
export function* lotsOf(random: Random): Generator<Lot, never> {
  const city = makeCity(CITY_SEED)
  const calendar = buildLaw([]).homeCalendar
  const open = new Map<string, { events: [string, string][]; size: number }>()
  const play = playCity(city, { from: FROM, calendar, seed: CITY_SEED, perDay: PER_DAY, clumsiness: CLUMSINESS })
  for (;;) {
    const { value: sent } = play.next()
    if (sent === undefined) throw new Error('the stream of the city ended')
    if (sent.kind === 'broken') continue
    const { source, event } = sent
    const lot = open.get(source) ?? { events: [], size: random.between(1, MOST_EVENTS) }
    lot.events.push([event.event_id, JSON.stringify(event)])
    open.set(source, lot)
    if (lot.events.length < lot.size) continue
    open.delete(source)
    yield { source, events: lot.events }
  }
}
