// Measures of a period by one dimension (SPEC 11, M1–M3), as sums of the totals, with their sum. A unit is shown its own
// figures, by whatever they are grouped (A1).

import type { MeasureTable } from '../contract/measures.ts'
import { once } from '../core/steps.ts'
import { type MeasureDimension, measuresView } from '../present/measures.ts'
import type { Records } from '../store/port.ts'
import type { Supervisor } from '../supervision/supervisor.ts'
import { type Caller, departmentWithin, scopeOrRefuse } from './caller.ts'
import { readMeasured } from './measured.ts'
import { periodOf } from './period.ts'
import { Refusal } from './refusal.ts'

export interface MeasureParts {
  readonly supervisor: Pick<Supervisor, 'law' | 'now' | 'inPieces'>
  readonly reader: Records
}

export interface MeasuresAsked {
  readonly period: string
  readonly by: MeasureDimension
  readonly region?: string
  readonly department?: string
  readonly asOf?: string
}

/** Throws Refusal for a period that is none, for a department beyond the caller's scope, and for figures of a past instant. */
export const showMeasures = async (
  { supervisor, reader }: MeasureParts,
  caller: Caller,
  asked: MeasuresAsked,
): Promise<MeasureTable> => {
  const department = departmentWithin(scopeOrRefuse(caller, 'measures.read'), asked.department)
  const { by, region = null } = asked
  const period = periodOf(asked.period)
  // figures of a past instant take a background recount; the present ones under that name would be a lie
  if (asked.asOf !== undefined) throw new Refusal('not_offered', { at: '/as_of', detail: 'as_of' })
  const { law } = supervisor
  const sums = await readMeasured(reader, { by, period, department })
  const parts = { by, period, scope: { region, department }, ...sums, law, now: supervisor.now() }
  return supervisor.inPieces(once(() => measuresView(parts)))
}
