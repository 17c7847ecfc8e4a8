// What the wall draws from the board: places, order, load, the strip ahead, open or closed.

import { describe, expect, test } from 'vitest'
import {
  departmentLoads,
  forecastBlocks,
  hallPlaces,
  hallTracks,
  isWaiting,
  litCounts,
  nextDeadlines,
  officeState,
  slowestSource,
  streamOrder,
} from '../../client/wall/view.ts'
import { busyDay, calmTile, makeBoard } from './board.fixture.ts'

const board = makeBoard(7, { lit: 12 })

describe('the hall', () => {
  test('L4: every window stands at its row and column, and an aisle parts the areas', () => {
    const hall = hallPlaces(board.tiles)
    expect([hall.rows, hall.columns]).toEqual([8, 10])
    expect(hall.places.every((place) => place.row === place.tile.row && place.column === place.tile.column)).toBe(true)
    expect(hallTracks(hall.places, hall.rows).map((track) => track.row)).toEqual([1, 2, 4, 5, 7, 8, 10, 11])
  })

  test('L4: a hall without places is laid out in its order, nobody on top of another', () => {
    const hall = hallPlaces(Array.from({ length: 30 }, (_, i) => calmTile(i, { row: 1, column: 1 })))
    expect(new Set(hall.places.map((place) => `${place.row}/${place.column}`)).size).toBe(30)
  })

  test('L4: lit windows are counted by level', () => {
    expect(litCounts(board.tiles)).toEqual({ lit: 12, byLevel: [68, 4, 5, 3] })
    expect(litCounts([])).toEqual({ lit: 0, byLevel: [0, 0, 0, 0] })
  })
})

describe('the stream', () => {
  test('L4: the unanswered come first, red before yellow, the older limit before the younger', () => {
    const order = streamOrder(board.cards, new Map())
    const rank = order.map((card) => [isWaiting(card) ? 0 : 1, 3 - card.level, Date.parse(card.limit_at)])
    expect(rank).toEqual([...rank].sort((a, b) => a.reduce((d, v, i) => d || v - (b[i] ?? 0), 0)))
  })

  test('L4: what has just come stands on top for its minute, at most three of it', () => {
    const last = streamOrder(board.cards, new Map()).slice(-5)
    const order = streamOrder(board.cards, new Map(last.map((card, i) => [card.card_id, i])))
    expect(order.length).toBe(board.cards.length)
    expect(order.slice(0, 3).every((card) => last.includes(card))).toBe(true)
    expect(isWaiting(order[3] as (typeof order)[number])).toBe(true)
  })

  test('L1: the order hangs on the cards alone, not on the way they came', () => {
    const ids = streamOrder(board.cards, new Map()).map((card) => card.card_id)
    expect(streamOrder([...board.cards].reverse(), new Map()).map((card) => card.card_id)).toEqual(ids)
  })
})

describe('the days ahead', () => {
  test('L4: days off in a row are one gap with the name of the holiday; a make-up day stands', () => {
    const blocks = forecastBlocks(board.forecast)
    expect(blocks.map((block) => (block.kind === 'day' ? block.day.on : `${block.days} ${block.name}`))).toEqual([
      '2026-09-29',
      '2026-09-30',
      '7 国庆节',
      '2026-10-08',
      '2026-10-09',
      '2026-10-10',
      '1 null',
      '2026-10-12',
    ])
  })

  test.each([
    ['2026-09-29T08:59:59+08:00', 'closed'],
    ['2026-09-29T09:00:00+08:00', 'open'],
    ['2026-09-29T12:00:00+08:00', 'lunch'],
    ['2026-09-29T13:30:00+08:00', 'open'],
    ['2026-09-29T17:30:00+08:00', 'closed'],
  ])('T1: at %s the doors are %s', (now, state) => {
    expect(officeState(busyDay(1), Date.parse(now))).toBe(state)
  })

  test('T1: a day off is a day off all day', () => {
    expect(officeState({ ...busyDay(1), kind: 'holiday', office: [] }, Date.parse('2026-10-01T10:00:00+08:00'))).toBe(
      'day_off',
    )
  })

  test('L4: loads add up over departments, deadlines come in order', () => {
    const loads = departmentLoads(board.tiles)
    expect(loads.length).toBe(30)
    expect(loads.reduce((sum, load) => sum + load.inHand, 0)).toBe(
      board.tiles.reduce((sum, tile) => sum + tile.in_hand, 0),
    )
    const next = nextDeadlines(board.tiles, 12).map((tile) => Date.parse(tile.next_due_at ?? ''))
    expect(next).toEqual([...next].sort((a, b) => a - b))
  })

  test('L3: the slowest source is told, grown by the clock; one never heard has no lag to tell', () => {
    expect(slowestSource(board.sources, 2000)).toEqual({ name: '不动产登记', lagMs: 194_000 })
    expect(slowestSource([], 0)).toBeNull()
  })
})
