// Stories of several cases as events that a supervisor takes: `P1 06-01 ACCEPT item=PERMIT`, one a line.

import type { Fact, Json } from '../../server/core/case/event.ts'
import { readFact } from '../../server/core/case/read.ts'
import type { Taken } from '../../server/core/plan.ts'
import { fact } from '../core/case/world.ts'

const orNot = (key: string, value: unknown): object => (value === null || value === undefined ? {} : { [key]: value })

/** A fact with its canonical text, as the intake would write it. */
const taken = (told: Fact): Taken => {
  const wire = {
    event_id: told.eventId,
    event_type: told.type,
    occurred_at: told.at,
    source_system: told.source,
    payload: told.payload as Record<string, Json>,
    ...orNot('project_no', told.projectNo),
    ...orNot('org_code', told.org),
    ...orNot('window_no', told.window),
    ...orNot('operator_id', told.operator),
    ...orNot('operator_name', told.operatorName),
    ...orNot('task_code', told.item),
    ...orNot('region_code', told.region),
    ...orNot('supersedes', told.supersedes),
    ...orNot('precision', told.precision),
  }
  const body = JSON.stringify(wire)
  return { fact: readFact(body), body, personal: null }
}

export const events = (story: string): Taken[] =>
  story
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line, i) => {
      const [, projectNo = '', rest = ''] = /^(\S+) (.*)$/.exec(line.trim()) ?? []
      return taken(fact(rest, i + 1, projectNo))
    })
