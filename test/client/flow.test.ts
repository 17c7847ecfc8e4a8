// The chart of the day as a pure drawing: same hours and room, same drawing; a scale, three bars an hour and the usual day.

import { describe, expect, test } from 'vitest'
import { drawFlow, FLOWS, hasFlow, hoursShown, stepOf } from '../../client/wall/flow.ts'
import { makeBoard } from './board.fixture.ts'

const { hours } = makeBoard(7)
const room = { width: 400, height: 200, u: 22 }

describe('the flow of the day', () => {
  test('L4: three bars an hour, none above the room or under the ground, each as high as its count', () => {
    const { bars, scale } = drawFlow(hours, room)
    expect(bars.map(({ flow }) => flow).slice(0, 3)).toEqual([...FLOWS])
    expect(bars.length).toBe(hoursShown(hours).length * 3)
    const ground = scale[0]?.y ?? 0
    for (const bar of bars) {
      expect(bar.y).toBeGreaterThanOrEqual(0)
      expect(bar.y + bar.height).toBeCloseTo(ground)
      expect(bar.x + bar.width).toBeLessThanOrEqual(room.width)
    }
    const tall = (n: number): number => {
      const at = hours.find((flow) => flow.accepted === n)
      return bars.find(({ hour, flow }) => hour === at?.hour && flow === 'accepted')?.height ?? -1
    }
    const counts = [...new Set(hours.map((flow) => flow.accepted))].sort((a, b) => a - b)
    expect(counts.map(tall)).toEqual([...counts.map(tall)].sort((a, b) => a - b))
  })

  test('L4: the usual day is one line, broken where an hour is not known, and none where no hour is', () => {
    const flow = (hour: number, usual: number | null) => ({ hour, received: 1, accepted: 1, concluded: 1, usual })
    const pens = (told: (number | null)[]) =>
      drawFlow(
        told.map((usual, i) => flow(8 + i, usual)),
        room,
      ).usual.replace(/[^ML]/g, '')
    expect(pens([1, 2, 3])).toBe('MLL')
    expect(pens([1, null, 3, 4])).toBe('MML')
    expect(pens([null, null])).toBe('')
  })

  test.each([
    [0, 1],
    [1, 1],
    [4, 1],
    [5, 2],
    [12, 5],
    [41, 20],
    [190, 50],
    [900, 500],
  ])('L4: up to %i it is read in steps of %i', (most, step) => {
    expect(stepOf(most)).toBe(step)
  })

  test('L4: pure: the same hours give the same drawing', () => {
    expect(drawFlow(hours, room)).toEqual(drawFlow(structuredClone(hours), room))
  })

  test('L4: the axis holds office hours and widens to whatever happened', () => {
    expect(hoursShown([]).map((flow) => flow.hour)).toEqual([8, 9, 10, 11, 12, 13, 14, 15, 16, 17])
    const late = hoursShown([{ hour: 20, received: 1, accepted: 0, concluded: 0, usual: null }])
    expect(late.at(-1)?.hour).toBe(20)
    expect(late.length).toBe(13)
  })

  test('L4: a day without a case has no flow to draw', () => {
    expect(hasFlow([])).toBe(false)
    expect(hasFlow(hours)).toBe(true)
  })
})
