// POST /api/v1/cases/{project_no}/urge (T12): the office urges a case. The urge is a fact like any other, of the source
// `office`, with who and why; what follows from it – a proposal of tacit approval, where a local rule knows one – is the
// clock's to find. Grants nothing.

import { randomUUID } from 'node:crypto'
import type { FastifyPluginAsync } from 'fastify'
import { OFFICE_SOURCE } from '../core/case/number.ts'
import { calendarOf, dayAt } from '../core/law/law.ts'
import { isTaken, toFact } from '../intake/fact.ts'
import type { HandOver, Intake } from '../intake/outcome.ts'
import { instantIn } from '../present/words.ts'
import type { Records } from '../store/port.ts'
import type { Supervisor } from '../supervision/supervisor.ts'
import { TEXT } from './answers.ts'
import { callerOf, need } from './auth.ts'
import { Refusal } from './problems.ts'

export interface UrgeParts {
  readonly supervisor: Pick<Supervisor, 'now' | 'homeOf' | 'law'> & Intake
  readonly records: Records
}

interface Body {
  readonly by_name: string
  readonly why: string
}

const BODY = {
  type: 'object',
  required: ['by_name', 'why'],
  additionalProperties: false,
  properties: { by_name: { ...TEXT, minLength: 1 }, why: { type: 'string', minLength: 1, maxLength: 4_000 } },
} as const

export const urgeRoutes =
  (parts: UrgeParts): FastifyPluginAsync =>
  async (app) => {
    app.post<{ Params: { project_no: string }; Body: Body }>(
      '/api/v1/cases/:project_no/urge',
      { onRequest: need('cases.urge'), schema: { body: BODY } },
      async (request, reply) => {
        const { by_name: name, why } = request.body
        const { supervisor, records } = parts
        const projectNo = supervisor.homeOf(request.params.project_no)
        const stored = (await records.cases([projectNo])).get(projectNo)
        if (stored === undefined) throw new Refusal('not_found')
        if (!stored.row.inHand) throw new Refusal('case_ended', { detail: projectNo })
        const now = supervisor.now()
        const wire = {
          event_id: randomUUID(),
          event_type: 'URGE',
          project_no: projectNo,
          occurred_at: new Date(now).toISOString(),
          operator_name: name,
          payload: { reason: why },
        }
        const intake = toFact(wire, { source: OFFICE_SOURCE, historical: null, now, aheadMs: 0 })
        if (!isTaken(intake)) throw new Refusal(intake.code, { at: intake.at, detail: intake.detail })
        const from: HandOver = { source: OFFICE_SOURCE, historical: null, by: callerOf(request).name }
        await supervisor.ingest([intake], [null], from)
        reply.code(201)
        const calendar = calendarOf(supervisor.law, stored.row.region, dayAt(supervisor.law, now))
        return { project_no: projectNo, event_id: wire.event_id, urged_at: instantIn(calendar, now) }
      },
    )
  }
