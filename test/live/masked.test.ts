// No person on any wall (L7): every text of every snapshot and patch is walked for the full names of the city's
// officials and applicants and for numbers a person sent by mistake. Masked names do occur, so the walk is not in vain.

import { afterAll, beforeAll, expect, it } from 'vitest'
import { type CityHouse, cityLots, namesIn, openCityHouse } from './city.ts'
import { openScreen, type Screen } from './house.ts'

const textsIn = (value: unknown, found: Set<string>): Set<string> => {
  if (typeof value === 'string') found.add(value)
  else if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) textsIn(part, found)
  return found
}

let at: CityHouse
let screen: Screen
beforeAll(async () => {
  at = await openCityHouse()
})
afterAll(async () => {
  screen.close()
  await at.house.close()
})

it('L7: no full name, no identity number and no telephone number in any snapshot or patch', async () => {
  const { house, city } = at
  const heard: unknown[] = []
  screen = openScreen(house.serving.url, { token: house.keys.screen })
  screen.socket.onAny((_, payload) => heard.push(payload))
  await screen.watch.until(() => screen.standing !== null, 'a snapshot')
  const lots = cityLots(city, '2026-09-07T00:00:00+08:00', '2026-09-21T09:55:00+08:00', 60)
  const [identity, telephone] = ['459902199003070017', '13900001234']
  const first = lots[0]
  const careless = lots.map((lot) =>
    lot === first
      ? {
          ...lot,
          events: lot.events.map((e) => ({
            ...e,
            payload: { ...e.payload, applicant_id: identity, phone: telephone },
          })),
        }
      : lot,
  )
  for (const { source, events } of careless) await house.post(source, events)
  await house.serving.supervisor.settled()
  await screen.watch.until(() => (screen.standing?.board.cards.length ?? 0) > 10, 'cards on the wall')
  const fresh = openScreen(house.serving.url, { token: house.keys.screen })
  fresh.socket.onAny((_, payload) => heard.push(payload))
  await fresh.watch.until(() => fresh.standing !== null, 'a snapshot')
  fresh.close()

  const texts = [...textsIn(heard, new Set())]
  const names = [...namesIn(city, lots)]
  expect(names.length).toBeGreaterThan(300)
  const shown = names.filter((name) => texts.some((text) => text.includes(name)))
  expect(shown).toEqual([])
  expect(texts.filter((text) => text.includes(identity) || text.includes(telephone))).toEqual([])
  const masked = texts.filter((text) => /^.\*+$/u.test(text))
  expect(masked.length).toBeGreaterThan(5)
})
