// POST /api/v1/aliases (I11): joins two numbers into one case, or undoes it; by a person, or by a source for numbers
// of which it alone has spoken. Logged as an entry of the ledger with who and why.

import type { FastifyPluginAsync } from 'fastify'
import type { Records } from '../store/port.ts'
import type { Supervisor } from '../supervision/supervisor.ts'
import { TEXT } from './answers.ts'
import { callerOf, need } from './auth.ts'
import { Refusal } from './problems.ts'

export interface AliasParts {
  readonly supervisor: Pick<Supervisor, 'join'>
  readonly records: Records
}

interface Body {
  readonly alias: string
  readonly project_no: string
  readonly joined: boolean
  readonly why: string
}

const NUMBER = { type: 'string', minLength: 1, maxLength: 128 } as const
const BODY = {
  type: 'object',
  required: ['alias', 'project_no', 'why'],
  additionalProperties: false,
  properties: { alias: NUMBER, project_no: NUMBER, joined: { type: 'boolean', default: true }, why: TEXT },
} as const

/** Whether every fact under a number came from this source. */
const isOwn = async (records: Records, projectNo: string, source: string): Promise<boolean> =>
  (await records.factsOf(projectNo)).every((fact) => fact.source === source)

export const aliasRoutes =
  (parts: AliasParts): FastifyPluginAsync =>
  async (app) => {
    app.post<{ Body: Body }>(
      '/api/v1/aliases',
      { onRequest: need('aliases.write', { own: true }), schema: { body: BODY } },
      async (request) => {
        const { alias, project_no: home, joined, why } = request.body
        const { source, name } = callerOf(request)
        if (source !== null && !(await isOwn(parts.records, alias, source)))
          throw new Refusal('not_yours', { detail: alias })
        const done = await parts.supervisor.join({ alias, home, joined }, { by: name, why })
        if ('refused' in done) throw new Refusal('bad_alias', { detail: done.refused })
        return { alias, project_no: done.home, joined }
      },
    )
  }
