// Law of the line (L1, L3): hello on connect and on every gap, stale after ten seconds of silence, never blank.

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type Line, type LiveBoard, openBoard } from '../../client/live/board.svelte.ts'
import type { WallHello } from '../../server/contract/live.ts'
import { makeBoard, NOW } from './board.fixture.ts'

const at = (seconds: number): string => new Date(Date.parse(NOW) + seconds * 1000).toISOString()

/** A socket held in the hand: says what was emitted, and speaks when told to. */
const heldLine = () => {
  const handlers = new Map<string, (...args: never[]) => void>()
  const hellos: WallHello[] = []
  let cut = false
  let returns = 0
  const line: Line = {
    on: (event, handler) => handlers.set(event, handler as (...args: never[]) => void),
    emit: (_, hello) => hellos.push(hello),
    connect: () => {
      returns += 1
    },
    disconnect: () => {
      cut = true
    },
  }
  const say = (event: string, value?: unknown): void => handlers.get(event)?.(...([value] as never[]))
  return { line, hellos, say, isCut: () => cut, returns: () => returns }
}

let mono = 0
let opened: LiveBoard | null = null

const start = () => {
  const held = heldLine()
  const live = openBoard({ scope: 'all', token: null, open: () => held.line, mono: () => mono })
  opened = live
  held.say('connect')
  held.say('wall:snapshot', { cursor: 'a:1', as_of: NOW, board: makeBoard(7) })
  return { ...held, live }
}

const pass = (ms: number): void => {
  for (let left = ms; left > 0; left -= 250) {
    mono += 250
    vi.advanceTimersByTime(250)
  }
}

beforeEach(() => {
  mono = 0
  vi.useFakeTimers()
})
afterEach(() => {
  opened?.close()
  vi.useRealTimers()
})

describe('the line to the server', () => {
  test('L1: the first hello carries no cursor, a reconnect carries the last one applied', () => {
    const { hellos, say } = start()
    expect(hellos).toEqual([{ protocol: 1, scope: 'all', cursor: null }])
    say('wall:patch', { from: 'a:1', cursor: 'a:2', as_of: at(1) })
    say('connect')
    expect(hellos.at(-1)).toEqual({ protocol: 1, scope: 'all', cursor: 'a:2' })
  })

  test('L1: a gap says hello again with the cursor we have and changes nothing', () => {
    const { hellos, say, live } = start()
    const before = live.board
    say('wall:patch', { from: 'a:7', cursor: 'a:8', as_of: at(1), cards_gone: ['c0'] })
    expect(hellos.length).toBe(2)
    expect(hellos.at(-1)?.cursor).toBe('a:1')
    expect(live.board).toBe(before)
  })

  test('L1: a beat with another cursor says hello again, and does not pass for freshness', () => {
    const { hellos, say, live } = start()
    pass(9_000)
    say('wall:beat', { cursor: 'a:9', as_of: at(9) })
    expect(hellos.length).toBe(2)
    pass(1_250)
    expect(live.stale).toBe(true)
  })

  test('L1: a storm of gaps is one hello, not a hundred', () => {
    const { hellos, say } = start()
    for (let i = 0; i < 100; i++) say('wall:patch', { from: `x:${i}`, cursor: `x:${i + 1}`, as_of: NOW })
    expect(hellos.length).toBe(2)
  })

  test('L3: ten seconds without a beat make the screen stale; its figures stay; the next word makes it fresh', () => {
    const { say, live } = start()
    pass(9_750)
    expect(live.stale).toBe(false)
    pass(500)
    expect(live.stale).toBe(true)
    expect(live.board?.figures.in_hand).toBe(2417)
    expect(live.asOf).toBe(NOW)
    say('wall:beat', { cursor: 'a:1', as_of: at(12) })
    expect(live.stale).toBe(false)
    expect(live.asOf).toBe(at(12))
  })

  test('L3: a refused key cuts the line and says why', () => {
    const { say, live, isCut } = start()
    say('wall:refused', { code: 'bad_key', zh: '密钥无效', en: 'bad key' })
    expect(live.refused?.code).toBe('bad_key')
    expect(isCut()).toBe(true)
  })

  test('L1: a card that comes by patch is new for a minute; one of the snapshot never is', () => {
    const { say, live } = start()
    const card = makeBoard(7).cards[0]
    expect(live.arrivals.size).toBe(0)
    say('wall:patch', { from: 'a:1', cursor: 'a:2', as_of: at(1), cards: [{ ...card, card_id: 'n1' }, card] })
    expect([...live.arrivals.keys()]).toEqual(['n1'])
    pass(61_000)
    expect(live.arrivals.size).toBe(0)
  })

  test('L8: a handshake refused for its key asks for one; a line that merely failed is tried again', () => {
    const held = heldLine()
    opened = openBoard({ scope: 'all', token: 'old', open: () => held.line, mono: () => mono })
    held.say('connect_error', new Error('websocket error'))
    pass(3_000)
    expect([opened.refused, held.returns()]).toEqual([null, 1])
    held.say('connect_error', new Error('no_key'))
    expect(opened.refused?.code).toBe('no_key')
  })

  test('L6: a line the server cut is taken up again, a refused or closed one is not', () => {
    const { say, returns, live } = start()
    say('disconnect', 'transport close')
    pass(3_000)
    expect(returns()).toBe(0)
    say('disconnect', 'io server disconnect')
    pass(3_000)
    expect(returns()).toBe(1)
    live.close()
    say('disconnect', 'io server disconnect')
    pass(3_000)
    expect(returns()).toBe(1)
  })

  test('L6: closing stops the ticking and cuts the line', () => {
    const { live, isCut } = start()
    live.close()
    expect(isCut()).toBe(true)
    expect(vi.getTimerCount()).toBe(0)
  })
})
