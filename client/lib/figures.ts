// Printing counts and rates (M3). Rates come as two exact counts and stay exact until the last digit is chosen:
// 100 % is printed only for exactly all, 0 % only for exactly none, and 0/0 is "—". No quotient is ever kept.

import type { Rate, Timeliness } from '../../server/contract/live.ts'

export const NOTHING = '—'

/** Tenths of a per cent, rounded half up, but never up to 100 % nor down to 0 % unless that is exact. null: 0/0. */
export const tenthsOf = (rate: Rate): number | null => {
  const all = rate.on_time + rate.late
  if (all === 0) return null
  const rounded = Math.floor((2000 * rate.on_time + all) / (2 * all))
  if (rate.late > 0 && rounded >= 1000) return 999
  if (rate.on_time > 0 && rounded <= 0) return 1
  return rounded
}

/** "98.4", "100" or "—", without the sign of per cent. */
export const rateText = (rate: Rate): string => {
  const tenths = tenthsOf(rate)
  if (tenths === null) return NOTHING
  if (tenths === 1000) return '100'
  return `${Math.floor(tenths / 10)}.${tenths % 10}`
}

/** A timeliness (M3) as the rate it is: what is overdue in hand burdens it as what ended late does. */
export const timelinessOf = ({ on_time, late, overdue }: Timeliness): Rate => ({ on_time, late: late + overdue })

/** As rateText; while anything waits for a confirmation no rate is said to be all (M1). */
export const cautiousText = (rate: Rate, unconfirmed: number): string => {
  const text = rateText(rate)
  return unconfirmed > 0 && text === '100' ? '<100' : text
}

/** Change in percentage points from `before` to `now`: "+0.6", "−1.2", "+<0.1", "0", or null without a base. */
export const changeText = (now: Rate, before: Rate): string | null => {
  const a = now.on_time + now.late
  const b = before.on_time + before.late
  if (a === 0 || b === 0) return null
  const cross = now.on_time * b - before.on_time * a
  if (cross === 0) return '0'
  const sign = cross > 0 ? '+' : '−'
  const tenths = Math.round((Math.abs(cross) * 1000) / (a * b))
  return tenths === 0 ? `${sign}<0.1` : `${sign}${Math.floor(tenths / 10)}.${tenths % 10}`
}

/** Thousands set apart: 12417 → "12,417". */
export const countText = (n: number): string => String(Math.trunc(n)).replace(/\B(?=(\d{3})+$)/g, ',')
