// The chart of the day as a pure option: same hours, same option; a scale, three greys and the usual day.

import { describe, expect, test } from 'vitest'
import { hasFlow, hoursOption, hoursShown } from '../../client/charts/hours.option.ts'
import { makeBoard } from './board.fixture.ts'

const words = { received: '收件', accepted: '受理', concluded: '办结', usual: '平常周二受理' }
const look = { u: 22, font: 'sans-serif' }
const { hours } = makeBoard(7)

interface Drawn {
  series: { type: string; name: string; data: (number | null)[] }[]
  xAxis: { data: string[]; axisLabel: { fontSize: number } }
  yAxis: { axisLabel: { fontSize: number } }
}
const drawn = (option: unknown): Drawn => option as Drawn

describe('the flow of the day', () => {
  test('L4: received, accepted and concluded as bars, the usual day as a line', () => {
    const option = drawn(hoursOption(hours, words, look))
    expect(option.series.map((series) => [series.type, series.name])).toEqual([
      ['bar', '收件'],
      ['bar', '受理'],
      ['bar', '办结'],
      ['line', '平常周二受理'],
    ])
    expect(option.series[1]?.data).toEqual(hours.map((flow) => flow.accepted))
  })

  test('L5: its text is one base unit high, on both axes', () => {
    const option = drawn(hoursOption(hours, words, { ...look, u: 44 }))
    expect([option.xAxis.axisLabel.fontSize, option.yAxis.axisLabel.fontSize]).toEqual([44, 44])
  })

  test('L4: pure: the same hours give the same option', () => {
    expect(hoursOption(hours, words, look)).toEqual(hoursOption(structuredClone(hours), words, look))
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
