// The chain of a wall under load: a snapshot, then patches that follow each other without a gap; cut at seeded moments
// and taken up again; and at the end what stands on the screens is what a server that knows nothing but the store shows.

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { seededRandom } from '../../fixtures/city/random.ts'
import { PANELS } from '../../server/live/panels/registry.ts'
import { openPump } from '../../server/live/pump.ts'
import { openRecords } from '../../server/store/sqlite/records.ts'
import { type CityHouse, type CityLot, cityLots, openCityHouse } from './city.ts'
import { boardText, type House, openScreen, type Screen } from './house.ts'

/** The board by a pump of its own that reads every sum and head from the store. */
const readAfresh = async (house: House, scope: string): Promise<string> => {
  const records = openRecords(house.folder)
  const { supervisor } = house.serving
  const quiet = { onPatch: () => undefined, onTrouble: () => undefined }
  const parts = { supervisor, records, reader: records, clock: house.clock, panels: PANELS, start: 'afresh', ...quiet }
  const pump = await openPump(parts)
  const board = pump.outbox(scope)?.snapshot().board
  pump.close()
  await records.close()
  return boardText(board)
}

const sendAll = async (house: House, lots: readonly CityLot[]): Promise<void> => {
  for (const { source, events } of lots) await house.post(source, events)
  await house.serving.supervisor.settled()
}

const shows = (screen: Screen, text: string): Promise<void> =>
  screen.watch.until(() => boardText(screen.standing?.board) === text, 'the board of the store')

describe('a wall before a server under load', () => {
  let at: CityHouse
  let lots: CityLot[]
  const screens: Screen[] = []
  const open = (scope: string, more: { cursor?: string; onPatch?: (screen: Screen) => void } = {}): Screen => {
    const screen = openScreen(at.house.serving.url, { token: at.house.keys.screen, scope, ...more })
    screens.push(screen)
    return screen
  }
  beforeAll(async () => {
    at = await openCityHouse()
    lots = cityLots(at.city, '2026-09-01T00:00:00+08:00', '2026-09-21T09:55:00+08:00', 60)
  })
  afterAll(async () => {
    for (const screen of screens) screen.close()
    await at.house.close()
  })

  it('L1, L2: patches follow each other without a gap, and lead to what the store says', async () => {
    const { house, city } = at
    const department = `department:${city.desks[0]?.org}`
    const [all, one] = [open('all'), open(department)]
    await Promise.all([all, one].map((s) => s.watch.until(() => s.standing !== null, 'a snapshot')))
    await sendAll(house, lots.slice(0, lots.length / 2))
    await shows(all, await readAfresh(house, 'all'))
    await shows(one, await readAfresh(house, department))
    for (const screen of [all, one]) {
      expect(screen).toMatchObject({ snapshots: 1, gaps: 0 })
      expect(screen.patches.length).toBeGreaterThan(0)
      for (const [i, patch] of screen.patches.entries())
        if (i > 0) expect(patch.from).toBe(screen.patches[i - 1]?.cursor)
    }
    const fresh = open('all')
    await shows(fresh, boardText(all.standing?.board))
  })

  it('L1: cut at seeded moments, a screen takes up its cursor and shows what a fresh one shows', async () => {
    const { house } = at
    const random = seededRandom(9, 'cuts')
    let cuts = 0
    const cutting = open('all', {
      onPatch: (screen) => {
        if (!random.chance(0.4)) return
        cuts += 1
        screen.cut()
      },
    })
    await cutting.watch.until(() => cutting.standing !== null, 'a snapshot')
    await sendAll(house, lots.slice(lots.length / 2))
    await shows(cutting, await readAfresh(house, 'all'))
    const fresh = open('all')
    await shows(fresh, boardText(cutting.standing?.board))
    expect(cuts).toBeGreaterThan(3)
    // a cursor that the server still knows brings the missed patches: no gap, no repeat, no second snapshot
    expect(cutting).toMatchObject({ snapshots: 1, gaps: 0, repeats: 0 })
  })

  it('L1, L2: after a restart an old cursor is unknown: a snapshot, with the same figures', async () => {
    const { house } = at
    const [before] = screens
    const text = boardText(before?.standing?.board)
    const cursor = before?.standing?.cursor ?? ''
    for (const screen of screens) screen.close()
    await house.reopen()
    const again = open('all', { cursor })
    await again.watch.until(() => again.standing !== null, 'a snapshot')
    expect(again.snapshots).toBe(1)
    expect(again.standing?.cursor).not.toBe(cursor)
    expect(text).not.toBe('')
    await shows(again, await readAfresh(house, 'all'))
    expect(boardText(again.standing?.board)).toBe(text)
  })
})
