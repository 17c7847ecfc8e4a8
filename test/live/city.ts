// The invented city before a real server: its events of some days, in lots by source, and every name that must not show.

import { type City, makeCity } from '../../fixtures/city/catalogue.ts'
import { playCity } from '../../fixtures/city/play.ts'
import { seededRandom } from '../../fixtures/city/random.ts'
import { buildLaw } from '../../server/core/law/build.ts'
import { type House, instant, openHouse } from './house.ts'

const SEED = 5
const CLUMSINESS = 3

export interface CityLot {
  readonly source: string
  readonly events: readonly { readonly payload?: Record<string, unknown> | null }[]
}

/** Everything sent from one instant until another, in lots of a drawn size. */
export const cityLots = (city: City, from: string, until: string, perDay: number): CityLot[] => {
  const random = seededRandom(SEED, 'lots')
  const calendar = buildLaw([]).homeCalendar
  const open = new Map<string, CityLot['events'][number][]>()
  const lots: CityLot[] = []
  const span = { from: instant(from), until: instant(until) }
  for (const sent of playCity(city, { ...span, calendar, seed: SEED, perDay, clumsiness: CLUMSINESS })) {
    if (sent.kind === 'broken') continue
    const events = open.get(sent.source) ?? []
    events.push(sent.event)
    open.set(sent.source, events)
    if (!random.chance(1 / 40)) continue
    open.delete(sent.source)
    lots.push({ source: sent.source, events })
  }
  for (const [source, events] of open) lots.push({ source, events })
  return lots
}

export interface CityHouse {
  readonly house: House
  readonly city: City
}

/** A house with the city's catalogue, its clock on a working Monday after all that is sent. */
export const openCityHouse = async (at = '2026-09-21T10:00:00+08:00'): Promise<CityHouse> => {
  const city = makeCity(SEED)
  const house = await openHouse({ at, sources: city.sources.map(({ source }) => source) })
  await house.load(city.catalogue)
  return { house, city }
}

/** Full names of officials and of whoever is served. */
export const namesIn = (city: City, lots: readonly CityLot[]): Set<string> => {
  const names = new Set<string>((city.catalogue.operators ?? []).map(({ name }) => name))
  for (const { events } of lots) {
    for (const { payload } of events) {
      const name = payload?.applicant_name
      if (typeof name === 'string') names.add(name)
    }
  }
  return names
}
