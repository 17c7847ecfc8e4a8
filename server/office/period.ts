// A period as it was asked for, or a refusal of what is none.

import { type Period, parsePeriod } from '../core/measure/period.ts'
import { Refusal } from './refusal.ts'

/** Throws Refusal. */
export const periodOf = (name: string): Period => {
  const period = parsePeriod(name)
  if (period === null) throw new Refusal('bad_period', { at: '/period', detail: name })
  return period
}
