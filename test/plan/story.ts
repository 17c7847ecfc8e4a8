// Stories of several cases as events that a supervisor takes: `P1 06-01 ACCEPT item=PERMIT`, one a line.

import type { Fact, Json } from '../../server/core/case/event.ts'
import { readFact } from '../../server/core/case/read.ts'
import type { Taken } from '../../server/core/plan.ts'
import { at, fact } from '../core/case/world.ts'

const orNot = (key: string, value: unknown): object => (value === null || value === undefined ? {} : { [key]: value })

/** ` edition=accept@06-08/f1/7`: key, day of the register, file, line. */
const EDITION = / edition=(?<key>\w+)@(?<day>[\d-]+)\/(?<file>\w+)\/(?<line>\d+)/

const registerOf = (read: Readonly<Record<string, string>> | undefined): object | null =>
  read === undefined
    ? null
    : { as_of: at(read.day ?? ''), file: read.file, key: read.key, line: Number(read.line), name: 'R' }

/** A fact with its canonical text, as the intake would write it. */
const taken = (told: Fact, register: object | null): Taken => {
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
    ...orNot('register', register),
    ...orNot('precision', told.precision),
  }
  const body = JSON.stringify(wire)
  return { fact: readFact(body, told.historical), body, personal: null }
}

export const events = (story: string): Taken[] =>
  story
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line, i) => {
      const [, projectNo = '', told = ''] = /^(\S+) (.*)$/.exec(line.trim()) ?? []
      const rest = told.replace(EDITION, '')
      return taken(fact(rest, i + 1, projectNo), registerOf(EDITION.exec(told)?.groups))
    })
