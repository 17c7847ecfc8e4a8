// The day's flow by hour as a drawing: three bars an hour, the usual day as a line over them. Pure: the same hours and the
// same room give the same drawing. Its colours are the tokens', its legend stands beside it as text.

import type { HourFlow } from '../../server/contract/live.ts'

export const FLOWS = ['received', 'accepted', 'concluded'] as const
export type Flow = (typeof FLOWS)[number]

export interface Room {
  readonly width: number
  readonly height: number
  /** One base unit in px: the size of the smallest text. */
  readonly u: number
}

export interface Drawing {
  readonly bars: readonly { flow: Flow; hour: number; x: number; y: number; width: number; height: number }[]
  /** Of the usual day; broken where an hour is not known. '' draws nothing. */
  readonly usual: string
  readonly hours: readonly { text: string; x: number; y: number }[]
  readonly scale: readonly { text: string; x: number; y: number }[]
  readonly left: number
  readonly right: number
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

/** Whole steps of 1, 2 or 5 by tens, of which three or four reach over the highest. */
export const stepOf = (most: number): number => {
  const tens = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, most / 4))))
  return tens * ([1, 2, 5, 10].find((each) => each * tens * 4 >= most) ?? 10)
}

const lineOf = (points: readonly ({ x: number; y: number } | null)[]): string => {
  let path = ''
  let pen = 'M'
  for (const point of points) {
    if (point !== null) path += `${pen}${point.x.toFixed(1)} ${point.y.toFixed(1)}`
    pen = point === null ? 'M' : 'L'
  }
  return path
}

export const drawFlow = (hours: readonly HourFlow[], { width, height, u }: Room): Drawing => {
  const shown = hoursShown(hours)
  const most = Math.max(1, ...shown.flatMap((each) => [...FLOWS.map((flow) => each[flow]), each.usual ?? 0]))
  const step = stepOf(most)
  const top = Math.ceil(most / step) * step
  const [left, right, above, ground] = [u * 2.2, width, u * 0.7, Math.max(u * 0.7, height - u * 1.5)]
  const yOf = (n: number): number => ground - (n / top) * (ground - above)
  const slot = (right - left) / shown.length
  const bar = (slot * 0.76) / FLOWS.length
  const middle = (i: number): number => left + slot * (i + 0.5)
  const every = shown.length > 11 ? 2 : 1
  return {
    left,
    right,
    bars: shown.flatMap((each, i) =>
      FLOWS.map((flow, n) => ({
        flow,
        hour: each.hour,
        x: left + slot * i + slot * 0.12 + bar * n,
        y: yOf(each[flow]),
        width: bar * 0.9,
        height: ground - yOf(each[flow]),
      })),
    ),
    usual: lineOf(shown.map(({ usual }, i) => (usual === null ? null : { x: middle(i), y: yOf(usual) }))),
    hours: shown.flatMap(({ hour }, i) =>
      i % every === 0 ? [{ text: String(hour), x: middle(i), y: ground + u * 1.25 }] : [],
    ),
    scale: Array.from({ length: top / step + 1 }, (_, i) => ({
      text: String(i * step),
      x: left - u * 0.4,
      y: yOf(i * step),
    })),
  }
}
