// The handshake of a screen (L1, L8, A1): what it must bring, what it is refused, and the beat that tells it is not alone.

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LIVE_PROTOCOL } from '../../server/contract/vocabulary.ts'
import { type House, openHouse, openScreen, type Screen, type ScreenAsked } from './house.ts'

describe('a screen that says hello', () => {
  let house: House
  const screens: Screen[] = []
  const open = (asked: Partial<ScreenAsked> = {}): Screen => {
    const screen = openScreen(house.serving.url, { token: house.keys.screen, ...asked })
    screens.push(screen)
    return screen
  }
  beforeAll(async () => {
    house = await openHouse({ at: '2026-09-30T10:00:00+08:00', sources: ['east'] })
  })
  afterAll(async () => {
    for (const screen of screens) screen.close()
    await house.close()
  })

  it.each([
    ['no cursor', null],
    ['a cursor of another start', 'feed.12'],
    ['a cursor that is none', '__proto__'],
  ])('L1: with %s it gets a snapshot and a beat with the same cursor', async (_, cursor) => {
    const screen = open({ cursor })
    await screen.watch.until(() => screen.beats.length > 0, 'a beat')
    expect(screen.snapshots).toBe(1)
    expect(screen.beats[0]?.cursor).toBe(screen.standing?.cursor)
    expect(screen.standing?.asOf).toBe('2026-09-30T10:00:00+08:00')
  })

  it('L1: with the standing cursor it gets the beat alone', async () => {
    const first = open()
    await first.watch.until(() => first.standing !== null, 'a snapshot')
    const screen = open({ cursor: first.standing?.cursor ?? '' })
    await screen.watch.until(() => screen.beats.length > 0, 'a beat')
    expect(screen.snapshots).toBe(0)
  })

  it.each([
    ['another protocol', { protocol: LIVE_PROTOCOL + 1 }, 'protocol'],
    ['a scope that is none', { scope: 'galaxy' }, 'no_scope'],
    ['a scope of an unknown kind', { scope: 'planet:earth' }, 'no_scope'],
  ])('L1: %s is refused by name', async (_, asked, code) => {
    const screen = open(asked)
    await screen.watch.until(() => screen.refused.length > 0, 'a refusal')
    expect(screen.refused).toEqual([code])
    expect(screen.snapshots).toBe(0)
  })

  it('L1: a hello in another form is refused and harms nobody', async () => {
    const screen = open()
    await screen.watch.until(() => screen.standing !== null, 'a snapshot')
    const odd: unknown[] = [
      null,
      7,
      'hello',
      {},
      { protocol: '1', scope: 'all', cursor: null },
      { protocol: 1, scope: 2 },
    ]
    for (const hello of odd) screen.socket.emit('wall:hello', hello as never)
    await screen.watch.until(() => screen.refused.length === odd.length, 'refusals')
    expect(new Set(screen.refused)).toEqual(new Set(['bad_hello']))
    screen.hello()
    await screen.watch.until(() => screen.beats.length > 1, 'a beat')
  })

  it.each([
    ['no token', () => undefined],
    ['a wrong token', () => 'mj_0123456789abcdef_x'],
    ["a source's key", () => house.keys.east],
  ])('L8, A1: with %s it is not let in', async (_, token) => {
    const screen = open({ token: token() })
    await screen.watch.until(() => screen.errors.length > 0, 'a connect_error')
    expect(screen.errors[0]).toBe('no_key')
    expect(screen.snapshots).toBe(0)
    screen.close()
  })

  it('L1: beats go on by themselves, and /health counts the screens', async () => {
    const screen = open()
    await screen.watch.until(() => screen.beats.length >= 2, 'a second beat')
    const health = (await (await house.get('/health')).json()) as { screens: number }
    expect(health.screens).toBeGreaterThan(0)
  })
})
