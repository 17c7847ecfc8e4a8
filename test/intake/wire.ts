// Wire events for the tests of the intake: the smallest honest ones, to be bent by each case.

import { parseInstant } from '../../server/core/time/civil.ts'
import { asInstant } from '../../server/core/time/instant.ts'
import type { FactContext, Rejection, Taken } from '../../server/intake/fact.ts'
import { isTaken, toFact } from '../../server/intake/fact.ts'
import type { DoorContext } from '../../server/intake/rating.ts'

export const NOW = '2026-04-24T10:00:00+08:00'

export const CONTEXT: DoorContext = {
  source: 'approval-east',
  now: parseInstant(NOW) ?? asInstant(0),
  aheadMs: 600_000,
  historical: null,
  scaleOf: () => 'best_first',
}

export type Wire = Record<string, unknown>

export const wire = (fields: Wire = {}): Wire => ({
  event_id: 'E-1',
  event_type: 'ACCEPT',
  project_no: 'P-2026-0001',
  occurred_at: '2026-04-20T09:30:00+08:00',
  ...fields,
})

export const taken = (fields: Wire = {}, context: FactContext = CONTEXT): Taken => {
  const intake = toFact(wire(fields), context)
  if (!isTaken(intake)) throw new Error(`rejected: ${JSON.stringify(intake)}`)
  return intake
}

export const rejected = (value: unknown, context: FactContext = CONTEXT): Rejection => {
  const intake = toFact(value, context)
  if (isTaken(intake)) throw new Error(`taken: ${intake.body}`)
  return intake
}

export const ALL_FIELDS = {
  source_system: 'approval-east',
  org_code: 'ORG-07',
  window_no: 'A-012',
  operator_id: 'op-12',
  operator_name: '李四',
  task_code: '11310100MB2F30000',
  region_code: '310101',
  supersedes: 'E-0',
}

export const SUSPEND = {
  event_type: 'SUSPEND',
  payload: {
    kind: 'hearing',
    basis: '第四十五条',
    approver: '王五',
    approved_days: { value: 10 },
    notice_at: '2026-04-20T02:00:00Z',
  },
}

export const contentOf = (fields: Wire): string => {
  const { body, personal } = taken(fields)
  return `${body}\n${personal}`
}
