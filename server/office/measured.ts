// The sums behind measures and behind the lists of their cases (M1), read in one place: across departments without the
// members of joint handlings, which stand beside; of one department with them. Reads totals; counts and names nothing.

import type { Period } from '../core/measure/period.ts'
import type { MeasureDimension } from '../present/measures.ts'
import type { Records, TotalRow } from '../store/port.ts'

export interface MeasuredSums {
  /** Of every key of the dimension. */
  readonly totals: readonly TotalRow[]
  /** What members add to departments and a sum across them leaves out. */
  readonly members: readonly TotalRow[]
}

interface Asked {
  readonly by: MeasureDimension
  readonly period: Period
  /** null: across departments. */
  readonly department: string | null
}

export const readMeasured = async (
  reader: Pick<Records, 'totals'>,
  { by, period: { from, to }, department }: Asked,
): Promise<MeasuredSums> => {
  if (department === null)
    return { totals: await reader.totals(by, from, to), members: await reader.totals('member_department', from, to) }
  const own = await reader.totals(by, from, to, department)
  // a region's row sums departments, and here there is one
  const more = by === 'region' ? await reader.totals('member_region', from, to, department) : []
  return { totals: [...own, ...more], members: [] }
}
