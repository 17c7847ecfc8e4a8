// Law of the patch chain (L1): applied only in order, values in place, nothing added up, nothing moved.

import { describe, expect, test } from 'vitest'
import { applyPatch, type Standing, standingOf } from '../../client/live/patch.ts'
import type { WallPatch } from '../../server/contract/live.ts'
import { makeBoard, NOW } from './board.fixture.ts'

const standing = (): Standing => standingOf({ cursor: 'a:1', as_of: NOW, board: makeBoard(7) })
const patch = (over: Partial<WallPatch>): WallPatch => ({ from: 'a:1', cursor: 'a:2', as_of: NOW, ...over })

const applied = (before: Standing, given: WallPatch): Standing => {
  const result = applyPatch(before, given)
  if (result.kind !== 'applied') throw new Error(`not applied: ${result.kind}`)
  return result.standing
}

describe('the patch chain', () => {
  test('L1: a patch that follows the cursor is applied and moves the cursor', () => {
    const after = applied(standing(), patch({ as_of: '2026-09-29T14:33:00+08:00' }))
    expect(after.cursor).toBe('a:2')
    expect(after.asOf).toBe('2026-09-29T14:33:00+08:00')
  })

  test.each([
    ['a gap', patch({ from: 'a:5', cursor: 'a:6' }), 'gap'],
    ['another server start', patch({ from: 'b:1', cursor: 'b:2' }), 'gap'],
    ['a patch already applied', patch({ from: 'a:0', cursor: 'a:1' }), 'known'],
  ])('L1: %s changes nothing', (_, given, kind) => {
    const before = standing()
    const frozen = structuredClone(before)
    expect(applyPatch(before, given).kind).toBe(kind)
    expect(before).toEqual(frozen)
  })

  test('L1: a changed tile replaces its own in place and the order of the hall stands', () => {
    const before = standing()
    const old = before.board.tiles[33]
    if (!old) throw new Error('fixture')
    const after = applied(before, patch({ tiles: [{ ...old, level: 3, late_by_wd: 2 }] }))
    expect(after.board.tiles.map((tile) => tile.window_no)).toEqual(before.board.tiles.map((tile) => tile.window_no))
    expect(after.board.tiles[33]).toMatchObject({ window_no: old.window_no, level: 3, late_by_wd: 2 })
    expect(before.board.tiles[33]).toBe(old)
  })

  test('L1: a window not seen before is appended, none is lost', () => {
    const before = standing()
    const first = before.board.tiles[0]
    if (!first) throw new Error('fixture')
    const after = applied(before, patch({ tiles: [{ ...first, window_no: 'Z99' }] }))
    expect(after.board.tiles.length).toBe(81)
    expect(after.board.tiles.at(-1)?.window_no).toBe('Z99')
  })

  test('L1: cards leave by cards_gone, change in place and arrive at the end', () => {
    const before = standing()
    const [first, second] = before.board.cards
    if (!first || !second) throw new Error('fixture')
    const after = applied(
      before,
      patch({
        cards_gone: [first.card_id],
        cards: [
          { ...second, state: 'explained' },
          { ...second, card_id: 'new' },
        ],
      }),
    )
    expect(after.board.cards.some((card) => card.card_id === first.card_id)).toBe(false)
    expect(after.board.cards[0]).toMatchObject({ card_id: second.card_id, state: 'explained' })
    expect(after.board.cards.at(-1)?.card_id).toBe('new')
  })

  test('L1: parts that a patch does not name keep their very values', () => {
    const before = standing()
    const after = applied(before, patch({ figures: { ...before.board.figures, in_hand: 5 } }))
    expect(after.board.figures.in_hand).toBe(5)
    expect(after.board.tiles).toBe(before.board.tiles)
    expect(after.board.hours).toBe(before.board.hours)
    expect(after.sourcesAsOf).toBe(before.sourcesAsOf)
  })

  test('L1: values, never increments: a screen that followed every patch stands where a fresh one does', () => {
    const before = standing()
    const target = makeBoard(8)
    const steps: WallPatch[] = [
      patch({ figures: target.figures }),
      patch({ from: 'a:2', cursor: 'a:3', tiles: target.tiles.slice(0, 40), day: target.day }),
      patch({
        from: 'a:3',
        cursor: 'a:4',
        tiles: target.tiles.slice(40),
        hours: target.hours,
        forecast: target.forecast,
      }),
      patch({
        from: 'a:4',
        cursor: 'a:5',
        sources: target.sources,
        cards_gone: before.board.cards.map((card) => card.card_id),
        cards: target.cards,
      }),
    ]
    expect(steps.reduce(applied, before).board).toEqual(target)
  })
})
