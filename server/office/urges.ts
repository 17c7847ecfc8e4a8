// The office urges a case (T12). The urge is a fact like any other, of the source `office`, with who and why; what follows
// from it – a proposal of tacit approval, where a local rule knows one – is the clock's to find. Grants nothing.

import { randomUUID } from 'node:crypto'
import { OFFICE_SOURCE } from '../core/case/number.ts'
import { calendarOf, dayAt } from '../core/law/law.ts'
import { isTaken, toFact } from '../intake/fact.ts'
import type { HandOver, Intake } from '../intake/outcome.ts'
import { instantIn } from '../present/words.ts'
import type { Records } from '../store/port.ts'
import type { Supervisor } from '../supervision/supervisor.ts'
import { type Caller, needAll } from './caller.ts'
import { Refusal } from './refusal.ts'

export interface UrgeParts {
  readonly supervisor: Pick<Supervisor, 'now' | 'homeOf' | 'law'> & Intake
  readonly records: Records
}

export interface UrgeAsked {
  /** Any number of the case. */
  readonly projectNo: string
  /** Who urges. */
  readonly name: string
  readonly why: string
}

/** Throws Refusal where there is no such case, or it is not in hand. */
export const urgeCase = async ({ supervisor, records }: UrgeParts, caller: Caller, asked: UrgeAsked) => {
  needAll(caller, 'cases.urge')
  const projectNo = supervisor.homeOf(asked.projectNo)
  const stored = (await records.cases([projectNo])).get(projectNo)
  if (stored === undefined) throw new Refusal('not_found')
  if (!stored.row.inHand) throw new Refusal('case_ended', { detail: projectNo })
  const now = supervisor.now()
  const wire = {
    event_id: randomUUID(),
    event_type: 'URGE',
    project_no: projectNo,
    occurred_at: new Date(now).toISOString(),
    operator_name: asked.name,
    payload: { reason: asked.why },
  }
  const intake = toFact(wire, { source: OFFICE_SOURCE, historical: null, now, aheadMs: 0 })
  if (!isTaken(intake)) throw new Refusal(intake.code, { at: intake.at, detail: intake.detail })
  const from: HandOver = { source: OFFICE_SOURCE, historical: null, by: caller.name }
  await supervisor.ingest([intake], [null], from)
  const calendar = calendarOf(supervisor.law, stored.row.region, dayAt(supervisor.law, now))
  return { project_no: projectNo, event_id: wire.event_id, urged_at: instantIn(calendar, now) }
}
