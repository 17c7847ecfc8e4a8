// The day's flow by hour as an ECharts option: three bars an hour in three greys, the usual day as a thin line.
// Pure: same hours, same option. Carries its own scale; the legend stands beside it as real text.

import type { EChartsCoreOption } from 'echarts/core'
import type { HourFlow } from '../../server/contract/live.ts'

export const FLOW_COLOURS = {
  received: '#3d4b5e',
  accepted: '#6f829b',
  concluded: '#c3cfdd',
  usual: '#5fc6e2',
} as const

export interface FlowWords {
  received: string
  accepted: string
  concluded: string
  usual: string
}

export interface FlowLook {
  /** One base unit in px: the size of the smallest text. */
  u: number
  font: string
}

/** Hours worth an axis: office hours 8–17, widened to whatever happened or usually happens. */
export const hoursShown = (hours: readonly HourFlow[]): HourFlow[] => {
  const byHour = new Map(hours.map((flow) => [flow.hour, flow]))
  const busy = hours.filter((flow) => flow.received + flow.accepted + flow.concluded > 0 || (flow.usual ?? 0) > 0)
  const from = Math.min(8, ...busy.map((flow) => flow.hour))
  const to = Math.max(17, ...busy.map((flow) => flow.hour))
  const shown: HourFlow[] = []
  for (let hour = from; hour <= to; hour++)
    shown.push(byHour.get(hour) ?? { hour, received: 0, accepted: 0, concluded: 0, usual: null })
  return shown
}

export const hasFlow = (hours: readonly HourFlow[]): boolean =>
  hours.some((flow) => flow.received + flow.accepted + flow.concluded > 0)

const bar = (name: string, color: string, data: number[]) => ({
  type: 'bar' as const,
  name,
  data,
  barGap: '12%',
  barCategoryGap: '28%',
  itemStyle: { color, borderRadius: [2, 2, 0, 0] },
})

export const hoursOption = (hours: readonly HourFlow[], words: FlowWords, look: FlowLook): EChartsCoreOption => {
  const shown = hoursShown(hours)
  const text = { color: '#8d99aa', fontSize: look.u, fontFamily: look.font }
  return {
    animation: false,
    textStyle: { fontFamily: look.font },
    grid: { left: look.u * 2.1, right: 0, top: look.u * 0.7, bottom: look.u * 1.5 },
    xAxis: {
      type: 'category',
      data: shown.map((flow) => String(flow.hour)),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: '#3a4656' } },
      axisLabel: { ...text, interval: shown.length > 11 ? 1 : 0, margin: look.u * 0.4 },
    },
    yAxis: {
      type: 'value',
      minInterval: 1,
      splitNumber: 3,
      splitLine: { lineStyle: { color: '#232d3a' } },
      axisLabel: { ...text, margin: look.u * 0.4 },
    },
    series: [
      bar(
        words.received,
        FLOW_COLOURS.received,
        shown.map((flow) => flow.received),
      ),
      bar(
        words.accepted,
        FLOW_COLOURS.accepted,
        shown.map((flow) => flow.accepted),
      ),
      bar(
        words.concluded,
        FLOW_COLOURS.concluded,
        shown.map((flow) => flow.concluded),
      ),
      {
        type: 'line',
        name: words.usual,
        data: shown.map((flow) => flow.usual),
        showSymbol: false,
        smooth: false,
        z: 3,
        lineStyle: { color: FLOW_COLOURS.usual, width: Math.max(1.5, look.u * 0.09) },
        itemStyle: { color: FLOW_COLOURS.usual },
      },
    ],
  }
}
