// The strip of a working-day limit over May 2026, day by day, counted by hand-written rules: the holiday of the 1st to the
// 5th, the make-up Saturday of the 9th.

import type { ExplainDay } from '../../server/contract/api.ts'

const OFF = new Set(['2026-05-01', '2026-05-02', '2026-05-03', '2026-05-04', '2026-05-05'])
const MAKEUP = new Set(['2026-05-09'])

const nextDay = (on: string): string => new Date(Date.parse(`${on}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)

const kindOf = (on: string): ExplainDay['kind'] => {
  if (MAKEUP.has(on)) return 'makeup'
  if (OFF.has(on)) return 'holiday'
  const weekday = new Date(`${on}T00:00:00Z`).getUTCDay()
  return weekday === 0 || weekday === 6 ? 'weekend' : 'work'
}

export interface StripWish {
  accept: string
  limit: number
  pause?: { from: string; to: string; kind: string }
  extend?: number
  concluded?: string
  until: string
}

/** The days of a working-day limit, one by one. */
export const stripDays = (wish: StripWish): ExplainDay[] => {
  const days: ExplainDay[] = []
  let number = 0
  let late = 0
  let due = false as boolean
  for (let on = wish.accept; on <= wish.until; on = nextDay(on)) {
    const kind = kindOf(on)
    const working = kind === 'work' || kind === 'makeup'
    const paused = wish.pause !== undefined && on > wish.pause.from && on <= wish.pause.to
    const counts: boolean = working && !paused && on !== wish.accept && !due
    if (counts) number += 1
    if (due && working) late += 1
    const isDue: boolean = counts && number === wish.limit + (wish.extend ?? 0)
    days.push({
      on,
      kind,
      name: OFF.has(on) ? '劳动节' : null,
      number: on === wish.accept ? 0 : counts ? number : null,
      paused: paused ? (wish.pause?.kind ?? null) : null,
      extended: counts && number > wish.limit,
      due: isDue,
      concluded: on === wish.concluded,
      late,
    })
    due ||= isDue
  }
  return days
}
