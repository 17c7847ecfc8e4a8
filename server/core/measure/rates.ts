// Figures of a row from its sums (M1–M3). Rates are exact quotients of whole counts; without a denominator there is
// none (null), and nothing is rounded here. Source: SPEC part 6.

import type { FlowKind } from './flows.ts'

export type Sums = Readonly<Partial<Record<FlowKind, number>>>

export interface Figures {
  readonly received: number
  readonly accepted: number
  readonly concluded: number
  readonly on_time: number
  readonly late: number
  readonly undated: number
  readonly excluded: number
  readonly granted: number
  readonly refused: number
  readonly withdrawn: number
  readonly on_time_rate: number | null
  readonly in_hand: number
  readonly overdue_in_hand: number
  /** Past their due instant while a calendar, a delivery or a person is waited for (M1): in no rate. */
  readonly overdue_unconfirmed: number
  readonly warnings: number
  readonly yellows: number
  readonly reds: number
  /** Of the yellows and reds those that somebody is to lift or keep (C5). */
  readonly to_lift: number
}

/** M3: on_time / (on_time + late); null when nothing was timed. */
export const onTimeRate = (onTime: number, late: number): number | null =>
  onTime + late === 0 ? null : onTime / (onTime + late)

export const figuresOf = (sums: Sums): Figures => {
  const of = (kind: FlowKind): number => sums[kind] ?? 0
  const onTime = of('on_time')
  const late = of('late')
  return {
    received: of('received'),
    accepted: of('accepted'),
    concluded: onTime + late + of('undated') + of('excluded'),
    on_time: onTime,
    late,
    undated: of('undated'),
    excluded: of('excluded'),
    granted: of('granted'),
    refused: of('refused'),
    withdrawn: of('withdrawn'),
    on_time_rate: onTimeRate(onTime, late),
    in_hand: of('in_hand'),
    overdue_in_hand: of('overdue'),
    overdue_unconfirmed: of('overdue_unconfirmed'),
    warnings: of('warning'),
    yellows: of('yellow'),
    reds: of('red'),
    to_lift: of('to_lift'),
  }
}
