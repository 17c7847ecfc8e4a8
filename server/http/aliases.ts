// POST /api/v1/aliases (I11): joins two numbers into one case, or undoes it; by a person, or by a source for two numbers of
// which it has itself spoken, the joined one alone; where a counted card stands it takes a person. Logged as an entry of the ledger with who and why.

import type { FastifyPluginAsync } from 'fastify'
import { isCounted } from '../core/card/standing.ts'
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

/** How many facts a source has told under a number, and how many others have. */
const toldOf = async (
  records: Records,
  projectNo: string,
  source: string,
): Promise<{ own: number; others: number }> => {
  const told = { own: 0, others: 0 }
  for (const each of await records.factCounts([projectNo])) {
    if (each.source === source) told.own += each.n
    else told.others += each.n
  }
  return told
}

/** A source joins what it has spoken of, and takes no case away from another: a number nobody has told is nobody's yet. */
const refuseForeign = async ({ records }: AliasParts, { alias, project_no: home }: Body, source: string) => {
  const [joined, kept] = await Promise.all([toldOf(records, alias, source), toldOf(records, home, source)])
  if (joined.own === 0 || joined.others > 0) throw new Refusal('not_yours', { detail: alias })
  if (kept.own === 0) throw new Refusal('not_yours', { detail: home })
  const stored = await records.cases([alias, home])
  const counted = [...stored.values()].flatMap(({ cards }) => cards).find((card) => card.level >= 2 && isCounted(card))
  if (counted !== undefined) throw new Refusal('needs_person', { detail: counted.cardId })
}

export const aliasRoutes =
  (parts: AliasParts): FastifyPluginAsync =>
  async (app) => {
    app.post<{ Body: Body }>(
      '/api/v1/aliases',
      { onRequest: need('aliases.write', { own: true }), schema: { body: BODY } },
      async (request) => {
        const { alias, project_no: home, joined, why } = request.body
        const { source, name } = callerOf(request)
        if (source !== null) await refuseForeign(parts, request.body, source)
        const done = await parts.supervisor.join({ alias, home, joined }, { by: name, why })
        if ('refused' in done) throw new Refusal('bad_alias', { detail: done.refused })
        return { alias, project_no: done.home, joined }
      },
    )
  }
